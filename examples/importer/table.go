package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
)

// ownColumns begin so in the file of failed rows. When that file is imported,
// they are passed over.
const ownColumns = "import_"

// table is the CSV file with what its columns mean.
type table struct {
	header []string
	rows   int

	settings settings
	columns  []column // nil where a column is passed over
	id       int      // which column is external_id
	file     *os.File
}

// row is one line of the file.
type row struct {
	line       int
	cells      []string
	externalID string
	params     intercom.ContactUpdateParams
	err        error // why it can't be imported
}

// openTable reads the file once, to know that it is whole and how long it is.
func openTable(s settings, attributes map[string]intercom.DataAttribute) (*table, error) {
	file, err := os.Open(s.file)
	if err != nil {
		return nil, err
	}
	t := &table{settings: s, file: file}
	if err := t.check(attributes); err != nil {
		file.Close()
		return nil, fmt.Errorf("%s: %w", s.file, err)
	}
	return t, nil
}

func (t *table) close() { t.file.Close() }

func (t *table) check(attributes map[string]intercom.DataAttribute) error {
	r := csv.NewReader(t.file)
	header, err := r.Read()
	if err != nil {
		return fmt.Errorf("no line with the names of columns: %w", err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff") // as spreadsheets write it
	t.header = header
	for i, name := range header {
		if slices.Contains(header[:i], name) {
			return fmt.Errorf("there are two columns %q", name)
		}
		var c column
		if !strings.HasPrefix(name, ownColumns) {
			if c, err = columnNamed(name, attributes); err != nil {
				return err
			}
		}
		t.columns = append(t.columns, c)
	}
	if t.id = slices.Index(header, "external_id"); t.id < 0 {
		return errors.New("there is no column external_id, by which contacts are told apart")
	}
	for r.ReuseRecord = true; ; t.rows++ {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// all iterates over the rows.
func (t *table) all() iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		if _, err := t.file.Seek(0, io.SeekStart); err != nil {
			yield(nil, err)
			return
		}
		lines := map[string]int{} // by external id
		r := csv.NewReader(t.file)
		if _, err := r.Read(); err != nil {
			yield(nil, err)
			return
		}
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			line, _ := r.FieldPos(0)
			row := t.row(line, cells)
			if first := lines[row.externalID]; first > 0 && row.err == nil {
				row.err = fmt.Errorf("external_id is that of line %d, too", first)
			} else if row.externalID != "" {
				lines[row.externalID] = line
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// row says what a line of the file changes.
func (t *table) row(line int, cells []string) *row {
	row := &row{line: line, cells: cells, externalID: strings.TrimSpace(cells[t.id])}
	if row.externalID == "" || row.externalID == t.settings.null {
		row.err = errors.New("external_id is empty")
		return row
	}
	for i, cell := range cells {
		cell, column := strings.TrimSpace(cell), t.columns[i]
		if column == nil || cell == "" && !t.settings.clear {
			continue
		}
		null := cell == "" || cell == t.settings.null
		if err := column(&row.params, cell, null); err != nil {
			row.err = fmt.Errorf("%s: %w", t.header[i], err)
			return row
		}
	}
	return row
}
