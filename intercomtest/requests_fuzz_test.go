package intercomtest_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// FuzzRequests throws whole requests at a workspace: any method, path and
// query, any headers, any body, several times after each other. None is answered
// by a 5xx, and what says that it is JSON is.
func FuzzRequests(f *testing.F) {
	for i, op := range operations.All {
		f.Add(op.Method, pathOf(op, "1"), "page=2&starting_after=e30=&scroll_param=x&before=1.2", "Intercom-Version", "2.16", `{"id":1}`, i%2 == 0)
	}
	for _, header := range [][2]string{
		{"Authorization", "Bearer"},
		{"Authorization", "Basic dTpw"},
		{"Authorization", "Bearer \x00"},
		{"Intercom-Version", "2.99999999999999999999"},
		{"Intercom-Version", "-2.8"},
		{"Intercom-Version", "2.8.1"},
		{"Content-Type", "text/html; charset=\xff"},
		{"Accept", "application/octet-stream;q=0"},
		{"Content-Encoding", "gzip"},
		{"Host", "a b"},
		{"X-Forwarded-Host", "evil.example"},
		{"Transfer-Encoding", "chunked"},
	} {
		f.Add("GET", "/contacts/1", "", header[0], header[1], "", false)
	}
	for _, path := range []string{
		"", "/", "//", "/contacts/", "/contacts//tags", "/contacts/%2e%2e", "/contacts/..%2f", "/contacts/%zz", "/contacts/\x00", "/%",
		"/contacts/1/tags/2/3/4/5", "/" + strings.Repeat("contacts/", 500), "/CONTACTS", "/contacts;x=1", "/conversations/last/reply", "*",
	} {
		f.Add("POST", path, "%zz=%zz&;", "Accept", "*/*", "{}", true)
	}
	f.Fuzz(func(t *testing.T, method, path, query, header, value, body string, quirks bool) {
		opts := []intercomtest.Option{intercomtest.WithoutSocket(), intercomtest.WithRateLimit(1000)}
		if quirks {
			opts = append(opts, intercomtest.WithQuirks())
		}
		srv := intercomtest.NewServer(opts...)
		seedRooms(srv)
		srv.AddWebhookHandler(http.NotFoundHandler(), "secret")
		for range 2 {
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
			r.Method, r.URL = method, &url.URL{Path: path, RawQuery: query}
			if unescaped, err := url.PathUnescape(path); err == nil {
				r.URL.Path, r.URL.RawPath = unescaped, path
			}
			r.Header.Set("Authorization", "Bearer "+intercomtest.Token)
			r.Header[header] = []string{value}
			w := httptest.NewRecorder()
			srv.ServeHTTP(w, r)
			if w.Code >= 500 {
				t.Fatalf("%s %q: %d %s", method, path, w.Code, w.Body)
			}
			if strings.Contains(w.Header().Get("Content-Type"), "json") && !json.Valid(w.Body.Bytes()) {
				t.Fatalf("%s %q: no JSON: %s", method, path, w.Body)
			}
		}
		lookAtRooms(srv)
		srv.Contacts()
		srv.Requests()
		srv.FlushWebhooks()
		srv.Inject(intercomtest.Fault{Operation: "Contacts.Get", Code: value, Header: http.Header{header: {value}}})
		answer, err := srv.Transport().RoundTrip(httptest.NewRequest(http.MethodGet, srv.URL+"/contacts/1", http.NoBody))
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if err := srv.SendWebhook(value, intercom.Contact{Name: body}); err != nil {
			t.Fatal(err)
		}
	})
}
