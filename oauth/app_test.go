package oauth_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/oauth"
)

func TestEndpoint(t *testing.T) {
	t.Parallel()
	for region, want := range map[intercom.Region][2]string{
		"":          {"https://app.intercom.com/oauth", "https://api.intercom.io/auth/eagle/token"},
		intercom.US: {"https://app.intercom.com/oauth", "https://api.intercom.io/auth/eagle/token"},
		intercom.EU: {"https://app.eu.intercom.com/oauth", "https://api.eu.intercom.io/auth/eagle/token"},
		"Europe":    {"https://app.eu.intercom.com/oauth", "https://api.eu.intercom.io/auth/eagle/token"},
		intercom.AU: {"https://app.au.intercom.com/oauth", "https://api.au.intercom.io/auth/eagle/token"},
	} {
		endpoint, err := oauth.Endpoint(region)
		require.NoError(t, err)
		assert.Equal(t, want, [2]string{endpoint.AuthURL, endpoint.TokenURL})
		assert.Equal(t, oauth2.AuthStyleInParams, endpoint.AuthStyle)
	}
	_, err := oauth.Endpoint("Mars")
	assert.EqualError(t, err, `oauth: region "Mars" is unknown; use US, EU or AU`)
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for want, config := range map[string]oauth.Config{
		"oauth: ClientID or ClientSecret is empty":           {ClientID: clientID},
		"oauth: RedirectURL \"/callback\" is no URL":         {ClientID: clientID, ClientSecret: clientSecret, RedirectURL: "/callback"},
		"oauth: region \"Mars\" is unknown":                  {ClientID: clientID, ClientSecret: clientSecret, Region: "Mars"},
		"oauth: Endpoint.TokenURL is no https URL":           {ClientID: clientID, ClientSecret: clientSecret, Endpoint: oauth2.Endpoint{TokenURL: "http://example.com"}},
		"oauth: Endpoint.TokenURL is no https URL; plain ht": {ClientID: clientID, ClientSecret: clientSecret, Endpoint: oauth2.Endpoint{TokenURL: "/token"}},
	} {
		_, err := oauth.New(config)
		assert.ErrorContains(t, err, want)
	}
}

func TestAuthorizeURL(t *testing.T) {
	t.Parallel()
	app, err := oauth.New(oauth.Config{
		ClientID: clientID, ClientSecret: clientSecret, Region: intercom.AU, RedirectURL: "https://example.com/back",
	})
	require.NoError(t, err)
	state := oauth.NewState()
	u, err := url.Parse(app.AuthorizeURL(state))
	require.NoError(t, err)
	assert.Equal(t, "app.au.intercom.com", u.Host)
	assert.Equal(t, url.Values{
		"client_id": {clientID}, "redirect_uri": {"https://example.com/back"}, "response_type": {"code"}, "state": {state},
	}, u.Query())
	assert.Len(t, state, 26)
	assert.NotEqual(t, state, oauth.NewState())
}

func TestCode(t *testing.T) {
	t.Parallel()
	app := newApp(t, newSite(t))
	state := oauth.NewState()
	for query, want := range map[string]string{
		"state=" + state + "&code=abc":                          "",
		"state=" + state:                                        "oauth: not authorized: the request has no code",
		"state=" + state + "&error=access_denied":               "oauth: not authorized: access_denied",
		"state=" + state + "&code=abc&error=a%0Ab":              "oauth: not authorized: a b",
		"state=" + strings.ToLower(state) + "&code=abc":         "oauth: state refused: the request has another one",
		"state=" + state[:25] + "&code=abc":                     "oauth: state refused: the request has another one",
		"code=abc":                                              "oauth: state refused: the request has none",
		"state=" + state + "&error=" + strings.Repeat("x", 500): "oauth: not authorized: " + strings.Repeat("x", 200) + "…",
	} {
		code, err := app.Code(httptest.NewRequest(http.MethodGet, "/callback?"+query, http.NoBody), state)
		if want == "" {
			require.NoError(t, err)
			assert.Equal(t, "abc", code)
			continue
		}
		require.EqualError(t, err, want)
		assert.Empty(t, code)
	}
	_, err := app.Code(httptest.NewRequest(http.MethodGet, "/callback?state=&code=abc", http.NoBody), "")
	require.ErrorIs(t, err, oauth.ErrState, "an empty state fits nothing")
}

