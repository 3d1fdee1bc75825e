package transport

import (
	"context"
	"errors"
	"time"
)

// Limiter holds requests back so that the rate limit of a workspace is used but
// not exceeded. Several clients of one workspace may share one, and an
// implementation may share the window among machines. It must be safe for
// concurrent use.
type Limiter interface {
	// Wait returns nil when one request may be sent. It returns an error when
	// ctx ends, and at once where it knows that the wait can't end before the
	// deadline of ctx; that error wraps context.DeadlineExceeded.
	Wait(ctx context.Context) error
	// Done is called once after every Wait that returned nil, when the answer
	// has come or the request has failed.
	Done(usage Usage)
}

// TryLimiter is a Limiter that can say yes without waiting. Try is asked before
// Wait; where it returns true, there is no Wait, but still a Done. It must not
// block. Limiters that know the answer locally save work by it.
type TryLimiter interface {
	Limiter
	Try() bool
}

// PeekLimiter is a Limiter that can tell how much of the window is left, so
// that work that can wait, such as fetching ahead, holds back.
type PeekLimiter interface {
	Limiter
	// Remaining is how many requests may still be sent until reset, by the
	// local clock. ok is false if nothing is known.
	Remaining() (n int, reset time.Time, ok bool)
}

// Usage is what a limiter learns from a request that has ended.
type Usage struct {
	// Status is the status of the answer, 0 if there was none.
	Status int
	// RateLimit is what the answer said, zero if it said nothing or there was
	// no answer.
	RateLimit RateLimit
	// UntilReset is the time left until RateLimit.Reset by the clock of the
	// server, so that no limiter has to compare clocks. It may be up to a
	// second too long, because servers tell whole seconds; 0 if unknown.
	UntilReset time.Duration
	// Limited tells that the answer was a 429 about the rate of calls.
	Limited bool
	// RetryAfter is how long the server asked to wait, 0 if it did not.
	RetryAfter time.Duration
	// Unsent tells that the request never reached the server.
	Unsent bool
}

// Unlimited is a Limiter that holds nothing back.
type Unlimited struct{}

// Wait never waits.
func (Unlimited) Wait(context.Context) error { return nil }

// Try is always true.
func (Unlimited) Try() bool { return true }

// Done does nothing.
func (Unlimited) Done(Usage) {}

// limit asks the limiter before each attempt and tells it what came of it.
func limit(limiter Limiter, next handler) handler {
	try, _ := limiter.(TryLimiter)
	return func(ctx context.Context, c *call) error {
		if try == nil || !try.Try() {
			if err := c.await(ctx, limiter); err != nil {
				return err
			}
			c.waited = true
		}
		return passed(ctx, limiter, c, next)
	}
}

// passed goes on and reports even where a hook or a RoundTripper of the caller
// panics: a limiter that is not told would count the request for ever.
func passed(ctx context.Context, limiter Limiter, c *call, next handler) error {
	usage := Usage{}
	defer func() { limiter.Done(usage) }()
	err := next(ctx, c)
	usage = c.usage(err)
	return err
}

// usage tells a limiter what came of an attempt.
func (c *call) usage(err error) Usage {
	usage := Usage{Status: c.response.Status, RateLimit: c.response.RateLimit, UntilReset: c.untilReset}
	if err == nil {
		return usage
	}
	var failure *Failure
	var network *TransportError
	var token *TokenError
	switch {
	case errors.As(err, &failure):
		usage.Limited = failure.RateLimited()
		usage.RetryAfter = c.retryAfter
	case errors.As(err, &network):
		usage.Unsent = network.Unsent
	case errors.As(err, &token):
		usage.Unsent = true
	}
	return usage
}

// await waits for the limiter, at most until the call must end.
func (c *call) await(ctx context.Context, limiter Limiter) error {
	within := ctx
	if c.ours {
		bounded, cancel := context.WithDeadline(ctx, c.deadline)
		defer cancel()
		within = bounded
	}
	err := limiter.Wait(within)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return c.interrupted(ctx, c.last)
	case errors.Is(err, context.DeadlineExceeded):
		return c.tooLate(waitOf(err), c.last)
	}
	return &LimiterError{Operation: c.request.Operation, Attempts: c.attempt, Cause: err}
}

// waitOf is the wait that a limiter found too long, 0 if it did not say.
func waitOf(err error) time.Duration {
	var wait interface{ Wait() time.Duration }
	if errors.As(err, &wait) {
		return wait.Wait()
	}
	return 0
}
