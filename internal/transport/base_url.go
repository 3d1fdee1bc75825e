package transport

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// ParseBaseURL reads the base URL of the API: http or https, a host, perhaps a
// path in front of all others; no user, query or fragment. That http is only
// for this machine is checked by New, which knows whether it was allowed.
func ParseBaseURL(text string) (*url.URL, error) {
	if text == "" {
		return nil, errors.New("intercom: the base URL is empty; pass one such as https://api.intercom.io")
	}
	base, err := url.Parse(text)
	if err != nil {
		// The error of url.Parse quotes the text, which may hold a password.
		return nil, errors.New("intercom: the base URL can't be read; pass one such as https://api.intercom.io")
	}
	if err := checkBase(base, true); err != nil {
		return nil, err
	}
	return trimmed(base), nil
}

// checkBase refuses what can't be a base URL.
func checkBase(base *url.URL, allowInsecure bool) error {
	if base == nil {
		return errNilBaseURL
	}
	switch {
	case base.Scheme == "":
		return errors.New("intercom: the base URL has no scheme; begin it with https://")
	case base.Scheme != "https" && base.Scheme != "http":
		return errors.New("intercom: the base URL has the scheme " + shorten(base.Scheme) + "; use https")
	case base.Opaque != "" || base.Hostname() == "":
		return errors.New("intercom: the base URL has no host; pass one such as https://api.intercom.io")
	case base.User != nil:
		return errors.New("intercom: the base URL has a user in it; pass the token as the token")
	case base.RawQuery != "" || base.ForceQuery:
		return errors.New("intercom: the base URL has a query; leave it out")
	case base.Fragment != "":
		return errors.New("intercom: the base URL has a fragment; leave it out")
	case base.Scheme == "http" && !allowInsecure && !isLoopback(base.Hostname()):
		return errors.New("intercom: the base URL would send the token to " + shorten(base.Hostname()) + " unencrypted; use https")
	}
	return nil
}

// isLoopback tells whether a host is this machine.
func isLoopback(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// trimmed is a copy of base without the slash at its end, because every path
// begins with one.
func trimmed(base *url.URL) *url.URL {
	copied := *base
	copied.Path = strings.TrimRight(base.Path, "/")
	copied.RawPath = strings.TrimRight(base.RawPath, "/")
	return &copied
}
