package transport

import (
	"net/http"
	"net/url"
	"strings"
)

// maxRedirects is how many redirects of one read are followed.
const maxRedirects = 5

// guard copies an http.Client and puts our rules in front of its own: net/http
// alone would carry the token to another port, to a subdomain, or from https
// to http.
func guard(client *http.Client) *http.Client {
	guarded := *client
	also := client.CheckRedirect
	guarded.CheckRedirect = func(request *http.Request, via []*http.Request) error {
		if err := checkRedirect(request, via); err != nil {
			return err
		}
		if also != nil {
			return also(request, via)
		}
		return nil
	}
	return &guarded
}

// checkRedirect lets a read go on to the same server and stops everything
// else. The answer to a write comes back as it is, a *Failure with the status
// of the redirect: following it could turn the write into a read, or send it
// twice.
func checkRedirect(request *http.Request, via []*http.Request) error {
	origin := via[0]
	if origin.Method != http.MethodGet && origin.Method != http.MethodHead {
		return http.ErrUseLastResponse
	}
	if problem := foreign(origin.URL, request.URL); problem != "" {
		return &RedirectError{Problem: problem}
	}
	if len(via) > maxRedirects {
		return &RedirectError{Problem: "the server redirects in circles"}
	}
	// net/http drops the token where the same host is written another way.
	request.Header["Authorization"] = origin.Header["Authorization"]
	return nil
}

// foreign says why the target is not the same server, "" if it is.
func foreign(origin, target *url.URL) string {
	switch {
	case !strings.EqualFold(origin.Scheme, target.Scheme):
		return "the target has another scheme (" + shorten(target.Scheme) + " after " + origin.Scheme + ")"
	case !strings.EqualFold(origin.Hostname(), target.Hostname()):
		return "the target is another host (" + shorten(target.Hostname()) + ")"
	case portOf(origin) != portOf(target):
		return "the target is another port (" + shorten(portOf(target)) + ")"
	}
	return ""
}

// portOf is the port with the default of the scheme filled in.
func portOf(u *url.URL) string {
	if port := u.Port(); port != "" {
		return port
	}
	if strings.EqualFold(u.Scheme, "https") {
		return "443"
	}
	return "80"
}
