package jsonstream

// Objects reads an array of objects. Elements that are null, "" or [] are left
// out, as is anything else that is not an object; for such a misfit the text
// of the whole array is kept by the enclosing object.
func Objects[T any](d *Decoder, decode func(*T, *Decoder)) []T {
	var list []T
	w := d.walkList()
	for d.nextObject(&w) {
		if len(list) == cap(list) {
			longer := make([]T, len(list), d.room(len(list), w.start))
			copy(longer, list)
			list = longer
		}
		list = list[:len(list)+1]
		decode(&list[len(list)-1], d)
	}
	return list
}

// List reads an array of scalars, each by the method that read stands for,
// such as (*Decoder).String. Elements that do not fit are left out; for such a
// misfit the text of the whole array is kept by the enclosing object.
func List[T any](d *Decoder, read func(*Decoder) T) []T {
	var list []T
	misfits := false
	start, more := d.openList()
	for ; more; more = d.nextElement() {
		if value := read(d); !d.takeMisfit() {
			list = append(list, value)
		} else {
			misfits = true
		}
	}
	d.closeList(start, misfits)
	return list
}

// ObjectMap reads an object of which every member is an object, by name. It
// treats members as [Objects] treats elements.
func ObjectMap[T any](d *Decoder, decode func(*T, *Decoder)) map[string]T {
	return readMap(d, func(d *Decoder) (value T, ok bool) {
		if ok = d.Object(); ok {
			decode(&value, d)
		}
		return value, ok
	})
}

// Map reads an object of which every member is a scalar, by name. It treats
// members as [List] treats elements.
func Map[T any](d *Decoder, read func(*Decoder) T) map[string]T {
	return readMap(d, func(d *Decoder) (T, bool) { return read(d), true })
}

// readMap reads an object by name; read returns false for what is left out.
func readMap[T any](d *Decoder, read func(*Decoder) (T, bool)) map[string]T {
	if !d.Object() {
		return nil
	}
	var values map[string]T
	misfits := false
	start := d.pos
	for more := d.openObject(); more; more = d.nextKey() {
		name := d.word(d.key)
		value, ok := read(d)
		if d.takeMisfit() {
			misfits = true
		} else if ok {
			if values == nil {
				values = make(map[string]T)
			}
			values[name] = value
		}
	}
	d.closeList(start, misfits)
	return values
}

// A listWalk is where nextObject is in an array. It keeps the code small that
// there is for every type of element.
type listWalk struct {
	start   int // offset of the array
	inside  bool
	entered bool // and the first element was not looked at
	misfits bool
}

// walkList enters the array that comes next.
func (d *Decoder) walkList() (w listWalk) {
	w.start, w.inside = d.openList()
	w.entered = w.inside
	return w
}

// nextObject moves to the next element that is an object, which is left to be
// read; false after the last one.
func (d *Decoder) nextObject(w *listWalk) bool {
	for w.inside {
		if !w.entered && !d.nextElement() {
			break
		}
		w.entered = false
		if d.Object() {
			return true
		}
		w.misfits = d.takeMisfit() || w.misfits
	}
	d.closeList(w.start, w.misfits)
	return false
}

// openList enters the array that comes next. It returns the offset of the
// array and whether it has an element.
func (d *Decoder) openList() (start int, more bool) {
	if d.next() != '[' {
		if !d.Empty() {
			d.misfit(d.pos, "array")
		}
		return 0, false
	}
	start = d.pos
	return start, d.openArray()
}

// takeMisfit reports whether the element that was just read did not fit. It
// takes the note away from the next element, which has its own members.
func (d *Decoder) takeMisfit() bool {
	taken := d.keep != 0
	d.keep = 0
	return taken
}

// closeList leaves a note for the enclosing object to keep the whole list.
func (d *Decoder) closeList(start int, misfits bool) {
	if misfits {
		d.keep = start
	}
}

// room returns the capacity for a list that is full with have elements. The
// list that a page consists of is guessed from the bytes that are left; one
// nested in its elements is doubled, since most of what is left is not its.
func (d *Decoder) room(have, start int) int {
	const (
		pageDepth = 3    // of the array in {"parts": {"parts": [
		maxAhead  = 1024 // elements, whatever the first ones promise
	)
	if have < 4 || d.depth > pageDepth {
		return max(2, 2*have)
	}
	bytesEach := (d.pos-start)/have + 1
	ahead := min((d.size-d.pos)/bytesEach+1, maxAhead)
	return have + max(ahead, have/4)
}

// openArray enters the array that comes next; false if it has no element.
func (d *Decoder) openArray() bool {
	if !d.enter() {
		return false
	}
	if d.next() == ']' {
		d.leave()
		return false
	}
	return true
}

// nextElement moves to the next element; false after the last one.
func (d *Decoder) nextElement() bool {
	switch d.next() {
	case ',':
		d.pos++
		return true
	case ']':
		d.leave()
	default:
		d.fail("expected a comma or the end of the array")
	}
	return false
}
