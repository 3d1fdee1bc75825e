package jsonstream_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

func TestSyntaxErrors(t *testing.T) {
	t.Parallel()
	rows := []struct{ document, want string }{
		{``, `invalid JSON: unexpected end of the document at offset 0`},
		{` `, `invalid JSON: unexpected end of the document at offset 1`},
		{`{`, `invalid JSON: unexpected end of the document at offset 1`},
		{`{"text":"a`, `invalid JSON: unexpected end of the document at offset 10 in text`},
		{`{"text":"a\`, `invalid JSON: invalid escape in a string at offset 10 in text`},
		{`{"text":"a\u12`, `invalid JSON: invalid escape in a string at offset 10 in text`},
		{`{"text":"a\x"}`, `invalid JSON: invalid escape in a string at offset 10 in text`},
		{"{\"text\":\"a\n\"}", `invalid JSON: control character in a string at offset 10 in text`},
		{"{\"text\":\"\\\"\x00\"}", `invalid JSON: control character in a string at offset 11 in text`},
		{`{"text"}`, `invalid JSON: expected a colon at offset 7 in text`},
		{`{"text":}`, `invalid JSON: expected a value at offset 8 in text`},
		{`{text:1}`, `invalid JSON: expected a name in quotes at offset 1`},
		{`{"text":1,}`, `invalid JSON: expected a name in quotes at offset 10`},
		{`{"text":1 "word":2}`, `invalid JSON: expected a comma or the end of the object at offset 10 in text`},
		{`{"text":1]`, `invalid JSON: expected a comma or the end of the object at offset 9 in text`},
		{`{"count":01}`, `invalid JSON: expected a comma or the end of the object at offset 10 in count`},
		{`{"count":-}`, `invalid JSON: invalid number at offset 9 in count`},
		{`{"count":1.}`, `invalid JSON: invalid number at offset 9 in count`},
		{`{"at":1e}`, `invalid JSON: invalid number at offset 6 in at`},
		{`{"flag":tru}`, `invalid JSON: invalid literal at offset 8 in flag`},
		{`{"child":nul}`, `invalid JSON: invalid literal at offset 9 in child`},
		{`{"list":[{"id":"1"},{"child":{"id":+1}}]}`, `invalid JSON: expected a value at offset 35 in list[1].child.id`},
		{`{"list":[{},]}`, `invalid JSON: expected a value at offset 12 in list[1]`},
		{`{"list":[{} {}]}`, `invalid JSON: expected a comma or the end of the array at offset 12 in list[0]`},
		{`{"new":[1,{"a b":[0,1,x]}]}`, `invalid JSON: expected a value at offset 22 in new[1][…][2]`},
		{`{"free":{"ada@harbour.test":x}}`, `invalid JSON: expected a value at offset 28 in free[…]`},
		{`{"free":{"5083311847":x}}`, `invalid JSON: expected a value at offset 22 in free[…]`},
		{`{"free":{"sha256":x}}`, `invalid JSON: expected a value at offset 18 in free.sha256`},
		{`{"free":{"a":1,"b":'x'}}`, `invalid JSON: expected a value at offset 19 in free.b`},
		{`{} {}`, `invalid JSON: unexpected text after the value at offset 3`},
		{"{}\x00", `invalid JSON: unexpected text after the value at offset 2`},
		{"{\"text\":\x00}", `invalid JSON: expected a value at offset 8 in text`},
	}
	for _, r := range rows {
		_, _, err := decodeSample(r.document)
		var syntax *jsonstream.SyntaxError
		if !errors.As(err, &syntax) || err.Error() != r.want {
			t.Errorf("%q:\ngot  %v\nwant %s", r.document, err, r.want)
		}
	}
}

// After a syntax error everything returns at once, wherever it happened.
func TestTruncatedDocuments(t *testing.T) {
	t.Parallel()
	for n := range len(plain) {
		x, _, err := decodeSample(plain[:n])
		var syntax *jsonstream.SyntaxError
		if !errors.As(err, &syntax) || len(x.Extra) != 0 {
			t.Fatalf("%q: got %v, kept %s", plain[:n], err, kept(x.Extra))
		}
	}
}

func TestReadingAfterAnError(t *testing.T) {
	t.Parallel()
	d := jsonstream.Get([]byte(`[1 2]`))
	defer d.Release()
	d.Skip()
	extra := map[string]json.RawMessage{}
	if d.String() != "" || d.Word() != "" || d.Int() != 0 || d.Float() != 0 || d.Bool() || d.UnixMicro() != 0 ||
		d.IntPointer() != nil || d.FloatPointer() != nil || d.BoolPointer() != nil || d.Raw() != nil || d.Any() != nil ||
		d.Members() != nil || d.Object() || d.Scalar() || d.Empty() || d.Null() || d.Kind() != jsonstream.Invalid ||
		jsonstream.Objects(d, (*child).decode) != nil || jsonstream.List(d, (*jsonstream.Decoder).Int) != nil ||
		jsonstream.ObjectMap(d, (*child).decode) != nil || jsonstream.Map(d, (*jsonstream.Decoder).Int) != nil ||
		d.First(&childShape, d.Order(&childShape)) != jsonstream.End ||
		d.Next(&childShape, d.Order(&childShape), 0, &extra) != jsonstream.End {
		t.Error("something was read after a syntax error")
	}
	d.Unknown(&extra)
	if _, misfit := d.FirstMisfit(); misfit || len(extra) != 0 {
		t.Error("something was noted after a syntax error")
	}
	if err := d.Finish(); err == nil || err.Error() != `invalid JSON: expected a comma or the end of the array at offset 3 in [0]` {
		t.Errorf("got %v", err)
	}
}

func TestDepth(t *testing.T) {
	t.Parallel()
	nested := func(open, inner, end string, n int) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(end, n)
	}
	for _, r := range []struct {
		document string
		ok       bool
	}{
		{nested(`[`, ``, `]`, 10000), true},
		{nested(`[`, ``, `]`, 10001), false},
		{nested(`{"a":`, `1`, `}`, 10000), true},
		{nested(`{"a":`, `1`, `}`, 10001), false},
		{nested(`{"child":`, `null`, `}`, 10000), true},
		{nested(`{"child":`, `null`, `}`, 10001), false},
		{nested(`[`, ``, ``, 1000000), false},
		{nested(`{"child":`, ``, ``, 1000000), false},
	} {
		var err error
		for _, method := range []func(*jsonstream.Decoder){
			(*jsonstream.Decoder).Skip,
			func(d *jsonstream.Decoder) { d.Any() },
			func(d *jsonstream.Decoder) { new(child).decode(d) },
		} {
			d := jsonstream.Get([]byte(r.document))
			method(d)
			if err = d.Finish(); (err == nil) != r.ok {
				t.Errorf("%.20s… of %d bytes: got %v", r.document, len(r.document), err)
			}
			d.Release()
		}
		if err != nil && len(err.Error()) > 1000 {
			t.Errorf("the error is %d bytes long", len(err.Error()))
		}
	}
}

func TestPathsAreOneLine(t *testing.T) {
	t.Parallel()
	for _, document := range []string{
		"{\"new\":{\"a\\nb\x7f\":{\"" + strings.Repeat("long", 1000) + "\":x}}}",
		"{\"new\":{\"é\xff“\":x}}",
	} {
		_, _, err := decodeSample(document)
		if text := err.Error(); len(text) > 200 || strings.ContainsAny(text, "\n\r\x7f") {
			t.Errorf("got %q", text)
		}
	}
}

func TestKindNames(t *testing.T) {
	t.Parallel()
	var names []string
	for _, document := range []string{`x`, `null`, `true`, `1`, `""`, `[]`, `{}`} {
		d := jsonstream.Get([]byte(document))
		names = append(names, d.Kind().String())
		d.Release()
	}
	if got, want := strings.Join(names, " "), "nothing null boolean number string array object"; got != want {
		t.Errorf("got %s", got)
	}
}
