package transport

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// AttemptLog writes one line about an attempt. Settings have a function and no
// slog.Logger, so that slog is no part of programs that log nothing.
type AttemptLog func(ctx context.Context, c *call, wait, took time.Duration, err error)

// LogTo writes the lines to a logger; nil if that is nil.
func LogTo(logger *slog.Logger) AttemptLog {
	if logger == nil {
		return nil
	}
	return func(ctx context.Context, c *call, wait, took time.Duration, err error) {
		c.log(ctx, logger, wait, took, err)
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
