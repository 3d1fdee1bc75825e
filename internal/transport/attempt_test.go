package transport

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// One timeout after another is told once, with what came before them.
func TestAttemptTimeoutsInARow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := steps(says(503, ""), stall, stall)
		_, err := do(newTestClient(t, server), request(getContact, func(s *Settings) { s.AttemptTimeout, s.MaxAttempts = 7*time.Second, 3 }))
		mustBe[*TimeoutError](t, err)
		mustBe[*Failure](t, err)
		const want = "intercom: Contacts.Get GET /contacts/{id}: no whole answer came within 7s, after: 503 Service Unavailable; try later, tried 3 times; raise the timeout of an attempt or try later"
		if err.Error() != want {
			t.Errorf("got %s", err)
		}
	})
}

// slowBody gives a byte each second.
type slowBody struct {
	ctx   context.Context
	bytes int
}

func (b *slowBody) Read(p []byte) (int, error) {
	if b.bytes == 0 {
		return 0, io.EOF
	}
	if err := sleep(b.ctx, time.Second); err != nil {
		return 0, err
	}
	b.bytes--
	return copy(p, "x"), nil
}

func (b *slowBody) Close() error { return nil }

func slowly(status, bytes int) func(*http.Request) (*http.Response, error) {
	return func(request *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, ContentLength: -1, Body: &slowBody{request.Context(), bytes}}, nil
	}
}

func TestAttemptTimeout(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*http.Request) (*http.Response, error){"no answer": stall, "slow body": slowly(200, 1000)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := steps(trouble)
				began := time.Now()
				_, err := do(newTestClient(t, server), request(getContact, func(s *Settings) { s.AttemptTimeout, s.MaxAttempts = 7*time.Second, 1 }))
				timeout := mustBe[*TimeoutError](t, err)
				if timeout.Phase != PhaseAttempt || timeout.Limit != 7*time.Second || time.Since(began) != 7*time.Second {
					t.Errorf("got %+v after %v", timeout, time.Since(began))
				}
				var network net.Error
				if !errors.As(err, &network) || !network.Timeout() || !errors.Is(err, context.DeadlineExceeded) {
					t.Error("not a timeout to net.Error or errors.Is")
				}
				checkText(t, err)
			})
		})
	}
}

// The timeout of one attempt does not end the call.
func TestAttemptTimeoutThenSuccess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := steps(slowly(200, 1000), slowly(200, 5))
		response, err := do(newTestClient(t, server), request(getContact, func(s *Settings) { s.AttemptTimeout = 7 * time.Second }))
		if err != nil || string(response.Body) != "xxxxx" || response.Attempts != 2 {
			t.Errorf("got %q, %v", response.Body, err)
		}
	})
}

// What a failure is does not depend on whether its body comes.
func TestFailureWithoutItsBody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, err := do(newTestClient(t, steps(slowly(404, 1000))), request(getContact))
		if failure := mustBe[*Failure](t, err); failure.Status != 404 || !failure.Truncated || failure.Attempts != 1 {
			t.Errorf("got %+v", failure)
		}
		cutShort := func(*http.Request) (*http.Response, error) {
			r, _ := cut(nil)
			r.StatusCode = 401
			return r, nil
		}
		_, err = do(newTestClient(t, steps(cutShort)), request(getContact))
		if failure := mustBe[*Failure](t, err); failure.Status != 401 || !failure.Truncated {
			t.Errorf("got %+v", failure)
		}
	})
}

func TestEmptySuccess(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 201, 202, 204} {
		response, err := do(newTestClient(t, steps(says(status, ""))), request(createContact))
		if err != nil || response.Status != status || len(response.Body) != 0 {
			t.Errorf("%d: got %+v, %v", status, response, err)
		}
	}
}

// HEAD announces a body that never comes.
func TestHead(t *testing.T) {
	t.Parallel()
	head := func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, ContentLength: 1 << 40, Body: http.NoBody}, nil
	}
	if _, err := do(newTestClient(t, steps(head)), request(RawOperation("HEAD", "/contacts"))); err != nil {
		t.Error(err)
	}
}

func TestAttemptContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var deadline time.Time
		var bounded bool
		server := steps(func(request *http.Request) (*http.Response, error) {
			deadline, bounded = request.Context().Deadline()
			return answer(200, ""), nil
		})
		client := newTestClient(t, server)
		early, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		for _, test := range []struct {
			ctx           context.Context
			attempt, call time.Duration
			want          time.Duration
		}{
			{context.Background(), 5 * time.Second, 9 * time.Second, 5 * time.Second},
			{context.Background(), 9 * time.Second, 5 * time.Second, 5 * time.Second},
			{context.Background(), 0, 5 * time.Second, 5 * time.Second},
			{context.Background(), 5 * time.Second, 0, 5 * time.Second},
			{context.Background(), 0, 0, 0},
			{early, 5 * time.Second, 9 * time.Second, time.Second},
			{early, 0, 0, time.Second},
		} {
			call := request(getContact, func(s *Settings) { s.AttemptTimeout, s.CallTimeout = test.attempt, test.call })
			if err := client.Do(test.ctx, call, new(Response)); err != nil {
				t.Fatal(err)
			}
			if got := time.Until(deadline); bounded != (test.want > 0) || bounded && got != test.want {
				t.Errorf("%v and %v: bounded by %v, want %v", test.attempt, test.call, got, test.want)
			}
		}
	})
}
