package jsonstream_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

func repeat(element string, n int) string {
	return strings.TrimSuffix(strings.Repeat(element+",", n), ",")
}

// kept writes Extra as one JSON object with sorted names.
func kept(extra map[string]json.RawMessage) string {
	var members []string
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		members = append(members, fmt.Sprintf("%q:%s", name, extra[name]))
	}
	return "{" + strings.Join(members, ",") + "}"
}

// Every member of this document has the type that its field has.
const plain = `{
	"text": "t", "word": "w", "count": 3, "ratio": 2.5, "flag": true, "at": 1700000000,
	"pcount": 4, "pratio": 0.5, "pflag": false,
	"child": {"id": "c", "size": 1, "child": {"id": "cc"}}, "value": {"id": "v"}, "owner": {"id": "o"},
	"list": [{"id": "1"}, {"id": "2", "child": {"id": "3"}}],
	"names": ["a", "b"], "numbers": [1, 2], "times": [1, 2],
	"teams": {"x": {"id": "tx"}, "y": {"id": "ty"}}, "counts": {"m": 1, "n": 2},
	"free": {"plan": "pro", "seats": 12345678901234567890, "trial": false, "none": null, "tags": ["a", {"b": 1}]},
	"raw": {"any": [ 1 ]}, "any": [1, "a", null, {"b": true}]
}`

func plainSample() sample {
	count, ratio, flag := 4, 0.5, false
	return sample{
		Text: "t", Word: "w", Count: 3, Ratio: 2.5, Flag: true, At: 1700000000e6,
		PCount: &count, PRatio: &ratio, PFlag: &flag,
		Child: &child{ID: "c", Size: 1, Child: &child{ID: "cc"}}, Value: child{ID: "v"}, Owner: &child{ID: "o"},
		List:  []child{{ID: "1"}, {ID: "2", Child: &child{ID: "3"}}},
		Names: []string{"a", "b"}, Numbers: []int{1, 2}, Times: []int64{1e6, 2e6},
		Teams: map[string]child{"x": {ID: "tx"}, "y": {ID: "ty"}}, Counts: map[string]int{"m": 1, "n": 2},
		Free: []jsonstream.Member{
			{Name: "plan", Kind: jsonstream.String, Text: "pro"},
			{Name: "seats", Kind: jsonstream.Number, Text: "12345678901234567890"},
			{Name: "trial", Kind: jsonstream.Bool, Text: "false"},
			{Name: "none", Kind: jsonstream.Null, Text: "null"},
			{Name: "tags", Kind: jsonstream.Array, Text: `["a", {"b": 1}]`},
		},
		Raw: json.RawMessage(`{"any": [ 1 ]}`),
		Any: []any{1.0, "a", nil, map[string]any{"b": true}},
	}
}

func TestPlainDocument(t *testing.T) {
	t.Parallel()
	var compact strings.Builder
	for _, line := range strings.Split(plain, "\n") {
		compact.WriteString(strings.TrimSpace(line))
	}
	for _, document := range []string{plain, compact.String()} {
		x, drift, err := decodeSample(document)
		if err != nil || drift.Count != 0 {
			t.Fatalf("got %v, %v", drift, err)
		}
		if want := plainSample(); !reflect.DeepEqual(x, want) {
			t.Errorf("got  %+v\nwant %+v", x, want)
		}
	}
	var x sample
	if err := json.Unmarshal([]byte(plain), &x); err != nil {
		t.Fatal(err)
	}
	if want := plainSample(); !reflect.DeepEqual(x, want) {
		t.Errorf("by encoding/json: got  %+v\nwant %+v", x, want)
	}
}

// Null, "" and [] are empty for every type, and nothing to report.
func TestEmptyValues(t *testing.T) {
	t.Parallel()
	for _, empty := range []string{`null`, `""`, `[]`, `[ ]`} {
		var members []string
		for _, name := range sampleNames {
			if name != "raw" && name != "any" { // which have no other type to be empty of
				members = append(members, fmt.Sprintf("%q:%s", name, empty))
			}
		}
		x, drift, err := decodeSample("{" + strings.Join(members, ",") + "}")
		if drift.Count != 0 || err != nil || !reflect.DeepEqual(x, sample{}) {
			t.Errorf("%s: got %+v, %v, %v", empty, x, drift, err)
		}
	}
	for _, document := range []string{`null`, `""`, `[]`, `{}`} {
		x, drift, err := decodeSample(document)
		if drift.Count != 0 || err != nil || !reflect.DeepEqual(x, sample{}) {
			t.Errorf("%s: got %+v, %v, %v", document, x, drift, err)
		}
	}
}

