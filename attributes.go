package intercom

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// CustomAttributes holds values by name that the API lets a workspace define
// for itself: strings, numbers, booleans, times (as Unix seconds), nulls and
// lists of objects. The order is that of the API; numbers keep all their
// digits. The zero CustomAttributes is empty and ready for Set.
//
// A copy of a CustomAttributes shares its values; Set on one copy leaves the
// other alone.
type CustomAttributes struct {
	members []jsonstream.Member
	err     error
}

// CustomAttributesOf makes CustomAttributes from a map, in the order of the
// names. Values are what Set takes.
func CustomAttributesOf(values map[string]any) CustomAttributes {
	var a CustomAttributes
	for _, name := range slices.Sorted(maps.Keys(values)) {
		a.Set(name, values[name])
	}
	return a
}

// Set adds an attribute or replaces it. The value is nil (null), a string, a
// boolean, a number of any kind, a json.Number, a time.Time or Timestamp (sent
// as Unix seconds), or anything else that encoding/json can write, such as a
// list. A value that can't be sent is an error when the request is sent.
func (a *CustomAttributes) Set(name string, value any) {
	member, err := attribute(name, value)
	if err != nil {
		a.err = fmt.Errorf("intercom: attribute %q can't be sent: %w", name, unwrapMarshal(err))
		return
	}
	i := a.index(name)
	if i < 0 {
		a.members = append(slices.Clip(a.members), member)
		return
	}
	a.members = slices.Clone(a.members)
	a.members[i] = member
}

// Delete takes an attribute out of the bag. The API clears an attribute only
// when it is sent as null: use Set(name, nil) for that.
func (a *CustomAttributes) Delete(name string) {
	if i := a.index(name); i >= 0 {
		a.members = slices.Delete(slices.Clone(a.members), i, i+1)
	}
}

// attribute turns a Go value into a member.
func attribute(name string, value any) (jsonstream.Member, error) {
	m := jsonstream.Member{Name: name, Kind: jsonstream.Number}
	switch v := value.(type) {
	case nil:
		m.Kind = jsonstream.Null
	case string:
		m.Kind, m.Text = jsonstream.String, v
	case bool:
		m.Kind, m.Text = jsonstream.Bool, strconv.FormatBool(v)
	case int:
		m.Text = strconv.Itoa(v)
	case int64:
		m.Text = strconv.FormatInt(v, 10)
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return m, fmt.Errorf("%v is no JSON number", v)
		}
		m.Text = strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return attribute(name, TimestampOf(v))
	case *time.Time:
		if v == nil {
			return attribute(name, nil)
		}
		return attribute(name, *v)
	case Timestamp:
		if v.IsZero() {
			return attribute(name, nil)
		}
		m.Text = strconv.FormatInt(v.Unix(), 10)
	default:
		return otherAttribute(name, value)
	}
	return m, nil
}

// otherAttribute goes through encoding/json and looks at what came out.
func otherAttribute(name string, value any) (jsonstream.Member, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return jsonstream.Member{}, err
	}
	wrapped := append(append([]byte(`{"":`), raw...), '}')
	var members []jsonstream.Member
	if err := unmarshalValue(wrapped, func(d *jsonstream.Decoder) { members = d.Members() }); err != nil {
		return jsonstream.Member{}, err
	}
	members[0].Name = name
	return members[0], nil
}

// index finds an attribute; of two with the same name the last one counts.
func (a CustomAttributes) index(name string) int {
	for i := len(a.members) - 1; i >= 0; i-- {
		if a.members[i].Name == name {
			return i
		}
	}
	return -1
}

func (a CustomAttributes) member(name string) (jsonstream.Member, bool) {
	if i := a.index(name); i >= 0 {
		return a.members[i], true
	}
	return jsonstream.Member{}, false
}

// Len returns how many attributes there are.
func (a CustomAttributes) Len() int { return len(a.members) }

// IsZero tells whether there are no attributes.
func (a CustomAttributes) IsZero() bool { return len(a.members) == 0 && a.err == nil }

// Get returns an attribute and whether there is one of that name: a string,
// a bool, a json.Number, nil for null, or a json.RawMessage for lists and
// objects.
func (a CustomAttributes) Get(name string) (value any, ok bool) {
	m, ok := a.member(name)
	if !ok {
		return nil, false
	}
	return memberValue(m), true
}

func memberValue(m jsonstream.Member) any {
	switch m.Kind {
	case jsonstream.String:
		return m.Text
	case jsonstream.Number:
		return json.Number(m.Text)
	case jsonstream.Bool:
		return m.Text == "true"
	case jsonstream.Array, jsonstream.Object:
		return json.RawMessage(m.Text)
	default:
		return nil
	}
}

