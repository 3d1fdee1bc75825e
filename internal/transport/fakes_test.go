package transport

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// testToken is what no error, log or dump may show.
const testToken = "dG9rOnNlY3JldC1zZWNyZXQ="

// Operations that the tests send.
var (
	getContact    = &operations.Operation{Name: "Contacts.Get", Method: "GET", Path: "/contacts/{id}", Reads: true}
	searchContact = &operations.Operation{Name: "Contacts.Search", Method: "POST", Path: "/contacts/search", Reads: true}
	createContact = &operations.Operation{Name: "Contacts.Create", Method: "POST", Path: "/contacts"}
	updateContact = &operations.Operation{Name: "Contacts.Update", Method: "PUT", Path: "/contacts/{id}", Idempotent: true}
	deleteContact = &operations.Operation{Name: "Contacts.Delete", Method: "DELETE", Path: "/contacts/{id}", Idempotent: true}
	createExport  = &operations.Operation{Name: "Export.Create", Method: "POST", Path: "/export/content/data"}
	download      = &operations.Operation{Name: "Export.Download", Method: "GET", Path: "/download/content/data/{job_identifier}", Reads: true, Stream: true}
)

// roundTrip is a RoundTripper in the process, fit for virtual time.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

// answer makes a response; pairs are names and values of its header.
func answer(status int, body string, pairs ...string) *http.Response {
	header := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		header.Add(pairs[i], pairs[i+1])
	}
	return &http.Response{
		StatusCode: status, Header: header, ContentLength: int64(len(body)),
		Body: io.NopCloser(strings.NewReader(body)),
	}
}

// newTestClient makes a client over a RoundTripper; edit may change its config.
func newTestClient(tb testing.TB, transport http.RoundTripper, edit ...func(*Config)) *Client {
	tb.Helper()
	token, err := StaticToken(testToken)
	if err != nil {
		tb.Fatal(err)
	}
	config := Config{
		BaseURL:    &url.URL{Scheme: "https", Host: "api.intercom.test"},
		HTTPClient: &http.Client{Transport: transport},
		Token:      token, UserAgent: "intercom-go/test",
	}
	for _, change := range edit {
		change(&config)
	}
	client, err := New(config)
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

// at points a client at a server.
func at(address string) func(*Config) {
	return func(config *Config) {
		base, err := ParseBaseURL(address)
		if err != nil {
			panic(err)
		}
		config.BaseURL = base
		config.HTTPClient = nil
	}
}

// request makes a call of an operation; the id in its path is "id-1".
func request(operation *operations.Operation, edit ...func(*Settings)) *Request {
	settings := DefaultSettings()
	for _, change := range edit {
		change(settings)
	}
	path := operation.Path
	if strings.Contains(path, "{") {
		path = path[:strings.IndexByte(path, '{')] + "id-1"
	}
	r := &Request{Operation: operation, Path: path, Settings: settings, Stream: operation.Stream}
	if operation.Method == http.MethodPost || operation.Method == http.MethodPut {
		r.Body = []byte(`{"email":"ada@example.com"}`)
	}
	return r
}

// do sends a call and gives what came back.
func do(client *Client, r *Request) (*Response, error) {
	response := new(Response)
	err := client.Do(context.Background(), r, response)
	return response, err
}

// mustBe fails unless err is of type E.
func mustBe[E error](t *testing.T, err error) E {
	t.Helper()
	var want E
	if !errors.As(err, &want) {
		t.Fatalf("got the error %v (%T), want a %T", err, err, want)
	}
	return want
}

// checkText fails unless the text of an error is one line of ours without the
// token, without what a call was about, and without the other words given.
func checkText(t *testing.T, err error, never ...string) {
	t.Helper()
	text := err.Error()
	if !strings.HasPrefix(text, "intercom: ") || strings.ContainsAny(text, "\r\n\x00") || len(text) > 700 {
		t.Errorf("not a line of ours: %q", text)
	}
	for _, word := range append(never, testToken, "id-1", "ada@example.com", "ada%40example.com") {
		if strings.Contains(text, word) {
			t.Errorf("%q holds %q", text, word)
		}
	}
}

// counting answers every request with a status and counts them.
func counting(requests *int, status int, pairs ...string) http.RoundTripper {
	return roundTrip(func(*http.Request) (*http.Response, error) {
		*requests++
		return answer(status, "{}", pairs...), nil
	})
}

// emptyJar is a cookie jar without cookies; having one makes the requests go
// through http.Client.Do.
type emptyJar struct{}

func (emptyJar) SetCookies(*url.URL, []*http.Cookie) {}

func (emptyJar) Cookies(*url.URL) []*http.Cookie { return nil }

// quiet swallows what test servers say about connections that the tests break.
var quiet = log.New(io.Discard, "", 0)
