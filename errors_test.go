package intercom_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// failWith is a handler that always gives the same failure.
func failWith(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// tripFunc is a RoundTripper made of a function.
type tripFunc func(*http.Request) (*http.Response, error)

func (f tripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// brokenClient returns a client whose network always fails in the same way.
func brokenClient(t *testing.T, cause error, opts ...intercom.ClientOption) *intercom.Client {
	t.Helper()
	opts = append([]intercom.ClientOption{
		intercom.WithHTTPClient(&http.Client{Transport: tripFunc(func(*http.Request) (*http.Response, error) { return nil, cause })}),
		intercom.WithoutRetry(),
	}, opts...)
	client, err := intercom.NewClient("test-token", opts...)
	require.NoError(t, err)
	return client
}

// getContact returns the error of a call.
func getContact(client *intercom.Client) error {
	_, err := client.Contacts.Get(context.Background(), "c-1")
	return err
}

// predicates are all questions that can be asked of an error.
var predicates = map[string]func(error) bool{
	"not found":    intercom.IsNotFound,
	"unauthorized": intercom.IsUnauthorized,
	"forbidden":    intercom.IsForbidden,
	"rate limited": intercom.IsRateLimited,
	"conflict":     intercom.IsConflict,
	"invalid":      intercom.IsInvalid,
	"version":      intercom.IsVersion,
	"timeout":      intercom.IsTimeout,
	"temporary":    intercom.IsTemporary,
}

func assertPredicates(t *testing.T, err error, want ...string) {
	t.Helper()
	var got []string
	for name, holds := range predicates {
		if holds(err) {
			got = append(got, name)
		}
	}
	assert.ElementsMatch(t, want, got, "%v", err)
}

func TestPredicatesOfAnswers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		body   string
		want   []string
	}{
		{400, `{"errors":[{"code":"parameter_invalid"}]}`, []string{"invalid"}},
		{400, `{"errors":[{"code":"intercom_version_invalid"}]}`, []string{"invalid", "version"}},
		{401, `{"errors":[{"code":"unauthorized"}]}`, []string{"unauthorized"}},
		{403, `{"errors":[{"code":"api_plan_restricted"}]}`, []string{"forbidden"}},
		{404, `{"errors":[{"code":"not_found"}]}`, []string{"not found"}},
		{404, `<html>nothing here</html>`, []string{"not found"}},
		{404, ``, []string{"not found"}},
		{408, ``, []string{"temporary"}},
		{409, `{"errors":[{"code":"conflict"}]}`, []string{"conflict"}},
		{410, `{"errors":[{"code":"contact_merged"}]}`, []string{"not found"}},
		{422, `{"errors":[{"code":"data_invalid"}]}`, []string{"invalid"}},
		{429, `{"errors":[{"code":"rate_limit_exceeded"}]}`, []string{"rate limited", "temporary"}},
		{500, ``, []string{"temporary"}},
		{501, ``, nil},
		{502, `<html>bad gateway</html>`, []string{"temporary"}},
		{503, ``, []string{"temporary"}},
		{504, ``, []string{"temporary"}},
		{600, ``, nil},
		{302, ``, nil},
	} {
		t.Run(fmt.Sprint(test.status, test.body), func(t *testing.T) {
			t.Parallel()
			err := getContact(clientOf(t, failWith(test.status, test.body)))
			var e *intercom.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, test.status, e.StatusCode)
			assertPredicates(t, err, test.want...)
			assertPredicates(t, fmt.Errorf("while syncing: %w", err), test.want...)
			assertPredicates(t, &intercom.Error{StatusCode: e.StatusCode, Details: e.Details}, test.want...)
			assertPredicates(t, &intercom.PageError{Operation: "Contacts.List", Err: err}, test.want...)
		})
	}
	assertPredicates(t, nil)
	assertPredicates(t, io.EOF)
	assertPredicates(t, &intercom.VersionError{Operation: "Tickets.Get"}, "version")
}

func TestPredicatesOfTheWay(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		err  error
		want []string
	}{
		{"refused", &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, []string{"temporary"}},
		{"no such host", &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "api.intercom.io", IsNotFound: true}}, []string{"temporary"}},
		{"reset", &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, []string{"temporary"}},
		{"cut", io.ErrUnexpectedEOF, []string{"temporary"}},
		{"timeout of the network", &net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, []string{"temporary", "timeout"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := getContact(brokenClient(t, test.err))
			require.ErrorIs(t, err, test.err)
			assertPredicates(t, err, test.want...)
			assert.Regexp(t, `^intercom: Contacts\.Get GET /contacts/\{id\}: [^\n]+$`, err.Error())
		})
	}
}

