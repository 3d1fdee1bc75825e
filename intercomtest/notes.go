package intercomtest

import (
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var notesRoom = room{
	operations.NotesGet: (*workspace).getNote,
}

// seedNote adds a note. It comes to its contact when all objects are there.
func (w *workspace) seedNote(n *intercom.Note) (link func()) {
	fillFrom(&n.ID, w.ids.number)
	fill(&n.CreatedAt, w.now())
	n.Type = "note"
	it := w.notes.put(n.ID, n.CreatedAt, *n)
	if n.Contact == nil {
		return nil
	}
	id := n.Contact.ID
	return func() {
		if c := w.contacts.get(id); c != nil {
			c.value.notes = append(c.value.notes, it)
		}
	}
}

func (w *workspace) getNote(r *request) (any, error) {
	if n := w.notes.value(r.param("id")); n != nil {
		return n, nil
	}
	return nil, notFound("Note")
}

func (w *workspace) listContactNotes(r *request) (any, error) {
	it, err := w.contact(r, r.param("id"))
	if err != nil {
		return nil, err
	}
	list := slices.SortedFunc(slices.Values(it.value.notes), func(a, b *item[intercom.Note]) int { return compareItems(b, a) })
	return numberedPage(w, r, list, plain)
}

func (w *workspace) createContactNote(r *request) (any, error) {
	it, err := w.contact(r, r.param("id"))
	if err != nil {
		return nil, err
	}
	r.body.require("body")
	body, adminID := r.body.value("body"), r.body.value("admin_id")
	if r.body.err != nil {
		return nil, r.body.err
	}
	author := w.admins.value(w.me)
	if adminID != "" {
		if author, err = w.admin(adminID); err != nil {
			return nil, err
		}
	}
	if body[0] != '<' {
		body = "<p>" + body + "</p>"
	}
	copied := *author
	w.seedNote(&intercom.Note{
		Body:    body,
		Author:  &copied,
		Contact: &intercom.ContactReference{Type: "contact", ID: it.id, ExternalID: it.value.data.ExternalID},
	})()
	return &it.value.notes[len(it.value.notes)-1].value, nil
}
