package jsonstream

import "encoding/json"

// Pointers is [Objects] with each element in memory of its own, so that one
// element that is kept does not keep the others.
func Pointers[T any](d *Decoder, decode func(*T, *Decoder)) []*T {
	var list []*T
	w := d.walkList()
	for d.nextObject(&w) {
		if len(list) == cap(list) {
			longer := make([]*T, len(list), d.room(len(list), w.start))
			copy(longer, list)
			list = longer
		}
		element := new(T)
		decode(element, d)
		list = append(list, element)
	}
	return list
}

// Entry reads the value of a member that the type does not name into entries,
// under the name of the member; what is no object goes to extra.
func Entry[T any](d *Decoder, entries *map[string]T, decode func(*T, *Decoder), extra *map[string]json.RawMessage) {
	if d.Kind() != Object {
		d.Unknown(extra)
		return
	}
	name := d.word(d.key)
	var value T
	decode(&value, d)
	if *entries == nil {
		*entries = make(map[string]T)
	}
	(*entries)[name] = value
}
