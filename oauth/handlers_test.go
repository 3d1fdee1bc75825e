package oauth_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/seed-8b687bef/intercom-go/oauth"
)

func TestInstall(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	s := newService(t, site)
	browser := s.browser(t)
	answer := get(t, browser, s.URL+"/install")
	assert.Equal(t, http.StatusNoContent, answer.StatusCode)
	assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
	assert.Equal(t, "no-referrer", answer.Header.Get("Referrer-Policy"))
	require.Empty(t, s.failures)
	require.Len(t, s.received, 1)
	assert.Equal(t, token, s.received[0].AccessToken)
	assert.True(t, s.received[0].Valid())
	assert.Zero(t, s.received[0].Expiry, "tokens of Intercom do not expire")
	assert.Empty(t, s.received[0].RefreshToken)

	require.Len(t, site.exchanges, 1, "a code is good for one exchange")
	sent := site.exchanges[0]
	assert.Equal(t, clientID, sent.Get("client_id"))
	assert.Equal(t, clientSecret, sent.Get("client_secret"))
	assert.Equal(t, goodCode, sent.Get("code"))

	// The same answer once more, as from the history of the browser.
	again := get(t, browser, answer.Request.URL.String())
	assert.Equal(t, http.StatusBadRequest, again.StatusCode)
	require.Len(t, s.failures, 1)
	require.ErrorIs(t, s.failures[0], oauth.ErrState)
	assert.Len(t, site.exchanges, 1)
}

func TestCallbackRefuses(t *testing.T) {
	t.Parallel()
	for name, query := range map[string]string{
		"no state":      "code=" + goodCode,
		"forged state":  "state=forged&code=" + goodCode,
		"nothing":       "",
		"forged denial": "state=forged&error=access_denied",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := newSite(t)
			s := newService(t, site)
			for _, cookie := range []string{"", oauth.NewState()} {
				r := httptest.NewRequest(http.MethodGet, s.URL+"/callback?"+query, http.NoBody)
				if cookie != "" {
					r.AddCookie(&http.Cookie{Name: "__Host-intercom-oauth-state", Value: cookie})
				}
				w := httptest.NewRecorder()
				s.Config.Handler.ServeHTTP(w, r)
				assert.Equal(t, http.StatusBadRequest, w.Code)
			}
			require.Len(t, s.failures, 2)
			for _, err := range s.failures {
				require.ErrorIs(t, err, oauth.ErrState)
			}
			assert.Empty(t, site.exchanges, "nothing is exchanged for a browser that did not ask")
			assert.Empty(t, s.received)
		})
	}
}

func TestDenied(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	site.denied = true
	s := newService(t, site)
	answer := get(t, s.browser(t), s.URL+"/install")
	assert.Equal(t, http.StatusForbidden, answer.StatusCode)
	require.Len(t, s.failures, 1)
	require.ErrorIs(t, s.failures[0], oauth.ErrDenied)
	require.EqualError(t, s.failures[0], "oauth: not authorized: access_denied")
	assert.Empty(t, s.received)
}

func TestRefusedCodeReachesOnError(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	site.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }
	s := newService(t, site)
	answer := get(t, s.browser(t), s.URL+"/install")
	assert.Equal(t, http.StatusBadGateway, answer.StatusCode)
	require.Len(t, s.failures, 1)
	var refused *oauth.Error
	require.ErrorAs(t, s.failures[0], &refused)
	assert.Equal(t, http.StatusUnauthorized, refused.StatusCode)
	assert.Empty(t, s.received)
}

func TestStateCookie(t *testing.T) {
	t.Parallel()
	for redirect, want := range map[string]string{
		"":                               "__Host-intercom-oauth-state",
		"https://example.com/callback":   "__Host-intercom-oauth-state",
		"http://localhost:8080/callback": "intercom-oauth-state",
	} {
		app, err := oauth.New(oauth.Config{ClientID: clientID, ClientSecret: clientSecret, RedirectURL: redirect})
		require.NoError(t, err)
		w := httptest.NewRecorder()
		app.Begin().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/install", http.NoBody))
		require.Equal(t, http.StatusFound, w.Code)
		to, err := url.Parse(w.Header().Get("Location"))
		require.NoError(t, err)
		cookie, err := http.ParseSetCookie(w.Header().Get("Set-Cookie"))
		require.NoError(t, err)
		assert.Equal(t, want, cookie.Name)
		assert.Equal(t, to.Query().Get("state"), cookie.Value)
		assert.Equal(t, strings.HasPrefix(want, "__Host-"), cookie.Secure)
		assert.True(t, cookie.HttpOnly)
		assert.Equal(t, http.SameSiteLaxMode, cookie.SameSite)
		assert.Equal(t, "/", cookie.Path)
		assert.Equal(t, 600, cookie.MaxAge)
	}
}

func TestOtherMethods(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	s := newService(t, site)
	for _, path := range []string{"/install", "/callback?code=" + goodCode + "&state=x"} {
		for _, method := range []string{http.MethodHead, http.MethodPost} {
			w := httptest.NewRecorder()
			s.Config.Handler.ServeHTTP(w, httptest.NewRequest(method, path, http.NoBody))
			assert.Equal(t, http.StatusMethodNotAllowed, w.Code)
			assert.Empty(t, w.Header().Get("Set-Cookie"), "a look must not end an installation")
		}
	}
	assert.Empty(t, site.exchanges)
}

func TestWithoutOnError(t *testing.T) {
	t.Parallel()
	app, err := oauth.New(oauth.Config{ClientID: clientID, ClientSecret: clientSecret})
	require.NoError(t, err)
	w := httptest.NewRecorder()
	app.Callback(func(http.ResponseWriter, *http.Request, *oauth2.Token) {}).
		ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/callback", http.NoBody))
	assert.Equal(t, http.StatusBadRequest, w.Code)
	assert.Equal(t, "Bad Request\n", w.Body.String())

	w = httptest.NewRecorder()
	app.Callback(nil).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/callback", http.NoBody))
	assert.Equal(t, http.StatusBadGateway, w.Code)
}
