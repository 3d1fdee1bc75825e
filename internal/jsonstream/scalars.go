package jsonstream

import "strconv"

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
