package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestStream(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		// The limits of a call and an attempt do not reach into a download, nor
		// does the time its reader takes.
		client := newTestClient(t, steps(slowly(200, 500)))
		response, err := do(client, request(download, func(s *Settings) {
			s.AttemptTimeout, s.CallTimeout, s.StallTimeout = time.Second, 10*time.Second, 2*time.Second
		}))
		if err != nil {
			t.Fatal(err)
		}
		if len(response.Body) > 0 || response.Stream == nil || response.Status != 200 {
			t.Fatalf("got %+v", response)
		}
		time.Sleep(time.Hour)
		content, err := io.ReadAll(response.Stream)
		if err != nil || string(content) != strings.Repeat("x", 500) {
			t.Errorf("got %d bytes, %v", len(content), err)
		}
		if err := response.Stream.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestStreamHeaderTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := steps(stall, fine)
		began := time.Now()
		response, err := do(newTestClient(t, server), request(download, func(s *Settings) { s.HeaderTimeout, s.MinBackoff = 6*time.Second, 0 }))
		if err != nil || response.Attempts != 2 || time.Since(began) != 6*time.Second {
			t.Errorf("got %v in %d attempts after %v", err, response.Attempts, time.Since(began))
		}
		_ = response.Stream.Close()

		_, err = do(newTestClient(t, stall), request(download, func(s *Settings) { s.HeaderTimeout, s.MaxAttempts = 6*time.Second, 1 }))
		if timeout := mustBe[*TimeoutError](t, err); timeout.Phase != PhaseHeader || timeout.Limit != 6*time.Second {
			t.Errorf("got %+v", timeout)
		}
		checkText(t, err)

		_, err = do(newTestClient(t, stall), request(download, func(s *Settings) { s.CallTimeout = 6 * time.Second }))
		if timeout := mustBe[*TimeoutError](t, err); timeout.Phase != PhaseCall {
			t.Errorf("got %+v", timeout)
		}
	})
}

// blocked is a body that gives a little and then nothing until its context
// ends.
func blocked(request *http.Request) (*http.Response, error) {
	reader, writer := io.Pipe()
	go func() {
		_, _ = writer.Write([]byte("begin"))
		<-request.Context().Done()
		_ = writer.CloseWithError(request.Context().Err())
	}()
	return &http.Response{StatusCode: http.StatusOK, ContentLength: -1, Body: reader}, nil
}

func TestStreamStalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newTestClient(t, steps(blocked))
		response, err := do(client, request(download, func(s *Settings) { s.StallTimeout = 4 * time.Second }))
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		content, err := io.ReadAll(response.Stream)
		if timeout := mustBe[*TimeoutError](t, err); timeout.Phase != PhaseStall || string(content) != "begin" || time.Since(began) != 4*time.Second {
			t.Errorf("got %q, %+v after %v", content, timeout, time.Since(began))
		}
		checkText(t, err)
		_ = response.Stream.Close()
		_ = response.Stream.Close()
	})
}

func TestStreamEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(3*time.Second, cancel)
		var response Response
		if err := newTestClient(t, steps(blocked)).Do(ctx, request(download), &response); err != nil {
			t.Fatal(err)
		}
		_, err := io.ReadAll(response.Stream)
		if _ = mustBe[*InterruptedError](t, err); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		checkText(t, err)
	})
}

// Closing early hangs up; nothing stays behind, which synctest checks.
func TestStreamClosedEarly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		response, err := do(newTestClient(t, steps(blocked)), request(download))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = response.Stream.Read(make([]byte, 2))
		_ = response.Stream.Close()
	})
}

func TestStreamFailures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		response, err := do(newTestClient(t, steps(says(404, `{"errors":[{"code":"not_found"}]}`))), request(download))
		if failure := mustBe[*Failure](t, err); failure.Details[0].Code != "not_found" || response.Stream != nil {
			t.Errorf("got %+v", failure)
		}
		// Even the body of a failure is not waited for without end.
		stuck := func(request *http.Request) (*http.Response, error) {
			r, err := blocked(request)
			r.StatusCode = 403
			return r, err
		}
		_, err = do(newTestClient(t, steps(stuck)), request(download))
		if failure := mustBe[*Failure](t, err); failure.Status != 403 || !failure.Truncated {
			t.Errorf("got %+v", failure)
		}
		broken := func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, ContentLength: -1, Body: io.NopCloser(io.MultiReader(strings.NewReader("abc"), errReader{io.ErrUnexpectedEOF}))}, nil
		}
		response, err = do(newTestClient(t, steps(broken)), request(download))
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.ReadAll(response.Stream)
		if network := mustBe[*TransportError](t, err); network.Status != 200 || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("got %+v", network)
		}
		checkText(t, err)
	})
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }
