package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// HelpCenterService is the door to what a help center is made of. Its articles
// are Client.Articles. Get it from Client.HelpCenter.
type HelpCenterService struct {
	// Collections are groups of articles.
	Collections *CollectionsService
	// HelpCenters are the public sites themselves.
	HelpCenters *HelpCentersService
	// Sections are the parts of collections. They ended with Intercom-Version
	// 2.9; from 2.10 on collections stand inside collections.
	Sections *SectionsService
}

func newHelpCenterService(c *Client) *HelpCenterService {
	return &HelpCenterService{
		Collections: &CollectionsService{c},
		HelpCenters: &HelpCentersService{c},
		Sections:    &SectionsService{c},
	}
}

// CollectionsService reads and changes the collections of the workspace's help
// centers. Get it from HelpCenterService.Collections.
type CollectionsService struct{ client *Client }

// Get returns the collection with an id.
//
// GET /help_center/collections/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/retrievecollection
func (s *CollectionsService) Get(ctx context.Context, id string, opts ...CallOption) (*Collection, error) {
	return call[Collection](ctx, s.client, operations.HelpCenterCollectionsGet, path(id), opts)
}

// List returns one page of collections.
//
// GET /help_center/collections · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/listallcollections
func (s *CollectionsService) List(ctx context.Context, params NumberedListParams, opts ...CallOption) (*Page[Collection], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *CollectionsService) Pages(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*Page[Collection], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all collections.
func (s *CollectionsService) All(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*Collection, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *CollectionsService) list(p NumberedListParams) *list[Collection] {
	return listOf[Collection](s.client, operations.HelpCenterCollectionsList, request{}, p.PerPage, p.Cursor)
}

// Create adds a collection to a help center.
//
// POST /help_center/collections · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/createcollection
func (s *CollectionsService) Create(ctx context.Context, params CollectionCreateParams, opts ...CallOption) (*Collection, error) {
	return call[Collection](ctx, s.client, operations.HelpCenterCollectionsCreate, request{body: params}, opts)
}

// Update changes fields of a collection and returns it as it is then.
//
// PUT /help_center/collections/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/updatecollection
func (s *CollectionsService) Update(ctx context.Context, id string, params CollectionUpdateParams, opts ...CallOption) (*Collection, error) {
	return call[Collection](ctx, s.client, operations.HelpCenterCollectionsUpdate, path(id).withBody(params), opts)
}

// Delete removes a collection. Its articles stay.
//
// DELETE /help_center/collections/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/deletecollection
func (s *CollectionsService) Delete(ctx context.Context, id string, opts ...CallOption) (*DeletedObject, error) {
	return call[DeletedObject](ctx, s.client, operations.HelpCenterCollectionsDelete, path(id), opts)
}

// HelpCentersService reads the help centers of the workspace. Get it from
// HelpCenterService.HelpCenters.
type HelpCentersService struct{ client *Client }

// Get returns the help center with an id.
//
// GET /help_center/help_centers/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/retrievehelpcenter
func (s *HelpCentersService) Get(ctx context.Context, id string, opts ...CallOption) (*HelpCenter, error) {
	return call[HelpCenter](ctx, s.client, operations.HelpCenterHelpCentersGet, path(id), opts)
}

// List returns the help centers of the workspace, all on one page.
//
// GET /help_center/help_centers · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/listhelpcenters
func (s *HelpCentersService) List(ctx context.Context, opts ...CallOption) (*Page[HelpCenter], error) {
	return onePage(ctx, s.list(), opts)
}

// All iterates over the help centers of the workspace.
func (s *HelpCentersService) All(ctx context.Context, opts ...CallOption) iter.Seq2[*HelpCenter, error] {
	return allItems(ctx, s.list(), opts)
}

func (s *HelpCentersService) list() *list[HelpCenter] {
	return listOf[HelpCenter](s.client, operations.HelpCenterHelpCentersList, request{}, 0, "")
}

// SectionsService reads and changes the sections of collections, up to
// Intercom-Version 2.9. Get it from HelpCenterService.Sections.
type SectionsService struct{ client *Client }

// Get returns the section with an id.
//
// GET /help_center/sections/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/retrievesection
func (s *SectionsService) Get(ctx context.Context, id string, opts ...CallOption) (*Section, error) {
	return call[Section](ctx, s.client, operations.HelpCenterSectionsGet, path(id), opts)
}

// List returns one page of sections.
//
// GET /help_center/sections · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/listallsections
func (s *SectionsService) List(ctx context.Context, params NumberedListParams, opts ...CallOption) (*Page[Section], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *SectionsService) Pages(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*Page[Section], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all sections.
func (s *SectionsService) All(ctx context.Context, params NumberedListParams, opts ...CallOption) iter.Seq2[*Section, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *SectionsService) list(p NumberedListParams) *list[Section] {
	return listOf[Section](s.client, operations.HelpCenterSectionsList, request{}, p.PerPage, p.Cursor)
}

// Create adds a section to a collection.
//
// POST /help_center/sections · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/createsection
func (s *SectionsService) Create(ctx context.Context, params SectionCreateParams, opts ...CallOption) (*Section, error) {
	return call[Section](ctx, s.client, operations.HelpCenterSectionsCreate, request{body: params}, opts)
}

// Update changes fields of a section and returns it as it is then.
//
// PUT /help_center/sections/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/updatesection
func (s *SectionsService) Update(ctx context.Context, id string, params SectionUpdateParams, opts ...CallOption) (*Section, error) {
	return call[Section](ctx, s.client, operations.HelpCenterSectionsUpdate, path(id).withBody(params), opts)
}

// Delete removes a section. Its articles stay.
//
// DELETE /help_center/sections/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/help-center/deletesection
func (s *SectionsService) Delete(ctx context.Context, id string, opts ...CallOption) (*DeletedObject, error) {
	return call[DeletedObject](ctx, s.client, operations.HelpCenterSectionsDelete, path(id), opts)
}
