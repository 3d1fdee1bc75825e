package intercomtest_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// TestBadRequests sends to every kind of room what won't do: the answer says
// which field it is about.
func TestBadRequests(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket(), intercomtest.WithVersion(intercom.V2_9))
	seedRooms(srv)
	srv.Seed(intercom.Note{ID: "1"}, intercom.SubscriptionType{ID: "1"}, intercom.DataAttribute{ID: "1"})
	me := srv.Me().ID
	eleven := strings.Repeat(`"https://x.example/a",`, 10) + `"https://x.example/a"`
	files := strings.Repeat(`{"name":"a","content_type":"b","data":""},`, 10) + `{"name":"a","content_type":"b","data":""}`
	for _, c := range []struct{ method, path, body, field string }{
		{"PUT", "/admins/" + me + "/away", `{"away_mode_enabled":true}`, "away_mode_reassign"},
		{"PUT", "/articles/1", `{"title":""}`, "title"},
		{"PUT", "/companies/1", `{"size":"big"}`, "size"},
		{"POST", "/contacts/merge", `{"from":"1"}`, "into"},
		{"PUT", "/contacts/1", `{"role":"lead"}`, "role"},
		{"POST", "/contacts/1/notes", `{}`, "body"},
		{"POST", "/contacts/1/tags", `{"id":""}`, "id"},
		{"POST", "/contacts/1/subscriptions", `{"id":"1"}`, "consent_type"},
		{"POST", "/conversations", `{"from":{"type":"robot","id":"1"},"body":"x"}`, "from.type"},
		{"POST", "/conversations/1/reply", `{"message_type":"comment","type":"admin","admin_id":1,"body":"x","attachment_urls":[` + eleven + `]}`, "attachment_urls"},
		{"POST", "/conversations/1/reply", `{"message_type":"comment","type":"admin","admin_id":1,"body":"x","attachment_urls":[7]}`, "attachment_urls"},
		{"POST", "/conversations/1/reply", `{"message_type":"comment","type":"admin","admin_id":1,"body":"x","attachment_urls":[true]}`, "attachment_urls"},
		{"POST", "/conversations/1/reply", `{"message_type":"comment","type":"admin","admin_id":1,"body":"x","attachment_files":[` + files + `]}`, "attachment_files"},
		{"POST", "/conversations/1/customers", `{}`, "customer"},
		{"POST", "/conversations/redact", `{"type":"part"}`, "conversation_id"},
		{"PUT", "/data_attributes/1", `{"archived":"so"}`, "archived"},
		{"POST", "/events/summaries", `{"user_id":"own","event_summaries":{"event_name":"e","count":-1}}`, "event_summaries.count"},
		{"POST", "/events/summaries", `{"user_id":"own"}`, "event_summaries"},
		{"POST", "/help_center/collections", `{"name":"x","help_center_id":404}`, "help_center_id"},
		{"POST", "/help_center/collections", `{"name":"x","translated_content":{"fr":7}}`, "translated_content.fr"},
		{"PUT", "/help_center/collections/1", `{"name":""}`, "name"},
		{"POST", "/help_center/sections", `{"name":"x","parent_id":404}`, "parent_id"},
		{"PUT", "/help_center/sections/1", `{"name":null}`, "name"},
		{"POST", "/messages", `{"message_type":"in_app","body":"x","from":{"type":"admin","id":1},"to":{"id":"1"}}`, "to.type"},
		{"POST", "/messages", `{"message_type":"in_app","body":"x","from":{"type":"admin","id":1},"to":7}`, "to"},
		{"POST", "/messages", `{"message_type":"in_app","body":"x","from":{"type":"admin"},"to":{"type":"user","id":"1"}}`, "from.id"},
		{"POST", "/news/news_items", `{"title":"x","sender_id":1,"newsfeed_assignments":[{"newsfeed_id":404}]}`, "newsfeed_assignments.newsfeed_id"},
		{"POST", "/news/news_items", `{"title":"x","sender_id":404}`, "sender_id"},
		{"POST", "/tags", `{"name":" "}`, "name"},
		{"POST", "/tags", `{"name":"x","companies":[{"id":"1","untag":"so"}]}`, "companies.untag"},
		{"POST", "/ticket_types", `{}`, "name"},
		{"PUT", "/ticket_types/1", `{"name":null}`, "name"},
		{"POST", "/ticket_types/1/attributes", `{"name":"a","description":"b","data_type":"list"}`, "list_items"},
		{"POST", "/ticket_types/1/attributes", `{"name":"a","description":"b","data_type":"colour"}`, "data_type"},
		{"PUT", "/ticket_types/1", `{"archived":3}`, "archived"},
		{"PUT", "/tickets/1", `{"state":"burning"}`, "state"},
		{"PUT", "/tickets/1", `{"snoozed_until":1}`, "snoozed_until"},
		{"PUT", "/visitors", `{"id":"1","custom_attributes":{"nope":1}}`, "custom_attributes"},
		{"POST", "/visitors/convert", `{"type":"user","visitor":{"id":"1"},"user":{"email":"x@y.example"}}`, "user.user_id"},
		{"POST", "/visitors/convert", `{"type":"boss","visitor":{"id":"1"},"user":{"user_id":"x"}}`, "type"},
	} {
		resp, text := send(t, srv, c.method, c.path, c.body)
		assert.Equal(t, 400, resp.StatusCode, "%s %s: %s", c.path, c.body, text)
		assert.Contains(t, text, `"field":"`+c.field+`"`, "%s %s", c.path, c.body)
	}
}

