package redislimiter_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	redislimiter "github.com/seed-8b687bef/intercom-go/limiters/redis"
)

// questions counts the scripts that a client runs on a Redis that may be far.
type questions struct {
	n   atomic.Int64
	far time.Duration
}

func (q *questions) load() int64 { return q.n.Load() }

func (q *questions) DialHook(next redis.DialHook) redis.DialHook { return next }

func (q *questions) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if strings.HasPrefix(cmd.Name(), "eval") {
			q.n.Add(1)
			pause(q.far)
		}
		return next(ctx, cmd)
	}
}

func (q *questions) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

// usage is a good answer that came now.
func usage(limit, remaining int, left time.Duration) intercom.LimiterUsage {
	return intercom.LimiterUsage{
		StatusCode: 200,
		RateLimit:  intercom.RateLimit{Limit: limit, Remaining: remaining, Reset: time.Now().Add(left)},
		UntilReset: left,
	}
}

// send sends one request through a limiter, which tells what came of it with
// the next question.
func send(t *testing.T, limiter *redislimiter.Limiter, came intercom.LimiterUsage) {
	t.Helper()
	require.NoError(t, limiter.Wait(t.Context()))
	limiter.Done(came)
}

// within waits for at most so long and returns how long it took.
func within(t *testing.T, limiter *redislimiter.Limiter, d time.Duration) (time.Duration, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	began := time.Now()
	err := limiter.Wait(ctx)
	return time.Since(began), err
}

// What one process learns holds for all of the workspace, and for nobody else.
func TestLimitersOfAWorkspaceShareWhatTheyLearn(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, connect func() *redis.Client) {
		patient := redislimiter.WithTimeout(time.Minute)
		first, second, third := newLimiter(t, connect(), patient), newLimiter(t, connect(), patient), newLimiter(t, connect(), patient)
		foreign, err := redislimiter.New(connect(), "another workspace", patient)
		require.NoError(t, err)
		elsewhere := newLimiter(t, connect(), patient, redislimiter.WithPrefix("staging:"))
		_, _, known := second.Remaining()
		assert.False(t, known)

		send(t, first, usage(100, 91, 9*time.Minute))
		send(t, first, usage(100, 90, 9*time.Minute))
		require.NoError(t, second.Wait(t.Context()))
		left, reset, known := second.Remaining()
		assert.True(t, known)
		assert.Equal(t, 89, left, "91 were left after the first of three requests")
		assert.InDelta(t, 9, time.Until(reset).Minutes(), 1)

		second.Done(usage(100, 0, 9*time.Minute))
		_, err = within(t, second, time.Minute)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		_, err = within(t, third, time.Minute)
		require.ErrorIs(t, err, context.DeadlineExceeded, "the third has not heard of it by itself")
		require.ErrorContains(t, err, "redislimiter: the rate limit leaves no request for ")
		require.NoError(t, foreign.Wait(t.Context()))
		require.NoError(t, elsewhere.Wait(t.Context()))

		keys, err := connect().Keys(t.Context(), "*").Result()
		require.NoError(t, err)
		assert.ElementsMatch(t, []string{"intercom:limit:acme", "intercom:limit:another workspace", "staging:acme"}, keys)
		for _, key := range keys {
			expires, err := connect().PTTL(t.Context(), key).Result()
			require.NoError(t, err)
			assert.InDelta(t, 10, expires.Minutes(), 1, key)
		}
	})
}

func TestUnknownLimitHoldsNothingBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		connection, asked, began := newVirtualRedis(t).connect(), new(questions), time.Now()
		connection.AddHook(asked)
		limiter := newLimiter(t, connection)
		for range 500 {
			send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		}
		assert.Zero(t, time.Since(began))
		assert.EqualValues(t, 501, asked.load(), "one question each, and one to load the script")
		_, _, known := limiter.Remaining()
		assert.False(t, known)
	})
}

