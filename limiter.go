package intercom

import (
	"context"
	"errors"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// Limiter holds requests back so that the rate limit of a workspace is used but
// not exceeded. Each client has one of its own, which learns the limit from the
// answers; share one from NewLimiter among several clients of a workspace, or
// implement the interface to share the limit among processes. It must be safe
// for concurrent use.
//
// A Limiter may have two more methods. Try() bool is asked before Wait and says
// yes where there is nothing to wait for; it must not block, and Done follows it
// as it follows Wait. Remaining() (n int, reset time.Time, ok bool) tells how
// many requests may still be sent until reset, so that pages are not fetched
// ahead when few are left.
type Limiter interface {
	// Wait returns nil when one request may be sent. It returns an error when
	// ctx ends, and at once, with context.DeadlineExceeded in it, where it
	// knows that the wait can't end before the deadline of ctx. Any other error
	// fails the call.
	Wait(ctx context.Context) error
	// Done is called once after each Wait that returned nil, when the answer
	// has come or the request has failed.
	Done(usage LimiterUsage)
}

// LimiterUsage is what a Limiter learns from a request that has ended.
type LimiterUsage struct {
	// StatusCode is the HTTP status of the answer, 0 if there was none.
	StatusCode int
	// RateLimit is what the answer told, zero if it told nothing.
	RateLimit RateLimit
	// UntilReset is the time left until RateLimit.Reset by the server's clock,
	// so that no limiter has to compare clocks; 0 if unknown. It may be up to a
	// second too long, because the server tells whole seconds.
	UntilReset time.Duration
	// RateLimited tells that the answer was a 429 for too many calls.
	RateLimited bool
	// RetryAfter is how long the server asked to wait, 0 if it did not say.
	RetryAfter time.Duration
	// Unsent tells that the request never reached the server, so that it
	// counts for nothing.
	Unsent bool
}

// NewLimiter makes a limiter such as each client has by default, to be shared
// by several clients of one workspace or wrapped by a Limiter of your own. It
// lets everything through until answers tell the limit; then it spreads
// requests over the window as it runs low.
func NewLimiter() Limiter { return adaptiveLimiter{transport.NewAdaptiveLimiter()} }

// WithLimiter shares a limiter with other clients of the workspace, or with
// other processes.
func WithLimiter(limiter Limiter) ClientOption {
	return clientOption(func(c *clientConfig) error {
		if limiter == nil {
			return errors.New("intercom: WithLimiter: the limiter is nil")
		}
		c.core.Limiter = coreLimiter(limiter)
		return nil
	})
}

// WithoutLimiter holds nothing back. A 429 is waited out and sent again all
// the same.
func WithoutLimiter() ClientOption {
	return clientOption(func(c *clientConfig) error {
		c.core.Limiter = transport.Unlimited{}
		return nil
	})
}

// coreLimiter is a limiter as the transport uses it.
func coreLimiter(limiter Limiter) transport.Limiter {
	if own, ok := limiter.(adaptiveLimiter); ok {
		return own.AdaptiveLimiter
	}
	return foreignLimiter{limiter}
}

// adaptiveLimiter is the library's own limiter in its public form.
type adaptiveLimiter struct{ *transport.AdaptiveLimiter }

// Done implements Limiter.
func (l adaptiveLimiter) Done(u LimiterUsage) {
	l.AdaptiveLimiter.Done(transport.Usage{
		Status:     u.StatusCode,
		RateLimit:  transport.RateLimit(u.RateLimit),
		UntilReset: u.UntilReset,
		Limited:    u.RateLimited,
		RetryAfter: u.RetryAfter,
		Unsent:     u.Unsent,
	})
}

// foreignLimiter is a limiter of the caller in the form of the transport.
type foreignLimiter struct{ Limiter }

// Done implements transport.Limiter.
func (l foreignLimiter) Done(u transport.Usage) {
	l.Limiter.Done(LimiterUsage{
		StatusCode:  u.Status,
		RateLimit:   RateLimit(u.RateLimit),
		UntilReset:  u.UntilReset,
		RateLimited: u.Limited,
		RetryAfter:  u.RetryAfter,
		Unsent:      u.Unsent,
	})
}

// Try says no where the limiter can't tell: then Wait is asked.
func (l foreignLimiter) Try() bool {
	try, ok := l.Limiter.(interface{ Try() bool })
	return ok && try.Try()
}

// Remaining knows nothing where the limiter can't tell.
func (l foreignLimiter) Remaining() (n int, reset time.Time, ok bool) {
	if peek, ok := l.Limiter.(interface{ Remaining() (int, time.Time, bool) }); ok {
		return peek.Remaining()
	}
	return 0, time.Time{}, false
}
