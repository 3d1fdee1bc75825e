package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// TagsService reads and changes the tags of the workspace. The tags on one
// contact are Client.Contacts.Tags. Get it from Client.Tags.
type TagsService struct{ client *Client }

// Get returns the tag with an id.
//
// GET /tags/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/findtag
func (s *TagsService) Get(ctx context.Context, id string, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.TagsGet, path(id), opts)
}

// List returns the tags of the workspace, all on one page.
//
// GET /tags · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/listtags
func (s *TagsService) List(ctx context.Context, opts ...CallOption) (*Page[Tag], error) {
	return onePage(ctx, s.list(), opts)
}

// All iterates over the tags of the workspace.
func (s *TagsService) All(ctx context.Context, opts ...CallOption) iter.Seq2[*Tag, error] {
	return allItems(ctx, s.list(), opts)
}

func (s *TagsService) list() *list[Tag] {
	return listOf[Tag](s.client, operations.TagsList, request{}, 0, "")
}

// Upsert creates a tag, or renames the one with the ID in params. A tag of the
// same name is returned as it is.
//
// POST /tags · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/createtag
func (s *TagsService) Upsert(ctx context.Context, params TagUpsertParams, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.TagsUpsert, request{body: params}, opts)
}

// Delete removes a tag from the workspace. It must not be on anything any more.
//
// DELETE /tags/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/deletetag
func (s *TagsService) Delete(ctx context.Context, id string, opts ...CallOption) error {
	return callEmpty(ctx, s.client, operations.TagsDelete, path(id), opts)
}

// TagCompanies puts a tag on companies; it is created if there is none of its
// name.
//
// POST /tags · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/createtag
func (s *TagsService) TagCompanies(ctx context.Context, params TagCompaniesParams, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.TagsTagCompanies, request{body: params}, opts)
}

// UntagCompanies takes a tag off companies.
//
// POST /tags · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/createtag
func (s *TagsService) UntagCompanies(ctx context.Context, params UntagCompaniesParams, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.TagsUntagCompanies, request{body: params}, opts)
}

// TagContacts puts a tag on contacts; it is created if there is none of its
// name.
//
// POST /tags · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/createtag
func (s *TagsService) TagContacts(ctx context.Context, params TagContactsParams, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.TagsTagContacts, request{body: params}, opts)
}
