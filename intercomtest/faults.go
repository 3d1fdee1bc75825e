package intercomtest

import (
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// Fault says how requests go wrong. What it does not say goes as usual: a Fault
// with nothing but a Delay gives the right answer late.
type Fault struct {
	// Operation says whose requests go wrong: the method of the client that
	// sends them, such as "Contacts.Get", or "Contacts.List" for the iterators
	// over contacts. Empty means all.
	Operation string
	// After is how many requests go well before.
	After int
	// Times is how many requests go wrong; 0 means one, a negative number all.
	Times int

	// Delay is how long the answer is held back.
	Delay time.Duration
	// Status answers with a status instead of carrying the request out. The
	// body is what the API answers with such a status, unless Code or Body say
	// otherwise.
	Status int
	// Code is the code of the error in the body.
	Code string
	// Body is the body in full. Without Status it comes with 200.
	Body string
	// Header goes into the answer, before what stands there.
	Header http.Header
	// Reset breaks the connection in the place of an answer.
	Reset bool
	// Cut breaks the connection in the middle of the answer's body.
	Cut bool
	// Trickle is how long the body takes, coming in ten pieces.
	Trickle time.Duration
	// CarryOut carries the request out although Status, Body or Reset keep the
	// caller from learning it, as when an answer is lost on the way.
	CarryOut bool
}

// replaces tells whether the right answer is not given.
func (f *Fault) replaces() bool { return f.Status != 0 || f.Code != "" || f.Body != "" || f.Reset }

// answer makes the answer of a fault.
func (f *Fault) answer(requestID string) (status int, body []byte) {
	status = f.Status
	if status == 0 {
		status = http.StatusOK
		if f.Code != "" {
			status = http.StatusBadRequest
		}
	}
	if f.Body != "" || status < 300 {
		return status, []byte(f.Body)
	}
	code := f.Code
	if code == "" {
		code = usualCode(status)
	}
	e := encoder{}
	e.value(errorBody(&failure{details: []intercom.ErrorDetail{{Code: code, Message: http.StatusText(status)}}}, requestID))
	return status, e.b
}

// usualCode is the code that the API gives with a status.
func usualCode(status int) string {
	switch status {
	case http.StatusUnauthorized:
		return intercom.CodeUnauthorized
	case http.StatusForbidden:
		return intercom.CodeAPIPlanRestricted
	case http.StatusNotFound:
		return intercom.CodeNotFound
	case http.StatusConflict:
		return intercom.CodeConflict
	case http.StatusUnprocessableEntity:
		return intercom.CodeDataInvalid
	case http.StatusTooManyRequests:
		return intercom.CodeRateLimitExceeded
	case http.StatusServiceUnavailable:
		return "service_unavailable"
	}
	if status >= 500 {
		return "server_error"
	}
	return intercom.CodeBadRequest
}

// faultList holds the faults that are still to come.
type faultList struct {
	mu     sync.Mutex
	faults []*Fault
}

// take returns the fault of a request for an operation, nil if it goes well.
func (l *faultList) take(op *operations.Operation) *Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, f := range l.faults {
		if f.Operation != "" && (op == nil || op.Name != f.Operation) {
			continue
		}
		if f.After > 0 {
			f.After--
			continue
		}
		taken := *f
		if f.Times >= 0 {
			f.Times--
		}
		if f.Times == 0 {
			l.faults = slices.Delete(l.faults, i, i+1)
		}
		return &taken
	}
	return nil
}

// Inject makes requests go wrong. Of several faults the first that is meant
// for a request strikes, later ones wait for those after it. An operation that
// is not there fails the test that New was given, and panics if the workspace
// was made by NewServer.
func (s *Server) Inject(faults ...Fault) {
	for _, f := range faults {
		if f.Operation != "" {
			s.checkOperations("Inject", f.Operation)
		}
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	for _, f := range faults {
		if f.Times == 0 {
			f.Times = 1
		}
		f.Header = f.Header.Clone()
		s.faults.faults = append(s.faults.faults, &f)
	}
}

// ClearFaults forgets the faults that are still to come.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.faults = nil
}

// wait lets time pass, real or virtual, unless the caller gives up.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pieces is how many pieces a trickling body comes in.
const pieces = 10

// faultyBody reads a body that trickles or breaks off.
type faultyBody struct {
	ctx   context.Context
	rest  []byte
	size  int
	pause time.Duration
	cut   bool
}

func (f *Fault) body(ctx context.Context, body []byte) io.ReadCloser {
	r := &faultyBody{ctx: ctx, rest: body, cut: f.Cut, pause: f.Trickle / pieces}
	if f.Cut {
		r.rest = body[:len(body)/2]
	}
	r.size = len(body)/pieces + 1
	if r.pause == 0 {
		r.size = len(body) + 1
	}
	return r
}

func (b *faultyBody) Read(p []byte) (int, error) {
	if len(b.rest) == 0 {
		if b.cut {
			return 0, io.ErrUnexpectedEOF
		}
		return 0, io.EOF
	}
	if err := wait(b.ctx, b.pause); err != nil {
		return 0, err
	}
	n := copy(p, b.rest[:min(b.size, len(b.rest))])
	b.rest = b.rest[n:]
	return n, nil
}

// Close implements io.Closer.
func (b *faultyBody) Close() error { return nil }
