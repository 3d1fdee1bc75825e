package intercomtest

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// Server is a workspace with its API. It is safe for concurrent use, and an
// http.Handler, so that it can be served by an http.Server of your own, too.
type Server struct {
	// URL is where the API is, without a slash at the end.
	URL string

	config   config
	space    *workspace
	routes   *router
	limits   *limiter
	log      *requestLog
	faults   *faultList
	webhooks *webhooks
	t        TB // whose test it is, nil if none's

	http    *http.Server // nil without a socket
	served  chan struct{}
	mu      sync.Mutex
	clients []*intercom.Client
	closed  bool
}

// socketlessURL is the address of a workspace without a socket.
const socketlessURL = "https://workspace.intercomtest.invalid"

// NewServer starts a workspace on a free port of this machine. Close it when
// done. Like httptest.NewServer it panics if the machine gives it no port.
func NewServer(opts ...Option) *Server {
	config := newConfig(opts)
	s := &Server{
		URL:      socketlessURL,
		config:   config,
		space:    newWorkspace(config),
		routes:   theRoutes(),
		limits:   &limiter{perWindow: config.rate},
		log:      &requestLog{},
		faults:   &faultList{},
		webhooks: newWebhooks(config),
	}
	if !config.socket {
		return s
	}
	listener := listen()
	s.URL = "http://" + listener.Addr().String()
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
	s.served = make(chan struct{})
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener)
	}()
	return s
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		listener, err = net.Listen("tcp", "[::1]:0")
	}
	if err != nil {
		panic("intercomtest: no port to listen on: " + err.Error())
	}
	return listener
}

// TB is the part of testing.TB that New needs.
type TB interface {
	// Helper marks the caller as a helper of the test.
	Helper()
	// Cleanup calls the function when the test has ended.
	Cleanup(func())
	// Fatalf ends the test as failed.
	Fatalf(format string, args ...any)
}

// New starts a workspace that closes itself when the test ends.
func New(t TB, opts ...Option) *Server {
	t.Helper()
	s := NewServer(opts...)
	s.t = t
	t.Cleanup(s.Close)
	return s
}

// Client returns a client of the workspace. The options go before what it
// needs itself, which are the token, the address and, without a socket, the
// http.Client.
func (s *Server) Client(opts ...intercom.ClientOption) (*intercom.Client, error) {
	own := []intercom.ClientOption{intercom.WithBaseURL(s.URL)}
	if s.http == nil {
		own = append(own, intercom.WithHTTPClient(&http.Client{Transport: s.Transport()}))
	}
	client, err := intercom.NewClient(s.config.tokens[0], append(own, opts...)...)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clients = append(s.clients, client)
	return client, nil
}

// Close ends the workspace and cuts what is still going on; only webhooks have
// ten seconds to hear of what happened. Its contents can still be looked at.
func (s *Server) Close() {
	s.webhooks.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	for _, client := range s.clients {
		client.CloseIdleConnections()
	}
	if s.http != nil {
		_ = s.http.Close()
		<-s.served
	}
}

func (s *Server) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

var errClosed = errors.New("intercomtest: the workspace is closed")

// Now returns what the clock of the workspace says.
func (s *Server) Now() time.Time { return s.space.clock.now() }

// Advance moves the clock of the workspace ahead. Nothing has to be waited for:
// what was to happen in the meantime has happened. The clock of the client stays
// where it is; within testing/synctest time.Sleep moves both.
func (s *Server) Advance(d time.Duration) { s.space.clock.advance(d) }
