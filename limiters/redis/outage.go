package redislimiter

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// ErrRedisDown is in the error of a wait that Redis did not answer, which only
// WithFailClosed lets through.
var ErrRedisDown = errors.New("redislimiter: redis does not answer")

// probePause is how long Redis is left alone after it did not answer.
const probePause = time.Second

// outage is what a limiter needs to go on without Redis. Limiter.mu guards it.
type outage struct {
	// down tells that Redis did not answer, failed when, failures how often, and
	// cause why.
	down     bool
	failed   time.Time
	failures int
	cause    error
	// reporting tells that somebody asks Redis for whom nobody waits.
	reporting bool
	// fallback is the process's own limiter; outside counts the requests under
	// way that it let through.
	fallback intercom.Limiter
	outside  int
	// last is the latest of what answers told, for the fallback to begin with.
	last told
}

// fail notes that Redis does not answer and returns the error that says so. What
// it was not told is told later, unless there is something newer by then.
func (l *Limiter) fail(cause error, untold news) error {
	if errors.Is(cause, context.DeadlineExceeded) {
		cause = errLate
	}
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.down {
		l.logger.Warn("redis does not answer; the rate limit is not shared", "key", l.key, "error", cause)
		l.prime(now)
	}
	l.down, l.failed, l.cause = true, now, cause
	l.failures++
	if l.news == (news{}) {
		l.news = untold
	}
	return downError(cause)
}

func downError(cause error) error { return fmt.Errorf("%w: %w", ErrRedisDown, cause) }

// answered notes that Redis answers.
func (l *Limiter) answered() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		l.down = false
		l.logger.Info("redis answers again; the rate limit is shared", "key", l.key)
	}
}

// prime tells the fallback what was learned last. l.mu is held.
func (l *Limiter) prime(now time.Time) {
	if l.failClosed {
		return
	}
	usage := l.last.later(now)
	if try, ok := l.fallback.(interface{ Try() bool }); ok && usage.UntilReset > 0 && try.Try() {
		l.fallback.Done(usage)
	}
}

// waitOutside waits for the process's own limiter.
func (l *Limiter) waitOutside(ctx context.Context) error {
	if err := l.fallback.Wait(ctx); err != nil {
		return err
	}
	l.mu.Lock()
	l.outside++
	l.mu.Unlock()
	return nil
}

// remainingOutside is what the process's own limiter has left. l.mu is held.
func (l *Limiter) remainingOutside() (n int, reset time.Time, ok bool) {
	if peek, is := l.fallback.(interface{ Remaining() (int, time.Time, bool) }); is {
		return peek.Remaining()
	}
	return 0, time.Time{}, false
}

// lookAgain finds out whether Redis is back, once a second and without keeping
// anybody waiting. l.mu is held.
func (l *Limiter) lookAgain(now time.Time) {
	if now.Sub(l.failed) >= probePause {
		l.report()
	}
}

// report tells Redis what answers told, without asking for anything. l.mu is
// held.
func (l *Limiter) report() {
	if l.reporting {
		return
	}
	l.reporting = true
	go func() {
		_, _ = l.ask(context.Background(), false) // What comes of it is noted there.
		l.mu.Lock()
		l.reporting = false
		l.mu.Unlock()
	}()
}
