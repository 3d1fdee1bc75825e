package intercom

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// ClientOption changes a client: pass it to NewClient or Client.With. Every
// Option is one, too.
type ClientOption interface {
	applyToClient(*clientConfig) error
}

// CallOption changes a single call: pass it to any method that sends one. Every
// Option is one, too.
type CallOption interface {
	applyToCall(*callSettings) error
}

// Option changes a client or a single call. Given to a client it holds for all
// of its calls, given to a call it goes before what the client has.
type Option interface {
	ClientOption
	CallOption
}

type (
	clientOption func(*clientConfig) error
	callOption   func(*callSettings) error
	sharedOption func(*callSettings) error
)

func (o clientOption) applyToClient(c *clientConfig) error { return o(c) }
func (o callOption) applyToCall(s *callSettings) error     { return o(s) }
func (o sharedOption) applyToClient(c *clientConfig) error { return o(&c.calls) }
func (o sharedOption) applyToCall(s *callSettings) error   { return o(s) }

// clientConfig is what client options decide.
type clientConfig struct {
	core  transport.Config
	calls callSettings
}

// callSettings is what call options decide. A call without options uses its
// client's settings as they are; otherwise a copy.
type callSettings struct {
	transport *transport.Settings
	own       bool // transport is this copy's own and may be written
	version   APIVersion
	drift     *driftHook
	response  *Response
	replay    bool
	prefetch  bool
	unique    bool // items that came before are left out
	export    exportSettings
}

// settings returns the transport's settings to be written.
func (s *callSettings) settings() *transport.Settings {
	if !s.own {
		s.transport, s.own = s.transport.Clone(), true
	}
	return s.transport
}

// Region is the place where a workspace's data lives. It decides the host.
type Region string

// The regions of Intercom.
const (
	US Region = "US" // api.intercom.io
	EU Region = "EU" // api.eu.intercom.io
	AU Region = "AU" // api.au.intercom.io
)

func (r Region) baseURL() (string, error) {
	switch strings.ToUpper(string(r)) {
	case "US":
		return "https://api.intercom.io", nil
	case "EU", "EUROPE":
		return "https://api.eu.intercom.io", nil
	case "AU", "AUSTRALIA":
		return "https://api.au.intercom.io", nil
	default:
		return "", fmt.Errorf("intercom: region %q is unknown; use US, EU or AU", string(r))
	}
}

// WithRegion sets the region of the workspace. US is the default.
func WithRegion(region Region) ClientOption {
	return clientOption(func(c *clientConfig) error {
		base, err := region.baseURL()
		if err != nil {
			return err
		}
		return setBaseURL(c, base)
	})
}

// WithBaseURL sends all calls to another server, such as a proxy of your own
// or a test server. The URL needs a scheme and a host; plain http is for the
// local machine only, because the token travels along.
func WithBaseURL(base string) ClientOption {
	return clientOption(func(c *clientConfig) error { return setBaseURL(c, base) })
}

func setBaseURL(c *clientConfig, base string) (err error) {
	c.core.BaseURL, err = transport.ParseBaseURL(base)
	return err
}

// WithHTTPClient sends calls through an http.Client of your own, for proxies,
// certificates or tests. It is copied, never changed; the copy refuses
// redirects that would carry the token to another host.
func WithHTTPClient(client *http.Client) ClientOption {
	return clientOption(func(c *clientConfig) error {
		if client == nil {
			return errors.New("intercom: WithHTTPClient: the http.Client is nil")
		}
		c.core.HTTPClient = client
		return nil
	})
}

// TokenSource gives the access token for each request, for tokens that rotate
// or that differ by workspace. It must be safe for concurrent use and ought to
// answer from memory. The module oauth makes a TokenSource of
// golang.org/x/oauth2 fit.
type TokenSource interface {
	// Token returns the access token to send. Its error ends the call.
	Token(ctx context.Context) (string, error)
}

// WithToken uses another access token, for a client derived by Client.With.
func WithToken(token string) ClientOption {
	return clientOption(func(c *clientConfig) (err error) {
		c.core.Token, err = transport.StaticToken(token)
		return err
	})
}

