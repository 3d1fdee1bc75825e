package intercom_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// windowServer allows a number of requests in each window, as the API does, by
// a clock of its own.
type windowServer struct {
	limit   int
	length  time.Duration
	skew    time.Duration
	mu      sync.Mutex
	windows map[int64]*windowCount
}

type windowCount struct{ answered, refused int }

func (s *windowServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	<-time.After(rand.N(50 * time.Millisecond)) // on the way there
	s.mu.Lock()
	now := time.Now().Add(s.skew)
	name := now.UnixNano() / int64(s.length)
	count := s.windows[name]
	if count == nil {
		count = new(windowCount)
		s.windows[name] = count
	}
	status := http.StatusOK
	if count.answered == s.limit {
		count.refused++
		status = http.StatusTooManyRequests
	} else {
		count.answered++
	}
	remaining := s.limit - count.answered
	s.mu.Unlock()
	<-time.After(rand.N(50 * time.Millisecond)) // and back
	says(status, goodContact,
		"Date", now.UTC().Format(http.TimeFormat),
		"X-RateLimit-Limit", strconv.Itoa(s.limit), "X-RateLimit-Remaining", strconv.Itoa(remaining),
		"X-RateLimit-Reset", strconv.FormatInt((name+1)*int64(s.length)/int64(time.Second), 10))(w, r)
}

// Sixty-four goroutines, of one client or of two that share a limiter, use up
// the windows of a workspace and hardly ever run into its wall.
func TestLoadSharesTheWindow(t *testing.T) {
	t.Parallel()
	for _, clients := range []int{1, 2} {
		t.Run(fmt.Sprintf("%d clients", clients), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &windowServer{limit: 100, length: 10 * time.Second, skew: -3*time.Hour + 1300*time.Millisecond, windows: map[int64]*windowCount{}}
				began := time.Now()
				shared := intercom.WithLimiter(intercom.NewLimiter())
				var group sync.WaitGroup
				for range clients {
					client := clientOf(t, server.ServeHTTP, shared, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3}))
					for range 64 / clients {
						group.Go(func() {
							for time.Since(began) < 300*time.Second {
								assert.NoError(t, getContact(client))
							}
						})
					}
				}
				group.Wait()
				server.check(t, began)
			})
		})
	}
}

// check looks at all whole windows after the first.
func (s *windowServer) check(t *testing.T, began time.Time) {
	t.Helper()
	var answered, refused, allowed int
	first := began.Add(s.skew).UnixNano() / int64(s.length)
	last := began.Add(s.skew+300*time.Second).UnixNano() / int64(s.length)
	for name := first + 1; name < last; name++ {
		allowed += s.limit
		if count := s.windows[name]; count != nil {
			answered += count.answered
			refused += count.refused
		}
	}
	t.Logf("%d of %d allowed, %d refused", answered, allowed, refused)
	assert.GreaterOrEqual(t, allowed, 2800)
	assert.Greater(t, float64(answered), 0.95*float64(allowed), "the allowance is used")
	assert.Less(t, float64(refused), 0.01*float64(answered+refused), "few are refused")
}

// While everything fails, a client does not multiply the load: a hundred calls
// are sent again, and after that hardly any.
func TestLoadOfRetriesIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var requests atomic.Int64
		client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
			requests.Add(1)
			w.WriteHeader(http.StatusServiceUnavailable)
		}, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3}))
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				for range 50 {
					assert.Error(t, getContact(client))
				}
			})
		}
		group.Wait()
		assert.Equal(t, int64(1100), requests.Load())
	})
}

// soakServer answers as a real one does on a bad day: the id says which way.
func soakServer(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	body := `{"type":"contact","id":"` + id + `","name":"` + strings.Repeat("x", len(id)*100) + `"}`
	n, _ := strconv.Atoi(id)
	again := r.Header.Get("X-Again") != ""
	switch {
	case r.Method == http.MethodPost:
		says(http.StatusOK, `{"type":"contact","id":"new"}`)(w, r)
	case id == "contacts":
		page(w, r)
	case n%101 == 0:
		says(http.StatusNotFound, `{"type":"error.list","errors":[{"code":"not_found"}]}`)(w, r)
	case n%211 == 0 && !again && rand.N(2) == 0:
		says(http.StatusServiceUnavailable, "<html>", "Content-Type", "text/html")(w, r)
	case n%307 == 0 && !again && rand.N(2) == 0:
		writes(rand.N(2) == 0, 0, head("Content-Length: 9999", "", body))(w, r)
	case n%503 == 0:
		says(http.StatusOK, "<html>")(w, r)
	default:
		says(http.StatusOK, body)(w, r)
	}
}

