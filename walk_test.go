package intercom_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

const took = 50 * time.Millisecond

// The next page is there when the caller gets to it.
func TestPrefetch(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		opts []intercom.CallOption
		want time.Duration
	}{
		// Ten pages of ten items. From the second page on fetching is hidden
		// behind the caller's work, but for the first item of a page.
		{"on", nil, took + 10*100*time.Millisecond},
		{"off", []intercom.CallOption{intercom.WithoutPrefetch()}, 10 * (took + 100*time.Millisecond)},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &pagesServer{total: 100, size: 10, took: took}
				client := clientOf(t, server.ServeHTTP)
				began := time.Now()
				n := 0
				for _, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 10}, test.opts...) {
					require.NoError(t, err)
					time.Sleep(10 * time.Millisecond)
					n++
				}
				assert.Equal(t, 100, n)
				assert.Equal(t, test.want, time.Since(began))
				assert.Len(t, server.seen(), 10)
			})
		})
	}
}

// Who stops within the first half page pays for one request, whatever follows.
func TestPrefetchCostsNothingWhenTheCallerStopsEarly(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ taken, requests int }{{0, 1}, {1, 1}, {5, 1}, {6, 2}, {10, 2}, {11, 2}, {12, 3}} {
		t.Run(strconv.Itoa(test.taken), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &pagesServer{total: 100, size: 10, took: took}
				client := clientOf(t, server.ServeHTTP)
				n := 0
				for _, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 10}) {
					require.NoError(t, err)
					synctest.Wait()
					if n++; n >= test.taken {
						break
					}
				}
				synctest.Wait() // Nothing is left that could end later.
				assert.Len(t, server.seen(), test.requests)
			})
		})
	}
}

// Leaving the loop cancels the request that is on its way and waits for it.
func TestBreakEndsThePrefetch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		started, ended := 0, 0
		server := &pagesServer{total: 100, size: 2}
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			if started++; started > 1 {
				<-r.Context().Done()
				time.Sleep(time.Second) // The transport takes its time to give up.
			}
			ended++
			server.ServeHTTP(w, r)
		})
		began := time.Now()
		for _, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 2}) {
			require.NoError(t, err)
			if synctest.Wait(); started == 2 {
				break
			}
		}
		assert.Equal(t, 2, ended)
		assert.Equal(t, time.Second, time.Since(began))
	})
}

func TestPanicInTheLoopEndsThePrefetch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &pagesServer{total: 100, size: 2, took: took}
		client := clientOf(t, server.ServeHTTP)
		assert.PanicsWithValue(t, "mine", func() {
			n := 0
			for _, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 2}) {
				require.NoError(t, err)
				if n++; n == 2 {
					panic("mine")
				}
			}
		})
	}) // synctest fails if a goroutine is left.
}

// Pages fetches ahead from the second page on.
func TestPagesPrefetch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &pagesServer{total: 50, size: 10, took: took}
		client := clientOf(t, server.ServeHTTP)
		var requests []int
		for _, err := range client.Contacts.Pages(t.Context(), intercom.ContactListParams{}) {
			require.NoError(t, err)
			time.Sleep(took)
			requests = append(requests, len(server.seen()))
		}
		assert.Equal(t, []int{1, 3, 4, 5, 5}, requests)
	})
}

// With few requests left in the window none is spent on what may not be needed.
func TestPrefetchHoldsBackWhenTheWindowRunsLow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ remaining, requests int }{{9, 1}, {500, 2}} {
		synctest.Test(t, func(t *testing.T) {
			now := time.Now()
			server := &pagesServer{total: 100, size: 10, header: http.Header{
				"Date":                  {now.UTC().Format(http.TimeFormat)},
				"X-Ratelimit-Limit":     {"600"},
				"X-Ratelimit-Remaining": {strconv.Itoa(test.remaining)},
				"X-Ratelimit-Reset":     {strconv.FormatInt(now.Add(10*time.Second).Unix(), 10)},
			}}
			client := clientOf(t, server.ServeHTTP)
			n := 0
			for _, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 10}) {
				require.NoError(t, err)
				synctest.Wait()
				if n++; n == 10 {
					break
				}
			}
			assert.Len(t, server.seen(), test.requests)
		})
	}
}

