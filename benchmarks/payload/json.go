package payload

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any // object, []any, string, int, float64, bool, raw or nil
}

// raw is JSON as it stands.
type raw string

// object makes member lists short to write: name, value, name, value, …
func obj(pairs ...any) object {
	o := make(object, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		o = append(o, member{pairs[i].(string), pairs[i+1]})
	}
	return o
}

// appendJSON writes a value without white space and without escaping more than
// JSON demands.
func appendJSON(b []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(b, "null"...)
	case raw:
		return append(b, v...)
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case float64:
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	case string:
		return appendString(b, v)
	case []any:
		b = append(b, '[')
		for i, element := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, element)
		}
		return append(b, ']')
	case object:
		b = append(b, '{')
		for i, m := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, m.name), ':')
			b = appendJSON(b, m.value)
		}
		return append(b, '}')
	}
	panic("payload: a value of no JSON type")
}

func appendString(b []byte, s string) []byte {
	if !utf8.ValidString(s) {
		panic("payload: invalid UTF-8")
	}
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\n':
			b = append(b, `\n`...)
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			panic("payload: a control character")
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// escapeHTML writes markup the way Rails does.
func escapeHTML(document []byte) []byte {
	return []byte(strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`).Replace(string(document)))
}

// sorted is the value with the members of all objects in alphabetical order.
func sorted(value any) any {
	switch v := value.(type) {
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = sorted(v[i])
		}
		return list
	case object:
		o := make(object, len(v))
		for i, m := range v {
			o[i] = member{m.name, sorted(m.value)}
		}
		slices.SortFunc(o, func(a, b member) int { return cmp.Compare(a.name, b.name) })
		return o
	}
	return value
}
