package intercom_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/jarcoal/httpmock"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/seed-8b687bef/intercom-go"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// handlerTransport serves requests by a handler, in process: no sockets, so
// that virtual time works.
type handlerTransport struct{ handler http.Handler }

func (h handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	recorder := httptest.NewRecorder()
	inner := r.Clone(r.Context())
	if inner.Body == nil {
		inner.Body = http.NoBody
	}
	h.handler.ServeHTTP(recorder, inner)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	response := recorder.Result()
	response.Request = r
	return response, nil
}

// clientOf returns a client whose requests are answered by a handler, without
// retries unless the options say otherwise.
func clientOf(tb testing.TB, handler http.HandlerFunc, opts ...intercom.ClientOption) *intercom.Client {
	tb.Helper()
	opts = append([]intercom.ClientOption{
		intercom.WithHTTPClient(&http.Client{Transport: handlerTransport{handler}}),
		intercom.WithoutRetry(),
	}, opts...)
	client, err := intercom.NewClient("test-token", opts...)
	require.NoError(tb, err)
	return client
}

// mockedClient returns a client of a mock that a test registers its answers
// with.
func mockedClient(tb testing.TB, opts ...intercom.ClientOption) (*intercom.Client, *httpmock.MockTransport) {
	tb.Helper()
	mock := httpmock.NewMockTransport()
	opts = append([]intercom.ClientOption{
		intercom.WithHTTPClient(&http.Client{Transport: mock}),
		intercom.WithoutRetry(),
	}, opts...)
	client, err := intercom.NewClient("test-token", opts...)
	require.NoError(tb, err)
	return client, mock
}

// answer is a handler that always gives the same JSON.
func answer(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}
}

// sample reads a file of testdata.
func sample(tb testing.TB, name string) string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(tb, err)
	return string(data)
}
