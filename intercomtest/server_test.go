package intercomtest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// clientOf returns a client of a workspace that sends each call once.
func clientOf(t testing.TB, srv *intercomtest.Server, opts ...intercom.ClientOption) *intercom.Client {
	t.Helper()
	client, err := srv.Client(append([]intercom.ClientOption{intercom.WithoutRetry()}, opts...)...)
	require.NoError(t, err)
	return client
}

// workspace returns a workspace without a socket and a client of it.
func workspace(t testing.TB, opts ...intercomtest.Option) (*intercomtest.Server, *intercom.Client) {
	t.Helper()
	srv := intercomtest.New(t, append([]intercomtest.Option{intercomtest.WithoutSocket()}, opts...)...)
	return srv, clientOf(t, srv)
}

// send sends a request past the client and returns status and body.
func send(t testing.TB, srv *intercomtest.Server, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+intercomtest.Token)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := srv.Transport().RoundTrip(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp, string(text)
}

func decode(t testing.TB, text string, into any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(text), into), text)
}

func TestServerOverASocket(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t)
	client := clientOf(t, srv)
	me, err := client.Admins.Me(t.Context())
	require.NoError(t, err)
	assert.Equal(t, srv.Me().ID, me.ID)
	assert.Equal(t, "US", me.App.Region)
}

func TestServerRefusesForeignTokens(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket(), intercomtest.WithToken("first", "second"))
	for token, fine := range map[string]bool{"first": true, "second": true, intercomtest.Token: false} {
		_, err := clientOf(t, srv, intercom.WithToken(token)).Admins.Me(t.Context())
		assert.Equal(t, !fine, intercom.IsUnauthorized(err), token)
	}
}

func TestServerVersions(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	for version, status := range map[string]int{"": 200, "2.7": 200, "2.16": 200, "2.6": 400, "2.17": 400, "9.9": 400, "two": 400, "2": 400} {
		resp, body := send(t, srv, "GET", "/me", "", "Intercom-Version", version)
		assert.Equal(t, status, resp.StatusCode, version)
		if status != 200 {
			assert.Contains(t, body, intercom.CodeIntercomVersionInvalid)
		}
	}
	resp, _ := send(t, srv, "GET", "/help_center/sections", "", "Intercom-Version", "2.10")
	assert.Equal(t, 404, resp.StatusCode, "sections were removed in 2.10")
}

func TestErrorsLookLikeTheRealOnes(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t, intercomtest.WithoutQuirks())
	_, err := client.Admins.Get(t.Context(), "0")
	var e *intercom.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 404, e.StatusCode)
	assert.Equal(t, "error.list", e.Type)
	assert.Len(t, e.RequestID, 20)
	assert.True(t, e.HasCode(intercom.CodeAdminNotFound))
	resp, body := send(t, srv, "PUT", "/admins/"+srv.Me().ID+"/away", `{"away_mode_enabled": 3, "away_mode_reassign": true}`)
	assert.Equal(t, 400, resp.StatusCode)
	assert.Contains(t, body, `"field":"away_mode_enabled"`)
	assert.Contains(t, body, resp.Header.Get("X-Request-Id"))
}

func TestMalformedBodies(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	for _, body := range []string{`{`, `[]`, `"x"`, `{} {}`, `{"a":}`, "\x00", strings.Repeat("[", 20000)} {
		resp, text := send(t, srv, "PUT", "/admins/1/away", body)
		assert.Equal(t, 400, resp.StatusCode)
		assert.Contains(t, text, intercom.CodeBadRequest)
	}
}

func TestRateLimitWindows(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 12, 0, 4, 0, time.UTC)
	srv, client := workspace(t, intercomtest.WithRateLimit(2), intercomtest.WithClock(func() time.Time { return start }))
	var response intercom.Response
	for left := 1; left >= 0; left-- {
		_, err := client.Admins.Me(t.Context(), intercom.WithResponse(&response))
		require.NoError(t, err)
		assert.Equal(t, 2, response.RateLimit.Limit)
		assert.Equal(t, left, response.RateLimit.Remaining)
		assert.WithinDuration(t, start.Add(6*time.Second), response.RateLimit.Reset, 0)
	}
	resp, body := send(t, srv, "GET", "/me", "")
	assert.Equal(t, http.StatusTooManyRequests, resp.StatusCode)
	assert.Contains(t, body, intercom.CodeRateLimitExceeded)
	srv.Advance(6 * time.Second)
	resp, _ = send(t, srv, "GET", "/me", "")
	assert.Equal(t, 200, resp.StatusCode)
}