// String returns an attribute as text, numbers and booleans as they are
// written; ok is false if it is missing, null, a list or an object.
func (a CustomAttributes) String(name string) (value string, ok bool) {
	m, ok := a.member(name)
	if !ok || m.Kind == jsonstream.Null || m.Kind == jsonstream.Array || m.Kind == jsonstream.Object {
		return "", false
	}
	return m.Text, true
}

// Int returns a whole number, also one that stands in a string; ok is false
// if the attribute is missing or no whole number that fits.
func (a CustomAttributes) Int(name string) (value int64, ok bool) {
	m, ok := a.scalar(name)
	if !ok {
		return 0, false
	}
	if n, err := strconv.ParseInt(m.Text, 10, 64); err == nil {
		return n, true
	}
	f, ok := a.Float(name)
	if !ok || f != math.Trunc(f) || math.Abs(f) >= 1<<63 {
		return 0, false
	}
	return int64(f), true
}

// Float returns a number, also one that stands in a string; ok is false if
// the attribute is missing or no number.
func (a CustomAttributes) Float(name string) (value float64, ok bool) {
	m, ok := a.scalar(name)
	if !ok || strings.ContainsAny(m.Text, "xXnN_") { // Go's hexadecimal, infinite and other forms.
		return 0, false
	}
	f, err := strconv.ParseFloat(m.Text, 64)
	return f, err == nil
}

// scalar returns a number or a string.
func (a CustomAttributes) scalar(name string) (jsonstream.Member, bool) {
	m, ok := a.member(name)
	return m, ok && (m.Kind == jsonstream.Number || m.Kind == jsonstream.String)
}

// Bool returns a boolean, also one that stands in a string; ok is false if
// the attribute is missing or no boolean.
func (a CustomAttributes) Bool(name string) (value, ok bool) {
	m, ok := a.member(name)
	if !ok || (m.Text != "true" && m.Text != "false") {
		return false, false
	}
	return m.Text == "true", true
}

// Time returns a moment that is given in Unix seconds or RFC 3339; ok is
// false if the attribute is missing or no moment.
func (a CustomAttributes) Time(name string) (value time.Time, ok bool) {
	m, ok := a.scalar(name)
	if !ok || m.Text == "" {
		return time.Time{}, false
	}
	var t Timestamp
	raw, err := json.Marshal(m.Text)
	if err != nil || t.UnmarshalJSON(raw) != nil || t.IsZero() {
		return time.Time{}, false
	}
	return t.Time(), true
}

// All iterates over names and values in order; the values are as in Get.
func (a CustomAttributes) All() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, m := range a.members {
			if !yield(m.Name, memberValue(m)) {
				return
			}
		}
	}
}

// Map returns the attributes as a new map; the values are as in Get.
func (a CustomAttributes) Map() map[string]any { return maps.Collect(a.All()) }

// Equal tells whether both hold the same names and values, in any order.
func (a CustomAttributes) Equal(other CustomAttributes) bool {
	return maps.EqualFunc(a.Map(), other.Map(), func(x, y any) bool {
		rawX, isRaw := x.(json.RawMessage)
		rawY, areRaw := y.(json.RawMessage)
		if isRaw && areRaw {
			return bytes.Equal(compact(rawX), compact(rawY))
		}
		return x == y
	})
}

// compact takes the white space out of JSON.
func compact(raw json.RawMessage) []byte {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return raw
	}
	return b.Bytes()
}

// Format writes the attributes as JSON whatever the verb, so that a contact that
// is printed can be read.
func (a CustomAttributes) Format(f fmt.State, _ rune) {
	text, err := a.MarshalJSON()
	if err != nil {
		text = []byte("(" + err.Error() + ")")
	}
	_, _ = f.Write(text)
}

// MarshalJSON writes an object with the attributes in order.
func (a CustomAttributes) MarshalJSON() ([]byte, error) {
	if a.err != nil {
		return nil, a.err
	}
	b := []byte{'{'}
	for i, m := range a.members {
		if i > 0 {
			b = append(b, ',')
		}
		name, err := json.Marshal(m.Name)
		if err != nil {
			return nil, err
		}
		b = append(append(b, name...), ':')
		switch m.Kind {
		case jsonstream.String:
			text, err := json.Marshal(m.Text)
			if err != nil {
				return nil, err
			}
			b = append(b, text...)
		case jsonstream.Null:
			b = append(b, "null"...)
		default:
			b = append(b, m.Text...)
		}
	}
	return append(b, '}'), nil
}

// UnmarshalJSON reads an object; null, "" and [] are no attributes.
func (a *CustomAttributes) UnmarshalJSON(data []byte) error {
	return unmarshalValue(data, a.decode)
}

func (a *CustomAttributes) decode(d *jsonstream.Decoder) {
	a.members = d.Members()
}
