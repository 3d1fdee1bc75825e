package intercom_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestCallOptionsGoBeforeTheClient(t *testing.T) {
	t.Parallel()
	client, requests := requestsOf(t, intercom.WithHeader("X-Who", "client"), intercom.WithVersion(intercom.V2_9))
	_, err := client.Contacts.Get(t.Context(), "c-1", intercom.WithHeader("X-Who", "call"), intercom.WithHeader("X-Also", "this"), intercom.WithVersion(intercom.V2_10))
	require.NoError(t, err)
	require.NoError(t, getContact(client))
	for i, want := range [][]string{{"call", "this", "2.10"}, {"client", "", "2.9"}} {
		h := (*requests)[i].Header
		assert.Equal(t, want, []string{h.Get("X-Who"), h.Get("X-Also"), h.Get("Intercom-Version")}, "a call leaves its client alone")
	}
}

func TestRetryPolicy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		opts    []intercom.ClientOption
		header  string // Retry-After
		status  int
		sent    int
		atLeast time.Duration
		atMost  time.Duration
	}{
		{"default", nil, "", 503, 3, 75 * time.Millisecond, 1500 * time.Millisecond},
		{"off", []intercom.ClientOption{intercom.WithoutRetry()}, "", 503, 1, 0, 0},
		{"more, slower", []intercom.ClientOption{intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 4, MinBackoff: time.Minute, MaxBackoff: time.Minute}), intercom.WithCallTimeout(time.Hour)}, "", 503, 4, 9 * time.Second, 3 * time.Minute},
		{"a large first wait raises the bound", []intercom.ClientOption{intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 2, MinBackoff: 20 * time.Minute}), intercom.WithCallTimeout(time.Hour)}, "", 503, 2, time.Minute, 20 * time.Minute},
		{"bounded", []intercom.ClientOption{intercom.WithRetry(intercom.RetryPolicy{MaxBackoff: 10 * time.Millisecond})}, "", 503, 3, 0, 20 * time.Millisecond},
		{"the server names the wait", nil, "7", 429, 3, 14 * time.Second, 16 * time.Second},
		{"the server asks for too much", nil, "61", 429, 1, 0, 0},
		{"more patience", []intercom.ClientOption{intercom.WithRetry(intercom.RetryPolicy{MaxWait: 2 * time.Minute})}, "61", 429, 3, 122 * time.Second, 136 * time.Second},
		{"no limiter", []intercom.ClientOption{intercom.WithoutLimiter()}, "7", 429, 3, 14 * time.Second, 16 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ofCall, ofClient := callOptions(test.opts)
				for _, ways := range []struct {
					client []intercom.ClientOption
					call   []intercom.CallOption
				}{{client: test.opts}, {client: ofClient, call: ofCall}} {
					sent := 0
					client, err := intercom.NewClient("t", append([]intercom.ClientOption{
						intercom.WithHTTPClient(&http.Client{Transport: handlerTransport{http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
							sent++
							if test.header != "" {
								w.Header().Set("Retry-After", test.header)
							}
							w.WriteHeader(test.status)
						})}}),
					}, ways.client...)...)
					require.NoError(t, err)
					began := time.Now()
					_, err = client.Contacts.Get(t.Context(), "c-1", ways.call...)
					took := time.Since(began)
					var e *intercom.Error
					require.ErrorAs(t, err, &e)
					assert.Equal(t, test.sent, sent)
					assert.Equal(t, test.sent, e.Attempts)
					assert.GreaterOrEqual(t, took, test.atLeast)
					assert.LessOrEqual(t, took, test.atMost)
				}
			})
		})
	}
}

// callOptions are those options that a single call can have, too, and the rest.
func callOptions(opts []intercom.ClientOption) (ofCall []intercom.CallOption, rest []intercom.ClientOption) {
	for _, option := range opts {
		if shared, ok := option.(intercom.CallOption); ok {
			ofCall = append(ofCall, shared)
		} else {
			rest = append(rest, option)
		}
	}
	return ofCall, rest
}

func TestReplayOfACreate(t *testing.T) {
	t.Parallel()
	sent := 0
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		if sent++; sent == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		answer(`{"id":"c-1"}`)(w, r)
	}, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3, MinBackoff: 1, MaxBackoff: 1}))
	_, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "a@example.test"})
	require.Error(t, err)
	assert.Equal(t, 1, sent, "a create is never sent twice")
	sent = 0
	contact, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "a@example.test"}, intercom.WithReplay())
	require.NoError(t, err)
	assert.Equal(t, "c-1", contact.ID)
	assert.Equal(t, 2, sent, "unless the caller says so")
}

