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

// Which calls are sent again after which trouble: what matters is whether the
// server may have carried the call out, and whether that would matter.
func TestRetryByMeaning(t *testing.T) {
	t.Parallel()
	type counts struct{ read, search, update, create int }
	again, onlySafe, never := counts{2, 2, 2, 2}, counts{2, 2, 2, 1}, counts{1, 1, 1, 1}
	tests := map[string]struct {
		trouble func(*http.Request) (*http.Response, error)
		want    counts
	}{
		"429":                 {says(429, ""), again},
		"connection refused":  {refused, again},
		"500":                 {says(500, ""), onlySafe},
		"502 in HTML":         {says(502, "<html>"), onlySafe},
		"503":                 {says(503, ""), onlySafe},
		"504":                 {says(504, ""), onlySafe},
		"connection reset":    {reset, onlySafe},
		"end without answer":  {eof, onlySafe},
		"cut body":            {cut, onlySafe},
		"attempt timeout":     {stall, onlySafe},
		"501":                 {says(501, ""), never},
		"400":                 {says(400, ""), never},
		"400 scroll_exists":   {says(400, `{"errors":[{"code":"scroll_exists"}]}`), never},
		"401":                 {says(401, ""), never},
		"404":                 {says(404, ""), never},
		"409":                 {says(409, ""), never},
		"422":                 {says(422, ""), never},
		"423":                 {says(423, ""), never},
		"redirect to nowhere": {says(302, ""), never},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for operation, want := range map[*operations.Operation]int{getContact: test.want.read, searchContact: test.want.search, updateContact: test.want.update, createContact: test.want.create} {
				synctest.Test(t, func(t *testing.T) {
					server := steps(test.trouble, fine)
					response, err := do(newTestClient(t, server), request(operation))
					if len(server.sent) != want || response.Attempts != want || (err == nil) != (want == 2) {
						t.Errorf("%s: %d requests (%d told), %v; want %d", operation.Name, len(server.sent), response.Attempts, err, want)
					}
					if err != nil {
						checkText(t, err)
					}
				})
			}
		})
	}
}

func TestReplayIsTheCallersChoice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := steps(reset, fine)
		call := request(createContact)
		call.Replay = true
		if _, err := do(newTestClient(t, server), call); err != nil || len(server.sent) != 2 {
			t.Errorf("%v after %d requests", err, len(server.sent))
		}
	})
}

func TestRawDoorReplaysReadsOnly(t *testing.T) {
	t.Parallel()
	for method, want := range map[string]int{"GET": 3, "HEAD": 3, "POST": 1, "PUT": 1, "DELETE": 1, "PATCH": 1} {
		synctest.Test(t, func(t *testing.T) {
			server := steps(says(503, ""))
			call := request(RawOperation(method, "/contacts/63a07ddf05a3/ada@example.com"))
			_, err := do(newTestClient(t, server), call)
			if len(server.sent) != want {
				t.Errorf("%s: %d requests, want %d", method, len(server.sent), want)
			}
			checkText(t, err, "63a07ddf05a3")
		})
	}
}

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

// A second export beside a running one is refused by a 429 that no waiting for
// a reset makes go away.
func TestExportJobPending(t *testing.T) {
	t.Parallel()
	pending := `{"type":"error.list","errors":[{"code":"rate_limit_exceeded","message":"Exceeded rate limit of 1 pending message data export jobs"}]}`
	used := []string{"X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "0"}
	left := []string{"X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "9"}
	tests := map[string]struct {
		operation *operations.Operation
		refuse    func(*http.Request) (*http.Response, error)
		want      int
	}{
		"the message says so":      {createExport, says(429, pending, used...), 1},
		"nothing is said":          {createExport, says(429, ""), 1},
		"the window has room":      {createExport, says(429, "", left...), 1},
		"the window is used up":    {createExport, says(429, "", used...), 2},
		"the server names a time":  {createExport, says(429, "", "Retry-After", "1"), 2},
		"through the raw door":     {RawOperation("POST", "/export/content/data"), says(429, pending), 1},
		"another call, same words": {createContact, says(429, pending), 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := steps(test.refuse, fine)
				_, err := do(newTestClient(t, server), request(test.operation))
				if len(server.sent) != test.want {
					t.Errorf("%d requests, want %d", len(server.sent), test.want)
				}
				if test.want == 1 && mustBe[*Failure](t, err).RateLimited() {
					t.Error("taken for a rate limit")
				}
			})
		})
	}
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
