package intercomtest

import (
	"os"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// Token is the access token of a workspace unless WithToken says otherwise.
const Token = "intercomtest-token"

// QuirksVariable names the environment variable that turns the quirks of
// WithQuirks on in all workspaces, unless it is empty or 0. WithoutQuirks keeps
// a workspace out of it. So one command more runs a suite of tests a second
// time, as it were with the real API:
//
//	INTERCOMTEST_QUIRKS=1 go test ./...
const QuirksVariable = "INTERCOMTEST_QUIRKS"

// Option changes a workspace: pass it to NewServer or New.
type Option func(*config)

type config struct {
	clock   func() time.Time
	tokens  []string
	version intercom.APIVersion
	rate    int
	quirks  bool
	seed    uint64
	socket  bool

	webhooks []*subscription
}

func newConfig(opts []Option) config {
	quirks := os.Getenv(QuirksVariable)
	c := config{
		clock: time.Now, version: intercom.DefaultAPIVersion, seed: 1, socket: true, quirks: quirks != "" && quirks != "0",
	}
	for _, o := range opts {
		if o != nil {
			o(&c)
		}
	}
	if len(c.tokens) == 0 {
		c.tokens = []string{Token}
	}
	return c
}

// WithClock gives the workspace a clock; time.Now is the default. Advance adds
// to what the clock says. The function must be safe for concurrent use.
func WithClock(now func() time.Time) Option {
	return func(c *config) {
		if now != nil {
			c.clock = now
		}
	}
}

// WithToken makes the workspace accept other access tokens than Token.
// The first of them is the one that Client uses.
func WithToken(tokens ...string) Option {
	return func(c *config) { c.tokens = append(c.tokens, tokens...) }
}

// WithVersion sets the version that requests without an Intercom-Version header
// get, 2.8 by default. A request with the header gets what it asks for.
func WithVersion(version intercom.APIVersion) Option {
	return func(c *config) { c.version = version }
}

// WithRateLimit lets the workspace take n requests in each window of ten
// seconds, and tell so in the headers of its answers. Zero means no limit and
// no headers, which is the default.
func WithRateLimit(n int) Option {
	return func(c *config) { c.rate = max(n, 0) }
}

// WithQuirks gives the workspace the habits of the real API that its
// description does not tell of: ids that are numbers or texts where they should
// not be, moments as text, fractions and dates, numbers in quotes, pages that
// point to the next one in every way there is, null in the place of empty lists,
// empty lists in the place of empty objects, avatars that are bare URLs, people
// that are bare ids, members that nobody knows, answers and request ids that are
// empty, a scroll that ends with 404, an export that is packed twice.
// A client that passes its tests with and without them is ready for production.
// QuirksVariable turns them on for a whole suite of tests.
func WithQuirks() Option {
	return func(c *config) { c.quirks = true }
}

// WithoutQuirks makes a workspace that answers as the description of the API
// says, whatever QuirksVariable holds: for tests of what exactly is answered.
func WithoutQuirks() Option {
	return func(c *config) { c.quirks = false }
}

// WithSeed sets the number that ids and made up objects derive from, 1 by
// default. The same number gives the same ones.
func WithSeed(seed uint64) Option {
	return func(c *config) { c.seed = seed }
}

// WithoutSocket makes a workspace that can be reached by its Transport only.
// It opens no port and starts no goroutine, so that it can be used within
// testing/synctest.
func WithoutSocket() Option {
	return func(c *config) { c.socket = false }
}
