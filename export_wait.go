package intercom

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

const (
	// firstPoll and longestPoll are the waits between two looks at a job.
	firstPoll   = time.Second
	longestPoll = 15 * time.Second
	// maxStrange is how many looks in a row may bring trouble, or a status that
	// nobody knows.
	maxStrange = 10
)

// exportSettings is what call options decide about exports.
type exportSettings struct {
	report         func(ExportProgress)
	first, longest time.Duration // 0 for the default
}

// tell reports progress to who wants to know.
func (s *exportSettings) tell(p ExportProgress) {
	if s.report != nil {
		s.report(p)
	}
}

// poll is the wait for a job.
type poll struct {
	service *ExportService
	id      string
	job     *ExportJob // as it was last seen, nil if never
	strange int        // looks in a row that brought nothing to go by
	opts    []CallOption
}

// wait waits for a job; job is what is known of it already, nil if nothing is.
func (s *ExportService) wait(ctx context.Context, id string, job *ExportJob, opts []CallOption) (*ExportJob, error) {
	settings, err := s.client.settingsOf(operations.ExportGet, opts)
	if err != nil {
		return job, err
	}
	pause, longest := settings.export.first, settings.export.longest
	if pause == 0 {
		pause, longest = firstPoll, longestPoll
	}
	p := &poll{service: s, id: id, job: job, opts: opts}
	for seen := job != nil; ; pause = min(pause+pause/2, longest) {
		if !seen {
			if seen, err = p.look(ctx); err != nil {
				return p.job, err
			}
		}
		if seen {
			settings.export.tell(ExportProgress{Job: p.job})
			if ended, err := p.judge(); ended {
				return p.job, err
			}
		}
		if err := pauseFor(ctx, pause); err != nil {
			return p.job, fmt.Errorf("intercom: Export.Wait: the job has not ended yet: %w", err)
		}
		seen = false
	}
}

// look asks for the job once, and tells whether it was seen. Trouble that may
// pass is no error, unless there was too much of it.
func (p *poll) look(ctx context.Context) (seen bool, err error) {
	job, err := p.service.Get(ctx, p.id, p.opts...)
	switch {
	case err == nil:
		p.job = job
		return true, nil
	case ctx == nil || ctx.Err() != nil || !IsTemporary(err):
		return false, err
	}
	if p.strange++; p.strange >= maxStrange {
		return false, err
	}
	return false, nil
}

// judge tells whether the job has ended, and with what error.
func (p *poll) judge() (ended bool, err error) {
	switch outcomeOf(p.job) {
	case ExportStatusCompleted:
		return true, nil
	case ExportStatusNoData, ExportStatusFailed, ExportStatusCanceled:
		return true, &ExportJobError{Job: p.job}
	case ExportStatusPending, ExportStatusInProgress:
		p.strange = 0
		return false, nil
	default:
		// It may be a new step on the way, or a new way to end.
		p.strange++
		return p.strange >= maxStrange, &ExportJobError{Job: p.job}
	}
}

// outcomeOf is the status of a job in the spelling of the constants. What says
// where to read the result has completed, whatever it is called.
func outcomeOf(job *ExportJob) ExportStatus {
	switch job.Status {
	case "complete":
		return ExportStatusCompleted
	case "cancelled":
		return ExportStatusCanceled
	case ExportStatusPending, ExportStatusInProgress, ExportStatusCompleted,
		ExportStatusFailed, ExportStatusNoData, ExportStatusCanceled:
		return job.Status
	}
	if job.DownloadURL != "" {
		return ExportStatusCompleted
	}
	return job.Status
}

// pauseFor waits, but not longer than the context lasts.
func pauseFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		if cause := context.Cause(ctx); !errors.Is(cause, ctx.Err()) {
			return fmt.Errorf("%w: %w", ctx.Err(), cause)
		}
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
