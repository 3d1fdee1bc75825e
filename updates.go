package intercom

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// updatesSettle is how long what has changed may take to be found by a search.
const updatesSettle = 5 * time.Minute

// UpdatedSinceParams says which changes to read.
type UpdatedSinceParams struct {
	// Since is where the window begins; what changed in its second belongs to
	// it. It is required unless there is a Checkpoint; time.Unix(0, 0) is
	// early enough for everything.
	Since time.Time
	// Checkpoint is how far an earlier reading came. It goes before Since.
	Checkpoint Checkpoint
	// Until is where the window ends; what changed in its second does not
	// belong to it any more. Zero means five minutes before the loop begins:
	// searches find what is new with a delay, and what they find too late is
	// in no later window. With time.Now() you get the latest changes at that
	// risk. A test that reads what it has just written adds a second to that.
	Until time.Time
	// Query is a further condition. It may have groups, but none within them.
	Query Query
}

// Updated is something that has changed.
type Updated[T any] struct {
	// Item is what has changed, as it is now.
	Item *T
	// Checkpoint is how far the reading has come with this item. Save it when
	// the item is dealt with: the next reading goes on right after it.
	Checkpoint Checkpoint
}

// Checkpoint is how far a reading of changes has come: the second of the last
// change and the ids of all that was given of that second, so that nothing of
// it is missed or given twice. It is text in JSON and elsewhere. The zero
// Checkpoint is the beginning.
type Checkpoint struct {
	second int64
	ids    []string
}

// ParseCheckpoint reads what Checkpoint.String has written.
func ParseCheckpoint(text string) (Checkpoint, error) {
	if text == "" {
		return Checkpoint{}, nil
	}
	second, rest, _ := strings.Cut(text, ":")
	var c Checkpoint
	var err error
	if c.second, err = strconv.ParseInt(second, 10, 64); err != nil || c.second <= 0 {
		return Checkpoint{}, fmt.Errorf("intercom: %q is no checkpoint", text)
	}
	for escaped := range strings.SplitSeq(rest, ",") {
		id, err := url.QueryUnescape(escaped)
		if err != nil {
			return Checkpoint{}, fmt.Errorf("intercom: %q is no checkpoint", text)
		}
		if id != "" {
			c.ids = append(c.ids, id)
		}
	}
	return c, nil
}

// IsZero tells whether it is the beginning.
func (c Checkpoint) IsZero() bool { return c.second == 0 }

// Time is the second of the last change, the zero time at the beginning.
func (c Checkpoint) Time() time.Time { return UnixTimestamp(c.second).Time() }

// String writes the checkpoint as one word.
func (c Checkpoint) String() string {
	if c.IsZero() {
		return ""
	}
	escaped := make([]string, len(c.ids))
	for i, id := range c.ids {
		escaped[i] = url.QueryEscape(id)
	}
	return strconv.FormatInt(c.second, 10) + ":" + strings.Join(escaped, ",")
}

// MarshalText writes the checkpoint as String does.
func (c Checkpoint) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText has written.
func (c *Checkpoint) UnmarshalText(text []byte) (err error) {
	*c, err = ParseCheckpoint(string(text))
	return err
}

// UpdatedSince iterates over the contacts that changed within a window of time,
// the change that is longest ago first, each with a checkpoint to save. The
// search for contacts looks at whole days of the workspace's time zone; the
// rest is sorted out here, so that the window is exact to the second. For that
// the changes of the first day are held in memory. Contacts that were deleted
// or merged into others are not found.
func (s *ContactsService) UpdatedSince(ctx context.Context, params UpdatedSinceParams, opts ...CallOption) iter.Seq2[Updated[Contact], error] {
	search := func(q Query, order SortOrder) iter.Seq2[*Contact, error] {
		return s.SearchAll(ctx, ContactSearchParams{Query: q, Sort: Sort{Field: "updated_at", Order: order}}, opts...)
	}
	u := updates[Contact]{
		name: "Contacts.UpdatedSince", params: params, search: search, wholeDays: true,
		of: func(c *Contact) (string, Timestamp) { return c.ID, c.UpdatedAt },
	}
	return u.all
}

// UpdatedSince iterates over the conversations that changed within a window of
// time, without their parts, the change that is longest ago first, each with a
// checkpoint to save. GetMany gets their parts.
func (s *ConversationsService) UpdatedSince(ctx context.Context, params UpdatedSinceParams, opts ...CallOption) iter.Seq2[Updated[Conversation], error] {
	search := func(q Query, order SortOrder) iter.Seq2[*Conversation, error] {
		return s.SearchAll(ctx, ConversationSearchParams{Query: q, Sort: Sort{Field: "updated_at", Order: order}}, opts...)
	}
	u := updates[Conversation]{
		name: "Conversations.UpdatedSince", params: params, search: search,
		of: func(c *Conversation) (string, Timestamp) { return c.ID, c.UpdatedAt },
	}
	return u.all
}

