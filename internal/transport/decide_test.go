package transport

import (
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// Which calls are sent again after which trouble: what matters is whether the
// server may have carried the call out, and whether that would matter.
func TestRetryByMeaning(t *testing.T) {
	t.Parallel()
	type counts struct{ read, search, update, create int }
	again, onlySafe, never := counts{2, 2, 2, 2}, counts{2, 2, 2, 1}, counts{1, 1, 1, 1}
	tests := map[string]struct {
		trouble func(*http.Request) (*http.Response, error)
		want    counts
	}{
		"429":                 {says(429, ""), again},
		"connection refused":  {refused, again},
		"408":                 {says(408, ""), onlySafe},
		"500":                 {says(500, ""), onlySafe},
		"502 in HTML":         {says(502, "<html>"), onlySafe},
		"503":                 {says(503, ""), onlySafe},
		"504":                 {says(504, ""), onlySafe},
		"connection reset":    {reset, onlySafe},
		"end without answer":  {eof, onlySafe},
		"cut body":            {cut, onlySafe},
		"attempt timeout":     {stall, onlySafe},
		"501":                 {says(501, ""), never},
		"400":                 {says(400, ""), never},
		"400 scroll_exists":   {says(400, `{"errors":[{"code":"scroll_exists"}]}`), never},
		"401":                 {says(401, ""), never},
		"404":                 {says(404, ""), never},
		"409":                 {says(409, ""), never},
		"422":                 {says(422, ""), never},
		"423":                 {says(423, ""), never},
		"redirect to nowhere": {says(302, ""), never},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for operation, want := range map[*operations.Operation]int{getContact: test.want.read, searchContact: test.want.search, updateContact: test.want.update, createContact: test.want.create} {
				synctest.Test(t, func(t *testing.T) {
					server := steps(test.trouble, fine)
					response, err := do(newTestClient(t, server), request(operation))
					if len(server.sent) != want || response.Attempts != want || (err == nil) != (want == 2) {
						t.Errorf("%s: %d requests (%d told), %v; want %d", operation.Name, len(server.sent), response.Attempts, err, want)
					}
					if err != nil {
						checkText(t, err)
					}
				})
			}
		})
	}
}

func TestReplayIsTheCallersChoice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := steps(reset, fine)
		call := request(createContact)
		call.Replay = true
		if _, err := do(newTestClient(t, server), call); err != nil || len(server.sent) != 2 {
			t.Errorf("%v after %d requests", err, len(server.sent))
		}
	})
}

func TestRawDoorReplaysReadsOnly(t *testing.T) {
	t.Parallel()
	for method, want := range map[string]int{"GET": 3, "HEAD": 3, "POST": 1, "PUT": 1, "DELETE": 1, "PATCH": 1} {
		synctest.Test(t, func(t *testing.T) {
			server := steps(says(503, ""))
			call := request(RawOperation(method, "/contacts/63a07ddf05a3/ada@example.com"))
			_, err := do(newTestClient(t, server), call)
			if len(server.sent) != want {
				t.Errorf("%s: %d requests, want %d", method, len(server.sent), want)
			}
			checkText(t, err, "63a07ddf05a3")
		})
	}
}

// A second export beside a running one is refused by a 429 that no waiting for
// a reset makes go away.
func TestExportJobPending(t *testing.T) {
	t.Parallel()
	pending := `{"type":"error.list","errors":[{"code":"rate_limit_exceeded","message":"Exceeded rate limit of 1 pending message data export jobs"}]}`
	used := []string{"X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "0"}
	left := []string{"X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "9"}
	tests := map[string]struct {
		operation *operations.Operation
		refuse    func(*http.Request) (*http.Response, error)
		want      int
	}{
		"the message says so":      {createExport, says(429, pending, used...), 1},
		"nothing is said":          {createExport, says(429, ""), 1},
		"the window has room":      {createExport, says(429, "", left...), 1},
		"the window is used up":    {createExport, says(429, "", used...), 2},
		"the server names a time":  {createExport, says(429, "", "Retry-After", "1"), 2},
		"through the raw door":     {RawOperation("POST", "/export/content/data"), says(429, pending), 1},
		"another call, same words": {createContact, says(429, pending), 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := steps(test.refuse, fine)
				_, err := do(newTestClient(t, server), request(test.operation))
				if len(server.sent) != test.want {
					t.Errorf("%d requests, want %d", len(server.sent), test.want)
				}
				if test.want == 1 && mustBe[*Failure](t, err).RateLimited() {
					t.Error("taken for a rate limit")
				}
			})
		})
	}
}
