package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go/benchmarks/rows"
)

// report is what was measured: the common table first.
type report struct {
	began  time.Time
	tables []*table
	notes  bytes.Buffer
}

type table struct {
	title string // "" for the common one
	rows  []rows.Row
}

func newReport() *report { return &report{began: time.Now(), tables: []*table{{}}} }

// add puts rows into the table of a title.
func (r *report) add(title string, list []rows.Row) {
	if len(list) == 0 {
		return
	}
	for _, t := range r.tables {
		if t.title == title {
			t.rows = append(t.rows, list...)
			return
		}
	}
	r.tables = append(r.tables, &table{title, list})
}

func (r *report) rows() (all []rows.Row) {
	for _, t := range r.tables {
		all = append(all, t.rows...)
	}
	return all
}

func (r *report) missed() (n int) {
	for _, row := range r.rows() {
		if row.Verdict() == rows.Missed {
			n++
		}
	}
	return n
}

// machine says where and when it was measured.
func (r *report) machine() string {
	return fmt.Sprintf("%s on %s/%s with %d cores, in %s", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), time.Since(r.began).Round(time.Second))
}

// print writes the report for terminals.
func (r *report) print(w io.Writer) error {
	for _, t := range r.tables {
		if len(t.rows) == 0 {
			continue
		}
		if t.title != "" {
			fmt.Fprintf(w, "\n%s\n", t.title)
		}
		if err := rows.Print(w, t.rows); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\n%s\nmeasured with %s\n", r.notes.Bytes(), r.machine())
	return err
}

// markdown writes the report as a document.
func (r *report) markdown(w io.Writer) error {
	fmt.Fprintf(w, "# Results\n\nWritten by `make bench`, with %s.\nHow each figure is had is told in [docs/performance.md](../docs/performance.md).\n", r.machine())
	if err := r.writeTables(w); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n### Notes\n\n```text\n%s```\n", r.notes.Bytes())
	return err
}

func (r *report) writeTables(w io.Writer) error {
	for _, t := range r.tables {
		if len(t.rows) == 0 {
			continue
		}
		title := t.title
		if title == "" {
			title = "All"
		}
		fmt.Fprintf(w, "\n### %s\n\n", title)
		if err := rows.Markdown(w, t.rows); err != nil {
			return err
		}
	}
	return nil
}

// The lines of a text between which the tables stand.
const (
	resultsBegin = "<!-- results: written by make bench -->\n"
	resultsEnd   = "<!-- end of results -->\n"
)

// embed puts the tables into a text in the place of those of the last time.
func (r *report) embed(text string) (string, error) {
	before, rest, found := strings.Cut(text, resultsBegin)
	_, after, ends := strings.Cut(rest, resultsEnd)
	if !found || !ends {
		return "", errors.New("the text has no place for the tables")
	}
	var tables strings.Builder
	fmt.Fprintf(&tables, "\nMeasured with %s.\n", r.machine())
	if err := r.writeTables(&tables); err != nil {
		return "", err
	}
	return before + resultsBegin + tables.String() + "\n" + resultsEnd + after, nil
}
