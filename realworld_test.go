package intercom_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// Answers differ from what the published description says of them. Each row
// here is one way in which they have been seen to, through a call: none of them
// may fail it, and what came must be there.

// getContactOf returns the contact that a call reads out of an answer.
func getContactOf(t *testing.T, body string) *intercom.Contact {
	t.Helper()
	contact, err := clientOf(t, answer(body)).Contacts.Get(t.Context(), "c-1")
	require.NoError(t, err, body)
	assertLossless(t, body, contact)
	return contact
}

// getConversationOf is the same for a conversation.
func getConversationOf(t *testing.T, body string) *intercom.Conversation {
	t.Helper()
	conversation, err := clientOf(t, answer(body)).Conversations.Get(t.Context(), "1", intercom.ConversationGetParams{})
	require.NoError(t, err, body)
	assertLossless(t, body, conversation)
	return conversation
}

func TestRealRequestIDs(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"type":"error.list","request_id":"00aq3mtb7kd92xw4e6fz","errors":[]}`: "00aq3mtb7kd92xw4e6fz",
		`{"type":"error.list","request_id":null,"errors":[]}`:                   "",
		`{"type":"error.list","errors":[]}`:                                     "",
		`{"request_id":7}`:                                                      "7",
	} {
		var e *intercom.Error
		require.ErrorAs(t, getContact(clientOf(t, failWith(400, body))), &e)
		assert.Equal(t, want, e.RequestID, body)
	}
}

func TestRealNextPages(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ pages, want string }{
		{`{"type":"pages","next":{"page":2,"starting_after":"abc"},"page":1,"per_page":50,"total_pages":3}`, "abc"},
		{`{"next":{"per_page":50,"starting_after":"abc"},"page":1}`, "abc"},
		{`{"next":{"per_page":"50","starting_after":17}}`, "17"},
		{`{"next":"https://api.intercom.io/contacts?per_page=50&starting_after=abc"}`, "abc"},
		{`{"next":null,"page":3,"total_pages":3}`, ""},
		{`{"next":""}`, ""},
		{`{"next":[]}`, ""},
		{`{}`, ""},
		{`null`, ""},
		{`[]`, ""},
		{`true`, ""},
	} {
		page, err := clientOf(t, answer(`{"type":"list","data":[{"id":"1"}],"pages":`+test.pages+`}`)).Contacts.List(t.Context(), intercom.ContactListParams{})
		require.NoError(t, err, test.pages)
		assert.Equal(t, test.want, page.NextCursor, test.pages)
		assert.Equal(t, test.want != "", page.HasNext())
	}
}

func TestRealPageNumbers(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"data":[{"id":"1"}],"total_count":"120","pages":{"page":"2","per_page":"50","total_pages":"3","next":null}}`,
		`{"data":[{"id":1}],"total_count":120.0,"pages":{"page":2,"per_page":50,"total_pages":3,"next":"https://api.intercom.io/contacts/c-1/notes?page=3"}}`,
	} {
		page, err := clientOf(t, answer(body)).Contacts.Notes.List(t.Context(), "c-1", intercom.NumberedListParams{Cursor: "2"})
		require.NoError(t, err, body)
		assert.Equal(t, 120, page.TotalCount)
		assert.Equal(t, 2, page.Number)
		assert.Equal(t, 3, page.TotalPages)
		assert.True(t, page.HasNext())
	}
}

