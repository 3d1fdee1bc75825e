package intercom_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// requestsOf returns a client that keeps what it sends, and answers with {}.
func requestsOf(t *testing.T, opts ...intercom.ClientOption) (*intercom.Client, *[]*http.Request) {
	t.Helper()
	var requests []*http.Request
	return clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		requests = append(requests, r)
		answer(`{}`)(w, r)
	}, opts...), &requests
}

func TestNewClientSpeaksToTheRegion(t *testing.T) {
	t.Parallel()
	for region, host := range map[intercom.Region]string{
		intercom.US: "api.intercom.io", intercom.EU: "api.eu.intercom.io", intercom.AU: "api.au.intercom.io",
		"us": "api.intercom.io", "Europe": "api.eu.intercom.io", "Australia": "api.au.intercom.io",
	} {
		client, requests := requestsOf(t, intercom.WithRegion(region))
		require.NoError(t, getContact(client))
		assert.Equal(t, "https://"+host+"/contacts/c-1", (*requests)[0].URL.String())
	}
	client, requests := requestsOf(t)
	require.NoError(t, getContact(client))
	r := (*requests)[0]
	assert.Equal(t, "https://api.intercom.io/contacts/c-1", r.URL.String(), "US is the default")
	assert.Equal(t, "Bearer test-token", r.Header.Get("Authorization"))
	assert.Equal(t, "2.8", r.Header.Get("Intercom-Version"))
	assert.Equal(t, "application/json", r.Header.Get("Accept"))
	assert.Equal(t, "intercom-go/"+intercom.Version, r.Header.Get("User-Agent"))
	assert.Empty(t, r.Header.Get("Content-Type"), "there is no body")
}

