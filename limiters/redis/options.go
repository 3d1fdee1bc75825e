package redislimiter

import (
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Option changes a limiter: pass it to New.
type Option func(*Limiter) error

// WithPrefix sets what the key begins with, "intercom:limit:" by default.
func WithPrefix(prefix string) Option {
	return func(l *Limiter) error {
		if prefix == "" {
			return errors.New("redislimiter: WithPrefix: the prefix is empty")
		}
		l.prefix = prefix
		return nil
	}
}

// WithTimeout bounds how long a request waits for Redis before Redis counts as
// down, 250 ms by default. The command itself ends by the timeouts of the Redis
// client.
func WithTimeout(d time.Duration) Option {
	return func(l *Limiter) error {
		if d <= 0 {
			return fmt.Errorf("redislimiter: WithTimeout: %v is not positive", d)
		}
		l.timeout = d
		return nil
	}
}

// WithMemory sets how long the limit is remembered when nobody asks, ten
// minutes by default. A shorter time than that of a window has no effect.
func WithMemory(d time.Duration) Option {
	return func(l *Limiter) error {
		if d <= 0 {
			return fmt.Errorf("redislimiter: WithMemory: %v is not positive", d)
		}
		l.memory = d
		return nil
	}
}

// WithFailClosed makes calls fail while Redis is down. Without it they go on
// under a limiter of the process's own.
func WithFailClosed() Option {
	return func(l *Limiter) error {
		l.failClosed = true
		return nil
	}
}

// WithLogger tells when Redis goes down and when it is back, at the warn and
// info level.
func WithLogger(logger *slog.Logger) Option {
	return func(l *Limiter) error {
		if logger == nil {
			return errors.New("redislimiter: WithLogger: the logger is nil")
		}
		l.logger = logger
		return nil
	}
}
