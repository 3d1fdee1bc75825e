package intercom

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// TicketsService reads and changes tickets: requests that take work to
// resolve. It needs Intercom-Version 2.9; see WithVersion. Methods take the ID
// of a Ticket, not the TicketID that people see. Get it from Client.Tickets.
type TicketsService struct {
	// Tags are the tags on one ticket.
	Tags *TicketTagsService

	client *Client
}

func newTicketsService(c *Client) *TicketsService {
	return &TicketsService{Tags: &TicketTagsService{c}, client: c}
}

// TicketSearchParams says which tickets to find.
type TicketSearchParams struct {
	// Query is the condition. It is required. Attribute takes the id of a ticket
	// attribute.
	Query Query
	// Sort is the order of the findings.
	Sort Sort
	// PerPage is how many tickets a page holds, at most 150. If it is 0, Search
	// and SearchPages get the API's default of 20, SearchAll asks for 150.
	PerPage int
	// Cursor is where to begin: the Cursor or NextCursor of a page.
	Cursor string
}

// check refuses contacts that name nobody.
func (p TicketCreateParams) check() error {
	for i, c := range p.Contacts {
		if c.IsZero() {
			return fmt.Errorf("contacts[%d] names nobody; use ContactByID, ContactByExternalID or ContactByEmail", i)
		}
	}
	return nil
}

// MarshalJSON writes the ticket as the API takes it, which names contacts
// otherwise here than in conversations.
func (p TicketCreateParams) MarshalJSON() ([]byte, error) {
	type plain TicketCreateParams
	type contact struct {
		ID         string `json:"id,omitzero"`
		ExternalID string `json:"external_id,omitzero"`
		Email      string `json:"email,omitzero"`
	}
	contacts := make([]contact, len(p.Contacts))
	for i, c := range p.Contacts {
		contacts[i] = contact{c.id, c.externalID, c.email}
	}
	return json.Marshal(struct {
		plain
		Contacts []contact `json:"contacts"`
	}{plain(p), contacts})
}

// ticketsFlat is the first version that takes the ids of who changes a ticket
// and of who gets it directly in the request.
const ticketsFlat operations.Version = 2014

// forVersion puts the two ids where the version wants them.
func (p TicketUpdateParams) forVersion(version operations.Version) (any, error) {
	type plain TicketUpdateParams
	if p.AssigneeID.IsNull() {
		p.AssigneeID = Set("0")
	}
	if version >= ticketsFlat || p.AdminID.IsZero() && p.AssigneeID.IsZero() {
		return plain(p), nil
	}
	if p.AssigneeID.IsZero() {
		return nil, unknownField("admin_id without assignee_id", ticketsFlat, 0)
	}
	type assignment struct {
		AdminID    Opt[string] `json:"admin_id,omitzero"`
		AssigneeID Opt[string] `json:"assignee_id"`
	}
	who := assignment{p.AdminID, p.AssigneeID}
	p.AdminID, p.AssigneeID = Opt[string]{}, Opt[string]{}
	return struct {
		plain
		Assignment assignment `json:"assignment"`
	}{plain(p), who}, nil
}

// Get returns the ticket with an id, with at most 500 of its parts.
//
// GET /tickets/{id} · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/tickets/getticket
func (s *TicketsService) Get(ctx context.Context, id string, opts ...CallOption) (*Ticket, error) {
	return call[Ticket](ctx, s.client, operations.TicketsGet, path(id), opts)
}

// Search returns one page of the tickets that meet a condition. It needs
// Intercom-Version 2.10.
//
// POST /tickets/search · https://developers.intercom.com/docs/references/2.10/rest-api/api.intercom.io/tickets/searchtickets
func (s *TicketsService) Search(ctx context.Context, params TicketSearchParams, opts ...CallOption) (*Page[Ticket], error) {
	return onePage(ctx, s.search(params), opts)
}

