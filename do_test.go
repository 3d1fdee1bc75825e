package intercom_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// echo is a handler that answers with what it was sent.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Request-Id", "00echo")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"method": r.Method, "uri": r.URL.RequestURI(), "host": r.Host, "body": string(body),
		"token": r.Header.Get("Authorization"), "type": r.Header.Get("Content-Type"), "version": r.Header.Get("Intercom-Version"),
	})
}

// echoed is what echo answers.
type echoed struct{ Method, URI, Host, Body, Token, Type, Version string }

func TestDoSendsWhatItIsGiven(t *testing.T) {
	t.Parallel()
	client := clientOf(t, echo)
	contact := intercom.ContactCreateParams{Email: "grete@example.test", OwnerID: "17"}
	for _, test := range []struct {
		name, method, path string
		in                 any
		opts               []intercom.CallOption
		want               echoed
	}{
		{"get", "GET", "/me", nil, nil, echoed{Method: "GET", URI: "/me"}},
		{"lower case", "get", "/me", nil, nil, echoed{Method: "GET", URI: "/me"}},
		{"query", "GET", "/events?type=user&per_page=5", nil, nil, echoed{Method: "GET", URI: "/events?type=user&per_page=5"}},
		{"escapes stay", "GET", "/contacts/a%2Fb%3Fc?x=%20", nil, nil, echoed{Method: "GET", URI: "/contacts/a%2Fb%3Fc?x=%20"}},
		{"a value", "POST", "/x", map[string]any{"n": 1}, nil, echoed{Method: "POST", URI: "/x", Body: `{"n":1}`}},
		{"a string", "POST", "/x", "text", nil, echoed{Method: "POST", URI: "/x", Body: `"text"`}},
		{"raw", "PUT", "/x", json.RawMessage(` {"n": 1.0} `), nil, echoed{Method: "PUT", URI: "/x", Body: ` {"n": 1.0} `}},
		{"bytes", "PATCH", "/x", []byte(`[1]`), nil, echoed{Method: "PATCH", URI: "/x", Body: `[1]`}},
		{"no bytes", "POST", "/x", []byte(nil), nil, echoed{Method: "POST", URI: "/x"}},
		{"no raw", "POST", "/x", json.RawMessage{}, nil, echoed{Method: "POST", URI: "/x"}},
		{"no pointer", "POST", "/x", (*intercom.ContactCreateParams)(nil), nil, echoed{Method: "POST", URI: "/x"}},
		{"params", "POST", "/x", contact, nil, echoed{Method: "POST", URI: "/x", Body: `{"email":"grete@example.test","owner_id":17}`}},
		{"params by pointer", "POST", "/x", &contact, nil, echoed{Method: "POST", URI: "/x", Body: `{"email":"grete@example.test","owner_id":17}`}},
		{
			"params of another version", "POST", "/x", contact,
			[]intercom.CallOption{intercom.WithVersion("2.16")},
			echoed{Method: "POST", URI: "/x", Body: `{"email":"grete@example.test","owner_id":"17"}`, Version: "2.16"},
		},
		{"delete with a body", "DELETE", "/x", map[string]string{"admin_id": "1"}, nil, echoed{Method: "DELETE", URI: "/x", Body: `{"admin_id":"1"}`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got echoed
			require.NoError(t, client.Do(t.Context(), test.method, test.path, test.in, &got, test.opts...))
			if strings.HasPrefix(got.Body, `{"`) {
				assert.JSONEq(t, test.want.Body, got.Body)
				test.want.Body = got.Body
			}
			test.want.Host, test.want.Token = "api.intercom.io", "Bearer test-token"
			if got.Body != "" {
				test.want.Type = "application/json"
			}
			if test.want.Version == "" {
				test.want.Version = "2.8"
			}
			assert.Equal(t, test.want, got)
		})
	}
}

