package transport

import (
	"context"
	"time"
)

// observe runs the hook around an attempt and writes its line to the log.
func observe(next handler) handler {
	return func(ctx context.Context, c *call) error {
		began := c.began
		if c.waited || c.attempt > 0 {
			began = time.Now()
		}
		c.attempt++
		c.attemptBegan = began
		if c.settings.AroundAttempt == nil && c.settings.Log == nil {
			return next(ctx, c)
		}
		wait := began.Sub(c.waitingSince).Truncate(time.Millisecond)
		inner, end := ctx, (func(AttemptEnd))(nil)
		if hook := c.settings.AroundAttempt; hook != nil {
			inner, end = around(ctx, hook, AttemptStart{
				Operation: c.request.Operation, Version: c.settings.Version, Attempt: c.attempt, Wait: wait,
			})
		}
		err := next(inner, c)
		c.waitingSince = time.Now()
		took := c.waitingSince.Sub(began)
		if end != nil {
			r := c.response
			end(AttemptEnd{Status: r.Status, RequestID: r.RequestID, Duration: took, RateLimit: r.RateLimit, Err: err})
		}
		if c.settings.Log != nil {
			c.settings.Log(ctx, c, wait, took, err)
		}
		return err
	}
}
