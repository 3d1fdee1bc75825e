package oauth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"

	"github.com/seed-8b687bef/intercom-go"
)

// Config describes an app to New.
type Config struct {
	// ClientID and ClientSecret are on the app's page in the Developer Hub, under
	// Basic information. Both are needed.
	ClientID, ClientSecret string
	// RedirectURL is where Intercom sends the admin back to, one of those that
	// the Developer Hub lists. Empty means the first of them.
	RedirectURL string
	// Region is where the workspaces are that install the app; empty means US.
	// An app for several regions has one App for each.
	Region intercom.Region
	// Endpoint replaces that of the region, for tests and proxies. A URL that is
	// empty is taken from the region.
	Endpoint oauth2.Endpoint
	// HTTPClient exchanges the codes. It is copied, and the copy follows no
	// redirect: the secret is for Intercom alone. Nil means a client that gives
	// up after 30 seconds.
	HTTPClient *http.Client
	// OnError answers the admin whose installation went wrong, and is the place
	// to log the error. Nil means the status of StatusCode and its name.
	OnError func(w http.ResponseWriter, r *http.Request, err error)
}

// App is an app in the Developer Hub that can be installed by way of OAuth. It
// is safe for concurrent use.
type App struct {
	config  func() *oauth2.Config // no way of printing follows a function to the secret
	client  *http.Client
	onError func(http.ResponseWriter, *http.Request, error)
	cookie  string
	secure  bool
}

// timeout bounds an exchange where the caller gave no client.
const timeout = 30 * time.Second

// New returns the App that config describes.
func New(config Config) (*App, error) {
	if config.ClientID == "" || config.ClientSecret == "" {
		return nil, errors.New("oauth: ClientID or ClientSecret is empty; both are in the Developer Hub, under Basic information")
	}
	secure, err := overTLS(config.RedirectURL)
	if err != nil {
		return nil, err
	}
	endpoint, err := endpointOf(config)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Timeout: timeout}
	if config.HTTPClient != nil {
		*client = *config.HTTPClient
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	settings := &oauth2.Config{
		ClientID: config.ClientID, ClientSecret: config.ClientSecret,
		RedirectURL: config.RedirectURL, Endpoint: endpoint,
	}
	a := &App{
		config: func() *oauth2.Config { return settings },
		client: client, onError: config.OnError, cookie: cookieName, secure: secure,
	}
	if a.onError == nil {
		a.onError = answerError
	}
	if secure {
		a.cookie = "__Host-" + cookieName
	}
	return a, nil
}

// overTLS tells whether the browser comes back by https. Plain http is for a
// developer's machine.
func overTLS(redirect string) (bool, error) {
	if redirect == "" {
		return true, nil
	}
	u, err := url.Parse(redirect)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return false, fmt.Errorf("oauth: RedirectURL %q is no URL with https and a host", redirect)
	}
	return u.Scheme == "https", nil
}

func endpointOf(config Config) (oauth2.Endpoint, error) {
	endpoint, err := Endpoint(config.Region)
	if err != nil {
		return endpoint, err
	}
	if config.Endpoint.AuthURL != "" {
		endpoint.AuthURL = config.Endpoint.AuthURL
	}
	if config.Endpoint.TokenURL != "" {
		endpoint.TokenURL = config.Endpoint.TokenURL
	}
	if u, err := url.Parse(endpoint.TokenURL); err != nil || u.Host == "" || (u.Scheme != "https" && !isLocal(u)) {
		return endpoint, errors.New("oauth: Endpoint.TokenURL is no https URL; plain http is for the local machine only, because the secret travels along")
	}
	return endpoint, nil
}

func isLocal(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip.IsLoopback())
}

// String tells the id of the app and nothing secret.
func (a *App) String() string { return fmt.Sprintf("oauth.App(%s)", a.config().ClientID) }

// GoString keeps %#v from walking through the App.
func (a *App) GoString() string { return a.String() }

// NewState returns a state for one installation: 26 random letters and digits,
// which nobody guesses. Keep it in the session of the browser that goes to
// AuthorizeURL, and hand it to Code when that browser comes back.
func NewState() string { return rand.Text() }

// AuthorizeURL returns the page that asks the admin. The state comes back with
// the answer and shows that it was this browser that asked.
func (a *App) AuthorizeURL(state string) string { return a.config().AuthCodeURL(state) }

// Code reads the request with which a browser comes back from Intercom. State
// is the one that went to AuthorizeURL from the same browser; the comparison
// takes the same time wherever the two differ. The error is ErrState if they do,
// and ErrDenied if the admin did not agree.
func (a *App) Code(r *http.Request, state string) (string, error) {
	query := r.URL.Query()
	got := query.Get("state")
	switch {
	case state == "":
		return "", fmt.Errorf("%w: none is known for this browser", ErrState)
	case got == "":
		return "", fmt.Errorf("%w: the request has none", ErrState)
	case subtle.ConstantTimeCompare([]byte(got), []byte(state)) != 1:
		return "", fmt.Errorf("%w: the request has another one", ErrState)
	}
	if reason := query.Get("error"); reason != "" {
		return "", fmt.Errorf("%w: %s", ErrDenied, a.clean(reason))
	}
	code := query.Get("code")
	if code == "" {
		return "", fmt.Errorf("%w: the request has no code", ErrDenied)
	}
	return code, nil
}

// Exchange turns a code into a token. A code is good for a few minutes and for
// one exchange, so a failed one is not repeated: let the admin begin anew. The
// token has no expiry and no refresh token. The error is an *Error if Intercom
// refused; no error holds the code or the secret.
func (a *App) Exchange(ctx context.Context, code string) (*oauth2.Token, error) {
	if code == "" {
		return nil, errors.New("oauth: Exchange: the code is empty")
	}
	token, err := a.config().Exchange(context.WithValue(ctx, oauth2.HTTPClient, a.client), code)
	if err != nil {
		return nil, a.exchangeError(ctx, err, code)
	}
	return token, nil
}
