package oauth_test

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/seed-8b687bef/intercom-go/oauth"
)

const (
	clientID     = "5a7e0c9d-app"
	clientSecret = "s3cr3t of/the+app"
	goodCode     = "c0de-4711"
	token        = "dG9rOndvcmtzcGFjZQ=="
)

// intercomSite is the side of Intercom: the page that asks the admin, which
// always agrees unless told otherwise, and the endpoint of tokens.
type intercomSite struct {
	*httptest.Server

	mu        sync.Mutex
	denied    bool
	exchanges []url.Values
	answer    http.HandlerFunc // of the token endpoint, in place of its own
}

func newSite(t *testing.T) *intercomSite {
	t.Helper()
	site := &intercomSite{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /oauth", site.authorize)
	mux.HandleFunc("POST /auth/eagle/token", site.exchange)
	site.Server = httptest.NewTLSServer(mux)
	t.Cleanup(site.Close)
	return site
}

func (s *intercomSite) authorize(w http.ResponseWriter, r *http.Request) {
	back := url.Values{"state": {r.FormValue("state")}}
	if s.denied {
		back.Set("error", "access_denied")
	} else {
		back.Set("code", goodCode)
	}
	http.Redirect(w, r, r.FormValue("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (s *intercomSite) exchange(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.exchanges = append(s.exchanges, r.PostForm)
	w.Header().Set("Content-Type", "application/json")
	switch {
	case s.answer != nil:
		s.answer(w, r)
	case r.PostForm.Get("code") != goodCode || r.PostForm.Get("client_secret") != clientSecret:
		w.WriteHeader(http.StatusUnauthorized)
		json.NewEncoder(w).Encode(map[string]any{
			"type": "error.list", "request_id": "b4c1kdp3v2ttnrm5sgp0",
			"errors": []map[string]string{{"code": "unauthorized", "message": "Code " + r.PostForm.Get("code") + "\nis not known"}},
		})
	default:
		json.NewEncoder(w).Encode(map[string]string{"token_type": "Bearer", "token": token, "access_token": token})
	}
}

func (s *intercomSite) config(redirect string) oauth.Config {
	return oauth.Config{
		ClientID: clientID, ClientSecret: clientSecret, RedirectURL: redirect,
		Endpoint:   oauth2.Endpoint{AuthURL: s.URL + "/oauth", TokenURL: s.URL + "/auth/eagle/token"},
		HTTPClient: s.Client(),
	}
}

// service is a program that has the app: its two handlers behind TLS.
type service struct {
	*httptest.Server

	app      *oauth.App
	received []*oauth2.Token
	failures []error
}

func newService(t *testing.T, site *intercomSite) *service {
	t.Helper()
	s := &service{}
	mux := http.NewServeMux()
	s.Server = httptest.NewTLSServer(mux)
	t.Cleanup(s.Close)
	config := site.config(s.URL + "/callback")
	config.OnError = func(w http.ResponseWriter, _ *http.Request, err error) {
		s.failures = append(s.failures, err)
		w.WriteHeader(oauth.StatusCode(err))
	}
	var err error
	s.app, err = oauth.New(config)
	require.NoError(t, err)
	mux.Handle("/install", s.app.Begin())
	mux.Handle("/callback", s.app.Callback(func(w http.ResponseWriter, _ *http.Request, got *oauth2.Token) {
		s.received = append(s.received, got)
		w.WriteHeader(http.StatusNoContent)
	}))
	return s
}

// browser is a client that keeps cookies and takes any of the tests' servers
// for genuine.
func (s *service) browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	browser := *s.Client() // the servers of httptest share one certificate
	browser.Jar = jar
	return &browser
}

func get(t *testing.T, browser *http.Client, address string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	require.NoError(t, err)
	answer, err := browser.Do(r)
	require.NoError(t, err)
	answer.Body.Close()
	return answer
}
