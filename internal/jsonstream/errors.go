package jsonstream

import (
	"fmt"
	"strconv"
	"strings"
)

// A SyntaxError says where and why a document is not JSON. It quotes no values,
// and of the names of members only those that can't be an id or an address, so
// that it may be logged.
type SyntaxError struct {
	Offset int    // of the byte that does not belong there
	Path   string // of the value around it, such as data[3].name
	What   string // what is wrong with it
}

// Error is one line of text.
func (e *SyntaxError) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("invalid JSON: %s at offset %d", e.What, e.Offset)
	}
	return fmt.Sprintf("invalid JSON: %s at offset %d in %s", e.What, e.Offset, e.Path)
}

// A Drift is the first place where a document is not what the types expect,
// and the number of such places.
type Drift struct {
	Path     string // of the value, such as data[3].avatar.image_url
	Offset   int    // where the value begins
	Expected string // "string", "integer", "number", "boolean", "time", "object" or "array"; "" if the member is unknown
	Got      Kind
	Count    int
}

// sightings is what is noted of a [Drift] on the way; the path is worked out
// when somebody asks.
type sightings struct {
	count    int
	offset   int
	expected string
	got      Kind
}

func (s *sightings) note(offset int, expected string, got Kind) {
	if s.count == 0 {
		s.offset, s.expected, s.got = offset, expected, got
	}
	s.count++
}

// FirstMisfit returns the first value that did not fit its type, if there was
// one. It is to be asked before Release.
func (d *Decoder) FirstMisfit() (Drift, bool) {
	return d.drift(d.misfits)
}

// FirstUnknown returns the first member that its type has no field for, if
// there was one. It is to be asked before Release.
func (d *Decoder) FirstUnknown() (Drift, bool) {
	return d.drift(d.unknowns)
}

func (d *Decoder) drift(s sightings) (Drift, bool) {
	if s.count == 0 {
		return Drift{}, false
	}
	path := pathTo(d.data[:d.size], s.offset, false)
	return Drift{Path: path, Offset: s.offset, Expected: s.expected, Got: s.got, Count: s.count}, true
}

// misfit skips the value from start on, which is not what was expected, and notes
// it for the drift and for the enclosing object to keep. Part of the value may
// have been read already, which may also have run into a syntax error.
func (d *Decoder) misfit(start int, expected string) {
	if d.err != nil {
		return
	}
	d.pos = start
	got := d.Kind()
	start = d.pos // without white space
	d.Skip()
	if d.err == nil {
		d.keep = start
		d.misfits.note(start, expected, got)
	}
}

// A step is one object or array on the way to a value.
type step struct {
	name  []byte // of the current member of an object, as it stands there
	named bool   // the name was read
	index int    // of the current element of an array; -1 in an object
}

const (
	maxPathSteps = 32 // of a path that is written out
	maxPathName  = 64 // bytes of a name in it
)

// pathTo describes where in the document an offset lies. Decoding keeps no
// path, which would cost every document what only odd ones need; all up to the
// offset was read once, so that little can be wrong here. A
// discreet path leaves out names that may be ids or addresses.
func pathTo(data []byte, offset int, discreet bool) string {
	var steps []step
	top := &step{}
	for i := 0; i < offset; i++ {
		switch data[i] {
		case '{', '[':
			steps = append(steps, step{})
			top = &steps[len(steps)-1]
			if data[i] == '{' {
				top.index = -1
			}
		case '}', ']':
			steps = steps[:max(len(steps)-1, 0)]
			top = &step{}
			if len(steps) > 0 {
				top = &steps[len(steps)-1]
			}
		case ',':
			if top.named = false; top.index >= 0 {
				top.index++
			}
		case '"':
			start := i + 1
			for i++; i < offset && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
			if top.index < 0 && !top.named && i < offset {
				top.name, top.named = data[start:i], true
			}
		}
	}
	return writePath(steps, discreet)
}

func writePath(steps []step, discreet bool) string {
	var path strings.Builder
	for i, s := range steps {
		switch {
		case i == maxPathSteps:
			path.WriteString("…")
			return path.String()
		case s.index >= 0:
			path.WriteString("[" + strconv.Itoa(s.index) + "]")
		case !s.named: // between two members
		case discreet && !isInnocent(s.name):
			path.WriteString("[…]")
		case isPlainName(s.name):
			if path.Len() > 0 {
				path.WriteByte('.')
			}
			path.Write(s.name)
		default:
			name := s.name[:min(len(s.name), maxPathName)]
			path.WriteString("[" + strconv.Quote(string(name)) + "]")
		}
	}
	return path.String()
}

func isPlainName(name []byte) bool {
	for _, c := range name {
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return len(name) > 0 && len(name) <= maxPathName
}

// isInnocent tells whether a name is one of a schema for sure: ids as names have
// more digits, and addresses are not plain.
func isInnocent(name []byte) bool {
	const most = 3
	digits := 0
	for _, c := range name {
		if '0' <= c && c <= '9' {
			digits++
		}
	}
	return digits <= most && isPlainName(name)
}
