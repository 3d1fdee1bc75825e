package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// NewsService is the door to news: announcements and the newsfeeds that show
// them. Get it from Client.News.
type NewsService struct {
	// Items are the announcements.
	Items *NewsItemsService
	// LiveItems are the announcements that a newsfeed shows now.
	LiveItems *NewsLiveItemsService
	// Newsfeeds are what contacts read them in.
	Newsfeeds *NewsfeedsService
}

func newNewsService(c *Client) *NewsService {
	return &NewsService{
		Items:     &NewsItemsService{c},
		LiveItems: &NewsLiveItemsService{c},
		Newsfeeds: &NewsfeedsService{c},
	}
}

// NewsItemsService reads and changes the news items of the workspace. Get it
// from NewsService.Items.
type NewsItemsService struct{ client *Client }

// Get returns the news item with an id.
//
// GET /news/news_items/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/news/retrievenewsitem
func (s *NewsItemsService) Get(ctx context.Context, id string, opts ...CallOption) (*NewsItem, error) {
	return call[NewsItem](ctx, s.client, operations.NewsItemsGet, path(id), opts)
}

// List returns one page of news items, drafts too.
//
// GET /news/news_items · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/news/listnewsitems
func (s *NewsItemsService) List(ctx context.Context, params NumberedListParams, opts ...CallOption) (*Page[NewsItem], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *NewsItemsService) Pages(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*Page[NewsItem], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all news items.
func (s *NewsItemsService) All(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*NewsItem, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *NewsItemsService) list(p NumberedListParams) *list[NewsItem] {
	return listOf[NewsItem](s.client, operations.NewsItemsList, request{}, p.PerPage, p.Cursor)
}

// Create writes a new news item. It is a draft unless params say otherwise.
//
// POST /news/news_items · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/news/createnewsitem
func (s *NewsItemsService) Create(ctx context.Context, params NewsItemCreateParams, opts ...CallOption) (*NewsItem, error) {
	return call[NewsItem](ctx, s.client, operations.NewsItemsCreate, request{body: params}, opts)
}

// Update changes fields of a news item and returns it as it is then. The API
// wants the title and the sender every time.
//
// PUT /news/news_items/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/news/updatenewsitem
func (s *NewsItemsService) Update(ctx context.Context, id string, params NewsItemUpdateParams, opts ...CallOption) (*NewsItem, error) {
	return call[NewsItem](ctx, s.client, operations.NewsItemsUpdate, path(id).withBody(params), opts)
}

// Delete removes a news item for good.
//
// DELETE /news/news_items/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/news/deletenewsitem
func (s *NewsItemsService) Delete(ctx context.Context, id string, opts ...CallOption) (*DeletedObject, error) {
	return call[DeletedObject](ctx, s.client, operations.NewsItemsDelete, path(id), opts)
}

// NewsLiveItemsService reads what a newsfeed shows now. Get it from
// NewsService.LiveItems.
type NewsLiveItemsService struct{ client *Client }

// List returns one page of the news items that a newsfeed shows now.
//
// GET /news/newsfeeds/{id}/items · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/news/listlivenewsfeeditems
func (s *NewsLiveItemsService) List(ctx context.Context, newsfeedID string, params NumberedListParams, opts ...CallOption) (*Page[NewsItem], error) {
	return onePage(ctx, s.list(newsfeedID, params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *NewsLiveItemsService) Pages(ctx context.Context, newsfeedID string, params NumberedListParams, opts ...CallOption) iter.Seq2[*Page[NewsItem], error] {
	return allPages(ctx, s.list(newsfeedID, params), opts)
}

// All iterates over all news items that a newsfeed shows now.
func (s *NewsLiveItemsService) All(ctx context.Context, newsfeedID string, params NumberedListParams, opts ...CallOption) iter.Seq2[*NewsItem, error] {
	return allItems(ctx, s.list(newsfeedID, params), opts)
}

func (s *NewsLiveItemsService) list(newsfeedID string, p NumberedListParams) *list[NewsItem] {
	return listOf[NewsItem](s.client, operations.NewsLiveItemsList, path(newsfeedID), p.PerPage, p.Cursor)
}

// NewsfeedsService reads the newsfeeds of the workspace; the API can't change
// them. Get it from NewsService.Newsfeeds.
type NewsfeedsService struct{ client *Client }

// Get returns the newsfeed with an id.
//
// GET /news/newsfeeds/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/news/retrievenewsfeed
func (s *NewsfeedsService) Get(ctx context.Context, id string, opts ...CallOption) (*Newsfeed, error) {
	return call[Newsfeed](ctx, s.client, operations.NewsNewsfeedsGet, path(id), opts)
}

// List returns one page of newsfeeds.
//
// GET /news/newsfeeds · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/news/listnewsfeeds
func (s *NewsfeedsService) List(ctx context.Context, params NumberedListParams, opts ...CallOption) (*Page[Newsfeed], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *NewsfeedsService) Pages(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*Page[Newsfeed], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all newsfeeds.
func (s *NewsfeedsService) All(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*Newsfeed, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *NewsfeedsService) list(p NumberedListParams) *list[Newsfeed] {
	return listOf[Newsfeed](s.client, operations.NewsNewsfeedsList, request{}, p.PerPage, p.Cursor)
}
