package intercom

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// ExportService writes down who got which messages and what they did with
// them. A job is created, waited for and read: Run does all three, Wait and
// Rows the second and the third. Get it from Client.Export.
type ExportService struct{ client *Client }

// Get returns a job, to see how far it is.
//
// GET /export/content/data/{job_identifier} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-export/getdataexport
func (s *ExportService) Get(ctx context.Context, jobID string, opts ...CallOption) (*ExportJob, error) {
	return call[ExportJob](ctx, s.client, operations.ExportGet, path(jobID), opts)
}

// Create starts a job. A workspace runs one at a time: while there is another,
// the error is a 429 that IsJobPending is true for and IsRateLimited is not.
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

// Wait asks for a job until it has ended, and returns it as it is then, or as
// it was last seen. The error is nil only if the job has completed, so that
// there is something to read: otherwise it is an *ExportJobError with the
// status, for which errors.Is finds ErrExportNoData if nothing was found.
//
// It asks at once, a second later, and then ever less often, up to every 15
// seconds (WithPollInterval). Only the context bounds the wait. Trouble that
// may pass does not end it, unless it happens ten times in a row. The job goes
// on when the wait ends early: Wait again, or Cancel it.
//
// GET /export/content/data/{job_identifier} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-export/getdataexport
func (s *ExportService) Wait(ctx context.Context, jobID string, opts ...CallOption) (*ExportJob, error) {
	return s.wait(ctx, jobID, nil, opts)
}

// Download reads the messages that a completed job wrote down: CSV with a
// header line, unpacked as it comes, so that it takes no memory to speak of.
// The caller closes it. The context must live until then.
//
// A job may write several files, one for each kind of event, into an archive;
// this is the one with the messages, and Files gives all of them.
//
// No timeout bounds the whole of it, only the time until it begins and each
// wait for more, a minute each (WithDownloadTimeouts). Until it has begun it is
// tried again like any other call. A download that breaks off ends with an
// *ExportReadError, never with io.EOF, and begins anew with another call; Rows
// and Run do that by themselves.
//
// GET /download/content/data/{job_identifier} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-export/downloaddataexport
func (s *ExportService) Download(ctx context.Context, jobID string, opts ...CallOption) (io.ReadCloser, error) {
	d, err := s.begin(ctx, "Export.Download", jobID, 1, opts)
	if err != nil {
		return nil, err
	}
	return d, nil
}

// Files iterates over the files that a completed job wrote down, in the order
// in which they come: one for messages and one for each kind of event that
// happened, such as clicks, where the API sends an archive, and just one
// without a name where it does not. A file can be read until the next one is
// asked for, by io means or by its Rows; what is left of it is skipped.
//
// A download that breaks off is not begun anew: the file that is being read and
// then the iteration end with an *ExportReadError.
//
// GET /download/content/data/{job_identifier} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-export/downloaddataexport
func (s *ExportService) Files(ctx context.Context, jobID string, opts ...CallOption) iter.Seq2[*ExportFile, error] {
	return func(yield func(*ExportFile, error) bool) { s.files(ctx, jobID, opts, yield) }
}

// Rows iterates over the messages that a completed job wrote down. The file is
// unpacked on another goroutine, which ends with the loop, and memory does not
// grow with its size. Rows may be kept, and one that is not costs no more than its
// texts.
//
// A download that breaks off is begun anew, as often as WithRetry allows
// attempts in all. What was read before is then read once more and compared, not
// given twice: if it has changed, or where no attempt is left, the last pair of
// the iteration is an *ExportReadError with the number of rows that came
// before.
//
// GET /download/content/data/{job_identifier} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-export/downloaddataexport
func (s *ExportService) Rows(ctx context.Context, jobID string, opts ...CallOption) iter.Seq2[ExportRow, error] {
	return func(yield func(ExportRow, error) bool) { s.rows(ctx, jobID, opts, yield) }
}

