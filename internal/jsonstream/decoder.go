package jsonstream

import (
	"encoding/binary"
	"strings"
	"sync"
)

const (
	// padding is the number of zero bytes after the document. They end every
	// loop over its bytes without a check of the length, and let eight bytes
	// be loaded from any offset of it.
	padding = 8

	// maxDepth is the nesting that encoding/json accepts, too.
	maxDepth = 10000

	// maxPooled is the largest buffer that stays with a pooled decoder.
	maxPooled = 1 << 20
)

// A Decoder reads one JSON document from the front to the end. Get one with
// [Get] or [GetCopy] and give it back with [Decoder.Release].
//
// Its methods come in two kinds. Those that read a value ([Decoder.String],
// [Decoder.Int], …) take whatever comes: a value that does not fit is skipped,
// noted, and kept by the enclosing object. Those that walk (First, Next and
// the functions for lists) stop at the first syntax error. After one, every
// method returns at once with a zero value and every loop ends, so that only
// [Decoder.Finish] has to be asked for it.
type Decoder struct {
	data  []byte // the document and its padding
	size  int    // length of the document
	pos   int    // offset of the next byte; size after a syntax error
	depth int    // number of open objects and arrays

	// keep is the offset of a value that did not fit and that the enclosing
	// object has yet to keep. Zero means none: what begins at offset zero is
	// the document, which nothing encloses.
	keep int

	plain span // has no backslash, as far as Skip has looked

	key []byte // name of the current member, unless it was guessed

	err      *SyntaxError
	misfits  sightings
	unknowns sightings

	packed   strings.Builder // chunk that small strings are packed in
	integers []int           // rest of a slab for IntPointer, and so on
	floats   []float64
	booleans []bool

	// What follows survives Release.

	orders  []*Order       // learned orders by Shape.ID
	words   [256]wordPlace // words by their hash
	scratch []byte         // text of a string with escapes
	members int            // length of the last list of Members
	names   []string       // names in it, as they stood there in quotes
	own     []byte         // buffer of GetCopy
	copied  bool           // data is own
}

// A wordPlace is a place in the table of words.
type wordPlace struct {
	word   string
	missed uint32 // checksum of the last word that was not found here
}

var pool = sync.Pool{New: func() any { return new(Decoder) }}

// Get returns a decoder over body. It takes the slice over until Release: the
// spare capacity is overwritten with padding, or the body moves to a larger
// array when there is none. For bytes of somebody else use [GetCopy].
func Get(body []byte) *Decoder {
	d := pool.Get().(*Decoder)
	d.copied = false
	d.reset(body)
	return d
}

// GetCopy is [Get] for bytes that belong to somebody else, such as those that
// encoding/json hands to UnmarshalJSON: they are copied to a pooled buffer.
func GetCopy(data []byte) *Decoder {
	d := pool.Get().(*Decoder)
	d.copied = true
	d.reset(append(d.own[:0], data...))
	return d
}

func (d *Decoder) reset(body []byte) {
	d.size = len(body)
	d.data = append(body, make([]byte, padding)...)
	d.pos, d.depth, d.keep = 0, 0, 0
	d.plain = span{} // the first string that is skipped looks further
}

// Release gives the decoder back. It returns the body given to [Get], or the
// larger array that it moved to, so that its owner can use it again; nil after
// [GetCopy]. Decoder and body are not to be touched through d afterwards; what
// was decoded holds on to neither.
func (d *Decoder) Release() []byte {
	body := d.data[:d.size]
	if d.copied {
		d.own, body = body, nil
		if cap(d.own) > maxPooled {
			d.own = nil
		}
	}
	if cap(d.scratch) > maxPooled {
		d.scratch = nil
	}
	d.data, d.key, d.err = nil, nil, nil
	d.misfits, d.unknowns = sightings{}, sightings{}
	d.packed = strings.Builder{}
	d.integers, d.floats, d.booleans = nil, nil, nil
	pool.Put(d)
	return body
}

// Finish checks that only white space is left and returns the [SyntaxError] of
// the document, if it has one.
func (d *Decoder) Finish() error {
	if d.err == nil && (d.next() != 0 || d.pos != d.size) {
		d.fail("unexpected text after the value")
	}
	if d.err == nil {
		return nil
	}
	d.err.Path = pathTo(d.data[:d.size], d.err.Offset, true)
	return d.err
}

// fail notes a syntax error at the current offset and moves to the padding,
// where nothing finds anything to read.
func (d *Decoder) fail(what string) {
	d.failAt(d.pos, what)
}

func (d *Decoder) failAt(offset int, what string) {
	if d.err == nil {
		if offset >= d.size {
			offset, what = d.size, "unexpected end of the document"
		}
		d.err = &SyntaxError{Offset: offset, What: what}
	}
	d.pos = d.size
}

// next moves past white space to the next byte and returns it without reading
// it; zero at the end.
func (d *Decoder) next() byte {
	if c := d.data[d.pos]; c > ' ' {
		return c
	}
	return d.skipSpace()
}

func (d *Decoder) skipSpace() byte {
	for {
		switch c := d.data[d.pos]; c {
		case ' ', '\n', '\r', '\t':
			d.pos++
		default:
			return c
		}
	}
}

// Texts as they are loaded.
const (
	nullText   = 'n' | 'u'<<8 | 'l'<<16 | 'l'<<24
	trueText   = 't' | 'r'<<8 | 'u'<<16 | 'e'<<24
	noText     = '"' | '"'<<8
	noElements = '[' | ']'<<8
)

// four are the next four bytes. Comparing them with a text costs a fraction of
// reading it.
func (d *Decoder) four() uint32 {
	return binary.LittleEndian.Uint32(d.data[d.pos : d.pos+4])
}

// usualEmpty is [Decoder.Empty] where no white space comes before or within. A
// third of the values of an answer are null.
func (d *Decoder) usualEmpty() bool {
	switch w := d.four(); {
	case w == nullText:
		d.pos += 4
	case uint16(w) == noText, uint16(w) == noElements:
		d.pos += 2
	default:
		return false
	}
	return true
}

// literal reads null, true or false, of which only the first letter is known.
func (d *Decoder) literal(name string) bool {
	if string(d.data[d.pos:d.pos+len(name)]) != name {
		d.fail("invalid literal")
		return false
	}
	d.pos += len(name)
	return true
}