func TestRealCompanyByItsOwnID(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"type":"company","id":"co-1","company_id":"own-1"}`,
		`{"type":"list","data":[{"type":"company","id":"co-1","company_id":"own-1"}],"total_count":1}`,
	} {
		company, err := clientOf(t, answer(body)).Companies.Find(t.Context(), intercom.CompanyFindParams{CompanyID: "own-1"})
		require.NoError(t, err, body)
		assert.Equal(t, "co-1", company.ID)
	}
}

func TestRealEndOfAScroll(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]http.HandlerFunc{
		"an empty page": answer(`{"type":"list","data":[],"scroll_param":"s2"}`),
		"404":           failWith(404, `{"type":"error.list","errors":[{"code":"not_found","message":"no such scroll"}]}`),
	} {
		first := true
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			if first {
				first = false
				answer(`{"type":"list","data":[{"id":"co-1"},{"id":"co-2"}],"scroll_param":"s1"}`)(w, r)
				return
			}
			end(w, r)
		})
		companies, err := intercom.Collect(client.Companies.Scroll(t.Context()), -1)
		require.NoError(t, err, name)
		assert.Len(t, companies, 2, name)
	}
}

func TestRealTeammates(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]*intercom.ConversationTeammates{
		`{"teammates":{"type":"admin.list","admins":[{"type":"admin","id":"814"},{"type":"admin","id":815}]}}`: {
			Type: "admin.list", Admins: []intercom.Reference{{Type: "admin", ID: "814"}, {Type: "admin", ID: "815"}},
		},
		`{"teammates":{"teammates":[{"type":"admin","id":"814"}]}}`: {Teammates: []intercom.Reference{{Type: "admin", ID: "814"}}},
		`{"teammates":{"admins":null}}`:                             {},
		`{"teammates":null}`:                                        nil,
		`{"teammates":[]}`:                                          nil,
	} {
		assert.Equal(t, want, getConversationOf(t, body).Teammates, body)
	}
}

func TestRealIDs(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{`"814"`: "814", `814`: "814", `90071992547409931`: "90071992547409931", `null`: "", `""`: ""} {
		conversation := getConversationOf(t, fmt.Sprintf(`{
			"id":%[1]s,"admin_assignee_id":%[1]s,"team_assignee_id":%[1]s,"statistics":{"last_closed_by_id":%[1]s},
			"conversation_parts":{"conversation_parts":[{"id":%[1]s,"author":{"id":%[1]s}}]},"tags":{"tags":[{"id":%[1]s}]}}`, value))
		assert.Equal(t, want, conversation.ID)
		assert.Equal(t, want, conversation.AdminAssigneeID)
		assert.Equal(t, want, conversation.TeamAssigneeID)
		assert.Equal(t, want, conversation.Statistics.LastClosedByID)
		assert.Equal(t, want, conversation.Parts.Parts[0].ID)
		assert.Equal(t, want, conversation.Parts.Parts[0].Author.ID)
		assert.Equal(t, want, conversation.Tags.Tags[0].ID)
		assert.Equal(t, want, getContactOf(t, `{"owner_id":`+value+`}`).OwnerID)

		teams, err := clientOf(t, answer(`{"teams":[{"id":`+value+`,"admin_ids":[`+value+`]}]}`)).Teams.List(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want, teams.Items[0].ID)
	}
}

func TestRealNobody(t *testing.T) {
	t.Parallel()
	for _, value := range []string{`0`, `"0"`, `null`, `""`, `[]`} {
		assert.Empty(t, getContactOf(t, `{"id":"c-1","owner_id":`+value+`}`).OwnerID, value)
		conversation := getConversationOf(t, fmt.Sprintf(`{
			"id":"1","admin_assignee_id":%[1]s,"team_assignee_id":%[1]s,"statistics":{"last_closed_by_id":%[1]s,"count_reopens":0}}`, value))
		assert.Empty(t, conversation.AdminAssigneeID, value)
		assert.Empty(t, conversation.TeamAssigneeID, value)
		assert.Empty(t, conversation.Statistics.LastClosedByID, value)

		body := `{"id":"1","admin_assignee_id":` + value + `,"team_assignee_id":` + value + `}`
		ticket, err := clientOf(t, answer(body), intercom.WithVersion(intercom.V2_9)).Tickets.Get(t.Context(), "1")
		require.NoError(t, err)
		assert.Empty(t, ticket.AdminAssigneeID+ticket.TeamAssigneeID, value)
		assert.Empty(t, ticket.UnknownFields(), value)

		visitor, err := clientOf(t, answer(`{"id":"1","owner_id":`+value+`}`)).Visitors.Get(t.Context(), "1")
		require.NoError(t, err)
		assert.Empty(t, visitor.OwnerID, value)
	}
}

func TestRealAvatars(t *testing.T) {
	t.Parallel()
	const url = "https://img.example.test/1.png"
	for value, want := range map[string]*intercom.Avatar{
		`"` + url + `"`: {ImageURL: url},
		`{"type":"avatar","image_url":"` + url + `"}`: {Type: "avatar", ImageURL: url},
		`{"type":"avatar","image_url":null}`:          {Type: "avatar"},
		`null`:                                        nil,
		`""`:                                          nil,
		`[]`:                                          nil,
	} {
		assert.Equal(t, want, getContactOf(t, `{"avatar":`+value+`}`).Avatar, value)
		admin, err := clientOf(t, answer(`{"avatar":`+value+`}`)).Admins.Get(t.Context(), "814")
		require.NoError(t, err)
		assert.Equal(t, want, admin.Avatar, value)
	}
}

func TestRealAssignees(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]*intercom.Reference{
		`{"type":"nobody_admin","id":null}`: {Type: "nobody_admin"},
		`{"type":"team","id":"22"}`:         {Type: "team", ID: "22"},
		`{"type":"bot","id":23}`:            {Type: "bot", ID: "23"},
		`"24"`:                              {ID: "24"},
		`25`:                                {ID: "25"},
		`null`:                              nil,
	} {
		parts := getConversationOf(t, `{"conversation_parts":{"conversation_parts":[{"part_type":"assignment","assigned_to":`+value+`}]}}`).Parts.Parts
		assert.Equal(t, want, parts[0].AssignedTo, value)
	}
}

func TestRealTextsThatAreMissing(t *testing.T) {
	t.Parallel()
	conversation := getConversationOf(t, `{"source":{"subject":null,"body":null,"author":{"type":"bot","email":""}},
		"conversation_parts":{"conversation_parts":[{"body":null,"author":{"type":"user","email":null}}]}}`)
	assert.Empty(t, conversation.Source.Subject)
	assert.Empty(t, conversation.Source.Body)
	assert.Empty(t, conversation.Source.Author.Email)
	assert.Empty(t, conversation.Parts.Parts[0].Body)
	assert.Empty(t, conversation.Parts.Parts[0].Author.Email)
}

func TestRealCustomAttributes(t *testing.T) {
	t.Parallel()
	contact := getContactOf(t, `{"custom_attributes":{"plan":"max","seats":12.5,"beta":false,"left":null,"orders":[{"no":1},{"no":2}]}}`)
	assert.Equal(t, map[string]any{
		"plan": "max", "seats": json.Number("12.5"), "beta": false, "left": nil, "orders": json.RawMessage(`[{"no":1},{"no":2}]`),
	}, contact.CustomAttributes.Map())
}

func TestRealEventMetadata(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"type":"event.list","events":[{"event_name":"paid","metadata":{"order":"o-1","cents":1999,"gift":true,"coupon":null,"price":{"amount":1999,"currency":"eur"}}}]}`))
	page, err := client.Events.List(t.Context(), intercom.EventListParams{Contact: intercom.ContactByExternalID("u-1")})
	require.NoError(t, err)
	assert.Equal(t, map[string]any{
		"order": "o-1", "cents": json.Number("1999"), "gift": true, "coupon": nil, "price": json.RawMessage(`{"amount":1999,"currency":"eur"}`),
	}, page.Items[0].Metadata.Map())
}

