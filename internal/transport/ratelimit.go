package transport

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// RateLimit is what an answer said about the rate limit of the workspace.
type RateLimit struct {
	// Limit is the number of requests in a window; 0 means the answer did not
	// say.
	Limit int
	// Remaining is how many requests the window had left.
	Remaining int
	// Reset is when the next window begins, by the clock of the server.
	Reset time.Time
}

// The headers that tell the limit, in the form that net/http keeps them in.
const (
	headerLimit     = "X-Ratelimit-Limit"
	headerRemaining = "X-Ratelimit-Remaining"
	headerReset     = "X-Ratelimit-Reset"
)

// maxResetAhead is how far away a reset may be and still be believed: windows
// take seconds, so anything else is a mistake or a clock gone wrong.
const maxResetAhead = time.Hour

// parseRateLimit reads the limit of an answer, zero if it is absent or makes
// no sense.
func parseRateLimit(header http.Header) RateLimit {
	limit, ok := parseCount(first(header, headerLimit))
	if !ok || limit == 0 {
		return RateLimit{}
	}
	remaining, ok := parseCount(first(header, headerRemaining))
	if !ok {
		return RateLimit{}
	}
	return RateLimit{Limit: limit, Remaining: remaining, Reset: parseReset(first(header, headerReset))}
}

// parseCount reads a small non-negative number.
func parseCount(text string) (int, bool) {
	n, err := strconv.ParseInt(text, 10, 32)
	return int(n), err == nil && n >= 0
}

// parseReset reads Unix seconds, or milliseconds where the number is too large
// for seconds.
func parseReset(text string) time.Time {
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil || n <= 0:
		return time.Time{}
	case n > 1e14:
		return time.Time{}
	case n > 1e11:
		return time.UnixMilli(n)
	}
	return time.Unix(n, 0)
}

// serverTime is the clock of the server when it answered: its Date header, or
// our clock where there is none. Date counts whole seconds, so that a time
// measured against it comes out up to a second too long, never too short.
func serverTime(header http.Header, now time.Time) time.Time {
	if date := first(header, "Date"); date != "" {
		if t, err := http.ParseTime(date); err == nil {
			return t
		}
	}
	return now
}

// untilReset is the time left in the window by the server's own clock, 0 if
// the answer named no reset, or one in the past, or one that can't be meant.
func untilReset(limit RateLimit, header http.Header, now time.Time) time.Duration {
	if limit.Reset.IsZero() {
		return 0
	}
	left := limit.Reset.Sub(serverTime(header, now))
	if left <= 0 || left > maxResetAhead {
		return 0
	}
	return left
}

// parseRetryAfter reads a Retry-After header in seconds or as an HTTP date,
// 0 if it is absent, past or unreadable.
func parseRetryAfter(header http.Header, now time.Time) time.Duration {
	text := first(header, "Retry-After")
	if text == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(seconds) {
		// A wait of years overflows time.Duration; all that matters is that it
		// is too long to wait for.
		seconds = min(max(seconds, 0), 1e9)
		return time.Duration(seconds * float64(time.Second))
	}
	date, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	return max(date.Sub(serverTime(header, now)), 0)
}

// first is Header.Get without the work of making the key canonical.
func first(header http.Header, key string) string {
	if values := header[key]; len(values) > 0 {
		return values[0]
	}
	return ""
}
