package transport

import (
	"testing"
	"time"
)

func TestBackoff(t *testing.T) {
	t.Parallel()
	settings := &Settings{MinBackoff: 100 * time.Millisecond, MaxBackoff: time.Second}
	for attempt, ceiling := range map[int]time.Duration{1: 100 * time.Millisecond, 2: 200 * time.Millisecond, 4: 800 * time.Millisecond, 5: time.Second, 1000: time.Second} {
		c := &call{settings: settings, attempt: attempt}
		low, high := time.Hour, time.Duration(0)
		for range 2000 {
			wait := c.backoff(0)
			low, high = min(low, wait), max(high, wait)
		}
		if low < ceiling/20 || low > ceiling/5 || high > ceiling || high < ceiling*4/5 {
			t.Errorf("attempt %d: waits from %v to %v, want them spread up to %v", attempt, low, high, ceiling)
		}
		for range 100 {
			if wait := c.backoff(10 * time.Second); wait < 10*time.Second || wait > 11*time.Second {
				t.Fatalf("waits %v where the server named 10s", wait)
			}
		}
	}
	const longest = time.Duration(1<<63 - 1)
	patient := &call{settings: &Settings{MinBackoff: longest / 2, MaxBackoff: longest}, attempt: 1000}
	if wait := patient.backoff(0); wait < longest/20 {
		t.Errorf("waits %v: the doubling has gone over the top", wait)
	}
	c := &call{settings: &Settings{}, attempt: 3}
	if wait := c.backoff(0); wait != 0 {
		t.Errorf("waits %v without a back-off", wait)
	}
}