// SearchPages iterates over all pages that Search would return one by one.
func (s *TicketsService) SearchPages(ctx context.Context, params TicketSearchParams, opts ...CallOption) iter.Seq2[*Page[Ticket], error] {
	return allPages(ctx, s.search(params), opts)
}

// SearchAll iterates over all tickets that meet a condition.
func (s *TicketsService) SearchAll(ctx context.Context, params TicketSearchParams, opts ...CallOption) iter.Seq2[*Ticket, error] {
	return allItems(ctx, s.search(params), opts)
}

func (s *TicketsService) search(p TicketSearchParams) *list[Ticket] {
	return searchOf[Ticket](s.client, operations.TicketsSearch, searchTickets, p.Query, p.Sort, p.PerPage, p.Cursor)
}

// Create opens a ticket.
//
// POST /tickets · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/tickets/createticket
func (s *TicketsService) Create(ctx context.Context, params TicketCreateParams, opts ...CallOption) (*Ticket, error) {
	return call[Ticket](ctx, s.client, operations.TicketsCreate, request{body: params}, opts)
}

// Update changes fields of a ticket and returns it as it is then. AdminID and
// AssigneeID are sent in the form that the client's version wants; the state
// has a field of its own for either kind of version.
//
// PUT /tickets/{id} · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/tickets/updateticket
func (s *TicketsService) Update(ctx context.Context, id string, params TicketUpdateParams, opts ...CallOption) (*Ticket, error) {
	return call[Ticket](ctx, s.client, operations.TicketsUpdate, path(id).withBody(params), opts)
}

// ReplyAsAdmin adds what an admin writes to a ticket: a comment, a note or a
// quick reply. It needs Intercom-Version 2.10.
//
// POST /tickets/{id}/reply · https://developers.intercom.com/docs/references/2.10/rest-api/api.intercom.io/tickets/replyticket
func (s *TicketsService) ReplyAsAdmin(ctx context.Context, id string, params TicketAdminReplyParams, opts ...CallOption) (*TicketPart, error) {
	return call[TicketPart](ctx, s.client, operations.TicketsReplyAsAdmin, path(id).withBody(params), opts)
}

// ReplyAsContact adds what a contact writes to a ticket. It needs
// Intercom-Version 2.10.
//
// POST /tickets/{id}/reply · https://developers.intercom.com/docs/references/2.10/rest-api/api.intercom.io/tickets/replyticket
func (s *TicketsService) ReplyAsContact(ctx context.Context, id string, params TicketContactReplyParams, opts ...CallOption) (*TicketPart, error) {
	return call[TicketPart](ctx, s.client, operations.TicketsReplyAsContact, path(id).withBody(params), opts)
}

// AddNote adds a note to a ticket that only teammates can see.
//
// POST /tickets/{id}/reply · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/tickets/replyticket
func (s *TicketsService) AddNote(ctx context.Context, id string, params TicketNoteParams, opts ...CallOption) (*TicketPart, error) {
	return call[TicketPart](ctx, s.client, operations.TicketsAddNote, path(id).withBody(params), opts)
}

// TicketTagsService changes the tags on a ticket. It needs Intercom-Version
// 2.10. Get it from TicketsService.Tags.
type TicketTagsService struct{ client *Client }

// Attach puts a tag on a ticket and returns the tag.
//
// POST /tickets/{ticket_id}/tags · https://developers.intercom.com/docs/references/2.10/rest-api/api.intercom.io/tags/attachtagtoticket
func (s *TicketTagsService) Attach(ctx context.Context, ticketID string, params TicketTagAttachParams, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.TicketsTagsAttach, path(ticketID).withBody(params), opts)
}

// Detach takes a tag off a ticket and returns the tag.
//
// DELETE /tickets/{ticket_id}/tags/{id} · https://developers.intercom.com/docs/references/2.10/rest-api/api.intercom.io/tags/detachtagfromticket
func (s *TicketTagsService) Detach(ctx context.Context, ticketID, tagID string, params TicketTagDetachParams, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.TicketsTagsDetach, path(ticketID, tagID).withBody(params), opts)
}