// What is told beside the items belongs to the page that the caller works on,
// and is told on the caller's goroutine.
func TestResponseAndDriftHookFollowTheCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := 0
		client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
			n++
			w.Header().Set("X-Request-Id", "request-"+strconv.Itoa(n))
			body := fmt.Sprintf(`{"data":[{"id":"a","avatar":[%d]},{"id":"b"},{"id":"c"},{"id":"d"}],"pages":{"next":{"starting_after":"%d"}}}`, n, n)
			if n == 4 {
				body = `{"data":[{"id":"z"}]}`
			}
			_, _ = w.Write([]byte(body))
		})
		var response intercom.Response
		var drifts []string // Without a lock: the race detector watches.
		hook := func(d intercom.Drift) { drifts = append(drifts, d.Path) }
		page := 0
		for contact, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{},
			intercom.WithResponse(&response), intercom.WithDriftHook(hook)) {
			require.NoError(t, err)
			if contact.ID == "a" || contact.ID == "z" {
				page++
			}
			synctest.Wait()
			assert.Equal(t, "request-"+strconv.Itoa(page), response.RequestID)
			assert.Len(t, drifts, min(page, 3))
		}
		assert.Equal(t, 4, page)
	})
}

// A page that is too much for the server is asked for in halves, and the size
// comes back.
func TestShrink(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &pagesServer{total: 900, size: 50, fail: func(_ int, a asked) int {
					if a.After == "150" && a.Size > 40 {
						return status
					}
					return 0
				}}
				client := clientOf(t, server.ServeHTTP)
				ids, err := contactIDs(client.Contacts.All(t.Context(), intercom.ContactListParams{}))
				require.NoError(t, err)
				assert.Equal(t, numbers(900), ids)
				assert.Equal(t, []int{150, 150, 75, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 74, 148, 150, 150}, sizesOf(server.seen()))
			})
		})
	}
}

func sizesOf(requests []asked) []int {
	var sizes []int
	for _, a := range requests {
		sizes = append(sizes, a.Size)
	}
	return sizes
}

func TestShrinkGrowsBackToTheFullSize(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &pagesServer{total: 5000, size: 50, fail: func(n int, _ asked) int {
			if n <= 8 && n > 1 {
				return http.StatusBadGateway
			}
			return 0
		}}
		client := clientOf(t, server.ServeHTTP)
		ids, err := contactIDs(client.Contacts.All(t.Context(), intercom.ContactListParams{}))
		require.NoError(t, err)
		assert.Len(t, ids, 5000)
		assert.Equal(t, []int{150, 150, 75, 37, 18, 9, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 8, 16, 32, 64, 128, 150, 150}, sizesOf(server.seen())[:27])
	})
}

func TestShrinkEndsAtOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &pagesServer{total: 10, size: 4, fail: func(int, asked) int { return http.StatusServiceUnavailable }}
		client := clientOf(t, server.ServeHTTP)
		_, err := contactIDs(client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 4, Cursor: "2"}))
		var where *intercom.PageError
		require.ErrorAs(t, err, &where)
		assert.Equal(t, "2", where.Cursor)
		assert.Equal(t, []int{4, 2, 1}, sizesOf(server.seen()))
	})
}

// A page shrinks after its retries only, and other errors shrink nothing.
func TestShrinkComesAfterRetries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &pagesServer{total: 10, size: 4, fail: func(n int, _ asked) int {
			if n <= 3 {
				return http.StatusBadGateway
			}
			return http.StatusNotFound
		}}
		client := clientOf(t, server.ServeHTTP, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3}))
		_, err := contactIDs(client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 4}))
		assert.True(t, intercom.IsNotFound(err))
		assert.Equal(t, []int{4, 4, 4, 2}, sizesOf(server.seen()))
	})
}

// Another size would move the borders of all pages of a numbered list.
func TestNumberedListsDoNotShrink(t *testing.T) {
	t.Parallel()
	server := &pagesServer{total: 10, size: 5, numbered: true, fail: func(n int, _ asked) int {
		if n == 2 {
			return http.StatusBadGateway
		}
		return 0
	}}
	got, err := intercom.Collect(clientOf(t, server.ServeHTTP).Companies.Contacts.All(t.Context(), "c1", intercom.NumberedListParams{PerPage: 5}), -1)
	require.Error(t, err)
	assert.Len(t, got, 5)
	assert.Len(t, server.seen(), 2)
}

func TestCursorLoops(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		bodies []string
		want   int // items before the error
	}{
		{"the same twice in a row", []string{
			`{"data":[{"id":"1"}],"pages":{"next":{"starting_after":"a"}}}`,
			`{"data":[{"id":"2"}],"pages":{"next":{"starting_after":"a"}}}`,
		}, 2},
		{"a cycle", []string{
			`{"data":[{"id":"1"}],"pages":{"next":{"starting_after":"a"}}}`,
			`{"data":[{"id":"2"}],"pages":{"next":{"starting_after":"b"}}}`,
			`{"data":[{"id":"3"}],"pages":{"next":{"starting_after":"a"}}}`,
		}, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			handler, seen := scripted(test.bodies...)
			ids, err := contactIDs(clientOf(t, handler).Contacts.All(t.Context(), intercom.ContactListParams{}))
			require.ErrorIs(t, err, intercom.ErrCursorLoop)
			require.EqualError(t, err, "intercom: Contacts.List: the API leads to the same page again")
			assert.Equal(t, []string{"1", "2", "3"}[:test.want], ids)
			assert.Len(t, *seen, test.want)
		})
	}
}

