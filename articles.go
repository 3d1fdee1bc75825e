package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// ArticlesService reads and changes the articles of the workspace's help
// centers. Get it from Client.Articles.
type ArticlesService struct{ client *Client }

// Get returns the article with an id, with its statistics.
//
// GET /articles/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/articles/retrievearticle
func (s *ArticlesService) Get(ctx context.Context, id string, opts ...CallOption) (*Article, error) {
	return call[Article](ctx, s.client, operations.ArticlesGet, path(id), opts)
}

// List returns one page of articles, drafts too, the last changed first.
//
// GET /articles · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/articles/listarticles
func (s *ArticlesService) List(ctx context.Context, params NumberedListParams, opts ...CallOption) (*Page[Article], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *ArticlesService) Pages(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*Page[Article], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all articles.
func (s *ArticlesService) All(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*Article, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *ArticlesService) list(p NumberedListParams) *list[Article] {
	return listOf[Article](s.client, operations.ArticlesList, request{}, p.PerPage, p.Cursor)
}

// Create writes a new article. It is a draft unless params say otherwise.
//
// POST /articles · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/articles/createarticle
func (s *ArticlesService) Create(ctx context.Context, params ArticleCreateParams, opts ...CallOption) (*Article, error) {
	return call[Article](ctx, s.client, operations.ArticlesCreate, request{body: params}, opts)
}

// Update changes fields of an article and returns it as it is then.
//
// PUT /articles/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/articles/updatearticle
func (s *ArticlesService) Update(ctx context.Context, id string, params ArticleUpdateParams, opts ...CallOption) (*Article, error) {
	return call[Article](ctx, s.client, operations.ArticlesUpdate, path(id).withBody(params), opts)
}

// Delete removes an article for good.
//
// DELETE /articles/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/articles/deletearticle
func (s *ArticlesService) Delete(ctx context.Context, id string, opts ...CallOption) (*DeletedObject, error) {
	return call[DeletedObject](ctx, s.client, operations.ArticlesDelete, path(id), opts)
}
