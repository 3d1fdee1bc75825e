package transport

import (
	"net/http"
	"testing"
	"time"
)

func TestParseRateLimit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		header http.Header
		want   RateLimit
		left   time.Duration
	}{
		"none": {http.Header{}, RateLimit{}, 0},
		"usual": {
			answer(200, "", "X-RateLimit-Limit", "1667", "X-RateLimit-Remaining", "5", "X-RateLimit-Reset", "1700000010", "Date", "Tue, 14 Nov 2023 22:13:20 GMT").Header,
			RateLimit{1667, 5, time.Unix(1700000010, 0)},
			10 * time.Second,
		},
		"reset in the past": {
			answer(200, "", "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1700000000", "Date", "Tue, 14 Nov 2023 22:13:20 GMT").Header,
			RateLimit{10, 0, time.Unix(1700000000, 0)},
			0,
		},
		"reset in years": {
			answer(200, "", "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1900000000", "Date", "Tue, 14 Nov 2023 22:13:20 GMT").Header,
			RateLimit{10, 0, time.Unix(1900000000, 0)},
			0,
		},
		"milliseconds": {
			answer(200, "", "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "1", "X-RateLimit-Reset", "1700000010000", "Date", "Tuesday, 14-Nov-23 22:13:20 GMT").Header,
			RateLimit{10, 1, time.UnixMilli(1700000010000)},
			10 * time.Second,
		},
		"no reset":         {answer(200, "", "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "1").Header, RateLimit{10, 1, time.Time{}}, 0},
		"limit of nothing": {answer(200, "", "X-RateLimit-Limit", "0", "X-RateLimit-Remaining", "0").Header, RateLimit{}, 0},
		"words":            {answer(200, "", "X-RateLimit-Limit", "many", "X-RateLimit-Remaining", "some").Header, RateLimit{}, 0},
		"negative":         {answer(200, "", "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "-1").Header, RateLimit{}, 0},
		"huge":             {answer(200, "", "X-RateLimit-Limit", "99999999999999999999", "X-RateLimit-Remaining", "1").Header, RateLimit{}, 0},
	}
	for name, test := range tests {
		got := parseRateLimit(test.header)
		if got.Limit != test.want.Limit || got.Remaining != test.want.Remaining || !got.Reset.Equal(test.want.Reset) {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
		if left := untilReset(got, test.header); left != test.left {
			t.Errorf("%s: %v left, want %v", name, left, test.left)
		}
	}
}

func TestParseRetryAfter(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"": 0, "5": 5 * time.Second, "0": 0, "-3": 0, "1.5": 1500 * time.Millisecond, "soon": 0, "NaN": 0,
		"86400": 24 * time.Hour, "1e300": 1e9 * time.Second,
		"Tue, 14 Nov 2023 22:13:50 GMT": 30 * time.Second, "Tue, 14 Nov 2023 22:13:00 GMT": 0,
	} {
		header := answer(429, "", "Date", "Tue, 14 Nov 2023 22:13:20 GMT", "Retry-After", text).Header
		if got := parseRetryAfter(header); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for month := time.January; month <= time.December; month++ {
		want := time.Date(2026, month, 9, 23, 59, 1, 0, time.UTC)
		for _, form := range []string{http.TimeFormat, time.RFC850, time.ANSIC} {
			if got, err := parseDate(want.Format(form)); err != nil || !got.Equal(want) {
				t.Errorf("%s: got %v, %v", want.Format(form), got, err)
			}
		}
	}
	for _, bad := range []string{"", "now", "Mon, 0x Jan 2026 00:00:00 GMT", "Mon, 01 Foo 2026 00:00:00 GMT", "Mon, 01 anF 2026 00:00:00 GMT", "Mon, 01 Jan 2026 00:00:00 CET"} {
		if got, err := parseDate(bad); err == nil {
			t.Errorf("%q: got %v", bad, got)
		}
	}
}

func FuzzRateHeaders(f *testing.F) {
	f.Add("1667", "5", "1700000010", "Tue, 14 Nov 2023 22:13:20 GMT", "5")
	f.Add("-1", "1e9", "", "Mon, 32 Jan 9999 99:99:99 GMT", "Infinity")
	f.Fuzz(func(t *testing.T, limit, remaining, reset, date, after string) {
		header := http.Header{headerLimit: {limit}, headerRemaining: {remaining}, headerReset: {reset}, "Date": {date}, "Retry-After": {after}}
		got := parseRateLimit(header)
		if got.Limit < 0 || got.Remaining < 0 {
			t.Errorf("negative: %+v", got)
		}
		if left := untilReset(got, header); left < 0 || left > maxResetAhead {
			t.Errorf("%v left", left)
		}
		if wait := parseRetryAfter(header); wait < 0 {
			t.Errorf("wait of %v", wait)
		}
	})
}