// TestNotFoundCodes asks for what is not there: every room has its own word for
// it.
func TestNotFoundCodes(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket(), intercomtest.WithVersion(intercom.V2_9), intercomtest.WithoutQuirks())
	seedRooms(srv)
	for request, code := range map[string]string{
		"GET /admins/404":                       intercom.CodeAdminNotFound,
		"PUT /admins/404/away":                  intercom.CodeAdminNotFound,
		"GET /articles/404":                     intercom.CodeNotFound,
		"DELETE /articles/404":                  intercom.CodeNotFound,
		"GET /companies/404":                    intercom.CodeCompanyNotFound,
		"GET /companies/404/contacts":           intercom.CodeCompanyNotFound,
		"GET /companies/404/segments":           intercom.CodeCompanyNotFound,
		"GET /companies?company_id=404":         intercom.CodeCompanyNotFound,
		"PUT /companies/404":                    intercom.CodeCompanyNotFound,
		"DELETE /contacts/1/companies/404":      intercom.CodeCompanyNotFound,
		"GET /contacts/404":                     intercom.CodeNotFound,
		"GET /contacts/404/companies":           intercom.CodeNotFound,
		"GET /contacts/404/notes":               intercom.CodeNotFound,
		"GET /contacts/404/segments":            intercom.CodeNotFound,
		"GET /contacts/404/subscriptions":       intercom.CodeNotFound,
		"GET /contacts/404/tags":                intercom.CodeNotFound,
		"DELETE /contacts/1/subscriptions/404":  intercom.CodeNotFound,
		"DELETE /contacts/1/tags/404":           intercom.CodeNotFound,
		"POST /contacts/404/archive":            intercom.CodeNotFound,
		"GET /conversations/404":                intercom.CodeNotFound,
		"PUT /data_attributes/404":              intercom.CodeFieldNotFound,
		"GET /export/content/data/404":          intercom.CodeNotFound,
		"POST /export/cancel/404":               intercom.CodeNotFound,
		"GET /help_center/collections/404":      intercom.CodeNotFound,
		"PUT /help_center/collections/404":      intercom.CodeNotFound,
		"GET /help_center/help_centers/404":     intercom.CodeNotFound,
		"PUT /help_center/sections/404":         intercom.CodeNotFound,
		"DELETE /help_center/sections/404":      intercom.CodeNotFound,
		"GET /news/news_items/404":              intercom.CodeNotFound,
		"GET /news/newsfeeds/404":               intercom.CodeNotFound,
		"GET /notes/404":                        intercom.CodeNotFound,
		"GET /segments/404":                     intercom.CodeNotFound,
		"GET /tags/404":                         intercom.CodeNotFound,
		"GET /teams/404":                        intercom.CodeTeamNotFound,
		"GET /ticket_types/404":                 intercom.CodeNotFound,
		"PUT /ticket_types/404":                 intercom.CodeNotFound,
		"PUT /ticket_types/1/attributes/404":    intercom.CodeNotFound,
		"GET /tickets/404":                      intercom.CodeNotFound,
		"GET /visitors/404":                     intercom.CodeNotFound,
		"GET /visitors?user_id=404":             intercom.CodeNotFound,
		"GET /nowhere":                          intercom.CodeNotFound,
		"PATCH /contacts/1":                     intercom.CodeNotFound,
		"POST /contacts/1":                      intercom.CodeNotFound,
		"DELETE /contacts":                      intercom.CodeNotFound,
		"GET /download/content/data/404":        intercom.CodeNotFound,
		"GET /companies/scroll?scroll_param=ab": intercom.CodeNotFound,
	} {
		method, path, _ := strings.Cut(request, " ")
		resp, text := send(t, srv, method, path, "", "Accept", "application/octet-stream")
		assert.Equal(t, 404, resp.StatusCode, request)
		assert.Contains(t, text, `"code":"`+code+`"`, request)
		assert.Contains(t, text, `"request_id":"`+resp.Header.Get("X-Request-Id"), request)
	}
}

func TestTokensThatWontDo(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	for _, authorization := range []string{"", "Bearer", "Bearer x", "Basic " + intercomtest.Token, intercomtest.Token} {
		resp, text := send(t, srv, "POST", "/contacts", "{", "Authorization", authorization)
		assert.Equal(t, 401, resp.StatusCode, "%q: who it is comes before what it says", authorization)
		assert.Contains(t, text, `"code":"unauthorized"`)
	}
	resp, _ := send(t, srv, "GET", "/me", "", "Authorization", "bearer  "+intercomtest.Token+" ")
	assert.Equal(t, 200, resp.StatusCode)
}

func TestBodiesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	for want, body := range map[int]io.Reader{
		400: io.MultiReader(strings.NewReader(`{"email":"a@b.example"}`), failing{}),
		413: strings.NewReader(`{"email":"a@b.example"}` + strings.Repeat(" ", 17<<20)),
	} {
		r := httptest.NewRequest(http.MethodPost, srv.URL+"/contacts", body)
		r.Header.Set("Authorization", "Bearer "+intercomtest.Token)
		w := httptest.NewRecorder()
		srv.ServeHTTP(w, r)
		assert.Equal(t, want, w.Code)
		assert.Contains(t, w.Body.String(), intercom.CodeBadRequest)
	}
	assert.Empty(t, srv.Contacts())
}

// failing is a body that breaks off.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("broken off") }

// What is not known is let through, as the real API does.
func TestUnknownMembersAreLetThrough(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	resp, text := send(t, srv, "POST", "/contacts?colour=red", `{"role":"lead","shoe_size":44,"tags":[{"id":"1"}]}`)
	assert.Equal(t, 200, resp.StatusCode)
	assert.NotContains(t, text, "shoe_size")
	require.Len(t, srv.Contacts(), 1)
}
