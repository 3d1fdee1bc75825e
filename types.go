package intercom

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// Timestamp is a moment as the API tells it: in answers it may come as Unix
// seconds (whole or with a fraction), as a number in a string or as RFC 3339;
// in requests it is sent as Unix seconds. The zero Timestamp means "no time":
// the API sends null, 0 or nothing for it. It holds microseconds, so two
// timestamps of the same moment are equal with == too.
type Timestamp struct {
	micros int64
}

// TimestampOf returns t as a Timestamp, cut to whole seconds because the API
// takes no fractions. The zero time gives the zero Timestamp.
func TimestampOf(t time.Time) Timestamp {
	if t.IsZero() {
		return Timestamp{}
	}
	return UnixTimestamp(t.Unix())
}

// UnixTimestamp returns the Timestamp of a number of seconds since 1970 in UTC.
func UnixTimestamp(seconds int64) Timestamp {
	return Timestamp{micros: time.Unix(seconds, 0).UnixMicro()}
}

// Time returns the moment in UTC, the zero time if there is none.
func (t Timestamp) Time() time.Time {
	if t.micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(t.micros).UTC()
}

// Unix returns the whole seconds since 1970, 0 if there is no time.
func (t Timestamp) Unix() int64 {
	if t.micros == 0 {
		return 0
	}
	return t.Time().Unix()
}

// IsZero tells whether there is no time.
func (t Timestamp) IsZero() bool { return t.micros == 0 }

// Equal tells whether both are the same moment.
func (t Timestamp) Equal(other Timestamp) bool { return t == other }

// Before tells whether t is earlier than other.
func (t Timestamp) Before(other Timestamp) bool { return t.micros < other.micros }

// After tells whether t is later than other.
func (t Timestamp) After(other Timestamp) bool { return t.micros > other.micros }

// String returns the moment as RFC 3339 in UTC, "never" if there is none.
func (t Timestamp) String() string {
	if t.IsZero() {
		return "never"
	}
	return t.Time().Format(time.RFC3339Nano)
}

// MarshalJSON writes Unix seconds, with a fraction where there is one, and
// null for the zero Timestamp.
func (t Timestamp) MarshalJSON() ([]byte, error) {
	return t.appendJSON(nil), nil
}

func (t Timestamp) appendJSON(b []byte) []byte {
	if t.micros == 0 {
		return append(b, "null"...)
	}
	whole, rest := t.micros/1e6, t.micros%1e6
	if rest == 0 {
		return strconv.AppendInt(b, whole, 10)
	}
	if t.micros < 0 {
		b, whole, rest = append(b, '-'), -whole, -rest
	}
	return bytes.TrimRight(fmt.Appendf(b, "%d.%06d", whole, rest), "0")
}

// UnmarshalJSON reads every form that the API sends. What is no time at all
// leaves the zero Timestamp and is no error.
func (t *Timestamp) UnmarshalJSON(data []byte) error {
	return unmarshalValue(data, func(d *jsonstream.Decoder) { t.micros = d.UnixMicro() })
}

// Opt is a field of a request that can be left out, cleared or set:
//
//	intercom.ContactUpdateParams{
//		Name:  intercom.Set("Ada"),     // set
//		Phone: intercom.Null[string](), // cleared
//	}                                   // all others are left alone
//
// Set, SetTime and Null make one. The zero Opt is left out of the request.
type Opt[T any] struct {
	value T
	state optState
}

type optState uint8

const (
	optLeftOut optState = iota
	optNull
	optSet
)

// Set returns an Opt that sets a field to v, even if v is zero.
func Set[T any](v T) Opt[T] { return Opt[T]{value: v, state: optSet} }

// SetTime returns an Opt that sets a field to a moment, cut to whole seconds.
// The zero time clears the field.
func SetTime(t time.Time) Opt[Timestamp] {
	if t.IsZero() {
		return Null[Timestamp]()
	}
	return Set(TimestampOf(t))
}

// Null returns an Opt that clears a field by sending null.
func Null[T any]() Opt[T] { return Opt[T]{state: optNull} }

// Get returns the value and whether the Opt sets one.
func (o Opt[T]) Get() (value T, ok bool) { return o.value, o.state == optSet }

// IsNull tells whether the Opt clears the field.
func (o Opt[T]) IsNull() bool { return o.state == optNull }

// IsZero tells whether the field is left out of the request.
func (o Opt[T]) IsZero() bool { return o.state == optLeftOut }

// Equal tells whether both do the same.
func (o Opt[T]) Equal(other Opt[T]) bool {
	if o.state != other.state {
		return false
	}
	if e, ok := any(o.value).(interface{ Equal(T) bool }); ok {
		return e.Equal(other.value)
	}
	return reflect.DeepEqual(o.value, other.value)
}

// String tells what the Opt does, for logs and tests.
func (o Opt[T]) String() string {
	switch o.state {
	case optNull:
		return "null"
	case optSet:
		return fmt.Sprint(o.value)
	default:
		return "left out"
	}
}

// MarshalJSON writes the value, or null.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if o.state != optSet {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON reads null as Null and everything else as Set.
func (o *Opt[T]) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*o = Null[T]()
		return nil
	}
	var value T // Not o.value, which would be merged with what comes.
	if err := json.Unmarshal(data, &value); err != nil {
		return err
	}
	*o = Set(value)
	return nil
}

// Extra holds what an answer had beyond the fields of its type, by the name of
// the member: members that this version of the library does not know, and
// values that did not fit the type of their field. It is nil when there are
// none. Encoding the answer again writes them back; a member of the same name
// as a field takes the field's place.
//
// An answer type that is embedded in a struct of your own brings its
// UnmarshalJSON and MarshalJSON with it, which then know nothing of your other
// fields: give it a field name instead.
type Extra map[string]json.RawMessage

// UnknownFields returns the members of the answer that no field holds, with
// their JSON as it came; nil when there are none.
func (e Extra) UnknownFields() map[string]json.RawMessage { return e }

// pointer is the map as the decoder takes it.
func (e *Extra) pointer() *map[string]json.RawMessage { return (*map[string]json.RawMessage)(e) }

// readWord reads a value of an enum.
func readWord[T ~string](d *jsonstream.Decoder) T { return T(d.Word()) }

// someone is the id of somebody: the API has 0, too, for nobody.
func someone(id string) string {
	if id == "0" {
		return ""
	}
	return id
}

// readTime reads a moment.
func readTime(d *jsonstream.Decoder) Timestamp { return Timestamp{d.UnixMicro()} }
