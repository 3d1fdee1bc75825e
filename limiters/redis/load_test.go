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

// usage is an answer as a limiter sees it, for windows that are shorter than a
// second: its times are finer, but as much too late.
func (a *api) usage() intercom.LimiterUsage {
	pause(rand.N(2 * a.delay))
	ok, limit, now := a.take(false)
	usage := intercom.LimiterUsage{StatusCode: http.StatusOK, RateLimit: limit, UntilReset: limit.Reset.Sub(now) + rand.N(a.length/10)}
	if !ok {
		usage.StatusCode, usage.RateLimited = http.StatusTooManyRequests, true
	}
	pause(rand.N(2 * a.delay))
	return usage
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

// The same by the clock on the wall, in windows of a second, so that a real
// Redis can take part. The machine may be slow: the bounds are wide.
func TestProcessesShareShortWindows(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, connect func() *redis.Client) {
		server := newAPI(100, time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 6*server.length)
		defer cancel()
		var group sync.WaitGroup
		for range 4 {
			limiter := newLimiter(t, connect(), redislimiter.WithTimeout(time.Second))
			for range 16 {
				group.Go(func() {
					for limiter.Wait(ctx) == nil {
						limiter.Done(server.usage())
					}
				})
			}
		}
		group.Wait()
		answered, refused, allowed := server.totals()
		t.Logf("%d answered of %d allowed, %d refused", answered, allowed, refused)
		assert.Less(t, refused*20, answered+refused, "%d of %d were 429", refused, answered+refused)
		assert.Greater(t, answered*100, allowed*50, "%d of %d allowed were used", answered, allowed)
	})
}
