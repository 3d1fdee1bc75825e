package jsonstream

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// Skip reads any value and checks that it is JSON.
//
// The functions below do it from offset to offset, without the fields that
// reading values goes by: what is skipped is most of some documents. After a
// syntax error they return the offset of the padding, which is nothing that
// any of them goes on with.
func (d *Decoder) Skip() {
	d.next()
	if d.pos < d.plain.from {
		d.lookAhead(d.pos) // what was read is skipped after all
	}
	d.pos = d.skipValue(d.pos, d.depth)
}

// A span is a part of the document, from one offset to another.
type span struct{ from, to int }

// lookAhead finds the next backslash from offset i on. Strings that end before it
// have no escapes, and looking for one byte is so much quicker than looking for
// several that to do it beforehand pays for itself.
func (d *Decoder) lookAhead(i int) {
	d.plain = span{i, d.size}
	if n := bytes.IndexByte(d.data[i:d.size], '\\'); n >= 0 {
		d.plain.to = i + n
	}
}

// skipValue returns the offset after the value at offset i.
func (d *Decoder) skipValue(i, depth int) int {
	switch data := d.data; kinds[data[i]] {
	case String:
		return d.skipString(i + 1)
	case Number:
		return d.skipNumber(i)
	case Object:
		if depth < maxDepth {
			return d.skipObject(i+1, depth+1)
		}
		return d.refuse(i, "nested too deep")
	case Array:
		if depth < maxDepth {
			return d.skipArray(i+1, depth+1)
		}
		return d.refuse(i, "nested too deep")
	case Null:
		if binary.LittleEndian.Uint32(data[i:i+4]) == textNull {
			return i + 4
		}
	case Bool:
		if binary.LittleEndian.Uint32(data[i:i+4]) == textTrue {
			return i + 4
		}
		if binary.LittleEndian.Uint32(data[i+1:i+5]) == textAlse && data[i] == 'f' {
			return i + 5
		}
	default:
		return d.refuse(i, "expected a value")
	}
	return d.refuse(i, "invalid literal")
}

// The literals as four bytes are loaded.
const (
	textNull = 'n' | 'u'<<8 | 'l'<<16 | 'l'<<24
	textTrue = 't' | 'r'<<8 | 'u'<<16 | 'e'<<24
	textAlse = 'a' | 'l'<<8 | 's'<<16 | 'e'<<24
)

// refuse notes a syntax error and returns the offset of the padding.
func (d *Decoder) refuse(i int, what string) int {
	d.failAt(i, what)
	return d.size
}

// skipObject returns the offset after an object, of which the bracket was read.
func (d *Decoder) skipObject(i, depth int) int {
	data := d.data
	if data[i] <= ' ' {
		i = d.skipSpaceAt(i)
	}
	if data[i] == '}' {
		return i + 1
	}
	for {
		if data[i] != '"' {
			return d.refuse(i, "expected a name in quotes")
		}
		i = d.skipString(i + 1)
		if data[i] != ':' {
			if i = d.skipSpaceAt(i); data[i] != ':' {
				return d.refuse(i, "expected a colon")
			}
		}
		i++
		if data[i] <= ' ' {
			i = d.skipSpaceAt(i)
		}
		if data[i] == '"' {
			i = d.skipString(i + 1)
		} else {
			i = d.skipValue(i, depth)
		}
		if data[i] <= ' ' {
			i = d.skipSpaceAt(i)
		}
		if data[i] == '}' {
			return i + 1
		}
		if data[i] != ',' {
			return d.refuse(i, "expected a comma or the end of the object")
		}
		i++
		if data[i] <= ' ' {
			i = d.skipSpaceAt(i)
		}
	}
}

// skipArray returns the offset after an array, of which the bracket was read.
func (d *Decoder) skipArray(i, depth int) int {
	data := d.data
	if data[i] <= ' ' {
		i = d.skipSpaceAt(i)
	}
	if data[i] == ']' {
		return i + 1
	}
	for {
		i = d.skipValue(i, depth)
		if data[i] <= ' ' {
			i = d.skipSpaceAt(i)
		}
		if data[i] == ']' {
			return i + 1
		}
		if data[i] != ',' {
			return d.refuse(i, "expected a comma or the end of the array")
		}
		i++
		if data[i] <= ' ' {
			i = d.skipSpaceAt(i)
		}
	}
}

// skipSpaceAt returns the offset after the white space at offset i.
func (d *Decoder) skipSpaceAt(i int) int {
	for {
		switch d.data[i] {
		case ' ', '\n', '\r', '\t':
			i++
		default:
			return i
		}
	}
}

// skipString returns the offset after a string of which the first quote was read.
func (d *Decoder) skipString(start int) int {
	data := d.data
	for i := start; ; i += 8 {
		w := binary.LittleEndian.Uint64(data[i : i+8])
		// This is special without the backslashes.
		if found := ((w ^ quoteToEnd) - belowEnd) &^ w & highBits; found != 0 {
			i += bits.TrailingZeros64(found) / 8
			if data[i] == '"' && i < d.plain.to {
				return i + 1
			}
			return d.skipEscaped(start)
		}
	}
}

// skipEscaped is skipString for strings with escapes, or beyond the part of the
// document that is known to have none.
func (d *Decoder) skipEscaped(i int) int {
	data := d.data
	for {
		i, _ = d.scan(i)
		if data[i] != '\\' {
			break
		}
		_, size := d.escape(i)
		if size == 0 {
			return d.size
		}
		i += size
	}
	if d.err != nil {
		return d.size
	}
	d.lookAhead(i + 1)
	return i + 1
}

// skipNumber returns the offset after a number.
func (d *Decoder) skipNumber(start int) int {
	data := d.data
	i := start
	for data[i]-'0' <= 9 {
		i++
	}
	if c := data[i]; i > start && (data[start] != '0' || i == start+1) && c != '.' && c|0x20 != 'e' {
		return i
	}
	n := numberLength(data[start:])
	if n == 0 {
		return d.refuse(start, "invalid number")
	}
	return start + n
}
