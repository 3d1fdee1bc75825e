package intercom

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
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
// Contact searches look at times by the day, in the time zone of the
// workspace: After a moment finds what happened from the next day on, Before a
// moment what happened before that day began, Eq what happened on that day. So
// that this can be seen, moments are cut to the beginning of their day in UTC
// when a contact search is sent. Conversations and tickets are compared to the
// second.
type Query struct {
	node queryNode
}

// queryNode is a filter, a group or raw JSON.
type queryNode interface {
	check(kind searchKind, depth int) error
	wire(kind searchKind) any
	String() string
}

// searchKind is what is searched for.
type searchKind string

const (
	searchContacts      searchKind = "contacts"
	searchConversations searchKind = "conversations"
	searchTickets       searchKind = "tickets"
)

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
// as "email", "location.country" or "statistics.time_to_admin_reply".
func Field(name string) FieldCondition { return FieldCondition{name: name} }

// Attribute names a custom attribute by its name; for tickets, a ticket
// attribute by its id.
func Attribute(name string) FieldCondition { return FieldCondition{name: name, attribute: true} }

// Eq holds when the field equals value. Values are strings, numbers, booleans,
// time.Time, Timestamp, or nil for a field that is not set.
func (f FieldCondition) Eq(value any) Query { return f.compare("=", value) }

// NotEq holds when the field differs from value.
func (f FieldCondition) NotEq(value any) Query { return f.compare("!=", value) }

// In holds when the field equals one of the values, which can be given one by
// one or as a slice.
func (f FieldCondition) In(values ...any) Query { return f.compare("IN", flatten(values)) }

// NotIn holds when the field equals none of the values.
func (f FieldCondition) NotIn(values ...any) Query { return f.compare("NIN", flatten(values)) }

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

func (q Query) check(kind searchKind) error {
	if q.node == nil {
		return errors.New("the query is empty; use Field, Attribute, And or Or")
	}
	return q.node.check(kind, 0)
}

// queryFilter compares one field.
type queryFilter struct {
	field    FieldCondition
	operator string
	value    any
}

func (f queryFilter) check(kind searchKind, _ int) error {
	if f.field.name == "" {
		return errors.New("a condition names no field")
	}
	values, isList := f.value.([]any)
	if !isList {
		values = []any{f.value}
	}
	if len(values) == 0 {
		return fmt.Errorf("%s %s: the list is empty", f.field.name, f.operator)
	}
	for _, v := range values {
		if err := f.checkValue(kind, v); err != nil {
			return fmt.Errorf("%s %s: %w", f.field.name, f.operator, err)
		}
	}
	return nil
}

func (f queryFilter) checkValue(kind searchKind, value any) error {
	w, err := queryValue(value)
	if err != nil {
		return err
	}
	_, isText := w.(string)
	_, isBool := w.(bool)
	switch f.operator {
	case "~", "!~", "^", "$":
		if f.isTime() {
			return errors.New("moments can only be compared with =, < and >")
		}
	case "<", ">":
		if w == nil || isBool {
			return errors.New("only numbers and moments can be less or greater")
		}
		if _, err := strconv.ParseFloat(fmt.Sprint(w), 64); isText && err != nil && !f.field.attribute {
			return errors.New("only numbers and moments can be less or greater")
		}
	case "!=", "IN", "NIN":
		if kind == searchContacts && f.isTime() {
			return errors.New("a contact search compares moments only with =, < and >")
		}
		if kind == searchContacts && f.field.name == "tag_id" && f.operator != "!=" {
			return errors.New("a contact search takes no list of tags; use Or")
		}
	}
	return nil
}

// isTime tells whether the field holds a moment: by the value that it is
// compared with, or by its name.
func (f queryFilter) isTime() bool {
	switch f.value.(type) {
	case time.Time, Timestamp:
		return true
	}
	name := f.field.name
	return !f.field.attribute && (strings.HasSuffix(name, "_at") || name == "waiting_since" || name == "snoozed_until")
}

