package intercom_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestTicketsRequests(t *testing.T) {
	t.Parallel()
	note := intercom.TicketNoteParams{Body: "<p>Called the courier.</p>", AdminID: "5017"}
	broken := intercom.TicketSearchParams{Query: intercom.Attribute("902").Eq("broken pot")}
	checkSent(t, "Tickets", []sent{
		{
			operation: "Tickets.Get",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.Tickets.Get(ctx, "7731")) },
			path:      "/tickets/7731",
			version:   intercom.V2_9,
		},
		{
			operation: "Tickets.Search",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Search(ctx, intercom.TicketSearchParams{
					Query: intercom.And(
						intercom.Field("open").Eq(true),
						intercom.Field("created_at").After(at(1731000007).Time()),
						broken.Query,
					),
					Sort:    intercom.Sort{Field: "created_at", Order: intercom.Ascending},
					PerPage: 5, Cursor: "WzE3",
				}))
			},
			path: "/tickets/search",
			body: `{"query":{"operator":"AND","value":[
				{"field":"open","operator":"=","value":true},
				{"field":"created_at","operator":">","value":1731000007},
				{"field":"ticket_attribute.902","operator":"=","value":"broken pot"}]},
				"pagination":{"per_page":5,"starting_after":"WzE3"},"sort":{"field":"created_at","order":"ascending"}}`,
			version: intercom.V2_10,
		},
		{
			operation: "Tickets.Search", variant: "SearchPages",
			call:    func(ctx context.Context, c *intercom.Client) error { return drain(c.Tickets.SearchPages(ctx, broken)) },
			path:    "/tickets/search",
			body:    `{"query":{"field":"ticket_attribute.902","operator":"=","value":"broken pot"}}`,
			version: intercom.V2_10,
		},
		{
			operation: "Tickets.Search", variant: "SearchAll",
			call:    func(ctx context.Context, c *intercom.Client) error { return drain(c.Tickets.SearchAll(ctx, broken)) },
			path:    "/tickets/search",
			body:    `{"query":{"field":"ticket_attribute.902","operator":"=","value":"broken pot"},"pagination":{"per_page":150}}`,
			version: intercom.V2_14,
		},
		{
			operation: "Tickets.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Create(ctx, intercom.TicketCreateParams{
					TicketTypeID: "53", CompanyID: "greenthumb",
					Contacts: []intercom.ContactIdentity{intercom.ContactByID("66f0c1")},
					TicketAttributes: intercom.CustomAttributesOf(map[string]any{
						"_default_title_": "Broken pot", "pots": 3, "urgent": true,
					}),
				}))
			},
			path: "/tickets",
			body: `{"ticket_type_id":"53","contacts":[{"id":"66f0c1"}],"company_id":"greenthumb",
				"ticket_attributes":{"_default_title_":"Broken pot","pots":3,"urgent":true}}`,
			version: intercom.V2_9,
		},
		{
			operation: "Tickets.Create", variant: "for other names of contacts, with what 2.14 adds",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Create(ctx, intercom.TicketCreateParams{
					TicketTypeID: "53",
					Contacts: []intercom.ContactIdentity{
						intercom.ContactByExternalID("u-19"), intercom.ContactByEmail("ines@pots.example"),
					},
					ConversationToLinkID: "4410",
					Assignment:           &intercom.TicketAssignment{AdminAssigneeID: "5017"},
					CreatedAt:            at(1731000000),
				}))
			},
			path: "/tickets",
			body: `{"ticket_type_id":"53","contacts":[{"external_id":"u-19"},{"email":"ines@pots.example"}],
				"conversation_to_link_id":"4410","assignment":{"admin_assignee_id":"5017"},"created_at":1731000000}`,
			version: intercom.V2_14,
		},
		{
			operation: "Tickets.Update", variant: "2.9",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Update(ctx, "7731", intercom.TicketUpdateParams{
					State: intercom.Set(intercom.TicketStateCategoryInProgress), IsShared: intercom.Set(true),
					AdminID: intercom.Set("5017"), AssigneeID: intercom.Set("240"),
				}))
			},
			path:    "/tickets/7731",
			body:    `{"state":"in_progress","is_shared":true,"assignment":{"admin_id":"5017","assignee_id":"240"}}`,
			version: intercom.V2_9,
		},
		{
			operation: "Tickets.Update", variant: "2.12",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Update(ctx, "7731", intercom.TicketUpdateParams{
					TicketStateID: intercom.Set("19"), CompanyID: intercom.Null[string](), AssigneeID: intercom.Null[string](),
				}))
			},
			path:    "/tickets/7731",
			body:    `{"ticket_state_id":"19","company_id":null,"assignment":{"assignee_id":"0"}}`,
			version: intercom.V2_12,
		},
		{
			operation: "Tickets.Update", variant: "2.14",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Update(ctx, "7731", intercom.TicketUpdateParams{
					TicketAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"pots": nil})),
					TicketStateID:    intercom.Set("19"), IsShared: intercom.Set(false), SnoozedUntil: intercom.SetTime(at(1731500000).Time()),
					AdminID: intercom.Set("5017"), AssigneeID: intercom.Set("240"),
				}))
			},
			path: "/tickets/7731",
			body: `{"ticket_attributes":{"pots":null},"ticket_state_id":"19","is_shared":false,"snoozed_until":1731500000,
				"admin_id":5017,"assignee_id":"240"}`,
			version: intercom.V2_14,
		},
		{
			operation: "Tickets.Update", variant: "by a version that the library does not know yet",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Update(ctx, "7731", intercom.TicketUpdateParams{
					AdminID: intercom.Set("5017"), AssigneeID: intercom.Null[string](),
				}))
			},
			path:    "/tickets/7731",
			body:    `{"admin_id":5017,"assignee_id":"0"}`,
			version: "2.21",
		},
		{
			operation: "Tickets.AddNote",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.AddNote(ctx, "7731", note))
			},
			path:    "/tickets/7731/reply",
			body:    `{"message_type":"note","body":"<p>Called the courier.</p>","admin_id":"5017"}`,
			version: intercom.V2_9,
		},
		{
			operation: "Tickets.AddNote", variant: "2.10",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.AddNote(ctx, "7731", note))
			},
			path:    "/tickets/7731/reply",
			body:    `{"message_type":"note","type":"admin","body":"<p>Called the courier.</p>","admin_id":"5017"}`,
			version: intercom.V2_10,
		},
		{
			operation: "Tickets.ReplyAsAdmin",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.ReplyAsAdmin(ctx, "7731", intercom.TicketAdminReplyParams{
					MessageType: intercom.TicketReplyTypeQuickReply, AdminID: "5017",
					ReplyOptions:   []intercom.TicketReplyOption{{Text: "New pot", UUID: "a5670052-b35e-4b8e-b8a0-0d53b4c2e6f1"}},
					AttachmentURLs: []string{"https://img.greenthumb.example/pot.png"},
				}))
			},
			path: "/tickets/7731/reply",
			body: `{"message_type":"quick_reply","type":"admin","admin_id":"5017",
				"reply_options":[{"text":"New pot","uuid":"a5670052-b35e-4b8e-b8a0-0d53b4c2e6f1"}],
				"attachment_urls":["https://img.greenthumb.example/pot.png"]}`,
			version: intercom.V2_10,
		},
		{
			operation: "Tickets.ReplyAsContact",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.ReplyAsContact(ctx, "7731", intercom.TicketContactReplyParams{
					Contact: intercom.ContactByEmail("ines@pots.example"), Body: "Thank you!",
				}))
			},
			path:    "/tickets/7731/reply",
			body:    `{"message_type":"comment","type":"user","email":"ines@pots.example","body":"Thank you!"}`,
			version: intercom.V2_10,
		},
		{
			operation: "Tickets.ReplyAsContact", variant: "by id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.ReplyAsContact(ctx, "7731", intercom.TicketContactReplyParams{
					Contact: intercom.ContactByID("66f0c1"), Body: "Thank you!", CreatedAt: at(1731000000),
				}))
			},
			path:    "/tickets/7731/reply",
			body:    `{"message_type":"comment","type":"user","intercom_user_id":"66f0c1","body":"Thank you!","created_at":1731000000}`,
			version: intercom.V2_11,
		},
		{
			operation: "Tickets.Tags.Attach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Tags.Attach(ctx, "7731", intercom.TicketTagAttachParams{ID: "41", AdminID: "5017"}))
			},
			path:    "/tickets/7731/tags",
			body:    `{"id":"41","admin_id":"5017"}`,
			version: intercom.V2_10,
		},
		{
			operation: "Tickets.Tags.Detach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Tags.Detach(ctx, "7731", "41", intercom.TicketTagDetachParams{AdminID: "5017"}))
			},
			path:    "/tickets/7731/tags/41",
			body:    `{"admin_id":"5017"}`,
			version: intercom.V2_10,
		},
	})
}

