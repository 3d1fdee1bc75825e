package intercomtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

var searchOperators = []string{"=", "!=", "IN", "NIN", "<", ">", "<=", ">=", "~", "!~", "^", "$"}

// searchField knows how a field is compared.
type searchField[T any] interface {
	// compile makes the condition, false if the field can't be compared so.
	compile(operator string, value any, wholeDays bool) (func(*T) bool, bool)
	// sortKey is the value to sort by, nil if there is none.
	sortKey() func(*item[T]) sortKey
}

// not turns a condition around.
func not[T any](keep func(*T) bool, ok bool) (func(*T) bool, bool) {
	if !ok {
		return nil, false
	}
	return func(v *T) bool { return !keep(v) }, true
}

// textField is a string, "" if it is not set. An exact comparison looks at
// case unless the field is a foldedField; the others never do.
type textField[T any] func(*T) string

func (get textField[T]) compile(operator string, value any, _ bool) (func(*T) bool, bool) {
	return compileText(get, operator, value, func(want string) func(*T) bool {
		return func(v *T) bool { return get(v) == want }
	})
}

func (get textField[T]) sortKey() func(*item[T]) sortKey {
	return func(it *item[T]) sortKey {
		text := get(&it.value)
		return sortKey{Set: text != "", Text: strings.ToLower(text)}
	}
}

// foldedField is a string whose case never matters, such as an email address.
type foldedField[T any] func(*T) string

func (get foldedField[T]) compile(operator string, value any, _ bool) (func(*T) bool, bool) {
	return compileText(get, operator, value, func(want string) func(*T) bool {
		return func(v *T) bool { return strings.EqualFold(get(v), want) }
	})
}

func (get foldedField[T]) sortKey() func(*item[T]) sortKey { return textField[T](get).sortKey() }

func compileText[T any](get func(*T) string, operator string, value any, equal func(string) func(*T) bool) (func(*T) bool, bool) {
	switch operator {
	case "!=":
		return not(compileText(get, "=", value, equal))
	case "NIN":
		return not(compileText(get, "IN", value, equal))
	case "!~":
		return not(compileText(get, "~", value, equal))
	case "IN":
		return compileIn(value, func(element any) (func(*T) bool, bool) { return compileText(get, "=", element, equal) })
	}
	if value == nil && operator == "=" {
		return func(v *T) bool { return get(v) == "" }, true
	}
	want, ok := scalarText(value)
	if !ok {
		return nil, false
	}
	switch operator {
	case "=":
		return equal(want), true
	case "~":
		return func(v *T) bool { return containsFold(get(v), want) }, true
	case "^":
		return func(v *T) bool { s := get(v); return len(s) >= len(want) && strings.EqualFold(s[:len(want)], want) }, true
	case "$":
		return func(v *T) bool {
			s := get(v)
			return len(s) >= len(want) && strings.EqualFold(s[len(s)-len(want):], want)
		}, true
	default:
		return nil, false
	}
}

// compileIn makes the condition that any of the list's values meets another.
func compileIn[T any](value any, equal func(any) (func(*T) bool, bool)) (func(*T) bool, bool) {
	list, ok := value.([]any)
	if !ok || len(list) == 0 {
		return nil, false
	}
	keeps := make([]func(*T) bool, len(list))
	for i, element := range list {
		if keeps[i], ok = equal(element); !ok {
			return nil, false
		}
	}
	return func(v *T) bool {
		return slices.ContainsFunc(keeps, func(keep func(*T) bool) bool { return keep(v) })
	}, true
}

// scalarText is a value of a query as text.
func scalarText(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	default:
		return "", false
	}
}

// containsFold tells whether s has sub in it, whatever the case of the letters.
func containsFold(s, sub string) bool {
	for i := 0; i+len(sub) <= len(s); i++ {
		if len(sub) == 0 || (s[i]|0x20 == sub[0]|0x20 || s[i] >= 0x80) && strings.EqualFold(s[i:i+len(sub)], sub) {
			return true
		}
	}
	return len(sub) == 0
}

// flagField is a boolean.
type flagField[T any] func(*T) bool

func (get flagField[T]) compile(operator string, value any, _ bool) (func(*T) bool, bool) {
	switch operator {
	case "NIN":
		return not(get.compile("IN", value, false))
	case "IN":
		return compileIn(value, func(element any) (func(*T) bool, bool) { return get.compile("=", element, false) })
	}
	text, ok := scalarText(value)
	if !ok || text != "true" && text != "false" {
		return nil, false
	}
	want := text == "true"
	switch operator {
	case "=":
		return func(v *T) bool { return get(v) == want }, true
	case "!=":
		return func(v *T) bool { return get(v) != want }, true
	default:
		return nil, false
	}
}

func (get flagField[T]) sortKey() func(*item[T]) sortKey { return nil }

// listField holds several values, such as the ids of the tags.
type listField[T any] func(v *T, has func(string) bool) bool

func (holds listField[T]) compile(operator string, value any, _ bool) (func(*T) bool, bool) {
	switch operator {
	case "!=":
		return not(holds.compile("=", value, false))
	case "NIN":
		return not(holds.compile("IN", value, false))
	case "!~":
		return not(holds.compile("~", value, false))
	}
	if value == nil && operator == "=" {
		return not(func(v *T) bool { return holds(v, func(string) bool { return true }) }, true)
	}
	keep, ok := textField[string](func(s *string) string { return *s }).compile(operator, value, false)
	return func(v *T) bool { return holds(v, func(s string) bool { return keep(&s) }) }, ok
}

func (holds listField[T]) sortKey() func(*item[T]) sortKey { return nil }

// equalField is a field that takes no other operators than = and !=.
type equalField[T any] struct{ searchField[T] }

