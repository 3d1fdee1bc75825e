package jsonstream

import (
	"encoding/binary"
	"time"
)

// The times that RFC 3339 can write, in seconds since 1970. Numbers beyond them
// are no seconds, and the first of them is none: it is Go's zero time.
const (
	minSeconds   = -62135596800 // 0001-01-01T00:00:00Z
	maxSeconds   = 253402300799 // 9999-12-31T23:59:59Z
	microseconds = 1e6          // in a second
)

// UnixMicro reads a time as microseconds since 1970. It takes seconds as a
// number, exactly to the microsecond, or as a number in a string, and dates in
// the formats of RFC 3339 and its near relatives. Null, "" and [] are 0. Times
// outside the years from 1 to 9999 do not fit, and neither does the first moment
// of the year 1, which would be taken for no time.
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
// date and is not the zero time.
func isTime(v int64) bool {
	return v > minSeconds*microseconds && v < (maxSeconds+1)*microseconds
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
	return (seconds + minSeconds) * microseconds, seconds > 0
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
