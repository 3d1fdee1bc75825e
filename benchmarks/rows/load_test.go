package rows

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
)

// windows is a workspace that allows a number of calls in each window, as the
// API does, and is up to 50 ms away in each direction.
type windows struct {
	limit  int
	length time.Duration
	body   []byte

	mu      sync.Mutex
	counted map[int64]*windowCount
}

type windowCount struct{ answered, refused int }

// RoundTrip implements http.RoundTripper.
func (w *windows) RoundTrip(request *http.Request) (*http.Response, error) {
	time.Sleep(rand.N(50 * time.Millisecond))
	header, status := w.count()
	time.Sleep(rand.N(50 * time.Millisecond))
	return &http.Response{
		StatusCode: status, Header: header, Request: request,
		Body: io.NopCloser(bytes.NewReader(w.body)), ContentLength: int64(len(w.body)),
	}, nil
}

// count counts a request and says how the answer begins.
func (w *windows) count() (http.Header, int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	number := now.UnixNano() / int64(w.length)
	count := w.counted[number]
	if count == nil {
		count = new(windowCount)
		w.counted[number] = count
	}
	status := http.StatusOK
	if count.answered == w.limit {
		count.refused++
		status = http.StatusTooManyRequests
	} else {
		count.answered++
	}
	header := http.Header{}
	header.Set("Date", now.UTC().Format(http.TimeFormat))
	header.Set("X-RateLimit-Limit", strconv.Itoa(w.limit))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(w.limit-count.answered))
	header.Set("X-RateLimit-Reset", strconv.FormatInt((number+1)*int64(w.length)/int64(time.Second), 10))
	return header, status
}

// TestWindowIsShared lets 64 goroutines of one client call as often as they
// may for 30 windows of 10 seconds. The benchmarks read its figures.
func TestWindowIsShared(t *testing.T) {
	t.Parallel()
	const count = 30
	server := &windows{limit: 100, length: 10 * time.Second, body: payload.OneContact(), counted: map[int64]*windowCount{}}
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		client, err := intercom.NewClient("token", intercom.WithHTTPClient(&http.Client{Transport: server}))
		require.NoError(t, err)
		var group sync.WaitGroup
		for range callers {
			group.Go(func() {
				for time.Since(began) < count*server.length {
					_, err := client.Contacts.Get(context.Background(), "1")
					assert.NoError(t, err)
				}
			})
		}
		group.Wait()
		var answered, refused int
		first := began.UnixNano() / int64(server.length)
		for number := first + 1; number < first+count; number++ {
			answered += server.counted[number].answered
			refused += server.counted[number].refused
		}
		used := float64(answered) / float64((count-1)*server.limit)
		denied := float64(refused) / float64(answered+refused)
		t.Attr(windowUsed, strconv.FormatFloat(used, 'f', 4, 64))
		t.Attr(windowDenied, strconv.FormatFloat(denied, 'f', 4, 64))
		assert.GreaterOrEqual(t, used, 0.95)
		assert.LessOrEqual(t, denied, 0.01)
	})
}
