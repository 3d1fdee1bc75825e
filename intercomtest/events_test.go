package intercomtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestEventsAreListed(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, who := t.Context(), skipper(srv)
		now := srv.Now()
		submit := func(name string, at time.Time, metadata map[string]any) {
			var response intercom.Response
			err := client.Events.Submit(ctx, intercom.EventSubmitParams{
				Name: name, CreatedAt: intercom.TimestampOf(at), UserID: "s-1", Metadata: intercom.CustomAttributesOf(metadata),
			}, intercom.WithResponse(&response))
			require.NoError(t, err)
			assert.Equal(t, 202, response.StatusCode)
		}
		for i := range 5 {
			submit("moored", now.Add(-time.Duration(i)*time.Hour), map[string]any{"berth": i, "fee": map[string]any{"amount": 3000, "currency": "eur"}})
		}
		submit("moored", now, map[string]any{"berth": 99})            // the same contact, name and second
		submit("sailed", now, nil)                                    // another name in the same second
		submit("moored", now.Add(-91*24*time.Hour), map[string]any{}) // too long ago to be listed
		assert.Len(t, srv.Events(), 7)

		var got []string
		for e, err := range client.Events.All(ctx, intercom.EventListParams{Contact: intercom.ContactByID(who.ID), PerPage: 2}) {
			require.NoError(t, err)
			assert.Equal(t, "s-1", e.UserID)
			berth, _ := e.Metadata.String("berth")
			got = append(got, e.Name+berth)
		}
		assert.Equal(t, []string{"sailed", "moored0", "moored1", "moored2", "moored3", "moored4"}, got)
		page, err := client.Events.List(ctx, intercom.EventListParams{Contact: intercom.ContactByEmail(who.Email), PerPage: 2})
		require.NoError(t, err)
		assert.Len(t, page.Items, 2)
		assert.NotEmpty(t, page.NextCursor)

		require.NoError(t, client.Events.SubmitSummary(ctx, intercom.EventSummaryParams{UserID: "s-1", Summary: intercom.EventSummaryCount{
			Name: "sailed", Count: 40, First: intercom.UnixTimestamp(1_500_000_000),
		}}))
		summary, err := client.Events.Summaries(ctx, intercom.ContactByExternalID("s-1"))
		require.NoError(t, err)
		require.Len(t, summary.Events, 2)
		assert.Equal(t, "moored", summary.Events[0].Name)
		assert.Equal(t, 6, summary.Events[0].Count)
		assert.Equal(t, now.Unix(), summary.Events[0].Last.Unix())
		assert.Equal(t, 41, summary.Events[1].Count)
		assert.Equal(t, int64(1_500_000_000), summary.Events[1].First.Unix())
	})
}

func TestEventsSinceThen(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	who := skipper(srv)
	base := "/events?type=user&intercom_user_id=" + who.ID
	seed := func(name string) {
		srv.Seed(intercom.Event{Name: name, IntercomUserID: who.ID})
		srv.Advance(time.Second)
	}
	var answer struct {
		Events []intercom.Event `json:"events"`
		Pages  struct {
			Since string `json:"since"`
		} `json:"pages"`
	}
	seed("first")
	_, text := send(t, srv, "GET", base, "")
	decode(t, text, &answer)
	require.Len(t, answer.Events, 1)
	seed("second")
	_, text = send(t, srv, "GET", answer.Pages.Since[len(srv.URL):], "")
	decode(t, text, &answer)
	require.Len(t, answer.Events, 1)
	assert.Equal(t, "second", answer.Events[0].Name)
}

func TestEventMetadataIsCut(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	who := skipper(srv)
	var details []string
	for i := range 14 {
		details = append(details, fmt.Sprintf(`"k%02d":%d`, i, i))
	}
	metadata := strings.Join(details, ",")
	resp, text := send(t, srv, "POST", "/events", `{"event_name":"x","created_at":1700000000,"id":"`+who.ID+`","metadata":{`+metadata+`}}`)
	assert.Equal(t, 202, resp.StatusCode)
	assert.Empty(t, text)
	assert.Equal(t, 10, srv.Events()[0].Metadata.Len())
}

func TestEventErrors(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	skipper(srv)
	err := client.Events.Submit(t.Context(), intercom.EventSubmitParams{Name: "x", CreatedAt: intercom.TimestampOf(srv.Now()), UserID: "404"})
	assert.True(t, intercom.IsNotFound(err), err)
	for body, field := range map[string]string{
		`{"event_name":"x","user_id":"s-1"}`:                                      "created_at",
		`{"created_at":1,"user_id":"s-1"}`:                                        "event_name",
		`{"event_name":"x","created_at":1}`:                                       "user_id",
		`{"event_name":"x","created_at":"soon","user_id":"s-1"}`:                  "created_at",
		`{"event_name":"x","created_at":1700000000,"user_id":"s-1","metadata":3}`: "metadata",
	} {
		resp, text := send(t, srv, "POST", "/events", body)
		assert.Equal(t, 400, resp.StatusCode, body)
		assert.Contains(t, text, `"field":"`+field+`"`)
	}
	for query, status := range map[string]int{
		"": 400, "?type=user": 400, "?type=lead&user_id=s-1": 400, "?type=user&user_id=404": 404,
		"?type=user&user_id=s-1&per_page=51": 400, "?type=user&user_id=s-1&before=then": 400, "?type=user&user_id=s-1": 200,
	} {
		resp, _ := send(t, srv, "GET", "/events"+query, "")
		assert.Equal(t, status, resp.StatusCode, query)
	}
}