func (f equalField[T]) compile(operator string, value any, wholeDays bool) (func(*T) bool, bool) {
	if operator != "=" && operator != "!=" {
		return nil, false
	}
	return f.searchField.compile(operator, value, wholeDays)
}

// idField is the id of a person or team, which can be compared as a text and as
// a number.
type idField[T any] func(*T) string

func (get idField[T]) compile(operator string, value any, _ bool) (func(*T) bool, bool) {
	if operator[0] == '<' || operator[0] == '>' {
		return get.number().compile(operator, value, false)
	}
	return textField[T](get).compile(operator, value, false)
}

func (get idField[T]) sortKey() func(*item[T]) sortKey { return get.number().sortKey() }

func (get idField[T]) number() numberField[T] {
	return func(v *T) (float64, bool) {
		n, err := strconv.ParseFloat(get(v), 64)
		return n, err == nil
	}
}

// numberField is a number; false if it is not set.
type numberField[T any] func(*T) (float64, bool)

func (get numberField[T]) compile(operator string, value any, _ bool) (func(*T) bool, bool) {
	switch operator {
	case "!=":
		return not(get.compile("=", value, false))
	case "NIN":
		return not(get.compile("IN", value, false))
	case "IN":
		return compileIn(value, func(element any) (func(*T) bool, bool) { return get.compile("=", element, false) })
	}
	if value == nil && operator == "=" {
		return func(v *T) bool { _, ok := get(v); return !ok }, true
	}
	text, ok := scalarText(value)
	want, err := strconv.ParseFloat(text, 64)
	if !ok || err != nil {
		return nil, false
	}
	switch operator {
	case "=":
		return func(v *T) bool { n, ok := get(v); return ok && n == want }, true
	case "<":
		return func(v *T) bool { n, ok := get(v); return ok && n < want }, true
	case ">":
		return func(v *T) bool { n, ok := get(v); return ok && n > want }, true
	case "<=":
		return func(v *T) bool { n, ok := get(v); return ok && n <= want }, true
	case ">=":
		return func(v *T) bool { n, ok := get(v); return ok && n >= want }, true
	default:
		return nil, false
	}
}

func (get numberField[T]) sortKey() func(*item[T]) sortKey {
	return func(it *item[T]) sortKey {
		n, ok := get(&it.value)
		return sortKey{Set: ok, Number: n}
	}
}

// momentField is a time, zero if it is not set.
type momentField[T any] func(*T) intercom.Timestamp

func (get momentField[T]) compile(operator string, value any, wholeDays bool) (func(*T) bool, bool) {
	if !wholeDays {
		return numberField[T](func(v *T) (float64, bool) {
			t := get(v)
			return float64(t.Unix()), !t.IsZero()
		}).compile(operator, value, false)
	}
	if value == nil {
		switch operator {
		case "=":
			return func(v *T) bool { return get(v).IsZero() }, true
		case "!=":
			return func(v *T) bool { return !get(v).IsZero() }, true
		}
		return nil, false
	}
	text, ok := scalarText(value)
	seconds, err := strconv.ParseInt(text, 10, 64)
	if !ok || err != nil || seconds < 0 || seconds > lastSecond {
		return nil, false
	}
	day := time.Unix(seconds, 0).UTC().Truncate(24 * time.Hour)
	begin, end := intercom.TimestampOf(day), intercom.TimestampOf(day.Add(24*time.Hour))
	switch operator {
	case "=":
		return func(v *T) bool { t := get(v); return !t.Before(begin) && t.Before(end) && !t.IsZero() }, true
	case "<":
		return func(v *T) bool { t := get(v); return t.Before(begin) && !t.IsZero() }, true
	case ">":
		return func(v *T) bool { return !get(v).Before(end) }, true
	default:
		return nil, false
	}
}

func (get momentField[T]) sortKey() func(*item[T]) sortKey {
	return func(it *item[T]) sortKey {
		t := get(&it.value)
		return sortKey{Set: !t.IsZero(), Number: float64(t.Unix())}
	}
}

// attributeField is a custom attribute. How it is compared depends on what it
// is compared with.
type attributeField[T any] struct {
	name string
	of   func(*T) *intercom.CustomAttributes
}

func (a attributeField[T]) compile(operator string, value any, wholeDays bool) (func(*T) bool, bool) {
	if strings.HasSuffix(a.name, "_at") {
		return a.moment().compile(operator, value, wholeDays)
	}
	sample := value
	if list, ok := value.([]any); ok && len(list) > 0 {
		sample = list[0]
	}
	text, _ := scalarText(sample)
	_, notNumber := strconv.ParseFloat(text, 64)
	_, isNumber := sample.(json.Number)
	switch {
	case isNumber && operator != "~" && operator != "!~", (operator[0] == '<' || operator[0] == '>') && notNumber == nil:
		return numberField[T](func(v *T) (float64, bool) { return a.of(v).Float(a.name) }).compile(operator, value, false)
	default:
		return a.text().compile(operator, value, false)
	}
}

func (a attributeField[T]) text() textField[T] {
	return func(v *T) string {
		s, _ := a.of(v).String(a.name)
		return s
	}
}

func (a attributeField[T]) moment() momentField[T] {
	return func(v *T) intercom.Timestamp {
		t, _ := a.of(v).Time(a.name)
		return intercom.TimestampOf(t)
	}
}

func (a attributeField[T]) sortKey() func(*item[T]) sortKey {
	return func(it *item[T]) sortKey {
		if n, ok := a.of(&it.value).Float(a.name); ok {
			return sortKey{Set: true, Number: n}
		}
		return a.text().sortKey()(it)
	}
}
