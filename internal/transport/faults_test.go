package transport

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// faultServer answers on a real socket and counts what it gets.
type faultServer struct {
	*httptest.Server
	requests    atomic.Int64
	connections atomic.Int64
}

func newFaultServer(t *testing.T, handle http.HandlerFunc) *faultServer {
	t.Helper()
	server := new(faultServer)
	server.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		server.requests.Add(1)
		// Only when the body was read does a server notice that a client has gone.
		content, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(content))
		handle(w, r)
	}))
	server.Config.ErrorLog = quiet
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			server.connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// raw writes bytes to the connection and breaks it off, rudely or not.
func raw(text string, rude bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(connection, text)
		if tcp, ok := connection.(*net.TCPConn); ok && rude {
			_ = tcp.SetLinger(0)
		}
		_ = connection.Close()
	}
}

// dripping writes chunks until the client has gone.
func dripping(chunk string, pause time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, chunk); err != nil {
				return
			}
			_ = http.NewResponseController(w).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(pause):
			}
		}
	}
}

// bomb sends a gigabyte of nothing, well packed.
func bomb(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(status)
		packed := gzip.NewWriter(w)
		nothing := make([]byte, 1<<20)
		for range 1 << 10 {
			if _, err := packed.Write(nothing); err != nil || r.Context().Err() != nil {
				return
			}
		}
		_ = packed.Close()
	}
}

func body(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		serve        http.HandlerFunc
		read, create int64 // requests of either
		want         any   // type of the error, nil for none
	}{
		"closed without an answer":   {raw("", false), 3, 1, &TransportError{}},
		"reset without an answer":    {raw("", true), 3, 1, &TransportError{}},
		"reset in the header":        {raw("HTTP/1.1 200 OK\r\nContent-", true), 3, 1, &TransportError{}},
		"reset in the body":          {raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":", true), 3, 1, &TransportError{}},
		"cut body":                   {raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":", false), 3, 1, &TransportError{}},
		"cut chunks":                 {raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n", false), 3, 1, &TransportError{}},
		"cut gzip":                   {raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n\x1f\x8b\x08\x00\x00\x00", false), 3, 1, &TransportError{}},
		"not gzip under its name":    {raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\n{\"id\":1}", false), 3, 1, &TransportError{}},
		"not HTTP":                   {raw("SSH-2.0-OpenSSH_9.6\r\n", false), 3, 1, &TransportError{}},
		"headers without end":        {raw("HTTP/1.1 200 OK\r\nX-Pad: "+strings.Repeat("x", 1<<20)+"\r\n\r\n", false), 3, 1, &TransportError{}},
		"bad header":                 {raw("HTTP/1.1 200 OK\r\nBad Header\r\n\r\n", false), 3, 1, &TransportError{}},
		"lying long Content-Length":  {raw("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n{}", false), 1, 1, &BodyTooLargeError{}},
		"lying short Content-Length": {raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}, and more", false), 1, 1, nil},
		"longer than announced caps": {body(200, strings.Repeat("x", 2<<20)), 1, 1, &BodyTooLargeError{}},
		"gzip bomb":                  {bomb(200), 1, 1, &BodyTooLargeError{}},
		"gzip bomb in a failure":     {bomb(400), 1, 1, &Failure{}},
		"body without end":           {dripping(strings.Repeat("x", 1<<16), 0), 1, 1, &BodyTooLargeError{}},
		"byte by byte":               {dripping("x", 5*time.Millisecond), 3, 1, &TimeoutError{}},
		"no answer":                  {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 3, 1, &TimeoutError{}},
		"HTML 404":                   {body(404, "<html>gone</html>"), 1, 1, &Failure{}},
		"HTML 502":                   {body(502, "<html>bad gateway</html>"), 3, 1, &Failure{}},
		"empty 500":                  {body(500, ""), 3, 1, &Failure{}},
		"10 MB failure":              {body(422, strings.Repeat("x", 10<<20)), 1, 1, &Failure{}},
		"202":                        {body(202, ""), 1, 1, nil},
		"204":                        {body(204, ""), 1, 1, nil},
		"empty 200":                  {body(200, ""), 1, 1, nil},
		"binary":                     {body(200, "\x00\xff\xfe"), 1, 1, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for operation, want := range map[*Request]int64{request(getContact): test.read, request(createContact): test.create} {
				server := newFaultServer(t, test.serve)
				client := newTestClient(t, nil, at(server.URL))
				settings := DefaultSettings()
				settings.AttemptTimeout, settings.MinBackoff, settings.MaxBody = 200*time.Millisecond, time.Millisecond, 1<<20
				if _, slow := test.want.(*TimeoutError); !slow {
					settings.AttemptTimeout = 20 * time.Second
				}
				operation.Settings = settings
				response, err := do(client, operation)
				response.Release(response.Body)
				if got := server.requests.Load(); got < want || got > want+1 && operation.Operation == getContact || got != want && operation.Operation == createContact {
					t.Errorf("%s: %d requests, want %d", operation.Operation.Name, got, want)
				}
				if fmt.Sprintf("%T", err) != fmt.Sprintf("%T", test.want) {
					t.Errorf("%s: got %T (%v), want %T", operation.Operation.Name, err, err, test.want)
				}
				if err != nil {
					checkText(t, err)
				}
				client.CloseIdleConnections()
			}
		})
	}
}