// updates is a reading of changes.
type updates[T any] struct {
	name      string
	params    UpdatedSinceParams
	search    func(Query, SortOrder) iter.Seq2[*T, error]
	wholeDays bool // the search compares days
	of        func(*T) (id string, at Timestamp)
}

func (u updates[T]) all(yield func(Updated[T], error) bool) {
	r := updatesReader[T]{updates: u, yield: yield}
	err := r.window()
	if err == nil && r.since < r.until {
		err = r.read()
	}
	if err != nil && !errors.Is(err, errStopped) {
		yield(Updated[T]{}, err)
	}
}

// updatesReader is one pass over the changes.
type updatesReader[T any] struct {
	updates[T]
	yield        func(Updated[T], error) bool
	since, until int64               // seconds; since belongs to the window, until does not
	done         Checkpoint          // of the last item
	given        map[string]struct{} // ids of done
}

// window finds the borders of the window.
func (r *updatesReader[T]) window() error {
	p := r.params
	r.done = p.Checkpoint
	if r.since = r.done.second; p.Checkpoint.IsZero() {
		if p.Since.IsZero() {
			return fmt.Errorf("intercom: %s: since is required", r.name)
		}
		r.since = p.Since.Unix()
	}
	until := p.Until
	if until.IsZero() {
		until = time.Now().Add(-updatesSettle)
	}
	r.until = until.Unix()
	r.given = map[string]struct{}{}
	for _, id := range r.done.ids {
		r.given[id] = struct{}{}
	}
	return nil
}

func (r *updatesReader[T]) read() error {
	changed := Field("updated_at")
	if !r.wholeDays {
		// Whether a second belongs to what is after it differs; give sorts it out.
		return r.readOn(r.with(changed.GreaterThan(r.since-1), changed.LessThan(r.until)))
	}
	// The API's own idea of the day that since is in cuts the changes into two
	// parts, neither of which has to be read in vain: up to the end of the day,
	// backwards until since, and from the next day on.
	if err := r.readBack(r.with(Or(changed.Eq(r.since), changed.LessThan(r.since)))); err != nil {
		return err
	}
	return r.readOn(r.with(changed.GreaterThan(r.since)))
}

// with adds the caller's condition.
func (r *updatesReader[T]) with(conditions ...Query) Query {
	if !r.params.Query.IsZero() {
		conditions = append(conditions, r.params.Query)
	}
	if len(conditions) == 1 {
		return conditions[0]
	}
	return And(conditions...)
}

// readOn gives what a search finds from the beginning of the window on.
func (r *updatesReader[T]) readOn(q Query) error {
	for item, err := range r.search(q, Ascending) {
		if err != nil {
			return r.reason(err)
		}
		if _, at := r.of(item); at.Unix() >= r.until {
			return nil
		}
		if err := r.give(item); err != nil {
			return err
		}
	}
	return nil
}

// readBack reads what a search finds back to the beginning of the window, and
// gives it in the right order.
func (r *updatesReader[T]) readBack(q Query) error {
	var items []*T
	for item, err := range r.search(q, Descending) {
		if err != nil {
			return r.reason(err)
		}
		_, at := r.of(item)
		if !at.IsZero() && at.Unix() < r.since {
			break
		}
		if at.Unix() < r.until {
			items = append(items, item)
		}
	}
	for _, item := range slices.Backward(items) {
		if err := r.give(item); err != nil {
			return err
		}
	}
	return nil
}

// give gives the caller an item that belongs to the window and was not given.
func (r *updatesReader[T]) give(item *T) error {
	id, at := r.of(item)
	second := at.Unix()
	switch {
	case second < r.since:
		return nil
	case second < r.done.second:
		return fmt.Errorf("intercom: %s: the API gave the changes out of order, so that no checkpoint would hold", r.name)
	case second > r.done.second:
		r.done = Checkpoint{second: second}
		clear(r.given)
	}
	if !isNew(r.given, id) {
		return nil
	}
	r.done.ids = append(r.done.ids, strings.Clone(id))
	if !r.yield(Updated[T]{item, Checkpoint{second, slices.Clip(r.done.ids)}}, nil) {
		return errStopped
	}
	return nil
}

// reason takes the cursor off an error: it is the checkpoint that goes on.
func (r *updatesReader[T]) reason(err error) error {
	var page *PageError
	if errors.As(err, &page) {
		return page.Err
	}
	return err
}
