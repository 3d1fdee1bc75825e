package payload

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// oddity rewrites values in the other forms that servers send for them. Servers
// have habits: half of the members are odd, each in one way throughout the
// document. A lenient reader reads the same from it.
type oddity struct {
	random
	habits map[string]int
}

// habit is one of n ways to send the values of a kind that a member has.
func (o *oddity) habit(name string, value any, n int) int {
	key := fmt.Sprintf("%s %T", name, value)
	if _, ok := o.habits[key]; !ok {
		o.habits[key] = o.IntN(1 << 20)
	}
	return o.habits[key] % n
}

// value rewrites the value of a member.
func (o *oddity) value(name string, value any) any {
	switch v := value.(type) {
	case object:
		return o.object(name, v)
	case []any:
		if len(v) == 0 {
			return []any{v, v, nil, ""}[o.habit(name, v, 4)]
		}
		list := make([]any, len(v))
		for i := range v {
			list[i] = o.value("", v[i])
		}
		return list
	case nil:
		return []any{nil, nil, "", []any{}}[o.habit(name, v, 4)]
	case int:
		if isTime(name) {
			return o.time(name, v)
		}
		return []any{v, strconv.Itoa(v)}[o.habit(name, v, 2)]
	case bool:
		return o.bool(name, v)
	case string:
		if isID(name) && isNumber(v) {
			return []any{v, raw(v)}[o.habit(name, v, 2)]
		}
	}
	return value
}

func (o *oddity) object(name string, v object) any {
	switch {
	case name == "custom_attributes": // Whatever comes there is as it should be.
		return v
	case name == "avatar":
		return v[1].value // the bare URL
	case name == "assigned_to":
		return v[1].value // the bare id
	}
	rewritten := make(object, len(v))
	for i, m := range v {
		rewritten[i] = member{m.name, o.value(m.name, m.value)}
	}
	return rewritten
}

// time gives a moment as a number in a string, with a fraction or as text.
func (o *oddity) time(name string, seconds int) any {
	switch o.habit(name, seconds, 8) {
	case 0:
		return time.Unix(int64(seconds), 0).UTC().Format(time.RFC3339)
	case 1:
		return raw(fmt.Sprintf("%d.0", seconds))
	case 2, 3:
		return strconv.Itoa(seconds)
	default:
		return seconds
	}
}

func (o *oddity) bool(name string, v bool) any {
	text, number := "false", 0
	if v {
		text, number = "true", 1
	}
	return []any{v, v, text, number}[o.habit(name, v, 4)]
}

func isTime(name string) bool {
	return strings.HasSuffix(name, "_at") || name == "waiting_since" || name == "snoozed_until"
}

func isID(name string) bool { return name == "id" || strings.HasSuffix(name, "_id") }

func isNumber(s string) bool {
	_, err := strconv.ParseInt(s, 10, 64)
	return err == nil && s[0] != '0'
}