func TestTimeoutsAndCancels(t *testing.T) {
	t.Parallel()
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for _, test := range []struct {
		name string
		call func(t *testing.T) error
		want []string
	}{
		{"attempt", func(t *testing.T) error {
			t.Helper()
			return getContact(clientOf(t, hang, intercom.WithTimeout(3*time.Second)))
		}, []string{"timeout", "temporary"}},
		{"call", func(t *testing.T) error {
			t.Helper()
			return getContact(clientOf(t, hang, intercom.WithCallTimeout(3*time.Second)))
		}, []string{"timeout", "temporary"}},
		{"deadline of the context", func(t *testing.T) error {
			t.Helper()
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			defer cancel()
			_, err := clientOf(t, hang).Contacts.Get(ctx, "c-1")
			return err
		}, []string{"timeout", "temporary"}},
		{"canceled", func(t *testing.T) error {
			t.Helper()
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(3*time.Second, cancel)
			_, err := clientOf(t, hang).Contacts.Get(ctx, "c-1")
			require.ErrorIs(t, err, context.Canceled)
			return err
		}, nil},
		{"canceled for a reason", func(t *testing.T) error {
			t.Helper()
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(3*time.Second, func() { cancel(errors.New("the shop closes")) })
			_, err := clientOf(t, hang).Contacts.Get(ctx, "c-1")
			require.ErrorIs(t, err, context.Canceled)
			return err
		}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				err := test.call(t)
				assert.Equal(t, 3*time.Second, time.Since(began))
				require.Error(t, err)
				assert.NotContains(t, err.Error(), "\n")
				assertPredicates(t, err, test.want...)
			})
		})
	}
}

func TestTheAnswerBehindADeadlineIsFound(t *testing.T) {
	t.Parallel()
	limited := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "9")
		failWith(http.StatusTooManyRequests, `{"type":"error.list","request_id":"00slow","errors":[{"code":"rate_limit_exceeded"}]}`)(w, nil)
	}
	busy := failWith(http.StatusServiceUnavailable, "")
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		opts    []intercom.ClientOption
		timeout time.Duration // of the context
		status  int
		want    []string
	}{
		"limit, context": {limited, nil, 2 * time.Second, 429, []string{"rate limited", "timeout", "temporary"}},
		"limit, call":    {limited, []intercom.ClientOption{intercom.WithCallTimeout(2 * time.Second)}, time.Hour, 429, []string{"rate limited", "timeout", "temporary"}},
		"busy, context": {
			busy,
			[]intercom.ClientOption{intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 50, MinBackoff: time.Second, MaxBackoff: time.Minute})},
			4 * time.Second, 503,
			[]string{"timeout", "temporary"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), test.timeout)
				defer cancel()
				opts := append([]intercom.ClientOption{intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3})}, test.opts...)
				began := time.Now()
				_, err := clientOf(t, test.handler, opts...).Contacts.Get(ctx, "c-1")
				assert.Less(t, time.Since(began), 4*time.Second, "it does not wait for what can't end in time")

				require.ErrorIs(t, err, context.DeadlineExceeded)
				var e *intercom.Error
				require.ErrorAs(t, err, &e)
				assert.Equal(t, test.status, e.StatusCode)
				assert.Equal(t, "Contacts.Get", e.Operation)
				assertPredicates(t, err, test.want...)
				assert.Contains(t, err.Error(), http.StatusText(test.status))
				assert.NotContains(t, err.Error(), "\n")
			})
		})
	}
}

