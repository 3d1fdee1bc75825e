package intercomtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// pathOf is the path of an operation with an id for each parameter.
func pathOf(op *operations.Operation, id string) string {
	segments := strings.Split(op.Path, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, "{") {
			segments[i] = id
		}
	}
	return strings.Join(segments, "/")
}

// FuzzRoutes throws bodies and queries at every route: whatever comes, the
// answer is no 5xx, is JSON where there is a body, and the workspace can still
// be looked at.
func FuzzRoutes(f *testing.F) {
	for i := range operations.All {
		for _, body := range []string{
			"", "{", "null", "[]", `{"id":"1","name":"x","email":"e@x.example","role":"user","body":"b","consent_type":"opt_in"}`,
			`{"id":1,"name":["x"],"email":{},"role":5,"body":null,"options":[{"value":"a"},"b"],"custom_attributes":{"plan":"x","a":{"b":[]}}}`,
			`{"from":"2","into":"1","company_id":"c","companies":[{"id":"1"},{"company_id":"c","untag":true}],"users":[{"id":"1"}]}`,
			`{"query":{"operator":"AND","value":[{"field":"created_at","operator":">","value":1e300}]},"sort":{"field":"name"},"pagination":{"per_page":-5}}`,
			`{"query":{"field":"custom_attributes.x","operator":"IN","value":[1,"2",null,true]}}`,
			`{"name":"n","model":"contact","data_type":"options","options":["a","b"],"created_at":99999999999999999999,"size":1e-5}`,
		} {
			f.Add(uint8(i), []byte(body), "1", "page=2&per_page=3&order=asc&tag_id=1", i%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte, id, query string, quirks bool) {
		opts := []intercomtest.Option{intercomtest.WithoutSocket()}
		if quirks {
			opts = append(opts, intercomtest.WithQuirks())
		}
		srv := intercomtest.NewServer(opts...)
		srv.Seed(
			intercom.Contact{ID: "1", Email: "one@x.example", CustomAttributes: intercom.CustomAttributesOf(map[string]any{"plan": "a"})},
			intercom.Contact{ID: "2", Role: intercom.ContactRoleLead}, intercom.Company{ID: "1", CompanyID: "c"}, intercom.Tag{ID: "1"},
			intercom.Admin{ID: "1"}, intercom.SubscriptionType{ID: "1"}, intercom.DataAttribute{ID: "1"}, intercom.Segment{ID: "1"},
			intercom.Note{ID: "1", Contact: &intercom.ContactReference{ID: "1"}},
		)
		op := operations.All[int(which)%len(operations.All)]
		path := pathOf(op, url.PathEscape(id))
		target, err := url.Parse(srv.URL + path + "?" + query)
		if err != nil {
			return
		}
		req := &http.Request{
			Method: op.Method, URL: target, Header: http.Header{"Authorization": {"Bearer " + intercomtest.Token}, "Intercom-Version": {"2.10"}},
			Body: io.NopCloser(strings.NewReader(string(body))),
		}
		req = req.WithContext(t.Context())
		resp, err := srv.Transport().RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode >= 500 {
			t.Fatalf("%s %s: %d %s", op.Method, path, resp.StatusCode, text)
		}
		if strings.Contains(resp.Header.Get("Content-Type"), "json") && !json.Valid(text) {
			t.Fatalf("%s %s: no JSON: %s", op.Method, path, text)
		}
		srv.Contacts()
		srv.Companies()
		srv.Segments()
		srv.Tags()
	})
}
