package intercomtest

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/seed-8b687bef/intercom-go"
)

// Segment is a segment with the rule that says which contacts are in it. The
// rule is evaluated whenever it matters, so contacts join and leave the segment
// as they change. A segment that is seeded as an intercom.Segment has no
// contacts.
type Segment struct {
	intercom.Segment
	// Rule is what the contacts of the segment meet.
	Rule intercom.Query
}

// Seed adds objects to the workspace, in any order, as they are: nothing is
// checked. Objects are those of package intercom, each by value or by pointer:
// ActivityLog, Admin, App, Article, Collection, Company, Contact, Conversation,
// DataAttribute, Event, ExportJob, HelpCenter, Message, NewsItem, Newsfeed, Note,
// Section, Segment, SubscriptionType, Tag, Team, Ticket, TicketType and Visitor,
// and the Message and Segment of this package, which say more. An object with
// the id of another takes its place. Ids, types and times that are left out are
// made up; a pointer gets them filled in.
//
// What objects say about each other is taken over: the tags, companies and
// subscription types that a contact lists, the tags and segments of a company,
// the contact of a note, the contacts, tags and company of a conversation, the
// type and contacts of a ticket, the admins of a team. Those that the workspace
// does not have are left out.
//
// With anything else Seed fails the test that New was given, and panics if the
// workspace was made by NewServer.
func (s *Server) Seed(objects ...any) {
	if s.t != nil {
		s.t.Helper()
	}
	if err := s.seed(objects); err != nil {
		s.fail(err)
	}
}

func (s *Server) seed(objects []any) error {
	w := s.space
	w.mu.Lock()
	defer w.mu.Unlock()
	var links []func()
	for _, o := range objects {
		link, err := w.seed(pointerTo(o))
		if err != nil {
			return err
		}
		if link != nil {
			links = append(links, link)
		}
	}
	for _, link := range links {
		link()
	}
	return nil
}

// pointerTo returns a pointer to a copy of a value; a pointer stays as it is.
func pointerTo(v any) any {
	r := reflect.ValueOf(v)
	if !r.IsValid() || r.Kind() == reflect.Pointer {
		return v
	}
	p := reflect.New(r.Type())
	p.Elem().Set(r)
	return p.Interface()
}

// seed adds one object, and returns what is to be done when all are there.
func (w *workspace) seed(o any) (link func(), err error) {
	if r := reflect.ValueOf(o); !r.IsValid() || r.IsNil() {
		return nil, errors.New("intercomtest: Seed: an object is nil")
	}
	switch o := o.(type) {
	case *intercom.ActivityLog:
		w.seedActivityLog(o)
	case *intercom.Admin:
		w.seedAdmin(o)
	case *intercom.App:
		w.app = *o
	case *intercom.Company:
		link = w.seedCompany(o)
	case *intercom.Contact:
		link = w.seedContact(o)
	case *intercom.DataAttribute:
		w.seedDataAttribute(o)
	case *intercom.Note:
		link = w.seedNote(o)
	case *intercom.Segment:
		err = w.seedSegment(o, intercom.Query{})
	case *Segment:
		err = w.seedSegment(&o.Segment, o.Rule)
	case *intercom.SubscriptionType:
		w.seedSubscriptionType(o)
	case *intercom.Tag:
		w.seedTag(o)
	case *intercom.Team:
		link = w.seedTeam(o)
	case *intercom.Visitor:
		w.seedVisitor(o)
	default:
		return w.seedContent(o)
	}
	return link, err
}

// seedContent adds what people write and read.
func (w *workspace) seedContent(o any) (link func(), err error) {
	switch o := o.(type) {
	case *intercom.Article:
		w.seedArticle(o)
	case *intercom.Collection:
		w.seedCollection(o)
	case *intercom.Conversation:
		link = w.seedConversation(o)
	case *intercom.Event:
		link = w.seedEvent(o)
	case *intercom.ExportJob:
		link = w.seedExport(o)
	case *intercom.HelpCenter:
		w.seedHelpCenter(o)
	case *intercom.Message:
		w.seedMessage(o, nil)
	case *Message:
		w.seedMessage(&o.Message, o.To)
	case *intercom.NewsItem:
		w.seedNewsItem(o)
	case *intercom.Newsfeed:
		w.seedNewsfeed(o)
	case *intercom.Section:
		w.seedSection(o)
	case *intercom.Ticket:
		link = w.seedTicket(o)
	case *intercom.TicketType:
		w.seedTicketType(o)
	default:
		err = fmt.Errorf("intercomtest: Seed: a workspace has no place for a %T", reflect.ValueOf(o).Elem().Interface())
	}
	return link, err
}

// fill sets a value that was left out.
func fill[T comparable](to *T, v T) {
	var zero T
	if *to == zero {
		*to = v
	}
}

// fillFrom sets a value that was left out to one that has to be made first.
func fillFrom[T comparable](to *T, produce func() T) {
	var zero T
	if *to == zero {
		*to = produce()
	}
}
