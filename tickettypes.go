package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// TicketTypesService reads and changes the kinds of tickets that the workspace
// has. It needs Intercom-Version 2.9; see WithVersion. Get it from
// Client.TicketTypes.
type TicketTypesService struct {
	// Attributes are the fields that tickets of one type have.
	Attributes *TicketTypeAttributesService

	client *Client
}

func newTicketTypesService(c *Client) *TicketTypesService {
	return &TicketTypesService{Attributes: &TicketTypeAttributesService{c}, client: c}
}

// Get returns the ticket type with an id, with its attributes.
//
// GET /ticket_types/{id} · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/ticket-types/gettickettype
func (s *TicketTypesService) Get(ctx context.Context, id string, opts ...CallOption) (*TicketType, error) {
	return call[TicketType](ctx, s.client, operations.TicketTypesGet, path(id), opts)
}

// List returns the ticket types of the workspace, all on one page.
//
// GET /ticket_types · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/ticket-types/listtickettypes
func (s *TicketTypesService) List(ctx context.Context, opts ...CallOption) (*Page[TicketType], error) {
	return onePage(ctx, s.list(), opts)
}

// All iterates over the ticket types of the workspace.
func (s *TicketTypesService) All(ctx context.Context, opts ...CallOption) iter.Seq2[*TicketType, error] {
	return allItems(ctx, s.list(), opts)
}

func (s *TicketTypesService) list() *list[TicketType] {
	return listOf[TicketType](s.client, operations.TicketTypesList, request{}, 0, "")
}

// Create adds a ticket type, with attributes for a title and a description.
//
// POST /ticket_types · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/ticket-types/createtickettype
func (s *TicketTypesService) Create(ctx context.Context, params TicketTypeCreateParams, opts ...CallOption) (*TicketType, error) {
	return call[TicketType](ctx, s.client, operations.TicketTypesCreate, request{body: params}, opts)
}

// Update changes fields of a ticket type, or archives it, and returns it as it
// is then. The API can't delete one.
//
// PUT /ticket_types/{id} · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/ticket-types/updatetickettype
func (s *TicketTypesService) Update(ctx context.Context, id string, params TicketTypeUpdateParams, opts ...CallOption) (*TicketType, error) {
	return call[TicketType](ctx, s.client, operations.TicketTypesUpdate, path(id).withBody(params), opts)
}

// TicketTypeAttributesService changes the attributes of ticket types; a
// TicketType holds them. Get it from TicketTypesService.Attributes.
type TicketTypeAttributesService struct{ client *Client }

// Create adds an attribute to a ticket type.
//
// POST /ticket_types/{ticket_type_id}/attributes · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/ticket-type-attributes/createtickettypeattribute
func (s *TicketTypeAttributesService) Create(ctx context.Context, ticketTypeID string, params TicketTypeAttributeCreateParams, opts ...CallOption) (*TicketTypeAttribute, error) {
	return call[TicketTypeAttribute](ctx, s.client, operations.TicketTypesAttributesCreate, path(ticketTypeID).withBody(params), opts)
}

// Update changes an attribute of a ticket type, or archives it, and returns it
// as it is then. Its type of data stays as it is.
//
// PUT /ticket_types/{ticket_type_id}/attributes/{id} · https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/ticket-type-attributes/updatetickettypeattribute
func (s *TicketTypeAttributesService) Update(ctx context.Context, ticketTypeID, id string, params TicketTypeAttributeUpdateParams, opts ...CallOption) (*TicketTypeAttribute, error) {
	return call[TicketTypeAttribute](ctx, s.client, operations.TicketTypesAttributesUpdate, path(ticketTypeID, id).withBody(params), opts)
}
