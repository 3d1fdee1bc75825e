package intercom

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

const (
	// binaryType is the media type that downloads must ask for.
	binaryType = "application/octet-stream"
	// downloadBuffer is how much of a download is read at once.
	downloadBuffer = 64 << 10
	// reportPause is the time between two reports of a download's progress.
	reportPause = 100 * time.Millisecond
)

// ExportReadError says that what a job wrote down could not be read to its end.
// What came before is right, as far as it goes.
type ExportReadError struct {
	// Method is the method that was called, such as "Export.Rows".
	Method string
	// Bytes is how many bytes of CSV came before, unpacked.
	Bytes int64
	// Rows is how many rows came before; 0 where bytes were asked for.
	Rows int
	// Downloads is how often the download was begun.
	Downloads int
	// Err says what went wrong.
	Err error
}

// Error tells in one line how far the download came and what ended it.
func (e *ExportReadError) Error() string {
	var text strings.Builder
	text.WriteString("intercom: ")
	if e.Method != "" {
		text.WriteString(e.Method + ": ")
	}
	text.WriteString("the result ended early, after ")
	if e.Rows > 0 {
		text.WriteString(strconv.Itoa(e.Rows) + " rows, ")
	}
	text.WriteString(strconv.FormatInt(e.Bytes, 10) + " bytes of CSV")
	if e.Downloads > 1 {
		text.WriteString(", downloaded " + strconv.Itoa(e.Downloads) + " times")
	}
	if e.Err != nil {
		text.WriteString(": " + trimPrefix(e.Err).Error())
	}
	return text.String()
}

// Unwrap gives what went wrong.
func (e *ExportReadError) Unwrap() error { return e.Err }

// Temporary tells whether another download may well succeed.
func (e *ExportReadError) Temporary() bool { return e.Err != nil && mayDownloadAgain(e.Err) }

// mayDownloadAgain tells whether a failure has to do with the way of the file,
// and not with the file itself.
func mayDownloadAgain(err error) bool {
	return IsTemporary(err) || errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, context.Canceled)
}

// callStream sends an operation whose answer is a file and hands that over
// unread.
func callStream(ctx context.Context, c *Client, op *operations.Operation, r request, settings *callSettings) (*transport.Response, error) {
	req, err := newRequest(op, r, settings)
	if err != nil {
		return nil, err
	}
	req.Accept, req.Stream = binaryType, true
	var resp transport.Response
	if err := c.exchange(ctx, req, settings, &resp); err != nil {
		return nil, err
	}
	return &resp, nil
}

// result begins to download what a job wrote down.
func (s *ExportService) result(ctx context.Context, jobID string, settings *callSettings) (*result, error) {
	resp, err := callStream(ctx, s.client, operations.ExportDownload, path(jobID), settings)
	switch {
	case IsNotFound(err):
		return nil, fmt.Errorf("%w; a result can be read from when its job has completed until two days later", err)
	case err != nil:
		return nil, err
	}
	size, _ := strconv.ParseInt(resp.Header.Get("Content-Length"), 10, 64) // 0 is "unknown" as well.
	return newResult(resp.Stream, max(size, 0)), nil
}

// begin begins to download the messages of a job. They are downloaded anew up
// to most times in all, or as often as the settings say if that is 0.
func (s *ExportService) begin(ctx context.Context, method, jobID string, most int, opts []CallOption) (*download, error) {
	settings, err := s.client.settingsOf(operations.ExportDownload, opts)
	if err != nil {
		return nil, err
	}
	r, err := s.result(ctx, jobID, settings)
	if err != nil {
		return nil, err
	}
	if most == 0 {
		most = settings.transport.MaxAttempts
	}
	quiet := *settings
	quiet.response = nil // It is not to be touched by another goroutine.
	return &download{service: s, method: method, ctx: ctx, jobID: jobID, settings: &quiet, most: most, begun: 1, result: r}, nil
}

// download is the file with the messages, read from as many downloads as it
// takes: where one breaks off, the next one is read up to the same place, and
// gone on with if all of it was the same. So nothing is ever put together from
// two files.
type download struct {
	service  *ExportService
	method   string
	ctx      context.Context
	jobID    string
	settings *callSettings
	most     int // how often it may be begun
	begun    int // how often it was

	apart  bool // the file is unpacked on another goroutine
	result *result
	file   io.Reader    // the messages in it, nil until they were looked for
	ahead  *aheadReader // what the file is read through, if it is unpacked apart
	given  int64        // bytes that were given
	sum    uint32       // their checksum
	broken error        // why the last download can't be read on
	ended  error
}