// A value that does not fit is kept by the innermost object around it, as it
// stands, and costs nothing else.
func TestMisfits(t *testing.T) {
	t.Parallel()
	rows := []struct {
		member string // before and after which stand members that fit
		extra  string // kept in the outer object
		path   string
		expect string
		got    jsonstream.Kind
	}{
		{`"text":{"a": 1}`, `{"text":{"a": 1}}`, `text`, "string", jsonstream.Object},
		{`"word": [1]`, `{"word":[1]}`, `word`, "string", jsonstream.Array},
		{`"count":1.5`, `{"count":1.5}`, `count`, "integer", jsonstream.Number},
		{`"count" : "many" `, `{"count":"many"}`, `count`, "integer", jsonstream.String},
		{`"ratio":1e999`, `{"ratio":1e999}`, `ratio`, "number", jsonstream.Number},
		{`"ratio":true`, `{"ratio":true}`, `ratio`, "number", jsonstream.Bool},
		{`"flag":"maybe"`, `{"flag":"maybe"}`, `flag`, "boolean", jsonstream.String},
		{`"at":"soon"`, `{"at":"soon"}`, `at`, "time", jsonstream.String},
		{`"pcount":{}`, `{"pcount":{}}`, `pcount`, "integer", jsonstream.Object},
		{`"pratio":{}`, `{"pratio":{}}`, `pratio`, "number", jsonstream.Object},
		{`"pflag":{}`, `{"pflag":{}}`, `pflag`, "boolean", jsonstream.Object},
		{`"child":7`, `{"child":7}`, `child`, "object", jsonstream.Number},
		{`"child":[{}]`, `{"child":[{}]}`, `child`, "object", jsonstream.Array},
		{`"child":{"size":"x"}`, `{}`, `child.size`, "integer", jsonstream.String},
		{`"value":"v"`, `{"value":"v"}`, `value`, "object", jsonstream.String},
		{`"owner":false`, `{"owner":false}`, `owner`, "object", jsonstream.Bool},
		{`"list":{}`, `{"list":{}}`, `list`, "array", jsonstream.Object},
		{`"list":"x"`, `{"list":"x"}`, `list`, "array", jsonstream.String},
		{`"list":[{"id":"1"}, 7,{"id":"2"}]`, `{"list":[{"id":"1"}, 7,{"id":"2"}]}`, `list[1]`, "object", jsonstream.Number},
		{`"list":[{"id":"1"},{"size":"x"}]`, `{}`, `list[1].size`, "integer", jsonstream.String},
		{`"names":["a",{},"b"]`, `{"names":["a",{},"b"]}`, `names[1]`, "string", jsonstream.Object},
		{`"numbers":[1,"x"]`, `{"numbers":[1,"x"]}`, `numbers[1]`, "integer", jsonstream.String},
		{`"times":[false]`, `{"times":[false]}`, `times[0]`, "time", jsonstream.Bool},
		{`"teams":[1]`, `{"teams":[1]}`, `teams`, "object", jsonstream.Array},
		{`"teams":{"a":{"id":"1"},"b":1}`, `{"teams":{"a":{"id":"1"},"b":1}}`, `teams.b`, "object", jsonstream.Number},
		{`"counts":{"a b":"x"}`, `{"counts":{"a b":"x"}}`, `counts["a b"]`, "integer", jsonstream.String},
		{`"free":"x"`, `{"free":"x"}`, `free`, "object", jsonstream.String},
	}
	for _, r := range rows {
		for _, document := range []string{
			`{"text":"t",` + r.member + `,"any":"last"}`,
			`{"text":"t",` + r.member + `,"any":"last","new":null}`,
			`{"any":"last",` + r.member + `}`,
		} {
			x, drift, err := decodeSample(document)
			want := jsonstream.Drift{Path: r.path, Offset: drift.Offset, Expected: r.expect, Got: r.got, Count: 1}
			if drift != want || err != nil {
				t.Errorf("%s: got %+v, %v", document, drift, err)
			}
			if kept(x.Extra) != r.extra || x.Any != "last" {
				t.Errorf("%s: kept %s", document, kept(x.Extra))
			}
		}
	}
}