func TestNewClientRefusesBadInput(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, token string
		opts        []intercom.ClientOption
		want        string
	}{
		{"empty token", "", nil, "intercom: the access token is empty; pass the one from the developer hub, or WithTokenSource"},
		{"token with a line end", "s3cret\n", nil, "intercom: the access token contains a space or a character that no header may hold"},
		{"token with a space", "Bearer s3cret", nil, "intercom: the access token contains a space"},
		{"nil option", "t", []intercom.ClientOption{nil}, "intercom: an option is nil"},
		{"empty WithToken", "t", []intercom.ClientOption{intercom.WithToken("")}, "intercom: the access token is empty"},
		{"nil source", "", []intercom.ClientOption{intercom.WithTokenSource(nil)}, "intercom: WithTokenSource: the source is nil"},
		{"unknown region", "t", []intercom.ClientOption{intercom.WithRegion("Mars")}, `intercom: region "Mars" is unknown; use US, EU or AU`},
		{"no region", "t", []intercom.ClientOption{intercom.WithRegion("")}, `intercom: region "" is unknown; use US, EU or AU`},
		{"no base URL", "t", []intercom.ClientOption{intercom.WithBaseURL("")}, "intercom: the base URL is empty"},
		{"no scheme", "t", []intercom.ClientOption{intercom.WithBaseURL("api.intercom.io")}, "intercom: the base URL has no scheme; begin it with https://"},
		{"no scheme but a port", "t", []intercom.ClientOption{intercom.WithBaseURL("localhost:8080")}, "intercom: the base URL has the scheme localhost; use https"},
		{"other scheme", "t", []intercom.ClientOption{intercom.WithBaseURL("ftp://api.intercom.io")}, "intercom: the base URL has the scheme ftp; use https"},
		{"no host", "t", []intercom.ClientOption{intercom.WithBaseURL("https://")}, "intercom: the base URL has no host"},
		{"token over plain http", "t", []intercom.ClientOption{intercom.WithBaseURL("http://api.intercom.io")}, "intercom: the base URL would send the token to api.intercom.io unencrypted; use https"},
		{"user in the URL", "t", []intercom.ClientOption{intercom.WithBaseURL("https://me:pw@api.intercom.io")}, "intercom: the base URL has a user in it"},
		{"query in the URL", "t", []intercom.ClientOption{intercom.WithBaseURL("https://api.intercom.io?x=1")}, "intercom: the base URL has a query; leave it out"},
		{"unreadable URL", "t", []intercom.ClientOption{intercom.WithBaseURL("https://a b\x7f")}, "intercom: the base URL can't be read"},
		{"nil http.Client", "t", []intercom.ClientOption{intercom.WithHTTPClient(nil)}, "intercom: WithHTTPClient: the http.Client is nil"},
		{"empty product", "t", []intercom.ClientOption{intercom.WithAppInfo("")}, "intercom: WithAppInfo: the product is empty"},
		{"product with a line end", "t", []intercom.ClientOption{intercom.WithAppInfo("a\r\nb")}, "intercom: WithAppInfo: the product contains a control character"},
		{"nil limiter", "t", []intercom.ClientOption{intercom.WithLimiter(nil)}, "intercom: WithLimiter: the limiter is nil"},
		{"no header name", "t", []intercom.ClientOption{intercom.WithHeader("", "x")}, "intercom: the name of a header is empty"},
		{"odd header name", "t", []intercom.ClientOption{intercom.WithHeader("X Y", "x")}, "intercom: the header name X Y contains a character that no name may hold"},
		{"header injection", "t", []intercom.ClientOption{intercom.WithHeader("X-Y", "x\r\nAuthorization: z")}, "intercom: the value of the header X-Y contains a control character"},
		{"reserved header", "t", []intercom.ClientOption{intercom.WithHeader("authorization", "Bearer x")}, "intercom: the header Authorization can't be set: pass the access token to the client"},
		{"version as header", "t", []intercom.ClientOption{intercom.WithHeader("intercom-version", "2.9")}, "intercom: the header Intercom-Version can't be set"},
		{"no timeout", "t", []intercom.ClientOption{intercom.WithTimeout(0)}, "intercom: WithTimeout: 0s is not positive"},
		{"negative call timeout", "t", []intercom.ClientOption{intercom.WithCallTimeout(-5)}, "intercom: WithCallTimeout: -5ns is not positive"},
		{"no answer size", "t", []intercom.ClientOption{intercom.WithMaxAnswerSize(0)}, "intercom: WithMaxAnswerSize: 0 is not positive"},
		{"negative retry", "t", []intercom.ClientOption{intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: -1})}, "intercom: WithRetry: no field may be negative"},
		{"nil call hook", "t", []intercom.ClientOption{intercom.WithCallHook(nil)}, "intercom: WithCallHook: the hook is nil"},
		{"nil attempt hook", "t", []intercom.ClientOption{intercom.WithAttemptHook(nil)}, "intercom: WithAttemptHook: the hook is nil"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, err := intercom.NewClient(test.token, test.opts...)
			require.Error(t, err)
			assert.Nil(t, client)
			assert.True(t, strings.HasPrefix(err.Error(), test.want), "%q", err)
			assert.NotContains(t, err.Error(), "\n")
			assert.NotContains(t, err.Error(), "s3cret")
		})
	}
}

