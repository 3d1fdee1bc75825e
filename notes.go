package intercom

import (
	"context"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// NotesService reads notes by their id. The notes about one contact are
// Client.Contacts.Notes. Get it from Client.Notes.
type NotesService struct{ client *Client }

// Get returns the note with an id.
//
// GET /notes/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/notes/retrievenote
func (s *NotesService) Get(ctx context.Context, id string, opts ...CallOption) (*Note, error) {
	return call[Note](ctx, s.client, operations.NotesGet, path(id), opts)
}
