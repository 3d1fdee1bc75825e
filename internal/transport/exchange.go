package transport

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// exchange is everything that one attempt hands to net/http, in one piece of
// memory. It can't be used again: net/http may hold on to it for a while.
type exchange struct {
	request http.Request
	url     url.URL
	data    []byte
	body    bytes.Reader
}

// build builds the request of one attempt.
func (s *sender) build(ctx context.Context, c *call) *http.Request {
	e := new(exchange)
	e.request = *s.template.WithContext(ctx)
	e.request.Method = c.request.method()
	e.url = *s.base
	appendPath(&e.url, c.request.Path)
	e.url.RawQuery = c.request.Query
	e.request.URL = &e.url
	e.request.Header = c.header
	if s.cloneHeader {
		e.request.Header = c.header.Clone()
	}
	if len(c.request.Body) > 0 {
		// net/http sends a body of just this type in one packet with the header.
		e.data = c.request.Body
		e.body.Reset(e.data)
		e.request.Body = io.NopCloser(&e.body)
		e.request.ContentLength = int64(len(e.data))
		e.request.GetBody = e.again
	}
	return &e.request
}

// appendPath puts an escaped path behind the one of the base URL. Both forms
// of the path are needed where the escaped one can't be derived from the plain
// one: with an id that has an escaped slash in it.
func appendPath(base *url.URL, path string) {
	if base.RawPath == "" && strings.IndexByte(path, '%') < 0 {
		base.Path += path
		return
	}
	base.RawPath = base.EscapedPath() + path
	plain, err := url.PathUnescape(path)
	if err != nil {
		// JoinPath and CheckRawPath let no bad escape through.
		plain = path
	}
	base.Path += plain
}

// again is http.Request.GetBody: net/http asks for the body once more when a
// kept connection turns out to be dead before anything was sent on it.
func (e *exchange) again() (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(e.data)), nil
}
