package intercom_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// scrollServer has one scroll at a time, which expires after a minute.
type scrollServer struct {
	total    int
	size     int
	end404   bool
	brokenAt map[int]int // request: status

	mu       sync.Mutex
	requests int
	opened   int
	offset   int
	used     time.Time
	open     bool
}

func (s *scrollServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	if s.open && time.Since(s.used) >= time.Minute {
		s.open = false
	}
	param := r.FormValue("scroll_param")
	if status, broken := s.brokenAt[s.requests]; broken {
		s.open = false
		scrollError(w, status, "server_error")
		return
	}
	switch {
	case param == "" && s.open:
		scrollError(w, http.StatusBadRequest, "scroll_exists")
		return
	case param == "":
		s.opened++
		s.open, s.offset = true, 0
	case !s.open || param != "scroll-"+strconv.Itoa(s.opened):
		scrollError(w, http.StatusNotFound, "not_found")
		return
	}
	s.used = time.Now()
	end := min(s.offset+s.size, s.total)
	if s.offset == end {
		s.open = false
		if s.end404 {
			scrollError(w, http.StatusNotFound, "not_found")
			return
		}
	}
	items := []map[string]any{}
	for i := s.offset; i < end; i++ {
		items = append(items, map[string]any{"id": strconv.Itoa(i)})
	}
	s.offset = end
	_ = json.NewEncoder(w).Encode(map[string]any{"data": items, "pages": nil, "total_count": nil, "scroll_param": "scroll-" + strconv.Itoa(s.opened)})
}

// counts tells how many requests there were, and how many scrolls.
func (s *scrollServer) counts() (requests, opened int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests, s.opened
}

func scrollError(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"type": "error.list", "errors": []any{map[string]any{"code": code, "message": "no"}}})
}

// companyIDs reads companies, taking its time with each.
func companyIDs(companies func(func(*intercom.Company, error) bool), pause time.Duration) (ids []string, err error) {
	for company, err := range companies {
		if err != nil {
			return ids, err
		}
		ids = append(ids, company.ID)
		time.Sleep(pause)
	}
	return ids, nil
}

// All companies come, each once, whatever happens to the scroll.
func TestScroll(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		server *scrollServer
		pause  time.Duration
		opts   []intercom.CallOption
		opened int
	}{
		{"plain", &scrollServer{total: 25, size: 10}, 0, nil, 1},
		{"no companies", &scrollServer{total: 0, size: 10}, 0, nil, 1},
		{"404 at the end", &scrollServer{total: 25, size: 10, end404: true}, 0, nil, 1},
		{"404 at once", &scrollServer{total: 0, size: 10, end404: true}, 0, nil, 1},
		{"breaks", &scrollServer{total: 35, size: 10, brokenAt: map[int]int{3: 500, 7: 502}}, 0, nil, 3},
		{"one at a time", &scrollServer{total: 25, size: 10}, time.Second, []intercom.CallOption{intercom.WithoutPrefetch()}, 1},
		{"slow caller", &scrollServer{total: 95, size: 10}, 20 * time.Second, nil, 1},
		{"slow caller without reading ahead", &scrollServer{total: 35, size: 10}, 7 * time.Second, []intercom.CallOption{intercom.WithoutPrefetch()}, 4},
		{"caller slower than all reading ahead", &scrollServer{total: 700, size: 10}, 20 * time.Minute, nil, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := clientOf(t, test.server.ServeHTTP)
				ids, err := companyIDs(client.Companies.Scroll(t.Context(), test.opts...), test.pause)
				require.NoError(t, err)
				assert.Equal(t, numbers(test.server.total), ids)
				_, opened := test.server.counts()
				assert.Equal(t, test.opened, opened)
			})
		})
	}
}

