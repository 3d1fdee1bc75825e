package redislimiter_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	redislimiter "github.com/seed-8b687bef/intercom-go/limiters/redis"
)

// api counts requests in windows, as Intercom does, by a clock of its own.
type api struct {
	limit  int
	length time.Duration
	skew   time.Duration // of its clock
	delay  time.Duration // on the way there, and on the way back

	mu      sync.Mutex
	began   time.Time
	windows map[int64]*count
}

// count is what happened in a window; strangers are requests without a limiter.
type count struct{ answered, refused, strangers int }

func newAPI(limit int, length time.Duration) *api {
	return &api{
		limit: limit, length: length, skew: 3*time.Hour + 1700*time.Millisecond, delay: length / 300,
		began: time.Now(), windows: map[int64]*count{},
	}
}

func (a *api) name(t time.Time) int64 { return t.Add(a.skew).UnixNano() / int64(a.length) }

// take counts a request and tells how the window stands.
func (a *api) take(stranger bool) (ok bool, limit intercom.RateLimit, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	name := a.name(time.Now())
	w := a.windows[name]
	if w == nil {
		w = new(count)
		a.windows[name] = w
	}
	ok = w.answered < a.limit
	switch {
	case ok && stranger:
		w.strangers++
		w.answered++
	case ok:
		w.answered++
	case !stranger:
		w.refused++
	}
	limit = intercom.RateLimit{Limit: a.limit, Remaining: a.limit - w.answered, Reset: time.Unix(0, (name+1)*int64(a.length))}
	return ok, limit, time.Now().Add(a.skew)
}

// RoundTrip answers in whole seconds, as the API does.
func (a *api) RoundTrip(*http.Request) (*http.Response, error) {
	pause(rand.N(2 * a.delay))
	ok, limit, now := a.take(false)
	status := http.StatusOK
	if !ok {
		status = http.StatusTooManyRequests
	}
	answer := &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader("{}")), ContentLength: 2, Header: http.Header{}}
	answer.Header.Set("Content-Type", "application/json")
	answer.Header.Set("Date", now.UTC().Format(http.TimeFormat))
	answer.Header.Set("X-RateLimit-Limit", strconv.Itoa(limit.Limit))
	answer.Header.Set("X-RateLimit-Remaining", strconv.Itoa(limit.Remaining))
	answer.Header.Set("X-RateLimit-Reset", strconv.FormatInt(limit.Reset.Unix(), 10))
	pause(rand.N(2 * a.delay))
	return answer, nil
}

// totals are the answers of all whole windows after the first, and how many
// could have been given in them.
func (a *api) totals() (answered, refused, allowed int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for name := a.name(a.began) + 1; name < a.name(time.Now()); name++ {
		allowed += a.limit
		if w := a.windows[name]; w != nil {
			answered += w.answered
			refused += w.refused
		}
	}
	return answered, refused, allowed
}

func pause(d time.Duration) { <-time.After(d) }