// While much is left nobody is held back; then requests are spread over the
// window, whichever process they come from, and none is let through that the
// window does not have.
func TestLimiterSlowsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newVirtualRedis(t)
		processes := []*redislimiter.Limiter{newLimiter(t, store.connect()), newLimiter(t, store.connect())}
		send(t, processes[0], usage(100, 99, 10*time.Second))
		began, end := time.Now(), usage(100, 0, 10*time.Second).RateLimit.Reset
		for i := range 99 {
			came := usage(100, 98-i, time.Until(end))
			came.RateLimit.Reset = end
			send(t, processes[i%2], came)
			switch waited := time.Since(began); {
			case i < 48:
				assert.Zero(t, waited, "request %d", i)
			case i == 75:
				assert.InDelta(t, 4.3, waited.Seconds(), 0.5, "half of the second half")
			}
		}
		assert.InDelta(t, 9.5, time.Since(began).Seconds(), 0.3, "the last one of the window")
		require.NoError(t, processes[0].Wait(t.Context()))
		assert.InDelta(t, 10.1, time.Since(began).Seconds(), 0.1, "the first one of the next")
	})
}

func TestDeadlineBeforeTheReset(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := newLimiter(t, newVirtualRedis(t).connect())
		send(t, limiter, usage(10, 0, 8*time.Second))
		waited, err := within(t, limiter, 5*time.Second)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.EqualError(t, err, "redislimiter: the rate limit leaves no request for 8.0s, which is after the deadline")
		assert.Zero(t, waited)
		left, reset, known := limiter.Remaining()
		assert.True(t, known)
		assert.Zero(t, left)
		assert.Equal(t, 8*time.Second, time.Until(reset).Round(time.Millisecond))
		waited, err = within(t, limiter, time.Minute)
		require.NoError(t, err)
		assert.InDelta(t, 8, waited.Seconds(), 0.3)
	})
}

// A queue that is longer than the window turns away who would wait in vain.
func TestDeadlineBehindOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := newLimiter(t, newVirtualRedis(t).connect())
		send(t, limiter, usage(10, 0, 8*time.Second))
		var group sync.WaitGroup
		for range 10 {
			group.Go(func() { assert.NoError(t, limiter.Wait(t.Context())) })
			synctest.Wait() // The first tells Redis what the answer said.
		}
		waited, err := within(t, limiter, 15*time.Second)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Zero(t, waited, "the eleventh goes in the window after the next")
		group.Wait()
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := newLimiter(t, newVirtualRedis(t).connect())
		send(t, limiter, usage(10, 0, 8*time.Second))
		ctx, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() { assert.ErrorIs(t, limiter.Wait(ctx), context.Canceled) })
			synctest.Wait() // The first tells Redis what the answer said.
		}
		began := time.Now()
		time.AfterFunc(2*time.Second, cancel)
		group.Wait()
		assert.Equal(t, 2*time.Second, time.Since(began))
		synctest.Wait() // Nothing goes on for nobody: the bubble would not end.
		require.ErrorIs(t, limiter.Wait(ctx), context.Canceled)
	})
}

// A 429 that asks for silence silences everybody.
func TestPauseHoldsForAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newVirtualRedis(t)
		first, second := newLimiter(t, store.connect()), newLimiter(t, store.connect())
		send(t, first, intercom.LimiterUsage{StatusCode: 429, RateLimited: true, RetryAfter: 30 * time.Second})
		synctest.Wait()
		began := time.Now()
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() { send(t, second, intercom.LimiterUsage{StatusCode: 200}) })
		}
		group.Wait()
		assert.InDelta(t, 30.05, time.Since(began).Seconds(), 0.05)

		send(t, first, intercom.LimiterUsage{StatusCode: 429, RateLimited: true})
		synctest.Wait()
		waited, err := within(t, second, time.Minute)
		require.NoError(t, err)
		assert.InDelta(t, 1, waited.Seconds(), 0.05, "it named no time")
		_, err = within(t, second, time.Second)
		require.NoError(t, err)
	})
}