// A caller who takes its time does not make the reader run far ahead.
func TestScrollReadsAFewPagesAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &scrollServer{total: 200, size: 10}
		client := clientOf(t, server.ServeHTTP)
		n := 0
		for _, err := range client.Companies.Scroll(t.Context()) {
			require.NoError(t, err)
			synctest.Wait()
			requests, _ := server.counts()
			switch n++; n {
			case 5:
				assert.Equal(t, 1, requests, "no request is wasted on a caller who stops early")
			case 6, 10:
				assert.Equal(t, 3, requests)
			case 20:
				assert.Equal(t, 4, requests)
			case 30:
				time.Sleep(100 * time.Second)
				requests, _ = server.counts()
				assert.Equal(t, 7, requests, "two more keep the scroll open")
				return
			}
		}
	})
}

func TestScrollWaitsForTheScrollOfAnother(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &scrollServer{total: 25, size: 10, open: true, used: time.Now()}
		began := time.Now()
		ids, err := companyIDs(clientOf(t, server.ServeHTTP).Companies.Scroll(t.Context()), 0)
		require.NoError(t, err)
		assert.Len(t, ids, 25)
		assert.Equal(t, time.Minute, time.Since(began))
	})
}

// The API gives scroll_exists with two statuses; the wait has an end.
func TestScrollGivesUpWaiting(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadRequest, http.StatusLocked} {
		synctest.Test(t, func(t *testing.T) {
			busy := func(w http.ResponseWriter, _ *http.Request) { scrollError(w, status, "scroll_exists") }
			began := time.Now()
			_, err := companyIDs(clientOf(t, busy).Companies.Scroll(t.Context()), 0)
			assert.True(t, intercom.HasCode(err, intercom.CodeScrollExists))
			assert.Equal(t, 70*time.Second, time.Since(began))

			ctx, cancel := context.WithTimeout(t.Context(), 12*time.Second)
			defer cancel()
			began = time.Now()
			_, err = companyIDs(clientOf(t, busy).Companies.Scroll(ctx), 0)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.True(t, intercom.HasCode(err, intercom.CodeScrollExists))
			assert.Equal(t, 12*time.Second, time.Since(began))
		})
	}
}

func TestScrollGivesUpWhenBeginningAgainBringsNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &scrollServer{total: 100, size: 10, brokenAt: map[int]int{2: 500, 4: 500, 6: 500, 8: 500, 10: 500}}
		ids, err := companyIDs(clientOf(t, server.ServeHTTP).Companies.Scroll(t.Context()), 0)
		require.Error(t, err)
		assert.True(t, intercom.IsTemporary(err))
		assert.Equal(t, numbers(10), ids)
		assert.Equal(t, 8, server.requests)
	})
}

// What another scroll can't make good is an error at once.
func TestScrollErrors(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 403, 429} {
		server := &scrollServer{total: 100, size: 10, brokenAt: map[int]int{2: status}}
		ids, err := companyIDs(clientOf(t, server.ServeHTTP).Companies.Scroll(t.Context(), intercom.WithoutPrefetch()), 0)
		var e *intercom.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, status, e.StatusCode)
		assert.Len(t, ids, 10)
		assert.Equal(t, 2, server.requests)
	}
	client := clientOf(t, answer(`{}`))
	_, err := companyIDs(client.Companies.Scroll(t.Context(), nil), 0)
	require.EqualError(t, err, "intercom: Companies.Scroll: an option is nil")
}

func TestScrollInScroll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &scrollServer{total: 25, size: 10}
		client := clientOf(t, server.ServeHTTP)
		derived, err := client.With(intercom.WithAppInfo("inner"))
		require.NoError(t, err)
		other, err := client.With(intercom.WithToken("of-another-workspace"))
		require.NoError(t, err)
		n := 0
		for _, err := range client.Companies.Scroll(t.Context()) {
			require.NoError(t, err)
			if n++; n > 1 {
				continue
			}
			_, err := companyIDs(derived.Companies.All(t.Context(), intercom.CompanyListParams{}), 0)
			require.ErrorIs(t, err, intercom.ErrScrollInScroll)
			_, err = companyIDs(other.Companies.Scroll(t.Context()), 0)
			require.NotErrorIs(t, err, intercom.ErrScrollInScroll)
		}
		assert.Equal(t, 25, n)
		ids, err := companyIDs(client.Companies.Scroll(t.Context()), 0)
		require.NoError(t, err)
		assert.Len(t, ids, 25)
	})
}

