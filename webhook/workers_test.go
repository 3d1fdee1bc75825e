package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go/webhook"
)

// slow is a function that takes a second, unless its context ends.
func slow(record func(id string)) func(context.Context, *webhook.Notification) error {
	return func(ctx context.Context, n *webhook.Notification) error {
		select {
		case <-time.After(time.Second):
			record(n.ID)
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func TestWorkersAnswerAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, hook := newHandler(t, webhook.WithWorkers(2, 2))
		var mu sync.Mutex
		var done []string
		h.OnOther(slow(func(id string) {
			mu.Lock()
			defer mu.Unlock()
			done = append(done, id)
		}))
		start := time.Now()
		for i := range 4 {
			ctx, cancel := context.WithCancel(t.Context())
			assert.Equal(t, http.StatusOK, serve(h, post(eventBody(strconv.Itoa(i))).WithContext(ctx)).Code)
			cancel() // as net/http does after the answer
		}
		assert.Equal(t, http.StatusServiceUnavailable, serve(h, post(eventBody("5"))).Code, "the queue is full")
		require.ErrorIs(t, hook.only(t), webhook.ErrQueueFull)
		assert.Equal(t, http.StatusConflict, serve(h, post(eventBody("3"))).Code, "waits in the queue")
		assert.Zero(t, time.Since(start))

		require.NoError(t, h.Shutdown(t.Context()))
		assert.Equal(t, 2*time.Second, time.Since(start), "two at a time")
		assert.ElementsMatch(t, []string{"0", "1"}, done[:2])
		assert.ElementsMatch(t, []string{"2", "3"}, done[2:])
	})
}

func TestWorkersKeepTheOrder(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t, webhook.WithWorkers(1, 100))
	var got []string
	h.OnOther(func(_ context.Context, n *webhook.Notification) error {
		got = append(got, n.ID)
		return nil
	})
	var want []string
	for i := range 100 {
		id := strconv.Itoa(i)
		require.NoError(t, h.Dispatch(t.Context(), &webhook.Notification{ID: id, Topic: "moon.rose"}))
		want = append(want, id)
	}
	require.NoError(t, h.Shutdown(t.Context()))
	assert.Equal(t, want, got)
}

func TestWorkersFailures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, hook := newHandler(t, webhook.WithWorkers(1, 9))
		calls := 0
		h.OnOther(func(context.Context, *webhook.Notification) error {
			switch calls++; calls {
			case 1:
				return errors.New("storm")
			case 2:
				panic("storm")
			case 3:
				runtime.Goexit() // as FailNow of a test does
			}
			return nil
		})
		for range 4 {
			assert.Equal(t, http.StatusOK, serve(h, post(eventBody("n1"))).Code)
			synctest.Wait()
		}
		assert.Equal(t, 4, calls, "a failed one is not marked, and its worker goes on")
		assert.Equal(t, http.StatusOK, serve(h, post(eventBody("n1"))).Code)
		synctest.Wait()
		assert.Equal(t, 4, calls)
		require.NoError(t, h.Shutdown(t.Context()))

		require.Len(t, hook.errors, 2)
		assert.Contains(t, hook.errors[0].Error(), "storm")
		var panicked *webhook.PanicError
		require.ErrorAs(t, hook.errors[1], &panicked)
	})
}

type contextKey struct{}

func TestWorkersContext(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t, webhook.WithWorkers(1, 0))
	value, deadline := any(nil), true
	h.OnOther(func(ctx context.Context, _ *webhook.Notification) error {
		value = ctx.Value(contextKey{})
		_, deadline = ctx.Deadline()
		return nil
	})
	ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), contextKey{}, "trace"), time.Hour)
	defer cancel()
	serve(h, post(eventBody("n1")).WithContext(ctx))
	require.NoError(t, h.Shutdown(t.Context()))
	assert.Equal(t, "trace", value)
	assert.False(t, deadline, "the answer is long given")
}

func TestShutdown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, opts := range [][]webhook.Option{nil, {webhook.WithWorkers(1, 1)}} {
			h, hook := newHandler(t, opts...)
			var done atomic.Int32
			h.OnOther(slow(func(string) { done.Add(1) }))
			go serve(h, post(eventBody("n1")))
			synctest.Wait()

			start := time.Now()
			var group sync.WaitGroup
			for range 3 { // any number of times, at once
				group.Go(func() { assert.NoError(t, h.Shutdown(t.Context())) })
			}
			synctest.Wait()
			assert.Equal(t, http.StatusServiceUnavailable, serve(h, post(eventBody("n2"))).Code)
			require.ErrorIs(t, hook.only(t), webhook.ErrShutdown)
			group.Wait()
			assert.Equal(t, time.Second, time.Since(start))
			assert.Equal(t, int32(1), done.Load())

			ended, cancel := context.WithCancel(t.Context())
			cancel()
			require.NoError(t, h.Shutdown(ended), "nothing is left to wait for")
		}
	})
}

func TestShutdownGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, hook := newHandler(t, webhook.WithWorkers(1, 5))
		h.OnOther(slow(func(id string) { t.Errorf("%s was handled", id) }))
		for i := range 3 {
			assert.Equal(t, http.StatusOK, serve(h, post(eventBody(fmt.Sprint("n", i)))).Code)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		start := time.Now()
		err := h.Shutdown(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, time.Second/2, time.Since(start))
		synctest.Wait()

		require.Len(t, hook.errors, 3, "none is lost in silence")
		require.ErrorIs(t, hook.errors[0], context.Canceled, "the one that ran")
		require.ErrorIs(t, hook.errors[1], webhook.ErrShutdown, "those that waited")
		require.ErrorIs(t, hook.errors[2], webhook.ErrShutdown)
		require.NoError(t, h.Shutdown(t.Context()))
	})
}

func TestWorkersConcurrent(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t, webhook.WithWorkers(4, 16))
	var running, most, handled atomic.Int32
	h.OnOther(func(context.Context, *webhook.Notification) error {
		now := running.Add(1)
		defer running.Add(-1)
		for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
		}
		runtime.Gosched()
		handled.Add(1)
		return nil
	})
	var accepted atomic.Int32
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 100 {
				switch serve(h, post(eventBody(fmt.Sprintf("%d-%d", g, i)))).Code {
				case http.StatusOK:
					accepted.Add(1)
				case http.StatusServiceUnavailable:
				default:
					t.Error("neither accepted nor refused")
				}
			}
		})
	}
	group.Wait()
	require.NoError(t, h.Shutdown(t.Context()))
	assert.Equal(t, accepted.Load(), handled.Load())
	assert.LessOrEqual(t, most.Load(), int32(4))
}
