package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// stream sends the request and hands the body over unread. A limit of the whole
// attempt would kill a long download, so the header has its limit and then
// every single wait for more bytes has.
func (s *sender) stream(ctx context.Context, c *call) error {
	limited, cancel := context.WithCancel(ctx)
	limit, phase := c.limitHeader()
	watch := newWatch(cancel)
	watch.limit = limit
	watch.arm()
	answer, err := s.send(s.build(limited, c))
	inTime := watch.rest()
	if err != nil || !inTime {
		if err == nil {
			_ = answer.Body.Close()
			err = context.Canceled
		}
		err = c.broken(ctx, limited, phase, answer, err)
		cancel()
		return err
	}
	watch.limit = c.settings.StallTimeout
	body := &streamBody{call: *c, ctx: ctx, cancel: cancel, answer: answer, body: answer.Body, watch: watch}
	c.note(answer)
	if c.ok() {
		c.response.Stream = body
		return nil
	}
	// A failure is small and read like any other, under the stall timeout.
	answer.Body = body
	err = c.receive(answer)
	_ = body.Close()
	if ctx.Err() != nil {
		c.response.Release(c.response.Body)
		return c.interrupted(ctx, c.last)
	}
	c.truncated = c.truncated || err != nil
	return nil
}

// limitHeader is the time until the header must have come: the header timeout,
// or what is left of the whole call.
func (c *call) limitHeader() (time.Duration, Phase) {
	limit := c.settings.HeaderTimeout
	if c.ours {
		if left := time.Until(c.deadline); limit <= 0 || left < limit {
			return max(left, 1), PhaseCall
		}
	}
	return limit, PhaseHeader
}

// streamBody is the body of a stream: it bounds each Read and explains its
// errors. It lives longer than the call, so it has a copy of it.
type streamBody struct {
	call   call
	ctx    context.Context // the caller's
	cancel context.CancelFunc
	answer *http.Response
	body   io.ReadCloser
	watch  *watch
}

// Read implements io.Reader.
func (b *streamBody) Read(p []byte) (int, error) {
	b.watch.arm()
	n, err := b.body.Read(p)
	inTime := b.watch.rest()
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, io.EOF):
		b.cancel()
		return n, io.EOF
	case !inTime:
		err = &TimeoutError{
			Operation: b.call.request.Operation, Attempts: b.call.attempt,
			Phase: PhaseStall, Limit: b.call.settings.StallTimeout,
		}
	default:
		err = b.call.broken(b.ctx, context.Background(), "", b.answer, err)
	}
	b.cancel()
	return n, err
}

// Close hangs up. It may be called at any time and more than once.
func (b *streamBody) Close() error {
	b.cancel()
	return b.body.Close()
}

// watch cancels a context unless it is told to rest in time. Its methods are
// called by one goroutine.
type watch struct {
	timer *time.Timer
	limit time.Duration
	armed bool
}

// newWatch makes a watch that is at rest.
func newWatch(cancel context.CancelFunc) *watch {
	timer := time.AfterFunc(time.Hour, cancel)
	timer.Stop()
	return &watch{timer: timer}
}

// arm starts a wait. A limit of 0 never runs out.
func (w *watch) arm() {
	if w.armed = w.limit > 0; w.armed {
		w.timer.Reset(w.limit)
	}
}

// rest ends a wait and tells whether it ended in time.
func (w *watch) rest() bool {
	inTime := !w.armed || w.timer.Stop()
	w.armed = false
	return inTime
}
