package intercom_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestHooksTellOfCallsAndAttempts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var calls []intercom.CallEnd
		var attempts []intercom.AttemptEnd
		var starts []intercom.AttemptStart
		sent := 0
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(time.Second)
			w.Header().Set("X-Request-Id", fmt.Sprint("00", sent))
			w.Header().Set("X-RateLimit-Limit", "160")
			w.Header().Set("X-RateLimit-Remaining", "9")
			if sent++; sent == 1 {
				w.Header().Set("Retry-After", "2")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			answer(`{"id":"c-1"}`)(w, r)
		}, intercom.WithoutLimiter(), intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 2}),
			intercom.WithCallHook(func(ctx context.Context, start intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
				assert.Equal(t, intercom.CallStart{Operation: "Contacts.Get", Method: "GET", Path: "/contacts/{id}", Version: "2.8"}, start)
				return ctx, func(end intercom.CallEnd) { calls = append(calls, end) }
			}),
			intercom.WithAttemptHook(func(ctx context.Context, start intercom.AttemptStart) (context.Context, func(intercom.AttemptEnd)) {
				starts = append(starts, start)
				return ctx, func(end intercom.AttemptEnd) { attempts = append(attempts, end) }
			}))
		require.NoError(t, getContact(client))

		require.Len(t, calls, 1)
		call := calls[0]
		assert.Equal(t, 200, call.StatusCode)
		assert.Equal(t, "001", call.RequestID)
		assert.Equal(t, 2, call.Attempts)
		assert.Equal(t, intercom.RateLimit{Limit: 160, Remaining: 9}, call.RateLimit)
		require.NoError(t, call.Err)
		assert.GreaterOrEqual(t, call.Duration, 4*time.Second)

		require.Len(t, attempts, 2)
		require.Len(t, starts, 2)
		for i, start := range starts {
			assert.Equal(t, i+1, start.Attempt)
			assert.Equal(t, "Contacts.Get", start.Operation)
			assert.Equal(t, time.Second, attempts[i].Duration)
		}
		assert.Zero(t, starts[0].Wait)
		assert.GreaterOrEqual(t, starts[1].Wait, 2*time.Second)
		var e *intercom.Error
		require.ErrorAs(t, attempts[0].Err, &e, "in the form that callers get")
		assert.True(t, intercom.IsRateLimited(attempts[0].Err))
		assert.Equal(t, 429, attempts[0].StatusCode)
		require.NoError(t, attempts[1].Err)
	})
}

type spanKey struct{}

// spans makes hooks that write down who ran when, and hand on a context.
func spans(log *[]string, name string) (intercom.CallHook, intercom.AttemptHook) {
	enter := func(ctx context.Context, kind string) context.Context {
		outer, _ := ctx.Value(spanKey{}).(string)
		*log = append(*log, kind+" "+name+" in "+outer)
		return context.WithValue(ctx, spanKey{}, name)
	}
	return func(ctx context.Context, _ intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
			return enter(ctx, "call"), func(intercom.CallEnd) { *log = append(*log, "end "+name) }
		}, func(ctx context.Context, _ intercom.AttemptStart) (context.Context, func(intercom.AttemptEnd)) {
			return enter(ctx, "attempt"), func(intercom.AttemptEnd) { *log = append(*log, "end attempt "+name) }
		}
}

func TestHooksAddUp(t *testing.T) {
	t.Parallel()
	var log []string
	callA, attemptA := spans(&log, "a")
	callB, attemptB := spans(&log, "b")
	callC, attemptC := spans(&log, "c")
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		log = append(log, "sent in "+r.Context().Value(spanKey{}).(string))
		answer(`{}`)(w, r)
	}, intercom.WithCallHook(callA), intercom.WithAttemptHook(attemptA))
	derived, err := client.With(intercom.WithCallHook(callB), intercom.WithAttemptHook(attemptB))
	require.NoError(t, err)
	_, err = derived.Contacts.Get(t.Context(), "c-1", intercom.WithCallHook(callC), intercom.WithAttemptHook(attemptC))
	require.NoError(t, err)
	assert.Equal(t, []string{
		"call a in ", "call b in a", "call c in b",
		"attempt a in c", "attempt b in a", "attempt c in b",
		"sent in c",
		"end attempt c", "end attempt b", "end attempt a",
		"end c", "end b", "end a",
	}, log)

	log = nil
	require.NoError(t, getContact(client))
	assert.Equal(t, []string{"call a in ", "attempt a in a", "sent in a", "end attempt a", "end a"}, log, "the first client is as it was")
}

func TestHooksMayGiveNothing(t *testing.T) {
	t.Parallel()
	called := 0
	call := intercom.WithCallHook(func(context.Context, intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
		called++
		return nil, nil
	})
	attempt := intercom.WithAttemptHook(func(context.Context, intercom.AttemptStart) (context.Context, func(intercom.AttemptEnd)) {
		called++
		return nil, nil
	})
	client := clientOf(t, answer(`{}`), call, call, attempt, attempt)
	require.NoError(t, getContact(client))
	assert.Equal(t, 4, called)
}

func TestHooksOfTheRawDoorAndOfRefusals(t *testing.T) {
	t.Parallel()
	var starts []intercom.CallStart
	var ends []intercom.CallEnd
	client := clientOf(t, failWith(404, `{"errors":[{"code":"not_found"}]}`), intercom.WithCallHook(
		func(ctx context.Context, start intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
			starts = append(starts, start)
			return ctx, func(end intercom.CallEnd) { ends = append(ends, end) }
		}))
	require.Error(t, client.Do(t.Context(), "PUT", "/contacts/5f00aa11bb", nil, nil))
	assert.Equal(t, []intercom.CallStart{{Operation: "Do", Method: "PUT", Path: "/contacts/{...}", Version: "2.8"}}, starts)
	require.Len(t, ends, 1)
	assert.True(t, intercom.IsNotFound(ends[0].Err))

	_, err := client.Contacts.Get(t.Context(), "")
	require.Error(t, err)
	assert.Len(t, starts, 1, "what is refused beforehand is no call")
}
