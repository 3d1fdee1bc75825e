package consumer

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go"
)

// server answers everything with an empty object, but export jobs as completed,
// for which some methods wait; and counts.
type server struct{ requests int }

func (s *server) RoundTrip(r *http.Request) (*http.Response, error) {
	s.requests++
	body := "{}"
	if strings.HasPrefix(r.URL.Path, "/export/") {
		body = `{"job_identifier": "17", "status": "completed"}`
	}
	return &http.Response{
		StatusCode: http.StatusOK, Request: r, ContentLength: int64(len(body)),
		Header: http.Header{"Content-Type": {"application/json"}},
		Body:   io.NopCloser(strings.NewReader(body)),
	}, nil
}

// TestCalls calls everything. Params with every field set go too far for some
// methods: that has to be said in one line, and by nothing worse.
func TestCalls(t *testing.T) {
	t.Parallel()
	for _, version := range []intercom.APIVersion{intercom.V2_8, intercom.V2_9, intercom.V2_16, "2.99"} {
		t.Run(string(version), func(t *testing.T) {
			t.Parallel()
			s := new(server)
			client, err := intercom.NewClient("token", intercom.WithHTTPClient(&http.Client{Transport: s}), intercom.WithVersion(version), intercom.WithoutPrefetch())
			if err != nil {
				t.Fatal(err)
			}
			calls := 0
			Calls(t.Context(), client, func(method string, err error) {
				calls++
				if err != nil && (!strings.HasPrefix(err.Error(), "intercom: ") || strings.Contains(err.Error(), "\n")) {
					t.Errorf("%s: %q", method, err)
				}
			})
			if calls < 150 || s.requests < calls/2 {
				t.Errorf("%d calls made %d requests", calls, s.requests)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	s := new(server)
	logger := slog.New(slog.DiscardHandler)
	client, err := ClientOptions(&http.Client{Transport: s}, logger)
	if err != nil {
		t.Fatal(err)
	}
	derived, err := Derived(client)
	if err != nil {
		t.Fatal(err)
	}
	var response intercom.Response
	for _, c := range []*intercom.Client{client, derived} {
		_, err := c.Contacts.Get(t.Context(), "17", CallOptions(&response)...)
		if explained := Explain(err); explained != "fine" {
			t.Error(explained)
		}
	}
	if response.Attempts != 1 || s.requests != 2 {
		t.Errorf("%d requests, the last with %d attempts", s.requests, response.Attempts)
	}
}
