package transport

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// exchange is everything that one attempt hands to net/http, in one piece of
// memory. It can't be used again: net/http may hold on to it for a while.
type exchange struct {
	request http.Request
	url     url.URL
	body    requestBody
}

// exchange builds the request of one attempt.
func (s *sender) exchange(ctx context.Context, c *call) *exchange {
	e := new(exchange)
	e.request = *s.template.WithContext(ctx)
	e.request.Method = c.request.method()
	e.url = *s.base
	appendPath(&e.url, c.request.Path)
	e.url.RawQuery = c.request.Query
	e.request.URL = &e.url
	e.request.Header = c.header
	if s.cloneHeader {
		e.request.Header = copyHeader(c.header)
	}
	if len(c.request.Body) > 0 {
		e.body.data = c.request.Body
		e.request.Body = &e.body
		e.request.ContentLength = int64(len(c.request.Body))
		e.request.GetBody = e.body.again
	}
	return e
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

// copyHeader makes a header that may be changed and appended to. The values
// are still shared, but no append reaches them.
func copyHeader(header http.Header) http.Header {
	copied := make(http.Header, len(header))
	for name, values := range header {
		copied[name] = values[:len(values):len(values)]
	}
	return copied
}

// requestBody reads the body of a request. net/http may go on reading after it
// has returned, when the server answers early; from forget on it finds nothing,
// so that the caller's buffer is the caller's again.
type requestBody struct {
	mu     sync.Mutex
	data   []byte
	offset int
	gone   bool
	copies []*requestBody
}

// Read implements io.Reader.
func (b *requestBody) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.gone {
		return 0, io.ErrClosedPipe
	}
	if b.offset == len(b.data) {
		return 0, io.EOF
	}
	n := copy(p, b.data[b.offset:])
	b.offset += n
	return n, nil
}

// Close implements io.Closer. There is nothing to close.
func (b *requestBody) Close() error { return nil }

// again is http.Request.GetBody: net/http asks for the body once more when a
// kept connection turns out to be dead before anything was sent on it.
func (b *requestBody) again() (io.ReadCloser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.gone {
		return nil, io.ErrClosedPipe
	}
	another := &requestBody{data: b.data}
	b.copies = append(b.copies, another)
	return another, nil
}

// forget lets go of the data.
func (b *requestBody) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.data, b.gone = nil, true
	for _, another := range b.copies {
		another.forget()
	}
	b.copies = nil
}
