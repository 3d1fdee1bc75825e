package intercom_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// What the calls of the table send, none of which may be told by an error.
const (
	faultToken = "dG9rOnRoZS1zZWNyZXQ="
	faultID    = "c-5083311847"
	faultEmail = "ada@harbour.test"
)

// fault is one row of the table: what the server does, and what each kind of
// call is to make of it.
type fault struct {
	what string
	// serve are the ways to do it, each of which comes to the same.
	serve []func(n int, w http.ResponseWriter, r *http.Request)
	// dial takes the place of the network, if it is not nil.
	dial func(ctx context.Context) (net.Conn, error)
	// real wants sockets of the loopback interface, and secure wants TLS on
	// them; otherwise the network is in memory and time is virtual.
	real, secure bool
	// http2 takes the place of serve where it is the protocol that goes wrong.
	http2 []http2Step
	opts  []intercom.ClientOption
	// within gives the call its context, if it is not nil.
	within func(context.Context) (context.Context, context.CancelFunc)
	// twice tells that the caller allows that something is created twice.
	twice bool
	wants []faultWant
}

// faultWant is what is expected of some kinds of calls.
type faultWant struct {
	calls []faultCall
	want  string
}

// faultCall is a kind of call; got describes its result.
type faultCall struct {
	name string
	send func(ctx context.Context, client *intercom.Client) (got string, err error)
}

var (
	reads = faultCall{"reads", func(ctx context.Context, client *intercom.Client) (string, error) {
		return whichContact(client.Contacts.Get(ctx, faultID))
	}}
	searches = faultCall{"searches", func(ctx context.Context, client *intercom.Client) (string, error) {
		page, err := client.Contacts.Search(ctx, intercom.ContactSearchParams{Query: intercom.Field("email").Eq(faultEmail)})
		if err != nil {
			return "", err
		}
		return itemsText(len(page.Items)), nil
	}}
	replays = faultCall{"replays", func(ctx context.Context, client *intercom.Client) (string, error) {
		return whichContact(client.Contacts.Update(ctx, faultID, intercom.ContactUpdateParams{Email: intercom.Set(faultEmail)}))
	}}
	creates = faultCall{"creates", func(ctx context.Context, client *intercom.Client) (string, error) {
		return whichContact(client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: faultEmail}))
	}}
	createsWithReplay = faultCall{"creates with WithReplay", func(ctx context.Context, client *intercom.Client) (string, error) {
		return whichContact(client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: faultEmail}, intercom.WithReplay()))
	}}
	deletes = faultCall{"deletes", func(ctx context.Context, client *intercom.Client) (string, error) {
		_, err := client.Contacts.Delete(ctx, faultID)
		return "done", err
	}}
	exports = faultCall{"export jobs", func(ctx context.Context, client *intercom.Client) (string, error) {
		end := time.Now()
		_, err := client.Export.Create(ctx, intercom.ExportCreateParams{CreatedAtAfter: intercom.TimestampOf(end.Add(-time.Hour)), CreatedAtBefore: intercom.TimestampOf(end)})
		return "done", err
	}}
)

// all expects the same of reads, of calls that may be replayed, and of creates.
func all(want string) []faultWant {
	return []faultWant{{[]faultCall{reads, replays, creates}, want}}
}

// safe expects that creates fare otherwise, since they are sent once.
func safe(want, ofCreates string) []faultWant {
	return []faultWant{{[]faultCall{reads, replays}, want}, {[]faultCall{creates}, ofCreates}}
}

// only expects something of one kind of call.
func only(call faultCall, want string) []faultWant {
	return []faultWant{{[]faultCall{call}, want}}
}

func whichContact(contact *intercom.Contact, err error) (string, error) {
	switch {
	case err != nil:
		return "", err
	case contact.ID == faultID:
		return "the contact", nil
	case contact.ID == "":
		return "an empty contact", nil
	}
	return "the contact " + contact.ID, nil
}

func itemsText(n int) string {
	if n == 1 {
		return "1 item"
	}
	return fmt.Sprintf("%d items", n)
}

