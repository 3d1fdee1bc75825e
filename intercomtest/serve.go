package intercomtest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// response is an answer that is not simply JSON with status 200. Handlers
// return one where nothing else will do.
type response struct {
	status int
	header http.Header // beside the usual one
	body   any         // encoded; nil for none
	file   []byte      // in the place of body
}

// done is the answer that says nothing but that all went well.
func (w *workspace) done() *response {
	if w.quirks {
		return &response{status: http.StatusNoContent}
	}
	return &response{status: http.StatusOK}
}

// exchange is a request with its answer.
type exchange struct {
	server *Server
	http   *http.Request
	base   string // scheme and host that the caller used
	id     string
	now    time.Time
	route  *route
	values []string
	query  url.Values
	body   []byte // of the request
	fields *fields
	op     *operations.Operation // nil if there is none

	status int
	header http.Header
	answer []byte
	fault  *Fault // nil if all goes well
}

// exchange works out the answer to a request.
func (s *Server) exchange(r *http.Request, base string) *exchange {
	x := &exchange{server: s, http: r, base: base, id: s.space.ids.request(), now: s.Now(), query: r.URL.Query(), header: make(http.Header, 10)}
	x.route, x.values = s.routes.find(r)
	x.header.Set("X-Request-Id", x.id)
	x.header.Set("Date", x.now.UTC().Format(http.TimeFormat))
	err := x.read()
	x.fault = s.faults.take(x.op)
	if x.fault == nil || !x.fault.replaces() || x.fault.CarryOut {
		if err := x.handle(err); err != nil {
			x.refuse(err)
		}
	}
	x.spoil()
	x.log()
	return x
}

// read reads the body and finds out which operation is asked for.
func (x *exchange) read() (err error) {
	if x.body, err = readBody(x.http); err == nil {
		x.fields, err = parseBody(x.body)
	}
	if x.route != nil {
		what := &sent{values: x.values, query: x.query}
		if err == nil {
			what.body = x.fields.members
		}
		x.op = x.route.operation(what)
	}
	return err
}

// handle checks what all requests have in common and goes to the room. A body
// that could not be read matters only once the caller is known.
func (x *exchange) handle(unreadable error) error {
	s := x.server
	if !authorized(x.http.Header, s.config.tokens) {
		return refuse(http.StatusUnauthorized, intercom.CodeUnauthorized, "Access Token Invalid")
	}
	if !s.limits.take(x.now, x.header) {
		return refuse(http.StatusTooManyRequests, intercom.CodeRateLimitExceeded, "Too many requests in this window")
	}
	version, err := versionOf(x.http.Header, s.config.version)
	if err != nil {
		return err
	}
	if x.route == nil || !x.route.in(version) {
		return notFound("Resource")
	}
	if unreadable != nil {
		return unreadable
	}
	return x.enter(&request{
		route: x.route, values: x.values, query: x.query, body: x.fields,
		header: x.http.Header, version: version, base: x.base, path: x.http.URL.Path, id: x.id,
	})
}

// enter lets the room answer. What it answers is encoded while the workspace is
// still locked, because it may be part of the state.
func (x *exchange) enter(r *request) error {
	w := x.server.space
	w.mu.Lock()
	defer w.mu.Unlock()
	told := x.server.watch(r)
	result, err := x.route.handle(w, r)
	if err != nil {
		return err
	}
	told(result)
	x.status = http.StatusOK
	if special, ok := result.(*response); ok {
		x.status = special.status
		maps.Copy(x.header, special.header)
		result = special.body
		x.answer = special.file
	}
	x.header.Set("Intercom-Version", versionText(r.version))
	if result != nil {
		x.encode(result, r.version)
	}
	return nil
}

func versionText(v operations.Version) string {
	return strconv.Itoa(int(v/1000)) + "." + strconv.Itoa(int(v%1000))
}

// refuse answers with an error.
func (x *exchange) refuse(err error) {
	f := &failure{status: http.StatusBadRequest, details: []intercom.ErrorDetail{{Code: intercom.CodeBadRequest, Message: err.Error()}}}
	errors.As(err, &f)
	x.status = f.status
	maps.Copy(x.header, f.header)
	var id any = x.id
	if x.server.config.quirks {
		id = nil
	}
	x.encode(errorBody(f, id), newestVersion)
}

