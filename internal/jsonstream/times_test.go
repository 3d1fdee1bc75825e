package jsonstream_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// Dates are read as package time reads them, whichever way they take.
func TestDatesAreThoseOfPackageTime(t *testing.T) {
	t.Parallel()
	check := func(text string) {
		d := jsonstream.GetCopy([]byte(`"` + text + `"`))
		defer d.Release()
		got := d.UnixMicro()
		_, misfit := d.FirstMisfit()
		want, err := time.Parse(time.RFC3339, text)
		if ok := err == nil && want.Year() >= 1 && want.Year() <= 9999; ok == misfit {
			t.Errorf("%s: misfit %v, want %v", text, misfit, err)
		} else if ok && got != want.UnixMicro() {
			t.Errorf("%s: got %d, want %d", text, got, want.UnixMicro())
		}
	}
	for year := range 10000 {
		month, day := 1+year%12, 1+year%31
		check(fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, year%24, year%60, year%59))
	}
	const usual = "2024-02-28T23:59:59Z"
	check(usual)
	for i := range usual {
		for c := ' '; c <= 0xff; c++ {
			if c != '"' && c != '\\' {
				check(usual[:i] + string([]byte{byte(c)}) + usual[i+1:])
			}
		}
	}
	for _, text := range []string{
		"2024-02-29T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z",
		"2024-01-01T24:00:00Z", "2024-01-01T23:60:00Z", "2024-01-01T23:59:60Z", "2024-01-01T00:00:00.25Z", "2024-01-01T00:00:00+02:00",
	} {
		check(text)
	}
}
