package transport

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
)

// jsonType is the media type of everything but downloads.
const jsonType = "application/json"

// headers gives each attempt its header: the token, asked for anew so that it
// can rotate between attempts, the API version, and what the settings add.
//
// Building a header costs more than the rest of a call, so the last one is kept
// and shared, which net/http allows: a transport only reads requests. sender
// copies it for RoundTrippers that may not keep to that.
func headers(source TokenSource, userAgent string, next handler) handler {
	kept := new(headerCache)
	return func(ctx context.Context, c *call) error {
		token, err := c.askToken(ctx, source)
		if err == nil {
			c.token = token
			c.header, err = kept.get(userAgent, c)
		}
		switch {
		case err == nil:
			return next(ctx, c)
		case ctx.Err() != nil:
			return c.interrupted(ctx, c.last)
		case errors.Is(err, context.DeadlineExceeded) && !c.fits(0):
			return c.tooLate(0, c.last)
		}
		return &TokenError{Operation: c.request.Operation, Attempts: c.attempt, Cause: err}
	}
}

// askToken asks for the token, at most until the call must end. What is known
// already needs no context for that.
func (c *call) askToken(ctx context.Context, source TokenSource) (string, error) {
	if _, known := source.(staticToken); known || !c.ours {
		return source.Token(ctx)
	}
	bounded, cancel := context.WithDeadline(ctx, c.deadline)
	defer cancel()
	return source.Token(bounded)
}

// headerCache keeps one header for calls without a body and one for calls with
// a body.
type headerCache struct {
	kept [2]atomic.Pointer[keptHeader]
	// seen are the settings of the last call that found nothing: settings are
	// worth keeping a header for when they come twice. Those of a call with
	// options of its own come once.
	seen atomic.Pointer[Settings]
}

// keptHeader is a header with what it was made from. It is never written.
type keptHeader struct {
	settings *Settings
	token    string
	header   http.Header
}

// get gives the header for a call, shared if it can be.
func (h *headerCache) get(userAgent string, c *call) (http.Header, error) {
	withBody := len(c.request.Body) > 0
	slot := &h.kept[0]
	if withBody {
		slot = &h.kept[1]
	}
	usual := c.request.Accept == ""
	if kept := slot.Load(); usual && kept != nil && kept.settings == c.settings && kept.token == c.token {
		return kept.header, nil
	}
	if err := checkToken(c.token); err != nil {
		return nil, err
	}
	header := buildHeader(userAgent, c, withBody)
	if usual && h.seen.Swap(c.settings) == c.settings {
		slot.Store(&keptHeader{settings: c.settings, token: c.token, header: header})
	}
	return header, nil
}

// buildHeader makes the header of a request. The library's own names go last:
// no setting can take the place of the token.
func buildHeader(userAgent string, c *call, withBody bool) http.Header {
	header := make(http.Header, 5+len(c.settings.Header))
	for name, values := range c.settings.Header {
		header[http.CanonicalHeaderKey(name)] = values[:len(values):len(values)]
	}
	if c.settings.UserAgent != "" {
		userAgent = c.settings.UserAgent
	}
	accept := c.request.Accept
	if accept == "" {
		accept = jsonType
	}
	values := make([]string, 0, 5)
	set := func(name, value string) {
		values = append(values, value)
		header[name] = values[len(values)-1 : len(values) : len(values)]
	}
	set("Authorization", "Bearer "+c.token)
	set("Accept", accept)
	if c.settings.Version != "" {
		set("Intercom-Version", c.settings.Version)
	}
	if userAgent != "" {
		set("User-Agent", userAgent)
	}
	if withBody {
		set("Content-Type", jsonType)
	}
	return header
}