func TestDoReadsIntoWhatItIsGiven(t *testing.T) {
	t.Parallel()
	const body = `{"id": "c-1", "n": 12345678901234567890}`
	client := clientOf(t, answer(body))
	do := func(out any) error { return client.Do(t.Context(), "GET", "/contacts/c-1", nil, out) }

	var raw json.RawMessage
	require.NoError(t, do(&raw))
	assert.Zero(t, strings.Compare(body, string(raw)), "as it came: %s", raw)
	var text []byte
	require.NoError(t, do(&text))
	assert.Zero(t, strings.Compare(body, string(text)), "as it came: %s", text)
	var contact intercom.Contact
	require.NoError(t, do(&contact))
	assert.Equal(t, "c-1", contact.ID)
	assert.Equal(t, "12345678901234567890", string(contact.UnknownFields()["n"]))
	var anything any
	require.NoError(t, do(&anything))
	require.NoError(t, do(nil))
	var list []string
	var e *intercom.DecodeError
	require.ErrorAs(t, do(&list), &e)
	assert.Equal(t, "Do", e.Operation)
	assert.Equal(t, "intercom: Do GET /contacts/{...}: the answer (200, application/json) can't be read: json: cannot unmarshal object into Go value of type []string", e.Error())

	page := clientOf(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "\xff\xfe not JSON") })
	require.NoError(t, page.Do(t.Context(), "GET", "/x", nil, &text))
	assert.Equal(t, "\xff\xfe not JSON", string(text))
	require.ErrorAs(t, page.Do(t.Context(), "GET", "/x", nil, &raw), &e)

	empty := clientOf(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) })
	contact = intercom.Contact{ID: "before"}
	require.NoError(t, empty.Do(t.Context(), "POST", "/events", nil, &contact))
	assert.Equal(t, "before", contact.ID)
}

func TestDoRefusesBadInput(t *testing.T) {
	t.Parallel()
	var out any
	var nobody *intercom.Contact
	for _, test := range []struct {
		name, method, path string
		in, out            any
		opts               []intercom.CallOption
		want               string
	}{
		{"no method", "", "/me", nil, nil, nil, "intercom: Do: the method is empty"},
		{"odd method", "FETCH", "/me", nil, nil, nil, `intercom: Do: the method "FETCH" is none that the API has`},
		{"injection by the method", "GET /me HTTP/1.1\r\nX: y\r\n", "/me", nil, nil, nil, "intercom: Do: the method "},
		{"no path", "GET", "", nil, nil, nil, "intercom: Do: the path is empty; pass one such as /contacts"},
		{"no slash", "GET", "me", nil, nil, nil, "intercom: Do: the path does not begin with a slash"},
		{"URL", "GET", "https://api.intercom.io/me", nil, nil, nil, "intercom: Do: the path does not begin with a slash; pass a path such as /contacts, not a URL"},
		{"other host", "GET", "//evil.example/me", nil, nil, nil, "intercom: Do: the path begins with two slashes, which would name a host"},
		{"backslash host", "GET", `/\evil.example`, nil, nil, nil, "intercom: Do: the path contains a backslash"},
		{"dots", "GET", "/contacts/../admins", nil, nil, nil, "intercom: Do: the path contains a segment made of dots"},
		{"escaped dots", "DELETE", "/contacts/%2e%2E", nil, nil, nil, "intercom: Do: the path contains a segment made of dots"},
		{"control character", "GET", "/contacts/a\nb", nil, nil, nil, "intercom: Do: the path contains a control character"},
		{"escaped control character", "GET", "/contacts/a%0d%0ab", nil, nil, nil, "intercom: Do: the path contains an escaped control character"},
		{"space in the query", "GET", "/contacts?name=Grete Hell", nil, nil, nil, "intercom: Do: the path contains a space"},
		{"line end in the query", "GET", "/contacts?name=a\r\nb", nil, nil, nil, "intercom: Do: the path contains a control character"},
		{"fragment", "GET", "/contacts#top", nil, nil, nil, "intercom: Do: the path contains a fragment"},
		{"bad escape", "GET", "/contacts/%zz", nil, nil, nil, "intercom: Do: the path contains a % that escapes nothing"},
		{"a reader as body", "POST", "/x", strings.NewReader("{}"), nil, nil, "intercom: Do: the body is a *strings.Reader; read it into a []byte first"},
		{"a buffer as body", "POST", "/x", new(bytes.Buffer), nil, nil, "intercom: Do: the body is a *bytes.Buffer; read it into a []byte first"},
		{"a body that is no JSON", "POST", "/x", []byte("a=b"), nil, nil, "intercom: Do: the body is no JSON"},
		{"a body that can't be encoded", "POST", "/x", map[string]any{"f": func() {}}, nil, nil, "intercom: Do: the request can't be encoded: json: unsupported type: func()"},
		{"params that lack something", "POST", "/x", intercom.ContactMergeParams{From: "a"}, nil, nil, "intercom: Do: into is required"},
		{"out is no pointer", "GET", "/me", nil, intercom.Contact{}, nil, "intercom: Do: the answer can't be read into a intercom.Contact; pass a pointer that is not nil"},
		{"out is a nil pointer", "GET", "/me", nil, nobody, nil, "intercom: Do: the answer can't be read into a *intercom.Contact; pass a pointer that is not nil"},
		{"nil option", "GET", "/me", nil, &out, []intercom.CallOption{nil}, "intercom: Do: an option is nil"},
		{"bad option", "GET", "/me", nil, &out, []intercom.CallOption{intercom.WithTimeout(-1)}, "intercom: Do: WithTimeout: -1ns is not positive"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, mock := mockedClient(t)
			err := client.Do(t.Context(), test.method, test.path, test.in, test.out, test.opts...)
			require.Error(t, err)
			assert.True(t, strings.HasPrefix(err.Error(), test.want), "%q", err)
			assert.NotContains(t, err.Error(), "\n")
			assert.Zero(t, mock.GetTotalCallCount(), "nothing was sent")
		})
	}
}

