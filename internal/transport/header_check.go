package transport

import (
	"errors"
	"net/http"
	"strings"
)

// reserved are the headers that the library or net/http writes itself, each
// with what to do instead.
var reserved = map[string]string{
	"Authorization":       "pass the access token to the client",
	"Intercom-Version":    "set the API version by its option",
	"User-Agent":          "set the user agent by its option",
	"Accept":              "the library asks for what it can read",
	"Accept-Encoding":     "answers are compressed anyway",
	"Content-Type":        "bodies are JSON",
	"Content-Encoding":    "bodies are sent as they are",
	"Content-Length":      "it is computed from the body",
	"Transfer-Encoding":   "it follows from the body",
	"Host":                "set the base URL",
	"Connection":          "connections belong to the http.Client",
	"Keep-Alive":          "connections belong to the http.Client",
	"Proxy-Connection":    "connections belong to the http.Client",
	"Proxy-Authorization": "set the proxy on the http.Client's transport",
	"Te":                  "it belongs to the connection",
	"Trailer":             "there are no trailers",
	"Upgrade":             "it belongs to the connection",
	"Expect":              "leave it out",
}

// ValidateHeader refuses a header that can't be added to requests: one that the
// library writes itself, or one with characters that a header can't hold, which
// would let a value smuggle in another header.
func ValidateHeader(name, value string) error {
	if name == "" {
		return errors.New("intercom: the name of a header is empty")
	}
	for i := range len(name) {
		if !isTokenByte(name[i]) {
			return errors.New("intercom: the header name " + shorten(name) + " contains a character that no name may hold; use letters, digits and hyphens")
		}
	}
	canonical := http.CanonicalHeaderKey(name)
	if instead, ok := reserved[canonical]; ok {
		return errors.New("intercom: the header " + canonical + " can't be set: " + instead)
	}
	for i := range len(value) {
		if value[i] < ' ' && value[i] != '\t' || value[i] == 0x7f {
			return errors.New("intercom: the value of the header " + canonical + " contains a control character; remove line ends")
		}
	}
	return nil
}

// isTokenByte tells whether a byte may stand in the name of a header.
func isTokenByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}
