package transport

import (
	"io"
	"net/http"
	"time"
)

// Response is what a call brought back. Do fills it on failure too, as far as
// there was an answer.
type Response struct {
	// Status is the HTTP status of the answer, 0 if there was none.
	Status int
	// Header is the header of the answer.
	Header http.Header
	// Body is the whole body. The bytes lie in a pooled buffer that belongs to
	// the Response until Release; a decoder may append to it. It is empty for
	// streams and after a failure.
	Body []byte
	// Stream is the unread body of a Stream request. The caller closes it.
	Stream io.ReadCloser
	// RequestID is the server's name for the request, "" if it gave none.
	RequestID string
	// RateLimit is what the answer said about the rate limit.
	RateLimit RateLimit
	// Attempts counts the requests that were sent or tried to be sent.
	Attempts int
	// Duration is the time the call took, with retries and waits, until the
	// body was read (for streams: until the header had come).
	Duration time.Duration
	// AlreadyGone tells that a DELETE was sent again after an unclear failure
	// and found nothing left to delete, which counts as success: Status is 204.
	AlreadyGone bool

	buffer *buffer
}

// Release gives the buffer of the body back for another call. body is the
// Response's Body or what a decoder that appended to it made of it; nobody may
// use either afterwards. Calling it twice, or without a body, does nothing.
func (r *Response) Release(body []byte) {
	held := r.buffer
	r.buffer, r.Body = nil, nil
	if held == nil {
		return
	}
	if cap(body) > 0 {
		held.bytes = body[:0]
	}
	held.free()
}

// clear forgets the answer of an earlier attempt, or of an earlier call.
func (r *Response) clear() {
	r.Release(r.Body)
	*r = Response{}
}
