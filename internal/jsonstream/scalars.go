package jsonstream

import (
	"encoding/binary"
	"math"
	"strconv"
	"time"
)

// Int reads an integer. It takes an integral number with a fraction or an
// exponent, a number in a string, true as 1 and false as 0, and null, "" and
// [] as 0.
func (d *Decoder) Int() int {
	if v, end := d.plainInteger(); end > 0 && int64(int(v)) == v {
		d.pos = end
		return int(v)
	}
	if d.usualEmpty() {
		return 0
	}
	v, _ := d.lenientInt()
	return v
}

// IntPointer is [Decoder.Int] with nil for null, "", [] and what does not fit.
func (d *Decoder) IntPointer() *int {
	if v, end := d.plainInteger(); end > 0 && int64(int(v)) == v {
		d.pos = end
		return slot(&d.integers, int(v))
	}
	if d.usualEmpty() {
		return nil
	}
	if v, ok := d.lenientInt(); ok {
		return slot(&d.integers, v)
	}
	return nil
}

// Float reads a number. It takes a number in a string, and null, "" and [] as
// 0.
func (d *Decoder) Float() float64 {
	v, _ := d.float()
	return v
}

// FloatPointer is [Decoder.Float] with nil for null, "", [] and what does not
// fit.
func (d *Decoder) FloatPointer() *float64 {
	if v, ok := d.float(); ok {
		return slot(&d.floats, v)
	}
	return nil
}

// Bool reads a boolean. It takes 1, 0, "true" and "false", and null, "" and []
// as false.
func (d *Decoder) Bool() bool {
	v, _ := d.bool()
	return v
}

// BoolPointer is [Decoder.Bool] with nil for null, "", [] and what does not
// fit.
func (d *Decoder) BoolPointer() *bool {
	if v, ok := d.bool(); ok {
		return slot(&d.booleans, v)
	}
	return nil
}

// The times that RFC 3339 can write, in seconds since 1970. Numbers beyond them
// are no seconds.
const (
	minSeconds   = -62135596800 // 0001-01-01T00:00:00Z
	maxSeconds   = 253402300799 // 9999-12-31T23:59:59Z
	microseconds = 1e6          // in a second
)

// UnixMicro reads a time as microseconds since 1970. It takes seconds as a
// number, exactly to the microsecond, or as a number in a string, and dates in
// the formats of RFC 3339 and its near relatives. Null, "" and [] are 0. Times
// outside the years from 1 to 9999 do not fit.
func (d *Decoder) UnixMicro() int64 {
	if v, end := d.plainInteger(); end > 0 && v <= maxSeconds {
		d.pos = end
		return v * microseconds
	}
	if v, end := d.quotedTime(); end > 0 {
		d.pos = end
		return v
	}
	if d.usualEmpty() {
		return 0
	}
	return d.lenientTime()
}

// lenientTime reads any other time, the empty values included.
func (d *Decoder) lenientTime() int64 {
	start := d.pos
	if d.Empty() {
		return 0
	}
	switch d.Kind() {
	case Number:
		if v, ok := secondsOf(d.number()); ok {
			return v
		}
	case String:
		text := d.quoted()
		if v, ok := parseTime(text); ok {
			return v
		}
		if len(text) > 0 && numberLength(text) == len(text) {
			if v, ok := secondsOf(text); ok {
				return v
			}
		}
	}
	d.misfit(start, "time")
	return 0
}

// secondsOf returns the microseconds since 1970 of a number of seconds, which is
// nil after a syntax error.
func secondsOf(text []byte) (int64, bool) {
	if text == nil {
		return 0, false
	}
	v, _, ok := scale(text, 6)
	return v, ok && isTime(v)
}

// isTime tells whether a number of microseconds since 1970 can be written as a
// date.
func isTime(v int64) bool {
	return v >= minSeconds*microseconds && v < (maxSeconds+1)*microseconds
}

// plainInteger returns the value of what nearly all integers are, digits alone
// or with .0 behind them and few enough for 64 bits, and the offset after it, which is left for the
// caller to go to. The offset is zero if something else comes.
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

// lenientInt reads any other integer; false for the empty values and misfits.
func (d *Decoder) lenientInt() (int, bool) {
	if v, end := d.quotedInteger(); end > 0 && int64(int(v)) == v {
		d.pos = end
		return int(v), true
	}
	start := d.pos
	if d.Empty() {
		return 0, false
	}
	if text := d.numeral(); text != nil {
		if v, exact, ok := scale(text, 0); ok && exact && int64(int(v)) == v {
			return int(v), true
		}
	} else if d.Kind() == Bool {
		if d.boolean() {
			return 1, true
		}
		return 0, true
	}
	d.misfit(start, "integer")
	return 0, false
}

// float reads a number; false for the empty values and misfits.
func (d *Decoder) float() (float64, bool) {
	start := d.pos
	if d.Empty() {
		return 0, false
	}
	if text := d.numeral(); text != nil {
		if v, err := strconv.ParseFloat(string(text), 64); err == nil {
			return v, true
		}
	}
	d.misfit(start, "number")
	return 0, false
}

