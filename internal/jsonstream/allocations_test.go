//go:build !race

package jsonstream_test

// The race detector makes sync.Pool forget at random, so that allocations can't
// be counted under it.

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// Many words that come once each leave the memory of those that come again and
// again, and get none of their own.
//
//nolint:paralleltest // It measures the memory of the process.
func TestRareWordsDriveNoneAway(t *testing.T) {
	var rare strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&rare, `"%d","contact",`, 7000000+i*37)
	}
	document := `[` + rare.String() + `"contact"]`
	body := make([]byte, 0, len(document)+64)
	words := make([]string, 0, 2001)
	got := testing.AllocsPerRun(20, func() {
		words = words[:0]
		d := jsonstream.Get(append(body, document...))
		jsonstream.List(d, func(d *jsonstream.Decoder) bool {
			words = append(words, d.Word())
			return true
		})
		if err := d.Finish(); err != nil {
			t.Error(err)
		}
		d.Release()
	})
	if len(words) != 2001 || words[0] != "7000000" || words[1998] != "7036963" || words[2000] != "contact" {
		t.Errorf("got %d words: %q, %q, %q", len(words), words[0], words[1998], words[2000])
	}
	if got > 60 { // chunks for 7,000 bytes, and the doubling of a list of booleans
		t.Errorf("%v allocations", got)
	}
}

//nolint:paralleltest // It counts the allocations of the process.
func TestAllocations(t *testing.T) {
	page := `{"list":[` + repeat(`{"id":"a1b2c3d4e5f6","size":12,"child":null}`, 100) + `]}`
	for _, r := range []struct {
		name, document string
		decode         func(*jsonstream.Decoder)
		most           float64
	}{
		{"skipping", plain, func(d *jsonstream.Decoder) { d.Skip() }, 0},
		{"a word that was seen", `"contact"`, func(d *jsonstream.Decoder) { d.Word() }, 0},
		{"an integer", `12`, func(d *jsonstream.Decoder) { d.Int() }, 0},
		{"an integer in a string", `"12"`, func(d *jsonstream.Decoder) { d.Int() }, 0},
		{"a number", `1.5`, func(d *jsonstream.Decoder) { d.Float() }, 0},
		{"a boolean", `true`, func(d *jsonstream.Decoder) { d.Bool() }, 0},
		{"a time", `1700000000`, func(d *jsonstream.Decoder) { d.UnixMicro() }, 0},
		{"a time with fraction", `1700000000.5`, func(d *jsonstream.Decoder) { d.UnixMicro() }, 0},
		{"a string", `"abc"`, func(d *jsonstream.Decoder) { _ = d.String() }, 1},
		{"a string with escapes", `"a\nbc"`, func(d *jsonstream.Decoder) { _ = d.String() }, 1},
		{"32 pointers", `[` + repeat(`1`, 32) + `]`, func(d *jsonstream.Decoder) {
			jsonstream.List(d, func(d *jsonstream.Decoder) bool { return d.IntPointer() != nil })
		}, 5}, // one of which is the slab, and four the list
		{"ten members", `{` + repeat(`"a":"b"`, 10) + `}`, func(d *jsonstream.Decoder) { d.Members() }, 2},
		{"a page of 100", page, func(d *jsonstream.Decoder) { new(sample).decode(d) }, 6},
	} {
		body := make([]byte, 0, len(r.document)+64)
		got := testing.AllocsPerRun(100, func() {
			d := jsonstream.Get(append(body, r.document...))
			r.decode(d)
			if err := d.Finish(); err != nil {
				t.Error(err)
			}
			d.Release()
		})
		if got > r.most {
			t.Errorf("%s: %v allocations, more than %v", r.name, got, r.most)
		}
	}
}
