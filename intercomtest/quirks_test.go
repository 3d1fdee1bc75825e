package intercomtest_test

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestAnswersHaveAllMembers(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t, intercomtest.WithoutQuirks())
	srv.Seed(intercom.Contact{ID: "1", Name: "Zoë \"Z\" <\x01\xff>\n", OwnerID: srv.Me().ID, Avatar: &intercom.Avatar{Type: "avatar", ImageURL: "https://img.example/z"}})
	var got map[string]any
	_, text := send(t, srv, "GET", "/contacts/1", "", "Intercom-Version", "2.8")
	decode(t, text, &got)
	assert.Equal(t, "Zoë \"Z\" <\x01\ufffd>\n", got["name"])
	assert.Equal(t, srv.Me().ID, strconv.Itoa(int(got["owner_id"].(float64))))
	for _, name := range []string{"email", "phone", "external_id", "signed_up_at", "last_seen_at", "browser"} {
		value, there := got[name]
		assert.True(t, there, name)
		assert.Nil(t, value, name)
	}
	assert.Equal(t, false, got["has_hard_bounced"])
	assert.Equal(t, map[string]any{}, got["custom_attributes"])
	assert.Equal(t, []any{}, got["tags"].(map[string]any)["data"])
	assert.NotContains(t, got, "formatted_phone", "came with 2.11")
	assert.NotContains(t, got, "merge_history", "came with 2.16")
	_, text = send(t, srv, "GET", "/contacts/1", "", "Intercom-Version", "2.16")
	assert.Contains(t, text, `"owner_id":"`+srv.Me().ID+`"`)
	assert.Contains(t, text, `"merge_history":[]`)
}

func TestQuirks(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t, intercomtest.WithQuirks())
	srv.Seed(intercom.Admin{ID: "9", TeamIDs: []string{"5", "x", "007"}})
	_, text := send(t, srv, "GET", "/admins/9", "")
	assert.Contains(t, text, `"id":9`)
	assert.Contains(t, text, `"team_ids":[5,"x","007"]`)
	srv.Seed(intercom.Contact{
		ID: "1", OwnerID: srv.Me().ID, Avatar: &intercom.Avatar{ImageURL: "https://img.example/z"},
		SignedUpAt: intercom.UnixTimestamp(5), LastSeenAt: intercom.UnixTimestamp(6), LastContactedAt: intercom.UnixTimestamp(7),
	})
	_, text = send(t, srv, "GET", "/contacts?per_page=1", "")
	for _, part := range []string{
		`"owner_id":"` + srv.Me().ID + `"`, `"avatar":"https://img.example/z"`, `"signed_up_at":"5"`, `"last_seen_at":6.0`,
		`"data":null`, `"per_page":"1"`, `"page":"1"`, `"insights_preview":`, `"last_contacted_at":"1970-01-01T00:00:07.000+00:00"`,
		`"last_replied_at":""`, `"custom_attributes":[]`,
	} {
		assert.Contains(t, text, part)
	}
	page, err := client.Contacts.List(t.Context(), intercom.ContactListParams{})
	require.NoError(t, err)
	c := page.Items[0]
	assert.Equal(t, srv.Me().ID, c.OwnerID)
	assert.Equal(t, "https://img.example/z", c.Avatar.ImageURL)
	assert.Equal(t, int64(5), c.SignedUpAt.Unix())
	assert.Equal(t, int64(6), c.LastSeenAt.Unix())
	assert.Equal(t, int64(7), c.LastContactedAt.Unix())
	assert.True(t, c.LastRepliedAt.IsZero())
	assert.Zero(t, c.CustomAttributes.Len())
	assert.Contains(t, c.UnknownFields(), "insights_preview")
}

func TestQuirksOfConversations(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t, intercomtest.WithQuirks())
	id := begin(t, client, skipper(srv).ID, "Hello")
	_, text := send(t, srv, "GET", "/conversations/"+id, "")
	assert.Contains(t, text, `"teammates":null`)
	assert.Contains(t, text, `"id":`+id+`,`)
	me := srv.Me().ID
	_, err := client.Conversations.Assign(t.Context(), id, intercom.ConversationAssignParams{AdminID: me, Assignee: intercom.AssignToAdmin(me)})
	require.NoError(t, err)
	_, err = client.Conversations.Assign(t.Context(), id, intercom.ConversationAssignParams{AdminID: me, Assignee: intercom.AssignToNobody()})
	require.NoError(t, err)
	_, err = client.Conversations.ReplyAsAdmin(t.Context(), id, intercom.ConversationAdminReplyParams{AdminID: me, Body: "Hello"})
	require.NoError(t, err)
	_, text = send(t, srv, "GET", "/conversations/"+id, "")
	for _, part := range []string{
		`"assigned_to":"` + me + `"`, `"assigned_to":{"type":"nobody_admin","id":null}`, `"assigned_to":null`, `"count_assignments":"2"`,
		`"time_to_first_close":null`, `"admins":[{`,
	} {
		assert.Contains(t, text, part)
	}
	got, err := client.Conversations.Get(t.Context(), id, intercom.ConversationGetParams{})
	require.NoError(t, err)
	assert.Equal(t, 2, *got.Statistics.CountAssignments)
	assert.Equal(t, me, got.Parts.Parts[0].AssignedTo.ID)
	assert.Equal(t, "nobody_admin", got.Parts.Parts[1].AssignedTo.Type)
	assert.Equal(t, me, got.Teammates.Admins[0].ID)
}