func TestNewClientFromEnv(t *testing.T) {
	t.Setenv("INTERCOM_ACCESS_TOKEN", "")
	t.Setenv("INTERCOM_REGION", "")
	t.Setenv("INTERCOM_BASE_URL", "")
	_, err := intercom.NewClientFromEnv()
	require.EqualError(t, err, "intercom: INTERCOM_ACCESS_TOKEN is not set")

	var got *http.Request
	keep := intercom.WithHTTPClient(&http.Client{Transport: handlerTransport{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		answer(`{}`)(w, r)
	})}})
	for region, host := range map[string]string{"": "api.intercom.io", "EU": "api.eu.intercom.io", "au": "api.au.intercom.io"} {
		t.Setenv("INTERCOM_ACCESS_TOKEN", "env-token")
		t.Setenv("INTERCOM_REGION", region)
		client, err := intercom.NewClientFromEnv(keep)
		require.NoError(t, err)
		require.NoError(t, getContact(client))
		assert.Equal(t, host, got.URL.Host)
		assert.Equal(t, "Bearer env-token", got.Header.Get("Authorization"))
	}
	client, err := intercom.NewClientFromEnv(keep, intercom.WithRegion(intercom.US))
	require.NoError(t, err)
	require.NoError(t, getContact(client))
	assert.Equal(t, "api.intercom.io", got.URL.Host, "an option goes before the environment")
	t.Setenv("INTERCOM_BASE_URL", "http://127.0.0.1:8080")
	client, err = intercom.NewClientFromEnv(keep)
	require.NoError(t, err)
	require.NoError(t, getContact(client))
	assert.Equal(t, "127.0.0.1:8080", got.URL.Host, "it goes before the region")
	client, err = intercom.NewClientFromEnv(keep, intercom.WithRegion(intercom.EU))
	require.NoError(t, err)
	require.NoError(t, getContact(client))
	assert.Equal(t, "api.eu.intercom.io", got.URL.Host)
	t.Setenv("INTERCOM_BASE_URL", "http://intercom.example.test")
	_, err = intercom.NewClientFromEnv(keep)
	require.ErrorContains(t, err, "http")
	t.Setenv("INTERCOM_BASE_URL", "")
	t.Setenv("INTERCOM_REGION", "Atlantis")
	_, err = intercom.NewClientFromEnv(keep)
	require.EqualError(t, err, `intercom: region "Atlantis" is unknown; use US, EU or AU`)
}

func TestNothingIsSentForBadInput(t *testing.T) {
	t.Parallel()
	var none context.Context
	for _, test := range []struct {
		name string
		call func(context.Context, *intercom.Client) error
		want string
	}{
		{"empty id", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Get(ctx, "")
			return err
		}, "intercom: Contacts.Get: id is empty; "},
		{"one of two ids is empty", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Tags.Detach(ctx, "c-1", "")
			return err
		}, "intercom: Contacts.Tags.Detach: id is empty; "},
		{"dots", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Tags.Detach(ctx, "c-1", "..")
			return err
		}, "intercom: Contacts.Tags.Detach: id is made of dots only, which means another path; "},
		{"dot", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Get(ctx, ".")
			return err
		}, "intercom: Contacts.Get: id is made of dots only"},
		{"control character", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Get(ctx, "c\r\n1")
			return err
		}, "intercom: Contacts.Get: id contains a control character; "},
		{"no context", func(_ context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Get(none, "c-1")
			return err
		}, "intercom: Contacts.Get: the context is nil"},
		{"no context for a list", func(_ context.Context, c *intercom.Client) error {
			_, err := c.Contacts.List(none, intercom.ContactListParams{})
			return err
		}, "intercom: Contacts.List: the context is nil"},
		{"no context for an iteration", func(_ context.Context, c *intercom.Client) error {
			_, _, err := intercom.First(c.Contacts.All(none, intercom.ContactListParams{}))
			return err
		}, "intercom: Contacts.List: the context is nil"},
		{"no context at the raw door", func(_ context.Context, c *intercom.Client) error {
			return c.Do(none, "GET", "/me", nil, nil)
		}, "intercom: Do: the context is nil"},
		{"nil option", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Get(ctx, "c-1", nil)
			return err
		}, "intercom: Contacts.Get: an option is nil"},
		{"no response", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Get(ctx, "c-1", intercom.WithResponse(nil))
			return err
		}, "intercom: Contacts.Get: WithResponse: the response is nil"},
		{"a required field is missing", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Merge(ctx, intercom.ContactMergeParams{Into: "c-2"})
			return err
		}, "intercom: Contacts.Merge: from is required"},
		{"an id that must be a number", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Create(ctx, intercom.ContactCreateParams{OwnerID: "seventeen"})
			return err
		}, `intercom: Contacts.Create: owner_id: "seventeen" is no number, as the API wants it`},
		{"page size", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.List(ctx, intercom.ContactListParams{PerPage: 151})
			return err
		}, "intercom: Contacts.List: per_page is 151; the API gives at most 150"},
		{"negative page size", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.List(ctx, intercom.ContactListParams{PerPage: -1})
			return err
		}, "intercom: Contacts.List: per_page is -1; it can't be negative"},
		{"cursor", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Notes.List(ctx, "c-1", intercom.NumberedListParams{Cursor: "next"})
			return err
		}, `intercom: Contacts.Notes.List: "next" is no cursor`},
		{"query nested too deep", func(ctx context.Context, c *intercom.Client) error {
			q := intercom.And(intercom.Or(intercom.And(intercom.Field("role").Eq("user"))))
			_, err := c.Contacts.Search(ctx, intercom.ContactSearchParams{Query: q})
			return err
		}, "intercom: Contacts.Search: "},
		{"16 filters", func(ctx context.Context, c *intercom.Client) error {
			q := make([]intercom.Query, 16)
			for i := range q {
				q[i] = intercom.Field("name").Eq(i)
			}
			_, err := c.Contacts.Search(ctx, intercom.ContactSearchParams{Query: intercom.Or(q...)})
			return err
		}, "intercom: Contacts.Search: "},
		{"IN without a list", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Search(ctx, intercom.ContactSearchParams{Query: intercom.Field("role").In()})
			return err
		}, "intercom: Contacts.Search: role IN: "},
		{"no query", func(ctx context.Context, c *intercom.Client) error {
			_, err := c.Contacts.Search(ctx, intercom.ContactSearchParams{})
			return err
		}, "intercom: Contacts.Search: the query is empty"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, mock := mockedClient(t)
			err := test.call(t.Context(), client)
			require.Error(t, err)
			assert.True(t, strings.HasPrefix(err.Error(), test.want), "%q", err)
			assert.NotContains(t, err.Error(), "\n")
			assert.Zero(t, mock.GetTotalCallCount())
		})
	}
}