// soak makes a call of the kind that n calls for, and checks that its answer is
// its own.
func soak(ctx context.Context, client *intercom.Client, n int) error {
	switch id := strconv.Itoa(n); {
	case n%50 == 1:
		_, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: faultEmail})
		return err
	case n%50 == 2:
		contacts, err := intercom.Collect(client.Contacts.All(ctx, intercom.ContactListParams{PerPage: 2}), n%7)
		if err == nil && len(contacts) != min(n%7, 5) {
			err = fmt.Errorf("%d contacts of %d", len(contacts), n%7)
		}
		return err
	case n%50 == 3:
		ctx, cancel := context.WithTimeout(ctx, rand.N(200*time.Microsecond))
		defer cancel()
		if _, err := client.Contacts.Get(ctx, id); err != nil && !intercom.IsTimeout(err) && n%101 != 0 && n%503 != 0 {
			return err
		}
		return nil
	default:
		contact, err := client.Contacts.Get(ctx, id)
		var unread *intercom.DecodeError
		switch {
		case n%101 == 0 && intercom.IsNotFound(err), n%503 == 0 && errors.As(err, &unread):
			return nil
		case err == nil && contact.ID != id:
			return fmt.Errorf("asked for %s, got %s", id, contact.ID)
		}
		return err
	}
}

// TestSoak calls a server on the loopback interface from sixteen goroutines, in
// pieces: neither memory nor goroutines grow. INTERCOM_TEST_SOAK is the number
// of calls.
//
//nolint:paralleltest // It looks at the memory and the goroutines of the whole process.
func TestSoak(t *testing.T) {
	const pieces, workers = 20, 16
	calls := 4000
	if text := os.Getenv("INTERCOM_TEST_SOAK"); text != "" {
		var err error
		calls, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(soakServer))
	server.Config.ErrorLog = quietLog
	server.Start()
	t.Cleanup(server.Close)
	client, err := intercom.NewClient(faultToken, intercom.WithBaseURL(server.URL),
		intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 20, MinBackoff: time.Microsecond, MaxBackoff: time.Millisecond}))
	require.NoError(t, err)
	t.Cleanup(client.CloseIdleConnections)
	var next atomic.Int64
	var heap []uint64
	var goroutines []int
	for piece := range pieces {
		var group sync.WaitGroup
		for range workers {
			group.Go(func() {
				for n := next.Add(1); n <= int64(calls*(piece+1)/pieces); n = next.Add(1) {
					if err := soak(t.Context(), client, int(n)); err != nil {
						t.Error(err)
					}
				}
				next.Add(-1)
			})
		}
		group.Wait()
		client.CloseIdleConnections()
		server.CloseClientConnections()
		goroutines = append(goroutines, settledGoroutines(goroutines))
		heap = append(heap, liveHeap())
	}
	t.Logf("%d calls; live heap in KiB: %v; goroutines: %v", next.Load(), heap, goroutines)
	// The first piece fills pools and caches.
	for piece := 1; piece < pieces; piece++ {
		assert.LessOrEqual(t, heap[piece], heap[0]+2<<10, "KiB after piece %d", piece)
		assert.LessOrEqual(t, goroutines[piece], goroutines[0]+4, "goroutines after piece %d", piece)
	}
}

// settledGoroutines counts the goroutines, when those of closed connections
// have had time to end.
func settledGoroutines(before []int) int {
	now := runtime.NumGoroutine()
	for range 100 {
		if len(before) > 0 && now <= before[0] {
			break
		}
		<-time.After(2 * time.Millisecond)
		now = runtime.NumGoroutine()
	}
	return now
}

// liveHeap is the memory in use in KiB.
func liveHeap() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC() // Pools let go at the second.
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc >> 10
}
