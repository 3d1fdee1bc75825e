package transport

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// stall answers never, like a server that has lost the request.
var stall = roundTrip(func(request *http.Request) (*http.Response, error) {
	<-request.Context().Done()
	return nil, request.Context().Err()
})

func TestCallTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newTestClient(t, stall)
		began := time.Now()
		response, err := do(client, request(getContact, func(s *Settings) {
			s.AttemptTimeout, s.CallTimeout, s.MaxAttempts = 30*time.Second, 45*time.Second, 10
		}))
		timeout := mustBe[*TimeoutError](t, err)
		if timeout.Phase != PhaseCall || timeout.Limit != 45*time.Second || timeout.Attempts != 2 {
			t.Errorf("got %+v", timeout)
		}
		if took := time.Since(began); took != 45*time.Second || response.Duration != took || response.Attempts != 2 {
			t.Errorf("took %v, told as %v in %d attempts", took, response.Duration, response.Attempts)
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error("no context.DeadlineExceeded in it")
		}
		checkText(t, err)
	})
}

func TestCallersContext(t *testing.T) {
	t.Parallel()
	gone := errors.New("the user has gone")
	tests := map[string]struct {
		context func() (context.Context, context.CancelFunc)
		want    error
		after   time.Duration
	}{
		"deadline": {func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(context.Background(), 3*time.Second)
		}, context.DeadlineExceeded, 3 * time.Second},
		"canceled": {func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(context.Background())
			time.AfterFunc(2*time.Second, cancel)
			return ctx, cancel
		}, context.Canceled, 2 * time.Second},
		"canceled for a cause": {func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancelCause(context.Background())
			time.AfterFunc(time.Second, func() { cancel(gone) })
			return ctx, func() { cancel(nil) }
		}, gone, time.Second},
		"ended before": {func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			return ctx, cancel
		}, context.Canceled, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, call := range []*Request{request(getContact), request(createContact), request(download)} {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := test.context()
					defer cancel()
					began := time.Now()
					err := newTestClient(t, stall).Do(ctx, call, new(Response))
					interrupted := mustBe[*InterruptedError](t, err)
					if !errors.Is(err, test.want) || time.Since(began) != test.after {
						t.Errorf("got %v after %v", err, time.Since(began))
					}
					if (interrupted.Attempts == 0) != (test.after == 0) {
						t.Errorf("%d attempts", interrupted.Attempts)
					}
					checkText(t, err)
				})
			}
		})
	}
}

func TestCallHooks(t *testing.T) {
	t.Parallel()
	type key struct{}
	var events []string
	var ends []CallEnd
	transport := roundTrip(func(request *http.Request) (*http.Response, error) {
		events = append(events, "sent in "+request.Context().Value(key{}).(string))
		if len(events) < 5 {
			return answer(503, "", "X-Request-Id", "r1"), nil
		}
		return answer(200, "", "X-Request-Id", "r2", "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "7"), nil
	})
	call := request(getContact, func(s *Settings) {
		s.MinBackoff = 0
		s.AroundCall = func(ctx context.Context, start CallStart) (context.Context, func(CallEnd)) {
			events = append(events, "call "+start.Operation.Name+" "+start.Version)
			return context.WithValue(ctx, key{}, "call"), func(end CallEnd) {
				events = append(events, "call ended")
				ends = append(ends, end)
			}
		}
		s.AroundAttempt = func(ctx context.Context, _ AttemptStart) (context.Context, func(AttemptEnd)) {
			within := ctx.Value(key{}).(string)
			events = append(events, "attempt in "+within)
			return context.WithValue(ctx, key{}, "attempt"), func(end AttemptEnd) {
				events = append(events, "attempt ended "+http.StatusText(end.Status)+" "+end.RequestID)
			}
		}
	})
	if _, err := do(newTestClient(t, transport), call); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"call Contacts.Get 2.8",
		"attempt in call", "sent in attempt", "attempt ended Service Unavailable r1",
		"attempt in call", "sent in attempt", "attempt ended OK r2",
		"call ended",
	}
	if !slices.Equal(events, want) {
		t.Errorf("got\n%s", strings.Join(events, "\n"))
	}
	if len(ends) != 1 || ends[0].Status != 200 || ends[0].Attempts != 2 || ends[0].RequestID != "r2" || ends[0].RateLimit.Remaining != 7 || ends[0].Err != nil {
		t.Errorf("ended as %+v", ends)
	}
}

// A hook may return nothing at all.
func TestHooksOfNil(t *testing.T) {
	t.Parallel()
	call := request(getContact, func(s *Settings) {
		s.AroundCall = func(context.Context, CallStart) (context.Context, func(CallEnd)) { return nil, nil }
		s.AroundAttempt = func(context.Context, AttemptStart) (context.Context, func(AttemptEnd)) { return nil, nil }
	})
	if _, err := do(newTestClient(t, fakeTransport()), call); err != nil {
		t.Fatal(err)
	}
}