func TestIDsStayInTheirSegment(t *testing.T) {
	t.Parallel()
	client, requests := requestsOf(t)
	for id, want := range map[string]string{
		"a/b": "/contacts/a%2Fb", "a?b=c": "/contacts/a%3Fb=c", "../admins": "/contacts/..%2Fadmins", "a#b": "/contacts/a%23b",
		"50%": "/contacts/50%25", "a b": "/contacts/a%20b", "ü": "/contacts/%C3%BC", "a@b.example": "/contacts/a@b.example",
	} {
		*requests = nil
		_, err := client.Contacts.Get(t.Context(), id)
		require.NoError(t, err)
		assert.Equal(t, want, (*requests)[0].URL.RequestURI())
	}
}

func TestWithSharesAndDiffers(t *testing.T) {
	t.Parallel()
	client, requests := requestsOf(t, intercom.WithHeader("X-One", "1"), intercom.WithAppInfo("sync/1"))
	other, err := client.With(
		intercom.WithToken("other-token"), intercom.WithVersion(intercom.V2_12), intercom.WithRegion(intercom.AU),
		intercom.WithHeader("X-Two", "2"), intercom.WithAppInfo("sync/2"),
	)
	require.NoError(t, err)
	same, err := client.With()
	require.NoError(t, err)
	for _, c := range []*intercom.Client{client, other, same} {
		require.NoError(t, getContact(c))
	}
	type seen struct{ host, token, version, one, two, agent string }
	var got []seen
	for _, r := range *requests {
		got = append(got, seen{r.URL.Host, r.Header.Get("Authorization"), r.Header.Get("Intercom-Version"), r.Header.Get("X-One"), r.Header.Get("X-Two"), r.Header.Get("User-Agent")})
	}
	first := seen{"api.intercom.io", "Bearer test-token", "2.8", "1", "", "intercom-go/" + intercom.Version + " sync/1"}
	assert.Equal(t, []seen{first, {"api.au.intercom.io", "Bearer other-token", "2.12", "1", "2", "intercom-go/" + intercom.Version + " sync/2"}, first}, got)
	assert.NotSame(t, client.Contacts, other.Contacts)

	for name, opt := range map[string]intercom.ClientOption{"nil": nil, "http.Client": intercom.WithHTTPClient(http.DefaultClient), "token": intercom.WithToken(""), "base URL": intercom.WithBaseURL("http://far.example")} {
		_, err := client.With(opt)
		require.Error(t, err, name)
		assert.True(t, strings.HasPrefix(err.Error(), "intercom: "), name)
	}
}

