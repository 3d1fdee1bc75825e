package intercomtest

import (
	"encoding/json"

	"github.com/seed-8b687bef/intercom-go"
)

// snapshot reads objects back as the newest version of the API would answer
// them. They are the caller's own.
func snapshot[T any](s *Server, collect func(*workspace) []any) []T {
	texts := encodeAll(s.space, collect)
	list := make([]T, len(texts))
	for i, text := range texts {
		if err := json.Unmarshal(text, &list[i]); err != nil {
			panic("intercomtest: an object does not survive its encoding: " + err.Error())
		}
	}
	return list
}

// encodeAll writes objects while the workspace is locked.
func encodeAll(w *workspace, collect func(*workspace) []any) [][]byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	shown := collect(w)
	texts := make([][]byte, len(shown))
	for i, v := range shown {
		e := encoder{version: newestVersion}
		e.value(v)
		texts[i] = e.b
	}
	return texts
}

// showItems makes what is answered of everything on a shelf, oldest first.
func showItems[T any](s *shelf[T], show func(*item[T]) any) []any {
	return showAll(s.all(), show)
}

// plain answers an object as it is held.
func plain[T any](it *item[T]) any { return &it.value }

// Me returns the admin whom the token belongs to.
func (s *Server) Me() intercom.Admin {
	return snapshot[intercom.Admin](s, func(w *workspace) []any { return []any{w.admins.value(w.me)} })[0]
}

// Admins returns the admins, the owner of the token among them.
func (s *Server) Admins() []intercom.Admin {
	return snapshot[intercom.Admin](s, func(w *workspace) []any { return showItems(&w.admins, plain) })
}

// Companies returns the companies, also those that lists don't show.
func (s *Server) Companies() []intercom.Company {
	return snapshot[intercom.Company](s, func(w *workspace) []any { return showItems(&w.companies.shelf, w.showCompany) })
}

// Contacts returns the contacts, also archived ones, the oldest first. Their
// nested lists end after ten entries, as in the answers of the API.
func (s *Server) Contacts() []intercom.Contact {
	return snapshot[intercom.Contact](s, func(w *workspace) []any { return showItems(&w.contacts.shelf, w.showContact) })
}

// DataAttributes returns the attributes that the workspace defined, also
// archived ones.
func (s *Server) DataAttributes() []intercom.DataAttribute {
	return snapshot[intercom.DataAttribute](s, func(w *workspace) []any { return showItems(&w.attributes, plain) })
}

// Notes returns the notes, the oldest first.
func (s *Server) Notes() []intercom.Note {
	return snapshot[intercom.Note](s, func(w *workspace) []any { return showItems(&w.notes, plain) })
}

// Segments returns the segments with the number of their contacts.
func (s *Server) Segments() []intercom.Segment {
	return snapshot[intercom.Segment](s, func(w *workspace) []any { return showItems(&w.segments, w.showCounted) })
}

// SubscriptionTypes returns the subscription types.
func (s *Server) SubscriptionTypes() []intercom.SubscriptionType {
	return snapshot[intercom.SubscriptionType](s, func(w *workspace) []any { return showItems(&w.subscriptionTypes, plain) })
}

// Tags returns the tags.
func (s *Server) Tags() []intercom.Tag {
	return snapshot[intercom.Tag](s, func(w *workspace) []any { return showItems(&w.tags, plain) })
}
