package intercom_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// exportHeader names the columns of the file with messages.
var exportHeader = []string{
	"user_id", "user_external_id", "company_id", "email", "name", "ruleset_id", "content_id", "content_type",
	"content_title", "ruleset_version_id", "receipt_id", "received_at", "series_id", "series_title", "node_id",
	"first_reply", "first_completion", "first_series_completion", "first_series_disengagement",
	"first_series_exit", "first_goal_success", "first_open", "first_click", "first_dismisall",
	"first_unsubscribe", "first_hard_bounce",
}

// exportCSV makes up messages that pack about as well as real ones.
func exportCSV(n int) string {
	random := rand.New(rand.NewPCG(7, 8))
	maybe := func(chance, at int) string {
		if random.IntN(chance) > 0 {
			return ""
		}
		return strconv.Itoa(at + random.IntN(90_000))
	}
	names := []string{"Ines Harbour", "Olu Quay", "Per Skerry", "Mei Lagoon", "Tova Reef"}
	var text strings.Builder
	for range n {
		at := 1_719_400_000 + random.IntN(2_000_000)
		person := random.IntN(1_000_000)
		fmt.Fprintf(&text, "%012x%012x,member-%d,%d,p%d@harbour.test,%s,%d,%d,email,\"Tides, part %d\",%d,%d,%d,-1,,-1,%s,,,,,,%s,%s,,,\n",
			random.Uint32(), random.Uint32(), person, random.IntN(5_000), person, names[random.IntN(len(names))],
			400+random.IntN(60), 9_000+random.IntN(60), random.IntN(9), random.IntN(100_000), random.IntN(1_000_000_000),
			at, maybe(9, at), maybe(2, at), maybe(5, at))
	}
	return text.String()
}

// exportSample is a file in packed parts that can be put behind each other.
var exportSample = sync.OnceValue(func() (s struct {
	header, part    []byte
	rows, plainSize int
},
) {
	pack := func(text string) []byte {
		var packed bytes.Buffer
		writer := gzip.NewWriter(&packed)
		_, _ = io.WriteString(writer, text)
		_ = writer.Close()
		return packed.Bytes()
	}
	s.rows = 100_000
	text := exportCSV(s.rows)
	s.header, s.part, s.plainSize = pack(strings.Join(exportHeader, ",")+"\n"), pack(text), len(text)
	return s
})

// exportFile is a packed file of so many parts.
func exportFile(parts int) io.Reader {
	sample := exportSample()
	readers := []io.Reader{bytes.NewReader(sample.header)}
	for range parts {
		readers = append(readers, bytes.NewReader(sample.part))
	}
	return io.MultiReader(readers...)
}

// exportClient is a client of a server that answers every download with the
// file that open gives.
func exportClient(tb testing.TB, open func() io.Reader, opts ...intercom.ClientOption) *intercom.Client {
	tb.Helper()
	return clientOf(tb, nil, append(opts, intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(open()), ContentLength: -1, Request: r}, nil
	})}))...)
}

// BenchmarkExport reads a file in several ways. gunzip is the limit: no way can
// be faster than unpacking.
func BenchmarkExport(b *testing.B) {
	const parts = 4
	sample := exportSample()
	run := func(name string, read func(b *testing.B) int) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(parts * sample.plainSize))
			b.ReportAllocs()
			for b.Loop() {
				if n := read(b); n != parts*sample.rows && n >= 0 {
					b.Fatalf("%d rows", n)
				}
			}
			b.ReportMetric(float64(b.N*parts*sample.rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
	run("gunzip", func(b *testing.B) int {
		b.Helper()
		unpacked, err := gzip.NewReader(exportFile(parts))
		require.NoError(b, err)
		_, err = io.Copy(io.Discard, unpacked)
		require.NoError(b, err)
		return -1
	})
	run("gunzip and encoding/csv", func(b *testing.B) int {
		b.Helper()
		unpacked, err := gzip.NewReader(exportFile(parts))
		require.NoError(b, err)
		reader := csv.NewReader(unpacked)
		reader.ReuseRecord = true
		n := -1
		for ; err == nil; n++ {
			_, err = reader.Read()
		}
		return n - 1
	})
	run("Download", func(b *testing.B) int {
		b.Helper()
		client := exportClient(b, func() io.Reader { return exportFile(parts) })
		file, err := client.Export.Download(b.Context(), "hb3k9qv2")
		require.NoError(b, err)
		_, err = io.Copy(io.Discard, file)
		require.NoError(b, err)
		return -1
	})
	run("Rows", func(b *testing.B) int {
		b.Helper()
		client, n := exportClient(b, func() io.Reader { return exportFile(parts) }), 0
		for row, err := range client.Export.Rows(b.Context(), "hb3k9qv2") {
			if err != nil || row.ReceivedAt.IsZero() {
				b.Fatal(row, err)
			}
			n++
		}
		return n
	})
}

// TestExportMemory holds what is kept while rows are read against what was read
// so far. It does not run beside others, which would count.
func TestExportMemory(t *testing.T) { //nolint:paralleltest // It measures the whole process.
	const parts = 8
	sample := exportSample()
	client := exportClient(t, func() io.Reader { return exportFile(parts) })
	live := func() uint64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	var early, most uint64
	n := 0
	for row, err := range client.Export.Rows(t.Context(), "hb3k9qv2") {
		require.NoError(t, err)
		require.NotEmpty(t, row.UserID)
		switch n++; {
		case n == sample.rows/2:
			early = live()
		case n%sample.rows == 0:
			most = max(most, live())
		}
	}
	require.Equal(t, parts*sample.rows, n)
	require.Less(t, most, early+1<<20, "%d rows of %d bytes in all", n, parts*sample.plainSize)
}