func TestExchangeRefused(t *testing.T) {
	t.Parallel()
	app := newApp(t, newSite(t))
	_, err := app.Exchange(t.Context(), "stale-code")
	var refused *oauth.Error
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, oauth.Error{
		StatusCode: http.StatusUnauthorized, Code: "unauthorized", Message: "Code [hidden] is not known", RequestID: "b4c1kdp3v2ttnrm5sgp0",
	}, *refused)
	require.EqualError(t, err, "oauth: exchanging the code: 401 Unauthorized: unauthorized: Code [hidden] is not known (request b4c1kdp3v2ttnrm5sgp0); "+
		"check client id and secret, or let the admin begin anew: a code is good for a few minutes and one use")

	_, err = app.Exchange(t.Context(), "")
	require.EqualError(t, err, "oauth: Exchange: the code is empty")
}

func TestAnswersOfTheTokenEndpoint(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status     int
		kind, body string
		want       string
	}{
		"standard":       {400, "application/json", `{"error":"invalid_grant","error_description":"too old"}`, "400 Bad Request: invalid_grant: too old"},
		"a form":         {400, "text/plain", "error=invalid_grant&error_description=too+old", "400 Bad Request: invalid_grant: too old"},
		"an error in ok": {200, "application/json", `{"error":"invalid_grant"}`, "200 OK: invalid_grant"},
		"a message":      {404, "application/json", `{"message":"no such app","error":17}`, "404 Not Found: no such app"},
		"html":           {502, "text/html", "<html>\n<b>Bad gateway</b>", "502 Bad Gateway; try later"},
		"the secret":     {401, "application/json", `{"errors":[{"code":"unauthorized","message":"` + clientSecret + " " + url.QueryEscape(clientSecret) + `"}]}`, "unauthorized: [hidden] [hidden];"},
		"no token":       {200, "application/json", `{"token_type":"Bearer"}`, "the answer is no token"},
		"no JSON":        {200, "application/json", `{`, "the answer is no token"},
		"redirect":       {307, "text/html", "", "307 Temporary Redirect"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := newSite(t)
			site.answer = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", c.kind)
				w.Header().Set("Location", site.URL+"/auth/eagle/token")
				w.WriteHeader(c.status)
				io.WriteString(w, c.body)
			}
			_, err := newApp(t, site).Exchange(t.Context(), goodCode)
			require.ErrorContains(t, err, c.want)
			assert.True(t, strings.HasPrefix(err.Error(), "oauth: exchanging the code: "))
			assert.NotContains(t, err.Error(), "\n")
			assert.Equal(t, http.StatusBadGateway, oauth.StatusCode(err))
			assert.Len(t, site.exchanges, 1, "asked once, and no redirect followed")
		})
	}
}

// roundTrip is a network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestExchangeWithoutAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		silent := roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		app, err := oauth.New(oauth.Config{ClientID: clientID, ClientSecret: clientSecret, HTTPClient: &http.Client{Transport: silent}})
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		begun := time.Now()
		_, err = app.Exchange(ctx, goodCode)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.EqualError(t, err, "oauth: exchanging the code: context deadline exceeded")
		assert.Equal(t, 3*time.Second, time.Since(begun))
	})
	down := roundTrip(func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") })
	app, err := oauth.New(oauth.Config{ClientID: clientID, ClientSecret: clientSecret, HTTPClient: &http.Client{Transport: down}})
	require.NoError(t, err)
	_, err = app.Exchange(t.Context(), goodCode)
	require.EqualError(t, err, "oauth: exchanging the code: connection refused")
}

func TestTheCallersClientIsNotChanged(t *testing.T) {
	t.Parallel()
	client := &http.Client{}
	_, err := oauth.New(oauth.Config{ClientID: clientID, ClientSecret: clientSecret, HTTPClient: client})
	require.NoError(t, err)
	assert.Nil(t, client.CheckRedirect)
}

func TestPrintingHidesSecrets(t *testing.T) {
	t.Parallel()
	app := newApp(t, newSite(t))
	source := oauth.TokenSource(oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token}))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		text := fmt.Sprintf(verb+verb+verb, app, *app, source)
		assert.NotContains(t, text, clientSecret)
		assert.NotContains(t, text, token)
	}
	assert.Equal(t, "oauth.App("+clientID+")", app.String())
}

func TestStatusCode(t *testing.T) {
	t.Parallel()
	assert.Equal(t, http.StatusOK, oauth.StatusCode(nil))
	assert.Equal(t, http.StatusBadRequest, oauth.StatusCode(fmt.Errorf("x: %w", oauth.ErrState)))
	assert.Equal(t, http.StatusForbidden, oauth.StatusCode(fmt.Errorf("x: %w", oauth.ErrDenied)))
	assert.Equal(t, http.StatusBadGateway, oauth.StatusCode(&oauth.Error{StatusCode: http.StatusNotFound}))
}

func newApp(t *testing.T, site *intercomSite) *oauth.App {
	t.Helper()
	app, err := oauth.New(site.config("https://example.com/callback"))
	require.NoError(t, err)
	return app
}