func TestMisfitsLeaveTheRest(t *testing.T) {
	t.Parallel()
	x, drift, err := decodeSample(`{"list":[7,{"id":"1","size":{}},null,{"id":"2","zip":1},"",[],"x",{"id":"3"}],
		"names":["a",[1],null,"b"],"teams":{"a":0,"b":{"id":"tb","size":[1]},"c":null},"counts":{"a":1,"b":"x","c":null}}`)
	if err != nil || drift.Count != 7 || drift.Path != "list[0]" {
		t.Fatalf("got %+v, %v", drift, err)
	}
	raw := func(text string) json.RawMessage { return json.RawMessage(text) }
	want := sample{
		List: []child{
			{ID: "1", Extra: map[string]json.RawMessage{"size": raw(`{}`)}},
			{ID: "2", Extra: map[string]json.RawMessage{"zip": raw(`1`)}},
			{ID: "3"},
		},
		Names:  []string{"a", "", "b"},
		Teams:  map[string]child{"b": {ID: "tb", Extra: map[string]json.RawMessage{"size": raw(`[1]`)}}},
		Counts: map[string]int{"a": 1, "c": 0},
		Extra: map[string]json.RawMessage{
			"list":   raw(`[7,{"id":"1","size":{}},null,{"id":"2","zip":1},"",[],"x",{"id":"3"}]`),
			"names":  raw(`["a",[1],null,"b"]`),
			"teams":  raw(`{"a":0,"b":{"id":"tb","size":[1]},"c":null}`),
			"counts": raw(`{"a":1,"b":"x","c":null}`),
		},
	}
	if !reflect.DeepEqual(x, want) {
		t.Errorf("got  %+v\nwant %+v", x, want)
	}
}

// The document itself is in no object that could keep it.
func TestMisfitOfTheDocument(t *testing.T) {
	t.Parallel()
	for _, document := range []string{`7`, ` "x"`, ` [1]`, `true`} {
		x, drift, err := decodeSample(document)
		if drift.Count != 1 || drift.Path != "" || drift.Expected != "object" || err != nil || !reflect.DeepEqual(x, sample{}) {
			t.Errorf("%s: got %+v, %+v, %v", document, x, drift, err)
		}
	}
}

func TestScalarForObject(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]*child{
		`{"owner":"https://example.com/a.png"}`: {ID: "https://example.com/a.png"},
		`{"owner":12}`:                          {ID: "12"},
		`{"owner":{"id":"o"}}`:                  {ID: "o"},
		`{"owner":{}}`:                          {},
		`{"owner":null}`:                        nil,
		`{"owner":""}`:                          nil,
	} {
		x, drift, err := decodeSample(document)
		if !reflect.DeepEqual(x.Owner, want) || drift.Count != 0 || err != nil {
			t.Errorf("%s: got %+v, %+v, %v", document, x.Owner, drift, err)
		}
	}
}

func TestUnknownMembers(t *testing.T) {
	t.Parallel()
	document := `{"new":{"a":[1, 2]},"text":"t","newer":null,"ne\u0077est":"x","value":{"id":"v","more":1},"Text":"T","":0}`
	d := jsonstream.Get([]byte(document))
	defer d.Release()
	var x sample
	x.decode(d)
	if err := d.Finish(); err != nil {
		t.Fatal(err)
	}
	if got, want := kept(x.Extra), `{"":0,"Text":"T","new":{"a":[1, 2]},"newest":"x"}`; got != want {
		t.Errorf("kept %s, want %s", got, want)
	}
	if got, want := kept(x.Value.Extra), `{"more":1}`; got != want || x.Value.ID != "v" || x.Text != "t" {
		t.Errorf("kept %s, want %s", got, want)
	}
	drift, ok := d.FirstUnknown()
	if want := (jsonstream.Drift{Path: "new", Offset: 7, Got: jsonstream.Object, Count: 6}); !ok || drift != want {
		t.Errorf("got %+v, want %+v", drift, want)
	}
	if drift, ok := d.FirstMisfit(); ok {
		t.Errorf("got misfit %+v", drift)
	}
}

// A type may choose to keep nothing.
func TestNothingKept(t *testing.T) {
	t.Parallel()
	d := jsonstream.Get([]byte(`{"id":{},"x":[1],"size":7}`))
	defer d.Release()
	var x child
	order := d.Order(&childShape)
	for k := d.First(&childShape, order); k != jsonstream.End; k = d.Next(&childShape, order, k, nil) {
		switch k {
		case 0:
			x.ID = d.String()
		case 1:
			x.Size = d.Int()
		default:
			d.Unknown(nil)
		}
	}
	if err := d.Finish(); err != nil || x.Size != 7 {
		t.Errorf("got %+v, %v", x, err)
	}
}

