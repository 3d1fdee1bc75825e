package intercomtest_test

import (
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
		SignedUpAt: intercom.UnixTimestamp(5), LastSeenAt: intercom.UnixTimestamp(6),
	})
	_, text = send(t, srv, "GET", "/contacts?per_page=1", "")
	for _, part := range []string{
		`"owner_id":"` + srv.Me().ID + `"`, `"avatar":"https://img.example/z"`, `"signed_up_at":"5"`, `"last_seen_at":6.0`,
		`"data":null`, `"per_page":"1"`, `"insights_preview":`,
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
	assert.Contains(t, c.UnknownFields(), "insights_preview")
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