func TestMaxAnswerSize(t *testing.T) {
	t.Parallel()
	body := `{"id":"` + strings.Repeat("x", 1000) + `"}`
	client := clientOf(t, answer(body), intercom.WithMaxAnswerSize(int64(len(body))))
	require.NoError(t, getContact(client))
	_, err := client.Contacts.Get(t.Context(), "c-1", intercom.WithMaxAnswerSize(int64(len(body)-1)))
	require.EqualError(t, err, "intercom: Contacts.Get GET /contacts/{id}: the answer can't be read: it is larger than 1008 bytes; ask for less at once or raise WithMaxAnswerSize")
	var e *intercom.DecodeError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "Contacts.Get", e.Operation)
	assert.Equal(t, 200, e.StatusCode)
}

func TestLoggerWritesALineForEachAttempt(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	sent := 0
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "00log")
		if sent++; sent == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		answer(`{"id":"c-1","email":"grete@example.test"}`)(w, r)
	}, intercom.WithLogger(logger), intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 2, MinBackoff: 1, MaxBackoff: 1}))
	_, err := client.Contacts.Get(t.Context(), "5f00aa11bb")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 2)
	for i, line := range lines {
		var entry map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &entry))
		assert.Equal(t, "Contacts.Get", entry["operation"])
		assert.Equal(t, "/contacts/{id}", entry["path"])
		assert.Equal(t, []any{502.0, 200.0}[i], entry["status"])
		assert.Equal(t, []any{"WARN", "DEBUG"}[i], entry["level"])
		assert.EqualValues(t, i+1, entry["attempt"])
		assert.Equal(t, "00log", entry["request_id"])
		assert.Contains(t, entry, "wait")
		assert.Contains(t, entry, "duration")
	}
	for _, secret := range []string{"test-token", "5f00aa11bb", "grete"} {
		assert.NotContains(t, out.String(), secret)
	}

	out.Reset()
	_, err = client.Contacts.Get(t.Context(), "c-1", intercom.WithLogger(nil))
	require.NoError(t, err)
	assert.Empty(t, out.String())
}

func TestResponseTellsOfTheCall(t *testing.T) {
	t.Parallel()
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "00meta")
		w.Header().Set("X-RateLimit-Limit", "160")
		w.Header().Set("X-RateLimit-Remaining", "159")
		w.Header().Set("X-RateLimit-Reset", "1700000130")
		if r.Method == http.MethodDelete {
			failWith(http.StatusForbidden, ``)(w, r)
			return
		}
		answer(`{}`)(w, r)
	})
	var got intercom.Response
	_, err := client.Contacts.Get(t.Context(), "c-1", intercom.WithResponse(&got))
	require.NoError(t, err)
	assert.Equal(t, 200, got.StatusCode)
	assert.Equal(t, "00meta", got.RequestID)
	assert.Equal(t, intercom.RateLimit{Limit: 160, Remaining: 159, Reset: time.Unix(1700000130, 0)}, got.RateLimit)
	assert.Equal(t, 1, got.Attempts)
	assert.Equal(t, "159", got.Header.Get("X-RateLimit-Remaining"))

	_, err = client.Contacts.Delete(t.Context(), "c-1", intercom.WithResponse(&got))
	require.Error(t, err)
	assert.Equal(t, 403, got.StatusCode, "failures are told, too")

	_, err = brokenClient(t, io.ErrUnexpectedEOF).Contacts.Get(t.Context(), "c-1", intercom.WithResponse(&got))
	require.Error(t, err)
	assert.Zero(t, got.StatusCode)
	assert.Empty(t, got.RequestID)
	assert.Equal(t, 1, got.Attempts)
}

func TestTheCallersHTTPClientIsNotChanged(t *testing.T) {
	t.Parallel()
	hc := &http.Client{Transport: handlerTransport{answer(`{}`)}}
	client, err := intercom.NewClient("t", intercom.WithHTTPClient(hc))
	require.NoError(t, err)
	require.NoError(t, getContact(client))
	assert.Nil(t, hc.CheckRedirect)
	assert.Nil(t, hc.Jar)
}