func TestTicketsRefuse(t *testing.T) {
	t.Parallel()
	update := func(p intercom.TicketUpdateParams) func(context.Context, *intercom.Client) error {
		return func(ctx context.Context, c *intercom.Client) error { return first(c.Tickets.Update(ctx, "7731", p)) }
	}
	checkRefused(t, []refusal{
		{
			name: "2.8",
			call: func(ctx context.Context, c *intercom.Client) error { return first(c.Tickets.Get(ctx, "7731")) },
			want: `intercom: Tickets.Get: Intercom-Version 2.8 does not have it, the first that does is 2.9; set it with WithVersion("2.9")`,
		},
		{
			name: "search in 2.9",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Tickets.SearchAll(ctx, intercom.TicketSearchParams{Query: intercom.Field("open").Eq(true)}))
			},
			want:    `intercom: Tickets.Search: Intercom-Version 2.9 does not have it, the first that does is 2.10`,
			version: intercom.V2_9,
		},
		{
			name: "reply in 2.9",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.ReplyAsAdmin(ctx, "7731", intercom.TicketAdminReplyParams{}))
			},
			want:    `intercom: Tickets.ReplyAsAdmin: Intercom-Version 2.9 does not have it`,
			version: intercom.V2_9,
		},
		{
			name:    "id of a state in 2.11",
			call:    update(intercom.TicketUpdateParams{TicketStateID: intercom.Set("19")}),
			want:    `intercom: Tickets.Update: Intercom-Version 2.11 does not take ticket_state_id, the first that does is 2.12; set it with WithVersion("2.12")`,
			version: intercom.V2_11,
		},
		{
			name:    "category of a state in 2.12",
			call:    update(intercom.TicketUpdateParams{State: intercom.Set(intercom.TicketStateCategoryResolved)}),
			want:    `intercom: Tickets.Update: Intercom-Version 2.12 no longer takes state, the last that does is 2.11; set it with WithVersion("2.11")`,
			version: intercom.V2_12,
		},
		{
			name:    "admin without assignee in 2.13",
			call:    update(intercom.TicketUpdateParams{AdminID: intercom.Set("5017")}),
			want:    `intercom: Tickets.Update: Intercom-Version 2.13 does not take admin_id without assignee_id, the first that does is 2.14`,
			version: intercom.V2_13,
		},
		{
			name:    "admin that is no number in 2.14",
			call:    update(intercom.TicketUpdateParams{AdminID: intercom.Set("mia")}),
			want:    `intercom: Tickets.Update: admin_id: "mia" is no number`,
			version: intercom.V2_14,
		},
		{
			name: "no contact",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Create(ctx, intercom.TicketCreateParams{TicketTypeID: "53"}))
			},
			want:    "intercom: Tickets.Create: contacts is required",
			version: intercom.V2_9,
		},
		{
			name: "contact that is nobody",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Create(ctx, intercom.TicketCreateParams{
					TicketTypeID: "53", Contacts: []intercom.ContactIdentity{{}},
				}))
			},
			want:    "intercom: Tickets.Create: contacts[0] names nobody",
			version: intercom.V2_9,
		},
		{
			name: "attachment of a note in 2.9",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.AddNote(ctx, "7731", intercom.TicketNoteParams{
					Body: "x", AdminID: "1", AttachmentURLs: []string{"https://img.greenthumb.example/pot.png"},
				}))
			},
			want:    "intercom: Tickets.AddNote: Intercom-Version 2.9 does not take attachment_urls",
			version: intercom.V2_9,
		},
		{
			name: "too many attachments",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.AddNote(ctx, "7731", intercom.TicketNoteParams{
					Body: "x", AdminID: "1", AttachmentURLs: make([]string, 11),
				}))
			},
			want:    "intercom: Tickets.AddNote: attachment_urls has more than 10 elements",
			version: intercom.V2_10,
		},
		{
			name: "reply by nobody",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.ReplyAsContact(ctx, "7731", intercom.TicketContactReplyParams{Body: "x"}))
			},
			want:    "intercom: Tickets.ReplyAsContact: contact is required",
			version: intercom.V2_10,
		},
		{
			name: "tag without an admin",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Tags.Detach(ctx, "7731", "41", intercom.TicketTagDetachParams{}))
			},
			want:    "intercom: Tickets.Tags.Detach: admin_id is required",
			version: intercom.V2_10,
		},
		{
			name: "search for nothing",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tickets.Search(ctx, intercom.TicketSearchParams{}))
			},
			want:    "intercom: Tickets.Search: the query is empty",
			version: intercom.V2_10,
		},
	})
}