// The order is learned anew whenever it changes, and never changes the result.
func TestOrders(t *testing.T) {
	t.Parallel()
	var elements, ids []string
	for i, format := range []string{
		`{"id":"%d","size":1,"child":null}`,
		`{"size":1,"id":"%d"}`,
		`{"size":1,"id":"%d"}`,
		`{"zip":0,"id":"%d","size":1}`,
		`{"zip":0,"id":"%d","zap":0,"size":1}`,
		`{"zip":0,"id":"%d","zap":0,"size":1}`,
		`{"size":1,"id":"%d"}`,
		`{ "size" : 1 , "id" : "%d" }`,
		`{"child":{"child":{"id":"x"},"id":"y"},"size":1,"id":"%d"}`,
	} {
		ids = append(ids, strconv.Itoa(i))
		elements = append(elements, fmt.Sprintf(format, i))
	}
	x, drift, err := decodeSample(`{"list":[` + strings.Join(elements, ",") + `]}`)
	if err != nil || drift.Count != 0 || len(x.List) != len(ids) {
		t.Fatalf("got %d elements, %+v, %v", len(x.List), drift, err)
	}
	for i, e := range x.List {
		if e.ID != ids[i] || e.Size != 1 {
			t.Errorf("%s: got %+v", elements[i], e)
		}
	}
}

func TestDuplicateMembers(t *testing.T) {
	t.Parallel()
	x, _, err := decodeSample(`{"text":"1","text":"2","count":1,"count":null,"child":{"id":"1"},"child":{"size":2},
		"value":{"id":"1"},"value":{"size":2},"names":["a"],"names":["b"],"counts":{"a":1},"counts":{"b":2},"flag":{},"flag":true}`)
	want := sample{
		Text: "2", Child: &child{Size: 2}, Value: child{ID: "1", Size: 2}, Names: []string{"b"},
		Counts: map[string]int{"b": 2}, Flag: true, Extra: map[string]json.RawMessage{"flag": json.RawMessage("{}")},
	}
	if err != nil || !reflect.DeepEqual(x, want) {
		t.Errorf("got  %+v\nwant %+v", x, want)
	}
}

func TestLongLists(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 3, 4, 5, 100, 3000} {
		document := `{"list":[` + repeat(`{"id":"1"}`, n) + `],"child":{"child":{}},"numbers":[` + repeat(`1`, n) + `]}`
		x, _, err := decodeSample(document)
		if err != nil || len(x.List) != n || len(x.Numbers) != n || x.List[n-1].ID != "1" {
			t.Errorf("%d: got %d and %d, %v", n, len(x.List), len(x.Numbers), err)
		}
		if spare := cap(x.List) - n; n == 3000 && spare > n {
			t.Errorf("%d elements and room for %d more", n, spare)
		}
	}
}