// bool reads a boolean; ok is false for the empty values and misfits.
func (d *Decoder) bool() (value, ok bool) {
	switch c := d.next(); {
	case c == 't' || c == 'f':
		return d.boolean(), true
	case c-'0' <= 1 && !inNumber(d.data[d.pos+1]):
		d.pos++
		return c == '1', true
	case c == '"':
		if value, length := quotedBool(d.data[d.pos:]); length > 0 {
			d.pos += length
			return value, true
		}
	}
	start := d.pos
	if d.Empty() {
		return false, false
	}
	var text []byte
	switch d.Kind() {
	case Number:
		text = d.number()
	case String:
		text = d.quoted()
		if len(text) == 1 { // a digit is a number, not a boolean, when quoted
			text = nil
		}
	}
	switch string(text) {
	case "1", "true":
		return true, true
	case "0", "false":
		return false, true
	}
	d.misfit(start, "boolean")
	return false, false
}

// quotedBool returns the boolean in quotes that text begins with, and its length
// with them; zero if there is none.
func quotedBool(text []byte) (value bool, length int) {
	switch {
	case len(text) > 6 && string(text[:6]) == `"true"`:
		return true, 6
	case len(text) > 7 && string(text[:7]) == `"false"`:
		return false, 7
	}
	return false, 0
}

// boolean reads true or false, one of which comes next.
func (d *Decoder) boolean() bool {
	if d.four() == trueText {
		d.pos += 4
		return true
	}
	if d.data[d.pos] == 't' {
		return d.literal("true")
	}
	d.literal("false")
	return false
}

// slabSize is the number of values that share an allocation, and with it the
// number that stays in memory as long as one of them is kept.
const slabSize = 32

// slot returns a pointer to a copy of v in a slab.
func slot[T any](slab *[]T, v T) *T {
	if len(*slab) == 0 {
		*slab = make([]T, slabSize)
	}
	p := &(*slab)[0]
	*slab = (*slab)[1:]
	*p = v
	return p
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

// parseTime returns the microseconds since 1970 of a date.
func parseTime(text []byte) (int64, bool) {
	if len(text) < len(time.DateOnly) || text[4] != '-' {
		return 0, false
	}
	if v, ok := usualTime(text); ok {
		return v, true
	}
	var t time.Time
	if t.UnmarshalText(text) == nil { // RFC 3339, without a copy of the text
		return t.UnixMicro(), isTime(t.UnixMicro())
	}
	for _, layout := range [...]string{time.RFC3339, time.DateOnly, time.DateTime + " UTC"} {
		if t, err := time.Parse(layout, string(text)); err == nil {
			return t.UnixMicro(), isTime(t.UnixMicro())
		}
	}
	return 0, false
}

// quotedTime returns the microseconds since 1970 of seconds or of a date in a
// string in the usual form, and the offset after it; zero if something else
// comes, of which the first byte has been looked at.
func (d *Decoder) quotedTime() (v int64, end int) {
	if d.data[d.pos] != '"' || d.data[d.pos+1]-'0' > 9 {
		return 0, 0
	}
	const length = len(`"2006-01-02T15:04:05Z"`)
	if text := d.data[d.pos:]; text[5] == '-' && len(text) >= length && text[length-1] == '"' {
		if v, ok := usualTime(text[1 : length-1]); ok {
			return v, d.pos + length
		}
		return 0, 0
	}
	if v, end = d.quotedInteger(); v > maxSeconds {
		return 0, 0
	}
	return v * microseconds, end
}

// usualTime is parseTime for dates like 2006-01-02T15:04:05Z, up to the 28th so
// that every month has the day.
func usualTime(text []byte) (int64, bool) {
	if len(text) != len("2006-01-02T15:04:05Z") {
		return 0, false
	}
	date, isDate := datePattern.pairs(binary.LittleEndian.Uint64(text[0:8]))
	clock, isClock := clockPattern.pairs(binary.LittleEndian.Uint64(text[8:16]))
	rest, isRest := restPattern.pairs(uint64(binary.LittleEndian.Uint32(text[16:20])))
	year, month := uint(date&0xff*100+date>>16&0xff), uint(date>>40&0xff)
	day, hour, minute, second := uint(clock&0xff), uint(clock>>24&0xff), uint(clock>>48&0xff), uint(rest>>8&0xff)
	if !isDate || !isClock || !isRest || year == 0 || month-1 > 11 || day-1 > 27 || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	seconds := int64(daysBefore(year, month)+day-1)*24*60*60 + int64(hour*60*60+minute*60+second)
	return (seconds + minSeconds) * microseconds, true
}

// A pattern is up to eight bytes of digits in pairs and of other characters.
type pattern struct {
	text uint64 // with zeros as digits
	lift uint64 // lifts to the high bit what is too large for the place, once the text is taken away
}

// The parts of 2006-01-02T15:04:05Z.
var (
	datePattern  = patternOf("0000-00-")
	clockPattern = patternOf("00T00:00")
	restPattern  = patternOf(":00Z")
)

func patternOf(text string) (p pattern) {
	for i, c := range []byte(text) {
		lift := byte(highBit - 1)
		if c == '0' {
			lift = highBit - 10
		}
		p.text |= uint64(c) << (8 * i)
		p.lift |= uint64(lift) << (8 * i)
	}
	return p
}

// pairs returns the values of the pairs of digits, each in the place of its
// first digit, and whether the text has the pattern.
func (p *pattern) pairs(text uint64) (values uint64, ok bool) {
	text ^= p.text
	return text*10 + text>>8, (text+p.lift|text)&highBits == 0
}

// daysBefore is the number of days between the first one of the year 1 and the
// first one of a month.
func daysBefore(year, month uint) uint {
	// Years that begin in March have the day that comes and goes at their end,
	// and their months have 153 days in every five.
	if month < 3 {
		year, month = year-1, month+12
	}
	return year*365 + year/4 - year/100 + year/400 + (153*month-457)/5 - 306
}
