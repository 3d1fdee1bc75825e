package redislimiter_test

import (
	"context"
	"encoding/binary"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	redislimiter "github.com/seed-8b687bef/intercom-go/limiters/redis"
)

// FuzzUsage gives two processes answers of any kind at any times: whatever they
// say, the script can work with it, a wait ends when its time is up, and what is
// left is neither negative nor more than the limit.
func FuzzUsage(f *testing.F) {
	for _, answers := range []string{
		"", "0123456789", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
		"\x10\x64\x00\x63\x00\x0a\x00\x01\x00\x00\x10\x64\x00\x00\x00\x0a\x00\x03\x00\x00\x80\x64\x00\x63\x00\x0a\x00\x00\x00\x00",
	} {
		f.Add([]byte(answers))
	}
	f.Fuzz(func(t *testing.T, answers []byte) {
		synctest.Test(t, func(t *testing.T) {
			store := newVirtualRedis(t)
			limiters := []*redislimiter.Limiter{
				newLimiter(t, store.connect(), redislimiter.WithFailClosed()),
				newLimiter(t, store.connect(), redislimiter.WithFailClosed()),
			}
			const size, most = 10, 40
			for i := 0; len(answers) >= size && i < most; i++ {
				time.Sleep(time.Duration(answers[0]) * 100 * time.Millisecond)
				useOnce(t, limiters[i%2], anyUsage(answers[1:size]))
				answers = answers[size:]
			}
		})
	})
}

// anyUsage makes an answer of nine bytes.
func anyUsage(b []byte) intercom.LimiterUsage {
	limit, remaining := int(int16(binary.LittleEndian.Uint16(b))), int(int16(binary.LittleEndian.Uint16(b[2:])))
	flags := b[6]
	usage := intercom.LimiterUsage{
		StatusCode:  200,
		RateLimit:   intercom.RateLimit{Limit: limit, Remaining: remaining, Reset: time.Now().Add(time.Duration(int8(b[5])) * time.Second)},
		UntilReset:  time.Duration(b[4]) * 250 * time.Millisecond,
		RateLimited: flags&1 != 0,
		Unsent:      flags&4 != 0,
	}
	if usage.RateLimited {
		usage.StatusCode = 429
	}
	if flags&2 != 0 {
		usage.RetryAfter = time.Duration(int16(binary.LittleEndian.Uint16(b[7:]))) * time.Second
	}
	return usage
}

// useOnce waits for at most a minute and tells what came of it.
func useOnce(t *testing.T, limiter *redislimiter.Limiter, usage intercom.LimiterUsage) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	began := time.Now()
	err := limiter.Wait(ctx)
	assert.LessOrEqual(t, time.Since(began), time.Minute)
	if err != nil {
		require.ErrorIs(t, err, context.DeadlineExceeded)
		return
	}
	limiter.Done(usage)
	synctest.Wait()
	if left, reset, known := limiter.Remaining(); known {
		assert.GreaterOrEqual(t, left, 0)
		assert.LessOrEqual(t, left, 1<<15+40)
		assert.True(t, reset.After(time.Now()))
	}
}
