package transport

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// recorder is a Limiter that says what it is asked and told.
type recorder struct {
	waits int
	done  []Usage
	err   error
}

func (r *recorder) Wait(context.Context) error { r.waits++; return r.err }

func (r *recorder) Done(usage Usage) { r.done = append(r.done, usage) }

func TestLimiterIsAskedForEachAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := new(recorder)
		server := steps(
			says(429, "", "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "0", "Retry-After", "3"),
			refused, reset,
			says(200, "", "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "9"),
		)
		client := newTestClient(t, server, func(config *Config) { config.Limiter = limiter })
		if _, err := do(client, request(getContact, func(s *Settings) { s.MaxAttempts = 4 })); err != nil {
			t.Fatal(err)
		}
		if limiter.waits != 4 || len(limiter.done) != 4 {
			t.Fatalf("asked %d times, told %d times", limiter.waits, len(limiter.done))
		}
		want := []Usage{
			{Status: 429, RateLimit: RateLimit{Limit: 10}, Limited: true, RetryAfter: 3 * time.Second},
			{Unsent: true},
			{},
			{Status: 200, RateLimit: RateLimit{Limit: 10, Remaining: 9}},
		}
		for i := range want {
			if limiter.done[i] != want[i] {
				t.Errorf("attempt %d: told %+v, want %+v", i+1, limiter.done[i], want[i])
			}
		}
	})
}

func TestLimiterFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("the limiter of ada@example.com is down")
	server := steps(fine)
	client := newTestClient(t, server, func(config *Config) { config.Limiter = &recorder{err: broken} })
	response, err := do(client, request(getContact))
	if _ = mustBe[*LimiterError](t, err); !errors.Is(err, broken) || len(server.sent) != 0 || response.Attempts != 0 {
		t.Errorf("got %v after %d requests", err, len(server.sent))
	}
	checkText(t, err)
}

// A limiter is told even where the code of the caller panics.
func TestLimiterIsToldOfPanics(t *testing.T) {
	t.Parallel()
	limiter := new(recorder)
	client := newTestClient(t, fakeTransport(), func(config *Config) { config.Limiter = limiter })
	func() {
		defer func() { _ = recover() }()
		_, _ = do(client, request(getContact, func(s *Settings) {
			s.AroundAttempt = func(context.Context, AttemptStart) (context.Context, func(AttemptEnd)) { panic("mine") }
		}))
	}()
	if len(limiter.done) != 1 {
		t.Errorf("told %d times, want once", len(limiter.done))
	}
}

// A full window ends a call at once if it can't go on before its deadline,
// whether that is the caller's or that of the settings.
func TestLimiterWaitInVain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter := NewAdaptiveLimiter()
		limiter.Try()
		limiter.Done(Usage{Status: 200, RateLimit: RateLimit{Limit: 5, Reset: time.Unix(1e9, 0)}, UntilReset: 9 * time.Second})
		client := newTestClient(t, steps(fine), func(config *Config) { config.Limiter = limiter })
		began := time.Now()

		_, err := do(client, request(getContact, func(s *Settings) { s.CallTimeout = 5 * time.Second }))
		if timeout := mustBe[*TimeoutError](t, err); timeout.Wait != 9*time.Second || timeout.Attempts != 0 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %+v", timeout)
		}
		checkText(t, err)

		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		err = client.Do(ctx, request(getContact), new(Response))
		if _ = mustBe[*InterruptedError](t, err); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("waited %v in vain", took)
		}

		ctx, cancel = context.WithCancel(context.Background())
		time.AfterFunc(2*time.Second, cancel)
		err = client.Do(ctx, request(getContact), new(Response))
		if _ = mustBe[*InterruptedError](t, err); !errors.Is(err, context.Canceled) || time.Since(began) != 2*time.Second {
			t.Errorf("got %v after %v", err, time.Since(began))
		}
	})
}