// WithTokenSource asks source for the token of each request.
func WithTokenSource(source TokenSource) ClientOption {
	return clientOption(func(c *clientConfig) error {
		if source == nil {
			return errors.New("intercom: WithTokenSource: the source is nil")
		}
		c.core.Token = hiddenSource{&source}
		return nil
	})
}

// hiddenSource keeps a source of the caller behind a pointer, which no way of
// printing a client follows: the source may hold its token in the open.
type hiddenSource struct{ source *TokenSource }

// Token implements TokenSource.
func (h hiddenSource) Token(ctx context.Context) (string, error) { return (*h.source).Token(ctx) }

// WithAppInfo adds a product to the User-Agent, such as "my-sync/1.4".
func WithAppInfo(product string) ClientOption {
	return clientOption(func(c *clientConfig) error {
		if product == "" {
			return errors.New("intercom: WithAppInfo: the product is empty")
		}
		if transport.ValidateHeader("X-App", product) != nil {
			return errors.New("intercom: WithAppInfo: the product contains a control character")
		}
		c.core.UserAgent = userAgent + " " + product
		return nil
	})
}

// WithVersion sets the Intercom-Version. 2.8 is the default. An operation that
// the version lacks fails with a *VersionError before anything is sent;
// versions newer than the library knows are let through.
func WithVersion(version APIVersion) Option {
	return sharedOption(func(s *callSettings) error {
		if _, err := version.number(); err != nil {
			return err
		}
		s.version = version
		s.settings().Version = string(version)
		return nil
	})
}

// WithTimeout bounds one attempt, from the first byte sent to the last byte
// read, 30 s by default. Retries have the time anew; the context and
// WithCallTimeout bound the whole call. Downloads have other bounds, see
// Export.Download.
func WithTimeout(d time.Duration) Option {
	return sharedOption(func(s *callSettings) error {
		if d <= 0 {
			return fmt.Errorf("intercom: WithTimeout: %v is not positive", d)
		}
		s.settings().AttemptTimeout = d
		return nil
	})
}

// WithCallTimeout bounds a whole call with its retries and waits, five minutes
// by default. A deadline of the context that is earlier goes first.
func WithCallTimeout(d time.Duration) Option {
	return sharedOption(func(s *callSettings) error {
		if d <= 0 {
			return fmt.Errorf("intercom: WithCallTimeout: %v is not positive", d)
		}
		s.settings().CallTimeout = d
		return nil
	})
}

// WithHeader adds a header to requests. Those that the library sets itself
// can't be set.
func WithHeader(name, value string) Option {
	return sharedOption(func(s *callSettings) error {
		if err := transport.ValidateHeader(name, value); err != nil {
			return err
		}
		settings := s.settings()
		if settings.Header == nil {
			settings.Header = http.Header{}
		}
		settings.Header.Set(name, value)
		return nil
	})
}

// WithMaxAnswerSize sets how many bytes an answer may have, 64 MiB by default.
// A larger one is given up with an error. Downloads are not bounded.
func WithMaxAnswerSize(bytes int64) Option {
	return sharedOption(func(s *callSettings) error {
		if bytes <= 0 {
			return fmt.Errorf("intercom: WithMaxAnswerSize: %d is not positive", bytes)
		}
		s.settings().MaxBody = bytes
		return nil
	})
}

// RetryPolicy says how often and how patiently a call is sent again. A field
// that is zero keeps its default.
type RetryPolicy struct {
	// MaxAttempts is how often a call is sent at most, the first time
	// included; 3 by default, 1 turns retries off.
	MaxAttempts int
	// MinBackoff bounds the first wait where the server names none, 500 ms by
	// default. Waits are random up to the bound, which doubles with each.
	MinBackoff time.Duration
	// MaxBackoff is the largest such bound, 8 s by default.
	MaxBackoff time.Duration
	// MaxWait is the longest wait that a server may ask for, one minute by
	// default; if it asks for more the call fails at once.
	MaxWait time.Duration
}