func TestDoRetriesOnlyReads(t *testing.T) {
	t.Parallel()
	quick := intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3, MinBackoff: 1, MaxBackoff: 1})
	for _, test := range []struct {
		method string
		opts   []intercom.CallOption
		status int
		want   int
	}{
		{"GET", nil, 503, 3},
		{"HEAD", nil, 503, 3},
		{"POST", nil, 503, 1},
		{"PUT", nil, 503, 1},
		{"PATCH", nil, 503, 1},
		{"DELETE", nil, 503, 1},
		{"POST", []intercom.CallOption{intercom.WithReplay()}, 503, 3},
		{"GET", []intercom.CallOption{intercom.WithoutRetry()}, 503, 1},
		{"GET", nil, 400, 1},
	} {
		t.Run(test.method, func(t *testing.T) {
			t.Parallel()
			sent := 0
			client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
				sent++
				w.WriteHeader(test.status)
			}, quick)
			var response intercom.Response
			err := client.Do(t.Context(), test.method, "/x", nil, nil, append(test.opts, intercom.WithResponse(&response))...)
			var e *intercom.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, test.want, sent)
			assert.Equal(t, test.want, e.Attempts)
			assert.Equal(t, test.want, response.Attempts)
			assert.Equal(t, test.status, response.StatusCode)
		})
	}
}

func TestDoErrorsKeepIDsOut(t *testing.T) {
	t.Parallel()
	client := clientOf(t, failWith(404, `{"errors":[{"code":"not_found"}]}`))
	err := client.Do(t.Context(), "GET", "/contacts/5f00aa11bb/notes/grete%40example.test?email=grete@example.test", nil, nil)
	var e *intercom.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "/contacts/{...}/notes/{...}", e.Path)
	require.EqualError(t, err, "intercom: Do GET /contacts/{...}/notes/{...}: 404 Not Found: not_found")
	assert.NotContains(t, e.LogValue().String(), "5f00aa11bb")
}

func TestDoOnARealConnection(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(echo))
	t.Cleanup(server.Close)
	client, err := intercom.NewClient("tok", intercom.WithBaseURL(server.URL+"/prefix/"))
	require.NoError(t, err)
	t.Cleanup(client.CloseIdleConnections)
	var got echoed
	var response intercom.Response
	require.NoError(t, client.Do(t.Context(), "POST", "/contacts/a%2Fb", []byte(`{}`), &got, intercom.WithResponse(&response)))
	assert.Equal(t, "/prefix/contacts/a%2Fb", got.URI)
	assert.Equal(t, "Bearer tok", got.Token)
	assert.Equal(t, 200, response.StatusCode)
	assert.Equal(t, "00echo", response.RequestID)
	assert.Equal(t, 1, response.Attempts)
	assert.Positive(t, response.Duration)
	assert.Equal(t, "application/json", response.Header.Get("Content-Type"))
}
