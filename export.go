package intercom

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// ExportService writes down who got which messages and what they did with
// them. Get it from Client.Export.
type ExportService struct{ client *Client }

// binaryType is the media type that downloads must ask for.
const binaryType = "application/octet-stream"

// Get returns a job, to see how far it is.
//
// GET /export/content/data/{job_identifier} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-export/getdataexport
func (s *ExportService) Get(ctx context.Context, jobID string, opts ...CallOption) (*ExportJob, error) {
	return call[ExportJob](ctx, s.client, operations.ExportGet, path(jobID), opts)
}

// Create starts a job. A workspace runs one at a time: while there is another,
// the error is a 429 that is not the rate limit's, so IsRateLimited is false
// for it.
//
// POST /export/content/data · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-export/createdataexport
func (s *ExportService) Create(ctx context.Context, params ExportCreateParams, opts ...CallOption) (*ExportJob, error) {
	return call[ExportJob](ctx, s.client, operations.ExportCreate, request{body: params}, opts)
}

// Cancel stops a job and returns it as it is then.
//
// POST /export/cancel/{job_identifier} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-export/canceldataexport
func (s *ExportService) Cancel(ctx context.Context, jobID string, opts ...CallOption) (*ExportJob, error) {
	return call[ExportJob](ctx, s.client, operations.ExportCancel, path(jobID), opts)
}

// Download reads what a completed job wrote down: CSV with a header line,
// unpacked as it comes, so that it takes no memory to speak of. The caller
// closes it. The context must live until then.
//
// No timeout bounds the whole of it, only the time until it begins and each
// wait for more, a minute each. A download that breaks off ends with an error,
// never with io.EOF, and begins anew with another call.
//
// GET /download/content/data/{job_identifier} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-export/downloaddataexport
func (s *ExportService) Download(ctx context.Context, jobID string, opts ...CallOption) (io.ReadCloser, error) {
	body, err := callStream(ctx, s.client, operations.ExportDownload, path(jobID), opts)
	if err != nil {
		return nil, err
	}
	return &unpacker{op: operations.ExportDownload, body: body, source: bufio.NewReaderSize(body, downloadBuffer)}, nil
}

// callStream sends an operation whose answer is a file and hands that over
// unread.
func callStream(ctx context.Context, c *Client, op *operations.Operation, r request, opts []CallOption) (io.ReadCloser, error) {
	settings, err := c.settingsOf(op, opts)
	if err != nil {
		return nil, err
	}
	req, err := newRequest(op, r, settings)
	if err != nil {
		return nil, err
	}
	req.Accept, req.Stream = binaryType, true
	var resp transport.Response
	err = c.core.Do(ctx, req, &resp)
	if settings.response != nil {
		settings.response.fill(&resp)
	}
	if err != nil {
		return nil, publicError(err)
	}
	return resp.Stream, nil
}

// downloadBuffer is how much of a download is read at once.
const downloadBuffer = 64 << 10

// maxLayers is how often a file may be packed. Once is the rule, twice has been
// seen.
const maxLayers = 3

// unpacker reads a file that is packed by gzip once, more than once, or not at
// all, which its first bytes tell.
type unpacker struct {
	op     *operations.Operation
	body   io.ReadCloser
	source *bufio.Reader
	opened bool
	err    error
}

// Read implements io.Reader.
func (u *unpacker) Read(p []byte) (int, error) {
	if !u.opened {
		u.opened = true
		u.err = u.open()
	}
	if u.err != nil {
		return 0, u.err
	}
	n, err := u.source.Read(p)
	if err != nil {
		u.err = u.explain(err)
	}
	return n, u.err
}

// open puts a reader for each layer before the source.
func (u *unpacker) open() error {
	for range maxLayers {
		magic, err := u.source.Peek(2)
		if err != nil && !errors.Is(err, io.EOF) {
			return u.explain(err)
		}
		if string(magic) != "\x1f\x8b" {
			return nil
		}
		layer, err := gzip.NewReader(u.source)
		if err != nil {
			return u.explain(err)
		}
		u.source = bufio.NewReaderSize(layer, downloadBuffer)
	}
	return nil
}

// explain says of an error in the packing that it is one. Errors of the
// connection explain themselves.
func (u *unpacker) explain(err error) error {
	var broken *transport.TransportError
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, &broken):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("intercom: %s: the file was cut off: %w", u.op.Name, err)
	case errors.As(err, &corrupt), errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return fmt.Errorf("intercom: %s: the file can't be unpacked: %w", u.op.Name, err)
	default:
		return err
	}
}

// Close ends the download. It may be called before the end and more than once.
func (u *unpacker) Close() error { return u.body.Close() }
