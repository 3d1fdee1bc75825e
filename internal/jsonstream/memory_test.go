package jsonstream_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// One string of each of ten answers is kept, and none of their megabytes.
//
//nolint:paralleltest // It measures the memory of the process.
func TestKeptStringsDoNotKeepTheDocument(t *testing.T) {
	const answers, size = 10, 1 << 20
	measure := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // empties the pool
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := measure()
	var keptStrings []string
	for i := range answers {
		var document bytes.Buffer
		fmt.Fprintf(&document, `{"list":[{"id":"%d"},%s]}`, i, repeat(`{"id":"some id","child":{"id":"more text"}}`, size/43))
		d := jsonstream.Get(document.Bytes())
		var x sample
		x.decode(d)
		if err := d.Finish(); err != nil {
			t.Fatal(err)
		}
		d.Release()
		keptStrings = append(keptStrings, x.List[0].ID)
	}
	if grown := int64(measure()) - int64(before); grown > answers*2*4096 {
		t.Errorf("%d strings keep %d bytes", answers, grown)
	}
	runtime.KeepAlive(keptStrings)
}

// Everything that was decoded stays as it is when the buffer is used again.
func TestNothingSharesTheBuffer(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 100)
	document := `{"text":"` + long + `","word":"w","free":{"a":"b","c":[1]},"raw":[1],"any":{"k":"v"},"new":{"x":1},"count":"x"}`
	body := []byte(document)
	d := jsonstream.Get(body)
	var x sample
	x.decode(d)
	if err := d.Finish(); err != nil {
		t.Fatal(err)
	}
	before := fmt.Sprintf("%+v", x)
	body = d.Release()
	if string(body) != document {
		t.Errorf("got back %q", body)
	}
	for i := range body[:cap(body)] {
		body[:cap(body)][i] = '#'
	}
	if after := fmt.Sprintf("%+v", x); after != before {
		t.Errorf("got %s, it was %s", after, before)
	}
}

// Bytes of somebody else are neither written to nor appended to.
func TestGetCopyLeavesTheBytes(t *testing.T) {
	t.Parallel()
	all := []byte(`[{"id":"1"}, "and more"]`)
	before := string(all)
	d := jsonstream.GetCopy(all[1:11])
	var x child
	x.decode(d)
	if err := d.Finish(); err != nil || x.ID != "1" {
		t.Errorf("got %+v, %v", x, err)
	}
	if d.Release() != nil {
		t.Error("Release gave a buffer away that is not the caller's")
	}
	if string(all) != before {
		t.Errorf("the bytes became %q", all)
	}
}

func TestBodyIsReturned(t *testing.T) {
	t.Parallel()
	body := make([]byte, 0, 64)
	body = append(body, `{"id":"1"}`...)
	d := jsonstream.Get(body)
	d.Skip()
	if got := d.Release(); &got[0] != &body[0] || cap(got) != 64 {
		t.Error("a body with room for the padding was moved")
	}
	full := []byte(`{"id":"1"}`)
	d = jsonstream.Get(full[:len(full):len(full)])
	d.Skip()
	if got := d.Release(); string(got) != string(full) {
		t.Errorf("got %q", got)
	}
}

func TestPooledDecodersAreClean(t *testing.T) {
	t.Parallel()
	for range 3 {
		d := jsonstream.Get([]byte(`{"id":{},"new":1,`))
		new(child).decode(d)
		if d.Finish() == nil {
			t.Error("no error")
		}
		d.Release()
		d = jsonstream.Get([]byte(`{"id":"1"}`))
		var x child
		x.decode(d)
		_, misfit := d.FirstMisfit()
		_, unknown := d.FirstUnknown()
		if err := d.Finish(); err != nil || misfit || unknown || x.ID != "1" || x.Extra != nil {
			t.Errorf("got %+v, %v, %v, %v", x, misfit, unknown, err)
		}
		d.Release()
	}
}

func TestConcurrentDecoders(t *testing.T) {
	t.Parallel()
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			document := fmt.Sprintf(`{"size":%d,"id":"%d"}`, i, i)
			if i%2 == 0 {
				document = fmt.Sprintf(`{"id":"%d","size":%d}`, i, i)
			}
			for range 100 {
				var x child
				d := jsonstream.GetCopy([]byte(document))
				x.decode(d)
				if err := d.Finish(); err != nil || x.Size != i || x.ID != strconv.Itoa(i) {
					t.Errorf("got %+v, %v", x, err)
				}
				d.Release()
			}
		})
	}
	group.Wait()
}

// Many words that come once each leave the memory of those that come again and
// again, and get none of their own.
//
//nolint:paralleltest // It measures the memory of the process.
func TestRareWordsDriveNoneAway(t *testing.T) {
	if raceEnabled {
		t.Skip("sync.Pool forgets at random under the race detector")
	}
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
	if raceEnabled {
		t.Skip("sync.Pool forgets at random under the race detector")
	}
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
