package transport

import (
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// Request is one call, ready to be sent. No handler changes it, so that a
// caller may send the same one again.
type Request struct {
	// Operation says what the call is. It is never nil; RawOperation makes one
	// for a call that the table does not know.
	Operation *operations.Operation
	// Method is the HTTP method; "" means the operation's.
	Method string
	// Path is the escaped path, beginning with "/", as JoinPath builds it.
	Path string
	// Query is the encoded query string without the question mark.
	Query string
	// Body is the JSON to send; empty means no body. It must not be changed or
	// pooled, not even after Do has returned: where the server answers early,
	// net/http may still be reading it.
	Body []byte
	// Accept is the media type asked for; "" means application/json.
	Accept string
	// Settings are the options in force. They are shared and only read.
	Settings *Settings
	// Stream hands the body of a good answer over unread.
	Stream bool
	// Replay says that the caller allows this call to be sent again after an
	// unclear failure, though the operation is not known to be idempotent.
	Replay bool
}

// RawOperation describes a call through the raw door: GET and HEAD read and may
// be replayed, everything else may not.
func RawOperation(method, path string) *operations.Operation {
	return &operations.Operation{
		Name:   "Do",
		Method: method,
		Path:   path,
		Reads:  method == "GET" || method == "HEAD",
	}
}

// mayReplay tells whether sending the call twice does no harm.
func (r *Request) mayReplay() bool {
	return r.Replay || r.Operation.Reads || r.Operation.Idempotent
}

// method is the HTTP method to send.
func (r *Request) method() string {
	if r.Method != "" {
		return r.Method
	}
	return r.Operation.Method
}
