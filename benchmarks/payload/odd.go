package payload

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// oddity rewrites half of the values in one of the other forms that servers
// send for them. It changes nothing that a lenient reader would read
// differently: an odd document decodes to the same values.
type oddity struct {
	random
}

// value rewrites the value of a member.
func (o *oddity) value(name string, value any) any {
	switch v := value.(type) {
	case object:
		return o.object(name, v)
	case []any:
		if len(v) == 0 && o.chance(.5) {
			return pick(o.random, []any{nil, ""})
		}
		list := make([]any, len(v))
		for i := range v {
			list[i] = o.value("", v[i])
		}
		return list
	}
	if o.chance(.5) {
		return value
	}
	switch v := value.(type) {
	case nil:
		return pick(o.random, []any{"", []any{}})
	case int:
		if isTime(name) {
			return o.time(v)
		}
		return strconv.Itoa(v)
	case bool:
		return o.bool(v)
	case string:
		if isID(name) && isNumber(v) {
			return raw(v)
		}
	}
	return value
}

func (o *oddity) object(name string, v object) any {
	switch {
	case name == "custom_attributes": // Whatever comes there is as it should be.
		return v
	case name == "avatar" && o.chance(.5):
		return v[1].value // the bare URL
	case name == "assigned_to" && o.chance(.5):
		return v[1].value // the bare id
	}
	rewritten := make(object, len(v))
	for i, m := range v {
		rewritten[i] = member{m.name, o.value(m.name, m.value)}
	}
	return rewritten
}

// time gives a moment as a fraction, a number in a string or, more rarely, as
// text.
func (o *oddity) time(seconds int) any {
	switch o.IntN(8) {
	case 0:
		return time.Unix(int64(seconds), 0).UTC().Format(time.RFC3339)
	case 1, 2, 3, 4:
		return strconv.Itoa(seconds)
	default:
		return raw(fmt.Sprintf("%d.0", seconds))
	}
}

func (o *oddity) bool(v bool) any {
	if v {
		return pick(o.random, []any{"true", 1})
	}
	return pick(o.random, []any{"false", 0, nil})
}

func isTime(name string) bool {
	return strings.HasSuffix(name, "_at") || name == "waiting_since" || name == "snoozed_until"
}

func isID(name string) bool { return name == "id" || strings.HasSuffix(name, "_id") }

func isNumber(s string) bool {
	_, err := strconv.ParseInt(s, 10, 64)
	return err == nil && s[0] != '0'
}
