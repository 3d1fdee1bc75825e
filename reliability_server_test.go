package intercom_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// faultServer answers wrongly. It counts the requests and what may have been
// created, and keeps an eye on the connections.
type faultServer struct {
	serve    func(n int, w http.ResponseWriter, r *http.Request)
	http2    []http2Step // in its place, if it is not nil
	requests atomic.Int64
	created  atomic.Int64 // creates that were not refused by a 429
	open     atomic.Int64 // connections
	busy     sync.WaitGroup
}

func (s *faultServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.busy.Add(1)
	defer s.busy.Done()
	n := int(s.requests.Add(1))
	// Only when the body was read does a server notice that a client has gone.
	_, _ = io.Copy(io.Discard, r.Body)
	status := &statusWriter{ResponseWriter: w}
	defer func() {
		if r.Method == http.MethodPost && r.URL.Path == "/contacts" && status.code != http.StatusTooManyRequests {
			s.created.Add(1)
		}
	}()
	s.serve(n, status, r)
}

// statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter

	code int
}

func (w *statusWriter) WriteHeader(code int) {
	w.code = code
	w.ResponseWriter.WriteHeader(code)
}

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// countedConn is a connection that tells when it is closed.
type countedConn struct {
	net.Conn

	once sync.Once
	open *atomic.Int64
}

func counted(conn net.Conn, open *atomic.Int64) net.Conn {
	open.Add(1)
	return &countedConn{Conn: conn, open: open}
}

func (c *countedConn) Close() error {
	c.once.Do(func() { c.open.Add(-1) })
	return c.Conn.Close()
}

// quietLog swallows what servers say about connections that the tests break.
var quietLog = log.New(io.Discard, "", 0)

// pipes is a network in memory, fit for virtual time. Its one server listens
// on localhost:80; whoever dials another place is remembered.
type pipes struct {
	accepted chan net.Conn
	closed   chan struct{}
	once     sync.Once
	open     *atomic.Int64
	dial     func(ctx context.Context) (net.Conn, error) // nil for the usual way

	mu      sync.Mutex
	foreign []string
}

func newPipes(open *atomic.Int64) *pipes {
	return &pipes{accepted: make(chan net.Conn), closed: make(chan struct{}), open: open}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.accepted:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes", Net: "unix"} }

// DialContext is the way of the clients.
func (p *pipes) DialContext(ctx context.Context, _, address string) (net.Conn, error) {
	if address != "localhost:80" {
		p.mu.Lock()
		p.foreign = append(p.foreign, address)
		p.mu.Unlock()
	}
	if p.dial != nil {
		conn, err := p.dial(ctx)
		if err != nil {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: err}
		}
		return counted(conn, p.open), nil
	}
	near, far := net.Pipe()
	select {
	case p.accepted <- far:
		return counted(near, p.open), nil
	case <-ctx.Done():
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: ctx.Err()}
	}
}

// virtually makes a client of the server over a network in memory; the test
// must be in a bubble of virtual time. The function ends everything and looks
// whether something is left.
func (s *faultServer) virtually(t *testing.T, dial func(context.Context) (net.Conn, error), opts []intercom.ClientOption) (client *intercom.Client, end func()) {
	t.Helper()
	network := newPipes(&s.open)
	network.dial = dial
	server := &http.Server{Handler: s, ErrorLog: quietLog, ReadHeaderTimeout: time.Hour}
	var served sync.WaitGroup
	served.Go(func() { assert.ErrorIs(t, server.Serve(network), http.ErrServerClosed) })
	httpClient := &http.Client{Transport: &http.Transport{DialContext: network.DialContext}}
	opts = append([]intercom.ClientOption{intercom.WithBaseURL("http://localhost"), intercom.WithHTTPClient(httpClient)}, opts...)
	client, err := intercom.NewClient(faultToken, opts...)
	require.NoError(t, err)
	return client, func() {
		client.CloseIdleConnections()
		assert.Eventually(t, func() bool { return s.open.Load() == 0 }, time.Minute, time.Millisecond, "connections are left")
		assert.Empty(t, network.foreign, "places that are not the API's")
		require.NoError(t, server.Close())
		served.Wait()
		s.busy.Wait()
	}
}

// really makes a client of the server over the loopback interface, with the
// http.Client that everybody has by default.
func (s *faultServer) really(t *testing.T, secure bool, opts []intercom.ClientOption) (client *intercom.Client, end func()) {
	t.Helper()
	server := httptest.NewUnstartedServer(s)
	server.Config.ErrorLog = quietLog
	server.Listener = countingListener{server.Listener, &s.open}
	opts = append([]intercom.ClientOption{intercom.WithRetry(intercom.RetryPolicy{MinBackoff: time.Millisecond, MaxBackoff: time.Millisecond})}, opts...)
	if secure {
		server.EnableHTTP2 = true
		if s.http2 != nil {
			server.Config.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){"h2": s.speakHTTP2}
		}
		server.StartTLS()
		opts = append([]intercom.ClientOption{intercom.WithHTTPClient(server.Client())}, opts...)
	} else {
		server.Start()
	}
	client, err := intercom.NewClient(faultToken, append([]intercom.ClientOption{intercom.WithBaseURL(server.URL)}, opts...)...)
	require.NoError(t, err)
	return client, func() {
		client.CloseIdleConnections()
		assert.Eventually(t, func() bool { return s.open.Load() == 0 }, time.Minute, time.Millisecond, "connections are left")
		server.Close()
	}
}

// countingListener counts the connections that are open.
type countingListener struct {
	net.Listener

	open *atomic.Int64
}

func (l countingListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return counted(conn, l.open), nil
}

// inTurn gives each request the next step, and the last one for ever.
func inTurn(steps ...http.HandlerFunc) func(int, http.ResponseWriter, *http.Request) {
	return func(n int, w http.ResponseWriter, r *http.Request) { steps[min(n, len(steps))-1](w, r) }
}

// says answers with a status and a body; pairs are names and values of headers.
func says(status int, body string, pairs ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i < len(pairs); i += 2 {
			w.Header().Set(pairs[i], pairs[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// writes writes texts to the bare connection, one after each pause, and hangs
// up: rudely by a reset, or politely.
func writes(rude bool, pause time.Duration, texts ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		for i, text := range texts {
			if i > 0 && pause > 0 {
				<-time.After(pause)
			}
			if _, err := io.WriteString(conn, text); err != nil {
				return
			}
		}
		if own, ok := conn.(*countedConn); ok && rude {
			if tcp, ok := own.Conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
		}
	}
}

// head is the beginning of a good answer.
func head(fields ...string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + strings.Join(fields, "\r\n")
}

// stalls writes a beginning and then nothing until the client has gone.
func stalls(beginning string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(conn, beginning)
		_, _ = io.Copy(io.Discard, conn)
		_ = conn.Close()
	}
}

// drips writes a text again and again until the client has gone.
func drips(text string, pause time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, text)
			if http.NewResponseController(w).Flush() != nil {
				return
			}
			if pause > 0 {
				select {
				case <-r.Context().Done():
				case <-time.After(pause):
				}
			}
		}
	}
}

// nobody is a dialer whose connections nobody reads from.
func nobody(context.Context) (net.Conn, error) {
	near, _ := net.Pipe()
	return near, nil
}

// unreachable is a dialer that waits for an answer to its first packet.
func unreachable(ctx context.Context) (net.Conn, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// closedDoor is a dialer that finds a closed door.
func closedDoor(context.Context) (net.Conn, error) { return nil, errors.New("connection refused") }
