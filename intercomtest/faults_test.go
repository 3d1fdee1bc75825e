package intercomtest_test

import (
	"errors"
	"io"
	"net/http"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestFaultsStrikeWhomTheyAreMeantFor(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.Inject(intercomtest.Fault{Operation: "Admins.List", After: 1, Times: 2, Status: 503})
	var statuses []int
	for range 4 {
		var response intercom.Response
		_, _ = client.Admins.List(t.Context(), intercom.AdminListParams{}, intercom.WithResponse(&response))
		statuses = append(statuses, response.StatusCode)
		_, err := client.Admins.Me(t.Context())
		require.NoError(t, err)
	}
	assert.Equal(t, []int{200, 503, 503, 200}, statuses)
}

// TestFaultsOfOperationsThatShareAPath strikes one of four operations that differ
// by their bodies only.
func TestFaultsOfOperationsThatShareAPath(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	id, admin := begin(t, client, skipper(srv).ID, "Hello"), srv.Me().ID
	srv.Inject(intercomtest.Fault{Operation: "Conversations.Close", Status: 503})
	_, err := client.Conversations.Open(t.Context(), id, intercom.ConversationOpenParams{AdminID: admin})
	require.NoError(t, err)
	_, err = client.Conversations.Close(t.Context(), id, intercom.ConversationCloseParams{AdminID: admin})
	assert.True(t, intercom.IsTemporary(err), "%v", err)
	assert.Len(t, srv.Requests("Conversations.Open"), 1)
	assert.Len(t, srv.Requests("Conversations.Close"), 1)
	assert.Empty(t, srv.Requests("Conversations.Snooze"))
}

func TestOperationsThatAreNotThere(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Contact.Get":         `there is no operation "Contact.Get", it is the name of a method that sends one request, such as Contacts.List`,
		"Tags.All":            `there is no operation "Tags.All", but Tags.List, Tags.Upsert, Tags.TagCompanies, Tags.UntagCompanies, Tags.TagContacts, Tags.Delete, Tags.Get`,
		"Contacts.Notes.Look": `there is no operation "Contacts.Notes.Look", but Contacts.Notes.List, Contacts.Notes.Create`,
	} {
		failed := &recordingTB{T: t}
		srv := intercomtest.New(failed, intercomtest.WithoutSocket())
		srv.Inject(intercomtest.Fault{Operation: name})
		assert.Equal(t, []string{"intercomtest: Inject: " + want}, failed.said)
		srv.Requests("Tags.List", name)
		assert.Equal(t, "intercomtest: Requests: "+want, failed.said[1])
	}
	srv := intercomtest.NewServer(intercomtest.WithoutSocket())
	assert.Panics(t, func() { srv.Inject(intercomtest.Fault{Operation: "Contacts.All"}) })
}

func TestFaultsThatStay(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.Inject(intercomtest.Fault{Times: -1, Status: 403})
	for range 3 {
		_, err := client.Admins.Me(t.Context())
		assert.True(t, intercom.IsForbidden(err))
		assert.True(t, intercom.HasCode(err, intercom.CodeAPIPlanRestricted))
	}
	srv.ClearFaults()
	_, err := client.Admins.Me(t.Context())
	assert.NoError(t, err)
}

func TestCustomAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, testCustomAnswers) // The client waits for what the 429 says.
}

func testCustomAnswers(t *testing.T) {
	srv, client := workspace(t)
	srv.Inject(
		intercomtest.Fault{Body: `{"type":"admin","id":"made up"}`, Header: http.Header{"X-Extra": {"yes"}}},
		intercomtest.Fault{Status: 429, Header: http.Header{"Retry-After": {"7"}}},
		intercomtest.Fault{Code: "some_code"},
		intercomtest.Fault{Status: 502, Body: "<html>bad gateway</html>", Header: http.Header{"Content-Type": {"text/html"}}},
	)
	var response intercom.Response
	me, err := client.Admins.Me(t.Context(), intercom.WithResponse(&response))
	require.NoError(t, err)
	assert.Equal(t, "made up", me.ID)
	assert.Equal(t, "yes", response.Header.Get("X-Extra"))
	_, err = client.Admins.Me(t.Context())
	var e *intercom.Error
	require.ErrorAs(t, err, &e)
	assert.True(t, intercom.IsRateLimited(err))
	assert.Equal(t, 7*time.Second, e.RetryAfter)
	_, err = client.Admins.Me(t.Context())
	assert.True(t, intercom.HasCode(err, "some_code"))
	_, err = client.Admins.Me(t.Context())
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 502, e.StatusCode)
	assert.Contains(t, string(e.Body), "<html>")
}

func TestAnswersThatGetLost(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]intercomtest.Option{"socket": nil, "in process": {intercomtest.WithoutSocket()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := intercomtest.New(t, opts...)
			client := clientOf(t, srv)
			srv.Inject(intercomtest.Fault{Operation: "Admins.SetAway", Reset: true})
			id := srv.Me().ID
			away := intercom.AdminAwayParams{AwayModeEnabled: true}
			_, err := client.Admins.SetAway(t.Context(), id, away)
			require.Error(t, err)
			assert.True(t, errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF), "%v", err)
			assert.False(t, srv.Me().AwayModeEnabled, "the request never arrived")
			srv.Inject(intercomtest.Fault{Operation: "Admins.SetAway", Reset: true, CarryOut: true})
			_, err = client.Admins.SetAway(t.Context(), id, away)
			require.Error(t, err)
			assert.True(t, srv.Me().AwayModeEnabled, "only the answer was lost")
		})
	}
}

func TestBodiesThatBreakOff(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]intercomtest.Option{"socket": nil, "in process": {intercomtest.WithoutSocket()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := intercomtest.New(t, opts...)
			srv.Inject(intercomtest.Fault{Cut: true})
			_, err := clientOf(t, srv).Admins.Me(t.Context())
			assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
		})
	}
}

func TestBodiesThatTrickleOverASocket(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t)
	srv.Inject(intercomtest.Fault{Trickle: 20 * time.Millisecond})
	me, err := clientOf(t, srv).Admins.Me(t.Context())
	require.NoError(t, err)
	assert.Equal(t, srv.Me().Name, me.Name)
}

func TestBodiesThatTrickle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, client := workspace(t)
		srv.Inject(intercomtest.Fault{Trickle: 10 * time.Second, Times: 2})
		begin := time.Now()
		me, err := client.Admins.Me(t.Context())
		require.NoError(t, err)
		assert.Equal(t, srv.Me().Name, me.Name)
		assert.InDelta(t, 10, time.Since(begin).Seconds(), 1)
		_, err = clientOf(t, srv, intercom.WithTimeout(5*time.Second)).Admins.Me(t.Context())
		assert.True(t, intercom.IsTimeout(err), "%v", err)
	})
}

func TestFaultsHaveTheUsualCodes(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	for status, code := range map[int]string{
		400: intercom.CodeBadRequest, 401: intercom.CodeUnauthorized, 403: intercom.CodeAPIPlanRestricted, 404: intercom.CodeNotFound,
		409: intercom.CodeConflict, 422: intercom.CodeDataInvalid, 429: intercom.CodeRateLimitExceeded, 500: "server_error",
		503: "service_unavailable", 504: "server_error",
	} {
		srv.Inject(intercomtest.Fault{Status: status})
		resp, text := send(t, srv, "GET", "/me", "")
		assert.Equal(t, status, resp.StatusCode)
		assert.Contains(t, text, `"code":"`+code+`"`)
		assert.Contains(t, text, `"type":"error.list","request_id":"`+resp.Header.Get("X-Request-Id"))
	}
}
