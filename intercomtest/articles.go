package intercomtest

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var articlesRoom = room{
	operations.ArticlesList:   (*workspace).listArticles,
	operations.ArticlesGet:    (*workspace).getArticle,
	operations.ArticlesCreate: (*workspace).createArticle,
	operations.ArticlesUpdate: (*workspace).updateArticle,
	operations.ArticlesDelete: (*workspace).deleteArticle,
}

// seedArticle adds an article.
func (w *workspace) seedArticle(a *intercom.Article) {
	fillFrom(&a.ID, w.ids.number)
	fill(&a.Title, "Article "+a.ID)
	fill(&a.AuthorID, w.me)
	fill(&a.State, intercom.ArticleStateDraft)
	fill(&a.CreatedAt, w.now())
	fill(&a.UpdatedAt, a.CreatedAt)
	if a.ParentID != "" {
		fill(&a.ParentType, intercom.ArticleParentTypeCollection)
		if a.ParentIDs == nil {
			a.ParentIDs = []string{a.ParentID}
		}
	}
	a.Type, a.WorkspaceID = "article", workspaceID
	fill(&a.DefaultLocale, defaultLocale)
	publish(a)
	w.articles.put(a.ID, a.CreatedAt, *a)
}

// defaultLocale is the language of help centers.
const defaultLocale = "en"

// publish gives an article the address that it has while readers can see it.
func publish(a *intercom.Article) {
	a.URL = ""
	if a.State == intercom.ArticleStatePublished {
		a.URL = helpURL("articles", a.ID, a.Title)
	}
}

// helpURL is where readers find something in the help center.
func helpURL(kind, id, title string) string {
	slug := strings.Trim(notInSlugs.ReplaceAllString(strings.ToLower(title), "-"), "-")
	return "https://help." + workspaceDomain + "/" + defaultLocale + "/" + kind + "/" + strings.TrimSuffix(id+"-"+slug, "-")
}

var notInSlugs = regexp.MustCompile(`[^a-z0-9]+`)

func resourceNotFound() error { return notFound("Resource") }

// lastChanged puts the last changed first.
func lastChanged[T any](s *shelf[T], updated func(*T) intercom.Timestamp) []*item[T] {
	list := s.newest()
	slices.SortStableFunc(list, func(a, b *item[T]) int {
		return cmp.Compare(updated(&b.value).Time().UnixMicro(), updated(&a.value).Time().UnixMicro())
	})
	return list
}

func (w *workspace) listArticles(r *request) (any, error) {
	list := lastChanged(&w.articles, func(a *intercom.Article) intercom.Timestamp { return a.UpdatedAt })
	return numberedPage(w, r, list, func(it *item[intercom.Article]) any {
		a := it.value
		a.Statistics = nil
		return &a
	})
}

func (w *workspace) getArticle(r *request) (any, error) {
	it := w.articles.get(r.param("id"))
	if it == nil {
		return nil, resourceNotFound()
	}
	return showArticle(it), nil
}

// showArticle makes what is answered of a single article, which comes with its
// statistics.
func showArticle(it *item[intercom.Article]) any {
	a := it.value
	if a.Statistics == nil {
		none, noShare := 0, 0.0
		a.Statistics = &intercom.ArticleStatistics{
			Type: "article_statistics", Views: &none, Conversations: &none, Conversions: &none, Reactions: &none,
			HappyReactionPercentage: &noShare, NeutralReactionPercentage: &noShare, SadReactionPercentage: &noShare,
		}
	}
	return &a
}

func (w *workspace) createArticle(r *request) (any, error) {
	r.body.require("title", "author_id")
	a := intercom.Article{CreatedAt: w.now()}
	if err := w.changeArticle(r.body, &a); err != nil {
		return nil, err
	}
	w.seedArticle(&a)
	return showArticle(w.articles.get(a.ID)), nil
}

func (w *workspace) updateArticle(r *request) (any, error) {
	it := w.articles.get(r.param("id"))
	if it == nil {
		return nil, resourceNotFound()
	}
	a := it.value
	if err := w.changeArticle(r.body, &a); err != nil {
		return nil, err
	}
	a.UpdatedAt = w.now()
	publish(&a)
	it.value = a
	return showArticle(it), nil
}

// changeArticle writes what a request says into an article.
func (w *workspace) changeArticle(f *fields, a *intercom.Article) error {
	assign(&a.Title, f.text("title"))
	if f.err == nil && a.Title == "" {
		f.err = missing("title")
	}
	assign(&a.Description, f.text("description"))
	assign(&a.Body, f.text("body"))
	assign(&a.AuthorID, f.text("author_id"))
	if w.admins.get(a.AuthorID) == nil {
		f.fail("author_id", "is not the id of an admin")
	}
	if state, ok := f.word("state", "published", "draft").Get(); ok {
		a.State = intercom.ArticleState(state)
	}
	w.moveArticle(f, a)
	w.translateArticle(f, a)
	return f.err
}

// moveArticle puts an article into a collection or section.
func (w *workspace) moveArticle(f *fields, a *intercom.Article) {
	id, kind := f.text("parent_id"), f.word("parent_type", "collection", "section")
	if id.IsZero() || f.err != nil {
		return
	}
	a.ParentID, a.ParentType, a.ParentIDs = "", "", nil
	parent, _ := id.Get()
	if parent == "" || parent == "0" {
		return
	}
	a.ParentID, a.ParentIDs, a.ParentType = parent, []string{parent}, intercom.ArticleParentTypeCollection
	if k, ok := kind.Get(); ok {
		a.ParentType = intercom.ArticleParentType(k)
	}
	known := w.collections.get(parent) != nil
	if a.ParentType == intercom.ArticleParentTypeSection {
		known = w.sections.get(parent) != nil
	}
	if !known {
		f.fail("parent_id", "is not the id of a "+string(a.ParentType))
	}
}

// translateArticle writes the translations of a request into an article. The
// default language is that of the article's own fields, too.
func (w *workspace) translateArticle(f *fields, a *intercom.Article) {
	translations := f.object("translated_content")
	f.check(translations)
	if f.err != nil || len(translations.members) == 0 {
		return
	}
	changed := &intercom.ArticleTranslations{Type: "article_translated_content", Locales: map[string]intercom.ArticleContent{}}
	if a.TranslatedContent != nil {
		maps.Copy(changed.Locales, a.TranslatedContent.Locales)
	}
	for _, locale := range slices.Sorted(maps.Keys(translations.members)) {
		if locale == "type" {
			continue
		}
		inner := translations.object(locale)
		content, there := changed.Locales[locale]
		if !there {
			content = intercom.ArticleContent{Type: "article_content", AuthorID: a.AuthorID, State: intercom.ArticleStateDraft, CreatedAt: w.now()}
		}
		content.UpdatedAt = w.now()
		assign(&content.Title, inner.text("title"))
		assign(&content.Description, inner.text("description"))
		assign(&content.Body, inner.text("body"))
		assign(&content.AuthorID, inner.text("author_id"))
		if state, ok := inner.word("state", "published", "draft").Get(); ok {
			content.State = intercom.ArticleState(state)
		}
		if f.check(inner); f.err != nil {
			return
		}
		changed.Locales[locale] = content
	}
	a.TranslatedContent = changed
}

func (w *workspace) deleteArticle(r *request) (any, error) {
	it := w.articles.get(r.param("id"))
	if it == nil {
		return nil, resourceNotFound()
	}
	w.articles.remove(it.id)
	return deleted("article", it.id), nil
}

func deleted(kind, id string) *intercom.DeletedObject {
	return &intercom.DeletedObject{ID: id, Object: kind, Deleted: true}
}
