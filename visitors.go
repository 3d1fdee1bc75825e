package intercom

import (
	"context"
	"errors"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// VisitorsService reads and changes visitors: people on your site of whom
// nobody knows yet who they are. Get it from Client.Visitors.
type VisitorsService struct{ client *Client }

// check knows that a visitor has two names and needs one.
func (p VisitorUpdateParams) check() error {
	if p.ID == "" && p.UserID == "" {
		return errors.New("id is required, or user_id in its place")
	}
	return nil
}

// check knows how a contact and a visitor can be named.
func (p VisitorConvertParams) check() error {
	if p.User.ID == "" && p.User.UserID == "" {
		return errors.New("user.id is required, or user.user_id in its place")
	}
	return nil
}

// Get returns the visitor with an id that Intercom gave. Today's reference
// leaves this operation out; GetByUserID is the one that it has.
//
// GET /visitors/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/visitors/retrievevisitor
func (s *VisitorsService) Get(ctx context.Context, id string, opts ...CallOption) (*Visitor, error) {
	return call[Visitor](ctx, s.client, operations.VisitorsGet, path(id), opts)
}

// GetByUserID returns the visitor with an id that the Messenger made.
//
// GET /visitors · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/visitors/retrievevisitorwithuserid
func (s *VisitorsService) GetByUserID(ctx context.Context, userID string, opts ...CallOption) (*Visitor, error) {
	if userID == "" {
		return nil, errors.New("intercom: Visitors.GetByUserID: user_id is required")
	}
	var q query
	add(&q, "user_id", userID)
	return call[Visitor](ctx, s.client, operations.VisitorsGetByUserID, request{}.withQuery(q), opts)
}

// Update changes fields of the visitor whose ID or UserID params give, and
// returns the visitor as it is then.
//
// PUT /visitors · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/visitors/updatevisitor
func (s *VisitorsService) Update(ctx context.Context, params VisitorUpdateParams, opts ...CallOption) (*Visitor, error) {
	return call[Visitor](ctx, s.client, operations.VisitorsUpdate, request{body: params}, opts)
}

// Delete removes a visitor for good. Today's reference leaves this operation
// out.
//
// DELETE /visitors/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/visitors/deletevisitor
func (s *VisitorsService) Delete(ctx context.Context, id string, opts ...CallOption) (*DeletedVisitor, error) {
	return call[DeletedVisitor](ctx, s.client, operations.VisitorsDelete, path(id), opts)
}

// Convert makes a visitor a contact, or merges a visitor into the contact with
// the given id, and returns the contact. The visitor is gone then.
//
// POST /visitors/convert · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/visitors/convertvisitor
func (s *VisitorsService) Convert(ctx context.Context, params VisitorConvertParams, opts ...CallOption) (*Contact, error) {
	return call[Contact](ctx, s.client, operations.VisitorsConvert, request{body: params}, opts)
}
