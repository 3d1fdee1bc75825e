package redislimiter

import (
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// blindPause follows a 429 that names no time at all.
const blindPause = time.Second

// maxPause is the longest that a 429 can hold everybody back.
const maxPause = time.Hour

// told is what an answer said, and when.
type told struct {
	intercom.LimiterUsage
	at time.Time
}

// later is the same said now: less time is left.
func (t told) later(now time.Time) intercom.LimiterUsage {
	usage := t.LimiterUsage
	usage.UntilReset = max(usage.UntilReset-now.Sub(t.at), 0)
	return usage
}

// news is what answers told, put together.
type news struct {
	limit, remaining int
	name             int64     // the reset by the server's clock in microseconds
	reset            time.Time // by the local clock
	refused          bool      // by a 429 of that window
	pause            time.Time
	silent           bool
}

// add takes in one answer.
func (n *news) add(usage intercom.LimiterUsage, now time.Time) {
	limit := usage.RateLimit
	known := limit.Limit > 0 && usage.UntilReset > 0
	if usage.RateLimited {
		pause := usage.RetryAfter
		if pause <= 0 && !known {
			pause = blindPause
		}
		if end := now.Add(min(pause, maxPause)); pause > 0 && end.After(n.pause) {
			n.pause = end
		}
	}
	if !known {
		n.silent = n.silent || usage.StatusCode >= 200 && usage.StatusCode < 300
		return
	}
	name, reset := limit.Reset.UnixMicro(), now.Add(usage.UntilReset)
	switch {
	case n.limit == 0 || name > n.name:
		n.limit, n.remaining, n.name, n.reset, n.refused = limit.Limit, limit.Remaining, name, reset, usage.RateLimited
	case name == n.name:
		// Answers overtake each other: the lowest count is the latest. Each
		// tells the end a little too late: the earliest is best.
		n.limit, n.remaining = limit.Limit, min(n.remaining, limit.Remaining)
		n.refused = n.refused || usage.RateLimited
		if reset.Before(n.reset) {
			n.reset = reset
		}
	}
}

// args is the news as the script takes it.
func (n *news) args(now time.Time) []any {
	return []any{n.limit, n.remaining, n.name, left(n.reset, now), flag(n.refused), left(n.pause, now), flag(n.silent)}
}

// left is the time until then in microseconds, 0 if it is past.
func left(then, now time.Time) int64 {
	if then.IsZero() {
		return 0
	}
	return max(then.Sub(now).Microseconds(), 0)
}

func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
