package intercomtest

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// object is a JSON object that is no model of package intercom.
type object []member

type member struct {
	name  string
	value any
}

// encoder writes answers as the API does: all members of an object are there,
// null where the API has null, and those that the version lacks are left out.
// The facts come from the OpenAPI document (facts.gen.go).
type encoder struct {
	b       []byte
	version operations.Version
	quirks  bool
}

// value writes anything that a handler returns.
func (e *encoder) value(v any) {
	switch v := v.(type) {
	case nil:
		e.b = append(e.b, "null"...)
	case string:
		e.text(v)
	case int:
		e.b = strconv.AppendInt(e.b, int64(v), 10)
	case object:
		e.object(v)
	case []any:
		e.list(v)
	default:
		e.reflect(reflect.ValueOf(v))
	}
}

func (e *encoder) object(o object) {
	e.b = append(e.b, '{')
	for _, m := range o {
		e.name(m.name)
		e.value(m.value)
	}
	e.b = append(e.b, '}')
}

func (e *encoder) list(list []any) {
	if e.empty(len(list)) {
		return
	}
	e.b = append(e.b, '[')
	for i, v := range list {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.value(v)
	}
	e.b = append(e.b, ']')
}

// empty writes a list that has nothing in it, which the API does in two ways.
func (e *encoder) empty(n int) bool {
	if n > 0 {
		return false
	}
	if e.quirks {
		e.b = append(e.b, "null"...)
	} else {
		e.b = append(e.b, "[]"...)
	}
	return true
}

// name begins a member.
func (e *encoder) name(name string) {
	e.comma()
	e.text(name)
	e.b = append(e.b, ':')
}

// comma parts a member from the one before it.
func (e *encoder) comma() {
	if e.b[len(e.b)-1] != '{' {
		e.b = append(e.b, ',')
	}
}

// raw writes JSON that came from somewhere else.
func (e *encoder) raw(v json.RawMessage) {
	if len(v) == 0 {
		v = json.RawMessage("null")
	}
	e.b = append(e.b, v...)
}

func (e *encoder) text(s string) {
	const hex = "0123456789abcdef"
	e.b = append(e.b, '"')
	begin := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				e.b = append(append(e.b, s[begin:i]...), "\ufffd"...)
				begin = i + 1
			}
			i += size
			continue
		}
		e.b = append(e.b, s[begin:i]...)
		switch c {
		case '"', '\\':
			e.b = append(e.b, '\\', c)
		case '\n':
			e.b = append(e.b, '\\', 'n')
		default:
			e.b = append(e.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		begin = i
	}
	e.b = append(append(e.b, s[begin:]...), '"')
}

// reflect writes a model, or what is part of one.
func (e *encoder) reflect(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			e.b = append(e.b, "null"...)
			return
		}
		e.reflect(v.Elem())
	case reflect.Struct:
		e.model(v)
	case reflect.String:
		e.text(v.String())
	case reflect.Bool:
		e.b = strconv.AppendBool(e.b, v.Bool())
	case reflect.Int, reflect.Int64:
		e.b = strconv.AppendInt(e.b, v.Int(), 10)
	case reflect.Slice:
		e.slice(v)
	case reflect.Map:
		e.mapping(v)
	default:
		e.marshal(v.Interface())
	}
}

func (e *encoder) slice(v reflect.Value) {
	if e.empty(v.Len()) {
		return
	}
	e.b = append(e.b, '[')
	for i := range v.Len() {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.reflect(v.Index(i))
	}
	e.b = append(e.b, ']')
}

func (e *encoder) mapping(v reflect.Value) {
	e.b = append(e.b, '{')
	e.entries(v)
	e.b = append(e.b, '}')
}

// entries writes the entries of a map as members.
func (e *encoder) entries(v reflect.Value) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, key := range keys {
		e.name(key.String())
		e.value(v.MapIndex(key).Interface())
	}
}

