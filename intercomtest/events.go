package intercomtest

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var eventsRoom = room{
	operations.EventsSubmit:        (*workspace).submitEvent,
	operations.EventsSubmitSummary: (*workspace).submitEventSummary,
	operations.EventsList:          (*workspace).listEvents, // and their counts
}

// eventRoom holds what contacts did.
type eventRoom struct {
	shelf[event]
	seen      map[eventKey]bool
	byContact map[string][]*item[event]              // from the oldest to the newest, unless messy
	messy     map[string]bool                        // contacts whose events came out of order
	past      map[string][]intercom.EventSummaryItem // counts that were told as such
}

// event is something that a contact did.
type event struct {
	data    intercom.Event
	contact string // id
}

// eventKey tells which events are the same.
type eventKey struct {
	contact, name string
	second        int64
}

const (
	// metadataLimit is how many details of an event are kept.
	metadataLimit = 10
	// eventSpan is how far back lists go.
	eventSpan = 90 * 24 * time.Hour
)

// put adds an event, unless it is there already.
func (room *eventRoom) put(contact string, e *intercom.Event) {
	key := eventKey{contact, e.Name, e.CreatedAt.Unix()}
	if room.seen[key] {
		return
	}
	if room.seen == nil {
		room.seen, room.byContact, room.messy = map[eventKey]bool{}, map[string][]*item[event]{}, map[string]bool{}
	}
	room.seen[key] = true
	it := room.shelf.put(e.ID, e.CreatedAt, event{data: *e, contact: contact})
	list := room.byContact[contact]
	if n := len(list); n > 0 && list[n-1].created > it.created {
		room.messy[contact] = true
	}
	room.byContact[contact] = append(list, it)
}

// of returns the events of a contact from the oldest to the newest.
func (room *eventRoom) of(contact string) []*item[event] {
	if room.messy[contact] {
		slices.SortFunc(room.byContact[contact], compareItems[event])
		delete(room.messy, contact)
	}
	return room.byContact[contact]
}

// seedEvent adds an event of the contact that it names.
func (w *workspace) seedEvent(e *intercom.Event) (link func()) {
	fillFrom(&e.ID, w.ids.uuid)
	fill(&e.CreatedAt, w.now())
	fill(&e.Name, "seeded-event")
	e.Type = "event"
	return func() {
		it := w.contacts.get(e.IntercomUserID)
		if it == nil && e.UserID != "" {
			it = w.contacts.byExternalID[e.UserID]
		}
		if it == nil && e.Email != "" {
			it = w.contacts.byEmail[strings.ToLower(e.Email)]
		}
		if it != nil {
			w.events.put(it.id, e)
		}
	}
}

func (w *workspace) showEvent(it *item[event]) any {
	e := it.value.data
	e.IntercomUserID = it.value.contact
	if c := w.contacts.value(it.value.contact); c != nil {
		e.UserID, e.Email = c.data.ExternalID, c.data.Email
	}
	return &e
}

// submitEvent records that a contact did something.
func (w *workspace) submitEvent(r *request) (any, error) {
	f := r.body
	f.require("event_name", "created_at")
	name, at, metadata := f.value("event_name"), f.moment("created_at"), f.object("metadata")
	f.check(metadata)
	if f.err == nil && !f.has("id") && !f.has("user_id") && !f.has("email") {
		f.err = missing("user_id")
	}
	it, err := w.namedContact(r, f, "id", "user_id", "email")
	if err != nil {
		return nil, err
	}
	e := intercom.Event{ID: w.ids.uuid(), Type: "event", Name: name}
	e.CreatedAt, _ = at.Get()
	for _, key := range slices.Sorted(maps.Keys(metadata.members))[:min(len(metadata.members), metadataLimit)] {
		e.Metadata.Set(key, metadata.members[key])
	}
	w.events.put(it.id, &e)
	return &response{status: http.StatusAccepted}, nil
}

// submitEventSummary records how often a contact did something.
func (w *workspace) submitEventSummary(r *request) (any, error) {
	f := r.body
	f.require("user_id", "event_summaries")
	s := f.object("event_summaries")
	s.require("event_name")
	count, first, last := s.integer("count"), s.moment("first"), s.moment("last")
	counted := intercom.EventSummaryItem{Name: s.value("event_name"), Count: 1}
	assign(&counted.Count, count)
	if counted.Count < 0 {
		s.fail("count", "can't be negative")
	}
	f.check(s)
	it, err := w.namedContact(r, f, "intercom_user_id", "user_id", "email")
	if err != nil {
		return nil, err
	}
	assign(&counted.First, first)
	assign(&counted.Last, last)
	if w.events.past == nil {
		w.events.past = map[string][]intercom.EventSummaryItem{}
	}
	w.events.past[it.id] = append(w.events.past[it.id], counted)
	return w.done(), nil
}