// Several processes with many goroutines each use up the windows of a server
// without running into its wall, for minutes by a virtual clock.
func TestProcessesShareTheWindow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		processes, goroutines, limit, seconds int
		strangers                             int           // requests a second that no limiter knows of
		far                                   time.Duration // to Redis and back
		refused                               int           // percent of the answers at most
	}{
		{processes: 1, goroutines: 64, limit: 100, seconds: 300, refused: 1},
		{processes: 2, goroutines: 32, limit: 100, seconds: 300, refused: 1},
		{processes: 1, goroutines: 64, limit: 1667, seconds: 40, far: 8 * time.Millisecond, refused: 1},
		{processes: 50, goroutines: 2, limit: 100, seconds: 300, far: 2 * time.Millisecond, refused: 1},
		{processes: 4, goroutines: 16, limit: 100, seconds: 300, refused: 1},
		{processes: 8, goroutines: 8, limit: 20, seconds: 300, refused: 1},
		{processes: 4, goroutines: 32, limit: 1667, seconds: 40, refused: 1},
		{processes: 3, goroutines: 16, limit: 200, seconds: 150, strangers: 5, refused: 4},
	} {
		name := fmt.Sprintf("%d processes of %d, %d a window, %d/s by others, %v to Redis", test.processes, test.goroutines, test.limit, test.strangers, test.far)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store, server := newVirtualRedis(t), newAPI(test.limit, 10*time.Second)
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(test.seconds)*time.Second)
				defer cancel()
				asked := &questions{far: test.far}
				var group sync.WaitGroup
				for range test.processes {
					connection := store.connect()
					connection.AddHook(asked)
					client, err := intercom.NewClient("token",
						intercom.WithHTTPClient(&http.Client{Transport: server}),
						intercom.WithLimiter(newLimiter(t, connection)))
					require.NoError(t, err)
					for range test.goroutines {
						group.Go(func() { callUntilDone(ctx, t, client) })
					}
				}
				if test.strangers > 0 {
					group.Go(func() {
						for ctx.Err() == nil {
							server.take(true)
							pause(time.Second / time.Duration(test.strangers))
						}
					})
				}
				group.Wait()
				answered, refused, allowed := server.totals()
				t.Logf("%d answered of %d allowed (%.1f %%), %d refused, Redis was asked %d times",
					answered, allowed, 100*float64(answered)/float64(allowed), refused, asked.load())
				assert.Less(t, refused*100, test.refused*(answered+refused), "%d of %d were 429", refused, answered+refused)
				assert.Greater(t, answered*100, allowed*95, "%d of %d allowed were used", answered, allowed)
			})
		})
	}
}

// callUntilDone calls until ctx ends, which is the only way to fail.
func callUntilDone(ctx context.Context, t *testing.T, client *intercom.Client) {
	t.Helper()
	for {
		err := client.Do(ctx, http.MethodGet, "/me", nil, nil)
		if err != nil {
			assert.True(t, intercom.IsTimeout(err), "call: %v", err)
			return
		}
	}
}

// Processes that ask a real Redis at the same time get what a window has, to the
// request, and nothing more. How fast they are does not matter: what the clock
// has to say is tested by a virtual one.
func TestProcessesCountTogether(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, connect func() *redis.Client) {
		const processes, goroutines, each = 4, 16, 7
		patient := redislimiter.WithTimeout(time.Minute)
		var group sync.WaitGroup
		limiters := make([]*redislimiter.Limiter, processes)
		for i := range limiters {
			limiters[i] = newLimiter(t, connect(), patient)
		}
		inParallel := func(do func(*redislimiter.Limiter)) {
			for i := range processes * goroutines {
				group.Go(func() { do(limiters[i%processes]) })
			}
			group.Wait()
		}
		// The first process tells with its next question what it learned.
		first := limiters[0]
		send(t, first, usage(1000, 999, time.Hour))
		require.NoError(t, first.Wait(t.Context()))
		inParallel(func(l *redislimiter.Limiter) {
			for range each {
				assert.NoError(t, l.Wait(t.Context()))
			}
		})
		require.NoError(t, first.Wait(t.Context()))
		left, _, known := first.Remaining()
		assert.True(t, known)
		assert.Equal(t, 999-2-processes*goroutines*each, left)

		first.Done(usage(1000, 0, time.Hour))
		_, err := within(t, first, time.Minute)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		inParallel(func(l *redislimiter.Limiter) {
			_, err := within(t, l, time.Minute)
			assert.ErrorContains(t, err, "the rate limit leaves no request for ")
		})
	})
}

// A window of a real Redis ends, and the next one has room.
func TestWindowEndsByTheClockOfRedis(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, connect func() *redis.Client) {
		const left = 300 * time.Millisecond
		patient := redislimiter.WithTimeout(time.Minute)
		limiter, other := newLimiter(t, connect(), patient), newLimiter(t, connect(), patient)
		require.NoError(t, limiter.Wait(t.Context()))
		began := time.Now()
		limiter.Done(usage(100, 0, left))
		require.NoError(t, limiter.Wait(t.Context()))
		require.NoError(t, other.Wait(t.Context()))
		assert.Greater(t, time.Since(began), left-time.Millisecond, "both have waited for the next window")
	})
}