// run sends a call to the server of a fault and describes what was seen.
func (f *fault) run(t *testing.T, serve func(int, http.ResponseWriter, *http.Request), call faultCall) (seen string) {
	t.Helper()
	server := &faultServer{serve: serve, http2: f.http2}
	if f.real {
		client, end := server.really(t, f.secure, f.opts)
		got, err := f.send(t, client, call)
		end()
		f.check(t, server, err)
		return outcome(server.requests.Load(), "", got, err)
	}
	synctest.Test(t, func(t *testing.T) {
		client, end := server.virtually(t, f.dial, f.opts)
		began := time.Now()
		got, err := f.send(t, client, call)
		took := time.Since(began)
		end()
		f.check(t, server, err)
		seen = outcome(server.requests.Load(), tookText(took), got, err)
	})
	return seen
}

func (f *fault) send(t *testing.T, client *intercom.Client, call faultCall) (string, error) {
	t.Helper()
	ctx := t.Context()
	if f.within != nil {
		var cancel context.CancelFunc
		ctx, cancel = f.within(ctx)
		defer cancel()
	}
	return call.send(ctx, client)
}

// check holds whatever the fault: nothing is created twice, and the text of an
// error is one line that tells no secrets.
func (f *fault) check(t *testing.T, server *faultServer, err error) {
	t.Helper()
	if !f.twice {
		assert.LessOrEqual(t, server.created.Load(), int64(1), "something was created twice")
	}
	if err == nil {
		return
	}
	text := err.Error()
	assert.Regexp(t, `^intercom: [^\x00-\x1f\x7f]{1,700}$`, text)
	for _, secret := range []string{faultToken, faultID, faultEmail, "ada%40harbour"} {
		assert.NotContains(t, text, secret)
	}
}

// outcome writes down what became of a call.
func outcome(requests int64, took, got string, err error) string {
	parts := []string{fmt.Sprintf("%d requests", requests)}
	if requests == 1 {
		parts[0] = "1 request"
	}
	if took != "" {
		parts = append(parts, took)
	}
	if got != "" && (err == nil || got != "done") {
		parts = append(parts, got)
	}
	if err != nil {
		parts = append(parts, failureText(err))
	}
	return strings.Join(parts, ", ")
}

// failureText names an error as the caller can tell it apart.
func failureText(err error) string {
	var answer *intercom.Error
	var unread *intercom.DecodeError
	isAnswer := errors.As(err, &answer)
	text := "connection error"
	switch {
	case errors.Is(err, context.Canceled):
		text = "canceled"
	case intercom.IsTimeout(err):
		text = "timeout"
	case errors.As(err, &unread):
		text = "DecodeError"
	case errors.Is(err, intercom.ErrCursorLoop):
		text = "ErrCursorLoop"
	case isAnswer:
		text, isAnswer = fmt.Sprintf("Error %d", answer.StatusCode), false
	case strings.Contains(err.Error(), "redirect was refused"):
		text = "redirect refused"
	case strings.Contains(err.Error(), "the next page is on another host"):
		text = "next page refused"
	case strings.Contains(err.Error(), "not in a way that the library knows"):
		text = "next page not understood"
	case strings.Contains(err.Error(), "the items can't be read"):
		text = "items not understood"
	case strings.Contains(err.Error(), "the answer is empty"):
		text = "empty answer refused"
	}
	if isAnswer {
		text += fmt.Sprintf(" with Error %d in its chain", answer.StatusCode)
	}
	if intercom.IsTemporary(err) {
		text += " (temporary)"
	}
	return text
}

// tookText tells how long a call took, without what chance adds.
func tookText(took time.Duration) string {
	switch {
	case took == 0:
		return "at once"
	case took < 3*time.Second:
		return "moments"
	case took < 30*time.Second:
		return took.Truncate(time.Second).String()
	}
	return took.Truncate(10 * time.Second).String()
}

// faultGroup is a table of faults under a heading.
type faultGroup struct {
	title, intro string
	faults       []fault
}

// seenFaults collects what was seen, by fault and call.
type seenFaults struct {
	mu   sync.Mutex
	seen map[string][]string
}

func (s *seenFaults) add(key, seen string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, before := range s.seen[key] {
		if before == seen {
			return
		}
	}
	s.seen[key] = append(s.seen[key], seen)
}

