package webhook

import (
	"errors"
	"fmt"
	"net/http"
)

// What is wrong with a request, to be asked for with errors.Is. The error that
// comes says more. No text holds a secret, a signature or anything of the body
// but the topic.
var (
	// ErrNoSecret means that there is no secret to check signatures with.
	ErrNoSecret = errors.New("webhook: no secret to check the signature with")
	// ErrSignature means that the signature is missing, malformed or wrong.
	ErrSignature = errors.New("webhook: signature refused")
	// ErrTooLarge means that the body is longer than the limit.
	ErrTooLarge = errors.New("webhook: body is too large")
	// ErrMalformed means that the body is not a notification.
	ErrMalformed = errors.New("webhook: body is not a notification")
	// ErrBusy means that the same notification is being handled right now.
	ErrBusy = errors.New("webhook: notification is being handled right now")
	// ErrQueueFull means that all workers have work and the queue is full.
	ErrQueueFull = errors.New("webhook: queue is full")
	// ErrShutdown means that Shutdown was called.
	ErrShutdown = errors.New("webhook: handler is shut down")
)

// HandlerError is the failure of a function that was registered for a topic.
type HandlerError struct {
	// Topic is the topic of the notification, such as "contact.created".
	Topic string
	// Err is what the function returned, a *PanicError if it panicked.
	Err error
}

// Error returns the topic and the text of Err.
func (e *HandlerError) Error() string {
	return fmt.Sprintf("webhook: handling %q: %v", e.Topic, e.Err)
}

// Unwrap returns Err.
func (e *HandlerError) Unwrap() error { return e.Err }

// PanicError is a panic of a function that the Handler called.
type PanicError struct {
	Value any    // what the function panicked with
	Stack []byte // where, as debug.Stack tells it
}

// Error returns the value of the panic, without the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap returns the value of the panic if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

var statuses = []struct {
	err    error
	status int
}{
	{ErrSignature, http.StatusUnauthorized},
	{ErrTooLarge, http.StatusRequestEntityTooLarge},
	{ErrMalformed, http.StatusBadRequest},
	{ErrBusy, http.StatusConflict},
	{ErrQueueFull, http.StatusServiceUnavailable},
	{ErrShutdown, http.StatusServiceUnavailable},
}

// StatusCode returns the HTTP status to answer with after Parse, Decode or
// Dispatch: 200 without an error, 500 for errors that are not of this package.
func StatusCode(err error) int {
	if err == nil {
		return http.StatusOK
	}
	// Whatever a function of the user returns, it was not Intercom's mistake.
	if failed := (*HandlerError)(nil); errors.As(err, &failed) {
		return http.StatusInternalServerError
	}
	for _, s := range statuses {
		if errors.Is(err, s.err) {
			return s.status
		}
	}
	return http.StatusInternalServerError
}