func TestRealEnumsAreOpen(t *testing.T) {
	t.Parallel()
	for _, priority := range []intercom.ConversationPriority{"priority", "not_priority", "none", "urgent", "sky-high"} {
		assert.Equal(t, priority, getConversationOf(t, `{"priority":"`+string(priority)+`"}`).Priority)
	}
	assert.Equal(t, intercom.ContactRole("robot"), getContactOf(t, `{"role":"robot"}`).Role)
	assert.Equal(t, intercom.ContactRole("3"), getContactOf(t, `{"role":3}`).Role)
}

func TestRealTimes(t *testing.T) {
	t.Parallel()
	moment := time.Unix(1700000123, 0).UTC()
	for value, want := range map[string]time.Time{
		`1700000123`: moment, `1700000123.0`: moment, `"1700000123"`: moment, `"2023-11-14T22:15:23Z"`: moment,
		`"2023-11-14T23:15:23+01:00"`: moment, `1700000123.5`: moment.Add(500 * time.Millisecond), `""`: {}, `null`: {},
	} {
		contact := getContactOf(t, `{"created_at":`+value+`,"last_seen_at":`+value+`}`)
		assert.True(t, want.Equal(contact.CreatedAt.Time()), "%s: %v", value, contact.CreatedAt)
		assert.Equal(t, contact.CreatedAt, contact.LastSeenAt)
	}
}

