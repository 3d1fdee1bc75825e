package intercomtest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

var noon = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

// seedSearchable fills a workspace with four contacts that differ in
// everything.
func seedSearchable(srv *intercomtest.Server) {
	at := func(days int) intercom.Timestamp { return intercom.TimestampOf(noon.AddDate(0, 0, days)) }
	attributes := intercom.CustomAttributesOf
	srv.Seed(
		intercom.Tag{ID: "vip"}, intercom.Tag{ID: "old"},
		intercomtest.Segment{Segment: intercom.Segment{ID: "paying"}, Rule: intercom.Attribute("plan").In("pro", "max")},
		intercom.Contact{
			ID: "a", Email: "Ann@tidal.example", Name: "Ann Abara", CreatedAt: at(0), SignedUpAt: at(0),
			CustomAttributes: attributes(map[string]any{"plan": "pro", "seats": 3, "trial": true}),
			Tags:             &intercom.LinkList{Data: []intercom.Link{{ID: "vip"}}},
		},
		intercom.Contact{
			ID: "b", Email: "ben@quarry.example", Name: "Ben Brandt", CreatedAt: at(1), ExternalID: "77",
			CustomAttributes: attributes(map[string]any{"plan": "free", "seats": 10, "renewed_at": at(5)}),
			Tags:             &intercom.LinkList{Data: []intercom.Link{{ID: "vip"}, {ID: "old"}}},
		},
		intercom.Contact{
			ID: "c", Role: intercom.ContactRoleLead, Name: "Cem Castro", CreatedAt: at(2), UnsubscribedFromEmails: true,
			CustomAttributes: attributes(map[string]any{"plan": "max", "seats": 3.5}),
		},
		intercom.Contact{
			ID: "d", Role: intercom.ContactRoleLead, Email: "dan@tidal.example", CreatedAt: at(3), LastSeenAt: at(3),
			Location: &intercom.ContactLocation{Country: "Kenya"},
		},
	)
}

func TestSearchOperators(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	seedSearchable(srv)
	field, attribute := intercom.Field, intercom.Attribute
	for i, c := range []struct {
		query intercom.Query
		want  string
	}{
		{field("role").Eq("user"), "ba"},
		{field("role").NotEq("user"), "dc"},
		{field("email").Eq("ann@TIDAL.example"), "a"},
		{field("email").Eq(nil), "c"},
		{field("email").NotEq(nil), "dba"},
		{field("email").Contains("TIDAL"), "da"},
		{field("email").NotContains("tidal"), "cb"},
		{field("email").EndsWith("quarry.example"), "b"},
		{field("name").StartsWith("ce"), "c"},
		{field("name").Eq("ann abara"), ""},
		{field("name").In("Ann Abara", "Ben Brandt"), "ba"},
		{field("name").NotIn("Ann Abara", "Ben Brandt"), "dc"},
		{field("external_id").Eq(77), "b"},
		{field("unsubscribed_from_emails").Eq(true), "c"},
		{field("unsubscribed_from_emails").NotEq(true), "dba"},
		{field("unsubscribed_from_emails").In(true, false), "dcba"},
		{field("unsubscribed_from_emails").NotIn(true), "dba"},
		{field("location.country").Eq("Kenya"), "d"},
		{field("tag_id").Eq("vip"), "ba"},
		{field("tag_id").NotEq("old"), "dca"},
		{field("segment_id").Eq("paying"), "ca"},
		{attribute("plan").Eq("pro"), "a"},
		{attribute("plan").NotIn("pro", "max"), "db"},
		{attribute("plan").Eq(nil), "d"},
		{attribute("seats").Eq(3), "a"},
		{attribute("seats").In(3, 10), "ba"},
		{attribute("seats").GreaterThan(3), "cb"},
		{attribute("seats").LessThan(4), "ca"},
		{attribute("seats").AtLeast(3), "cba"},
		{attribute("seats").AtMost(3.5), "ca"},
		{attribute("trial").Eq(true), "a"},
		{attribute("renewed_at").After(noon.AddDate(0, 0, 4)), "b"},
		{attribute("nothing").Eq("x"), ""},
		{intercom.And(field("role").Eq("user"), attribute("plan").Eq("pro")), "a"},
		{intercom.Or(field("role").Eq("lead"), attribute("plan").Eq("pro")), "dca"},
		{intercom.And(field("role").Eq("user"), intercom.Or(field("tag_id").Eq("old"), attribute("seats").Eq(3))), "ba"},
	} {
		page, err := client.Contacts.Search(t.Context(), intercom.ContactSearchParams{Query: c.query})
		require.NoError(t, err, c.query)
		var got strings.Builder
		for _, contact := range page.Items {
			got.WriteString(contact.ID)
		}
		assert.Equal(t, c.want, got.String(), "%d: %v", i, c.query)
		assert.Equal(t, len(c.want), page.TotalCount)
	}
}