func TestEndlessEmptyPagesEnd(t *testing.T) {
	t.Parallel()
	n := 0
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		n++
		_, _ = fmt.Fprintf(w, `{"data":[],"pages":{"next":{"starting_after":"%d"}}}`, n)
	})
	_, err := contactIDs(client.Contacts.All(t.Context(), intercom.ContactListParams{}))
	require.ErrorIs(t, err, intercom.ErrCursorLoop)
	assert.Equal(t, 100, n)
}

// Whatever pages, empty pages, doubles, failures and callers come together:
// each item once, in order, or an error at the end of a beginning.
func TestAnyInterleaving(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 5))
			server := newMovingServer(rand.New(rand.NewPCG(seed, 7))) // It runs beside the caller.
			client := clientOf(t, server.serve, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 1 + r.IntN(3)}))
			opts := []intercom.CallOption{intercom.WithoutDuplicates()}
			if r.IntN(2) == 0 {
				opts = append(opts, intercom.WithoutPrefetch())
			}
			var ids []string
			var last error
			for contact, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 1 + r.IntN(10)}, opts...) {
				require.NoError(t, last, "an error is the last thing, seed %d", seed)
				if last = err; err == nil {
					ids = append(ids, contact.ID)
					time.Sleep(time.Duration(r.IntN(60)) * time.Millisecond)
				}
			}
			if last == nil {
				require.Equal(t, numbers(server.total), ids, "seed %d", seed)
			} else {
				require.Equal(t, numbers(len(ids)), ids, "seed %d", seed)
			}
			require.LessOrEqual(t, server.atOnce, 1, "one page at a time, seed %d", seed)
		})
	}
}

// movingServer serves a list by cursor, badly.
type movingServer struct {
	r       *rand.Rand
	total   int
	faults  int // in a thousand
	empties map[string]int
	running int
	atOnce  int
}

func newMovingServer(r *rand.Rand) *movingServer {
	return &movingServer{r: r, total: r.IntN(60), faults: []int{0, 100, 500}[r.IntN(3)], empties: map[string]int{}}
}

func (s *movingServer) serve(w http.ResponseWriter, r *http.Request) {
	s.running++
	s.atOnce = max(s.atOnce, s.running)
	defer func() { s.running-- }()
	time.Sleep(time.Duration(s.r.IntN(80)) * time.Millisecond)
	if s.r.IntN(1000) < s.faults {
		w.WriteHeader([]int{404, 500, 502, 503, 504}[s.r.IntN(5)])
		return
	}
	size, _ := strconv.Atoi(r.FormValue("per_page"))
	start := 0
	_, _ = fmt.Sscanf(r.FormValue("starting_after"), "%d", &start)
	end := min(start+1+s.r.IntN(size), s.total) // Not always as many as asked for.
	cursor := strconv.Itoa(end)
	if s.r.IntN(4) == 0 && s.empties[r.FormValue("starting_after")] < 3 {
		s.empties[r.FormValue("starting_after")]++
		end = start
		cursor = fmt.Sprintf("%d-%d", start, s.r.IntN(1000000))
	}
	items := []any{}
	for i := max(0, start-s.r.IntN(3)); i < end; i++ { // Some have moved on from the page before.
		items = append(items, map[string]any{"id": strconv.Itoa(i)})
		if s.r.IntN(8) == 0 {
			items = append(items, nil)
		}
	}
	pages := map[string]any{"next": nil}
	if end < s.total {
		pages["next"] = map[string]any{"starting_after": cursor}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": items, "total_count": s.r.IntN(100), "pages": pages})
}

// The same for numbered lists, whose pages keep their size.
func TestAnyInterleavingOfNumberedLists(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 6))
			failing, status := r.IntN(40), []int{404, 500, 502}[r.IntN(3)]
			server := &pagesServer{total: r.IntN(100), size: 1 + r.IntN(50), numbered: true, took: took, fail: func(n int, _ asked) int {
				if n == failing {
					return status
				}
				return 0
			}}
			client := clientOf(t, server.ServeHTTP, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 2}))
			ids, err := contactIDs(client.Companies.Contacts.All(t.Context(), "c1", intercom.NumberedListParams{PerPage: r.IntN(20)}))
			if err == nil {
				require.Equal(t, numbers(server.total), ids, "seed %d", seed)
			} else {
				require.Equal(t, numbers(len(ids)), ids, "seed %d", seed)
			}
		})
	}
}
