package intercom

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Query is the condition of a search. Make one with Field or Attribute and a
// comparison, join several with And and Or:
//
//	intercom.And(
//		intercom.Field("role").Eq("user"),
//		intercom.Or(
//			intercom.Attribute("plan").In("pro", "max"),
//			intercom.Field("created_at").After(day),
//		),
//	)
//
// The API takes at most 15 conditions in a group, and groups within a group,
// but none within those. A query that asks for more, or compares in a way that
// the API does not, is refused when the search begins, before anything is
// sent.
//
// Contact searches compare moments by the day, in the time zone of the
// workspace: After a moment finds what happened from the next day on, Before a
// moment what happened before its day began, Eq what happened on its day. The
// API does the rounding: the moment is sent to the second, because cut to a day
// in UTC it would fall into another day of a workspace elsewhere.
// ContactsService.UpdatedSince is exact to the second. Searches for
// conversations and tickets compare seconds, and may count the moment itself as
// being after or before.
//
// Values are sent as the field takes them: a time.Time as Unix seconds, an id
// that the API has as a number as a number.
type Query struct {
	node queryNode
}

// queryNode is a filter, a group or raw JSON.
type queryNode interface {
	check(kind *searchKind, depth int) error
	wire(kind *searchKind) any
	String() string
}

const (
	maxQueryDepth   = 2
	maxQueryFilters = 15
)

// And makes a query that holds when all of the given ones do.
func And(queries ...Query) Query { return Query{queryGroup{"AND", queries}} }

// Or makes a query that holds when any of the given ones does.
func Or(queries ...Query) Query { return Query{queryGroup{"OR", queries}} }

// RawQuery makes a query of JSON in the API's own form, for what the builder
// can't say. It is sent as it is.
func RawQuery(query json.RawMessage) Query { return Query{rawQuery(query)} }

// FieldCondition is a field that waits to be compared.
type FieldCondition struct {
	name      string
	attribute bool
}

// Field names a field of what is searched for, with dots for nested ones, such
// as "email", "location.country" or "statistics.time_to_admin_reply". The page
// docs/search.md of the repository lists them all; names that are not there are
// left to the API.
func Field(name string) FieldCondition { return FieldCondition{name: name} }

// Attribute names a custom attribute by its name; for tickets, a ticket
// attribute by its id.
func Attribute(name string) FieldCondition { return FieldCondition{name: name, attribute: true} }

// Eq holds when the field equals value: a string, a number, a boolean, a
// time.Time or Timestamp, or nil for a field that is not set.
func (f FieldCondition) Eq(value any) Query { return f.compare("=", value) }

// NotEq holds when the field differs from value.
func (f FieldCondition) NotEq(value any) Query { return f.compare("!=", value) }

// In holds when the field equals one of the values, which can be given one by
// one or as a slice.
func (f FieldCondition) In(values ...any) Query { return f.compare("IN", flatten(values)) }

// NotIn holds when the field equals none of the values.
func (f FieldCondition) NotIn(values ...any) Query { return f.compare("NIN", flatten(values)) }

// AtLeast holds when the field equals value or is greater. Contact searches
// take it for numbers only.
func (f FieldCondition) AtLeast(value any) Query { return f.compare(">=", value) }

// AtMost holds when the field equals value or is less. Contact searches take it
// for numbers only.
func (f FieldCondition) AtMost(value any) Query { return f.compare("<=", value) }

// GreaterThan holds when the field is greater than value.
func (f FieldCondition) GreaterThan(value any) Query { return f.compare(">", value) }

// LessThan holds when the field is less than value.
func (f FieldCondition) LessThan(value any) Query { return f.compare("<", value) }

// After holds when the field is later than t.
func (f FieldCondition) After(t time.Time) Query { return f.compare(">", t) }

// Before holds when the field is earlier than t.
func (f FieldCondition) Before(t time.Time) Query { return f.compare("<", t) }

// Contains holds when the field has text in it.
func (f FieldCondition) Contains(text string) Query { return f.compare("~", text) }

// NotContains holds when the field does not have text in it.
func (f FieldCondition) NotContains(text string) Query { return f.compare("!~", text) }

// StartsWith holds when the field begins with text.
func (f FieldCondition) StartsWith(text string) Query { return f.compare("^", text) }

// EndsWith holds when the field ends with text.
func (f FieldCondition) EndsWith(text string) Query { return f.compare("$", text) }

func (f FieldCondition) compare(operator string, value any) Query {
	return Query{queryFilter{f, operator, value}}
}

// flatten takes the elements of a slice that was given as the only value.
func flatten(values []any) []any {
	if len(values) != 1 {
		return values
	}
	v := reflect.ValueOf(values[0])
	if v.Kind() != reflect.Slice {
		return values
	}
	list := make([]any, v.Len())
	for i := range list {
		list[i] = v.Index(i).Interface()
	}
	return list
}

