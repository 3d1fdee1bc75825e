package jsonstream_test

import (
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// A row says what a document is read as. The zero value with misfit means
// that the value was left to the enclosing object.
type row[T comparable] struct {
	document string
	want     T
	misfit   bool
}

func check[T comparable](t *testing.T, method func(*jsonstream.Decoder) T, rows []row[T]) {
	t.Helper()
	for _, r := range rows {
		got, misfit, err := read(" "+r.document+" ", method)
		if got != r.want || misfit != r.misfit || err != nil {
			t.Errorf("%s: got %#v, misfit %v, %v; want %#v, misfit %v", r.document, got, misfit, err, r.want, r.misfit)
		}
	}
}

var stringRows = []row[string]{
	{`"abc"`, "abc", false},
	{`""`, "", false},
	{`null`, "", false},
	{`[]`, "", false},
	{`[ ]`, "", false},
	{`12`, "12", false},
	{`-1.50e+3`, "-1.50e+3", false},
	{`12345678901234567890123`, "12345678901234567890123", false},
	{`true`, "true", false},
	{`false`, "false", false},
	{`{}`, "", true},
	{`{"a":1}`, "", true},
	{`[1]`, "", true},
	{`"a\"b\\c\/d\b\f\n\r\t\u0041"`, "a\"b\\c/d\b\f\n\r\tA", false},
	{`"\u00e9\u20AC\ud83d\ude00"`, "é€😀", false},
	{`"é€😀"`, "é€😀", false},
	{`"\ud83d"`, "\ufffd", false},
	{`"\ud83dx"`, "\ufffdx", false},
	{`"\ud83d\u0041"`, "\ufffdA", false},
	{`"\ude00\ud83d"`, "\ufffd\ufffd", false},
	{"\"a\xffb\"", "a\ufffdb", false},
	{"\"\xe2\x82\"", "\ufffd\ufffd", false},
	{"\"\\n\xe2\x82\\u20ac\"", "\n\ufffd\ufffd€", false},
	{`"exactly eight+"`, "exactly eight+", false},
	{"\"\x7f\"", "\x7f", false},
}

func TestString(t *testing.T) {
	t.Parallel()
	check(t, (*jsonstream.Decoder).String, stringRows)
}

func TestWord(t *testing.T) {
	t.Parallel()
	check(t, (*jsonstream.Decoder).Word, stringRows)
}

func TestInt(t *testing.T) {
	t.Parallel()
	rows := []row[int]{
		{`0`, 0, false},
		{`-0`, 0, false},
		{`7`, 7, false},
		{`-7`, -7, false},
		{`2147483647`, math.MaxInt32, false},
		{`"12"`, 12, false},
		{`"-12"`, -12, false},
		{`"\u0031"`, 1, false},
		{`1.0`, 1, false},
		{`1.5e1`, 15, false},
		{`12e-1`, 0, true},
		{`1200e-2`, 12, false},
		{`"3.0"`, 3, false},
		{`0e999999999999999999999`, 0, false},
		{`1e-999999999999999999999`, 0, true},
		{`true`, 1, false},
		{`false`, 0, false},
		{`null`, 0, false},
		{`""`, 0, false},
		{`[]`, 0, false},
		{`1.5`, 0, true},
		{`"1.5"`, 0, true},
		{`1e999`, 0, true},
		{`"007"`, 0, true},
		{`"+7"`, 0, true},
		{`" 7"`, 0, true},
		{`"7 "`, 0, true},
		{`"7e"`, 0, true},
		{`"0x7"`, 0, true},
		{`"seven"`, 0, true},
		{`"true"`, 0, true},
		{`{}`, 0, true},
		{`[7]`, 0, true},
		{`9223372036854775808`, 0, true},
		{`-9223372036854775809`, 0, true},
		{`99999999999999999999999999`, 0, true},
	}
	if strconv.IntSize == 64 {
		// A float64 could not tell the last one from its neighbour.
		for _, text := range []string{"9223372036854775807", "-9223372036854775808", "999999999999999999", "9007199254740993"} {
			want, _ := strconv.Atoi(text)
			rows = append(rows, row[int]{text, want, false}, row[int]{`"` + text + `"`, want, false}, row[int]{text + ".0", want, false})
		}
	}
	check(t, (*jsonstream.Decoder).Int, rows)
}

func TestFloat(t *testing.T) {
	t.Parallel()
	check(t, (*jsonstream.Decoder).Float, []row[float64]{
		{`0`, 0, false},
		{`1.5`, 1.5, false},
		{`-2`, -2, false},
		{`1e3`, 1000, false},
		{`"1.5"`, 1.5, false},
		{`null`, 0, false},
		{`""`, 0, false},
		{`[]`, 0, false},
		{`1e999`, 0, true},
		{`"1e999"`, 0, true},
		{`1e-999`, 0, false},
		{`"NaN"`, 0, true},
		{`"Infinity"`, 0, true},
		{`"1_0"`, 0, true},
		{`true`, 0, true},
		{`{}`, 0, true},
		{`[1]`, 0, true},
	})
}

func TestBool(t *testing.T) {
	t.Parallel()
	check(t, (*jsonstream.Decoder).Bool, []row[bool]{
		{`true`, true, false},
		{`false`, false, false},
		{`"true"`, true, false},
		{`"false"`, false, false},
		{`1`, true, false},
		{`0`, false, false},
		{`null`, false, false},
		{`""`, false, false},
		{`[]`, false, false},
		{`2`, false, true},
		{`1.0`, false, true},
		{`"1"`, false, true},
		{`"yes"`, false, true},
		{`{}`, false, true},
		{`[true]`, false, true},
	})
}

func TestUnixMicro(t *testing.T) {
	t.Parallel()
	at := time.Date(2024, 2, 29, 12, 30, 45, 0, time.UTC).UnixMicro()
	check(t, (*jsonstream.Decoder).UnixMicro, []row[int64]{
		{`1709209845`, at, false},
		{`"1709209845"`, at, false},
		{`1709209845.0`, at, false},
		{`1.709209845e9`, at, false},
		{`"1709209845.0"`, at, false},
		{`1709209845.123456`, at + 123456, false},
		{`"1709209845.123456"`, at + 123456, false},
		{`1709209845.1234569`, at + 123456, false},
		{`"2024-02-29T12:30:45Z"`, at, false},
		{`"2024-02-29T13:30:45+01:00"`, at, false},
		{`"2024-02-29T12:30:45.5Z"`, at + 5e5, false},
		{`"2024-02-29 12:30:45 UTC"`, at, false},
		{`"2024-02-29"`, at - (12*3600+30*60+45)*1e6, false},
		{`0`, 0, false},
		{`"0"`, 0, false},
		{`-1`, -1e6, false},
		{`"-1"`, -1e6, false},
		{`-1.5`, -15e5, false},
		{`null`, 0, false},
		{`""`, 0, false},
		{`[]`, 0, false},
		{`253402300799`, 253402300799e6, false},
		{`"253402300799"`, 253402300799e6, false},
		{`253402300799.999999`, 253402300799999999, false},
		{`"9999-12-31T23:59:59.999999Z"`, 253402300799999999, false},
		{`253402300800`, 0, true},
		{`"253402300800"`, 0, true},
		{`253402300800.0`, 0, true},
		{`"9999-12-31T23:59:59-01:00"`, 0, true},
		{`-62135596799`, -62135596799e6, false},
		{`"0001-01-01T00:00:01Z"`, -62135596799e6, false},
		{`"0001-01-01T00:00:00.000001Z"`, -62135596799999999, false},
		{`-62135596800`, 0, true},
		{`"0001-01-01T00:00:00Z"`, 0, true},
		{`"0001-01-01T0:00:00Z"`, 0, true},
		{`-62135596800.000001`, 0, true},
		{`"0001-01-01T00:00:00+01:00"`, 0, true},
		{`"01"`, 0, true},
		{`"1709209845 "`, 0, true},
		{`9223372036854775807`, 0, true},
		{`1709209845000`, 0, true},
		{`1e999`, 0, true},
		{`"yesterday"`, 0, true},
		{`true`, 0, true},
		{`{}`, 0, true},
		{`[1]`, 0, true},
	})
}

func TestPointers(t *testing.T) {
	t.Parallel()
	text := func(v any) string { return fmt.Sprint(v) }
	rows := []struct{ document, count, ratio, flag string }{
		{`1`, "1", "1", "true"},
		{`0`, "0", "0", "false"},
		{`"0"`, "0", "0", "nil"},
		{`-3`, "-3", "-3", "nil"},
		{`1.5`, "nil", "1.5", "nil"},
		{`true`, "1", "nil", "true"},
		{`"false"`, "nil", "nil", "false"},
		{`null`, "nil", "nil", "nil"},
		{`""`, "nil", "nil", "nil"},
		{`[]`, "nil", "nil", "nil"},
		{`{}`, "nil", "nil", "nil"},
	}
	for _, r := range rows {
		x, _, err := decodeSample(`{"pcount":` + r.document + `,"pratio":` + r.document + `,"pflag":` + r.document + `}`)
		count, ratio, flag := "nil", "nil", "nil"
		if x.PCount != nil {
			count = text(*x.PCount)
		}
		if x.PRatio != nil {
			ratio = text(*x.PRatio)
		}
		if x.PFlag != nil {
			flag = text(*x.PFlag)
		}
		if count != r.count || ratio != r.ratio || flag != r.flag || err != nil {
			t.Errorf("%s: got %s, %s, %s, %v", r.document, count, ratio, flag, err)
		}
	}
}

// Values that share a slab must not share their memory.
func TestPointersAreDistinct(t *testing.T) {
	t.Parallel()
	d := jsonstream.Get([]byte(`[` + repeat(`7`, 100) + `]`))
	defer d.Release()
	pointers := jsonstream.List(d, (*jsonstream.Decoder).IntPointer)
	if len(pointers) != 100 {
		t.Fatalf("got %d elements", len(pointers))
	}
	for i, p := range pointers {
		if *p != 7 {
			t.Fatalf("element %d is %d", i, *p)
		}
		*p = 8
	}
}

func TestUsualTimesAreThoseOfPackageTime(t *testing.T) {
	t.Parallel()
	for day := time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC); day.Year() < 10_000; day = day.AddDate(0, 0, 13).Add(47_111 * time.Second) {
		d := jsonstream.Get([]byte(day.Format(`"` + time.RFC3339 + `"`)))
		if got := d.UnixMicro(); got != day.UnixMicro() || d.Finish() != nil {
			t.Fatalf("%s: got %d, want %d", day, got, day.UnixMicro())
		}
		d.Release()
	}
}