func TestWithSharesConnections(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(answer(`{}`))
	var opened atomic.Int32
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	client, err := intercom.NewClient("tok", intercom.WithBaseURL(server.URL))
	require.NoError(t, err)
	t.Cleanup(client.CloseIdleConnections)
	other, err := client.With(intercom.WithToken("other"))
	require.NoError(t, err)
	for _, c := range []*intercom.Client{client, other, client, other} {
		require.NoError(t, getContact(c))
	}
	assert.EqualValues(t, 1, opened.Load())
	other.CloseIdleConnections()
	require.NoError(t, getContact(client), "it stays usable")
}

// tokens is a TokenSource that gives one token after the other.
type tokens struct {
	list []string
	next int
	err  error
}

func (s *tokens) Token(context.Context) (string, error) {
	if s.err != nil {
		return "", s.err
	}
	s.next++
	return s.list[(s.next-1)%len(s.list)], nil
}

func TestTokenSourceIsAskedForEachAttempt(t *testing.T) {
	t.Parallel()
	var got []string
	handler := func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Authorization"))
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	client, err := intercom.NewClient("",
		intercom.WithTokenSource(&tokens{list: []string{"first", "second", "third"}}),
		intercom.WithHTTPClient(&http.Client{Transport: handlerTransport{http.HandlerFunc(handler)}}),
		intercom.WithRetry(intercom.RetryPolicy{MinBackoff: 1, MaxBackoff: 1}))
	require.NoError(t, err)
	require.Error(t, getContact(client))
	assert.Equal(t, []string{"Bearer first", "Bearer second", "Bearer third"}, got)
}

func TestTokenSourceThatFails(t *testing.T) {
	t.Parallel()
	locked := errors.New("the vault is locked")
	for name, test := range map[string]struct {
		source *tokens
		want   string
	}{
		"error": {&tokens{err: locked}, "intercom: Contacts.Get GET /contacts/{id}: no access token: the vault is locked; check the token source"},
		"empty": {&tokens{list: []string{""}}, "intercom: Contacts.Get GET /contacts/{id}: no access token: "},
		"bad":   {&tokens{list: []string{"a\nb"}}, "intercom: Contacts.Get GET /contacts/{id}: no access token: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, requests := requestsOf(t, intercom.WithTokenSource(test.source))
			err := getContact(client)
			require.ErrorContains(t, err, test.want)
			assert.NotContains(t, err.Error(), "\n")
			assert.Empty(t, *requests)
			if test.source.err != nil {
				require.ErrorIs(t, err, locked)
			}
		})
	}
}

// carelessSource is a TokenSource that holds its token in the open.
type carelessSource struct{ Secret string }

func (s carelessSource) Token(context.Context) (string, error) { return s.Secret, nil }

