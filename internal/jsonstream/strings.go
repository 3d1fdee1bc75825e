package jsonstream

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// chunkSize is the size of the chunks that small strings are packed in.
	// A string that is kept keeps no more than its chunk in memory, and none
	// keeps the document.
	chunkSize = 4096

	// packedMax is the length of the longest string that is packed.
	packedMax = 256

	// wordMax is the length of the longest string that is remembered.
	wordMax = 32
)

// String reads a string. It takes a number or a boolean as its text, and null,
// "" and [] as the empty string.
func (d *Decoder) String() string {
	if d.next() == '"' {
		return d.pack(d.quoted())
	}
	return d.pack(d.lenientText())
}

// Word is [Decoder.String] for members with few different values, such as
// types and states: a value that was read twice costs no memory from then on.
func (d *Decoder) Word() string {
	if d.next() == '"' {
		return d.word(d.quoted())
	}
	return d.word(d.lenientText())
}

// ReadString is [Decoder.String] into a field, which makes for less code where
// there are hundreds of them.
func (d *Decoder) ReadString(field *string) {
	if d.next() == '"' {
		*field = d.pack(d.quoted())
		return
	}
	if d.usualEmpty() {
		*field = ""
		return
	}
	*field = d.pack(d.lenientText())
}

// ReadWord is [Decoder.Word] into the field of member k. It looks first whether
// the value is that of the last object, which it mostly is.
func (d *Decoder) ReadWord(field *string, order *Order, k int) {
	if k < len(order.words) {
		if word := order.words[k]; d.comes(d.pos, word) {
			d.pos += len(word)
			*field = word[1 : len(word)-1]
			return
		}
	}
	d.readNewWord(field, order, k)
}

func (d *Decoder) readNewWord(field *string, order *Order, k int) {
	if d.next() == '"' {
		start := d.pos + 1
		text := d.quoted()
		word := d.known(text)
		if word == "" {
			*field = d.pack(text)
			return
		}
		*field = word[1 : len(word)-1]
		if k < len(order.words) && d.stands(text, start) {
			order.words[k] = word
		}
		return
	}
	if d.usualEmpty() {
		*field = ""
		return
	}
	*field = d.word(d.lenientText())
}

// lenientText returns the text of what comes instead of a string.
func (d *Decoder) lenientText() []byte {
	start := d.pos
	switch d.Kind() {
	case Null:
		d.literal("null")
		return nil
	case Number:
		return d.number()
	case Bool:
		d.boolean()
		return d.data[start:d.pos]
	}
	if !d.Empty() {
		d.misfit(start, "string")
	}
	return nil
}

// pack copies text to the current chunk, or to memory of its own.
func (d *Decoder) pack(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	if len(text) > packedMax {
		return string(text)
	}
	if d.packed.Cap()-d.packed.Len() < len(text) {
		// What is left of the document bounds what can still be needed.
		size := min(chunkSize, (d.size-d.pos)/2)
		d.packed = strings.Builder{}
		d.packed.Grow(max(size, len(text)))
	}
	start := d.packed.Len()
	d.packed.Write(text)
	return d.packed.String()[start:]
}

// stands tells whether a text that is not empty stands at an offset of the
// document as it is, without escapes.
func (d *Decoder) stands(text []byte, start int) bool { return &text[0] == &d.data[start] }

// word returns text as a string that costs no memory if it was read before.
func (d *Decoder) word(text []byte) string {
	if word := d.known(text); word != "" {
		return word[1 : len(word)-1]
	}
	return d.pack(text)
}

// known looks text up in a table with one place for every hash, and returns it
// in quotes, or "" if it is not there. A word takes the place of another when
// it comes there twice in a row, so that those that come only once, such as
// ids, drive none away.
func (d *Decoder) known(text []byte) string {
	n := len(text)
	if n == 0 || n > wordMax {
		return ""
	}
	hash := uint(n)*31 + uint(text[0])*7 + uint(text[n/2])*17 + uint(text[n-1])*131
	place := &d.words[hash%uint(len(d.words))]
	if word := place.word; len(word) == n+2 && word[1:n+1] == string(text) {
		return word
	}
	if mark := checksum(text); place.missed != mark {
		place.missed = mark
		return ""
	}
	place.word = `"` + string(text) + `"`
	return place.word
}

// checksum tells words apart that share a place.
func checksum(text []byte) uint32 {
	sum := uint32(len(text))
	for _, c := range text {
		sum = sum*16777619 ^ uint32(c)
	}
	return sum
}

// quoted reads a string and returns its text, which stays valid until the next
// string is read.
func (d *Decoder) quoted() []byte {
	start := d.pos + 1
	end, seen := d.scan(start)
	if d.data[end] == '"' && seen&highBits == 0 {
		d.pos = end + 1
		return d.data[start:end]
	}
	return d.unquote(start, end, seen)
}

// Patterns of eight equal bytes.
const (
	lowBits     = 0x0101010101010101
	highBit     = 0x80
	highBits    = highBit * lowBits
	backslashes = '\\' * lowBits
	quoteToEnd  = ('"' ^ ' ') * lowBits // makes a quote a space, and of what is below one nothing else
	belowEnd    = (' ' + 1) * lowBits
)

