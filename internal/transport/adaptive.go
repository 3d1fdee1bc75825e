package transport

import (
	"context"
	"time"
)

// AdaptiveLimiter learns the limit from the answers.
type AdaptiveLimiter struct{}

// NewAdaptiveLimiter makes one that knows nothing yet.
func NewAdaptiveLimiter() *AdaptiveLimiter { return &AdaptiveLimiter{} }

// Wait implements Limiter.
func (l *AdaptiveLimiter) Wait(context.Context) error { return nil }

// Try implements TryLimiter.
func (l *AdaptiveLimiter) Try() bool { return true }

// Done implements Limiter.
func (l *AdaptiveLimiter) Done(Usage) {}

// Remaining implements PeekLimiter.
func (l *AdaptiveLimiter) Remaining() (n int, reset time.Time, ok bool) { return 0, time.Time{}, false }