func TestRealStatistics(t *testing.T) {
	t.Parallel()
	minutes := 120
	for value, want := range map[string]*int{`120`: &minutes, `"120"`: &minutes, `120.0`: &minutes, `0`: new(int), `null`: nil, `""`: nil} {
		statistics := getConversationOf(t, `{"statistics":{"time_to_assignment":`+value+`,"count_reopens":`+value+`}}`).Statistics
		assert.Equal(t, want, statistics.TimeToAssignment, value)
		assert.Equal(t, want, statistics.CountReopens, value)
	}
}

func TestRealNestedListsAreCut(t *testing.T) {
	t.Parallel()
	contact := getContactOf(t, `{"tags":{"type":"list","data":[{"type":"tag","id":1,"url":"/tags/1"}],"url":"/contacts/c-1/tags","total_count":14,"has_more":true},
		"notes":{"data":[],"total_count":0,"has_more":false},"companies":[]}`)
	assert.Equal(t, &intercom.LinkList{
		Type: "list", Data: []intercom.Link{{Type: "tag", ID: "1", URL: "/tags/1"}}, URL: "/contacts/c-1/tags", TotalCount: 14, HasMore: true,
	}, contact.Tags)
	assert.False(t, contact.Notes.HasMore)
	assert.Nil(t, contact.Companies)
}

func TestRealListsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, nothing := range []string{`null`, `""`, `[]`} {
		conversation := getConversationOf(t, `{"source":`+nothing+`,"customers":`+nothing+`,"contacts":`+nothing+`,"statistics":`+nothing+`,"custom_attributes":`+nothing+`,"tags":{"tags":`+nothing+`}}`)
		assert.Equal(t, &intercom.Conversation{Tags: &intercom.TagList{}}, conversation)
		page, err := clientOf(t, answer(`{"data":`+nothing+`,"pages":`+nothing+`,"total_count":`+nothing+`}`)).Contacts.List(t.Context(), intercom.ContactListParams{})
		require.NoError(t, err)
		assert.Empty(t, page.Items)
		assert.False(t, page.HasNext())
	}
}

func TestRealAnswersWithoutContent(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 201, 202, 204} {
		for _, body := range []string{"", " \n", "null", "{}", `""`, "[]"} {
			client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				_, _ = io.WriteString(w, body)
			})
			contact, err := client.Contacts.Get(t.Context(), "c-1")
			require.NoError(t, err, "%d %q", status, body)
			assert.Equal(t, new(intercom.Contact), contact)
			require.NoError(t, client.Tags.Delete(t.Context(), "1"))
		}
	}
}

