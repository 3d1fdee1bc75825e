package intercomtest

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
)

// fields reads the members of a JSON object in a request. It is lenient: ids
// may be numbers, numbers may be strings. A member that is not there is left
// out, null is null. The first member that won't do is remembered in err, which
// the handler has to look at before it changes anything.
type fields struct {
	members map[string]any
	path    string // of the object in the body, with a dot at the end
	err     error
}

// bodyLimit is how large the body of a request may be.
const bodyLimit = 16 << 20

// readBody reads a body to its end.
func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, bodyLimit+1))
	if err != nil {
		return nil, refuse(http.StatusBadRequest, intercom.CodeBadRequest, "The body could not be read")
	}
	if len(body) > bodyLimit {
		return nil, refuse(http.StatusRequestEntityTooLarge, intercom.CodeBadRequest, "The body is too large")
	}
	return body, nil
}

// parseBody reads the object in a body; nothing counts as an empty object.
func parseBody(body []byte) (*fields, error) {
	f := &fields{members: map[string]any{}}
	if len(bytes.TrimSpace(body)) == 0 {
		return f, nil
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var value any
	if d.Decode(&value) != nil || d.More() {
		return nil, refuse(http.StatusBadRequest, intercom.CodeBadRequest, "The body is not valid JSON")
	}
	members, ok := value.(map[string]any)
	if !ok {
		return nil, refuse(http.StatusBadRequest, intercom.CodeBadRequest, "The body has to be a JSON object")
	}
	f.members = members
	return f, nil
}

// has tells whether a member is there and not null.
func (f *fields) has(name string) bool { return f.members[name] != nil }

// fail remembers the first thing that was wrong.
func (f *fields) fail(name, message string) {
	if f.err == nil {
		f.err = invalid(f.path+name, f.path+name+" "+message)
	}
}

// require remembers that a member is missing.
func (f *fields) require(names ...string) {
	for _, name := range names {
		if value := f.members[name]; f.err == nil && (value == nil || value == "") {
			f.err = missing(f.path + name)
		}
	}
}

// text reads a string, or a number as it is written.
func (f *fields) text(name string) intercom.Opt[string] {
	switch v := f.members[name].(type) {
	case string:
		return intercom.Set(v)
	case json.Number:
		return intercom.Set(v.String())
	case nil:
		return leftOut[string](f, name)
	default:
		f.fail(name, "must be a string")
		return intercom.Opt[string]{}
	}
}

// leftOut is a member that is null or not there.
func leftOut[T any](f *fields, name string) intercom.Opt[T] {
	if _, there := f.members[name]; there {
		return intercom.Null[T]()
	}
	return intercom.Opt[T]{}
}

// word reads a string that has to be one of several.
func (f *fields) word(name string, words ...string) intercom.Opt[string] {
	o := f.text(name)
	if v, ok := o.Get(); ok && !slices.Contains(words, v) {
		f.fail(name, "must be one of "+strings.Join(words, ", "))
	}
	return o
}

// value reads a string that is there, "" if it is not.
func (f *fields) value(name string) string {
	v, _ := f.text(name).Get()
	return v
}

// integer reads a whole number, which may stand in a string.
func (f *fields) integer(name string) intercom.Opt[int] {
	value := f.members[name]
	if value == nil {
		return leftOut[int](f, name)
	}
	n, ok := wholeNumber(value)
	if !ok {
		f.fail(name, "must be a whole number")
		return intercom.Opt[int]{}
	}
	return intercom.Set(n)
}

func wholeNumber(value any) (int, bool) {
	var text string
	switch v := value.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	default:
		return 0, false
	}
	if n, err := strconv.Atoi(text); err == nil {
		return n, true
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || x != math.Trunc(x) || math.Abs(x) > 1<<53 {
		return 0, false
	}
	return int(x), true
}

// boolean reads true or false, which may stand in a string.
func (f *fields) boolean(name string) intercom.Opt[bool] {
	switch f.members[name] {
	case nil:
		return leftOut[bool](f, name)
	case true, "true":
		return intercom.Set(true)
	case false, "false":
		return intercom.Set(false)
	default:
		f.fail(name, "must be true or false")
		return intercom.Opt[bool]{}
	}
}

// lastSecond is the end of the year 9999.
const lastSecond = 253402300799

// moment reads Unix seconds; 0 means no time, as null does.
func (f *fields) moment(name string) intercom.Opt[intercom.Timestamp] {
	value := f.members[name]
	if value == nil {
		return leftOut[intercom.Timestamp](f, name)
	}
	n, ok := wholeNumber(value)
	if !ok || n < 0 || n > lastSecond {
		f.fail(name, "must be a UNIX timestamp")
		return intercom.Opt[intercom.Timestamp]{}
	}
	if n == 0 {
		return intercom.Null[intercom.Timestamp]()
	}
	return intercom.Set(intercom.UnixTimestamp(int64(n)))
}

// object reads an object within the object, an empty one if it is not there.
// What goes wrong in it is to be looked for with check.
func (f *fields) object(name string) *fields {
	inner := &fields{path: f.path + name + ".", err: f.err}
	switch v := f.members[name].(type) {
	case map[string]any:
		inner.members = v
	case nil:
	default:
		f.fail(name, "must be an object")
		inner.err = f.err
	}
	return inner
}

// check takes over what went wrong in an inner object.
func (f *fields) check(inner *fields) {
	if f.err == nil {
		f.err = inner.err
	}
}

// list reads a list, nil if it is not there.
func (f *fields) list(name string) []any {
	switch v := f.members[name].(type) {
	case []any:
		return v
	case nil:
		return nil
	default:
		f.fail(name, "must be a list")
		return nil
	}
}

// objects reads a list of objects.
func (f *fields) objects(name string) []*fields {
	list := f.list(name)
	all := make([]*fields, 0, len(list))
	for _, element := range list {
		members, ok := element.(map[string]any)
		if !ok {
			f.fail(name, "must be a list of objects")
			return nil
		}
		all = append(all, &fields{members: members, path: f.path + name + "."})
	}
	return all
}

// texts reads a list of strings or numbers.
func (f *fields) texts(name string) []string {
	list := f.list(name)
	all := make([]string, 0, len(list))
	for _, element := range list {
		switch v := element.(type) {
		case string:
			all = append(all, v)
		case json.Number:
			all = append(all, v.String())
		default:
			f.fail(name, "must be a list of strings")
			return nil
		}
	}
	return all
}

// assign carries out what a request says about a value: set it, clear it, or
// leave it alone.
func assign[T any](to *T, o intercom.Opt[T]) {
	if o.IsZero() {
		return
	}
	*to, _ = o.Get()
}
