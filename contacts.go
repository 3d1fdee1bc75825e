package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// ContactsService reads and changes the contacts of the workspace: its users
// and leads. Get it from Client.Contacts.
type ContactsService struct {
	// Companies are the companies of one contact.
	Companies *ContactCompaniesService
	// Notes are the notes about one contact.
	Notes *ContactNotesService
	// Segments are the segments that one contact is in.
	Segments *ContactSegmentsService
	// Subscriptions are the choices of one contact on subscription types.
	Subscriptions *ContactSubscriptionsService
	// Tags are the tags on one contact.
	Tags *ContactTagsService

	client *Client
}

func newContactsService(c *Client) *ContactsService {
	return &ContactsService{
		Companies:     &ContactCompaniesService{c},
		Notes:         &ContactNotesService{c},
		Segments:      &ContactSegmentsService{c},
		Subscriptions: &ContactSubscriptionsService{c},
		Tags:          &ContactTagsService{c},
		client:        c,
	}
}

// ContactListParams says how to list contacts. The zero value is fine.
type ContactListParams struct {
	// PerPage is how many contacts a page holds, at most 150. If it is 0, List
	// and Pages get the API's default of 50, All asks for 150.
	PerPage int
	// Cursor is where to begin: the Cursor or NextCursor of a page.
	Cursor string
}

// ContactSearchParams says which contacts to find.
type ContactSearchParams struct {
	// Query is the condition. It is required.
	Query Query
	// Sort is the order of the findings.
	Sort Sort
	// PerPage is how many contacts a page holds, at most 150. If it is 0,
	// Search and SearchPages get the API's default of 50, SearchAll asks for
	// 150.
	PerPage int
	// Cursor is where to begin: the Cursor or NextCursor of a page.
	Cursor string
}

// Get returns the contact with an id. A contact that was merged into another
// is answered with 410 or 404, for which IsNotFound is true; MergedInto tells
// which one it lives on in. Where the lists in a Contact say HasMore,
// Contacts.Tags.All, Notes.All, Companies.All and Subscriptions.All read the
// whole of them.
//
// GET /contacts/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/showcontact
func (s *ContactsService) Get(ctx context.Context, id string, opts ...CallOption) (*Contact, error) {
	return call[Contact](ctx, s.client, operations.ContactsGet, path(id), opts)
}

// List returns one page of contacts, the newest first.
//
// GET /contacts · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/listcontacts
func (s *ContactsService) List(ctx context.Context, params ContactListParams, opts ...CallOption) (*Page[Contact], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *ContactsService) Pages(ctx context.Context, params ContactListParams, opts ...CallOption) iter.Seq2[*Page[Contact], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all contacts. It asks for the largest pages, and for the
// next one while you work on this one.
func (s *ContactsService) All(ctx context.Context, params ContactListParams, opts ...CallOption) iter.Seq2[*Contact, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *ContactsService) list(p ContactListParams) *list[Contact] {
	return listOf[Contact](s.client, operations.ContactsList, request{}, p.PerPage, p.Cursor)
}

// Search returns one page of the contacts that meet a condition.
//
// POST /contacts/search · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/searchcontacts
func (s *ContactsService) Search(ctx context.Context, params ContactSearchParams, opts ...CallOption) (*Page[Contact], error) {
	return onePage(ctx, s.search(params), opts)
}

// SearchPages iterates over all pages that Search would return one by one.
func (s *ContactsService) SearchPages(ctx context.Context, params ContactSearchParams, opts ...CallOption) iter.Seq2[*Page[Contact], error] {
	return allPages(ctx, s.search(params), opts)
}

// SearchAll iterates over all contacts that meet a condition.
func (s *ContactsService) SearchAll(ctx context.Context, params ContactSearchParams, opts ...CallOption) iter.Seq2[*Contact, error] {
	return allItems(ctx, s.search(params), opts)
}

func (s *ContactsService) search(p ContactSearchParams) *list[Contact] {
	return searchOf[Contact](s.client, operations.ContactsSearch, searchContacts, p.Query, p.Sort, p.PerPage, p.Cursor)
}

// Create makes a new contact. If there is a user with the same email or
// external id already, the error is a 409, for which IsConflict is true;
// ExistingContactID tells which one it is, and Upsert updates it.
//
// POST /contacts · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/createcontact
func (s *ContactsService) Create(ctx context.Context, params ContactCreateParams, opts ...CallOption) (*Contact, error) {
	return call[Contact](ctx, s.client, operations.ContactsCreate, request{body: params}, opts)
}

// Update changes fields of a contact and returns it as it is then.
//
// PUT /contacts/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/updatecontact
func (s *ContactsService) Update(ctx context.Context, id string, params ContactUpdateParams, opts ...CallOption) (*Contact, error) {
	return call[Contact](ctx, s.client, operations.ContactsUpdate, path(id).withBody(params), opts)
}

// Delete removes a contact for good. Archive keeps it.
//
// DELETE /contacts/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/deletecontact
func (s *ContactsService) Delete(ctx context.Context, id string, opts ...CallOption) (*ContactDeleted, error) {
	return call[ContactDeleted](ctx, s.client, operations.ContactsDelete, path(id), opts)
}

// Archive takes a contact out of lists and the inbox until Unarchive.
//
// POST /contacts/{id}/archive · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/archivecontact
func (s *ContactsService) Archive(ctx context.Context, id string, opts ...CallOption) (*ContactArchived, error) {
	return call[ContactArchived](ctx, s.client, operations.ContactsArchive, path(id), opts)
}

// Unarchive brings an archived contact back.
//
// POST /contacts/{id}/unarchive · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/unarchivecontact
func (s *ContactsService) Unarchive(ctx context.Context, id string, opts ...CallOption) (*ContactArchived, error) {
	return call[ContactArchived](ctx, s.client, operations.ContactsUnarchive, path(id), opts)
}

// Merge moves all that a lead has to a user, and removes the lead.
//
// POST /contacts/merge · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/mergecontact
func (s *ContactsService) Merge(ctx context.Context, params ContactMergeParams, opts ...CallOption) (*Contact, error) {
	return call[Contact](ctx, s.client, operations.ContactsMerge, request{body: params}, opts)
}
