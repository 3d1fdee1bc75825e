package transport

import (
	"context"
	"time"
)

// attempt sends the request once, within its own time, and reads the body.
func (s *sender) attempt(ctx context.Context, c *call) error {
	c.response.clear()
	c.untilReset, c.retryAfter, c.truncated = 0, 0, false
	if c.request.Stream {
		return s.stream(ctx, c)
	}
	limited, cancel, phase := c.limitAttempt(ctx)
	if cancel != nil {
		defer cancel()
	}
	answer, err := s.send(s.build(limited, c))
	if err != nil {
		return c.broken(ctx, limited, phase, answer, err)
	}
	err = c.receive(answer)
	// The error of Close says nothing once the body was read to its end.
	_ = answer.Body.Close()
	if err != nil && (c.ok() || ctx.Err() != nil) {
		c.response.Release(c.response.Body)
		return c.broken(ctx, limited, phase, answer, err)
	}
	// A failure stays what it is when its body breaks off.
	c.truncated = c.truncated || err != nil
	return nil
}

// limitAttempt gives the attempt its own last moment. It makes a context only
// where the caller's does not end before, because a context is the most
// expensive part of a call. phase names the limit for the error.
func (c *call) limitAttempt(ctx context.Context) (limited context.Context, cancel context.CancelFunc, phase Phase) {
	limit := c.settings.AttemptTimeout
	ends, phase := c.attemptBegan.Add(limit), PhaseAttempt
	if limit <= 0 || !c.deadline.IsZero() && c.deadline.Before(ends) {
		if !c.ours {
			return ctx, nil, ""
		}
		ends, phase = c.deadline, PhaseCall
	}
	limited, cancel = context.WithDeadline(ctx, ends)
	return limited, cancel, phase
}

// limitOf is the length of the limit of a phase.
func (s *Settings) limitOf(phase Phase) time.Duration {
	switch phase {
	case PhaseHeader:
		return s.HeaderTimeout
	case PhaseStall:
		return s.StallTimeout
	case PhaseCall:
		return s.CallTimeout
	}
	return s.AttemptTimeout
}

// ok tells whether the answer is one of 2xx.
func (c *call) ok() bool {
	return c.response.Status >= 200 && c.response.Status < 300
}