// Read implements io.Reader.
func (d *download) Read(p []byte) (int, error) {
	for d.ended == nil {
		if d.broken != nil {
			d.ended = d.again()
			continue
		}
		n, err := d.read(p)
		d.given += int64(n)
		d.sum = crc32.Update(d.sum, castagnoli, p[:n])
		switch {
		case err == io.EOF:
			d.ended = io.EOF
		case err != nil:
			d.broken = explainRead(err)
		}
		if n > 0 || err == nil {
			return n, nil
		}
	}
	return 0, d.ended
}

// read reads from the download that is open.
func (d *download) read(p []byte) (int, error) {
	if d.file == nil {
		file, err := d.result.messages()
		if err != nil {
			return 0, err
		}
		d.use(file)
	}
	return d.file.Read(p)
}

// use goes on with a file.
func (d *download) use(file io.Reader) {
	d.file = file
	if d.apart {
		d.ahead = readAhead(file)
		d.file = d.ahead
	}
}

// again downloads the file once more, or gives the error to end with.
func (d *download) again() error {
	for d.begun < d.most && d.ctx.Err() == nil && mayDownloadAgain(d.broken) {
		_ = d.result.Close()
		if err := pauseFor(d.ctx, d.pause()); err != nil {
			d.broken = fmt.Errorf("%w, after: %w", err, d.broken)
			break
		}
		if d.broken = d.restart(); d.broken == nil {
			return nil
		}
	}
	return &ExportReadError{Method: d.method, Bytes: d.given, Downloads: d.begun, Err: d.broken}
}

// pause is a random wait before the next download, with a bound that doubles.
func (d *download) pause() time.Duration {
	settings := d.settings.transport
	bound := settings.MinBackoff << min(d.begun-1, 16)
	return rand.N(max(min(bound, settings.MaxBackoff), 1))
}

// castagnoli is the polynomial that processors have an instruction for.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errChanged ends a download whose file was another one the next time.
var errChanged = errors.New("the file was another one when it was downloaded again")

// restart begins another download and reads up to where the last one ended.
func (d *download) restart() error {
	d.begun++
	r, err := d.service.result(d.ctx, d.jobID, d.settings)
	if err != nil {
		return err
	}
	d.result = r
	file, err := r.messages()
	if err != nil {
		return explainRead(err)
	}
	sum := crc32.New(castagnoli)
	_, err = io.CopyN(sum, file, d.given)
	switch {
	case err == io.EOF:
		return errChanged
	case err != nil:
		return explainRead(err)
	case sum.Sum32() != d.sum:
		return errChanged
	}
	d.use(file)
	return nil
}

// Close ends the download. It may be called before the end and more than once.
// Where the file is unpacked on another goroutine it waits for that, which may
// wait for the network until the context ends.
func (d *download) Close() error {
	if d.ahead != nil {
		d.ahead.stop()
		d.ahead = nil
	}
	return d.result.Close()
}

// write downloads the messages of a job into w.
func (s *ExportService) write(ctx context.Context, job *ExportJob, w io.Writer, opts []CallOption) error {
	d, err := s.begin(ctx, "Export.Run", job.ID, 0, opts)
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	var written int64
	report := func() {
		d.settings.export.tell(ExportProgress{Job: job, Written: written, Received: d.result.received, Size: d.result.size})
	}
	buffer := make([]byte, downloadBuffer)
	for reported := time.Now(); ; {
		n, err := d.Read(buffer)
		if n > 0 {
			m, err := w.Write(buffer[:n])
			written += int64(max(0, min(m, n)))
			if err == nil && m != n {
				err = io.ErrShortWrite
			}
			if err != nil {
				return fmt.Errorf("intercom: Export.Run: writing failed after %d bytes: %w", written, err)
			}
		}
		switch {
		case err == io.EOF:
			report()
			return nil
		case err != nil:
			return err
		case time.Since(reported) >= reportPause:
			report()
			reported = time.Now()
		}
	}
}
