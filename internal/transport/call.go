package transport

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"
)

// handler carries a call one step further and comes back with the answer in
// the call's response, or with an error.
type handler func(ctx context.Context, c *call) error

// call is one call on its way through the handlers. Each field is written by
// the handler named at it.
type call struct {
	request  *Request
	response *Response
	settings *Settings

	// bound: when the call began, and its last moment: the earlier of the
	// limit of ours and the deadline of the context, zero if there is neither.
	began    time.Time
	deadline time.Time
	ours     bool // the deadline is Settings.CallTimeout

	// retry: how the last attempt failed, and whether any of them may have been
	// carried out all the same.
	last    error
	unclear bool

	// limit: whether the limiter held the call back.
	waited bool

	// observe: the number of the attempt from 1, when it began, and since when
	// the call had waited.
	attempt      int
	attemptBegan time.Time
	waitingSince time.Time

	// headers: what to send; header may be shared with other calls and is not
	// to be written. token is kept to be able to hide it.
	header http.Header
	token  string

	// attempt: what the answer said besides the Response.
	untilReset time.Duration
	retryAfter time.Duration
	truncated  bool
}

// calls are used again: nothing holds on to one after Do.
var calls sync.Pool

// newCall takes a call out of the pool.
func newCall(request *Request, response *Response) *call {
	c, ok := calls.Get().(*call)
	if !ok {
		c = new(call)
	}
	c.request, c.response, c.settings = request, response, request.Settings
	return c
}

// free puts the call back, empty.
func (c *call) free() {
	*c = call{}
	calls.Put(c)
}

// bound gives the call its last moment, runs the hook around it and says how
// long it took.
func bound(next handler) handler {
	return func(ctx context.Context, c *call) error {
		c.began = time.Now()
		c.waitingSince = c.began
		c.setDeadline(ctx)
		if c.settings.AroundCall == nil {
			err := c.checkedRun(ctx, next)
			c.finish()
			return err
		}
		start := CallStart{Operation: c.request.Operation, Version: c.settings.Version}
		ctx, end := around(ctx, c.settings.AroundCall, start)
		err := c.checkedRun(ctx, next)
		c.finish()
		if end != nil {
			r := c.response
			end(CallEnd{Status: r.Status, RequestID: r.RequestID, Attempts: r.Attempts, Duration: r.Duration, RateLimit: r.RateLimit, Err: err})
		}
		return err
	}
}

// checkedRun goes on unless the context has ended already.
func (c *call) checkedRun(ctx context.Context, next handler) error {
	if ctx.Err() != nil {
		return c.interrupted(ctx, nil)
	}
	return next(ctx, c)
}

// setDeadline finds the last moment of the call.
func (c *call) setDeadline(ctx context.Context) {
	if limit := c.settings.CallTimeout; limit > 0 {
		c.deadline, c.ours = c.began.Add(limit), true
	}
	if deadline, ok := ctx.Deadline(); ok && (c.deadline.IsZero() || deadline.Before(c.deadline)) {
		c.deadline, c.ours = deadline, false
	}
}

// finish writes down what the whole call came to.
func (c *call) finish() {
	c.response.Attempts = c.attempt
	c.response.Duration = time.Since(c.began)
}

// around runs a hook and keeps the old context where the hook gives none.
func around[S, E any](ctx context.Context, hook func(context.Context, S) (context.Context, func(E)), start S) (context.Context, func(E)) {
	inner, end := hook(ctx, start)
	if inner == nil {
		inner = ctx
	}
	return inner, end
}

// fits tells whether a wait ends before the call must.
func (c *call) fits(wait time.Duration) bool {
	return c.deadline.IsZero() || time.Until(c.deadline) > wait
}

// tooLate is the error for a wait that would not end in time. cause is the
// failure that the wait was to recover from, or nil.
func (c *call) tooLate(wait time.Duration, cause error) error {
	if c.ours {
		return &TimeoutError{
			Operation: c.request.Operation, Attempts: c.attempt, Phase: PhaseCall,
			Limit: c.settings.CallTimeout, Wait: wait, Cause: cause,
		}
	}
	return &InterruptedError{
		Operation: c.request.Operation, Attempts: c.attempt,
		Reason: context.DeadlineExceeded, Wait: wait, Cause: cause,
	}
}

// interrupted is the error for a context that has ended.
func (c *call) interrupted(ctx context.Context, cause error) error {
	return &InterruptedError{
		Operation: c.request.Operation, Attempts: c.attempt,
		Reason: reasonOf(ctx), Cause: cause,
	}
}

// hideToken copies a body and takes the token out of it, which proxies put on
// the page when they show the request that displeased them.
func (c *call) hideToken(body []byte) []byte {
	if c.token == "" {
		return bytes.Clone(body)
	}
	return bytes.ReplaceAll(body, []byte(c.token), []byte(hidden))
}

// hideIn takes the token out of a text.
func (c *call) hideIn(text string) string {
	if c.token == "" || !strings.Contains(text, c.token) {
		return text
	}
	return strings.ReplaceAll(text, c.token, hidden)
}

// withoutToken is header itself, or a copy of it without the token.
func (c *call) withoutToken(header http.Header) http.Header {
	copied := false
	for name, values := range header {
		for i, value := range values {
			if safe := c.hideIn(value); safe != value {
				if !copied {
					header, copied = header.Clone(), true
				}
				header[name][i] = safe
			}
		}
	}
	return header
}

// hidden stands where the token was.
const hidden = "[token]"

// safeText makes the text of a foreign error fit for ours: one line, without
// the token and the parts of the URL that hold ids and addresses.
func (c *call) safeText(err error) string {
	text := c.hideIn(err.Error())
	if query := c.request.Query; query != "" {
		text = strings.ReplaceAll(text, query, "...")
	}
	if path := c.request.Path; path != c.request.Operation.Path && len(path) > 1 {
		text = strings.ReplaceAll(text, path, SafePath(c.request.Operation.Path))
	}
	return discreet(text)
}

var (
	errNilContext = errors.New("intercom: the context is nil; pass context.Background() if there is no other")
	errNilRequest = errors.New("intercom: the request, its operation or its settings are nil; this is a mistake in the library")
	errNilBaseURL = errors.New("intercom: the base URL is nil; pass one made by ParseBaseURL")
	errNilToken   = errors.New("intercom: there is no token source; pass an access token")
	errPath       = errors.New("intercom: the path of a request must begin with one slash; build it with JoinPath")
)
