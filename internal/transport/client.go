package transport

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Config says what a Client is made of.
type Config struct {
	// BaseURL is where the API is, made by ParseBaseURL.
	BaseURL *url.URL
	// AllowInsecure lets BaseURL be plain http to another machine.
	AllowInsecure bool
	// HTTPClient sends the requests; nil means DefaultHTTPClient. It is copied,
	// not changed.
	HTTPClient *http.Client
	// Token gives the access token.
	Token TokenSource
	// UserAgent is sent with every request.
	UserAgent string
	// Limiter holds requests back; nil means an AdaptiveLimiter of its own.
	Limiter Limiter
	// Budget stops storms of retries; nil means one of DefaultBudget of its
	// own.
	Budget *Budget
}

// Changes says in what a derived Client differs; a field left zero is taken
// over.
type Changes struct {
	// BaseURL is another place of the API.
	BaseURL *url.URL
	// AllowInsecure lets BaseURL be plain http to another machine.
	AllowInsecure bool
	// Token is that of another workspace. With it comes a Limiter and a Budget
	// of its own, unless one is given here, because limits are counted by
	// workspace. Unlimited stays Unlimited.
	Token TokenSource
	// UserAgent is sent with every request.
	UserAgent string
	// Limiter holds requests back.
	Limiter Limiter
	// Budget stops storms of retries.
	Budget *Budget
}

// Client sends calls. It never changes and is safe for concurrent use.
type Client struct {
	http      *http.Client
	base      *url.URL
	token     TokenSource
	userAgent string
	limiter   Limiter
	budget    *Budget
	handle    handler
}

// New makes a Client.
func New(config Config) (*Client, error) {
	if err := checkBase(config.BaseURL, config.AllowInsecure); err != nil {
		return nil, err
	}
	if config.Token == nil {
		return nil, errNilToken
	}
	client := config.HTTPClient
	if client == nil {
		client = DefaultHTTPClient()
	}
	c := &Client{
		http: guard(client), base: trimmed(config.BaseURL), token: config.Token,
		userAgent: config.UserAgent, limiter: config.Limiter, budget: config.Budget,
	}
	c.compose()
	return c, nil
}

// With derives a Client that differs in changes and shares the connections.
func (c *Client) With(changes Changes) (*Client, error) {
	derived := *c
	if changes.BaseURL != nil {
		if err := checkBase(changes.BaseURL, changes.AllowInsecure); err != nil {
			return nil, err
		}
		derived.base = trimmed(changes.BaseURL)
	}
	if changes.Token != nil {
		derived.token, derived.budget = changes.Token, nil
		if _, unlimited := c.limiter.(Unlimited); !unlimited {
			derived.limiter = nil
		}
	}
	if changes.UserAgent != "" {
		derived.userAgent = changes.UserAgent
	}
	if changes.Limiter != nil {
		derived.limiter = changes.Limiter
	}
	if changes.Budget != nil {
		derived.budget = changes.Budget
	}
	derived.compose()
	return &derived, nil
}

// compose puts the handlers together: this is the way of every call, read from
// the last line up.
func (c *Client) compose() {
	if c.limiter == nil {
		c.limiter = NewAdaptiveLimiter()
	}
	if c.budget == nil {
		c.budget = NewBudget(DefaultBudget)
	}
	handle := handler(newSender(c.http, c.base).attempt)
	handle = failures(handle)
	handle = headers(c.token, c.userAgent, handle)
	handle = observe(handle)
	handle = limit(c.limiter, handle)
	handle = retry(c.budget, handle)
	handle = bound(handle)
	c.handle = handle
}

// Do sends a call and fills response. The error is one of the types of this
// package, or one about a request that can't be sent.
func (c *Client) Do(ctx context.Context, request *Request, response *Response) error {
	switch {
	case ctx == nil:
		return errNilContext
	case request == nil || response == nil || request.Operation == nil || request.Settings == nil:
		return errNilRequest
	case !strings.HasPrefix(request.Path, "/") || strings.HasPrefix(request.Path, "//"):
		return errPath
	}
	response.clear()
	under := newCall(request, response)
	err := c.handle(ctx, under)
	under.free()
	return err
}

// Limiter is the limiter in use.
func (c *Client) Limiter() Limiter { return c.limiter }

// BaseURL is a copy of the base URL in use.
func (c *Client) BaseURL() *url.URL {
	base := *c.base
	return &base
}

// CloseIdleConnections closes the connections that no call uses, of all
// clients that share them.
func (c *Client) CloseIdleConnections() { c.http.CloseIdleConnections() }

// Format implements fmt.Formatter, so that no way of printing a Client shows
// what is inside.
func (c *Client) Format(state fmt.State, _ rune) {
	if c == nil {
		_, _ = io.WriteString(state, "<nil>")
		return
	}
	_, _ = io.WriteString(state, "transport.Client{"+c.base.Redacted()+"}")
}