func TestContactSearchLooksAtWholeDays(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	seedSearchable(srv)
	evening := noon.Add(11 * time.Hour).Unix() // Still the day of a.
	for operator, want := range map[string]int{"=": 1, "<": 0, ">": 3} {
		_, text := send(t, srv, "POST", "/contacts/search", fmt.Sprintf(`{"query":{"field":"created_at","operator":%q,"value":%d}}`, operator, evening))
		assert.Contains(t, text, fmt.Sprintf(`"total_count":%d`, want), operator)
	}
	_, text := send(t, srv, "POST", "/contacts/search", `{"query":{"field":"last_seen_at","operator":"<","value":"99999999999"}}`)
	assert.Contains(t, text, `"total_count":1`, "who was never seen was not seen before")
}

func TestSearchSorts(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		seedSearchable(srv)
		for order, want := range map[intercom.Sort]string{
			{}:                    "dcba",
			{Field: "created_at"}: "dcba",
			{Field: "created_at", Order: intercom.Ascending}:               "abcd",
			{Field: "name", Order: intercom.Ascending}:                     "dabc",
			{Field: "email", Order: intercom.Descending}:                   "dbac",
			{Field: "last_seen_at", Order: intercom.Descending}:            "dcba",
			{Field: "custom_attributes.seats", Order: intercom.Descending}: "bcad",
		} {
			var got strings.Builder
			params := intercom.ContactSearchParams{Query: intercom.Field("id").NotEq(nil), Sort: order, PerPage: 1}
			for c, err := range client.Contacts.SearchAll(t.Context(), params) {
				require.NoError(t, err)
				got.WriteString(c.ID)
			}
			assert.Equal(t, want, got.String(), order)
		}
	})
}

func TestSearchRefusesWhatTheRealOneDoes(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	group := func(operator string, n int, inner string) string {
		return `{"operator":"` + operator + `","value":[` + strings.Join(slices.Repeat([]string{inner}, n), ",") + `]}`
	}
	filter := `{"field":"name","operator":"=","value":"x"}`
	deep := group("AND", 1, group("OR", 1, filter))
	for query, status := range map[string]int{
		filter:                             200,
		deep:                               200,
		group("OR", 15, filter):            200,
		group("AND", 1, deep):              400,
		group("OR", 16, filter):            400,
		group("OR", 0, filter):             400,
		group("XOR", 1, filter):            400,
		`{}`:                               400,
		`[]`:                               400,
		`null`:                             400,
		`{"field":"name"}`:                 400,
		`{"operator":"AND","value":{}}`:    400,
		`{"operator":"AND","value":[5]}`:   400,
		`{"field":"name","operator":"=="}`: 400,
		`{"field":"name","operator":"="}`:  400,
		`{"field":"shoe_size","operator":"=","value":1}`:            400,
		`{"field":"name","operator":"IN","value":"x"}`:              400,
		`{"field":"name","operator":"IN","value":[]}`:               400,
		`{"field":"name","operator":"=","value":["x"]}`:             400,
		`{"field":"name","operator":">","value":"x"}`:               400,
		`{"field":"created_at","operator":"=","value":"today"}`:     400,
		`{"field":"created_at","operator":"IN","value":[1]}`:        400,
		`{"field":"created_at","operator":">=","value":1}`:          400,
		`{"field":"name","operator":"<=","value":"x"}`:              400,
		`{"field":"has_hard_bounced","operator":"=","value":"so"}`:  400,
		`{"field":"tag_id","operator":"~","value":"x"}`:             400,
		`{"field":"custom_attributes.","operator":"=","value":"x"}`: 400,
	} {
		resp, text := send(t, srv, "POST", "/contacts/search", `{"query":`+query+`}`)
		assert.Equal(t, status, resp.StatusCode, query)
		if status == 400 {
			assert.Contains(t, text, `"field":`, query)
		}
	}
	for _, rest := range []string{
		`"pagination":{"per_page":151}`, `"pagination":{"starting_after":"?"}`, `"pagination":5`, `"sort":[]`,
		`"sort":{"field":"shoe_size"}`, `"sort":{"field":"tag_id"}`, `"sort":{"field":"name","order":"up"}`,
	} {
		resp, _ := send(t, srv, "POST", "/contacts/search", `{"query":`+filter+`,`+rest+`}`)
		assert.Equal(t, 400, resp.StatusCode, rest)
	}
}

