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

// Articles returns the articles with their statistics.
func (s *Server) Articles() []intercom.Article {
	return snapshot[intercom.Article](s, func(w *workspace) []any { return showItems(&w.articles, showArticle) })
}

// Collections returns the collections of the help centers.
func (s *Server) Collections() []intercom.Collection {
	return snapshot[intercom.Collection](s, func(w *workspace) []any { return showItems(&w.collections, plain) })
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

// Conversations returns the conversations with the newest 500 of their parts,
// the oldest conversation first.
func (s *Server) Conversations() []intercom.Conversation {
	return snapshot[intercom.Conversation](s, func(w *workspace) []any {
		w.wake()
		return showItems(&w.conversations.shelf, func(it *item[conversation]) any { return w.showWhole(it, newestVersion) })
	})
}

// DataAttributes returns the attributes that the workspace defined, also
// archived ones.
func (s *Server) DataAttributes() []intercom.DataAttribute {
	return snapshot[intercom.DataAttribute](s, func(w *workspace) []any { return showItems(&w.attributes, plain) })
}

// Events returns what contacts did, the oldest first.
func (s *Server) Events() []intercom.Event {
	return snapshot[intercom.Event](s, func(w *workspace) []any { return showItems(&w.events.shelf, w.showEvent) })
}

// ExportJobs returns the export jobs.
func (s *Server) ExportJobs() []intercom.ExportJob {
	return snapshot[intercom.ExportJob](s, func(w *workspace) []any {
		return showItems(&w.exports, func(it *item[exportJob]) any {
			w.progress(&it.value)
			return &it.value.data
		})
	})
}

// NewsItems returns the news items.
func (s *Server) NewsItems() []intercom.NewsItem {
	return snapshot[intercom.NewsItem](s, func(w *workspace) []any { return showItems(&w.newsItems, plain) })
}

// Notes returns the notes, the oldest first.
func (s *Server) Notes() []intercom.Note {
	return snapshot[intercom.Note](s, func(w *workspace) []any { return showItems(&w.notes, plain) })
}

// PhoneSwitches returns the links that were sent to callers.
func (s *Server) PhoneSwitches() []intercom.PhoneSwitch {
	return snapshot[intercom.PhoneSwitch](s, func(w *workspace) []any { return showItems(&w.phoneSwitches, plain) })
}

// Sections returns the sections of collections.
func (s *Server) Sections() []intercom.Section {
	return snapshot[intercom.Section](s, func(w *workspace) []any { return showItems(&w.sections, plain) })
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

// Teams returns the teams.
func (s *Server) Teams() []intercom.Team {
	return snapshot[intercom.Team](s, func(w *workspace) []any { return showItems(&w.teams, plain) })
}

// Tickets returns the tickets with the newest 500 of their parts, the oldest
// ticket first.
func (s *Server) Tickets() []intercom.Ticket {
	return snapshot[intercom.Ticket](s, func(w *workspace) []any {
		return showItems(&w.tickets, func(it *item[ticket]) any {
			w.wakeTicket(&it.value)
			return w.showTicket(it)
		})
	})
}

// TicketTypes returns the ticket types, also archived ones.
func (s *Server) TicketTypes() []intercom.TicketType {
	return snapshot[intercom.TicketType](s, func(w *workspace) []any { return showItems(&w.ticketTypes, plain) })
}

// Visitors returns the visitors who did not become contacts.
func (s *Server) Visitors() []intercom.Visitor {
	return snapshot[intercom.Visitor](s, func(w *workspace) []any { return showItems(&w.visitors, plain) })
}