// listEvents answers the events of a contact, the newest first, or counts them.
func (w *workspace) listEvents(r *request) (any, error) {
	if kind := r.query.Get("type"); kind != "user" {
		return nil, invalid("type", "type must be user")
	}
	named := &fields{members: map[string]any{}}
	for _, name := range []string{"intercom_user_id", "user_id", "email"} {
		if value := r.query.Get(name); value != "" {
			named.members[name] = value
		}
	}
	if len(named.members) == 0 {
		return nil, missing("user_id")
	}
	it, err := w.namedContact(r, named, "intercom_user_id", "user_id", "email")
	if err != nil {
		return nil, err
	}
	if r.flag("summary") {
		return w.countEvents(it), nil
	}
	return w.eventPage(r, it)
}

// eventPage answers one page of events. The URL of the next one says before
// which event it begins.
func (w *workspace) eventPage(r *request, of *item[contact]) (any, error) {
	size, err := r.pageSize()
	if err != nil {
		return nil, err
	}
	before, err := parseEventPlace(r.query.Get("before"), "before")
	if err != nil {
		return nil, err
	}
	since, err := parseEventPlace(r.query.Get("since"), "since")
	if err != nil {
		return nil, err
	}
	oldest := w.clock.now().Add(-eventSpan).Unix()
	list := slices.DeleteFunc(slices.Clone(w.events.of(of.id)), func(e *item[event]) bool {
		return e.created < oldest || before != nil && before.compare(e) >= 0 || since != nil && since.compare(e) <= 0
	})
	slices.Reverse(list)
	shown := list[:min(size, len(list))]
	pages := object{}
	if len(shown) < len(list) {
		pages = append(pages, member{"next", r.eventURL("before", placeOfEvent(shown[len(shown)-1]))})
	}
	if len(shown) > 0 {
		pages = append(pages, member{"since", r.eventURL("since", placeOfEvent(shown[0]))})
	}
	return w.eventAnswer("event.list", of, showAll(shown, w.showEvent), pages), nil
}

func (w *workspace) eventAnswer(kind string, of *item[contact], list []any, pages object) object {
	c := &of.value.data
	return object{
		{"type", kind},
		{"events", list},
		{"pages", pages},
		{"email", orNull(c.Email)},
		{"intercom_user_id", of.id},
		{"user_id", orNull(c.ExternalID)},
	}
}

// orNull is a text, or null in the place of an empty one.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// eventPlace is a place in the list of events.
type eventPlace struct {
	created int64
	seq     uint64
}

func placeOfEvent(e *item[event]) string { return fmt.Sprintf("%d.%d", e.created, e.seq) }

// compare tells whether an event is older or newer than a place.
func (p *eventPlace) compare(e *item[event]) int {
	return cmp.Or(cmp.Compare(e.created, p.created), cmp.Compare(e.seq, p.seq))
}

// parseEventPlace reads a place, which may be a time only.
func parseEventPlace(text, name string) (*eventPlace, error) {
	if text == "" {
		return nil, nil
	}
	seconds, rest, exact := strings.Cut(text, ".")
	p := &eventPlace{}
	var errSeq error
	created, err := strconv.ParseInt(seconds, 10, 64)
	if exact {
		p.seq, errSeq = strconv.ParseUint(rest, 10, 64)
	}
	if err != nil || errSeq != nil {
		return nil, invalid(name, name+" must be a UNIX timestamp")
	}
	p.created = created
	return p, nil
}

// eventURL is the URL of the request with another place in it.
func (r *request) eventURL(name, place string) string {
	query := url.Values{}
	for key, values := range r.query {
		query[key] = values
	}
	query.Del("before")
	query.Del("since")
	query.Set(name, place)
	return r.base + r.path + "?" + query.Encode()
}

// countEvents counts the events of a contact by name.
func (w *workspace) countEvents(of *item[contact]) any {
	counts := map[string]*intercom.EventSummaryItem{}
	count := func(name string, n int, first, last intercom.Timestamp) {
		c := counts[name]
		if c == nil {
			c = &intercom.EventSummaryItem{Name: name, First: first, Last: last}
			counts[name] = c
		}
		c.Count += n
		if !first.IsZero() && (c.First.IsZero() || first.Before(c.First)) {
			c.First = first
		}
		if last.After(c.Last) {
			c.Last = last
		}
	}
	for _, e := range w.events.of(of.id) {
		count(e.value.data.Name, 1, e.value.data.CreatedAt, e.value.data.CreatedAt)
	}
	for _, s := range w.events.past[of.id] {
		count(s.Name, s.Count, s.First, s.Last)
	}
	list := make([]any, 0, len(counts))
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, w.showCount(counts[name]))
	}
	return w.eventAnswer("event.summary", of, list, object{})
}

// showCount makes what is answered of a count. The real API writes its times as
// text.
func (w *workspace) showCount(c *intercom.EventSummaryItem) any {
	if !w.quirks {
		return c
	}
	text := func(t intercom.Timestamp) any {
		if t.IsZero() {
			return nil
		}
		return t.Time().UTC().Format("2006-01-02T15:04:05.000Z07:00")
	}
	return object{
		{"name", c.Name}, {"first", text(c.First)}, {"last", text(c.Last)}, {"count", c.Count}, {"description", nil},
	}
}