// TestQuirksOfNext reads where the next page is: there are four ways to say so.
func TestQuirksOfNext(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t, intercomtest.WithQuirks())
	srv.SeedCompanies(4)
	next := func(path string) any {
		var answer struct{ Pages struct{ Next any } }
		_, text := send(t, srv, "GET", path, "")
		decode(t, text, &answer)
		return answer.Pages.Next
	}
	members := func(path string) []string {
		object, ok := next(path).(map[string]any)
		require.True(t, ok, path)
		return slices.Sorted(maps.Keys(object))
	}
	assert.Equal(t, srv.URL+"/companies?page=2&per_page=1", next("/companies?per_page=1"))
	assert.Equal(t, []string{"page", "starting_after"}, members("/companies?per_page=1&page=2"))
	assert.Equal(t, []string{"per_page", "starting_after"}, members("/companies?per_page=1&page=3"))
	assert.Nil(t, next("/companies?per_page=1&page=4"))
	assert.Equal(t, []string{"per_page", "starting_after"}, members("/contacts?per_page=1"))
	cursor := next("/contacts?per_page=1").(map[string]any)["starting_after"].(string)
	assert.Equal(t, []string{"page", "starting_after"}, members("/contacts?per_page=1&starting_after="+url.QueryEscape(cursor)))
}

func TestQuirksOfStatuses(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t, intercomtest.WithQuirks())
	srv.Seed(intercom.Tag{ID: "7"}, intercom.SubscriptionType{ID: "8"}, intercom.Contact{ID: "1"})
	resp, text := send(t, srv, "GET", "/tags/404", "")
	assert.Contains(t, text, `"request_id":null`)
	assert.Len(t, resp.Header.Get("X-Request-Id"), 20)
	resp, text = send(t, srv, "DELETE", "/tags/7", "")
	assert.Equal(t, 204, resp.StatusCode)
	assert.Empty(t, text)
	resp, text = send(t, srv, "DELETE", "/contacts/1/subscriptions/8", "")
	assert.Equal(t, 200, resp.StatusCode)
	assert.Empty(t, text)
	var e *intercom.Error
	require.ErrorAs(t, client.Tags.Delete(t.Context(), "7"), &e)
	assert.Len(t, e.RequestID, 20, "the header has it")
}

// Not parallel: it changes the environment.
func TestQuirksVariable(t *testing.T) {
	for _, c := range []struct {
		value string
		opts  []intercomtest.Option
		want  bool
	}{
		{"", nil, false},
		{"0", nil, false},
		{"1", nil, true},
		{"", []intercomtest.Option{intercomtest.WithQuirks()}, true},
		{"1", []intercomtest.Option{intercomtest.WithoutQuirks()}, false},
	} {
		t.Setenv(intercomtest.QuirksVariable, c.value)
		srv, _ := workspace(t, c.opts...)
		_, text := send(t, srv, "GET", "/admins/"+srv.Me().ID, "")
		assert.Equal(t, c.want, strings.Contains(text, "insights_preview"), c)
	}
}

// TestNobody reads ids of people where there are none.
func TestNobody(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		opts                          []intercomtest.Option
		version                       string
		contact, conversation, ticket string
	}{
		"plain":        {[]intercomtest.Option{intercomtest.WithoutQuirks()}, "2.9", `null`, `null`, `"0"`},
		"plain, newer": {[]intercomtest.Option{intercomtest.WithoutQuirks()}, "2.16", `null`, `null`, `0`},
		"quirks":       {[]intercomtest.Option{intercomtest.WithQuirks()}, "2.9", `"0"`, `"0"`, `0`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv, client := workspace(t, test.opts...)
			srv.Seed(
				intercom.Contact{ID: "1"}, intercom.Conversation{ID: "2"}, intercom.TicketType{ID: "3"},
				intercom.Ticket{ID: "4", TicketType: &intercom.TicketType{ID: "3"}, AdminAssigneeID: "0"},
			)
			for path, want := range map[string]string{
				"/contacts/1":      `"owner_id":` + test.contact,
				"/conversations/2": `"admin_assignee_id":` + test.conversation,
				"/tickets/4":       `"admin_assignee_id":` + test.ticket,
			} {
				_, text := send(t, srv, "GET", path, "", "Intercom-Version", test.version)
				assert.Contains(t, text, want+",")
			}
			got, err := client.Conversations.Get(t.Context(), "2", intercom.ConversationGetParams{})
			require.NoError(t, err)
			assert.Empty(t, got.AdminAssigneeID+got.TeamAssigneeID)
		})
	}
}

func TestSeededUnknownMembersAreAnswered(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	var seeded intercom.Contact
	decode(t, `{"id":"1","brand_new":{"a":[1]},"name":{"first":"Bo"}}`, &seeded)
	srv.Seed(seeded)
	got, err := client.Contacts.Get(t.Context(), "1")
	require.NoError(t, err)
	assert.JSONEq(t, `{"a":[1]}`, string(got.UnknownFields()["brand_new"]))
	assert.JSONEq(t, `{"first":"Bo"}`, string(got.UnknownFields()["name"]))
}