func TestRealNewFields(t *testing.T) {
	t.Parallel()
	contact := getContactOf(t, `{"id":"c-1","mood":"sunny","location":{"city":"Lund","planet":"Earth"},"tags":{"data":[{"id":"1","shade":[2]}]}}`)
	assert.JSONEq(t, `"sunny"`, string(contact.UnknownFields()["mood"]))
	assert.JSONEq(t, `"Earth"`, string(contact.Location.UnknownFields()["planet"]))
	assert.JSONEq(t, `[2]`, string(contact.Tags.Data[0].UnknownFields()["shade"]))

	page, err := clientOf(t, answer(`{"data":[{"id":"1","mood":"sunny"}],"weather":{"wind":3}}`)).Contacts.List(t.Context(), intercom.ContactListParams{})
	require.NoError(t, err)
	assert.JSONEq(t, `{"wind":3}`, string(page.UnknownFields()["weather"]))
	assert.JSONEq(t, `"sunny"`, string(page.Items[0].UnknownFields()["mood"]))
}

func TestRealCursorThatStandsStill(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"data":[{"id":"1"}],"pages":{"next":{"starting_after":"again"}}}`))
	contacts, err := intercom.Collect(client.Contacts.All(t.Context(), intercom.ContactListParams{}), 100)
	require.ErrorIs(t, err, intercom.ErrCursorLoop)
	assert.Len(t, contacts, 2)
}

func TestRealPartsAreTheNewest(t *testing.T) {
	t.Parallel()
	parts := getConversationOf(t, `{"conversation_parts":{"type":"conversation_part.list","conversation_parts":[{"id":"501"},{"id":"502"}],"total_count":502}}`).Parts
	assert.Len(t, parts.Parts, 2)
	assert.Equal(t, 502, parts.TotalCount)
}

func TestRealOddFieldsNeverFailAPage(t *testing.T) {
	t.Parallel()
	const body = `{"type":"list","data":[
		{"id":"1","email":{"odd":true},"created_at":"yesterday","has_hard_bounced":"maybe","location":5,"tags":"none","custom_attributes":[1],"avatar":{"image_url":["a"]}},
		"stray", null, 7,
		{"id":"2","email":"not an address","phone":"also not","created_at":-5}]}`
	page, err := clientOf(t, answer(body)).Contacts.List(t.Context(), intercom.ContactListParams{})
	require.NoError(t, err)
	require.Len(t, page.Items, 2, "what is no contact is left out")
	odd, fine := page.Items[0], page.Items[1]
	assert.Equal(t, "1", odd.ID)
	assert.Empty(t, odd.Email)
	for name, want := range map[string]string{
		"email": `{"odd":true}`, "created_at": `"yesterday"`, "has_hard_bounced": `"maybe"`, "location": `5`, "tags": `"none"`, "custom_attributes": `[1]`,
	} {
		assert.JSONEq(t, want, string(odd.UnknownFields()[name]), name)
	}
	assert.JSONEq(t, `["a"]`, string(odd.Avatar.UnknownFields()["image_url"]))
	assert.Equal(t, "not an address", fine.Email, "formats are not judged")
	assert.Equal(t, int64(-5), fine.CreatedAt.Unix())
	assert.Contains(t, string(page.UnknownFields()["data"]), `"stray"`, "what was left out is kept")
}

func TestRealScalarsTakeEitherKind(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"name":42,"email":true,"has_hard_bounced":"true","marked_email_as_spam":1,"unsubscribed_from_emails":"false","tags":{"total_count":"3"}}`))
	contact, err := client.Contacts.Get(t.Context(), "c-1")
	require.NoError(t, err)
	assert.Empty(t, contact.UnknownFields())
	assert.Equal(t, "42", contact.Name)
	assert.Equal(t, "true", contact.Email)
	assert.True(t, contact.HasHardBounced)
	assert.True(t, contact.MarkedEmailAsSpam)
	assert.False(t, contact.UnsubscribedFromEmails)
	assert.Equal(t, 3, contact.Tags.TotalCount)
}