// A request that never got to the server can be sent again at no cost.
func TestUnsentCostsNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := newLimiter(t, newVirtualRedis(t).connect())
		send(t, limiter, usage(10, 1, 9*time.Second))
		began := time.Now()
		for range 50 {
			send(t, limiter, intercom.LimiterUsage{Unsent: true})
		}
		assert.Zero(t, time.Since(began))
		send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		_, err := within(t, limiter, 8*time.Second)
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

// A server that does not tell its limit any more has none.
func TestLimitThatIsTakenAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := newLimiter(t, newVirtualRedis(t).connect())
		send(t, limiter, usage(5, 4, 10*time.Second))
		for range 20 {
			send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		}
		time.Sleep(20 * time.Second)
		began := time.Now()
		for range 20 {
			send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		}
		assert.Zero(t, time.Since(began))
	})
}

func TestLimitIsForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newVirtualRedis(t)
		limiter := newLimiter(t, store.connect(), redislimiter.WithMemory(time.Hour))
		send(t, limiter, usage(5, 4, 10*time.Second))
		send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		time.Sleep(59 * time.Minute)
		assert.True(t, store.Exists("intercom:limit:acme"))
		time.Sleep(2 * time.Minute)
		assert.False(t, store.Exists("intercom:limit:acme"))
	})
}

func TestOptionsThatAreWrong(t *testing.T) {
	t.Parallel()
	client := redis.NewClient(&redis.Options{})
	defer client.Close()
	for want, build := range map[string]func() (*redislimiter.Limiter, error){
		"redislimiter: New: the Redis client is nil": func() (*redislimiter.Limiter, error) { return redislimiter.New(nil, "acme") },
		"redislimiter: New: the workspace is empty; name what shares the limit": func() (*redislimiter.Limiter, error) {
			return redislimiter.New(client, "")
		},
		"redislimiter: New: an option is nil":           func() (*redislimiter.Limiter, error) { return redislimiter.New(client, "acme", nil) },
		"redislimiter: WithPrefix: the prefix is empty": withOption(client, redislimiter.WithPrefix("")),
		"redislimiter: WithTimeout: 0s is not positive": withOption(client, redislimiter.WithTimeout(0)),
		"redislimiter: WithMemory: -1s is not positive": withOption(client, redislimiter.WithMemory(-time.Second)),
		"redislimiter: WithLogger: the logger is nil":   withOption(client, redislimiter.WithLogger(nil)),
	} {
		_, err := build()
		assert.EqualError(t, err, want)
	}
}

func withOption(client redis.Scripter, option redislimiter.Option) func() (*redislimiter.Limiter, error) {
	return func() (*redislimiter.Limiter, error) { return redislimiter.New(client, "acme", option) }
}

// After a failover the times that the old machine wrote down mean nothing: a
// clock that is an hour behind does not keep anybody waiting for an hour.
func TestClockOfRedisGoesBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newVirtualRedis(t)
		limiter, other := newLimiter(t, store.connect()), newLimiter(t, store.connect())
		send(t, limiter, usage(10, 0, 8*time.Second))
		_, err := within(t, limiter, time.Second)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		store.SetTime(time.Now().Add(-time.Hour))
		waited, err := within(t, other, time.Second)
		require.NoError(t, err)
		assert.Zero(t, waited)
	})
}

// A schedule that nobody heeds any more is given up: who comes later with much
// of the window left goes at once.
func TestBurstAfterTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := newLimiter(t, newVirtualRedis(t).connect())
		send(t, limiter, usage(100, 0, 5*time.Second))
		send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		began := time.Now()
		send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		assert.InDelta(t, 80, time.Since(began).Milliseconds(), 10, "paced while somebody waits")
		time.Sleep(time.Second)
		began = time.Now()
		for range 40 {
			send(t, limiter, intercom.LimiterUsage{StatusCode: 200})
		}
		assert.Zero(t, time.Since(began))
	})
}
