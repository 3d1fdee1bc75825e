package transport

import (
	"math"
	"net/http"
	"strconv"
	"strings"
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
	if text == "" {
		return 0, false // An error would have to be allocated.
	}
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
func serverTime(header http.Header) time.Time {
	if t, err := parseDate(first(header, "Date")); err == nil {
		return t
	}
	return time.Now()
}

// months are the names in a date, three letters each.
const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

// parseDate reads an HTTP date. Every answer has one in the same form, so that
// form is read here, in a tenth of the time that http.ParseTime takes; the
// others are left to it.
func parseDate(text string) (time.Time, error) {
	const form = "Mon, 02 Jan 2006 15:04:05 GMT"
	if len(text) != len(form) || text[25:] != " GMT" || text[16] != ' ' || text[19] != ':' || text[22] != ':' {
		return http.ParseTime(text)
	}
	month := strings.Index(months, text[8:11])
	day, dayOK := twoDigits(text[5:7])
	century, centuryOK := twoDigits(text[12:14])
	year, yearOK := twoDigits(text[14:16])
	hour, hourOK := twoDigits(text[17:19])
	minute, minuteOK := twoDigits(text[20:22])
	second, secondOK := twoDigits(text[23:25])
	if month%3 != 0 || !(dayOK && centuryOK && yearOK && hourOK && minuteOK && secondOK) {
		return http.ParseTime(text)
	}
	return time.Date(century*100+year, time.Month(month/3+1), day, hour, minute, second, 0, time.UTC), nil
}

// twoDigits reads a number of two digits.
func twoDigits(text string) (int, bool) {
	tens, ones := text[0]-'0', text[1]-'0'
	return int(tens)*10 + int(ones), tens <= 9 && ones <= 9
}

// untilReset is the time left in the window by the server's own clock, 0 if
// the answer named no reset, or one in the past, or one that can't be meant.
func untilReset(limit RateLimit, header http.Header) time.Duration {
	if limit.Reset.IsZero() {
		return 0
	}
	left := limit.Reset.Sub(serverTime(header))
	if left <= 0 || left > maxResetAhead {
		return 0
	}
	return left
}

// parseRetryAfter reads a Retry-After header in seconds or as an HTTP date,
// 0 if it is absent, past or unreadable.
func parseRetryAfter(header http.Header) time.Duration {
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
	date, err := parseDate(text)
	if err != nil {
		return 0
	}
	return max(date.Sub(serverTime(header)), 0)
}

// first is Header.Get without the work of making the key canonical.
func first(header http.Header, key string) string {
	if values := header[key]; len(values) > 0 {
		return values[0]
	}
	return ""
}
