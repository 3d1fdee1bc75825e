package intercom_test

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// endless is a body that never ends, of which it counts what was read.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	e.read += int64(len(p))
	return len(p), nil
}

func (*endless) Close() error { return nil }

// bodyClient returns a client whose every answer has a body.
func bodyClient(t *testing.T, status int, header http.Header, body io.ReadCloser) *intercom.Client {
	t.Helper()
	client, err := intercom.NewClient("t", intercom.WithoutRetry(), intercom.WithHTTPClient(&http.Client{
		Transport: tripFunc(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: header, Body: body, ContentLength: -1, Request: r}, nil
		}),
	}))
	require.NoError(t, err)
	return client
}

func TestHugeAnswersAreGivenUp(t *testing.T) { //nolint:paralleltest // It measures the memory of the process.
	const limit = 64 << 20
	body := new(endless)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := getContact(bodyClient(t, 200, http.Header{"X-Request-Id": {"00huge"}}, body))
	runtime.ReadMemStats(&after)
	var e *intercom.DecodeError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 200, e.StatusCode)
	assert.Equal(t, "00huge", e.RequestID)
	require.EqualError(t, err, "intercom: Contacts.Get GET /contacts/{id}: the answer can't be read: it is larger than 67108864 bytes; ask for less at once or raise WithMaxAnswerSize")
	assert.Less(t, body.read, int64(2*limit))
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(5*limit))

	announced := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(300<<20))
		answer("{")(w, r)
	})
	require.ErrorAs(t, getContact(announced), &e, "what announces its size is not read at all")
}

func TestHugeFailuresKeepTheirStatus(t *testing.T) {
	t.Parallel()
	body := new(endless)
	err := getContact(bodyClient(t, 404, http.Header{}, body))
	assert.True(t, intercom.IsNotFound(err))
	var e *intercom.Error
	require.ErrorAs(t, err, &e)
	assert.Len(t, e.Body, 64<<10)
	assert.Less(t, body.read, int64(1<<20))
}

func TestPackedAnswers(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Contains(t, r.Header.Get("Accept-Encoding"), "gzip")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		if strings.HasSuffix(r.URL.Path, "bomb") {
			_, _ = io.CopyN(z, new(endless), 80<<20)
		}
		_, _ = io.WriteString(z, `{"id":"c-1"}`)
		_ = z.Close()
	}))
	t.Cleanup(server.Close)
	client, err := intercom.NewClient("t", intercom.WithBaseURL(server.URL), intercom.WithMaxAnswerSize(1<<20))
	require.NoError(t, err)
	t.Cleanup(client.CloseIdleConnections)
	contact, err := client.Contacts.Get(t.Context(), "c-1")
	require.NoError(t, err)
	assert.Equal(t, "c-1", contact.ID)
	_, err = client.Contacts.Get(t.Context(), "bomb")
	require.ErrorContains(t, err, "it is larger than 1048576 bytes")
}

func TestCutAnswers(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"read", "create"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			sent := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				sent++
				w.Header().Set("Content-Length", "100")
				_, _ = io.WriteString(w, `{"id":"c-1","name":"Gre`)
			}))
			t.Cleanup(server.Close)
			client, err := intercom.NewClient("t", intercom.WithBaseURL(server.URL), intercom.WithRetry(intercom.RetryPolicy{MinBackoff: 1, MaxBackoff: 1}))
			require.NoError(t, err)
			t.Cleanup(client.CloseIdleConnections)
			want := 3
			if method == "create" {
				want = 1
				_, err = client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "a@example.test"})
			} else {
				err = getContact(client)
			}
			require.ErrorIs(t, err, io.ErrUnexpectedEOF)
			assert.Contains(t, err.Error(), "the answer was cut")
			assert.True(t, intercom.IsTemporary(err))
			assert.Equal(t, want, sent)
		})
	}
}

func TestAnswersOfAllKindsNeverPanic(t *testing.T) {
	t.Parallel()
	bodies := []string{
		"", "null", "true", "5", `"x"`, "[]", "[1]", "{", "}", "{}x", `{"id"}`, `{"id":}`, `{"a":{"b":[{"c":`, "\x00", "\xef\xbb\xbf{}",
		"\xff\xfe{\x00}\x00", "<html>", `{"id":"\ud800"}`, "{\"id\":\"\xff\"}", `{"created_at":1e999}`, `{"created_at":-1e999}`, `{"owner_id":1e99999999}`,
		`{"id":"a","id":"b"}`, `{"tags":{"total_count":99999999999999999999}}`, `{"":1}`, `{"pages":{"next":{"page":1e30}}}`, `{"data":{}}`, `{"data":[[[]]]}`,
	}
	for _, body := range bodies {
		client := clientOf(t, answer(body))
		for name, call := range map[string]func() error{
			"get": func() error { return getContact(client) },
			"list": func() error {
				_, err := client.Contacts.List(t.Context(), intercom.ContactListParams{})
				return err
			},
			"all": func() error {
				_, err := intercom.Collect(client.Contacts.All(t.Context(), intercom.ContactListParams{}), 10)
				return err
			},
			"scroll": func() error {
				_, err := intercom.Collect(client.Companies.Scroll(t.Context()), 10)
				return err
			},
			"find": func() error {
				_, err := client.Companies.Find(t.Context(), intercom.CompanyFindParams{Name: "x"})
				return err
			},
		} {
			assert.NotPanics(t, func() {
				if err := call(); err != nil {
					assert.True(t, strings.HasPrefix(err.Error(), "intercom: "), "%s of %q: %v", name, body, err)
					assert.NotContains(t, err.Error(), "\n")
				}
			}, "%s of %q", name, body)
		}
		for _, status := range []int{400, 404, 500} {
			assert.NotPanics(t, func() { assert.Error(t, getContact(clientOf(t, failWith(status, body)))) })
		}
	}
}

func TestCallsEndWithTheirContext(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	client, mock := mockedClient(t)
	_, err := client.Contacts.Get(ended, "c-1")
	require.ErrorIs(t, err, context.Canceled)
	assert.Zero(t, mock.GetTotalCallCount(), "nothing is sent when it ended before")

	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		client := clientOf(t, failWith(http.StatusServiceUnavailable, ""), intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 9, MinBackoff: time.Minute, MaxBackoff: time.Minute}), intercom.WithCallTimeout(time.Hour))
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		_, err := client.Contacts.Get(ctx, "c-1")
		require.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, time.Second, time.Since(began), "a wait between attempts ends at once")
		assert.False(t, intercom.IsTemporary(err))
	})
}

func TestNoCallHangsForEver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, err := intercom.NewClient("t", intercom.WithHTTPClient(&http.Client{Transport: handlerTransport{http.HandlerFunc(
			func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		)}}))
		require.NoError(t, err)
		began := time.Now()
		_, err = client.Contacts.Get(context.WithoutCancel(t.Context()), "c-1")
		assert.True(t, intercom.IsTimeout(err), "%v", err)
		assert.LessOrEqual(t, time.Since(began), 5*time.Minute)
	})
}