func TestMembersRepeat(t *testing.T) {
	t.Parallel()
	got, _, err := read(`{"a":1,"b":"","a":{}}`, (*jsonstream.Decoder).Members)
	want := []jsonstream.Member{{"a", jsonstream.Number, "1"}, {"b", jsonstream.String, ""}, {"a", jsonstream.Object, "{}"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// Words and names that are expected because the last object had them are taken
// for nothing else.
func TestWordsComeAgain(t *testing.T) {
	t.Parallel()
	values := []string{
		`"w"`, `"w"`, `"w"`, `"wide"`, `"wide"`, `"wide"`, `"w"`, ` "w"`, `null`, `"w"`, `""`, `"w"`, `7`, `"7"`, `7`,
		`"\u0077"`, `"\u0077"`, `"\u0077"`, `"w"`, `"a\"b"`, `"a\"b"`, `"a\"b"`, `"a"`, `"a\\"`, `"a\\"`, `"a\\"`, `"ż"`, `"ż"`, `"ż"`,
		"\"\xff\"", "\"\xff\"", "\"\xff\"", `"\ufffd"`, `true`, `"true"`, `{}`, `[]`,
	}
	d := jsonstream.Get([]byte(`[{"word":` + strings.Join(values, `},{"word":`) + `}]`))
	defer d.Release()
	got := jsonstream.Objects(d, (*sample).decode)
	if err := d.Finish(); err != nil || len(got) != len(values) {
		t.Fatalf("got %d, %v", len(got), err)
	}
	for i, value := range values {
		want := strings.Trim(value, ` nul{}[]`)
		if text := ""; json.Unmarshal([]byte(value), &text) == nil {
			want = text
		}
		if got[i].Word != want {
			t.Errorf("%d: %s is %q, want %q", i, value, got[i].Word, want)
		}
	}
	for word, odd := range map[string]string{`"a\"b"`: `"a"b"`, `"a\\"`: `"a\"`, `"w"`: `"w""`, `"v"`: `"v`} {
		d := jsonstream.Get([]byte(`[` + strings.Repeat(`{"word":`+word+`},`, 4) + `{"word":` + odd + `}]`))
		_ = jsonstream.Objects(d, (*sample).decode)
		if err := d.Finish(); err == nil {
			t.Errorf("%s was taken for JSON", odd)
		}
		d.Release()
	}
}

func TestMemberNamesComeAgain(t *testing.T) {
	t.Parallel()
	documents := []string{
		`{"a":1,"b c":"x","d":null}`, `{"a":1,"b c":"x","d":null}`, `{"a":1,"b c":"x","d":null}`, `{"b c":"x","a":1}`, `{"a":true}`, `{}`,
		`{"d":null,"a":1,"b c":"x","e":[1]}`, `{ "a" : 1 , "b c" : "x" }`, `{"a":1,"":2}`, `{"a":1,"":2}`, `{"":1,"a":2}`, `{"a\"":1}`, `{"a\"":1}`,
		`{"a\"":1}`, `{"\u0061":1}`, `{"\u0061":1}`, `{"\u0061":1}`, `{"ab":1}`, `{"a":1}`,
	}
	d := jsonstream.Get([]byte(`[` + strings.Join(documents, ",") + `]`))
	defer d.Release()
	got := jsonstream.List(d, (*jsonstream.Decoder).Members)
	if err := d.Finish(); err != nil || len(got) != len(documents) {
		t.Fatalf("got %d, %v", len(got), err)
	}
	for i, document := range documents {
		var want map[string]any
		if err := json.Unmarshal([]byte(document), &want); err != nil || len(got[i]) != len(want) {
			t.Fatalf("%s: got %+v, %v", document, got[i], err)
		}
		for _, m := range got[i] {
			if value, ok := want[m.Name]; !ok || value == nil && m.Kind != jsonstream.Null {
				t.Errorf("%s: got %+v", document, m)
			}
		}
	}
	for _, document := range []string{`{"a" 1}`, `{"a":1,}`, `{"a`, `{"a"`, `{"a":`, `{"a":1,"b c"}`, `{"a":1 "b c":2}`, `{a":1}`} {
		d := jsonstream.Get([]byte(`[` + strings.Repeat(`{"a":1,"b c":"x"},`, 3) + document + `]`))
		_ = jsonstream.List(d, (*jsonstream.Decoder).Members)
		if err := d.Finish(); err == nil {
			t.Errorf("%s was taken for JSON", document)
		}
		d.Release()
	}
	d = jsonstream.Get([]byte(`[` + strings.Repeat(`{"a\"b":1},`, 4) + `{"a"b":1}]`))
	defer d.Release()
	if _ = jsonstream.List(d, (*jsonstream.Decoder).Members); d.Finish() == nil {
		t.Error("a quote in a name was taken for JSON")
	}
}

func TestTooManyKeys(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a shape of 251 keys was accepted")
		}
	}()
	d := jsonstream.Get([]byte(`{}`))
	d.Order(&jsonstream.Shape{ID: 2, Name: "large", Keys: make([]string, 251)})
}

// Shapes that were given the same number by mistake read the same, if slower.
func TestSharedShapeNumber(t *testing.T) {
	t.Parallel()
	other := jsonstream.Shape{ID: childShape.ID, Keys: []string{`"a":`}}
	d := jsonstream.Get([]byte(`{"a":"1"}`))
	defer d.Release()
	if k := d.First(&other, d.Order(&other)); k != 0 || d.String() != "1" {
		t.Errorf("got member %d", k)
	}
	e := jsonstream.GetCopy([]byte(`{"size":1,"id":"2"}`))
	defer e.Release()
	e.Order(&other)
	var x child
	if x.decode(e); x.ID != "2" || x.Size != 1 || e.Finish() != nil {
		t.Errorf("got %+v", x)
	}
}
