package jsonstream

import (
	"strings"
	"testing"
)

// One huge document must not stay in memory with the pool. The test looks into
// a decoder after Release.
//
//nolint:paralleltest // Others would take the decoder out of the pool.
func TestLargeBuffersAreDropped(t *testing.T) {
	for _, r := range []struct {
		size int
		kept bool
	}{{1 << 10, true}, {maxPooled + 1, false}} {
		d := GetCopy([]byte(`"` + strings.Repeat(`\n`, r.size) + `"`))
		if got := d.String(); len(got) != r.size || d.Finish() != nil {
			t.Fatalf("got %d bytes", len(got))
		}
		d.Release()
		if kept := d.own != nil && d.scratch != nil; kept != r.kept || d.data != nil || d.key != nil {
			t.Errorf("%d bytes: kept %v", r.size, kept)
		}
	}
}
