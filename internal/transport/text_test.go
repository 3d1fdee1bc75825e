package transport

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShorten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "plain": "plain", "two words": "two words", " a\r\nb\tc\x00d\u2028e\u202ef ": "a b c d e f", "a\xffb": "a?b", "Zoë": "Zoë",
	} {
		if got := shorten(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for _, endless := range []string{strings.Repeat("x", 1<<20), strings.Repeat("ë", 1<<16), strings.Repeat("ë ", 500)} {
		if got := shorten(endless); len(got) > maxText+3 || !utf8.ValidString(got) || !strings.HasSuffix(got, "...") {
			t.Errorf("got %d bytes: %q", len(got), got)
		}
	}
}

func TestDiscreet(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"The email ada@example.com is taken":                           "The email [address] is taken",
		"already exists with id=63a07ddf05a32042dffac965":              "already exists with [id]",
		"User 123456789 and 1f2e3d4c-aaaa-bbbb-cccc-0123456789ab gone": "User [id] and [id] gone",
		"at most 150 per page, version 2.10":                           "at most 150 per page, version 2.10",
		"rate_limit_exceeded":                                          "rate_limit_exceeded",
		"defaced":                                                      "defaced",
	} {
		if got := discreet(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
