package intercom

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// The lookups send operations that have other names, too, but errors name the
// method that was called.
var (
	getByExternalID = named(operations.ContactsSearch, "Contacts.GetByExternalID")
	findByEmail     = named(operations.ContactsSearch, "Contacts.FindByEmail")
	upsertCreate    = named(operations.ContactsCreate, "Contacts.Upsert")
	upsertUpdate    = named(operations.ContactsUpdate, "Contacts.Upsert")
)

func named(op *operations.Operation, name string) *operations.Operation {
	renamed := *op
	renamed.Name = name
	return &renamed
}

// GetByExternalID returns the contact with an id that your own system gave it.
// If there is none, IsNotFound is true for the error. It searches, and a search
// may not know yet what was written in the last seconds.
//
// POST /contacts/search · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/searchcontacts
func (s *ContactsService) GetByExternalID(ctx context.Context, externalID string, opts ...CallOption) (*Contact, error) {
	if externalID == "" {
		return nil, errors.New("intercom: Contacts.GetByExternalID: external_id is empty")
	}
	return s.find(ctx, getByExternalID, Field("external_id").Eq(externalID), opts)
}

// FindByEmail returns the contact with an email address. Only among users is an
// address unique: where several contacts have it, a user goes before leads, and
// of those the one that changed last. If there is none, IsNotFound is true for
// the error. It searches, and a search may not know yet what was written in the
// last seconds.
//
// POST /contacts/search · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/searchcontacts
func (s *ContactsService) FindByEmail(ctx context.Context, email string, opts ...CallOption) (*Contact, error) {
	if email == "" {
		return nil, errors.New("intercom: Contacts.FindByEmail: email is empty")
	}
	return s.find(ctx, findByEmail, Field("email").Eq(email), opts)
}

// find returns the contact that goes before the others that a query finds.
func (s *ContactsService) find(ctx context.Context, op *operations.Operation, q Query, opts []CallOption) (*Contact, error) {
	page, err := onePage(ctx, searchOf[Contact](s.client, op, searchContacts, q, Sort{}, op.MaxPageSize, ""), opts)
	if err != nil {
		return nil, err
	}
	var found *Contact
	for _, contact := range page.Items {
		if found == nil || goesBefore(contact, found) {
			found = contact
		}
	}
	if found == nil {
		return nil, newError(&transport.Failure{
			Operation: op, Status: http.StatusNotFound, Attempts: 1,
			Details: []transport.Detail{{Code: CodeNotFound, Message: "No contact was found"}},
		})
	}
	return found, nil
}

// goesBefore tells which of two contacts is meant when both are called so.
func goesBefore(a, b *Contact) bool {
	if (a.Role == ContactRoleUser) != (b.Role == ContactRoleUser) {
		return a.Role == ContactRoleUser
	}
	return a.UpdatedAt.After(b.UpdatedAt)
}

// Upsert creates a contact, or updates the one that the API says exists
// already: a user with the same external id or email address. Fields that are
// left out keep their value then; to clear one, call Update with the id of the
// contact that Upsert returns. Leads may share an email address, so a lead
// without an external id is always created anew.
//
// It is two calls in the bad case, and others may come between them. Of two
// Upserts at the same time, one creates and the other updates, and the later
// one prevails field by field. If the contact that exists is gone before it is
// updated, the error is that of the update, for which IsNotFound is true; if
// ExternalID and Email belong to two different contacts, it is a 409 again. An
// archived contact stands in the way like any other; Unarchive brings it back.
//
// POST /contacts, then PUT /contacts/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/contacts/createcontact
func (s *ContactsService) Upsert(ctx context.Context, params ContactCreateParams, opts ...CallOption) (*Contact, error) {
	contact, err := call[Contact](ctx, s.client, upsertCreate, request{body: params}, opts)
	if !IsConflict(err) {
		return contact, err
	}
	id, ok := ExistingContactID(err)
	if !ok {
		existing, lookup := s.existing(ctx, params, opts)
		if lookup != nil {
			return nil, err
		}
		id = existing.ID
	}
	return call[Contact](ctx, s.client, upsertUpdate, path(id).withBody(updateOf(params)), opts)
}

// existing finds the contact that stands in the way where the API did not tell
// which one it is.
func (s *ContactsService) existing(ctx context.Context, params ContactCreateParams, opts []CallOption) (*Contact, error) {
	if params.ExternalID != "" {
		if contact, err := s.GetByExternalID(ctx, params.ExternalID, opts...); err == nil {
			return contact, nil
		}
	}
	return s.FindByEmail(ctx, params.Email, opts...)
}

// updateOf says what to change so that a contact is as params say.
func updateOf(p ContactCreateParams) ContactUpdateParams {
	return ContactUpdateParams{
		Role:                   given(p.Role),
		ExternalID:             given(p.ExternalID),
		Email:                  given(p.Email),
		Phone:                  given(p.Phone),
		Name:                   given(p.Name),
		Avatar:                 given(p.Avatar),
		SignedUpAt:             given(p.SignedUpAt),
		LastSeenAt:             given(p.LastSeenAt),
		OwnerID:                given(p.OwnerID),
		UnsubscribedFromEmails: p.UnsubscribedFromEmails,
		CustomAttributes:       givenAttributes(p.CustomAttributes),
	}
}

func given[T comparable](value T) Opt[T] {
	var zero T
	if value == zero {
		return Opt[T]{}
	}
	return Set(value)
}

func givenAttributes(a CustomAttributes) Opt[CustomAttributes] {
	if a.IsZero() {
		return Opt[CustomAttributes]{}
	}
	return Set(a)
}

// ExistingContactID returns the id of the contact that stands in the way when a
// contact could not be created or changed (409). The contact may be archived.
// ok is false for other errors, and where the API did not tell the id.
func ExistingContactID(err error) (id string, ok bool) {
	var e *Error
	if !errors.As(err, &e) || e.StatusCode != http.StatusConflict {
		return "", false
	}
	for _, detail := range e.Details {
		if id := conflictID(detail.Message); id != "" {
			return id, true
		}
	}
	return "", false
}

// conflictID finds the id in the sentence with which the API tells that there
// is such a contact already. Package regexp would be a tenth of what programs
// grow by this library.
func conflictID(message string) string {
	for word := range strings.FieldsFuncSeq(message, func(r rune) bool { return r != '=' && !isIDLetter(r) }) {
		if id, ok := strings.CutPrefix(word, "id="); ok && id != "" {
			id, _, _ = strings.Cut(id, "=")
			return id
		}
	}
	return ""
}

// isIDLetter tells what ids and their names consist of.
func isIDLetter(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '-' || r == '_'
}

// MergedInto returns the id of the contact that another one was merged into,
// when the API answered that it is gone for this reason (410, with the code
// CodeContactMerged). Older versions answer with a bare 404, for which ok is
// false.
func MergedInto(err error) (id string, ok bool) {
	var e *Error
	if !errors.As(err, &e) || e.StatusCode != http.StatusGone {
		return "", false
	}
	for _, link := range e.Header.Values("Link") {
		if id, ok := linkedContact(link); ok {
			return id, true
		}
	}
	return "", false
}

// linkedContact reads the id out of a header such as
// </contacts/ID>; rel="canonical".
func linkedContact(link string) (id string, ok bool) {
	_, rest, _ := strings.Cut(link, "<")
	target, _, closed := strings.Cut(rest, ">")
	_, id, found := strings.Cut(target, "/contacts/")
	id, _, _ = strings.Cut(id, "?")
	return id, closed && found && id != "" && !strings.Contains(id, "/")
}
