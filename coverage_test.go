package intercom_test

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// TestEveryOperation calls every method that sends a request, with params as
// people give them, and checks that what was sent is the operation that the
// method is for. INTERCOM_TEST_VERSION has it speak another version than 2.8;
// what the version lacks is left out.
//
// INTERCOM_TEST_BASE_URL points it at another server, with the token in
// INTERCOM_ACCESS_TOKEN. There each operation of today's reference is called by
// its own method only: iterators and lookups send the same operations, but with
// parameters that the reference leaves out and for objects that must be there.
func TestEveryOperation(t *testing.T) {
	t.Parallel()
	rows := coverage()
	for _, op := range operations.All {
		assert.NotNil(t, rows[op.Name], "%s has no row", op.Name)
	}
	version := intercom.APIVersion(cmp.Or(os.Getenv("INTERCOM_TEST_VERSION"), string(intercom.DefaultAPIVersion)))
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		if leftOut(name, version) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, world, requests := covered(t, version)
			err := rows[name](t.Context(), client, world)
			if complaint := misjudged[name]; err != nil && complaint != "" && elsewhere() {
				require.ErrorContains(t, err, complaint)
			} else {
				require.NoError(t, err)
			}
			requests.check(t, name)
		})
	}
}

// misjudged are complaints of servers that go by the published description, or
// about its examples, where it is the description that is wrong.
var misjudged = map[string]string{
	"Companies.Update":    "body sent to an operation that documents none",
	"Events.List":         "the next page is on another host",
	"Export.Download":     `Accept header is "application/octet-stream"`,
	"Tags.UntagCompanies": "undocumented body member /companies/0/untag",
}

// elsewhere tells whether the rows go to a server that is not ours.
func elsewhere() bool { return os.Getenv("INTERCOM_TEST_BASE_URL") != "" }

// TestEveryMethodHasARow looks for methods that nobody thought of.
func TestEveryMethodHasARow(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer("{}"))
	methods := methodsOf("", reflect.ValueOf(client).Elem())
	require.Greater(t, len(methods), len(operations.All))
	rows := coverage()
	for _, name := range methods {
		assert.NotNil(t, rows[name], "%s has no row", name)
	}
	for name := range rows {
		assert.True(t, slices.Contains(methods, name), "there is no method %s", name)
	}
}

// TestEveryOperationOfEveryVersion calls what the default version lacks, too.
func TestEveryOperationOfEveryVersion(t *testing.T) {
	t.Parallel()
	rows := coverage()
	for _, version := range []intercom.APIVersion{intercom.V2_7, intercom.V2_9, intercom.V2_12, intercom.V2_16} {
		for name, row := range rows {
			t.Run(string(version)+"/"+name, func(t *testing.T) {
				t.Parallel()
				requests := &requestLog{}
				client := clientOf(t, nothing, intercom.WithVersion(version), intercom.WithoutPrefetch(),
					intercom.WithHTTPClient(&http.Client{Transport: requests.of(handlerTransport{http.HandlerFunc(nothing)})}))
				err := row(t.Context(), client, plausible)
				if op := operationOf(name); op != nil && !op.In(number(version)) {
					assert.True(t, intercom.IsVersion(err), "%v", err)
					assert.Empty(t, requests.sent())
					return
				}
				require.NoError(t, err)
				requests.check(t, name)
			})
		}
	}
}

// row calls a method.
type row func(ctx context.Context, c *intercom.Client, w world) error

// coverage has a row for every method.
func coverage() map[string]row {
	all := map[string]row{}
	for _, rows := range []map[string]row{
		contactRows, contactAttachedRows, companyRows, workspaceRows,
		conversationRows, conversationActionRows, outreachRows,
		contentRows, ticketRows,
	} {
		maps.Copy(all, rows)
	}
	return all
}

// world names the objects that the rows are about.
type world struct {
	admin, otherAdmin, team                         string
	contact, lead, externalID, email                string
	noted                                           string // a contact with notes
	company, companyID                              string
	note, segment, subscription, tag, dataAttribute string
	conversation, part, source                      string
	visitor, visitorUserID                          string
	exportJob                                       string
	article, collection, section, helpCenter        string
	newsItem, newsfeed                              string
	ticket, ticketType, ticketAttribute             string
	ticketState                                     string
}

// plausible is a world that exists nowhere, for servers that don't look.
var plausible = world{
	admin: "7310042", otherAdmin: "7310043", team: "9001",
	contact: "66a0c3d2e4b0a1f2c3d4e5f6", lead: "66a0c3d2e4b0a1f2c3d4e5f7",
	externalID: "skipper-7", email: "skipper@harbour.test",
	noted:   "660012", // The published description wants a number, here only.
	company: "65f1b2c3d4e5f60718293a4b", companyID: "quay-12",
	note: "3101", segment: "65f1b2c3d4e5f60718293a4c", subscription: "501", tag: "88", dataAttribute: "1207",
	conversation: "215470000001", part: "4", source: "2154700001",
	visitor: "66a0c3d2e4b0a1f2c3d4e5f8", visitorUserID: "0f3c2b1a-77aa-4bbb-8ccc-1234567890ab",
	exportJob: "hb3k9qv2",
	article:   "6871", collection: "702", section: "703", helpCenter: "12",
	newsItem: "8101", newsfeed: "8201",
	ticket: "4410", ticketType: "31", ticketAttribute: "77", ticketState: "5",
}

