package intercom_test

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/internal/coverage"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// TestEveryOperation calls every method that sends a request, with params as
// people give them, on a workspace in memory, and checks that it succeeds and
// that what was sent is the operation that the method is for. It does so in
// every version in which operations came or went, and with the habits of the
// real API that its description does not tell of.
//
// INTERCOM_TEST_BASE_URL points it at another server, with the token in
// INTERCOM_ACCESS_TOKEN and the version in INTERCOM_TEST_VERSION, 2.8 when
// unset; what the version lacks is left out. There each operation of today's
// reference is called by its own method only: iterators and lookups send the
// same operations, but with parameters that the reference leaves out and for
// objects that must be there.
func TestEveryOperation(t *testing.T) {
	t.Parallel()
	rows := coverage.Rows()
	for _, op := range operations.All {
		assert.NotNil(t, rows[op.Name], "%s has no row", op.Name)
	}
	if elsewhere() {
		version := intercom.APIVersion(cmp.Or(os.Getenv("INTERCOM_TEST_VERSION"), string(intercom.DefaultAPIVersion)))
		for _, name := range slices.Sorted(maps.Keys(rows)) {
			if !leftOut(name, version) {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					callElsewhere(t, name, rows[name], version)
				})
			}
		}
		return
	}
	for _, version := range []intercom.APIVersion{intercom.V2_7, intercom.V2_8, intercom.V2_9, intercom.V2_10, intercom.V2_12, intercom.V2_14, intercom.V2_16} {
		for habits, opts := range map[string][]intercomtest.Option{"plain": {intercomtest.WithoutQuirks()}, "quirks": {intercomtest.WithQuirks()}} {
			for name, row := range rows {
				t.Run(string(version)+"/"+habits+"/"+name, func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) { callHere(t, name, row, version, opts) })
				})
			}
		}
	}
}

// callHere runs a row in a workspace of its own. Exports take their time there,
// which is virtual.
func callHere(t *testing.T, name string, row coverage.Row, version intercom.APIVersion, opts []intercomtest.Option) {
	t.Helper()
	time.Sleep(time.Until(coverage.Day.AddDate(1, 0, 0))) // Virtual time begins long before the rows do.
	srv := intercomtest.New(t, append([]intercomtest.Option{intercomtest.WithoutSocket()}, opts...)...)
	w, err := coverage.Settle(t.Context(), srv)
	require.NoError(t, err)
	coverage.Prepare(srv, name)
	requests := &requestLog{}
	client, err := srv.Client(intercom.WithVersion(version), intercom.WithoutPrefetch(), intercom.WithoutRetry(),
		intercom.WithHTTPClient(&http.Client{Transport: requests.of(srv.Transport())}))
	require.NoError(t, err)
	err = row(t.Context(), client, w)
	if op := operationOf(name); op != nil && !op.In(number(version)) {
		assert.True(t, intercom.IsVersion(err), "%v", err)
		assert.Empty(t, requests.sent())
		return
	}
	require.NoError(t, err)
	requests.check(t, name)
	if op := operationOf(name); op != nil {
		assert.NotEmpty(t, srv.Requests(op.Name), "the workspace took it for something else")
	}
}

// callElsewhere runs a row on a server that is not ours.
func callElsewhere(t *testing.T, name string, row coverage.Row, version intercom.APIVersion) {
	t.Helper()
	requests := &requestLog{}
	network := http.DefaultTransport.(*http.Transport).Clone()
	t.Cleanup(network.CloseIdleConnections)
	client, err := intercom.NewClient(os.Getenv("INTERCOM_ACCESS_TOKEN"),
		intercom.WithVersion(version), intercom.WithoutPrefetch(), intercom.WithoutRetry(),
		intercom.WithBaseURL(os.Getenv("INTERCOM_TEST_BASE_URL")), intercom.WithHTTPClient(&http.Client{Transport: requests.of(network)}))
	require.NoError(t, err)
	err = row(t.Context(), client, coverage.Plausible)
	if complaint := misjudged[name]; err != nil && complaint != "" {
		require.ErrorContains(t, err, complaint)
	} else {
		require.NoError(t, err)
	}
	requests.check(t, name)
}

// misjudged are complaints of servers that go by the published description, or
// about its examples, where it is the description that is wrong.
var misjudged = map[string]string{
	"Companies.Update":    "body sent to an operation that documents none",
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
	rows := coverage.Rows()
	for _, name := range methods {
		assert.NotNil(t, rows[name], "%s has no row", name)
	}
	for name := range rows {
		assert.True(t, slices.Contains(methods, name), "there is no method %s", name)
	}
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

// leftOut tells whether another server can't know a method.
func leftOut(name string, version intercom.APIVersion) bool {
	op := operationOf(name)
	return op == nil || op.Name != name || op.Undocumented || !op.In(number(version))
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
