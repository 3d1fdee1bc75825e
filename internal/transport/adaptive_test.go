package transport

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// windowServer counts requests in windows, as the API does, by a clock of its
// own.
type windowServer struct {
	limit  int
	length time.Duration
	skew   time.Duration // of its clock
	delay  time.Duration // on the way there, and on the way back

	mu      sync.Mutex
	began   time.Time
	windows map[int64]*windowCount
}

type windowCount struct{ answered, refused int }

func newWindowServer(limit int, length time.Duration) *windowServer {
	return &windowServer{
		limit: limit, length: length, skew: 3*time.Hour + 1700*time.Millisecond, delay: 30 * time.Millisecond,
		began: time.Now(), windows: map[int64]*windowCount{},
	}
}

func (s *windowServer) RoundTrip(*http.Request) (*http.Response, error) {
	time.Sleep(rand.N(2 * s.delay))
	s.mu.Lock()
	now := time.Now().Add(s.skew)
	name := now.UnixNano() / int64(s.length)
	count := s.windows[name]
	if count == nil {
		count = new(windowCount)
		s.windows[name] = count
	}
	status := 200
	if count.answered < s.limit {
		count.answered++
	} else {
		count.refused++
		status = 429
	}
	remaining := s.limit - count.answered
	s.mu.Unlock()
	reset := time.Unix(0, (name+1)*int64(s.length))
	response := answer(status, "{}",
		"X-RateLimit-Limit", strconv.Itoa(s.limit), "X-RateLimit-Remaining", strconv.Itoa(remaining),
		"X-RateLimit-Reset", strconv.FormatInt(reset.Unix(), 10), "Date", now.UTC().Format(http.TimeFormat))
	time.Sleep(rand.N(2 * s.delay))
	return response, nil
}

// totals are the answers of all whole windows after the first, and what could
// have been answered in them.
func (s *windowServer) totals() (answered, refused, allowed int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.began.Add(s.skew).UnixNano() / int64(s.length)
	last := time.Now().Add(s.skew).UnixNano() / int64(s.length)
	for name := first + 1; name < last; name++ {
		allowed += s.limit
		if count := s.windows[name]; count != nil {
			answered += count.answered
			refused += count.refused
		}
	}
	return answered, refused, allowed
}

// Any number of goroutines, of one client or of two that share the limiter, use
// up the windows of a server without running into its wall.
func TestAdaptiveLimiterUnderLoad(t *testing.T) {
	t.Parallel()
	for _, clients := range []int{1, 2} {
		for _, limit := range []int{20, 100, 1667} {
			t.Run(fmt.Sprintf("%d clients, %d a window", clients, limit), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { testUnderLoad(t, clients, limit) })
			})
		}
	}
}

func testUnderLoad(t *testing.T, clients, limit int) {
	t.Helper()
	server := newWindowServer(limit, 10*time.Second)
	shared := NewAdaptiveLimiter()
	call, end := request(getContact), time.Now().Add(300*time.Second)
	var group sync.WaitGroup
	for i := range clients {
		client := newTestClient(t, server, func(config *Config) { config.Limiter = shared })
		for range 64 / clients {
			group.Go(func() {
				for time.Now().Before(end) {
					if _, err := do(client, call); err != nil {
						t.Errorf("client %d: %v", i, err)
						return
					}
				}
			})
		}
	}
	time.Sleep(time.Until(end))
	answered, refused, allowed := server.totals()
	t.Logf("%d answered of %d allowed (%.1f %%), %d refused", answered, allowed, 100*float64(answered)/float64(allowed), refused)
	if refused*100 >= answered {
		t.Errorf("%d of %d answers were 429, want fewer than 1 %%", refused, answered+refused)
	}
	if answered*100 <= allowed*95 {
		t.Errorf("%d of %d allowed requests were used, want more than 95 %%", answered, allowed)
	}
	group.Wait()
}

func TestAdaptiveLimiterDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := NewAdaptiveLimiter()
		used := Usage{Status: 200, RateLimit: RateLimit{Limit: 10, Remaining: 0, Reset: time.Now().Add(8 * time.Second)}, UntilReset: 8 * time.Second}
		limiter.Try()
		limiter.Done(used)
		began := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := limiter.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want a deadline that was exceeded", err)
		}
		if waited := time.Since(began); waited != 0 {
			t.Errorf("waited %v for what could not come", waited)
		}
		if n, reset, ok := limiter.Remaining(); n != 0 || !ok || time.Until(reset) != 8*time.Second {
			t.Errorf("Remaining is %d until %v, %v", n, reset, ok)
		}
		if err := limiter.Wait(context.Background()); err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(began); waited < 8*time.Second || waited > 9*time.Second {
			t.Errorf("waited %v, want until the reset after 8s", waited)
		}
	})
}

// told makes a limiter that has heard one answer.
func told(limit, remaining int, left time.Duration) *AdaptiveLimiter {
	limiter := NewAdaptiveLimiter()
	limiter.Try()
	limiter.Done(usage(limit, remaining, left))
	return limiter
}

func usage(limit, remaining int, left time.Duration) Usage {
	return Usage{Status: 200, RateLimit: RateLimit{Limit: limit, Remaining: remaining, Reset: time.Now().Add(left)}, UntilReset: left}
}

func TestAdaptiveLimiterKnowsNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := NewAdaptiveLimiter()
		for range 10000 {
			if err := limiter.Wait(context.Background()); err != nil {
				t.Fatal(err)
			}
			limiter.Done(Usage{Status: 200})
		}
		if _, _, ok := limiter.Remaining(); ok {
			t.Error("something is known")
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if err := limiter.Wait(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

// While much is left and nobody waits, nobody is held back; then requests are
// spread out, and none is let through that the window does not have.
func TestAdaptiveLimiterSlowsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter, began := told(100, 100, 10*time.Second), time.Now()
		for i := range 100 {
			if err := limiter.Wait(context.Background()); err != nil {
				t.Fatal(err)
			}
			limiter.Done(usage(100, 99-i, 10*time.Second-time.Since(began)))
			switch waited := time.Since(began); {
			case i < 50 && waited > 0:
				t.Fatalf("request %d waited %v", i, waited)
			case i == 75 && (waited < 3*time.Second || waited > 7*time.Second):
				t.Errorf("three quarters were gone after %v", waited)
			}
		}
		if waited := time.Since(began); waited > 10*time.Second {
			t.Errorf("the window was over before it was used up, after %v", waited)
		}
		if limiter.Try() {
			t.Error("there is a request more than the window has")
		}
	})
}

// What is on its way counts, whether or not the server has counted it yet.
func TestAdaptiveLimiterCountsInFlight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := told(4, 4, 10*time.Second)
		for range 2 {
			if !limiter.Try() {
				t.Fatal("held back with room left")
			}
		}
		if n, _, ok := limiter.Remaining(); n != 2 || !ok {
			t.Errorf("%d remain, want 2", n)
		}
		limiter.Done(usage(4, 2, 10*time.Second)) // the server has counted both
		if n, _, _ := limiter.Remaining(); n != 1 {
			t.Errorf("%d remain, want the safe 1", n)
		}
		limiter.Done(usage(4, 3, 10*time.Second)) // an answer that was overtaken
		if n, _, _ := limiter.Remaining(); n != 2 {
			t.Errorf("%d remain, want 2", n)
		}
		limiter.Try()
		limiter.Done(Usage{Unsent: true})
		if n, _, _ := limiter.Remaining(); n != 2 {
			t.Errorf("%d remain after one that was not sent, want 2", n)
		}
		limiter.Try()
		limiter.Done(Usage{})
		if n, _, _ := limiter.Remaining(); n != 1 {
			t.Errorf("%d remain after one that was lost, want 1", n)
		}
	})
}

// A 429 without rate headers makes everyone pause, and come back one by one.
func TestAdaptiveLimiterPausesBlindly(t *testing.T) {
	t.Parallel()
	for after, want := range map[time.Duration]time.Duration{0: blindPause, 7 * time.Second: 7 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			limiter, began := NewAdaptiveLimiter(), time.Now()
			limiter.Try()
			limiter.Done(Usage{Status: 429, Limited: true, RetryAfter: after})
			if n, reset, ok := limiter.Remaining(); n != 0 || !ok || reset.Sub(began) != want {
				t.Errorf("%d remain until %v, %v", n, reset.Sub(began), ok)
			}
			var group sync.WaitGroup
			for range 10 {
				group.Go(func() {
					if err := limiter.Wait(context.Background()); err != nil {
						t.Error(err)
					}
					if waited := time.Since(began); waited < want {
						t.Errorf("came back after %v", waited)
					}
					limiter.Done(Usage{Status: 200})
				})
			}
			group.Wait()
			if waited := time.Since(began); waited < want+5*blindPace || waited > want+20*blindPace {
				t.Errorf("all were back after %v, want them spread out after %v", waited, want)
			}
			if !limiter.Try() || limiter.active.Load() {
				t.Error("the pause is not forgotten")
			}
		})
	}
}

// A server that stops telling its limit is not held to it for ever.
func TestAdaptiveLimiterForgets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := told(5, 0, 3*time.Second)
		for range 200 {
			if err := limiter.Wait(context.Background()); err != nil {
				t.Fatal(err)
			}
			limiter.Done(Usage{Status: 200})
		}
		if _, _, ok := limiter.Remaining(); ok {
			t.Error("the limit is still believed")
		}
	})
}

// A waiter that gives up leaves the queue to the others.
func TestAdaptiveLimiterGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := told(10, 0, 8*time.Second)
		ctx, cancel := context.WithCancel(context.Background())
		var group sync.WaitGroup
		for i := range 6 {
			group.Go(func() {
				if i%2 == 0 {
					if err := limiter.Wait(ctx); !errors.Is(err, context.Canceled) {
						t.Errorf("got %v", err)
					}
					return
				}
				if err := limiter.Wait(context.WithoutCancel(ctx)); err != nil {
					t.Error(err)
				}
				limiter.Done(Usage{Status: 200})
			})
		}
		time.Sleep(time.Second)
		cancel()
		group.Wait()
		if limiter.queue.Len() != 0 || limiter.inFlight.Load() != 0 {
			t.Errorf("%d in the queue, %d in flight", limiter.queue.Len(), limiter.inFlight.Load())
		}
	})
}

// Far back in a queue it is known at once that the wait is too long.
func TestAdaptiveLimiterEndOfTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := told(10, 0, 5*time.Second)
		ctx, cancel := context.WithCancel(context.Background())
		var group sync.WaitGroup
		for range 25 {
			group.Go(func() { _ = limiter.Wait(ctx) })
		}
		synctest.Wait()
		bounded, stop := context.WithTimeout(context.Background(), 20*time.Second)
		defer stop()
		err := limiter.Wait(bounded)
		var window *windowError
		if !errors.As(err, &window) || window.Wait() != 25*time.Second || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want a wait of 25s refused", err)
		}
		checkText(t, err)
		cancel()
		group.Wait()
	})
}
