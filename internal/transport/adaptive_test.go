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
	server := newWindowServer(limit, 10*time.Second)
	shared := NewAdaptiveLimiter()
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Second)
	defer cancel()
	var group sync.WaitGroup
	for i := range clients {
		client := newTestClient(t, server, func(config *Config) { config.Limiter = shared })
		for range 64 / clients {
			group.Go(func() {
				for ctx.Err() == nil {
					_, err := do(client, request(getContact))
					if err != nil {
						t.Errorf("client %d: %v", i, err)
						return
					}
				}
			})
		}
	}
	<-ctx.Done()
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