func TestTheTokenIsNeverShown(t *testing.T) {
	t.Parallel()
	const token = "dG9rOnZlcnktc2VjcmV0LTEyMw=="
	var logged bytes.Buffer
	var told []any
	handler := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Seen", r.Header.Get("Authorization")) // A proxy that shows what it was sent.
		failWith(http.StatusBadGateway, `<pre>`+r.Header.Get("Authorization")+`</pre>`)(w, r)
	}
	opts := []intercom.ClientOption{
		intercom.WithHTTPClient(&http.Client{Transport: handlerTransport{http.HandlerFunc(handler)}}),
		intercom.WithLogger(slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))),
		intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 2, MinBackoff: 1, MaxBackoff: 1}),
		intercom.WithCallHook(func(ctx context.Context, start intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
			told = append(told, start)
			return ctx, func(end intercom.CallEnd) { told = append(told, end, end.Err) }
		}),
		intercom.WithAttemptHook(func(ctx context.Context, start intercom.AttemptStart) (context.Context, func(intercom.AttemptEnd)) {
			told = append(told, start)
			return ctx, func(end intercom.AttemptEnd) { told = append(told, end, end.Err) }
		}),
	}
	plain, err := intercom.NewClient(token, opts...)
	require.NoError(t, err)
	sourced, err := intercom.NewClient("", append(opts, intercom.WithTokenSource(carelessSource{token}))...)
	require.NoError(t, err)
	derived, err := plain.With(intercom.WithToken(token))
	require.NoError(t, err)
	for _, client := range []*intercom.Client{plain, sourced, derived} {
		err := getContact(client)
		var e *intercom.Error
		require.ErrorAs(t, err, &e)
		told = append(told, client, *client, client.Contacts, *client.Contacts, err, *e, e.Details, e.Header, string(e.Body))
	}
	bad := brokenClient(t, fmt.Errorf("proxy said: Bearer %s is odd", token), intercom.WithToken(token))
	told = append(told, getContact(bad))
	told = append(told, intercom.WithToken(token), intercom.WithTokenSource(carelessSource{token}), opts)
	slog.New(slog.NewJSONHandler(&logged, nil)).Error("all", "told", told, "client", plain, "source", sourced)
	slog.New(slog.NewTextHandler(&logged, nil)).Error("all", "told", told, "client", plain, "source", sourced)

	require.NotEmpty(t, told)
	for _, thing := range told {
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			text := fmt.Sprintf(format, thing)
			assert.NotContains(t, text, token, "%T by %s", thing, format)
		}
		if text, err := json.Marshal(thing); err == nil {
			assert.NotContains(t, string(text), token, "%T as JSON", thing)
		}
	}
	assert.NotContains(t, logged.String(), token)
	assert.Contains(t, logged.String(), "Contacts.Get")
	assert.Equal(t, "intercom.Client(2.8)", plain.String())
	assert.Equal(t, "intercom.Client(2.8)", fmt.Sprintf("%#v", plain))
}

// What nobody should do must not end in a panic all the same.
func TestEmptyClient(t *testing.T) {
	t.Parallel()
	var none *intercom.Client
	empty := new(intercom.Client)
	const want = "the client is empty; make one with NewClient"
	for name, client := range map[string]*intercom.Client{"nil": none, "empty": empty} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.EqualError(t, client.Do(t.Context(), "GET", "/me", nil, nil), "intercom: Do: "+want)
			_, err := client.With()
			require.EqualError(t, err, "intercom: Client.With: "+want)
			assert.NotPanics(t, client.CloseIdleConnections)
			assert.NotPanics(t, func() { _ = fmt.Sprintf("%v %+v %#v %s", client, client, client, client.String()) })
			assert.Empty(t, client.APIVersion())
		})
	}
	_, err := new(intercom.ContactsService).Get(t.Context(), "c-1")
	require.EqualError(t, err, "intercom: Contacts.Get: "+want)
	_, err = new(intercom.ContactsService).List(t.Context(), intercom.ContactListParams{})
	require.EqualError(t, err, "intercom: Contacts.List: "+want)
	_, _, err = intercom.First(new(intercom.ContactsService).All(t.Context(), intercom.ContactListParams{}))
	require.ErrorContains(t, err, want)
}
