package redislimiter_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	redislimiter "github.com/seed-8b687bef/intercom-go/limiters/redis"
)

// Without Redis requests go on under a limiter of the process's own, which
// knows what was learned before, and come back when Redis does.
func TestRedisIsDown(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(store *virtualRedis, down bool){
		"errors": func(store *virtualRedis, down bool) {
			store.SetError(map[bool]string{true: "LOADING Redis is loading the dataset in memory"}[down])
		},
		"gone": func(store *virtualRedis, down bool) {
			store.lost.Store(down)
			if down {
				store.Server().Close()
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store, log := newVirtualRedis(t), new(bytes.Buffer)
				limiter := newLimiter(t, store.connect(), redislimiter.WithLogger(slog.New(slog.NewTextHandler(log, nil))))
				send(t, limiter, usage(10, 9, 9*time.Second))
				send(t, limiter, usage(10, 0, 9*time.Second))
				trouble(store, true)
				began := time.Now()
				for range 5 {
					send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
				}
				assert.InDelta(t, 9, time.Since(began).Seconds(), 0.5, "the window is remembered")
				assert.Contains(t, log.String(), "level=WARN msg=\"redis does not answer; the rate limit is not shared\" key=intercom:limit:acme error=")
				left, _, known := limiter.Remaining()
				assert.True(t, known)
				assert.Equal(t, 5, left)

				trouble(store, false)
				time.Sleep(time.Second)
				send(t, limiter, intercom.LimiterUsage{StatusCode: 200}) // This one asks for Redis, but does not wait for it.
				synctest.Wait()
				assert.Contains(t, log.String(), "level=INFO msg=\"redis answers again; the rate limit is shared\" key=intercom:limit:acme")
				send(t, limiter, usage(10, 0, 5*time.Second))
				_, err := within(t, limiter, time.Second)
				require.ErrorContains(t, err, "redislimiter: ", "Redis decides again")
			})
		})
	}
}

// A request that Redis keeps waiting does not wait long, and those after it not
// at all.
func TestRedisHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		connection := newVirtualRedis(t).connect()
		hang(t, connection)
		limiter := newLimiter(t, connection, redislimiter.WithTimeout(100*time.Millisecond))
		began := time.Now()
		for range 10 {
			send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		}
		assert.Equal(t, 100*time.Millisecond, time.Since(began))
	})
}

// hang makes all commands wait until the test ends, whatever their contexts say.
func hang(t *testing.T, connection *redis.Client) {
	t.Helper()
	hook := &hanging{ended: make(chan struct{})}
	connection.AddHook(hook)
	t.Cleanup(func() {
		close(hook.ended)
		synctest.Wait()
	})
}

type hanging struct {
	questions
	ended chan struct{}
}

func (h *hanging) ProcessHook(redis.ProcessHook) redis.ProcessHook {
	return func(context.Context, redis.Cmder) error {
		<-h.ended
		return errors.New("the test is over")
	}
}

func TestFailClosed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newVirtualRedis(t)
		limiter := newLimiter(t, store.connect(), redislimiter.WithFailClosed())
		server := newAPI(10, 10*time.Second)
		client, err := intercom.NewClient("token", intercom.WithLimiter(limiter), intercom.WithHTTPClient(&http.Client{Transport: server}))
		require.NoError(t, err)
		call := func() error { return client.Do(t.Context(), http.MethodGet, "/me", nil, nil) }
		require.NoError(t, call())
		store.SetError("READONLY You can't write against a read only replica.")
		for range 2 {
			err := call()
			require.ErrorIs(t, err, redislimiter.ErrRedisDown)
			require.ErrorContains(t, err, "redis does not answer: READONLY")
		}
		_, _, known := limiter.Remaining()
		assert.False(t, known)
		store.SetError("")
		require.NoError(t, call())
		left, _, known := limiter.Remaining()
		assert.True(t, known)
		assert.Equal(t, 8, left)
	})
}

// Redis being late is not the caller's deadline.
func TestFailClosedInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		connection := newVirtualRedis(t).connect()
		hang(t, connection)
		limiter := newLimiter(t, connection, redislimiter.WithFailClosed())
		waited, err := within(t, limiter, time.Minute)
		require.ErrorIs(t, err, redislimiter.ErrRedisDown)
		require.NotErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 250*time.Millisecond, waited)
	})
}

// Somebody else's key is left alone.
func TestKeyOfAnotherKind(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, connect func() *redis.Client) {
		connection := connect()
		require.NoError(t, connection.Set(t.Context(), "intercom:limit:acme", "mine", 0).Err())
		require.NoError(t, newLimiter(t, connection).Wait(t.Context()))
		strict := newLimiter(t, connection, redislimiter.WithTimeout(time.Minute), redislimiter.WithFailClosed())
		require.ErrorContains(t, strict.Wait(t.Context()), "WRONGTYPE")
		value, err := connection.Get(t.Context(), "intercom:limit:acme").Result()
		require.NoError(t, err)
		assert.Equal(t, "mine", value)
	})
}