// WithRetry changes how calls are sent again. Which ones are is fixed: those
// that were refused for the rate limit, and those that failed on the way if
// the operation reads or may be replayed. A create is never sent twice unless
// the call has WithReplay.
func WithRetry(policy RetryPolicy) Option {
	return sharedOption(func(s *callSettings) error {
		if policy.MaxAttempts < 0 || policy.MinBackoff < 0 || policy.MaxBackoff < 0 || policy.MaxWait < 0 {
			return errors.New("intercom: WithRetry: no field may be negative")
		}
		settings := s.settings()
		if policy.MaxAttempts > 0 {
			settings.MaxAttempts = policy.MaxAttempts
		}
		if policy.MinBackoff > 0 {
			settings.MinBackoff = policy.MinBackoff
			settings.MaxBackoff = max(settings.MaxBackoff, policy.MinBackoff)
		}
		if policy.MaxBackoff > 0 {
			settings.MaxBackoff = policy.MaxBackoff
		}
		if policy.MaxWait > 0 {
			settings.MaxWait = policy.MaxWait
		}
		return nil
	})
}

// WithoutRetry sends each call once.
func WithoutRetry() Option { return WithRetry(RetryPolicy{MaxAttempts: 1}) }

// WithoutPrefetch turns off the fetching of the next page of a list while the
// caller works on the page before it.
func WithoutPrefetch() Option {
	return sharedOption(func(s *callSettings) error {
		s.prefetch = false
		return nil
	})
}

// WithoutDuplicates leaves items out of an iteration whose id came before in
// it, for lists that move while they are read: one that is ordered by the time
// of the last change pushes items from one page to the next whenever something
// changes. The first of several stays, at its place; pages may hold fewer items
// than the API gave. It remembers the ids, some 60 bytes an item. What moves
// towards the front in the meantime is still missed: UpdatedSince reads it the
// next time, and so does a search that is sorted by created_at.
func WithoutDuplicates() CallOption {
	return callOption(func(s *callSettings) error {
		s.unique = true
		return nil
	})
}

// WithLogger logs one line for each request: operation, path template, status,
// request id, attempt, wait and duration. It logs neither tokens nor bodies
// nor ids. What went well is logged at the debug level, what the API refused at
// the info level, trouble at the warn level. A nil logger turns it off.
func WithLogger(logger *slog.Logger) Option {
	return sharedOption(func(s *callSettings) error {
		s.settings().Log = transport.LogTo(logger)
		return nil
	})
}

// WithReplay allows that a call is sent again after a failure that left open
// whether it was carried out, although the operation would do its work twice.
// Use it where twice is better than never.
func WithReplay() CallOption {
	return callOption(func(s *callSettings) error {
		s.replay = true
		return nil
	})
}

// Response is what a call brought back beside its result.
type Response struct {
	// StatusCode is the HTTP status of the last answer, 0 if there was none.
	StatusCode int
	// Header is the header of the last answer.
	Header http.Header
	// RequestID is Intercom's id of the request, empty if the answer gave none.
	RequestID string
	// RateLimit is what the answer told about the rate limit.
	RateLimit RateLimit
	// Attempts is how often the request was sent.
	Attempts int
	// Duration is how long the whole call took, waits included.
	Duration time.Duration
}

// RateLimit is what an answer tells about the workspace's rate limit. It is
// zero if the answer tells nothing.
type RateLimit struct {
	// Limit is how many calls the current window allows; 0 means unknown.
	Limit int
	// Remaining is how many of them are left.
	Remaining int
	// Reset is when the next window begins, by the server's clock.
	Reset time.Time
}

// WithResponse fills response when the call has ended, whether it succeeded or
// not. Given to an iterator, it tells of the page that is being worked on: it
// is filled before the first item of each page, on the goroutine of the loop.
func WithResponse(response *Response) CallOption {
	return callOption(func(s *callSettings) error {
		if response == nil {
			return errors.New("intercom: WithResponse: the response is nil")
		}
		s.response = response
		return nil
	})
}

func (r *Response) fill(from *transport.Response) {
	*r = Response{
		StatusCode: from.Status,
		Header:     from.Header,
		RequestID:  from.RequestID,
		RateLimit:  RateLimit(from.RateLimit),
		Attempts:   from.Attempts,
		Duration:   from.Duration,
	}
}
