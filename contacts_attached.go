package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// attachment is the body that names what to attach.
type attachment struct {
	ID string `json:"id"`
}

func (a attachment) missing() string {
	if a.ID == "" {
		return "id"
	}
	return ""
}

// NumberedListParams says which part of a numbered list is wanted. The zero
// value is fine.
type NumberedListParams struct {
	// PerPage is how many items a page holds, at most 50. If it is 0, List and
	// Pages get the API's default, All asks for the most.
	PerPage int
	// Cursor is where to begin: the Cursor or NextCursor of a page. It
	// remembers the PerPage that it was made with.
	Cursor string
}

// ContactCompaniesService reads and changes which companies a contact belongs
// to. Get it from ContactsService.Companies.
type ContactCompaniesService struct{ client *Client }

// List returns one page of the companies that a contact belongs to.
//
// GET /contacts/{id}/companies · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/listcompaniesforacontact
func (s *ContactCompaniesService) List(ctx context.Context, contactID string, params NumberedListParams, opts ...CallOption) (*Page[Company], error) {
	return onePage(ctx, s.list(contactID, params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *ContactCompaniesService) Pages(ctx context.Context, contactID string, params NumberedListParams, opts ...CallOption) iter.Seq2[*Page[Company], error] {
	return allPages(ctx, s.list(contactID, params), opts)
}

// All iterates over all companies that a contact belongs to.
func (s *ContactCompaniesService) All(ctx context.Context, contactID string, params NumberedListParams, opts ...CallOption) iter.Seq2[*Company, error] {
	return allItems(ctx, s.list(contactID, params), opts)
}

func (s *ContactCompaniesService) list(contactID string, p NumberedListParams) *list[Company] {
	return listOf[Company](s.client, operations.ContactsCompaniesList, path(contactID), p.PerPage, p.Cursor)
}

// Attach makes a contact a member of a company and returns the company.
//
// POST /contacts/{id}/companies · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/attachcontacttoacompany
func (s *ContactCompaniesService) Attach(ctx context.Context, contactID, companyID string, opts ...CallOption) (*Company, error) {
	return call[Company](ctx, s.client, operations.ContactsCompaniesAttach, path(contactID).withBody(attachment{companyID}), opts)
}

// Detach ends a contact's membership of a company and returns the company.
//
// DELETE /contacts/{contact_id}/companies/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/detachcontactfromacompany
func (s *ContactCompaniesService) Detach(ctx context.Context, contactID, companyID string, opts ...CallOption) (*Company, error) {
	return call[Company](ctx, s.client, operations.ContactsCompaniesDetach, path(contactID, companyID), opts)
}

// ContactNotesService reads and writes the notes about a contact. Get it from
// ContactsService.Notes.
type ContactNotesService struct{ client *Client }

// List returns one page of the notes about a contact, the newest first.
//
// GET /contacts/{id}/notes · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/notes/listnotes
func (s *ContactNotesService) List(ctx context.Context, contactID string, params NumberedListParams, opts ...CallOption) (*Page[Note], error) {
	return onePage(ctx, s.list(contactID, params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *ContactNotesService) Pages(ctx context.Context, contactID string, params NumberedListParams, opts ...CallOption) iter.Seq2[*Page[Note], error] {
	return allPages(ctx, s.list(contactID, params), opts)
}

// All iterates over all notes about a contact.
func (s *ContactNotesService) All(ctx context.Context, contactID string, params NumberedListParams, opts ...CallOption) iter.Seq2[*Note, error] {
	return allItems(ctx, s.list(contactID, params), opts)
}

func (s *ContactNotesService) list(contactID string, p NumberedListParams) *list[Note] {
	return listOf[Note](s.client, operations.ContactsNotesList, path(contactID), p.PerPage, p.Cursor)
}

// Create writes a note about a contact.
//
// POST /contacts/{id}/notes · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/notes/createnote
func (s *ContactNotesService) Create(ctx context.Context, contactID string, params NoteCreateParams, opts ...CallOption) (*Note, error) {
	return call[Note](ctx, s.client, operations.ContactsNotesCreate, path(contactID).withBody(params), opts)
}

// ContactSegmentsService reads which segments a contact is in. Get it from
// ContactsService.Segments.
type ContactSegmentsService struct{ client *Client }

// List returns the segments that a contact is in, all on one page.
//
// GET /contacts/{contact_id}/segments · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/listsegmentsforacontact
func (s *ContactSegmentsService) List(ctx context.Context, contactID string, opts ...CallOption) (*Page[Segment], error) {
	return onePage(ctx, s.list(contactID), opts)
}

// All iterates over the segments that a contact is in.
func (s *ContactSegmentsService) All(ctx context.Context, contactID string, opts ...CallOption) iter.Seq2[*Segment, error] {
	return allItems(ctx, s.list(contactID), opts)
}

func (s *ContactSegmentsService) list(contactID string) *list[Segment] {
	return listOf[Segment](s.client, operations.ContactsSegmentsList, path(contactID), 0, "")
}

// ContactSubscriptionsService reads and changes which kinds of messages a
// contact agreed to or refused. Get it from ContactsService.Subscriptions.
type ContactSubscriptionsService struct{ client *Client }

// List returns the subscription types that a contact has a say on, all on one
// page: those with consent type opt_out that it refused, and those with opt_in
// that it agreed to.
//
// GET /contacts/{contact_id}/subscriptions · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/listsubscriptionsforacontact
func (s *ContactSubscriptionsService) List(ctx context.Context, contactID string, opts ...CallOption) (*Page[SubscriptionType], error) {
	return onePage(ctx, s.list(contactID), opts)
}

// All iterates over the subscription types that a contact has a say on.
func (s *ContactSubscriptionsService) All(ctx context.Context, contactID string, opts ...CallOption) iter.Seq2[*SubscriptionType, error] {
	return allItems(ctx, s.list(contactID), opts)
}

func (s *ContactSubscriptionsService) list(contactID string) *list[SubscriptionType] {
	return listOf[SubscriptionType](s.client, operations.ContactsSubscriptionsList, path(contactID), 0, "")
}

// Attach records that a contact agrees to a subscription type or refuses it.
//
// POST /contacts/{contact_id}/subscriptions · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/subscription-types/attachsubscriptiontypetocontact
func (s *ContactSubscriptionsService) Attach(ctx context.Context, contactID string, params ContactSubscriptionAttachParams, opts ...CallOption) (*SubscriptionType, error) {
	return call[SubscriptionType](ctx, s.client, operations.ContactsSubscriptionsAttach, path(contactID).withBody(params), opts)
}

// Detach takes back a contact's choice on a subscription type.
//
// DELETE /contacts/{contact_id}/subscriptions/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/subscription-types/detachsubscriptiontypetocontact
func (s *ContactSubscriptionsService) Detach(ctx context.Context, contactID, subscriptionTypeID string, opts ...CallOption) (*SubscriptionType, error) {
	return call[SubscriptionType](ctx, s.client, operations.ContactsSubscriptionsDetach, path(contactID, subscriptionTypeID), opts)
}

// ContactTagsService reads and changes the tags on a contact. Get it from
// ContactsService.Tags.
type ContactTagsService struct{ client *Client }

// List returns the tags on a contact, all on one page.
//
// GET /contacts/{contact_id}/tags · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/listtagsforacontact
func (s *ContactTagsService) List(ctx context.Context, contactID string, opts ...CallOption) (*Page[Tag], error) {
	return onePage(ctx, s.list(contactID), opts)
}

// All iterates over the tags on a contact.
func (s *ContactTagsService) All(ctx context.Context, contactID string, opts ...CallOption) iter.Seq2[*Tag, error] {
	return allItems(ctx, s.list(contactID), opts)
}

func (s *ContactTagsService) list(contactID string) *list[Tag] {
	return listOf[Tag](s.client, operations.ContactsTagsList, path(contactID), 0, "")
}

// Attach puts a tag on a contact.
//
// POST /contacts/{contact_id}/tags · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/attachtagtocontact
func (s *ContactTagsService) Attach(ctx context.Context, contactID, tagID string, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.ContactsTagsAttach, path(contactID).withBody(attachment{tagID}), opts)
}

// Detach takes a tag off a contact.
//
// DELETE /contacts/{contact_id}/tags/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/detachtagfromcontact
func (s *ContactTagsService) Detach(ctx context.Context, contactID, tagID string, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.ContactsTagsDetach, path(contactID, tagID), opts)
}