// marshal lets a value write itself; one that can't be written is null.
func (e *encoder) marshal(v any) {
	var text []byte
	var err error
	if m, ok := v.(json.Marshaler); ok {
		text, err = m.MarshalJSON()
	} else {
		text, err = json.Marshal(v)
	}
	if err != nil {
		text = []byte("null")
	}
	e.b = append(e.b, text...)
}

// shape is what the encoder knows about a type.
type shape struct {
	fields []field
	extra  int  // index of the field for unknown members, -1 if there is none
	own    bool // the type writes itself
	scalar int  // index of the main member, for types that have one
	quirky bool // the API adds members to it that nobody knows
	bare   bool // when nothing is set, nothing is written
}

type field struct {
	index int
	name  string
	lead  string // what is written before the value: a comma, the name and a colon
	kind  fieldKind
	fact
	habits
}

// habits are what is done to a field with quirks (quirks.go).
type habits struct {
	odd       bool // an id of the other kind than is said
	inText    bool // a number in quotes
	absent    bool // null if there is nothing in it
	shortened bool // the main member alone
	time      timeHabit
}

type fieldKind uint8

const (
	fieldText fieldKind = iota
	fieldTime
	fieldPointer
	fieldEntries
	fieldOther
)

var (
	shapes         sync.Map // reflect.Type → *shape
	timestampType  = reflect.TypeFor[intercom.Timestamp]()
	extraType      = reflect.TypeFor[intercom.Extra]()
	attributesType = reflect.TypeFor[intercom.CustomAttributes]()
	marshalerType  = reflect.TypeFor[json.Marshaler]()
)

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	s := newShape(t)
	shapes.Store(t, s)
	return s
}

func newShape(t reflect.Type) *shape {
	s := &shape{extra: -1, quirky: growing[t.Name()], bare: bare[t.Name()]}
	if f, ok := t.FieldByName(mainMember[t.Name()]); ok {
		s.scalar = f.Index[0]
	}
	facts, known := modelFacts[t.Name()]
	if !known {
		s.own = t.Implements(marshalerType)
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Type == extraType {
			s.extra = i
			continue
		}
		if f.IsExported() {
			s.fields = append(s.fields, newField(t, f, facts))
		}
	}
	return s
}

func newField(t reflect.Type, f reflect.StructField, facts map[string]fact) field {
	name, _, _ := bytes.Cut([]byte(f.Tag.Get("json")), []byte(","))
	full := t.Name() + "." + string(name)
	r := field{
		index: f.Index[0], name: string(name), lead: "," + strconv.Quote(string(name)) + ":", kind: fieldOther, fact: facts[string(name)],
		habits: habits{odd[full], numbersInText[t.Name()], absent[full], shortened[full], oddTimes[full]},
	}
	switch {
	case string(name) == "-":
		r.kind = fieldEntries
	case f.Type == timestampType:
		r.kind = fieldTime
	case f.Type.Kind() == reflect.String:
		r.kind = fieldText
	case f.Type.Kind() == reflect.Pointer:
		r.kind = fieldPointer
	}
	return r
}

// model writes a struct.
func (e *encoder) model(v reflect.Value) {
	s := shapeOf(v.Type())
	switch {
	case s.own:
		e.marshal(v.Interface())
		return
	case s.bare && v.IsZero():
		e.b = append(e.b, "{}"...)
		return
	}
	var extra intercom.Extra
	if s.extra >= 0 && v.Field(s.extra).Len() > 0 {
		extra = v.Field(s.extra).Interface().(intercom.Extra)
	}
	e.b = append(e.b, '{')
	for i := range s.fields {
		e.field(&s.fields[i], v, extra)
	}
	if len(extra) > 0 {
		for _, name := range slices.Sorted(maps.Keys(extra)) {
			e.name(name)
			e.raw(extra[name])
		}
	}
	if e.quirks && s.quirky {
		e.name("insights_preview")
		e.b = append(e.b, `{"score":0.5,"labels":["new"]}`...)
	}
	e.b = append(e.b, '}')
}

