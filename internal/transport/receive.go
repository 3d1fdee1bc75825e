package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
)

const (
	// maxDrain is how much of an unwanted rest is read so that its connection
	// can be used again; beyond it, hanging up is cheaper.
	maxDrain = 256 << 10
	// defaultErrorBody is used where the settings do not say.
	defaultErrorBody = 64 << 10
)

// receive notes what the answer says and reads its body into a pooled buffer.
func (c *call) receive(answer *http.Response) error {
	c.note(answer)
	limit := c.bodyLimit()
	if c.ok() && answer.ContentLength > limit && c.request.method() != http.MethodHead {
		return c.tooLarge()
	}
	announced := answer.ContentLength
	if c.request.method() == http.MethodHead {
		announced = -1
	}
	held := newBuffer()
	c.response.buffer = held
	more, err := held.readAll(answer.Body, announced, limit)
	c.response.Body = held.bytes
	switch {
	case err != nil:
		return err
	case more && c.ok():
		return c.tooLarge()
	case more:
		c.truncated = true
		_, _ = io.CopyN(io.Discard, answer.Body, maxDrain)
	case int64(len(held.bytes)) < announced && !answer.Uncompressed:
		// net/http finds this itself; RoundTrippers of others may not.
		return io.ErrUnexpectedEOF
	}
	return nil
}

// note fills the response from the head of the answer.
func (c *call) note(answer *http.Response) {
	r := c.response
	r.Status = answer.StatusCode
	r.Header = answer.Header
	r.RequestID = shorten(c.hideIn(first(answer.Header, "X-Request-Id")))
	r.RateLimit = parseRateLimit(answer.Header)
	c.untilReset = untilReset(r.RateLimit, answer.Header)
	c.retryAfter = parseRetryAfter(answer.Header)
}

// bodyLimit is how much of the body may be read.
func (c *call) bodyLimit() int64 {
	limit := c.settings.MaxBody
	if !c.ok() {
		limit = c.settings.MaxErrorBody
		if limit <= 0 {
			limit = defaultErrorBody
		}
	}
	if limit <= 0 {
		// One less than the largest, so that there is room to add to it.
		limit = math.MaxInt64 - minRead
	}
	return limit
}

// tooLarge is the error for an answer beyond the limit.
func (c *call) tooLarge() error {
	return &BodyTooLargeError{
		Operation: c.request.Operation, Attempts: c.attempt,
		Status: c.response.Status, RequestID: c.response.RequestID, Limit: c.bodyLimit(),
	}
}

// broken says why an attempt brought no whole answer: the caller's context
// ended, a limit of ours ran out, or something went wrong on the way. ctx is
// the caller's context, limited the one with our limit of the phase.
func (c *call) broken(ctx, limited context.Context, phase Phase, answer *http.Response, err error) error {
	var tooLarge *BodyTooLargeError
	if errors.As(err, &tooLarge) {
		return tooLarge
	}
	if ctx.Err() != nil {
		return c.interrupted(ctx, c.last)
	}
	if limited.Err() != nil {
		return &TimeoutError{
			Operation: c.request.Operation, Attempts: c.attempt,
			Phase: phase, Limit: c.settings.limitOf(phase), Cause: c.lastBut(phase),
		}
	}
	status := 0
	if answer != nil {
		status = answer.StatusCode
	}
	var redirect *RedirectError
	if errors.As(err, &redirect) {
		redirect.Operation, redirect.Attempts, redirect.Status = c.request.Operation, c.attempt, status
		redirect.Problem = c.hideIn(redirect.Problem)
		return redirect
	}
	cause := bare(err)
	return &TransportError{
		Operation: c.request.Operation, Attempts: c.attempt, Status: status,
		Unsent: isUnsent(cause), Cause: cause, text: c.safeText(cause),
	}
}

// lastBut is how the attempt before failed; one timeout after another is told
// once.
func (c *call) lastBut(phase Phase) error {
	var same *TimeoutError
	if errors.As(c.last, &same) && same.Phase == phase {
		return same.Cause
	}
	return c.last
}

// isUnsent tells whether the error came before a connection stood, so that the
// server can't have seen the request.
func isUnsent(err error) bool {
	var network *net.OpError
	if errors.As(err, &network) && (network.Op == "dial" || network.Op == "proxyconnect") {
		return true
	}
	return isUntrusted(err)
}

// isUntrusted tells whether the other side is not who it should be, or does not
// speak TLS: trying again won't help.
func isUntrusted(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	return errors.As(err, &certificate) || errors.As(err, &record)
}