// Bodies are read to their end, whatever the answer is, so that connections are
// used again.
func TestConnectionsAreUsedAgain(t *testing.T) {
	t.Parallel()
	serve := map[string]http.HandlerFunc{
		"success":        body(200, strings.Repeat("x", 100_000)),
		"empty":          body(204, ""),
		"failure":        body(404, `{"errors":[{"code":"not_found"}]}`),
		"long failure":   body(400, strings.Repeat("x", 200_000)),
		"server trouble": body(503, strings.Repeat("x", 1000)),
		"redirect refused": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.test/", http.StatusFound)
		},
	}
	for name, handle := range serve {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newFaultServer(t, handle)
			client := newTestClient(t, nil, at(server.URL))
			t.Cleanup(client.CloseIdleConnections)
			for range 20 {
				response, _ := do(client, request(getContact, func(s *Settings) { s.MinBackoff = 0 }))
				response.Release(response.Body)
			}
			if got := server.connections.Load(); got != 1 {
				t.Errorf("%d connections for %d requests, want 1", got, server.requests.Load())
			}
		})
	}
}

// Many callers share the connections, the buffers and the headers, and get
// their own answers.
func TestManyCallers(t *testing.T) {
	t.Parallel()
	server := newFaultServer(t, func(w http.ResponseWriter, r *http.Request) {
		content, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, r.URL.Path+string(content))
	})
	client := newTestClient(t, nil, at(server.URL))
	t.Cleanup(client.CloseIdleConnections)
	settings := DefaultSettings()
	var group sync.WaitGroup
	for worker := range 16 {
		group.Go(func() {
			for i := range 30 {
				call := &Request{Operation: getContact, Path: fmt.Sprintf("/contacts/%d-%d", worker, i), Settings: settings}
				if i%2 == 1 {
					call.Operation, call.Body = updateContact, []byte(strings.Repeat("x", 10*i))
				}
				response, err := do(client, call)
				if err != nil || string(response.Body) != call.Path+string(call.Body) {
					t.Errorf("%s: got %q, %v", call.Path, response.Body, err)
				}
				response.Release(response.Body)
			}
		})
	}
	group.Wait()
	// net/http dials some more while connections come back.
	if got := server.connections.Load(); got > 100 {
		t.Errorf("%d connections for 480 requests of 16 callers", got)
	}
}

// After trouble of every kind, nothing is left running.
//
//nolint:paralleltest // It counts the goroutines of the whole process.
func TestNothingIsLeftBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	server := newFaultServer(t, dripping("x", time.Millisecond))
	client := newTestClient(t, nil, at(server.URL))
	for i := range 20 {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
		call := request(getContact)
		if i%2 == 1 {
			call = request(download)
		}
		var response Response
		if err := client.Do(ctx, call, &response); err == nil {
			_, _ = io.CopyN(io.Discard, response.Stream, 2)
			_ = response.Stream.Close()
		} else if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		cancel()
	}
	client.CloseIdleConnections()
	server.Close()
	for range 4000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