// Scrolls of several goroutines take turns, and no longer than they want to.
func TestScrollsTakeTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &scrollServer{total: 25, size: 10}
		client := clientOf(t, server.ServeHTTP)
		var running sync.WaitGroup
		for range 5 {
			running.Go(func() {
				ids, err := companyIDs(client.Companies.Scroll(t.Context()), time.Second)
				assert.Equal(t, numbers(25), ids, "%v", err)
			})
		}
		time.Sleep(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := companyIDs(client.Companies.Scroll(ctx), 0)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorContains(t, err, "intercom: Companies.Scroll: waiting for another scroll of this client to end")
		running.Wait()
		assert.Equal(t, 5, server.opened)
	})
}

// A scroll that is canceled has not come to its end.
func TestCanceledScrollIsAnError(t *testing.T) {
	t.Parallel()
	for _, after := range []int{1, 9, 10, 25, 30, 44} {
		synctest.Test(t, func(t *testing.T) {
			server := &scrollServer{total: 500, size: 10}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			n := 0
			var last error
			for _, err := range clientOf(t, server.ServeHTTP).Companies.Scroll(ctx) {
				if last = err; err != nil {
					break
				}
				if n++; n == after {
					synctest.Wait()
					cancel()
				}
			}
			require.ErrorIs(t, last, context.Canceled)
			assert.NotContains(t, last.Error(), "\n")
			assert.Less(t, n, 100)
		})
	}
}

func TestBreakEndsTheScroll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &scrollServer{total: 500, size: 10}
		client := clientOf(t, server.ServeHTTP)
		n := 0
		for _, err := range client.Companies.Scroll(t.Context()) {
			require.NoError(t, err)
			if n++; n == 12 {
				break
			}
		}
		before, _ := server.counts()
		time.Sleep(10 * time.Minute)
		after, _ := server.counts()
		assert.Equal(t, before, after)
	})
}

// The answer's details are told with the page that they belong to, on the
// caller's goroutine.
func TestScrollTellsTheCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &scrollServer{total: 30, size: 10}
		n := 0
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			n++
			w.Header().Set("X-Request-Id", strconv.Itoa(n))
			server.ServeHTTP(w, r)
		})
		var response intercom.Response
		i := 0
		for _, err := range client.Companies.Scroll(t.Context(), intercom.WithResponse(&response)) {
			require.NoError(t, err)
			synctest.Wait()
			assert.Equal(t, strconv.Itoa(i/10+1), response.RequestID)
			i++
		}
	})
}

// Companies without an id are not taken for one company.
func TestScrollKeepsCompaniesWithoutAnID(t *testing.T) {
	t.Parallel()
	handler, _ := scripted(`{"data":[{"name":"a"},{"name":"b"},null],"scroll_param":"s"}`, `{"data":[],"scroll_param":"s"}`)
	companies, err := intercom.Collect(clientOf(t, handler).Companies.Scroll(t.Context()), -1)
	require.NoError(t, err)
	assert.Len(t, companies, 2)
}

// Only a filter, an order or a cursor make All page.
func TestCompaniesAllScrollsWhereItCan(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		params intercom.CompanyListParams
		want   string
	}{
		{intercom.CompanyListParams{}, "GET /companies/scroll"},
		{intercom.CompanyListParams{PerPage: 10}, "GET /companies/scroll"},
		{intercom.CompanyListParams{Order: intercom.CompanyOrderDescending}, "POST /companies/list?order=desc&per_page=60"},
		{intercom.CompanyListParams{SegmentID: "4"}, "GET /companies?segment_id=4&per_page=60"},
		{intercom.CompanyListParams{Cursor: "3:20"}, "POST /companies/list?page=3&per_page=20"},
	} {
		handler, seen := scripted(`{"data":[]}`)
		_, err := intercom.Collect(clientOf(t, handler).Companies.All(t.Context(), test.params), -1)
		require.NoError(t, err)
		assert.Equal(t, []string{test.want}, *seen)
	}
}
