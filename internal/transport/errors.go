package transport

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// TransportError says that no whole answer came back: the connection could not
// be made, broke, or carried something that is not HTTP.
//
//nolint:revive // Error alone says too little beside the other errors.
type TransportError struct {
	// Operation is the call.
	Operation *operations.Operation
	// Attempts counts the requests that were tried.
	Attempts int
	// Status is the status of the answer if its body was cut, else 0.
	Status int
	// Unsent tells that the connection could not be made, so that the server
	// has not seen the request.
	Unsent bool
	// Cause is the error of the network. Its text may hold more than ours.
	Cause error

	text string
}

// Error says in one line what happened, without ids, queries or secrets.
func (e *TransportError) Error() string {
	what := "the connection broke"
	switch {
	case e.Unsent:
		what = "the connection could not be made"
	case e.Status != 0:
		what = "the answer was cut"
	}
	return sentence(e.Operation, e.Attempts, what+" ("+e.text+")", "check the network, the proxy and the base URL")
}

// Unwrap gives the cause.
func (e *TransportError) Unwrap() error { return e.Cause }

// Timeout tells whether the cause was a timeout of the network.
func (e *TransportError) Timeout() bool {
	var timeout interface{ Timeout() bool }
	return errors.As(e.Cause, &timeout) && timeout.Timeout()
}

// Temporary tells whether trying later may help: not where the other side is
// not who it should be.
func (e *TransportError) Temporary() bool { return !isUntrusted(e.Cause) }

// Phase is a part of a call that has a time limit of its own.
type Phase string

// The phases that have a limit.
const (
	PhaseAttempt Phase = "attempt" // Settings.AttemptTimeout
	PhaseHeader  Phase = "header"  // Settings.HeaderTimeout
	PhaseStall   Phase = "stall"   // Settings.StallTimeout
	PhaseCall    Phase = "call"    // Settings.CallTimeout
)

// TimeoutError says that a limit of ours ran out, as opposed to the deadline of
// the caller's context. errors.Is finds context.DeadlineExceeded in it.
type TimeoutError struct {
	// Operation is the call.
	Operation *operations.Operation
	// Attempts counts the requests that were tried.
	Attempts int
	// Phase says which limit it was.
	Phase Phase
	// Limit is its length.
	Limit time.Duration
	// Wait is the wait that would not have ended in time, 0 if time simply ran
	// out.
	Wait time.Duration
	// Cause is the failure that the call was about to recover from, or nil.
	Cause error
}

// Error says in one line which limit ran out.
func (e *TimeoutError) Error() string {
	var what, advice string
	switch e.Phase {
	case PhaseHeader:
		what, advice = "no answer began within "+e.Limit.String(), "raise the header timeout or try later"
	case PhaseStall:
		what, advice = "the stream stood still for "+e.Limit.String(), "raise the stall timeout or try later"
	case PhaseCall:
		what, advice = "the call did not end within "+e.Limit.String(), "raise the timeout of the call or send less at once"
	default:
		what, advice = "no whole answer came within "+e.Limit.String(), "raise the timeout of an attempt or try later"
	}
	return sentence(e.Operation, e.Attempts, what+afterwards(e.Wait, e.Cause), advice)
}

// Unwrap gives context.DeadlineExceeded and the failure before it.
func (e *TimeoutError) Unwrap() []error { return both(context.DeadlineExceeded, e.Cause) }

// Timeout is always true.
func (e *TimeoutError) Timeout() bool { return true }

// Temporary is there so that TimeoutError is a net.Error.
func (e *TimeoutError) Temporary() bool { return true }

// InterruptedError says that the caller's context ended the call, or would have
// ended it before a wait was over.
type InterruptedError struct {
	// Operation is the call.
	Operation *operations.Operation
	// Attempts counts the requests that were tried.
	Attempts int
	// Reason is the error of the context: context.Canceled or
	// context.DeadlineExceeded, with the context's cause if it has one.
	Reason error
	// Wait is the wait that would not have ended in time, 0 if the context has
	// ended.
	Wait time.Duration
	// Cause is the failure that the call was about to recover from, or nil.
	Cause error
}

// Error says in one line how the context ended the call.
func (e *InterruptedError) Error() string {
	if errors.Is(e.Reason, context.DeadlineExceeded) {
		return sentence(e.Operation, e.Attempts, "the deadline of the context ended the call"+afterwards(e.Wait, e.Cause), "give it more time or send less at once")
	}
	return sentence(e.Operation, e.Attempts, "the context was canceled"+afterwards(e.Wait, e.Cause), "")
}

// Unwrap gives the error of the context and the failure before it.
func (e *InterruptedError) Unwrap() []error { return both(e.Reason, e.Cause) }

// Timeout tells whether it was a deadline.
func (e *InterruptedError) Timeout() bool { return errors.Is(e.Reason, context.DeadlineExceeded) }

// Temporary is there so that InterruptedError is a net.Error.
func (e *InterruptedError) Temporary() bool { return e.Timeout() }

