package transport

import (
	"context"
	"errors"
	"log/slog"
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
		if c.settings.AroundAttempt == nil && c.settings.Logger == nil {
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
		if c.settings.Logger != nil {
			c.log(ctx, c.settings.Logger, wait, took, err)
		}
		return err
	}
}

// log writes one line about an attempt. It holds the template of the path, not
// the path, and neither bodies nor headers.
func (c *call) log(ctx context.Context, logger *slog.Logger, wait, took time.Duration, err error) {
	level := levelOf(err)
	if !logger.Enabled(ctx, level) {
		return
	}
	operation := c.request.Operation
	attributes := make([]slog.Attr, 0, 9)
	attributes = append(attributes,
		slog.String("operation", operation.Name),
		slog.String("method", operation.Method),
		slog.String("path", SafePath(operation.Path)),
		slog.Int("status", c.response.Status),
		slog.String("request_id", c.response.RequestID),
		slog.Int("attempt", c.attempt),
		slog.Duration("wait", wait),
		slog.Duration("duration", took),
	)
	if err != nil {
		attributes = append(attributes, slog.String("error", err.Error()))
	}
	logger.LogAttrs(ctx, level, "intercom attempt", attributes...)
}

// levelOf keeps the usual answers quiet: what went well is for debugging, what
// the server refuses for good is information, what may be trouble is a warning.
func levelOf(err error) slog.Level {
	var failure *Failure
	switch {
	case err == nil:
		return slog.LevelDebug
	case errors.As(err, &failure) && failure.Status < 500 && failure.Status != 429:
		return slog.LevelInfo
	}
	return slog.LevelWarn
}