func TestErrorTellsAllThatIsKnown(t *testing.T) {
	t.Parallel()
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-RateLimit-Limit", "160")
		w.Header().Set("X-RateLimit-Remaining", "12")
		w.Header().Set("X-RateLimit-Reset", "1700000130")
		w.Header().Set("Retry-After", "2")
		failWith(http.StatusUnprocessableEntity, `{"type":"error.list","request_id":"00ab34cd56ef78gh90ij","errors":[
			{"code":"parameter_invalid","message":"ada@example.test is taken by 5f0000000000000000000001","field":"email"},
			{"code":"data_invalid","message":"no"}]}`)(w, nil)
	})
	_, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "ada@example.test"})
	var e *intercom.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "Contacts.Create", e.Operation)
	assert.Equal(t, "POST", e.Method)
	assert.Equal(t, "/contacts", e.Path)
	assert.Equal(t, http.StatusUnprocessableEntity, e.StatusCode)
	assert.Equal(t, "00ab34cd56ef78gh90ij", e.RequestID)
	assert.Equal(t, "error.list", e.Type)
	assert.Equal(t, []intercom.ErrorDetail{
		{Code: intercom.CodeParameterInvalid, Message: "ada@example.test is taken by 5f0000000000000000000001", Field: "email"},
		{Code: intercom.CodeDataInvalid, Message: "no"},
	}, e.Details)
	assert.Equal(t, intercom.RateLimit{Limit: 160, Remaining: 12, Reset: time.Unix(1700000130, 0)}, e.RateLimit)
	assert.Equal(t, 2*time.Second, e.RetryAfter)
	assert.Equal(t, 1, e.Attempts)
	assert.Equal(t, "2", e.Header.Get("Retry-After"))
	assert.Contains(t, string(e.Body), "ada@example.test")

	text := e.Error()
	assert.Equal(t, "intercom: Contacts.Create POST /contacts: 422 Unprocessable Entity: parameter_invalid: email: [address] is taken by [id] (and 1 more) (request 00ab34cd56ef78gh90ij)", text)

	assert.True(t, e.HasCode(intercom.CodeDataInvalid))
	assert.True(t, intercom.HasCode(err, "nothing", intercom.CodeParameterInvalid))
	assert.False(t, intercom.HasCode(err, intercom.CodeConflict))
	assert.False(t, intercom.HasCode(err))
	assert.False(t, intercom.HasCode(io.EOF, intercom.CodeConflict))
}

func TestErrorLogsWhatIsSafe(t *testing.T) {
	t.Parallel()
	err := getContact(clientOf(t, failWith(404, `{"request_id":"00log","errors":[{"code":"not_found","message":"no ada@example.test here"},{"code":"field_not_found"}]}`)))
	for name, handler := range map[string]func(io.Writer) slog.Handler{
		"text": func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) },
		"json": func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) },
	} {
		var out bytes.Buffer
		slog.New(handler(&out)).Error("failed", "err", err)
		for _, want := range []string{"Contacts.Get", "/contacts/{id}", "404", "00log", "not_found", "field_not_found", "attempts"} {
			assert.Contains(t, out.String(), want, name)
		}
		assert.NotContains(t, out.String(), "ada@", name)
	}
	var e *intercom.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, slog.KindGroup, e.LogValue().Kind())
}

// Whoever tests code of their own makes errors by hand.
func TestErrorsMadeByHand(t *testing.T) {
	t.Parallel()
	require.EqualError(t, &intercom.Error{}, "intercom: 0")
	require.EqualError(t, &intercom.Error{StatusCode: 404}, "intercom: 404 Not Found")
	require.EqualError(t, &intercom.Error{StatusCode: 409, Details: []intercom.ErrorDetail{{Code: "conflict", Message: "taken"}}}, "intercom: 409 Conflict: conflict: taken")
	require.EqualError(t, &intercom.Error{Operation: "Contacts.Get", Method: "GET", Path: "/contacts/{id}", StatusCode: 404}, "intercom: Contacts.Get GET /contacts/{id}: 404 Not Found")
	assert.True(t, intercom.IsRateLimited(&intercom.Error{StatusCode: 429}))
	assert.False(t, intercom.IsRateLimited(&intercom.Error{StatusCode: 429, Method: "POST", Path: "/export/content/data"}), "that of a second job")
	require.EqualError(t, &intercom.DecodeError{}, "intercom: the answer can't be read")
	require.EqualError(t, &intercom.DecodeError{Operation: "Tags.Get", Method: "GET", Path: "/tags/{id}", Err: io.EOF}, "intercom: Tags.Get GET /tags/{id}: the answer can't be read: EOF")
	assert.NotEmpty(t, (&intercom.VersionError{}).Error())
	assert.NotEmpty(t, (&intercom.Error{}).LogValue().String())

	var e *intercom.Error
	require.ErrorAs(t, getContact(clientOf(t, failWith(404, `{"errors":[{"code":"not_found"}]}`))), &e)
	copied := *e
	assert.Equal(t, e.Error(), copied.Error(), "a copy is as good as the original")
}

func TestSecondExportJobIsNotTheRateLimit(t *testing.T) {
	t.Parallel()
	client := clientOf(t, failWith(429, `{"errors":[{"code":"rate_limit_exceeded","message":"Another job is still pending"}]}`))
	err := client.Do(t.Context(), "POST", "/export/content/data", nil, nil)
	var e *intercom.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 429, e.StatusCode)
	assert.False(t, intercom.IsRateLimited(err))
}

func TestShapesOfErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, body string
		want       []intercom.ErrorDetail
		requestID  string
	}{
		{"list", `{"type":"error.list","request_id":"00a","errors":[{"code":"x","message":"y","field":"z"}]}`, []intercom.ErrorDetail{{Code: "x", Message: "y", Field: "z"}}, "00a"},
		{"no request id", `{"type":"error.list","request_id":null,"errors":[{"code":"x","message":"y"}]}`, []intercom.ErrorDetail{{Code: "x", Message: "y"}}, ""},
		{"key", `{"error_key":"x","message":"y"}`, []intercom.ErrorDetail{{Code: "x", Message: "y"}}, ""},
		{"status", `{"status":400,"error":"y"}`, []intercom.ErrorDetail{{Message: "y"}}, ""},
		{"single", `{"type":"error","request_id":"00b","message":"y"}`, []intercom.ErrorDetail{{Message: "y"}}, "00b"},
		{"strings", `{"errors":["y","z"]}`, []intercom.ErrorDetail{{Message: "y"}, {Message: "z"}}, ""},
		{"HTML", `<!doctype html><title>Bad</title>`, nil, ""},
		{"nothing", ``, nil, ""},
		{"a number", `5`, []intercom.ErrorDetail{{Message: "5"}}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var e *intercom.Error
			require.ErrorAs(t, getContact(clientOf(t, failWith(400, test.body))), &e)
			assert.Equal(t, test.want, e.Details)
			assert.Equal(t, test.requestID, e.RequestID)
			assert.Equal(t, test.body, string(e.Body))
			assert.Regexp(t, `^intercom: Contacts\.Get GET /contacts/\{id\}: 400 Bad Request[^\n]*$`, e.Error())
		})
	}
}

func TestDecodeErrorKeepsTheStatus(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, contentType, body, want string
	}{
		{"HTML", "text/html; charset=utf-8", "<html>please log in to the hotel</html>", "intercom: Contacts.Get GET /contacts/{id}: the answer (203, text/html) can't be read: it is no JSON object"},
		{"text", "text/plain", "nearly JSON", "intercom: Contacts.Get GET /contacts/{id}: the answer (203, text/plain) can't be read: it is no JSON object"},
		{"binary", "application/json", "\x00\x01\x02", "intercom: Contacts.Get GET /contacts/{id}: the answer (203, application/json) can't be read: it is no JSON object"},
		{"array", "application/json", `[{"id":"c-1"}]`, "intercom: Contacts.Get GET /contacts/{id}: the answer (203, application/json) can't be read: it is no JSON object"},
		{"cut", "application/json", `{"id":"c-1","name":"Ad`, "intercom: Contacts.Get GET /contacts/{id}: the answer (203, application/json) can't be read: invalid JSON: unexpected end of the document at offset 22 in name"},
		{"followed by more", "application/json", `{"id":"c-1"}{"id":"c-2"}`, "intercom: Contacts.Get GET /contacts/{id}: the answer (203, application/json) can't be read: invalid JSON: unexpected text after the value at offset 12"},
		{"odd media type", "secret\tada@example.test", `nil`, "intercom: Contacts.Get GET /contacts/{id}: the answer can't be read: it is no JSON object"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.contentType)
				w.Header().Set("X-Request-Id", "00odd")
				w.WriteHeader(http.StatusNonAuthoritativeInfo)
				_, _ = io.WriteString(w, test.body)
			})
			err := getContact(client)
			require.EqualError(t, err, test.want)
			var e *intercom.DecodeError
			require.ErrorAs(t, err, &e)
			assert.Equal(t, "Contacts.Get", e.Operation)
			assert.Equal(t, "/contacts/{id}", e.Path)
			assert.Equal(t, http.StatusNonAuthoritativeInfo, e.StatusCode)
			assert.Equal(t, "00odd", e.RequestID)
			require.ErrorIs(t, err, e.Err)
			assertPredicates(t, err)
		})
	}
}

func TestDeepJSONIsAnErrorNotAPanic(t *testing.T) {
	t.Parallel()
	deep := bytes.Repeat([]byte("["), 20_000)
	client := clientOf(t, answer(`{"id":"c-1","odd":`+string(deep)+`}`))
	var e *intercom.DecodeError
	require.ErrorAs(t, getContact(client), &e)
	var contact intercom.Contact
	require.Error(t, json.Unmarshal([]byte(`{"odd":`+string(deep)), &contact))
}