// covered returns a client for one row, with what it sends.
func covered(t *testing.T, version intercom.APIVersion) (*intercom.Client, world, *requestLog) {
	t.Helper()
	requests := &requestLog{}
	opts := []intercom.ClientOption{intercom.WithVersion(version), intercom.WithoutPrefetch(), intercom.WithoutRetry()}
	if !elsewhere() {
		transport := requests.of(handlerTransport{http.HandlerFunc(nothing)})
		client, err := intercom.NewClient("test-token", append(opts, intercom.WithHTTPClient(&http.Client{Transport: transport}))...)
		require.NoError(t, err)
		return client, plausible, requests
	}
	network := http.DefaultTransport.(*http.Transport).Clone()
	t.Cleanup(network.CloseIdleConnections)
	client, err := intercom.NewClient(os.Getenv("INTERCOM_ACCESS_TOKEN"), append(opts,
		intercom.WithBaseURL(os.Getenv("INTERCOM_TEST_BASE_URL")), intercom.WithHTTPClient(&http.Client{Transport: requests.of(network)}))...)
	require.NoError(t, err)
	return client, plausible, requests
}

// nothing is a server that knows nothing and takes everything.
func nothing(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/contacts/search" {
		answer(`{"data": [{"id": "66a0c3d2e4b0a1f2c3d4e5f6"}]}`)(w, r)
		return
	}
	answer("{}")(w, r)
}

// requestLog notes what goes over the wire.
type requestLog struct {
	mu   sync.Mutex
	list []string
}

func (l *requestLog) of(next http.RoundTripper) http.RoundTripper {
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		l.mu.Lock()
		l.list = append(l.list, r.Method+" "+r.URL.EscapedPath())
		l.mu.Unlock()
		return next.RoundTrip(r)
	})
}

func (l *requestLog) sent() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.list)
}

// check looks for the operation of a method in what was sent; for methods that
// are made of others, for any operation.
func (l *requestLog) check(t *testing.T, name string) {
	t.Helper()
	wanted := operations.All
	if op := operationOf(name); op != nil {
		wanted = []*operations.Operation{op}
	}
	for _, request := range l.sent() {
		for _, op := range wanted {
			if isOf(op, request) {
				return
			}
		}
	}
	assert.Failf(t, "another operation was sent", "%s sent %v", name, l.sent())
}

// isOf tells whether a request is of an operation. The base URL may have a path
// of its own.
func isOf(op *operations.Operation, request string) bool {
	method, path, _ := strings.Cut(request, " ")
	template := strings.Split(op.Path, "/")[1:]
	segments := strings.Split(path, "/")
	if method != op.Method || len(segments) < len(template) {
		return false
	}
	for i, segment := range segments[len(segments)-len(template):] {
		if segment == "" || (segment != template[i] && !strings.HasPrefix(template[i], "{")) {
			return false
		}
	}
	return true
}

// operationOf is the operation that a method sends; iterators send that of the
// method for one page. It is nil for methods that are made of others.
func operationOf(name string) *operations.Operation {
	if name == "Companies.All" {
		name = "Companies.Scroll"
	}
	for _, suffix := range []struct{ iterator, page string }{
		{".SearchPages", ".Search"}, {".SearchAll", ".Search"}, {".Pages", ".List"}, {".All", ".List"},
	} {
		if service, ok := strings.CutSuffix(name, suffix.iterator); ok {
			name = service + suffix.page
		}
	}
	for _, op := range operations.All {
		if op.Name == name {
			return op
		}
	}
	return nil
}

// leftOut tells whether the server can't know a method.
func leftOut(name string, version intercom.APIVersion) bool {
	op := operationOf(name)
	if elsewhere() && (op == nil || op.Name != name || op.Undocumented) {
		return true
	}
	return op != nil && !op.In(number(version))
}

// number is a version as the table has it.
func number(version intercom.APIVersion) operations.Version {
	major, minor, _ := strings.Cut(string(version), ".")
	a, _ := strconv.Atoi(major)
	b, _ := strconv.Atoi(minor)
	return operations.Version(1000*a + b)
}

// methodsOf lists the methods of services that take a context, as
// "Contacts.Tags.Attach".
func methodsOf(prefix string, owner reflect.Value) (names []string) {
	for i := range owner.NumField() {
		field := owner.Type().Field(i)
		if !field.IsExported() || !strings.HasSuffix(field.Type.String(), "Service") {
			continue
		}
		service := prefix + field.Name
		for j := range field.Type.NumMethod() {
			method := field.Type.Method(j)
			if method.Type.NumIn() > 1 && method.Type.In(1) == reflect.TypeFor[context.Context]() {
				names = append(names, service+"."+method.Name)
			}
		}
		names = append(names, methodsOf(service+".", owner.Field(i).Elem())...)
	}
	return names
}

// one takes the first item. Servers that don't look give the same page again
// and again, which is no fault of the method.
func one[T any](list iter.Seq2[T, error]) error {
	_, _, err := intercom.First(list)
	if errors.Is(err, intercom.ErrCursorLoop) {
		return nil
	}
	return err
}