func (f queryFilter) wire(kind searchKind) any {
	return struct {
		Field    string `json:"field"`
		Operator string `json:"operator"`
		Value    any    `json:"value"`
	}{f.fieldName(kind), f.operator, f.wireValue(kind)}
}

func (f queryFilter) fieldName(kind searchKind) string {
	switch {
	case !f.field.attribute:
		return f.field.name
	case kind == searchTickets:
		return "ticket_attribute." + f.field.name
	case kind == searchConversations:
		return "custom_attribute." + f.field.name
	default:
		return "custom_attributes." + f.field.name
	}
}

func (f queryFilter) wireValue(kind searchKind) any {
	if values, ok := f.value.([]any); ok {
		list := make([]any, len(values))
		for i, v := range values {
			list[i], _ = queryValue(v) // check has seen the error.
		}
		return list
	}
	value := f.value
	if t, ok := moment(value); ok && kind == searchContacts {
		value = t.UTC().Truncate(24 * time.Hour)
	}
	w, _ := queryValue(value)
	return w
}

func moment(value any) (time.Time, bool) {
	switch v := value.(type) {
	case time.Time:
		return v, true
	case Timestamp:
		return v.Time(), true
	default:
		return time.Time{}, false
	}
}

// queryValue is a value as it is sent.
func queryValue(value any) (any, error) {
	if t, ok := moment(value); ok {
		return t.Unix(), nil
	}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Invalid:
		return nil, nil
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return v.Uint(), nil
	case reflect.Float32, reflect.Float64:
		return v.Float(), nil
	case reflect.Slice, reflect.Array:
		return nil, errors.New("a list can only be used with In and NotIn")
	default:
		return nil, fmt.Errorf("a %T can't be compared with", value)
	}
}

func (f queryFilter) String() string {
	name := f.field.name
	if f.field.attribute {
		name = "attribute " + strconv.Quote(name)
	}
	return name + " " + f.operator + " " + printValue(f.value)
}

func printValue(value any) string {
	if t, ok := moment(value); ok {
		return t.UTC().Format(time.RFC3339)
	}
	switch v := value.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = printValue(x)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case nil:
		return "null"
	case string:
		return strconv.Quote(v)
	default:
		if r := reflect.ValueOf(v); r.Kind() == reflect.String {
			return strconv.Quote(r.String())
		}
		return fmt.Sprint(v)
	}
}

// queryGroup joins queries.
type queryGroup struct {
	operator string
	queries  []Query
}

func (g queryGroup) check(kind searchKind, depth int) error {
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

func (g queryGroup) wire(kind searchKind) any {
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

func (r rawQuery) check(searchKind, int) error {
	if !json.Valid(r) || firstByte(r) != '{' {
		return errors.New("the raw query is no JSON object")
	}
	return nil
}

func (r rawQuery) wire(searchKind) any { return json.RawMessage(r) }
func (r rawQuery) String() string      { return string(r) }

// SortOrder says which end of an order comes first.
type SortOrder string

// The two orders.
const (
	Ascending  SortOrder = "ascending"
	Descending SortOrder = "descending"
)

// Sort says by which field findings are ordered. The zero Sort leaves it to
// the API, which gives the newest first.
type Sort struct {
	// Field is the field to order by, such as created_at.
	Field string `json:"field"`
	// Order says which end comes first; the API's default is descending.
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
func searchOf[T any, P answer[T]](c *Client, op *operation, kind searchKind, q Query, sort Sort, perPage int, cursor string) list[T] {
	l := listOf[T, P](c, op, request{}, perPage, cursor)
	if err := q.check(kind); err != nil {
		l.err = fmt.Errorf("intercom: %s: %w", op.Name, err)
		return l
	}
	if sort.Order != "" && (sort.Field == "" || sort.Order != Ascending && sort.Order != Descending) {
		l.err = fmt.Errorf("intercom: %s: sort needs a field, and ascending or descending", op.Name)
		return l
	}
	wire := q.node.wire(kind)
	l.body = func(perPage int, after string) any {
		return searchBody{Query: wire, Pagination: searchPagination{perPage, after}, Sort: sort}
	}
	return l
}
