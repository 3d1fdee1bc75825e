package intercom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// EventsService records and reads what contacts did in your product. Get it
// from Client.Events.
type EventsService struct{ client *Client }

// maxEventMetadata is how many details of an event the API keeps.
const maxEventMetadata = 10

// EventListParams says whose events to list.
type EventListParams struct {
	// Contact is the contact, by one of its three names. It is required, unless
	// Cursor is given, which knows it.
	Contact ContactIdentity
	// PerPage is how many events a page holds, at most 50. If it is 0, List and
	// Pages get the API's default, All asks for the most.
	PerPage int
	// Cursor is where to begin: the Cursor or NextCursor of a page.
	Cursor string
}

// List returns one page of the events of a contact in the last 90 days, the
// newest first.
//
// GET /events · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-events/lisdataevents
func (s *EventsService) List(ctx context.Context, params EventListParams, opts ...CallOption) (*Page[Event], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *EventsService) Pages(ctx context.Context, params EventListParams, opts ...CallOption) iter.Seq2[*Page[Event], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all events of a contact in the last 90 days, the newest
// first.
func (s *EventsService) All(ctx context.Context, params EventListParams, opts ...CallOption) iter.Seq2[*Event, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *EventsService) list(p EventListParams) *list[Event] {
	l := listOf[Event](s.client, operations.EventsList, request{}.withQuery(eventsOf(p.Contact)), p.PerPage, p.Cursor)
	if p.Contact.IsZero() && p.Cursor == "" {
		l.err = errors.New("intercom: Events.List: contact is required")
	}
	return l
}

// eventsOf names the contact whose events are wanted.
func eventsOf(contact ContactIdentity) (q query) {
	add(&q, "type", "user")
	add(&q, "intercom_user_id", contact.id)
	add(&q, "user_id", contact.externalID)
	add(&q, "email", contact.email)
	return q
}

// Summaries counts all events of a contact by their names.
//
// GET /events · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-events/lisdataevents
func (s *EventsService) Summaries(ctx context.Context, contact ContactIdentity, opts ...CallOption) (*EventSummary, error) {
	if contact.IsZero() {
		return nil, errors.New("intercom: Events.Summaries: contact is required")
	}
	q := eventsOf(contact)
	add(&q, "summary", true)
	return call[EventSummary](ctx, s.client, operations.EventsSummaries, request{}.withQuery(q), opts)
}

// Submit records that a contact did something. The API takes it into its queue
// and answers at once, so it finds fault with little of it; events that are of
// the same contact, name and second count once.
//
// POST /events · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-events/createdataevent
func (s *EventsService) Submit(ctx context.Context, params EventSubmitParams, opts ...CallOption) error {
	return callEmpty(ctx, s.client, operations.EventsSubmit, request{body: params}, opts)
}

// SubmitSummary records how often a contact did something in the past.
//
// POST /events/summaries · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-events/dataeventsummaries
func (s *EventsService) SubmitSummary(ctx context.Context, params EventSummaryParams, opts ...CallOption) error {
	return callEmpty(ctx, s.client, operations.EventsSubmitSummary, request{body: params}, opts)
}

// check knows what the API would drop without a word.
func (p EventSubmitParams) check() error {
	if p.ID == "" && p.UserID == "" && p.Email == "" {
		return errors.New("id is required, or user_id or email in its place")
	}
	if n := p.Metadata.Len(); n > maxEventMetadata {
		return fmt.Errorf("metadata has %d keys; the API takes at most %d", n, maxEventMetadata)
	}
	for name, value := range p.Metadata.All() {
		if text, ok := value.(json.RawMessage); ok && nested(text) {
			return fmt.Errorf("metadata %q holds an object or a list within another; the API takes flat ones, such as an amount or a link", name)
		}
	}
	return nil
}

// nested tells whether a list or an object holds another one.
func nested(text json.RawMessage) bool {
	var members map[string]json.RawMessage
	var elements []json.RawMessage
	if json.Unmarshal(text, &members) != nil && json.Unmarshal(text, &elements) != nil {
		return false
	}
	for _, inner := range slices.AppendSeq(elements, maps.Values(members)) {
		if first := firstByte(inner); first == '{' || first == '[' {
			return true
		}
	}
	return false
}
