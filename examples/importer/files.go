package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/seed-8b687bef/intercom-go"
)

// journal is a file with a line for every row that is done, so that an import
// that was interrupted goes on with the others. A row that was changed since
// is another row.
type journal struct {
	mu   sync.Mutex
	done map[string]bool
	file *os.File
}

func openJournal(path string) (*journal, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	j := &journal{done: map[string]bool{}, file: file}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		j.done[lines.Text()] = true
	}
	return j, lines.Err()
}

// digest stands for a row. It is short, and tells nothing of what is in it.
func digest(r *row) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", r.cells))
	return hex.EncodeToString(sum[:16])
}

func (j *journal) has(r *row) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.done[digest(r)]
}

func (j *journal) add(r *row) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, err := fmt.Fprintln(j.file, digest(r))
	return err
}

// close ends the journal. Of a complete import nothing has to be remembered.
func (j *journal) close(complete bool) error {
	err := j.file.Close()
	if complete {
		err = errors.Join(err, os.Remove(j.file.Name()))
	}
	return err
}

// failures is the CSV of rows that failed: the columns of the import and why.
// It is not made before the first of them.
type failures struct {
	path   string
	header []string

	mu   sync.Mutex
	file *os.File
	csv  *csv.Writer
}

func (f *failures) add(r *row, reason error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file == nil {
		var err error
		if f.file, err = os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600); err != nil {
			return err
		}
		f.csv = csv.NewWriter(f.file)
		f.write([]string{ownColumns + "line", ownColumns + "reason", ownColumns + "request_id"}, f.header)
	}
	text, requestID := explain(reason)
	f.write([]string{strconv.Itoa(r.line), text, requestID}, r.cells)
	f.csv.Flush()
	return f.csv.Error()
}

// write writes a line. Columns that an earlier import added are left out.
func (f *failures) write(line, cells []string) {
	for i, cell := range cells {
		if !strings.HasPrefix(f.header[i], ownColumns) {
			line = append(line, cell)
		}
	}
	_ = f.csv.Write(line) // Error tells of it.
}

// close ends the file. What an earlier import left there is out of date when
// nothing failed this time.
func (f *failures) close() error {
	if f.file != nil {
		return f.file.Close()
	}
	if err := os.Remove(f.path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// explain says why a row failed, and in which request. The API's own words may
// quote personal data, which is no harm in the user's own file.
func explain(reason error) (text, requestID string) {
	var apiError *intercom.Error
	if !errors.As(reason, &apiError) {
		return reason.Error(), ""
	}
	words := []string{strconv.Itoa(apiError.StatusCode)}
	for _, d := range apiError.Details {
		words = append(words, strings.TrimSpace(d.Code+" "+d.Field)+": "+d.Message)
	}
	return strings.Join(words, " "), apiError.RequestID
}