func (x *exchange) encode(value any, version operations.Version) {
	e := encoder{b: buffers.Get().([]byte), version: version, quirks: x.server.config.quirks}
	if x.route != nil {
		e.b = slices.Grow(e.b, int(x.route.size.Load()))
	}
	e.value(value)
	x.answer = e.b
	if x.route != nil {
		x.route.size.Store(int64(min(len(e.b), largestBuffer)))
	}
	x.header.Set("Content-Type", "application/json; charset=utf-8")
}

// buffers are for answers. Those that were sent come back.
var buffers = sync.Pool{New: func() any { return make([]byte, 0, 4<<10) }}

// largestBuffer is how large a buffer that is kept may be.
const largestBuffer = 1 << 20

// release gives the buffer of the answer back, once it is sent.
func (x *exchange) release() {
	if cap(x.answer) <= largestBuffer {
		buffers.Put(x.answer[:0]) //nolint:staticcheck // A slice takes less than the object that holds it.
	}
}

// spoil puts what a fault answers in the place of the right answer.
func (x *exchange) spoil() {
	f := x.fault
	if f == nil {
		return
	}
	if f.replaces() {
		x.status, x.answer = f.answer(x.id)
		x.header.Set("Content-Type", "application/json; charset=utf-8")
	}
	if f.Reset {
		x.status, x.answer = 0, nil
	}
	maps.Copy(x.header, f.Header)
}

func (x *exchange) log() {
	entry := Request{
		Method: x.http.Method, Path: x.http.URL.Path, Query: x.query, Header: x.http.Header.Clone(),
		Body: x.body[:min(len(x.body), logBodySize)], Version: intercom.APIVersion(x.http.Header.Get("Intercom-Version")),
		Status: x.status, ID: x.id, Time: x.now,
	}
	entry.Header.Del("Authorization")
	if x.op != nil {
		entry.Operation = x.op.Name
	}
	x.server.log.add(entry)
}

// hold keeps the answer back for as long as a fault says.
func (x *exchange) hold(ctx context.Context) error {
	if x.fault == nil {
		return nil
	}
	return wait(ctx, x.fault.Delay)
}

// reader is the body of the answer.
func (x *exchange) reader(ctx context.Context) io.ReadCloser {
	if x.fault == nil || !x.fault.Cut && x.fault.Trickle == 0 {
		return io.NopCloser(bytes.NewReader(x.answer))
	}
	return x.fault.body(ctx, x.answer)
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	x := s.exchange(r, scheme+r.Host)
	if x.hold(r.Context()) != nil || x.status == 0 {
		reset(w)
		return
	}
	maps.Copy(w.Header(), x.header)
	w.Header().Set("Content-Length", strconv.Itoa(len(x.answer)))
	w.WriteHeader(x.status)
	if x.fault == nil {
		_, _ = w.Write(x.answer)
		x.release()
		return
	}
	x.trickle(r.Context(), w)
}

// trickle writes the body piece by piece.
func (x *exchange) trickle(ctx context.Context, w http.ResponseWriter) {
	body := x.reader(ctx)
	buffer := make([]byte, 32<<10)
	for {
		n, err := body.Read(buffer)
		_, _ = w.Write(buffer[:n])
		_ = http.NewResponseController(w).Flush()
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			panic(http.ErrAbortHandler) // The way to break a connection.
		}
	}
}

// reset breaks a connection so that the other side gets an error at once.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// Transport serves the workspace in process: requests are answered in the
// goroutine that sends them, without a socket. Give it to an http.Client.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ server *Server }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer func() { _ = r.Body.Close() }()
	}
	ctx := r.Context()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if t.server.isClosed() {
		return nil, errClosed
	}
	x := t.server.exchange(r, r.URL.Scheme+"://"+r.URL.Host)
	if err := x.hold(ctx); err != nil {
		return nil, err
	}
	if x.status == 0 {
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	}
	return &http.Response{
		Status:        strconv.Itoa(x.status) + " " + http.StatusText(x.status),
		StatusCode:    x.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        x.header,
		Body:          x.reader(ctx),
		ContentLength: int64(len(x.answer)),
		Request:       r,
	}, nil
}
