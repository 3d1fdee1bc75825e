package transport

import (
	"math/rand/v2"
	"time"
)

// backoff is the wait before the next attempt. Where the server named a time,
// it is that and a little more, so that many callers don't come back at the
// same moment. Otherwise it is drawn evenly between almost nothing and a
// ceiling that doubles with every attempt: of all ways to spread callers out,
// this one clears a jam fastest.
func (c *call) backoff(named time.Duration) time.Duration {
	ceiling := c.settings.ceiling(c.attempt)
	if named > 0 {
		return named + jitter(min(ceiling, named/10))
	}
	// The floor keeps an unlucky draw from becoming a spin.
	return max(jitter(ceiling), ceiling/20)
}

// ceiling is the longest wait after the given number of attempts.
func (s *Settings) ceiling(attempts int) time.Duration {
	ceiling := s.MinBackoff
	for i := 1; i < attempts && ceiling < s.MaxBackoff; i++ {
		if ceiling > s.MaxBackoff/2 {
			return s.MaxBackoff // Twice that might be more than fits.
		}
		ceiling *= 2
	}
	if s.MaxBackoff > 0 {
		ceiling = min(ceiling, s.MaxBackoff)
	}
	return ceiling
}

// jitter draws evenly from 0 to limit.
func jitter(limit time.Duration) time.Duration {
	if limit <= 0 {
		return 0
	}
	return rand.N(limit)
}