// IsZero tells whether there is no condition.
func (q Query) IsZero() bool { return q.node == nil }

// String writes the query for people: role = "user" AND (plan IN ["pro"] OR …).
func (q Query) String() string {
	if q.node == nil {
		return "(no condition)"
	}
	return q.node.String()
}

// MarshalJSON writes the query as a contact search sends it.
func (q Query) MarshalJSON() ([]byte, error) {
	if err := q.check(searchContacts); err != nil {
		return nil, err
	}
	return json.Marshal(q.node.wire(searchContacts))
}

func (q Query) check(kind *searchKind) error {
	if q.node == nil {
		return errors.New("the query is empty; use Field, Attribute, And or Or")
	}
	return q.node.check(kind, 0)
}

// queryGroup joins queries.
type queryGroup struct {
	operator string
	queries  []Query
}

func (g queryGroup) check(kind *searchKind, depth int) error {
	switch {
	case len(g.queries) == 0:
		return fmt.Errorf("%s joins nothing", g.operator)
	case len(g.queries) > maxQueryFilters:
		return fmt.Errorf("%s joins %d conditions; the API takes at most %d", g.operator, len(g.queries), maxQueryFilters)
	case depth >= maxQueryDepth:
		return fmt.Errorf("%s is nested too deep; the API takes groups in a group, but none in those", g.operator)
	}
	for _, q := range g.queries {
		if q.node == nil {
			return fmt.Errorf("%s joins an empty query", g.operator)
		}
		if err := q.node.check(kind, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (g queryGroup) wire(kind *searchKind) any {
	values := make([]any, len(g.queries))
	for i, q := range g.queries {
		values[i] = q.node.wire(kind)
	}
	return struct {
		Operator string `json:"operator"`
		Value    []any  `json:"value"`
	}{g.operator, values}
}

func (g queryGroup) String() string {
	parts := make([]string, len(g.queries))
	for i, q := range g.queries {
		parts[i] = q.String()
		if _, nested := q.node.(queryGroup); nested {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, " "+g.operator+" ")
}

// rawQuery is JSON that is sent as it is.
type rawQuery json.RawMessage

func (r rawQuery) check(*searchKind, int) error {
	if !json.Valid(r) || firstByte(r) != '{' {
		return errors.New("the raw query is no JSON object")
	}
	return nil
}

func (r rawQuery) wire(*searchKind) any { return json.RawMessage(r) }
func (r rawQuery) String() string       { return string(r) }

// SortOrder says which end of an order comes first.
type SortOrder string

// The two orders.
const (
	Ascending  SortOrder = "ascending"  // From low to high, the oldest first.
	Descending SortOrder = "descending" // From high to low, the newest first.
)

// Sort says by which field findings are ordered. The zero Sort leaves it to
// the API, which gives the newest first.
type Sort struct {
	// Field is the field to order by, such as created_at.
	Field string `json:"field"`
	// Order is Ascending or Descending; the API's default is Descending.
	Order SortOrder `json:"order,omitzero"`
}

// searchBody is the body of a search for one page.
type searchBody struct {
	Query      any              `json:"query"`
	Pagination searchPagination `json:"pagination,omitzero"`
	Sort       Sort             `json:"sort,omitzero"`
}

type searchPagination struct {
	PerPage       int    `json:"per_page,omitzero"`
	StartingAfter string `json:"starting_after,omitzero"`
}

// searchOf makes the list of a search's findings.
func searchOf[T any, P answer[T]](c *Client, op *operation, kind *searchKind, q Query, sort Sort, perPage int, cursor string) *list[T] {
	l := listOf[T, P](c, op, request{}, perPage, cursor)
	l.body, l.err = searchBodies(c, op, kind, q, sort)
	return l
}

// searchBodies checks what is searched for and makes the bodies of the pages.
func searchBodies(c *Client, op *operation, kind *searchKind, q Query, sort Sort) (func(perPage int, after string) any, error) {
	if kind.newer != nil && c.APIVersion().AtLeast(V2_16) {
		kind = kind.newer
	}
	if err := q.check(kind); err != nil {
		return nil, fmt.Errorf("intercom: %s: %w", op.Name, err)
	}
	if sort.Order != "" && (sort.Field == "" || sort.Order != Ascending && sort.Order != Descending) {
		return nil, fmt.Errorf("intercom: %s: sort needs a field, and ascending or descending", op.Name)
	}
	wire := q.node.wire(kind)
	return func(perPage int, after string) any {
		return searchBody{Query: wire, Pagination: searchPagination{perPage, after}, Sort: sort}
	}, nil
}
