package jsonstream_test

import (
	"bytes"
	"encoding/json"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

var seeds = []string{
	plain, `null`, `[]`, `{}`, `""`, ``, ` `, `01`, `-`, `-0`, `1.`, `1e`, `1e+5`, `nul`, `tru`, `truer`, "{}\x00",
	`{"a":1,"b":[1,2,{"c":null}],"d":"x\n\u00e9\ud83d\ude00","e":-1.5e10,"f":true}`, ` [ 1 , 2 ] `,
	`"\ud800"`, `"\ud800\u0041"`, `"\x"`, `"\u12"`, `"\`, "\"a\xffb\"", "\"\x01\"", "\"\xe2\\u0082\"", `{"a":1,}`, `{"a" 1}`,
	`{"\u0061":1,"a":2}`, `123456789012345678901234567890`, `1e999`, `[[[[[[`, `{"a":{"a":{"a":`, "\ufeff{}",
	`{"list":[7,{"id":{}},null],"names":["a",{}],"teams":{"a":0},"counts":{"b":"x"},"at":"2024-02-29T12:30:45Z"}`,
	`{"count":"1","ratio":"1.5","flag":1,"at":1.5,"owner":12,"child":"","text":5,"word":true,"pcount":"x","free":{"a":1e5}}`,
}

// FuzzSkip holds that the same texts are JSON to Skip and to encoding/json.
// There are no permitted differences.
func FuzzSkip(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := jsonstream.GetCopy(data)
		defer d.Release()
		d.Skip()
		if err := d.Finish(); (err == nil) != json.Valid(data) {
			t.Errorf("%q: got %v", data, err)
		}
	})
}

// FuzzAny holds that Any gives the values that encoding/json does. There is one
// permitted difference: encoding/json refuses a document with a number that is
// too large for a float64.
func FuzzAny(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := jsonstream.GetCopy(data)
		defer d.Release()
		got := d.Any()
		err := d.Finish()
		if (err == nil) != json.Valid(data) {
			t.Fatalf("%q: got %v", data, err)
		}
		_, misfit := d.FirstMisfit()
		var want any
		if wantErr := json.Unmarshal(data, &want); (wantErr == nil) != (err == nil && !misfit) {
			t.Fatalf("%q: got %v and misfit %v, want %v", data, err, misfit, wantErr)
		} else if wantErr == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %#v, want %#v", data, got, want)
		}
	})
}

// FuzzNumber holds the conversions of numbers against exact arithmetic.
func FuzzNumber(f *testing.F) {
	for _, seed := range []string{
		`0`, `-0`, `1`, `-1.5`, `1e3`, `12e-1`, `1200e-2`, `0.000000001`, `1709209845.123456789`, `9223372036854775807`,
		`-9223372036854775808`, `9223372036854775808`, `9223372036.854775807`, `9223372036.854775808`, `0e300`, `1e-300`, `00`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		// An exponent of many digits takes exact arithmetic too long.
		if i := strings.IndexAny(text, "eE"); len(text) > 100 || i >= 0 && len(text)-i > 5 {
			return
		}
		var number json.Number
		if json.Unmarshal([]byte(text), &number) != nil || number.String() != text {
			return
		}
		want, _ := new(big.Rat).SetString(text)
		for _, document := range []string{text, `"` + text + `"`} {
			got, misfit, err := read(document, (*jsonstream.Decoder).Int)
			fits := want.IsInt() && want.Num().IsInt64() && int64(int(want.Num().Int64())) == want.Num().Int64()
			if err != nil || misfit == fits || fits && int64(got) != want.Num().Int64() {
				t.Errorf("%s: got integer %d, misfit %v, %v", document, got, misfit, err)
			}
			micro := new(big.Rat).Mul(want, big.NewRat(1e6, 1))
			whole := new(big.Int).Quo(micro.Num(), micro.Denom())
			fits = whole.IsInt64() && whole.Int64() > -62135596800e6 && whole.Int64() < 253402300800e6
			at, misfit, err := read(document, (*jsonstream.Decoder).UnixMicro)
			if err != nil || misfit == fits || !misfit && at != whole.Int64() {
				t.Errorf("%s: got time %d, misfit %v, %v", document, at, misfit, err)
			}
		}
	})
}

// A twin has the fields of sample for encoding/json to decode. Elements are
// pointers so that null can be told from {}.
type twin struct {
	Text    string
	Word    string
	Count   int
	Ratio   float64
	Flag    bool
	At      int64
	PCount  *int
	PRatio  *float64
	PFlag   *bool
	Child   *twinChild
	Value   twinChild
	Owner   *twinChild
	List    []*twinChild
	Names   []string
	Numbers []int
	Times   []int64
	Teams   map[string]*twinChild
	Counts  map[string]int
	Free    map[string]json.RawMessage
	Raw     json.RawMessage
	Any     any
}

type twinChild struct {
	ID    string
	Size  int
	Child *twinChild
}

func (c *twinChild) sample() *child {
	if c == nil {
		return nil
	}
	return &child{ID: c.ID, Size: c.Size, Child: c.Child.sample()}
}

// isTime reports whether the seconds are in the years from 1 to 9999, and not
// the zero time.
func isTime(seconds int64) bool { return seconds > -62135596800 && seconds < 253402300800 }

// sample returns what should have been decoded instead; false if a time does not
// fit.
func (x *twin) sample() (sample, bool) {
	want := sample{
		Text: x.Text, Word: x.Word, Count: x.Count, Ratio: x.Ratio, Flag: x.Flag, At: x.At * 1e6,
		PCount: x.PCount, PRatio: x.PRatio, PFlag: x.PFlag,
		Child: x.Child.sample(), Value: *x.Value.sample(), Owner: x.Owner.sample(), Names: x.Names, Numbers: x.Numbers,
		Counts: x.Counts, Raw: x.Raw, Any: x.Any,
	}
	for _, c := range x.List {
		if c != nil {
			want.List = append(want.List, *c.sample())
		}
	}
	for name, c := range x.Teams {
		if c != nil {
			if want.Teams == nil {
				want.Teams = map[string]child{}
			}
			want.Teams[name] = *c.sample()
		}
	}
	fits := isTime(x.At)
	for _, at := range x.Times {
		want.Times = append(want.Times, at*1e6)
		fits = fits && isTime(at)
	}
	return want, fits
}

// FuzzTyped holds that a document that encoding/json accepts for a plain struct
// gives the same values, and that of any other document nothing is lost
// without a note. The permitted differences:
//
//   - names match exactly: encoding/json takes "TEXT" for "text";
//   - of two members with one name the last one replaces the first, where
//     encoding/json merges objects and maps and lets null change nothing;
//   - what encoding/json refuses is converted or kept (numbers for strings and
//     so on), also a number out of range, which it refuses;
//   - null, "" and [] are empty, and an empty list or map is nil;
//   - null in a list or map of objects is left out;
//   - a time is seconds in many forms, of the years from 1 to 9999.
func FuzzTyped(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(checkTyped)
}

// FuzzMember is FuzzTyped for documents of which one member is odd.
func FuzzMember(f *testing.F) {
	for _, value := range append(seeds,
		`null`, `""`, `"a"`, `"12"`, `1`, `1.5`, `1e3`, `true`, `"true"`, `[ ]`, `["a",null]`, `[1,2,"x"]`, `[[]]`, `{"a":1}`,
		`{"id":"1","size":2,"child":{"id":3}}`, `[{"id":"1"},{"size":"2"},{"child":[]}]`, `{"a":{"id":"1"},"b":null,"c":{"zip":0}}`,
		`1700000000`, `1700000000.5`, `"2024-02-29"`, `9223372037`,
	) {
		f.Add([]byte(value))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		for _, name := range append(sampleNames, "new") {
			checkTyped(t, []byte(`{"`+name+`":`+string(value)+`,"any":1}`))
		}
	})
}

func checkTyped(t *testing.T, data []byte) {
	// The third time, words and names of members are expected to come again.
	_, _, _ = decodeSample(string(data))
	_, _, _ = decodeSample(string(data))
	got, drift, err := decodeSample(string(data))
	if (err == nil) != json.Valid(data) {
		t.Fatalf("%q: got %v", data, err)
	}
	if err != nil || !plainNames(t, data) {
		return
	}
	checkKept(t, data, got, drift)
	var x twin
	if json.Unmarshal(data, &x) != nil {
		return
	}
	want, fits := x.sample()
	if !fits || drift.Count != 0 {
		if !fits != (drift.Expected == "time") {
			t.Errorf("%s: got misfit %+v", data, drift)
		}
		return
	}
	checkFree(t, got.Free, x.Free)
	dropExtra(&got)
	dropEmpty(&got)
	dropEmpty(&want)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", data, got, want)
	}
}

// plainNames reports whether no object in data has a name twice, in any case.
func plainNames(t *testing.T, data []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var walk func() bool
	walk = func() bool {
		token, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		delim, ok := token.(json.Delim)
		seen := map[string]bool{}
		for ok && decoder.More() {
			if delim == '{' {
				name, err := decoder.Token()
				if err != nil {
					t.Fatal(err)
				}
				folded := strings.ToLower(strings.ToUpper(name.(string)))
				if seen[folded] || folded != name && find(append(childNames, sampleNames...), []byte(folded)) >= 0 {
					return false
				}
				seen[folded] = true
			}
			if !walk() {
				return false
			}
		}
		if ok {
			if _, err := decoder.Token(); err != nil {
				t.Fatal(err)
			}
		}
		return true
	}
	return walk()
}

// checkKept holds that the members of the outer object that are unknown are
// kept as they stand, that so is any known one that is there at all, and that
// the one with the first misfit is.
func checkKept(t *testing.T, data []byte, got sample, drift jsonstream.Drift) {
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) != nil {
		if drift.Count == 0 && len(bytes.Trim(data, " \t\r\n[]\"")) > 0 {
			t.Errorf("%s: nothing was noted", data)
		}
		return
	}
	for name, raw := range members {
		text, ok := got.Extra[name]
		known := find(sampleNames, []byte(name)) >= 0
		if ok && !bytes.Equal(text, raw) || !known && ok == (string(raw) == "null") {
			t.Errorf("%s: %q was kept as %q", data, name, text)
		}
	}
	for name := range got.Extra {
		if _, ok := members[name]; !ok {
			t.Errorf("%s: %q was kept and is not there", data, name)
		}
	}
	// The path begins with the name of the member that the misfit is in; if it
	// leads no deeper than a list or map, the outer object keeps the member.
	name, rest, _ := strings.Cut(drift.Path, ".")
	name, _, _ = strings.Cut(name, "[")
	objects := name == "child" || name == "value" || name == "owner" || name == "list" || name == "teams" || name == "any"
	if _, ok := got.Extra[name]; drift.Count > 0 && !ok && !(objects && (rest != "" || name == "teams" || name == "any")) {
		t.Errorf("%s: the misfit at %s was not kept", data, drift.Path)
	}
}

// checkFree compares members with a map; names are known to be unique.
func checkFree(t *testing.T, got []jsonstream.Member, want map[string]json.RawMessage) {
	if len(got) != len(want) {
		t.Errorf("got %d members, want %d", len(got), len(want))
	}
	for _, m := range got {
		text := string(want[m.Name])
		if m.Kind == jsonstream.String {
			if err := json.Unmarshal(want[m.Name], &text); err != nil {
				t.Error(err)
			}
		}
		if m.Text != text {
			t.Errorf("got %+v, want %s", m, want[m.Name])
		}
	}
}

func dropExtra(x *sample) {
	x.Extra, x.Free = nil, nil
	dropChildExtra(&x.Value)
	dropChildExtra(x.Child)
	dropChildExtra(x.Owner)
	for i := range x.List {
		dropChildExtra(&x.List[i])
	}
	for name, c := range x.Teams {
		dropChildExtra(&c)
		x.Teams[name] = c
	}
}

func dropChildExtra(c *child) {
	for ; c != nil; c = c.Child {
		c.Extra = nil
	}
}

func dropEmpty(x *sample) {
	if len(x.Names) == 0 {
		x.Names = nil
	}
	if len(x.Numbers) == 0 {
		x.Numbers = nil
	}
	if len(x.Counts) == 0 {
		x.Counts = nil
	}
}
