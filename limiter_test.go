package intercom_test

import (
	"context"
	"errors"
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

// gate is a Limiter of somebody else, such as one that asks Redis.
type gate struct {
	mu    sync.Mutex
	waits int
	usage []intercom.LimiterUsage
	err   error
}

func (g *gate) Wait(ctx context.Context) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waits++
	if g.err != nil {
		return g.err
	}
	return ctx.Err()
}

func (g *gate) Done(usage intercom.LimiterUsage) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.usage = append(g.usage, usage)
}

// knowingGate is one that has the two methods more.
type knowingGate struct {
	gate
	tries int
	left  int
}

func (g *knowingGate) Try() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.tries++
	return true
}

func (g *knowingGate) Remaining() (int, time.Time, bool) {
	return g.left, time.Now().Add(time.Second), true
}

func TestLimiterOfTheCallerIsAsked(t *testing.T) {
	t.Parallel()
	g := new(gate)
	sent := 0
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Unix(1700000126, 0).UTC().Format(http.TimeFormat))
		w.Header().Set("X-RateLimit-Limit", "160")
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", "1700000130")
		if sent++; sent == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		answer(`{}`)(w, r)
	}, intercom.WithLimiter(g))
	require.Error(t, getContact(client))
	require.NoError(t, getContact(client))
	assert.Equal(t, 2, g.waits)
	limit := intercom.RateLimit{Limit: 160, Remaining: 0, Reset: time.Unix(1700000130, 0)}
	assert.Equal(t, []intercom.LimiterUsage{
		{StatusCode: 429, RateLimit: limit, UntilReset: 4 * time.Second, RateLimited: true, RetryAfter: time.Second},
		{StatusCode: 200, RateLimit: limit, UntilReset: 4 * time.Second},
	}, g.usage)
}

func TestLimiterThatKnowsNothingOfTheWindow(t *testing.T) {
	t.Parallel()
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("starting_after") == "" {
			answer(`{"data":[{"id":"1"},{"id":"2"}],"pages":{"next":{"starting_after":"x"}}}`)(w, r)
			return
		}
		answer(`{"data":[{"id":"3"}]}`)(w, r)
	}, intercom.WithLimiter(new(gate)))
	contacts, err := intercom.Collect(client.Contacts.All(t.Context(), intercom.ContactListParams{}), -1)
	require.NoError(t, err)
	assert.Len(t, contacts, 3)
}

func TestLimiterThatFails(t *testing.T) {
	t.Parallel()
	lost := errors.New("the limiter's server is gone")
	client, requests := requestsOf(t, intercom.WithLimiter(&gate{err: lost}))
	err := getContact(client)
	require.ErrorIs(t, err, lost)
	require.EqualError(t, err, "intercom: Contacts.Get GET /contacts/{id}: the limiter failed: the limiter's server is gone; check what the limiter depends on")
	assert.Empty(t, *requests)

	late := clientOf(t, answer(`{}`), intercom.WithLimiter(&gate{err: context.DeadlineExceeded}))
	err = getContact(late)
	assert.True(t, intercom.IsTimeout(err), "%v", err)
}

func TestLimiterThatKnowsMore(t *testing.T) {
	t.Parallel()
	handler := func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(r.URL.Query().Get("starting_after"))
		answer(`{"type":"list","data":[{"id":"1"},{"id":"2"}],"pages":{"next":{"starting_after":"`+strconv.Itoa(page+1)+`"}}}`)(w, r)
	}
	for left, want := range map[int]int{0: 1, 1000: 2} {
		t.Run(strconv.Itoa(left), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := &knowingGate{left: left}
				client := clientOf(t, handler, intercom.WithLimiter(g))
				given := 0
				for _, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{}) {
					require.NoError(t, err)
					if given++; given == 2 {
						synctest.Wait()
						break
					}
				}
				assert.Equal(t, want, g.tries, "pages are fetched ahead while there is room")
				assert.Zero(t, g.waits, "Try was enough")
				assert.Len(t, g.usage, want)
			})
		})
	}
}

// A client that was told to wait makes those wait, too, that share its limiter.
func TestLimiterIsShared(t *testing.T) {
	t.Parallel()
	shared := func() intercom.ClientOption { return intercom.WithLimiter(intercom.NewLimiter()) }
	for name, test := range map[string]struct {
		clients func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client)
		waits   bool
	}{
		"two clients": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			return clientOf(t, handler), clientOf(t, handler)
		}, false},
		"two clients with one limiter": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			limiter := shared()
			return clientOf(t, handler, limiter), clientOf(t, handler, limiter)
		}, true},
		"derived": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			first = clientOf(t, handler)
			return first, derive(t, first, intercom.WithVersion(intercom.V2_9))
		}, true},
		"derived for another workspace": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			first = clientOf(t, handler)
			return first, derive(t, first, intercom.WithToken("other"))
		}, false},
		"derived with another source": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			first = clientOf(t, handler)
			return first, derive(t, first, intercom.WithTokenSource(&tokens{list: []string{"other"}}))
		}, false},
		"derived with another token for the same workspace": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			limiter := shared()
			first = clientOf(t, handler, limiter)
			return first, derive(t, first, intercom.WithToken("other"), limiter)
		}, true},
		"derived with another limiter": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			first = clientOf(t, handler)
			return first, derive(t, first, shared())
		}, false},
		"wrapped": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			type wrapper struct{ intercom.Limiter }
			limiter := intercom.WithLimiter(wrapper{intercom.NewLimiter()})
			return clientOf(t, handler, limiter), clientOf(t, handler, limiter)
		}, true},
		"no limiter": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			first = clientOf(t, handler, intercom.WithoutLimiter())
			return first, first
		}, false},
		"no limiter, another workspace": {func(t *testing.T, handler http.HandlerFunc) (first, second *intercom.Client) {
			t.Helper()
			first = clientOf(t, handler, intercom.WithoutLimiter())
			return first, derive(t, first, intercom.WithToken("other"))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				sent := 0
				first, second := test.clients(t, func(w http.ResponseWriter, r *http.Request) {
					if sent++; sent == 1 {
						w.Header().Set("Retry-After", "30")
						w.WriteHeader(http.StatusTooManyRequests)
						return
					}
					answer(`{}`)(w, r)
				})
				assert.True(t, intercom.IsRateLimited(getContact(first)))
				began := time.Now()
				require.NoError(t, getContact(second))
				if test.waits {
					assert.GreaterOrEqual(t, time.Since(began), 30*time.Second)
				} else {
					assert.Zero(t, time.Since(began))
				}
			})
		})
	}
}

func derive(t *testing.T, client *intercom.Client, opts ...intercom.ClientOption) *intercom.Client {
	t.Helper()
	derived, err := client.With(opts...)
	require.NoError(t, err)
	return derived
}