// Run creates a job, waits for it and writes its messages to w as CSV with a
// header line: Create, Wait and Download in one call. As soon as there is a job
// it is returned, with an error too: the job goes on when Run ends early, so
// that Wait and Download can take over, or Cancel it.
//
// Nothing is written if the job found nothing; the error is ErrExportNoData
// then. A download that breaks off is begun anew and goes on behind what was
// written, as with Rows. WithExportProgress tells how it goes.
func (s *ExportService) Run(ctx context.Context, params ExportCreateParams, w io.Writer, opts ...CallOption) (*ExportJob, error) {
	if w == nil {
		return nil, errors.New("intercom: Export.Run: the writer is nil")
	}
	job, err := s.Create(ctx, params, opts...)
	if err != nil {
		return nil, err
	}
	if job.ID == "" {
		return nil, errors.New("intercom: Export.Run: the API did not name the job that it created")
	}
	if job, err = s.wait(ctx, job.ID, job, opts); err != nil {
		return job, err
	}
	return job, s.write(ctx, job, w, opts)
}

// ErrExportNoData says that a job found no messages in its span of time, so
// that there is nothing to read. Find it with errors.Is.
var ErrExportNoData = errors.New("there were no messages in the span of time")

// ExportJobError says that a job has ended with nothing to read.
type ExportJobError struct {
	// Job is the job as it was last seen. Its status tells what happened:
	// ExportStatusNoData, ExportStatusFailed, ExportStatusCanceled, or one that
	// the library does not know and that did not change for a while.
	Job *ExportJob
}

// Error tells in one line how the job ended.
func (e *ExportJobError) Error() string {
	const prefix = "intercom: the export job "
	if e.Job == nil {
		return prefix + "has nothing to read"
	}
	switch outcomeOf(e.Job) {
	case ExportStatusNoData:
		return prefix + "found nothing: " + ErrExportNoData.Error()
	case ExportStatusFailed:
		return prefix + "failed; create another, perhaps for a shorter span of time"
	case ExportStatusCanceled:
		return prefix + "was canceled"
	default:
		return fmt.Sprintf("%sstays in the status %q", prefix, string(e.Job.Status))
	}
}

// Is makes errors.Is find ErrExportNoData.
func (e *ExportJobError) Is(target error) bool {
	return target == ErrExportNoData && e.Job != nil && outcomeOf(e.Job) == ExportStatusNoData
}

// IsJobPending tells whether Export.Create was refused (429) because the
// workspace has another job that has not ended yet. Neither time nor a lower
// rate helps against it, only the end of that job.
func IsJobPending(err error) bool {
	return status(err) == http.StatusTooManyRequests && !IsRateLimited(err)
}

// ExportProgress is how far an export is.
type ExportProgress struct {
	// Job is the job as it was last seen.
	Job *ExportJob
	// Written is how many bytes of CSV Run has written; 0 while it waits.
	Written int64
	// Received is how many bytes of the file have come over the wire, packed as
	// they are. A download that is begun anew counts from 0.
	Received int64
	// Size is how many bytes the file has over the wire, 0 if the API does not
	// tell.
	Size int64
}

// WithExportProgress calls report while Export.Wait waits, after each look at
// the job, and while Export.Run downloads, some ten times a second and at the
// end. It is called on the goroutine of the caller.
func WithExportProgress(report func(ExportProgress)) CallOption {
	return callOption(func(s *callSettings) error {
		if report == nil {
			return errors.New("intercom: WithExportProgress: the function is nil")
		}
		s.export.report = report
		return nil
	})
}

// WithPollInterval sets how long Export.Wait and Export.Run wait between two
// looks at a job: the first time, one second by default, and at most, 15
// seconds by default. In between the wait grows by half each time.
func WithPollInterval(first, longest time.Duration) CallOption {
	return callOption(func(s *callSettings) error {
		if first <= 0 || longest < first {
			return fmt.Errorf("intercom: WithPollInterval: %v and %v are no interval", first, longest)
		}
		s.export.first, s.export.longest = first, longest
		return nil
	})
}

// WithDownloadTimeouts bounds the two waits of a download: that for its
// beginning and each one for more of it, a minute each by default. The time that
// the reader takes does not count.
func WithDownloadTimeouts(begin, stall time.Duration) Option {
	return sharedOption(func(s *callSettings) error {
		if begin <= 0 || stall <= 0 {
			return fmt.Errorf("intercom: WithDownloadTimeouts: %v and %v are not both positive", begin, stall)
		}
		settings := s.settings()
		settings.HeaderTimeout, settings.StallTimeout = begin, stall
		return nil
	})
}
