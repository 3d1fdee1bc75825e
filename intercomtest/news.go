package intercomtest

import (
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var newsRoom = room{
	operations.NewsItemsList:     (*workspace).listNewsItems,
	operations.NewsItemsGet:      (*workspace).getNewsItem,
	operations.NewsItemsCreate:   (*workspace).createNewsItem,
	operations.NewsItemsUpdate:   (*workspace).updateNewsItem,
	operations.NewsItemsDelete:   (*workspace).deleteNewsItem,
	operations.NewsNewsfeedsList: (*workspace).listNewsfeeds,
	operations.NewsNewsfeedsGet:  (*workspace).getNewsfeed,
	operations.NewsLiveItemsList: (*workspace).listLiveNewsItems,
}

// seedNewsItem adds a news item.
func (w *workspace) seedNewsItem(n *intercom.NewsItem) {
	fillFrom(&n.ID, w.ids.number)
	fill(&n.Title, "News "+n.ID)
	fill(&n.SenderID, w.me)
	fill(&n.State, intercom.NewsItemStateDraft)
	fill(&n.CreatedAt, w.now())
	fill(&n.UpdatedAt, n.CreatedAt)
	n.Type, n.WorkspaceID = "news-item", workspaceID
	w.newsItems.put(n.ID, n.CreatedAt, *n)
}

// seedNewsfeed adds a newsfeed.
func (w *workspace) seedNewsfeed(n *intercom.Newsfeed) {
	fillFrom(&n.ID, w.ids.number)
	fill(&n.Name, "Newsfeed "+n.ID)
	fill(&n.CreatedAt, w.now())
	fill(&n.UpdatedAt, n.CreatedAt)
	n.Type = "newsfeed"
	w.newsfeeds.put(n.ID, n.CreatedAt, *n)
}

func (w *workspace) listNewsItems(r *request) (any, error) {
	return numberedPage(w, r, w.newsItems.newest(), plain)
}

func (w *workspace) getNewsItem(r *request) (any, error) { return valueOf(&w.newsItems, r) }

func (w *workspace) createNewsItem(r *request) (any, error) {
	r.body.require("title", "sender_id")
	n := intercom.NewsItem{CreatedAt: w.now()}
	if err := w.changeNewsItem(r.body, &n); err != nil {
		return nil, err
	}
	w.seedNewsItem(&n)
	return w.newsItems.value(n.ID), nil
}

func (w *workspace) updateNewsItem(r *request) (any, error) {
	old := w.newsItems.value(r.param("id"))
	if old == nil {
		return nil, resourceNotFound()
	}
	r.body.require("title", "sender_id")
	n := *old
	if err := w.changeNewsItem(r.body, &n); err != nil {
		return nil, err
	}
	n.UpdatedAt = w.now()
	*old = n
	return old, nil
}

// changeNewsItem writes what a request says into a news item.
func (w *workspace) changeNewsItem(f *fields, n *intercom.NewsItem) error {
	assign(&n.Title, f.text("title"))
	assign(&n.Body, f.text("body"))
	if assign(&n.SenderID, f.text("sender_id")); w.admins.get(n.SenderID) == nil {
		f.fail("sender_id", "is not the id of an admin")
	}
	if state, ok := f.word("state", "draft", "live").Get(); ok {
		n.State = intercom.NewsItemState(state)
	}
	assign(&n.DeliverSilently, f.boolean("deliver_silently"))
	if _, there := f.members["labels"]; there {
		n.Labels = f.texts("labels")
	}
	if _, there := f.members["reactions"]; there {
		n.Reactions = f.texts("reactions")
	}
	if _, there := f.members["newsfeed_assignments"]; there {
		n.NewsfeedAssignments = w.newsAssignments(f)
	}
	return f.err
}

// newsAssignments reads which newsfeeds show a news item.
func (w *workspace) newsAssignments(f *fields) []intercom.NewsItemAssignment {
	var all []intercom.NewsItemAssignment
	for _, inner := range f.objects("newsfeed_assignments") {
		inner.require("newsfeed_id")
		a := intercom.NewsItemAssignment{NewsfeedID: inner.value("newsfeed_id"), PublishedAt: w.now()}
		if at, ok := inner.moment("published_at").Get(); ok {
			a.PublishedAt = at
		}
		switch {
		case w.newsfeeds.get(a.NewsfeedID) == nil:
			inner.fail("newsfeed_id", "is not the id of a newsfeed")
		case a.PublishedAt.Unix() > w.now().Unix():
			inner.fail("published_at", "can't lie in the future")
		}
		f.check(inner)
		all = append(all, a)
	}
	return all
}

func (w *workspace) deleteNewsItem(r *request) (any, error) {
	it := w.newsItems.get(r.param("id"))
	if it == nil {
		return nil, resourceNotFound()
	}
	w.newsItems.remove(it.id)
	return deleted("news-item", it.id), nil
}

func (w *workspace) listNewsfeeds(r *request) (any, error) {
	return numberedPage(w, r, w.newsfeeds.all(), plain)
}

func (w *workspace) getNewsfeed(r *request) (any, error) { return valueOf(&w.newsfeeds, r) }

// listLiveNewsItems answers the news items that a newsfeed shows.
func (w *workspace) listLiveNewsItems(r *request) (any, error) {
	feed := w.newsfeeds.get(r.param("id"))
	if feed == nil {
		return nil, resourceNotFound()
	}
	list := slices.DeleteFunc(w.newsItems.newest(), func(it *item[intercom.NewsItem]) bool {
		return it.value.State != intercom.NewsItemStateLive ||
			!slices.ContainsFunc(it.value.NewsfeedAssignments, func(a intercom.NewsItemAssignment) bool {
				return a.NewsfeedID == feed.id && !a.PublishedAt.After(w.now())
			})
	})
	return numberedPage(w, r, list, plain)
}
