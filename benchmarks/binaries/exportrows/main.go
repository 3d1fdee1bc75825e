// Command exportrows measures how long it takes to read the rows of an export,
// and to unpack its file and nothing else.
package main

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"

	"github.com/seed-8b687bef/intercom-go"

	"github.com/seed-8b687bef/intercom-go/benchmarks/alone"
	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

func main() {
	const rows = payload.ExportParts * payload.ExportPartRows
	file := payload.NewExportFile(payload.ExportPartRows)
	open := func() io.Reader { return file.Open(payload.ExportParts) }
	client, err := intercom.NewClient("token", intercom.WithHTTPClient(&http.Client{Transport: server{open}}))
	if err != nil {
		log.Fatal(err)
	}
	alone.Main([]ratio.Case{
		{Name: "gunzip", Run: func() error { return gunzip(open()) }},
		// The next two show what a second core is worth at that time.
		{Name: "gunzip again", Run: func() error { return gunzip(open()) }},
		{Name: "gunzip twice at once", Run: func() error {
			other := make(chan error)
			go func() { other <- gunzip(open()) }()
			return errors.Join(gunzip(open()), <-other)
		}},
		{Name: "gunzip and encoding/csv", Run: func() error { return readCSV(open(), rows) }},
		{Name: "rows", Run: func() error { return readRows(client, rows) }},
	}, ratio.Options{})
}

// server answers everything with a file.
type server struct{ open func() io.Reader }

// RoundTrip implements http.RoundTripper.
func (s server) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Request: request,
		Body: io.NopCloser(s.open()), ContentLength: -1,
	}, nil
}

func gunzip(file io.Reader) error {
	text, err := gzip.NewReader(file)
	if err == nil {
		_, err = io.Copy(io.Discard, text)
	}
	return err
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