// special finds the quotes, backslashes and control characters among eight
// bytes: the lowest bit that is set is the high bit of the first of them.
//
// Subtracting borrows from the high bit of every byte that is smaller: than one
// after the backslashes have become zero, than a space and one after the quotes
// have become spaces. Bytes outside ASCII, which have the bit set anyway, are
// left out. A borrow may mark further bytes by mistake, but only above the first
// one.
func special(w uint64) uint64 {
	return (((w ^ quoteToEnd) - belowEnd) | ((w ^ backslashes) - lowBits)) &^ w & highBits
}

// scan finds the first quote, backslash or control character from offset i on.
// The high bits of seen tell whether there are bytes outside ASCII before it.
// A control character, the padding included, is a syntax error, and what is
// found then is the padding.
func (d *Decoder) scan(i int) (end int, seen uint64) {
	data := d.data
	for {
		w := binary.LittleEndian.Uint64(data[i : i+8])
		found := special(w)
		if found == 0 {
			seen |= w
			i += 8
			continue
		}
		shift := bits.TrailingZeros64(found) &^ 7
		i += shift / 8
		if byte(w>>shift) < ' ' {
			d.failAt(i, "control character in a string")
			return d.size, 0
		}
		return i, seen | w&(1<<shift-1)
	}
}

// unquote is the rest of quoted for strings with escapes or with bytes outside
// ASCII: end and seen are what scan found at start.
func (d *Decoder) unquote(start, end int, seen uint64) []byte {
	text := d.data[start:end]
	if d.data[end] == '\\' {
		text, end, seen = d.unescape(start, end, seen)
	}
	if d.err != nil {
		return nil
	}
	d.pos = end + 1
	if seen&highBits != 0 && !utf8.Valid(text) {
		// One U+FFFD for every byte that is wrong, as encoding/json has it.
		text = []byte(string([]rune(string(text))))
	}
	return text
}

// unescape copies the text at start to a buffer of its own while it looks for
// the end. There is an escape at offset i.
func (d *Decoder) unescape(start, i int, seen uint64) (text []byte, end int, seenAll uint64) {
	data := d.data
	text = append(d.scratch[:0], data[start:i]...)
	n := len(text)
	text = text[:cap(text)]
	for {
		// Eight bytes are copied whether they belong to the string or not, and
		// an escape may follow them.
		if n+16+utf8.UTFMax > len(text) {
			text = append(text, make([]byte, len(text)+64)...)
		}
		w := binary.LittleEndian.Uint64(data[i : i+8])
		binary.LittleEndian.PutUint64(text[n:n+8], w)
		found := special(w)
		if found == 0 { // Mostly text comes without escapes for a while.
			seen |= w
			i += 8
			n += 8
			w = binary.LittleEndian.Uint64(data[i : i+8])
			binary.LittleEndian.PutUint64(text[n:n+8], w)
			if found = special(w); found == 0 {
				seen |= w
				i += 8
				n += 8
				continue
			}
		}
		shift := bits.TrailingZeros64(found) &^ 7
		seen |= w & (1<<shift - 1)
		i += shift / 8
		n += shift / 8
		if data[i] != '\\' {
			break
		}
		if c := short[data[i+1]]; c != 0 {
			text[n] = c
			i += 2
			n++
			continue
		}
		r, size := d.escape(i)
		if size == 0 {
			return nil, 0, 0
		}
		i += size
		n += utf8.EncodeRune(text[n:], r)
	}
	d.scratch = text
	if data[i] < ' ' {
		d.failAt(i, "control character in a string")
	}
	return text[:n], i, seen
}

// short has the characters that escapes of two bytes stand for, by the second.
var short = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape returns the character that the escape at offset i stands for and the
// length of the escape; zero after a syntax error.
func (d *Decoder) escape(i int) (r rune, size int) {
	if c := short[d.data[i+1]]; c != 0 {
		return rune(c), 2
	}
	if d.data[i+1] == 'u' {
		r = hex4(d.data[i+2:])
	} else {
		r = -1
	}
	if r < 0 {
		d.failAt(i, "invalid escape in a string")
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if next := d.data[i+6:]; next[0] == '\\' && next[1] == 'u' {
		if r = utf16.DecodeRune(r, hex4(next[2:])); r != utf8.RuneError {
			return r, 12
		}
	}
	return utf8.RuneError, 6 // half of a pair
}

// hex4 returns the value of four hexadecimal digits, or a negative number. Fewer
// than four bytes before the end are followed by padding, which is no digit.
func hex4(text []byte) rune {
	return hexDigit(text[0])<<12 | hexDigit(text[1])<<8 | hexDigit(text[2])<<4 | hexDigit(text[3])
}

// hexDigit returns the value of a hexadecimal digit, or -1.
func hexDigit(c byte) rune {
	if c -= '0'; c <= 9 {
		return rune(c)
	}
	if c = (c + '0') | 0x20 - 'a'; c <= 5 {
		return rune(c) + 10
	}
	return -1
}