func (e *encoder) field(f *field, v reflect.Value, extra intercom.Extra) {
	if e.version < f.since || f.until != 0 && e.version > f.until {
		return
	}
	value := v.Field(f.index)
	if f.kind == fieldEntries {
		e.entries(value)
		return
	}
	if extra != nil {
		if _, taken := extra[f.name]; taken {
			return
		}
	}
	switch {
	case f.nullable:
	case f.kind == fieldPointer && value.IsNil(), f.name == "id" && value.IsZero():
		return // The API leaves out what is never null, as the ids of built-in attributes.
	}
	lead := f.lead
	if e.b[len(e.b)-1] == '{' {
		lead = lead[1:]
	}
	e.b = append(e.b, lead...)
	switch {
	case e.quirks && e.quirk(f, value):
	case f.kind == fieldText:
		e.textField(f, value.String())
	case f.kind == fieldTime:
		e.time(f, timeOf(value))
	case f.kind == fieldOther && value.Kind() == reflect.Struct:
		e.model(value)
	case f.wire == asNumber && value.Kind() == reflect.Slice:
		e.ids(f, value)
	case f.as(e.version) == asScalar && !value.IsNil():
		e.text(value.Elem().Field(shapeOf(value.Type().Elem()).scalar).String())
	default:
		e.reflect(value)
	}
}

func (e *encoder) textField(f *field, s string) {
	if f.none {
		if s = unlessZero(s); s == "" && (e.quirks || !f.nullable) {
			s = "0"
		}
	}
	switch {
	case s == "" && f.nullable:
		e.b = append(e.b, "null"...)
	case e.isNumber(f) && isNumber(s):
		e.b = append(e.b, s...)
	default:
		e.text(s)
	}
}

// isNumber tells whether an id is a number in this version.
func (e *encoder) isNumber(f *field) bool {
	return (f.as(e.version) == asNumber) != (f.odd && e.quirks)
}

// ids writes a list of ids.
func (e *encoder) ids(f *field, v reflect.Value) {
	if e.empty(v.Len()) {
		return
	}
	for i := range v.Len() {
		e.b = append(e.b, "[,"[min(i, 1)])
		e.textField(f, v.Index(i).String())
	}
	e.b = append(e.b, ']')
}

// unlessZero is an id, "" for the "0" that stands for nobody.
func unlessZero(id string) string {
	if id == "0" {
		return ""
	}
	return id
}

// isNumber tells whether an id can be written as a JSON number.
func isNumber(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && n >= 0 && (s[0] != '0' || s == "0") && s[0] != '+'
}

// timeOf takes a moment out of a field, without a copy where that is possible.
func timeOf(value reflect.Value) intercom.Timestamp {
	if value.CanAddr() {
		return *value.Addr().Interface().(*intercom.Timestamp)
	}
	return value.Interface().(intercom.Timestamp)
}

func (e *encoder) time(f *field, t intercom.Timestamp) {
	kind, habit := f.as(e.version), f.habits.time
	if !e.quirks {
		habit = 0
	}
	switch {
	case t.IsZero() && (kind == asText && !f.nullable || habit == timeOrEmpty):
		e.text("")
	case t.IsZero():
		e.b = append(e.b, "null"...)
	case kind == asDate, habit == timeAsDate:
		e.text(t.Time().UTC().Format("2006-01-02T15:04:05.000-07:00"))
	case kind == asText, habit == timeInText:
		e.b = append(strconv.AppendInt(append(e.b, '"'), t.Unix(), 10), '"')
	case habit == timeAsFraction:
		e.b = append(strconv.AppendInt(e.b, t.Unix(), 10), ".0"...)
	default:
		e.b = strconv.AppendInt(e.b, t.Unix(), 10)
	}
}
