package rows

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/seed-8b687bef/intercom-go"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Exports compares reading the rows of an export with unpacking its file, which
// nobody who reads them can leave out.
var Exports = Group{Name: "export", Measure: measureExports}

func measureExports(o Options) ([]Row, error) {
	file := newExportFile(100_000)
	speed, err := measureExportRows(o, file, 4)
	if err != nil {
		return nil, err
	}
	memory, err := measureExportMemory(file)
	if err != nil {
		return nil, err
	}
	return []Row{speed, memory}, nil
}

// exportFile is a file of any size: a header and the same part again and again,
// all packed. Packed parts can be put behind each other.
type exportFile struct {
	header, part []byte
	rows, size   int // of a part, unpacked
}

func newExportFile(rows int) *exportFile {
	text := payload.ExportRows(rows)
	return &exportFile{header: pack([]byte(payload.ExportHeader)), part: pack(text), rows: rows, size: len(text)}
}

func (f *exportFile) open(parts int) io.Reader {
	readers := []io.Reader{bytes.NewReader(f.header)}
	for range parts {
		readers = append(readers, bytes.NewReader(f.part))
	}
	return io.MultiReader(readers...)
}

// RoundTrip implements http.RoundTripper: it answers everything with the file.
type exportTransport struct {
	file  *exportFile
	parts int
}

func (t exportTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: request,
		Body: io.NopCloser(t.file.open(t.parts)), ContentLength: -1,
	}, nil
}

func measureExportRows(o Options, file *exportFile, parts int) (Row, error) {
	client, err := intercom.NewClient("token", intercom.WithHTTPClient(&http.Client{Transport: exportTransport{file, parts}}))
	if err != nil {
		return Row{}, err
	}
	result, err := ratio.Measure([]ratio.Case{
		{Name: "gunzip", Run: func() error {
			text, err := gzip.NewReader(file.open(parts))
			if err == nil {
				_, err = io.Copy(io.Discard, text)
			}
			return err
		}},
		{Name: "gunzip and encoding/csv", Run: func() error { return readCSV(file.open(parts), parts*file.rows) }},
		{Name: "rows", Run: func() error { return readRows(client, parts*file.rows) }},
	}, o.long(15))
	if err != nil {
		return Row{}, err
	}
	return Row{
		What: "export: rows over gunzip alone, two cores", Goal: 0.95, Got: ratio.Summarize(result.Ratio("gunzip", "rows")),
		Beside: fmt.Sprintf("%.2f million rows/s, %.0f MB/s of CSV; gunzip and encoding/csv %.2f",
			float64(parts*file.rows)*1e3/result.Time("rows").Median, float64(parts*file.size)*1e3/result.Time("rows").Median,
			ratio.Summarize(result.Ratio("gunzip", "gunzip and encoding/csv")).Median),
	}, nil
}

func readRows(client *intercom.Client, want int) error {
	seen := 0
	for row, err := range client.Export.Rows(context.Background(), "hb3k9qv2") {
		if err != nil {
			return err
		}
		if !row.ReceivedAt.IsZero() {
			seen++
		}
	}
	if seen != want {
		return fmt.Errorf("read %d rows of %d", seen, want)
	}
	return nil
}

func readCSV(file io.Reader, want int) error {
	text, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	reader := csv.NewReader(text)
	reader.ReuseRecord = true
	seen := -1
	for ; err == nil; seen++ {
		_, err = reader.Read()
	}
	if err != io.EOF || seen-1 != want {
		return fmt.Errorf("read %d rows of %d: %w", seen-1, want, err)
	}
	return nil
}

// measureExportMemory lets a program of its own read a gigabyte and tell the
// most memory that it ever had.
func measureExportMemory(file *exportFile) (Row, error) {
	const gigabyte = 1_000_000_000
	parts := (gigabyte + file.size - 1) / file.size
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = io.Copy(w, file.open(parts))
	}))
	defer server.Close()
	folder, err := os.MkdirTemp("", "export")
	if err != nil {
		return Row{}, err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, "export")
	if _, err := build(nil, program, "export"); err != nil {
		return Row{}, err
	}
	out, err := exec.Command(program, server.URL).Output()
	if err != nil {
		return Row{}, fmt.Errorf("export: %w: %s", err, out)
	}
	var rows int
	var own, resident float64
	if _, err := fmt.Sscan(string(out), &rows, &own, &resident); err != nil || rows != parts*file.rows {
		return Row{}, fmt.Errorf("export: read %d rows of %d: %s", rows, parts*file.rows, strings.TrimSpace(string(out)))
	}
	return Row{
		What: "export: megabytes of memory at most for 1 GB of CSV", Goal: 16, AtMost: true, Format: "%.1f", Got: ratio.Exact(own / 1e6),
		Beside: fmt.Sprintf("of the process's own; %.1f with the pages of its program file", resident/1e6),
	}, nil
}
