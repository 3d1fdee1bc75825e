package transport

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// script answers each request with the next step, the last one for ever.
type script struct {
	steps []func(*http.Request) (*http.Response, error)
	sent  []time.Time
}

func (s *script) RoundTrip(request *http.Request) (*http.Response, error) {
	step := s.steps[min(len(s.sent), len(s.steps)-1)]
	s.sent = append(s.sent, time.Now())
	return step(request)
}

func steps(list ...func(*http.Request) (*http.Response, error)) *script { return &script{steps: list} }

func says(status int, body string, pairs ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) { return answer(status, body, pairs...), nil }
}

func fails(err error) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// cut announces more than it sends.
func cut(*http.Request) (*http.Response, error) {
	cutShort := answer(200, `{"id":`)
	cutShort.ContentLength = 100
	return cutShort, nil
}

var (
	fine    = says(200, "{}")
	reset   = fails(&net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET})
	refused = fails(&net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED})
	eof     = fails(io.ErrUnexpectedEOF)
)

func TestMaxAttempts(t *testing.T) {
	t.Parallel()
	for _, attempts := range []int{-1, 0, 1, 3, 7} {
		synctest.Test(t, func(t *testing.T) {
			server := steps(says(503, ""))
			_, err := do(newTestClient(t, server), request(getContact, func(s *Settings) { s.MaxAttempts = attempts }))
			if failure := mustBe[*Failure](t, err); len(server.sent) != max(attempts, 1) || failure.Attempts != len(server.sent) {
				t.Errorf("%d requests for %d attempts, told as %d", len(server.sent), attempts, failure.Attempts)
			}
		})
	}
}

// A 429 is sent again when the server says, by the server's clock, which is
// hours away from ours.
func TestRetryAtTheTimeNamed(t *testing.T) {
	t.Parallel()
	skewed := func(after time.Duration, pairs ...string) func(*http.Request) (*http.Response, error) {
		return func(*http.Request) (*http.Response, error) {
			server := time.Now().Add(-5 * time.Hour).UTC()
			for i, text := range pairs {
				switch text {
				case "unix":
					pairs[i] = strconv.FormatInt(server.Add(after).Unix(), 10)
				case "date":
					pairs[i] = server.Add(after).Format(http.TimeFormat)
				}
			}
			return answer(429, "", append(pairs, "Date", server.Format(http.TimeFormat))...), nil
		}
	}
	tests := map[string]struct {
		refuse   func(*http.Request) (*http.Response, error)
		from, to time.Duration
	}{
		"reset":             {skewed(8*time.Second, "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "unix"), 8 * time.Second, 9 * time.Second},
		"reset in the past": {skewed(-8*time.Second, "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "unix"), time.Millisecond, 2 * time.Second},
		"seconds":           {skewed(0, "Retry-After", "7"), 7 * time.Second, 8 * time.Second},
		"date":              {skewed(6*time.Second, "Retry-After", "date"), 6 * time.Second, 7 * time.Second},
		"date in the past":  {skewed(-6*time.Second, "Retry-After", "date"), time.Millisecond, 2 * time.Second},
		"nothing":           {skewed(0), time.Millisecond, 2 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, operation := range []*operations.Operation{getContact, createContact} {
				synctest.Test(t, func(t *testing.T) {
					server := steps(test.refuse, fine)
					if _, err := do(newTestClient(t, server), request(operation)); err != nil {
						t.Fatal(err)
					}
					if waited := server.sent[1].Sub(server.sent[0]); waited < test.from || waited > test.to {
						t.Errorf("waited %v, want %v to %v", waited, test.from, test.to)
					}
				})
			}
		})
	}
}

// A wait that can't end in time is not begun. The cause stays in the error.
func TestRetryDoesNotWaitInVain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newTestClient(t, steps(says(429, "", "Retry-After", "20")), func(config *Config) { config.Limiter = Unlimited{} })
		began := time.Now()

		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		err := client.Do(ctx, request(getContact), new(Response))
		if interrupted := mustBe[*InterruptedError](t, err); interrupted.Wait < 20*time.Second {
			t.Errorf("a wait of %v", interrupted.Wait)
		}
		if failure := mustBe[*Failure](t, err); failure.Status != 429 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		checkText(t, err)

		_, err = do(client, request(getContact, func(s *Settings) { s.CallTimeout = 15 * time.Second }))
		if timeout := mustBe[*TimeoutError](t, err); timeout.Phase != PhaseCall {
			t.Errorf("got %+v", timeout)
		}
		if failure := mustBe[*Failure](t, err); failure.Status != 429 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		checkText(t, err)

		client = newTestClient(t, steps(says(429, "", "Retry-After", "86400")))
		_, err = do(client, request(getContact, func(s *Settings) { s.CallTimeout = 0 }))
		if failure := mustBe[*Failure](t, err); failure.RetryAfter != 24*time.Hour || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a day: got %v", err)
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("%v were waited in vain", took)
		}
	})
}

// Canceling ends a wait in the same moment.
func TestRetryWaitEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(3*time.Second, cancel)
		began := time.Now()
		err := newTestClient(t, steps(says(429, "", "Retry-After", "20"))).Do(ctx, request(createContact), new(Response))
		if took := time.Since(began); took != 3*time.Second {
			t.Errorf("took %v, want 3s", took)
		}
		if failure := mustBe[*Failure](t, err); failure.Status != 429 || !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestReplayedDelete(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		first func(*http.Request) (*http.Response, error)
		gone  bool
	}{
		"reset":   {reset, true},
		"504":     {says(504, ""), true},
		"cut":     {cut, true},
		"timeout": {stall, true},
		"429":     {says(429, ""), false},
		"refused": {refused, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := steps(test.first, says(404, `{"errors":[{"code":"not_found"}]}`))
				response, err := do(newTestClient(t, server), request(deleteContact))
				if (err == nil) != test.gone || response.AlreadyGone != test.gone || len(server.sent) != 2 {
					t.Errorf("%v, gone %v, after %d requests", err, response.AlreadyGone, len(server.sent))
				}
				if test.gone && (response.Status != 204 || len(response.Body) > 0 || response.Attempts != 2) {
					t.Errorf("got %+v", response)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		_, err := do(newTestClient(t, steps(reset, says(404, ""))), request(updateContact))
		_ = mustBe[*Failure](t, err)
	})
}
