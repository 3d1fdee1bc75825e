package intercomtest

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// window is how long a number of requests is counted.
const window = 10 // seconds

// limiter counts requests by windows of the workspace's clock.
type limiter struct {
	perWindow int // 0 for no limit

	mu    sync.Mutex
	begin int64 // Unix seconds
	used  int
}

// take counts a request and writes the headers. It returns false if there were
// too many.
func (l *limiter) take(now time.Time, header http.Header) bool {
	if l.perWindow == 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if begin := now.Unix() / window * window; begin != l.begin {
		l.begin, l.used = begin, 0
	}
	ok := l.used < l.perWindow
	if ok {
		l.used++
	}
	header.Set("X-Ratelimit-Limit", strconv.Itoa(l.perWindow))
	header.Set("X-Ratelimit-Remaining", strconv.Itoa(l.perWindow-l.used))
	header.Set("X-Ratelimit-Reset", strconv.FormatInt(l.begin+window, 10))
	return ok
}
