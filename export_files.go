package intercom

import (
	"context"
	"errors"
	"io"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// ExportFile is one of the files that a job wrote down. It can be read until
// the next one is asked for.
type ExportFile struct {
	// Name is the file's name as the archive has it, such as
	// click_20240630.csv; empty if the file did not come in an archive. Don't
	// use it as a path before you have checked it.
	Name string

	source io.Reader
	read   int64
	err    error
}

// errFileClosed is for a file that is read too late.
var errFileClosed = errors.New("intercom: Export.Files: the file can't be read any more, because the loop has gone on")

// Read reads the file, unpacked. It implements io.Reader.
func (f *ExportFile) Read(p []byte) (int, error) {
	switch {
	case f.err != nil:
		return 0, f.err
	case f.source == nil:
		return 0, errFileClosed
	}
	n, err := f.source.Read(p)
	f.read += int64(n)
	if err != nil && err != io.EOF {
		err = &ExportReadError{Method: "Export.Files", Bytes: f.read, Downloads: 1, Err: explainRead(err)}
	}
	f.err = err
	return n, err
}

// Rows iterates over the rows of the file, from where it is read. Columns that
// ExportRow has no field for, which are most of those in files of events, are in
// its Unknown.
func (f *ExportFile) Rows() iter.Seq2[ExportRow, error] {
	return func(yield func(ExportRow, error) bool) {
		if err := giveRows("Export.Files", f, yield); err != nil {
			yield(ExportRow{}, err)
		}
	}
}

// files gives the files of a job.
func (s *ExportService) files(ctx context.Context, jobID string, opts []CallOption, yield func(*ExportFile, error) bool) {
	settings, err := s.client.settingsOf(operations.ExportDownload, opts)
	if err != nil {
		yield(nil, err)
		return
	}
	r, err := s.result(ctx, jobID, settings)
	if err != nil {
		yield(nil, err)
		return
	}
	defer func() { _ = r.Close() }()
	var read int64
	for {
		name, source, err := r.next()
		if err == io.EOF {
			return
		}
		if err != nil {
			yield(nil, &ExportReadError{Method: "Export.Files", Bytes: read, Downloads: 1, Err: explainRead(err)})
			return
		}
		file := &ExportFile{Name: name, source: source}
		more := yield(file, nil)
		read += file.read
		file.source, file.err = nil, errFileClosed
		if !more {
			return
		}
	}
}
