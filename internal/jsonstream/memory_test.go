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
