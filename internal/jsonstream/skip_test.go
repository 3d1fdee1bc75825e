package jsonstream

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestSkipEscapes has escapes where looking ahead for them begins and ends anew.
func TestSkipEscapes(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 40)
	for _, document := range []string{
		`["a","b\"c","d"]`,
		`["\"","\\","\\\"",{"\"":"\\"},"` + long + `\"` + long + `"]`,
		`{"a":"` + long + `","b\"":"` + long + `\\","c":"\u00e9"}`,
		`{"a" : "b\"" , "c" : [ "d\\" , 1 ] , "e\\" : null }`,
		`["a","b\"]`,
		`["a","b\\"c"]`,
		`["a\","b"]`,
		`{"a":"b\","c":"d"}`,
		"[\"" + long + "\n\\\"\"]",
		"[\"\\\"" + long + "\n\"]",
	} {
		d := GetCopy([]byte(document))
		d.Skip()
		if err := d.Finish(); (err == nil) != json.Valid([]byte(document)) {
			t.Errorf("%q: got %v", document, err)
		}
		d.Release()
	}
}

// TestSkipAgain goes back behind what was skipped, as a value does that turns
// out not to fit.
func TestSkipAgain(t *testing.T) {
	t.Parallel()
	d := GetCopy([]byte(`["a\"","b","c\"","d"]`))
	defer d.Release()
	for range 3 {
		d.pos = 0
		d.Skip()
	}
	if err := d.Finish(); err != nil {
		t.Error(err)
	}
}

// TestNothingIsKnownOfTheNextDocument holds that a decoder forgets where the
// last document had no escapes.
func TestNothingIsKnownOfTheNextDocument(t *testing.T) {
	t.Parallel()
	d := new(Decoder)
	for _, document := range []string{`["a","b","c","d","e"]`, `["\"","b\""]`} {
		d.reset([]byte(document))
		d.Skip()
		if err := d.Finish(); err != nil {
			t.Errorf("%q: %v", document, err)
		}
	}
}
