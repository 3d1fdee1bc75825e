package jsonstream

import (
	"bytes"
	"encoding/json"
)

// A Kind is one of the kinds of JSON values.
type Kind uint8

// The kinds of values; Invalid is what does not begin a value.
const (
	Invalid Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

var kindNames = [...]string{"nothing", "null", "boolean", "number", "string", "array", "object"}

// String returns the name that JSON has for the kind.
func (k Kind) String() string {
	return kindNames[k]
}

// kinds has the kind of a value by its first byte.
var kinds = [256]Kind{
	'n': Null, 't': Bool, 'f': Bool, '"': String, '[': Array, '{': Object, '-': Number,
	'0': Number, '1': Number, '2': Number, '3': Number, '4': Number,
	'5': Number, '6': Number, '7': Number, '8': Number, '9': Number,
}

// Kind returns the kind of the value that comes next, by its first byte, and
// reads nothing.
func (d *Decoder) Kind() Kind {
	return kinds[d.next()]
}

// Text reads any value and returns its text, which is a part of the document:
// it is for those who keep the document.
func (d *Decoder) Text() []byte {
	d.next()
	start := d.pos
	d.Skip()
	if d.err != nil {
		return nil
	}
	return d.data[start:d.pos:d.pos]
}

// Raw reads any value and returns a copy of its text.
func (d *Decoder) Raw() json.RawMessage { return bytes.Clone(d.Text()) }

// Any reads any value as encoding/json does when it has no type to go by. A
// number that is too large for a float64 does not fit, and nil is returned.
func (d *Decoder) Any() any {
	switch d.Kind() {
	case String:
		return d.String()
	case Number:
		if v, ok := d.float(); ok {
			return v
		}
	case Bool:
		return d.boolean()
	case Null:
		d.literal("null")
	case Array:
		list := []any{}
		for more := d.openArray(); more; more = d.nextElement() {
			list = append(list, d.Any())
		}
		return list
	case Object:
		values := map[string]any{}
		for more := d.openObject(); more; more = d.nextKey() {
			name := d.word(d.key)
			values[name] = d.Any()
		}
		return values
	default:
		d.fail("expected a value")
	}
	return nil
}

// A Member is a member of an object whose names are not known beforehand.
type Member struct {
	Name string
	Kind Kind
	Text string // text of a String, or the JSON of anything else
}

// maxMembers bounds what a list promises for the next one.
const maxMembers = 64

// Members reads an object as the list of its members in their order. A name
// that comes twice is there twice, and the last one counts. Null, "" and []
// are nil, like an object without members.
func (d *Decoder) Members() []Member {
	if !d.Object() || !d.enter() || !d.firstMember() {
		return nil
	}
	// Objects of this kind come one after the other with the same members.
	list := make([]Member, 0, max(d.members, 1))
	for more := true; more; more = d.nextMember() {
		list = append(list, Member{Name: d.memberName(len(list)), Kind: d.Kind()})
		m := &list[len(list)-1]
		m.Text = d.memberText(m.Kind)
	}
	d.members = min(len(list), maxMembers)
	return list
}

// memberName reads the name of member i of a list, and the colon. It looks first
// whether it is that of the list before.
func (d *Decoder) memberName(i int) string {
	if i < len(d.names) {
		name := d.names[i]
		if end := d.pos + len(name); d.comes(d.pos, name) && d.data[end] == ':' {
			d.pos = end + 1
			return name[1 : len(name)-1]
		}
	}
	d.next()
	start := d.pos + 1
	if !d.readKey() {
		return ""
	}
	word := d.known(d.key)
	if word == "" {
		return d.pack(d.key)
	}
	if i < maxMembers && d.stands(d.key, start) {
		for len(d.names) <= i {
			d.names = append(d.names, `""`)
		}
		d.names[i] = word
	}
	return word[1 : len(word)-1]
}

func (d *Decoder) memberText(kind Kind) string {
	switch kind {
	case String:
		return d.pack(d.quoted())
	case Number:
		return d.pack(d.number())
	}
	start := d.pos
	d.Skip()
	text := d.data[start:d.pos]
	if kind == Bool || kind == Null {
		return d.word(text)
	}
	return d.pack(text)
}
