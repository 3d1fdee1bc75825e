package oauth

import (
	"errors"
	"net/http"

	"golang.org/x/oauth2"
)

// cookieName is the cookie of the state. Its prefix __Host-, where https is
// there for it, keeps other hosts of the same domain from setting one.
const cookieName = "intercom-oauth-state"

// stateSeconds is how long a browser may be away, twice the life of a code.
const stateSeconds = 600

// Begin returns the handler that sends a browser to Intercom. It makes a new
// state and keeps it in a cookie of that browser for ten minutes. A second
// installation that the same browser begins meanwhile takes the place of the
// first. Let only those reach it who may install the app.
func (a *App) Begin() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isGet(w, r) {
			return
		}
		state := NewState()
		a.setCookie(w, state, stateSeconds)
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, a.AuthorizeURL(state), http.StatusFound)
	})
}

// Callback returns the handler for RedirectURL. It compares the state with that
// of Begin, exchanges the code and calls installed, which keeps the token and
// answers, best by a redirect, so that the code leaves the address bar. When
// something is wrong Config.OnError answers instead.
func (a *App) Callback(installed func(w http.ResponseWriter, r *http.Request, token *oauth2.Token)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isGet(w, r) {
			return
		}
		if installed == nil {
			a.onError(w, r, errors.New("oauth: Callback: the function is nil"))
			return
		}
		var state string
		if cookie, err := r.Cookie(a.cookie); err == nil {
			state = cookie.Value
		}
		a.setCookie(w, "", -1) // good for one answer
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Referrer-Policy", "no-referrer") // the code is in the URL
		code, err := a.Code(r, state)
		if err != nil {
			a.onError(w, r, err)
			return
		}
		token, err := a.Exchange(r.Context(), code)
		if err != nil {
			a.onError(w, r, err)
			return
		}
		installed(w, r, token)
	})
}

// setCookie sets the cookie of the state, or takes it away if age is negative.
// Lax lets it come along when Intercom sends the browser back, and with no
// request that another site makes.
func (a *App) setCookie(w http.ResponseWriter, state string, age int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // secure but for http on a developer's machine
		Name: a.cookie, Value: state, Path: "/", MaxAge: age,
		Secure: a.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// isGet refuses other methods, even HEAD: a look must not use up a code.
func isGet(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet {
		return true
	}
	w.Header().Set("Allow", http.MethodGet)
	http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
	return false
}