func TestFieldOfAnotherVersionIsAVersionError(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer("{}"), intercom.WithVersion(intercom.V2_9))
	_, err := client.Tickets.Update(t.Context(), "7731", intercom.TicketUpdateParams{TicketStateID: intercom.Set("19")})
	assert.True(t, intercom.IsVersion(err))
	var e *intercom.VersionError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, intercom.VersionError{
		Operation: "Tickets.Update", Field: "ticket_state_id", Version: intercom.V2_9, Since: intercom.V2_12,
	}, *e)
}

func TestRawDoorEncodesForTheVersion(t *testing.T) {
	t.Parallel()
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) },
		intercom.WithVersion(intercom.V2_9))
	params := intercom.TicketUpdateParams{TicketStateID: intercom.Set("19")}
	err := client.Do(t.Context(), http.MethodPut, "/tickets/7731", params, nil)
	require.Error(t, err)
	assert.True(t, intercom.IsVersion(err))
	assert.NoError(t, client.Do(t.Context(), http.MethodPut, "/tickets/7731", params, nil, intercom.WithVersion(intercom.V2_12)))
}

func TestTicketDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "tickets/ticket.json")), intercom.WithVersion(intercom.V2_14))
	k, err := client.Tickets.Get(t.Context(), "7731")
	require.NoError(t, err)
	assert.Equal(t, "ticket", k.Type)
	assert.Equal(t, "7731", k.ID)
	assert.Equal(t, "204", k.TicketID)
	assert.Equal(t, intercom.TicketCategoryCustomer, k.Category)
	title, _ := k.TicketAttributes.String("_default_title_")
	assert.Equal(t, "Broken pot", title)
	pots, _ := k.TicketAttributes.Int("pots")
	assert.Equal(t, int64(3), pots)
	none, ok := k.TicketAttributes.Get("_default_description_")
	assert.True(t, ok)
	assert.Nil(t, none)
	require.NotNil(t, k.TicketState)
	assert.Equal(t, "ticket_state", k.TicketState.Type)
	assert.Equal(t, "19", k.TicketState.ID)
	assert.Equal(t, intercom.TicketStateCategoryInProgress, k.TicketState.Category)
	assert.Equal(t, "Looking into it", k.TicketState.InternalLabel)
	assert.Equal(t, "In progress", k.TicketState.ExternalLabel)
	require.NotNil(t, k.TicketType)
	assert.Equal(t, "53", k.TicketType.ID)
	assert.Equal(t, "Damage", k.TicketType.Name)
	require.NotNil(t, k.Contacts)
	require.Len(t, k.Contacts.Contacts, 1)
	assert.Equal(t, "66f0c1", k.Contacts.Contacts[0].ID)
	assert.Equal(t, "u-19", k.Contacts.Contacts[0].ExternalID)
	assert.Equal(t, "5017", k.AdminAssigneeID, "a number becomes text")
	assert.Empty(t, k.TeamAssigneeID, "0 is no team")
	assert.Equal(t, at(1731000000), k.CreatedAt)
	assert.Equal(t, at(1731003600), k.UpdatedAt)
	assert.True(t, k.Open)
	assert.True(t, k.SnoozedUntil.IsZero())
	assert.True(t, k.IsShared)
	assert.Equal(t, "18", k.PreviousTicketStateID)

	require.NotNil(t, k.LinkedObjects)
	assert.Equal(t, 1, k.LinkedObjects.TotalCount)
	assert.False(t, k.LinkedObjects.HasMore)
	assert.Equal(t, "conversation", k.LinkedObjects.Data[0].Type)
	assert.Equal(t, "4410", k.LinkedObjects.Data[0].ID)
	assert.Empty(t, k.LinkedObjects.Data[0].Category)
	checkTicketParts(t, k.TicketParts)
}