const reliabilityIntro = `# Reliability

What becomes of calls when the server, the network or the caller's context does
something odd. A test does each of these things to the library and writes down
what it saw: ` + "`go test -run TestReliability -update .`" + ` The test fails where what is
seen is not what is expected, or where this page is not what it would write.

**Reads** are all operations that change nothing, **replays** those that come to
the same when they are sent twice, **creates** all others. Which is which stands
in [operations.md](operations.md).

The count is that of the requests that reached the server. Times are rounded
down, since waits have a part of chance; "moments" are less than three seconds.
"(temporary)" tells that IsTemporary says yes. Calls have the default settings
unless the row says otherwise.

After each call there is no connection that is not idle, no goroutine, and no
place that was connected to but the API. No create was sent again after one that
the server may have carried out. The text of each error is one line without the
token, ids or addresses.
`

const reliabilityOutro = `
## Load

Other tests hold what no single call shows:

- 64 goroutines, of one client or of two that share a limiter, use more than 95 %
  of a limit of 100 calls in ten seconds, for five minutes, while fewer than 1 %
  of the answers after the first window are a 429
  ([reliability_load_test.go](../reliability_load_test.go)). The same holds for
  processes that share a window through Redis
  ([limiters/redis](../limiters/redis/load_test.go)).
- While everything fails, retries add 100 requests to 1,000 calls, and no more.
- A million calls, some of which fail in all kinds of ways, leave neither memory
  nor goroutines behind. ` + "`make test` makes 4,000 of them, `make soak`" + ` a million.
- What a hook or an http.RoundTripper panics with while a page is fetched ahead
  comes to the goroutine of the caller, who can recover
  ([reliability_callers_test.go](../reliability_callers_test.go)).
`

func TestReliability(t *testing.T) {
	t.Parallel()
	seen := &seenFaults{seen: map[string][]string{}}
	groups := faultGroups()
	t.Cleanup(func() { checkReliabilityDocs(t, groups, seen) })
	for _, group := range groups {
		for _, f := range group.faults {
			t.Run(group.title+"/"+f.what, func(t *testing.T) {
				t.Parallel()
				f.runAll(t, seen)
			})
		}
	}
}

func (f *fault) runAll(t *testing.T, seen *seenFaults) {
	t.Helper()
	ways := f.serve
	if len(ways) == 0 {
		ways = append(ways, inTurn(says(http.StatusOK, goodContact)))
	}
	for _, want := range f.wants {
		for _, call := range want.calls {
			for _, serve := range ways {
				saw := f.run(t, serve, call)
				assert.Equal(t, want.want, saw, call.name)
				seen.add(f.what+call.name, saw)
			}
		}
	}
}

// checkReliabilityDocs holds the page against what was seen.
func checkReliabilityDocs(t *testing.T, groups []faultGroup, seen *seenFaults) {
	t.Helper()
	if strings.Contains(flag.Lookup("test.run").Value.String(), "/") || flag.Lookup("test.skip").Value.String() != "" || t.Failed() {
		return // Not everything was run, or not to its end.
	}
	var page strings.Builder
	page.WriteString(reliabilityIntro)
	for _, group := range groups {
		fmt.Fprintf(&page, "\n## %s\n\n%s\n\n| What happens | Calls | Expected | Seen |\n|---|---|---|---|\n", group.title, group.intro)
		for _, f := range group.faults {
			what := f.what
			for _, want := range f.wants {
				var names, saw []string
				for _, call := range want.calls {
					names = append(names, call.name)
					for _, text := range seen.seen[f.what+call.name] {
						if !strings.Contains(strings.Join(saw, "; "), text) {
							saw = append(saw, text)
						}
					}
				}
				fmt.Fprintf(&page, "| %s | %s | %s | %s |\n", what, strings.Join(names, ", "), want.want, strings.Join(saw, "; "))
				what = ""
			}
		}
	}
	page.WriteString(reliabilityOutro)
	file := filepath.Join("docs", "reliability.md")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(page.String()), 0o644))
	}
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, page.String(), string(written), "run go test -run TestReliability -update .")
}