// BodyTooLargeError says that an answer was larger than Settings.MaxBody and
// was not read to its end.
type BodyTooLargeError struct {
	// Operation is the call.
	Operation *operations.Operation
	// Attempts counts the requests that were tried.
	Attempts int
	// Status is the status of the answer.
	Status int
	// RequestID is the server's name for the request.
	RequestID string
	// Limit is the largest size allowed.
	Limit int64
}

// Error says in one line how much was too much.
func (e *BodyTooLargeError) Error() string {
	return sentence(e.Operation, e.Attempts, "the answer is larger than "+strconv.FormatInt(e.Limit, 10)+" bytes"+inRequest(e.RequestID), "ask for less at once or raise the limit of bodies")
}

// RedirectError says that the server pointed to a place where the token must
// not go, or pointed too often.
type RedirectError struct {
	// Operation is the call.
	Operation *operations.Operation
	// Attempts counts the requests that were tried.
	Attempts int
	// Status is the status of the answer that redirects.
	Status int
	// Problem says what is wrong with the target.
	Problem string
}

// Error says in one line why the redirect was not followed.
func (e *RedirectError) Error() string {
	return sentence(e.Operation, e.Attempts, "a redirect was refused: "+e.Problem, "check the base URL and the region")
}

// TokenError says that there was no token to send, or none that can be sent.
type TokenError struct {
	// Operation is the call.
	Operation *operations.Operation
	// Attempts counts the requests that were tried.
	Attempts int
	// Cause is the error of the token source.
	Cause error
}

// Error says in one line what the token source said.
func (e *TokenError) Error() string {
	return sentence(e.Operation, e.Attempts, "no access token: "+shorten(e.Cause.Error()), "check the token source")
}

// Unwrap gives the error of the token source.
func (e *TokenError) Unwrap() error { return e.Cause }

// LimiterError says that the limiter failed, as one can that asks a server of
// its own.
type LimiterError struct {
	// Operation is the call.
	Operation *operations.Operation
	// Attempts counts the requests that were tried, with this one.
	Attempts int
	// Cause is the error of the limiter.
	Cause error
}

// Error says in one line what the limiter said.
func (e *LimiterError) Error() string {
	return sentence(e.Operation, e.Attempts, "the limiter failed: "+discreet(e.Cause.Error()), "check what the limiter depends on")
}

// Unwrap gives the error of the limiter.
func (e *LimiterError) Unwrap() error { return e.Cause }

// sentence builds the text of an error: what was called, what happened to it,
// how often it was tried, what to do.
func sentence(operation *operations.Operation, attempts int, what, advice string) string {
	var text strings.Builder
	text.WriteString("intercom: ")
	text.WriteString(describe(operation))
	text.WriteString(": ")
	text.WriteString(what)
	if attempts > 1 {
		fmt.Fprintf(&text, ", tried %d times", attempts)
	}
	if advice != "" {
		text.WriteString("; ")
		text.WriteString(advice)
	}
	return text.String()
}

// describe names an operation by its template: "Contacts.Get GET /contacts/{id}".
func describe(operation *operations.Operation) string {
	return operation.Name + " " + operation.Method + " " + SafePath(operation.Path)
}

// SafePath replaces the segments of a path that may be ids or addresses, those
// with a digit, an @ or an escape in them, so that a path through the raw door
// can be logged. Templates come out as they are.
func SafePath(path string) string {
	path, _, _ = strings.Cut(path, "?")
	if !strings.ContainsAny(path, "0123456789@%") && isPlain(path) {
		return path
	}
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if strings.ContainsAny(segment, "0123456789@%") || !isPlain(segment) {
			segments[i] = "{...}"
		}
	}
	return strings.Join(segments, "/")
}

// isPlain tells whether text consists of visible ASCII.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] >= 0x7f {
			return false
		}
	}
	return true
}

// afterwards adds to a text which wait did not fit and what had failed before.
func afterwards(wait time.Duration, cause error) string {
	var text string
	if wait > 0 {
		text = ", a wait of " + wait.Round(time.Millisecond).String() + " would not have ended in time"
	}
	if cause == nil {
		return text
	}
	// The cause names the operation again: once is enough.
	said := cause.Error()
	if _, rest, ok := strings.Cut(said, ": "); ok && strings.HasPrefix(said, "intercom: ") {
		if _, rest, ok = strings.Cut(rest, ": "); ok {
			said = rest
		}
	}
	return text + ", after: " + shorten(said)
}

// inRequest adds the server's name for the request.
func inRequest(id string) string {
	if id == "" {
		return ""
	}
	return " (request " + id + ")"
}

// both lists the errors that are there.
func both(reason, cause error) []error {
	if cause == nil {
		return []error{reason}
	}
	return []error{reason, cause}
}

// reasonOf is the error of an ended context with the cause that was given to
// its cancel function, if any.
func reasonOf(ctx context.Context) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	if cause == nil || errors.Is(cause, err) {
		return err
	}
	return errors.Join(err, cause)
}

// bare takes the *url.Error off, whose text holds the whole URL with ids and
// addresses in it.
func bare(err error) error {
	var wrapped *url.Error
	for errors.As(err, &wrapped) && wrapped.Err != nil {
		err = wrapped.Err
	}
	return err
}
