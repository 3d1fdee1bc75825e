package intercomtest

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// Request is a request that the workspace got.
type Request struct {
	// Operation is the method of the client that sends such requests, such as
	// "Contacts.Get", empty if there is none. Iterators send those of the method
	// for one page, "Contacts.List" for Contacts.All; Companies.List and
	// Companies.All with a tag or segment send those of "Companies.Find".
	Operation string
	// Method and Path are those of the request, the path without the query.
	Method, Path string
	// Query holds the parameters of the query.
	Query url.Values
	// Header is the header of the request without Authorization.
	Header http.Header
	// Body is the body as it came, cut after 64 KiB.
	Body []byte
	// Version is the version that the request asked for, empty if it named
	// none.
	Version intercom.APIVersion
	// Status is the status of the answer, 0 if a fault left it without any.
	Status int
	// ID is the id that the answer gave the request.
	ID string
	// Time is when the request came, by the clock of the workspace.
	Time time.Time
}

const (
	logLength   = 10_000   // requests that are kept
	logBodySize = 64 << 10 // bytes of each body that are kept
)

// requestLog keeps the newest requests, in a ring.
type requestLog struct {
	mu      sync.Mutex
	entries []Request
	begin   int // the oldest entry, once the ring is full
}

func (l *requestLog) add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.entries) < logLength {
		l.entries = append(l.entries, r)
		return
	}
	l.entries[l.begin] = r
	l.begin = (l.begin + 1) % logLength
}

func (l *requestLog) all() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append(slices.Clone(l.entries[l.begin:]), l.entries[:l.begin]...)
}

func (l *requestLog) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries, l.begin = nil, 0
}

// Requests returns the requests that the workspace got, the oldest first and
// the newest 10,000 at most. With operations, such as "Contacts.Create", it
// returns only theirs. An operation that is not there fails the test that New
// was given, and panics if the workspace was made by NewServer.
func (s *Server) Requests(operations ...string) []Request {
	s.checkOperations("Requests", operations...)
	all := s.log.all()
	if len(operations) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(r Request) bool { return !slices.Contains(operations, r.Operation) })
}

// ForgetRequests empties the list of requests.
func (s *Server) ForgetRequests() { s.log.clear() }