func TestRequestsAreLogged(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	_, err := client.Admins.SetAway(t.Context(), srv.Me().ID, intercom.AdminAwayParams{AwayModeEnabled: true})
	require.NoError(t, err)
	_, _ = client.Admins.Get(t.Context(), "404")
	all := srv.Requests()
	require.Len(t, all, 2)
	assert.Equal(t, "Admins.SetAway", all[0].Operation)
	assert.JSONEq(t, `{"away_mode_enabled":true,"away_mode_reassign":false}`, string(all[0].Body))
	assert.Empty(t, all[0].Header.Get("Authorization"))
	assert.Equal(t, intercom.V2_8, all[0].Version)
	got := srv.Requests("Admins.Get")
	require.Len(t, got, 1)
	assert.Equal(t, 404, got[0].Status)
	srv.ForgetRequests()
	assert.Empty(t, srv.Requests())
}

func TestClosedServer(t *testing.T) {
	t.Parallel()
	for _, opts := range [][]intercomtest.Option{nil, {intercomtest.WithoutSocket()}} {
		srv := intercomtest.NewServer(opts...)
		client := clientOf(t, srv)
		srv.Close()
		srv.Close()
		_, err := client.Admins.Me(t.Context())
		require.Error(t, err)
		assert.NotEmpty(t, srv.Admins())
	}
}

func TestVirtualTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, client := workspace(t)
		srv.Inject(intercomtest.Fault{Delay: time.Hour})
		begin := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		_, err := client.Admins.Me(ctx)
		assert.True(t, intercom.IsTimeout(err))
		assert.Equal(t, 20*time.Second, time.Since(begin))
		assert.Equal(t, time.Now(), srv.Now())
	})
}

func TestManyAtATime(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t)
	client := clientOf(t, srv)
	srv.SeedCompanies(20)
	companies := srv.Companies()
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 20 {
				c, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{ExternalID: fmt.Sprint(worker, "-", i)})
				if err == nil {
					_, err = client.Contacts.Companies.Attach(t.Context(), c.ID, companies[i].ID)
				}
				_, searchErr := client.Contacts.Search(t.Context(), intercom.ContactSearchParams{Query: intercom.Field("role").Eq("user")})
				if err := errors.Join(err, searchErr); err != nil {
					t.Error(err)
					return
				}
				srv.Companies()
				srv.Requests()
				srv.Advance(time.Second)
				srv.Seed(intercom.Tag{Name: fmt.Sprint(worker, i)})
			}
		})
	}
	group.Wait()
	assert.Len(t, srv.Contacts(), 180)
}

func TestTheLogKeepsTheNewestRequests(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	first, _ := send(t, srv, "GET", "/me", "")
	for range 10_002 {
		_, _ = send(t, srv, "GET", "/nowhere", "")
	}
	last, _ := send(t, srv, "GET", "/me?last=yes", "")
	all := srv.Requests()
	require.Len(t, all, 10_000)
	assert.Equal(t, last.Header.Get("X-Request-Id"), all[9_999].ID)
	assert.Equal(t, "yes", all[9_999].Query.Get("last"))
	assert.Empty(t, all[0].Operation)
	assert.NotEqual(t, first.Header.Get("X-Request-Id"), all[0].ID)
	ids := map[string]bool{}
	for _, r := range all {
		ids[r.ID] = true
	}
	assert.Len(t, ids, 10_000, "each request has its own id")
}

func TestNewClosesItself(t *testing.T) {
	t.Parallel()
	test := &endingTB{T: t}
	client := clientOf(t, intercomtest.New(test))
	_, err := client.Admins.Me(t.Context())
	require.NoError(t, err)
	require.Len(t, test.cleanups, 1)
	test.cleanups[0]()
	_, err = client.Admins.Me(t.Context())
	require.Error(t, err)
}

// endingTB is a test that ends when it is told to.
type endingTB struct {
	*testing.T
	cleanups []func()
}

func (e *endingTB) Cleanup(f func()) { e.cleanups = append(e.cleanups, f) }

func TestVersionOfRequestsThatNameNone(t *testing.T) {
	t.Parallel()
	for version, want := range map[intercom.APIVersion]string{"": "2.8", intercom.V2_16: "2.16"} {
		var opts []intercomtest.Option
		if version != "" {
			opts = append(opts, intercomtest.WithVersion(version))
		}
		srv, _ := workspace(t, opts...)
		resp, _ := send(t, srv, "GET", "/me", "")
		assert.Equal(t, want, resp.Header.Get("Intercom-Version"))
	}
}

func TestTheClientsOptionsComeLast(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket(), nil)
	_, err := clientOf(t, srv, intercom.WithToken("other")).Admins.Me(t.Context())
	assert.True(t, intercom.IsUnauthorized(err), "%v", err)
	_, err = srv.Client(intercom.WithBaseURL("ftp://nowhere"))
	require.Error(t, err)
}

func TestURLsOfTheCallersOwn(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t, intercomtest.WithoutQuirks())
	srv.SeedCompanies(3)
	secure := httptest.NewTLSServer(srv)
	defer secure.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, secure.URL+"/companies?per_page=2", nil)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+intercomtest.Token)
	resp, err := secure.Client().Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"next":"`+secure.URL+"/companies?page=2&per_page=2")
}