// TestSearchOfListsAndNumbers looks at fields with several values and at
// numbers, in every way that they can be compared.
func TestSearchOfListsAndNumbers(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	three, nine := 3, 9
	srv.Seed(
		intercom.Admin{ID: "50"}, intercom.Tag{ID: "71"}, intercom.Tag{ID: "72"},
		intercom.Conversation{
			ID: "1", CreatedAt: intercom.UnixTimestamp(1), Statistics: &intercom.ConversationStatistics{TimeToAdminReply: &nine},
			Tags: &intercom.TagList{Tags: []intercom.Tag{{ID: "71"}, {ID: "72"}}},
		},
		intercom.Conversation{
			ID: "2", CreatedAt: intercom.UnixTimestamp(2), AdminAssigneeID: "50", Statistics: &intercom.ConversationStatistics{TimeToAdminReply: &three},
			Tags: &intercom.TagList{Tags: []intercom.Tag{{ID: "72"}}},
		},
		intercom.Conversation{ID: "3", CreatedAt: intercom.UnixTimestamp(3)},
	)
	tags, reply, who := intercom.Field("tag_ids"), intercom.Field("statistics.time_to_admin_reply"), intercom.Field("admin_assignee_id")
	for i, c := range []struct {
		query intercom.Query
		want  string
	}{
		{tags.In("71", "x"), "1"},
		{tags.NotIn("71"), "32"},
		{tags.Eq(nil), "3"},
		{tags.NotEq(nil), "21"},
		{tags.Contains("1"), "1"},
		{tags.NotContains("1"), "32"},
		{tags.StartsWith("7"), "21"},
		{tags.EndsWith("2"), "21"},
		{reply.Eq(3), "2"},
		{reply.NotEq(3), "31"},
		{reply.In(3, 9), "21"},
		{reply.NotIn(3), "31"},
		{reply.Eq(nil), "3"},
		{reply.AtLeast(3), "21"},
		{reply.AtMost(3), "2"},
		{who.GreaterThan(0), "2"},
		{who.LessThan(50), "31"},
		{who.In(0), "31"},
	} {
		var got strings.Builder
		for found, err := range client.Conversations.SearchAll(t.Context(), intercom.ConversationSearchParams{Query: c.query}) {
			require.NoError(t, err, c.query)
			got.WriteString(found.ID)
		}
		assert.Equal(t, c.want, got.String(), "%d: %v", i, c.query)
	}
	for field, want := range map[string]string{"statistics.time_to_admin_reply": "321", "admin_assignee_id": "132", "state": "123"} {
		var got strings.Builder
		params := intercom.ConversationSearchParams{Query: intercom.Field("id").NotEq(nil), Sort: intercom.Sort{Field: field, Order: intercom.Ascending}, PerPage: 1}
		for found, err := range client.Conversations.SearchAll(t.Context(), params) {
			require.NoError(t, err, field)
			got.WriteString(found.ID)
		}
		assert.Equal(t, want, got.String(), field)
	}
	for _, filter := range []string{
		`{"field":"open","operator":"~","value":true}`, `{"field":"tag_ids","operator":"<","value":"7"}`, `{"field":"tag_ids","operator":"=","value":{}}`,
		`{"field":"created_at","operator":"~","value":1}`, `{"field":"admin_assignee_id","operator":">","value":"me"}`,
	} {
		resp, _ := send(t, srv, "POST", "/conversations/search", `{"query":`+filter+`}`)
		assert.Equal(t, 400, resp.StatusCode, filter)
	}
	resp, _ := send(t, srv, "POST", "/conversations/search", `{"query":{"field":"id","operator":"=","value":"1"},"sort":{"field":"open"}}`)
	assert.Equal(t, 400, resp.StatusCode, "true and false are in no order")
}
