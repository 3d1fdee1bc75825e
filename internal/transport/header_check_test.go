package transport

import "testing"

func TestValidateHeader(t *testing.T) {
	t.Parallel()
	for _, good := range [][2]string{{"X-Mine", "1"}, {"x-mine", ""}, {"Idempotency-Key", "a b\tc"}, {"X-Name", "Zoë"}} {
		if err := ValidateHeader(good[0], good[1]); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range [][2]string{
		{"", "1"},
		{"authorization", "Bearer x"},
		{"HOST", "x"},
		{"Content-Length", "1"},
		{"Transfer-Encoding", "x"},
		{"Accept-Encoding", "gzip"},
		{"intercom-version", "2.9"},
		{"X Mine", "1"},
		{"X-Mine:", "1"},
		{"X\r\nY", "1"},
		{"Ü", "1"},
		{"X-Mine", "a\r\nAuthorization: Bearer x"},
		{"X-Mine", "a\x00"},
		{"X-Mine", "\x7f"},
	} {
		err := ValidateHeader(bad[0], bad[1])
		if err == nil {
			t.Errorf("%q passed", bad)
			continue
		}
		checkText(t, err)
	}
}
