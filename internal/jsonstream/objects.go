package jsonstream

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// A Shape describes one object type to the functions that walk its members.
// It is made once and never changed.
type Shape struct {
	ID   int      // number of the type, counted from zero
	Name string   // Go name of the type, for messages
	Keys []string // names in the order of the documents, as they stand there: `"name":`
}

// An Order remembers the last object of a [Shape], for the next one to be read
// by comparing. It belongs to one decoder, which changes it while it reads.
type Order struct {
	// after says which member followed which: its element i+1 is the member
	// after member i, where -1 is the beginning and len(Keys) an unknown member.
	// It has room for every byte, so that no index of it is out of range.
	after [256]uint8

	// words are the last words of the members, as they stood there in quotes.
	words []string
}

// End is what [Decoder.First] and [Decoder.Next] return after the last member.
const End = -1

// maxKeys leaves room in a byte for an index that means an unknown member.
const maxKeys = 250

// Order returns the learned order of a type, for one object of it. Types that
// were given the same number by mistake guess wrong, and nothing else.
func (d *Decoder) Order(s *Shape) *Order {
	if s.ID < len(d.orders) && d.orders[s.ID] != nil {
		return d.orders[s.ID]
	}
	return d.newOrder(s)
}

// newOrder begins with the order of the keys.
func (d *Decoder) newOrder(s *Shape) *Order {
	if len(s.Keys) > maxKeys {
		panic(fmt.Sprintf("jsonstream: %s has more than %d members", s.Name, maxKeys))
	}
	order := &Order{words: slices.Repeat([]string{`""`}, len(s.Keys))}
	for i := range order.after {
		order.after[i] = uint8(i)
	}
	for len(d.orders) <= s.ID {
		d.orders = append(d.orders, nil)
	}
	d.orders[s.ID] = order
	return order
}

// First enters an object and returns the index of its first member, whose
// value is to be read then; len(s.Keys) if the type does not have the member,
// and [End] if there is none. Instead of an object it takes what
// [Decoder.Object] takes, and returns End.
func (d *Decoder) First(s *Shape, order *Order) int {
	if !d.Object() || !d.enter() {
		return End
	}
	if k, ok := d.guess(s, order, -1, d.pos); ok {
		return k
	}
	if !d.firstKey() {
		return End
	}
	return d.lookUp(s, order, -1)
}

// Next moves from the member last to the next one and returns its index as
// [Decoder.First] does. If the value of last, or an element of it, did not fit,
// Next puts the text of the value into extra under the name of the member.
func (d *Decoder) Next(s *Shape, order *Order, last int, extra *map[string]json.RawMessage) int {
	if d.keep == 0 && d.data[d.pos] == ',' {
		if k, ok := d.guess(s, order, last, d.pos+1); ok {
			return k
		}
	}
	return d.nextUnguessed(s, order, last, extra)
}

// nextUnguessed is the rest of Next for members that come in another order, and
// for the end.
func (d *Decoder) nextUnguessed(s *Shape, order *Order, last int, extra *map[string]json.RawMessage) int {
	if d.keep != 0 {
		d.keepMisfit(s, last, extra)
	}
	if !d.nextKey() {
		return End
	}
	return d.lookUp(s, order, last)
}

// guess reads the member that followed last the previous time, if it is the
// one at offset i. Comparing it with the expected text costs a fraction of
// reading a name and looking it up.
func (d *Decoder) guess(s *Shape, order *Order, last, i int) (int, bool) {
	if k := int(order.after[uint8(last+1)]); k < len(s.Keys) {
		if key := s.Keys[k]; d.comes(i, key) {
			d.pos = i + len(key)
			return k, true
		}
	}
	return 0, false
}

// comes tells whether the text is the one at offset i.
func (d *Decoder) comes(i int, text string) bool {
	return len(d.data)-i >= len(text) && string(d.data[i:i+len(text)]) == text
}

// lookUp finds the name that was read and remembers that it came after last.
func (d *Decoder) lookUp(s *Shape, order *Order, last int) int {
	k := s.indexAfter(last, d.key)
	order.after[uint8(last+1)] = uint8(k)
	return k
}

