package transport

import (
	"context"
	"net/http"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// Settings hold what client options and call options decide. A call without
// options of its own shares the pointer of its client; a call option changes a
// Clone. Settings that a call has been sent with are never written again.
type Settings struct {
	// Version is sent as Intercom-Version; "" leaves the choice to the token.
	Version string
	// UserAgent takes the place of the client's, if not "".
	UserAgent string
	// Header is added to every request, checked by ValidateHeader beforehand,
	// its keys in canonical form.
	Header http.Header

	// AttemptTimeout bounds one attempt with the reading of its body. Streams
	// do not know it. 0 means no bound.
	AttemptTimeout time.Duration
	// HeaderTimeout bounds the time until a stream's header has come. 0 means
	// no bound.
	HeaderTimeout time.Duration
	// StallTimeout bounds each wait for the next bytes of a stream, not the
	// time its reader takes between them. 0 means no bound.
	StallTimeout time.Duration
	// CallTimeout bounds the whole call with retries and waits; an earlier
	// deadline of the context goes first. Of a stream it bounds what happens
	// before the body is handed over. 0 means no bound.
	CallTimeout time.Duration

	// MaxAttempts is how often a call is sent at most; 1 turns retries off.
	MaxAttempts int
	// MinBackoff is the ceiling of the first random wait; it doubles with
	// every attempt.
	MinBackoff time.Duration
	// MaxBackoff is where the ceiling stops doubling.
	MaxBackoff time.Duration
	// MaxWait is the longest wait that the server may ask for: where it asks
	// for a longer one, the call returns at once with the failure.
	MaxWait time.Duration

	// MaxBody is the largest answer that is read.
	MaxBody int64
	// MaxErrorBody is how much of a failure's body is kept.
	MaxErrorBody int64

	// Log writes one line an attempt, see LogTo; nil for none.
	Log AttemptLog
	// AroundCall is called before every call, see CallHook; nil for none.
	AroundCall CallHook
	// AroundAttempt is called before every attempt, see AttemptHook; nil for
	// none.
	AroundAttempt AttemptHook
}

// DefaultSettings are fit for most programs: no call can hang for ever, no
// answer can fill the memory, and what may be sent again is.
func DefaultSettings() *Settings {
	return &Settings{
		Version:        "2.8",
		AttemptTimeout: 30 * time.Second,
		HeaderTimeout:  time.Minute,
		StallTimeout:   time.Minute,
		CallTimeout:    5 * time.Minute,
		MaxAttempts:    3,
		MinBackoff:     500 * time.Millisecond,
		MaxBackoff:     8 * time.Second,
		MaxWait:        time.Minute,
		MaxBody:        64 << 20,
		MaxErrorBody:   64 << 10,
	}
}

// Clone makes a copy that can be changed without touching the original.
func (s *Settings) Clone() *Settings {
	clone := *s
	clone.Header = s.Header.Clone()
	return &clone
}

// CallHook is called before a call. The context it returns goes on with the
// call, so that a span can travel in it; the function it returns, which may be
// nil, is called when the call has ended.
type CallHook func(ctx context.Context, start CallStart) (context.Context, func(CallEnd))

// CallStart describes a call that begins.
type CallStart struct {
	// Operation names the call and holds its path template.
	Operation *operations.Operation
	// Version is the API version asked for.
	Version string
}

// CallEnd describes a call that has ended.
type CallEnd struct {
	// Status is the status of the last answer, 0 if there was none.
	Status int
	// RequestID is the server's name for the last request.
	RequestID string
	// Attempts counts the requests that were tried.
	Attempts int
	// Duration is the time the whole call took.
	Duration time.Duration
	// RateLimit is what the last answer said.
	RateLimit RateLimit
	// Err is what the call returns.
	Err error
}

// AttemptHook is called before each attempt, as CallHook is before each call.
type AttemptHook func(ctx context.Context, start AttemptStart) (context.Context, func(AttemptEnd))

// AttemptStart describes an attempt that begins.
type AttemptStart struct {
	// Operation names the call and holds its path template.
	Operation *operations.Operation
	// Version is the API version asked for.
	Version string
	// Attempt counts from 1.
	Attempt int
	// Wait is how long the call was held back before this attempt, by the
	// retry policy and the limiter.
	Wait time.Duration
}

// AttemptEnd describes an attempt that has ended.
type AttemptEnd struct {
	// Status is the status of the answer, 0 if there was none.
	Status int
	// RequestID is the server's name for the request.
	RequestID string
	// Duration is the time the attempt took, with its body.
	Duration time.Duration
	// RateLimit is what the answer said.
	RateLimit RateLimit
	// Err is how the attempt failed, nil if it did not. It may be tried again.
	Err error
}