func checkTicketParts(t *testing.T, parts *intercom.TicketPartList) {
	t.Helper()
	require.NotNil(t, parts)
	assert.Equal(t, "ticket_part.list", parts.Type)
	assert.Equal(t, 3, parts.TotalCount)
	require.Len(t, parts.TicketParts, 3)

	state := parts.TicketParts[0]
	assert.Equal(t, "ticket_part", state.Type)
	assert.Equal(t, "9001", state.ID)
	assert.Equal(t, intercom.TicketPartTypeTicketStateUpdatedByAdmin, state.PartType)
	assert.Equal(t, intercom.TicketStateCategorySubmitted, state.PreviousTicketState)
	assert.Equal(t, intercom.TicketStateCategoryInProgress, state.TicketState)
	assert.Equal(t, at(1731000100), state.CreatedAt)
	assert.Equal(t, at(1731000100), state.UpdatedAt)
	assert.Empty(t, state.Body)
	require.NotNil(t, state.Author)
	assert.Equal(t, intercom.AuthorTypeAdmin, state.Author.Type)
	assert.Equal(t, "5017", state.Author.ID)
	assert.Equal(t, "Mia Brandt", state.Author.Name)
	assert.Empty(t, state.Author.Email)

	assigned := parts.TicketParts[1]
	assert.Equal(t, intercom.TicketPartTypeAssignment, assigned.PartType)
	require.NotNil(t, assigned.AssignedTo)
	assert.Equal(t, "nobody_admin", assigned.AssignedTo.Type)
	assert.Empty(t, assigned.AssignedTo.ID)
	require.NotNil(t, assigned.UpdatedAttributeData)
	assert.Equal(t, "902", assigned.UpdatedAttributeData.Attribute.ID)
	assert.Equal(t, "Cause", assigned.UpdatedAttributeData.Attribute.Label)
	label, _ := assigned.UpdatedAttributeData.Value.String("label")
	assert.Equal(t, "Courier", label)

	note := parts.TicketParts[2]
	assert.Equal(t, intercom.TicketPartTypeNote, note.PartType)
	assert.Equal(t, "<p>Called the courier.</p>", note.Body)
	assert.Nil(t, note.AssignedTo)
	assert.Equal(t, "crm-5", note.ExternalID)
	assert.True(t, note.Redacted)
	assert.Equal(t, "damage-desk", note.AppPackageCode)
	require.Len(t, note.Attachments, 1)
	assert.Equal(t, "pot.png", note.Attachments[0].Name)
	assert.Equal(t, "https://img.greenthumb.example/pot.png", note.Attachments[0].URL)
	assert.Equal(t, "image/png", note.Attachments[0].ContentType)
	assert.Equal(t, 20480, note.Attachments[0].Filesize)
	assert.Equal(t, 640, *note.Attachments[0].Width)
	assert.Nil(t, note.Attachments[0].Height)
}

func TestTicketOfOlderVersionsDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "tickets/ticket_2.9.json")), intercom.WithVersion(intercom.V2_9))
	k, err := client.Tickets.Get(t.Context(), "450")
	require.NoError(t, err)
	assert.Equal(t, &intercom.TicketState{Category: intercom.TicketStateCategorySubmitted}, k.TicketState, "a word in the place of the object")
	assert.Equal(t, "New", k.TicketStateInternalLabel)
	assert.Equal(t, "Received", k.TicketStateExternalLabel)
	assert.Empty(t, k.AdminAssigneeID, "0 is nobody")
	assert.Empty(t, k.TeamAssigneeID)
	assert.Nil(t, k.TicketParts)
	assert.Nil(t, k.LinkedObjects)
	assert.Empty(t, k.UnknownFields())
}

func TestTicketSearchReadsOn(t *testing.T) {
	t.Parallel()
	client, mock := mockedClient(t, intercom.WithVersion(intercom.V2_10), intercom.WithoutPrefetch())
	calls := 0
	mock.RegisterResponder(http.MethodPost, "https://api.intercom.io/tickets/search", func(*http.Request) (*http.Response, error) {
		calls++
		w := []string{"tickets/search_1.json", "tickets/search_2.json"}
		if calls > len(w) {
			return nil, errors.New("there are only two pages")
		}
		return jsonResponse(sample(t, w[calls-1])), nil
	})
	all := items(t, client.Tickets.SearchAll(t.Context(), intercom.TicketSearchParams{Query: intercom.Field("open").Eq(true)}))
	ids := make([]string, len(all))
	for i, k := range all {
		ids[i] = k.ID
	}
	assert.Equal(t, []string{"7731", "7732", "7733"}, ids)
	assert.Equal(t, 2, calls)
}
