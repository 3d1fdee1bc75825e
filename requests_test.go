package intercom_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/jarcoal/httpmock"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// sent is a call and the request that it must become.
type sent struct {
	operation string // as in the table of operations
	variant   string // tells apart several calls of the same operation
	call      func(context.Context, *intercom.Client) error
	path      string // as on the wire, with a query if there is one
	body      string // JSON, "" for none
	version   intercom.APIVersion
}

// checkSent makes every call and compares what was sent with what is expected.
// Together the calls must cover all operations whose name begins with service.
func checkSent(t *testing.T, service string, calls []sent) {
	t.Helper()
	missing := map[string]*operations.Operation{}
	for _, op := range operations.All {
		if strings.HasPrefix(op.Name, service+".") {
			missing[op.Name] = op
		}
	}
	known := make(map[string]*operations.Operation, len(missing))
	for name, op := range missing {
		known[name] = op
	}
	for _, c := range calls {
		require.Contains(t, known, c.operation, "no such operation")
		delete(missing, c.operation)
		op := known[c.operation]
		t.Run(strings.TrimSuffix(c.operation+"/"+c.variant, "/"), func(t *testing.T) {
			t.Parallel()
			c.check(t, op)
		})
	}
	assert.Empty(t, missing, "operations without a call")
}

func (c sent) check(t *testing.T, op *operations.Operation) {
	t.Helper()
	version := c.version
	if version == "" {
		version = intercom.DefaultAPIVersion
	}
	var got *http.Request
	var body []byte
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "{}")
	}, intercom.WithVersion(version))

	require.NoError(t, c.call(t.Context(), client))
	require.NotNil(t, got, "nothing was sent")
	path, query, _ := strings.Cut(c.path, "?")
	want, err := url.ParseQuery(query)
	require.NoError(t, err)
	assert.Equal(t, op.Method, got.Method)
	assert.Equal(t, path, got.URL.EscapedPath())
	assert.Equal(t, want, got.URL.Query())
	assert.Equal(t, "Bearer test-token", got.Header.Get("Authorization"))
	assert.Equal(t, string(version), got.Header.Get("Intercom-Version"))
	assert.Equal(t, "application/json", got.Header.Get("Accept"))
	assert.Contains(t, got.Header.Get("User-Agent"), "intercom-go/")
	if c.body == "" {
		assert.Empty(t, string(body))
		return
	}
	assert.JSONEq(t, c.body, string(body))
	assert.Equal(t, "application/json", got.Header.Get("Content-Type"))
}

// first drops the answer of a call.
func first[T any](_ T, err error) error { return err }

// drain reads an iteration to its end.
func drain[T any](items func(func(T, error) bool)) error {
	_, err := intercom.Collect[T](items, -1)
	return err
}

// refusal is a call that must fail without anything being sent.
type refusal struct {
	name    string
	call    func(context.Context, *intercom.Client) error
	want    string // part of the error
	version intercom.APIVersion
}

func checkRefused(t *testing.T, calls []refusal) {
	t.Helper()
	for _, c := range calls {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.version == "" {
				c.version = intercom.DefaultAPIVersion
			}
			client := clientOf(t, func(http.ResponseWriter, *http.Request) {
				assert.Fail(t, "something was sent")
			}, intercom.WithVersion(c.version))
			require.ErrorContains(t, c.call(t.Context(), client), c.want)
		})
	}
}

// items reads an iteration of samples to its end.
func items[T any](t *testing.T, list func(func(*T, error) bool)) []*T {
	t.Helper()
	all, err := intercom.Collect[*T](list, -1)
	require.NoError(t, err)
	return all
}

// at is a moment in Unix seconds.
func at(seconds int64) intercom.Timestamp { return intercom.UnixTimestamp(seconds) }

// jsonResponse is an answer for a mock.
func jsonResponse(body string) *http.Response {
	r := httpmock.NewStringResponse(http.StatusOK, body)
	r.Header.Set("Content-Type", "application/json")
	return r
}