// indexAfter returns the index of a name, len(s.Keys) if the type does not have
// it. It looks at those first that come after the member last: where objects
// differ from one to the next, they mostly leave members out.
func (s *Shape) indexAfter(last int, name []byte) int {
	k := last
	for range s.Keys {
		if k++; k >= len(s.Keys) {
			k = 0
		}
		key := s.Keys[k]
		if len(key) == len(name)+3 && key[1:len(key)-2] == string(name) {
			return k
		}
	}
	return len(s.Keys)
}

// keepMisfit copies the value that was just read to extra.
func (d *Decoder) keepMisfit(s *Shape, last int, extra *map[string]json.RawMessage) {
	if extra != nil && last < len(s.Keys) && d.err == nil {
		key := s.Keys[last]
		store(extra, key[1:len(key)-2], d.data[d.keep:d.pos])
	}
	d.keep = 0
}

// Unknown reads the value of a member that the type does not have and puts it
// into extra under its name, unless it is null. It takes a nil extra, which
// keeps nothing.
func (d *Decoder) Unknown(extra *map[string]json.RawMessage) {
	name := d.word(d.key)
	kind := d.Kind()
	start := d.pos
	d.Skip()
	if d.err != nil {
		return
	}
	d.unknowns.note(start, "", kind)
	if extra != nil && kind != Null {
		store(extra, name, d.data[start:d.pos])
	}
}

func store(extra *map[string]json.RawMessage, name string, text []byte) {
	if *extra == nil {
		*extra = make(map[string]json.RawMessage)
	}
	(*extra)[name] = bytes.Clone(text)
}

// Object reports whether an object comes next, which is left to be read. It
// reads null, "" and [] and notes anything else as a misfit.
func (d *Decoder) Object() bool {
	if d.next() == '{' {
		return true
	}
	d.noObject()
	return false
}

func (d *Decoder) noObject() {
	if d.usualEmpty() {
		return
	}
	if !d.Empty() {
		d.misfit(d.pos, "object")
	}
}

// Scalar reports whether a number or a string that is not empty comes next,
// which is left to be read. It is for objects that are sometimes given by
// their id or their URL alone.
func (d *Decoder) Scalar() bool {
	switch d.Kind() {
	case Number:
		return true
	case String:
		return d.data[d.pos+1] != '"'
	}
	return false
}

// Empty reads null, "" or [] if one of them comes next, and tells so.
func (d *Decoder) Empty() bool {
	switch d.next() {
	case 'n':
		return d.literal("null")
	case '"':
		if d.data[d.pos+1] == '"' {
			d.pos += 2
			return true
		}
	case '[':
		start := d.pos
		d.pos++
		if d.next() == ']' {
			d.pos++
			return true
		}
		d.pos = start
	}
	return false
}

// Null reads null if it comes next, and tells so.
func (d *Decoder) Null() bool {
	return d.next() == 'n' && d.literal("null")
}

// openObject enters the object that comes next and reads the name of its first
// member; false if it has none.
func (d *Decoder) openObject() bool {
	return d.enter() && d.firstKey()
}

// firstKey reads the name of the first member; false if there is none.
func (d *Decoder) firstKey() bool { return d.firstMember() && d.readKey() }

// firstMember moves to the name of the first member; false if there is none.
func (d *Decoder) firstMember() bool {
	if d.next() == '}' {
		d.leave()
		return false
	}
	return true
}

// nextKey reads the name of the next member; false after the last one.
func (d *Decoder) nextKey() bool { return d.nextMember() && d.readKey() }

// nextMember moves to the name of the next member; false after the last one.
func (d *Decoder) nextMember() bool {
	switch d.next() {
	case ',':
		d.pos++
		return true
	case '}':
		d.leave()
	default:
		d.fail("expected a comma or the end of the object")
	}
	return false
}

// readKey reads a name and the colon after it.
func (d *Decoder) readKey() bool {
	if d.next() != '"' {
		d.fail("expected a name in quotes")
		return false
	}
	d.key = d.quoted()
	if d.next() != ':' {
		d.fail("expected a colon")
		return false
	}
	d.pos++
	return true
}

// enter reads the bracket that opens an object or an array.
func (d *Decoder) enter() bool {
	if d.depth == maxDepth {
		d.fail("nested too deep")
		return false
	}
	d.depth++
	d.pos++
	return true
}

// leave reads the bracket that closes it.
func (d *Decoder) leave() {
	d.depth--
	d.pos++
}
