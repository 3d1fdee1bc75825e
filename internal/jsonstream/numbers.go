package jsonstream

import (
	"math"
	"strconv"
)

// plainInteger returns the value of what nearly all integers are, digits alone
// or with .0 behind them and few enough for 64 bits, and the offset after it,
// which is left for the caller to go to. The offset is zero if something else
// comes.
func (d *Decoder) plainInteger() (v int64, end int) {
	if d.next()-'0' > 9 {
		return 0, 0
	}
	v, end = d.digits(d.pos)
	if c := d.data[end]; c == '.' && end > 0 && d.data[end+1] == '0' && !inNumber(d.data[end+2]) {
		end += 2
	} else if c == '.' || c|0x20 == 'e' {
		return 0, 0
	}
	return v, end
}

// inNumber tells whether a byte may go on with a number that has begun.
func inNumber(c byte) bool {
	return c-'0' <= 9 || c == '.' || c|0x20 == 'e'
}

// quotedInteger is plainInteger for digits in a string, of which the first byte
// has been looked at.
func (d *Decoder) quotedInteger() (v int64, end int) {
	if d.data[d.pos] != '"' || d.data[d.pos+1]-'0' > 9 {
		return 0, 0
	}
	if v, end = d.digits(d.pos + 1); end == 0 || d.data[end] != '"' {
		return 0, 0
	}
	return v, end + 1
}

// digits returns the value of the digits at offset i, of which there is one at
// least, and the offset after them; zero if they are too many or do not begin
// an integer.
func (d *Decoder) digits(i int) (v int64, end int) {
	const maxDigits = 18
	data := d.data
	start := i
	for {
		c := data[i] - '0'
		if c > 9 {
			break
		}
		v = v*10 + int64(c)
		i++
	}
	if n := i - start; n > maxDigits || data[start] == '0' && n > 1 {
		return 0, 0
	}
	return v, i
}

// numeral reads a number, or a string that is one, and returns its text. It
// returns nil and reads nothing if something else comes.
func (d *Decoder) numeral() []byte {
	start := d.pos
	switch d.Kind() {
	case Number:
		return d.number()
	case String:
		text := d.quoted()
		if len(text) > 0 && numberLength(text) == len(text) {
			return text
		}
		if d.err == nil {
			d.pos = start
		}
	}
	return nil
}

// number reads a number and returns its text.
func (d *Decoder) number() []byte {
	if _, end := d.plainInteger(); end > 0 {
		text := d.data[d.pos:end]
		d.pos = end
		return text
	}
	text := d.data[d.pos:]
	n := numberLength(text)
	if n == 0 {
		d.fail("invalid number")
		return nil
	}
	d.pos += n
	return text[:n]
}

// numberLength returns the length of the number that text begins with; zero if
// there is none, or one that breaks off.
func numberLength(text []byte) int {
	i := 0
	if i < len(text) && text[i] == '-' {
		i++
	}
	if i < len(text) && text[i] == '0' {
		i++
	} else if i = afterDigits(text, i); i == 0 {
		return 0
	}
	if i < len(text) && text[i] == '.' {
		if i = afterDigits(text, i+1); i == 0 {
			return 0
		}
	}
	if i < len(text) && text[i]|0x20 == 'e' {
		i++
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		i = afterDigits(text, i)
	}
	return i
}

// afterDigits returns the offset after the digits at offset i; zero if there is
// no digit.
func afterDigits(text []byte, i int) int {
	start := i
	for i < len(text) && text[i]-'0' <= 9 {
		i++
	}
	if i == start {
		return 0
	}
	return i
}

// scale returns the number in text times 10 to the power of places, cut off
// after its integral part; exact tells that nothing was cut off and ok that it
// fits. It works on the digits because a float64 has too few of them.
func scale(text []byte, places int64) (v int64, exact, ok bool) {
	negative := text[0] == '-'
	if negative {
		text = text[1:]
	}
	exponent, point := int64(0), -1
	for i, c := range text {
		if c == '.' {
			point = i
		} else if c|0x20 == 'e' {
			// Out of range is the largest or smallest number, which will do
			// with room left for the lengths that are added to it.
			exponent, _ = strconv.ParseInt(string(text[i+1:]), 10, 64)
			exponent = min(max(exponent, math.MinInt64/2), math.MaxInt64/2)
			text = text[:i]
			break
		}
	}
	if point < 0 {
		point = len(text)
	}
	digits := int64(point) + exponent + places // that count
	limit := uint64(math.MaxInt64)
	if negative {
		limit++
	}
	exact = true
	var u uint64
	for _, c := range text {
		if c == '.' {
			continue
		}
		if c -= '0'; digits <= 0 {
			exact = exact && c == 0
			continue
		}
		if digits--; u < math.MaxInt64/100 {
			u = u*10 + uint64(c)
			continue
		}
		if u > (limit-uint64(c))/10 {
			return 0, false, false
		}
		u = u*10 + uint64(c)
	}
	for ; digits > 0 && u != 0; digits-- {
		if u > limit/10 {
			return 0, false, false
		}
		u *= 10
	}
	if negative {
		u = -u
	}
	return int64(u), exact, true
}
