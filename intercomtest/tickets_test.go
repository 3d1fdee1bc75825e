package intercomtest_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// damage is a ticket type with a list and a number.
func damage(tb testing.TB, client *intercom.Client) (kind *intercom.TicketType, cause, cost *intercom.TicketTypeAttribute) {
	tb.Helper()
	kind, err := client.TicketTypes.Create(tb.Context(), intercom.TicketTypeCreateParams{Name: "Damage"})
	require.NoError(tb, err)
	cause, err = client.TicketTypes.Attributes.Create(tb.Context(), kind.ID, intercom.TicketTypeAttributeCreateParams{
		Name: "Cause", Description: "What broke it", DataType: intercom.TicketAttributeTypeList, ListItems: "Storm, Crane",
	})
	require.NoError(tb, err)
	cost, err = client.TicketTypes.Attributes.Create(tb.Context(), kind.ID, intercom.TicketTypeAttributeCreateParams{
		Name: "Cost", Description: "In euros", DataType: intercom.TicketAttributeTypeInteger,
	})
	require.NoError(tb, err)
	return kind, cause, cost
}

// option is the id of the first item of a list attribute.
func option(tb testing.TB, a *intercom.TicketTypeAttribute) string {
	tb.Helper()
	text, _ := a.InputOptions.Get("list_options")
	var options []struct{ ID, Label string }
	decode(tb, string(text.(json.RawMessage)), &options)
	require.NotEmpty(tb, options)
	return options[0].ID
}

// Every generation of the ticket's fields has its own form.
func TestTicketLife(t *testing.T) {
	t.Parallel()
	for _, version := range []intercom.APIVersion{intercom.V2_9, intercom.V2_11, intercom.V2_12, intercom.V2_14, intercom.V2_16} {
		t.Run(string(version), func(t *testing.T) {
			t.Parallel()
			srv := intercomtest.New(t, intercomtest.WithoutSocket())
			testTicketLife(t, srv, clientOf(t, srv, intercom.WithVersion(version)), version)
		})
	}
}

func testTicketLife(t *testing.T, srv *intercomtest.Server, client *intercom.Client, version intercom.APIVersion) {
	t.Helper()
	ctx, me := t.Context(), srv.Me()
	skipper(srv)
	srv.Seed(intercom.Team{ID: "500"})
	kind, cause, _ := damage(t, client)
	made, err := client.Tickets.Create(ctx, intercom.TicketCreateParams{
		TicketTypeID: kind.ID, Contacts: []intercom.ContactIdentity{intercom.ContactByExternalID("s-1")},
		TicketAttributes: intercom.CustomAttributesOf(map[string]any{"_default_title_": "Bent rail", "Cause": option(t, cause), "Cost": 80}),
	})
	require.NoError(t, err)
	assert.Equal(t, "1", made.TicketID)
	assert.Equal(t, intercom.TicketStateCategorySubmitted, made.TicketState.Category)
	assert.Equal(t, version.AtLeast(intercom.V2_12), made.TicketState.InternalLabel != "")
	assert.Equal(t, !version.AtLeast(intercom.V2_12), made.TicketStateInternalLabel != "")
	assert.Empty(t, made.AdminAssigneeID)
	assert.Equal(t, kind.ID, made.TicketType.ID)
	assert.Equal(t, "s-1", made.Contacts.Contacts[0].ExternalID)

	params := intercom.TicketUpdateParams{
		AdminID: intercom.Set(me.ID), AssigneeID: intercom.Set("500"),
		TicketAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"Cost": 95})),
	}
	if version.AtLeast(intercom.V2_12) {
		for _, s := range srv.TicketTypes()[0].TicketStates.Data {
			if s.Category == intercom.TicketStateCategoryInProgress {
				params.TicketStateID = intercom.Set(s.ID)
			}
		}
	} else {
		params.State = intercom.Set(intercom.TicketStateCategoryInProgress)
	}
	got, err := client.Tickets.Update(ctx, made.ID, params)
	require.NoError(t, err)
	assert.Equal(t, intercom.TicketStateCategoryInProgress, got.TicketState.Category)
	assert.Equal(t, "500", got.TeamAssigneeID)
	cost, _ := got.TicketAttributes.Int("Cost")
	assert.Equal(t, int64(95), cost)
	var types []intercom.TicketPartType
	for _, p := range got.TicketParts.TicketParts {
		types = append(types, p.PartType)
		assert.Equal(t, me.ID, p.Author.ID)
	}
	assert.Equal(t, []intercom.TicketPartType{"assignment", "ticket_attribute_updated_by_admin", "ticket_state_updated_by_admin"}, types)
	assert.Equal(t, intercom.TicketStateCategorySubmitted, got.TicketParts.TicketParts[2].PreviousTicketState)
	got, err = client.Tickets.Update(ctx, made.ID, intercom.TicketUpdateParams{AssigneeID: intercom.Null[string]()})
	require.NoError(t, err)
	assert.Empty(t, got.TeamAssigneeID)

	note, err := client.Tickets.AddNote(ctx, made.ID, intercom.TicketNoteParams{AdminID: me.ID, Body: "Call the smith"})
	require.NoError(t, err)
	assert.Equal(t, intercom.TicketPartTypeNote, note.PartType)
	_, err = client.Tickets.Update(ctx, made.ID, intercom.TicketUpdateParams{AssigneeID: intercom.Set("404")})
	assert.True(t, intercom.IsNotFound(err) && intercom.HasCode(err, "assignee_not_found"), err)
	assert.Equal(t, 5, srv.Tickets()[0].TicketParts.TotalCount, "a change that failed left nothing behind")
}

func TestTicketReplies(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_10))
	ctx, me, author := t.Context(), srv.Me(), skipper(srv)
	kind, _, _ := damage(t, client)
	made, err := client.Tickets.Create(ctx, intercom.TicketCreateParams{
		TicketTypeID: kind.ID, Contacts: []intercom.ContactIdentity{intercom.ContactByID(author.ID)},
	})
	require.NoError(t, err)
	part, err := client.Tickets.ReplyAsAdmin(ctx, made.ID, intercom.TicketAdminReplyParams{
		MessageType: intercom.TicketReplyTypeComment, AdminID: me.ID, Body: "We look at it",
	})
	require.NoError(t, err)
	assert.Equal(t, "<p>We look at it</p>", part.Body)
	_, err = client.Tickets.Update(ctx, made.ID, intercom.TicketUpdateParams{Open: intercom.Set(false)})
	require.NoError(t, err)
	part, err = client.Tickets.ReplyAsContact(ctx, made.ID, intercom.TicketContactReplyParams{
		Contact: intercom.ContactByEmail(author.Email), Body: "Thanks",
	})
	require.NoError(t, err)
	assert.Equal(t, author.ID, part.Author.ID)
	assert.True(t, srv.Tickets()[0].Open, "what a contact writes opens it")
	part, err = client.Tickets.ReplyAsAdmin(ctx, made.ID, intercom.TicketAdminReplyParams{
		MessageType: intercom.TicketReplyTypeQuickReply, AdminID: me.ID,
		ReplyOptions: []intercom.TicketReplyOption{{Text: "Fine", UUID: "8c7d0d2e-1f6c-4a57-9d38-6f3f6d1f2a10"}},
	})
	require.NoError(t, err)
	assert.Equal(t, intercom.TicketPartTypeQuickReply, part.PartType)

	srv.Seed(intercom.Tag{ID: "7", Name: "insured"})
	tag, err := client.Tickets.Tags.Attach(ctx, made.ID, intercom.TicketTagAttachParams{ID: "7", AdminID: me.ID})
	require.NoError(t, err)
	assert.Equal(t, "insured", tag.Name)
	_, err = client.Tickets.Tags.Detach(ctx, made.ID, "7", intercom.TicketTagDetachParams{AdminID: me.ID})
	require.NoError(t, err)
	resp, _ := send(t, srv, "POST", "/tickets/"+made.ID+"/reply",
		`{"message_type":"comment","type":"admin","admin_id":"`+me.ID+`","body":"x"}`, "Intercom-Version", "2.9")
	assert.Equal(t, 400, resp.StatusCode, "version 2.9 knows only notes")
}

func TestTicketSnooze(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_10))
	srv.Seed(intercom.TicketType{}, intercom.Ticket{ID: "9"})
	until := intercom.TimestampOf(srv.Now().Add(time.Hour).Truncate(time.Second))
	got, err := client.Tickets.Update(t.Context(), "9", intercom.TicketUpdateParams{SnoozedUntil: intercom.Set(until)})
	require.NoError(t, err)
	assert.Equal(t, until, got.SnoozedUntil)
	srv.Advance(61 * time.Minute)
	got, err = client.Tickets.Get(t.Context(), "9")
	require.NoError(t, err)
	assert.True(t, got.SnoozedUntil.IsZero())
	assert.True(t, got.Open)
	_, err = client.Tickets.Update(t.Context(), "9", intercom.TicketUpdateParams{SnoozedUntil: intercom.Set(until)})
	assert.Equal(t, "snoozed_until", fieldOf(err))
}

func TestTicketOfNewContact(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_14))
	ctx := t.Context()
	kind, _, _ := damage(t, client)
	conversation := begin(t, client, skipper(srv).ID, "The rail is bent")
	made, err := client.Tickets.Create(ctx, intercom.TicketCreateParams{
		TicketTypeID: kind.ID, Contacts: []intercom.ContactIdentity{intercom.ContactByEmail("new@tidal.example")},
		ConversationToLinkID: conversation, Assignment: &intercom.TicketAssignment{AdminAssigneeID: srv.Me().ID},
	})
	require.NoError(t, err)
	assert.Equal(t, srv.Me().ID, made.AdminAssigneeID)
	assert.Equal(t, conversation, made.LinkedObjects.Data[0].ID)
	assert.Equal(t, made.ID, srv.Conversations()[0].LinkedObjects.Data[0].ID)
	lead, err := client.Contacts.Get(ctx, made.Contacts.Contacts[0].ID)
	require.NoError(t, err)
	assert.Equal(t, "new@tidal.example", lead.Email)
	again, err := client.Tickets.Create(ctx, intercom.TicketCreateParams{
		TicketTypeID: kind.ID, Contacts: []intercom.ContactIdentity{intercom.ContactByEmail("NEW@tidal.example")},
	})
	require.NoError(t, err)
	assert.Equal(t, lead.ID, again.Contacts.Contacts[0].ID, "the lead is found by its address")
}

func TestTicketSearch(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_10))
	ctx, author := t.Context(), skipper(srv)
	kind, _, cost := damage(t, client)
	for i, title := range []string{"Bent rail", "Broken lamp", "Lost key"} {
		_, err := client.Tickets.Create(ctx, intercom.TicketCreateParams{
			TicketTypeID: kind.ID, Contacts: []intercom.ContactIdentity{intercom.ContactByID(author.ID)},
			TicketAttributes: intercom.CustomAttributesOf(map[string]any{"_default_title_": title, "Cost": 10 * i}),
		})
		require.NoError(t, err)
		srv.Advance(time.Minute)
	}
	all := srv.Tickets()
	_, err := client.Tickets.Update(ctx, all[1].ID, intercom.TicketUpdateParams{State: intercom.Set(intercom.TicketStateCategoryResolved)})
	require.NoError(t, err)
	f := intercom.Field
	for name, c := range map[string]struct {
		query intercom.Query
		want  []int
	}{
		"title":     {f("title").Contains("b"), []int{1, 0}},
		"state":     {f("state").Eq("resolved"), []int{1}},
		"category":  {f("category").Eq("request"), []int{2, 1, 0}},
		"nobody's":  {f("admin_assignee_id").Eq("0"), []int{2, 1, 0}},
		"attribute": {intercom.Attribute(cost.ID).GreaterThan(5), []int{2, 1}},
		"contact":   {intercom.And(f("contact_ids").Eq(author.ID), f("open").Eq(true), f("state").NotEq("resolved")), []int{2, 0}},
	} {
		var got, want []string
		for found, err := range client.Tickets.SearchAll(ctx, intercom.TicketSearchParams{Query: c.query, PerPage: 2}) {
			require.NoError(t, err, name)
			got = append(got, found.ID)
		}
		for _, i := range c.want {
			want = append(want, all[i].ID)
		}
		assert.Equal(t, want, got, name)
	}
}

func TestTicketErrors(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_12))
	kind, _, _ := damage(t, client)
	skipper(srv)
	who := `"ticket_type_id":"` + kind.ID + `","contacts":[{"external_id":"s-1"}]`
	for body, field := range map[string]string{
		`{"contacts":[{"external_id":"s-1"}]}`:                          "ticket_type_id",
		`{"ticket_type_id":"` + kind.ID + `","contacts":[]}`:            "contacts",
		`{` + who + `,"ticket_attributes":{"Colour":"red"}}`:            "ticket_attributes.Colour",
		`{` + who + `,"ticket_attributes":{"Cost":"a lot"}}`:            "ticket_attributes.Cost",
		`{` + who + `,"ticket_attributes":{"Cause":"Storm"}}`:           "ticket_attributes.Cause",
		`{` + who + `,"ticket_attributes":{"_default_title_":{"a":1}}}`: "ticket_attributes._default_title_",
	} {
		resp, text := send(t, srv, "POST", "/tickets", body, "Intercom-Version", "2.12")
		assert.Equal(t, 400, resp.StatusCode, body)
		assert.Contains(t, text, `"field":"`+field+`"`)
	}
	for _, body := range []string{
		`{"ticket_type_id":"404","contacts":[{"external_id":"s-1"}]}`,
		`{"ticket_type_id":"` + kind.ID + `","contacts":[{"external_id":"404"}]}`,
		`{` + who + `,"company_id":"404"}`,
	} {
		resp, _ := send(t, srv, "POST", "/tickets", body, "Intercom-Version", "2.12")
		assert.Equal(t, 404, resp.StatusCode, body)
	}
	assert.Empty(t, srv.Tickets())
	srv.Seed(intercom.Ticket{ID: "9"})
	_, err := client.Tickets.Update(t.Context(), "9", intercom.TicketUpdateParams{TicketStateID: intercom.Set("1")})
	assert.Equal(t, "ticket_state_id", fieldOf(err))
}

// TestTicketAttributes writes values of every type, right ones and wrong ones.
func TestTicketAttributes(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_12))
	ctx := t.Context()
	kind, err := client.TicketTypes.Create(ctx, intercom.TicketTypeCreateParams{Name: "All", Category: intercom.TicketCategoryTracker})
	require.NoError(t, err)
	assert.Equal(t, intercom.TicketCategoryTracker, kind.Category)
	skipper(srv)
	for data, values := range map[intercom.TicketAttributeType][2][]any{
		intercom.TicketAttributeTypeString:   {{"x", nil, 5, true}, {[]any{"x"}, map[string]any{"a": 1}}},
		intercom.TicketAttributeTypeInteger:  {{4, "4", nil}, {"four", 4.5}},
		intercom.TicketAttributeTypeDecimal:  {{4.5, "4.5", nil}, {"four"}},
		intercom.TicketAttributeTypeBoolean:  {{true, "false", nil}, {"yes", 1}},
		intercom.TicketAttributeTypeDatetime: {{1_700_000_000, "2026-01-02T15:04:05Z", nil}, {"tomorrow"}},
		intercom.TicketAttributeTypeFiles:    {{[]any{map[string]any{"url": "https://x.example/a"}}, nil}, {"https://x.example/a"}},
	} {
		name := "An " + string(data)
		_, err := client.TicketTypes.Attributes.Create(ctx, kind.ID, intercom.TicketTypeAttributeCreateParams{
			Name: name, Description: "x", DataType: data, AllowMultipleValues: data == intercom.TicketAttributeTypeFiles,
		})
		require.NoError(t, err)
		for i, list := range values {
			for _, value := range list {
				text, err := json.Marshal(map[string]any{
					"ticket_type_id": kind.ID, "contacts": []any{map[string]any{"external_id": "s-1"}}, "ticket_attributes": map[string]any{name: value},
				})
				require.NoError(t, err)
				resp, answer := send(t, srv, "POST", "/tickets", string(text), "Intercom-Version", "2.12")
				assert.Equal(t, []int{200, 400}[i], resp.StatusCode, "%s %v: %s", data, value, answer)
			}
		}
	}
}

func TestSeededTickets(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_14))
	ctx := t.Context()
	srv.Seed(
		intercom.Admin{ID: "9"},
		intercom.Ticket{
			ID: "1", TicketState: &intercom.TicketState{Category: intercom.TicketStateCategoryResolved},
			TicketParts:   &intercom.TicketPartList{TicketParts: []intercom.TicketPart{{Body: "<p>x</p>"}, {PartType: "note"}}},
			LinkedObjects: &intercom.LinkedObjectList{Data: []intercom.LinkedObject{{Type: "conversation", ID: "5"}}},
		},
		intercom.TicketType{ID: "t", TicketTypeAttributes: &intercom.TicketTypeAttributeList{Data: []intercom.TicketTypeAttribute{{Name: "_default_title_"}, {Name: "Berth"}}}},
	)
	got := srv.Tickets()[0]
	assert.False(t, got.Open, "it is resolved")
	assert.Equal(t, "Resolved", got.TicketState.InternalLabel)
	assert.Equal(t, "t", got.TicketType.ID)
	assert.Equal(t, "5", got.LinkedObjects.Data[0].ID)
	require.Len(t, got.TicketParts.TicketParts, 2)
	assert.Equal(t, intercom.TicketPartTypeComment, got.TicketParts.TicketParts[0].PartType)
	assert.NotEmpty(t, got.TicketParts.TicketParts[1].ID)
	assert.Len(t, srv.TicketTypes()[0].TicketTypeAttributes.Data, 3, "what all have, and one more")

	skipper(srv)
	base := intercom.TicketCreateParams{TicketTypeID: "t", Contacts: []intercom.ContactIdentity{intercom.ContactByExternalID("s-1")}}
	for _, assignment := range []intercom.TicketAssignment{{AdminAssigneeID: "404"}, {TeamAssigneeID: "404"}} {
		params := base
		params.Assignment = &assignment
		_, err := client.Tickets.Create(ctx, params)
		assert.True(t, intercom.HasCode(err, "assignee_not_found"), "%v", err)
	}
	params := base
	params.CreatedAt = intercom.UnixTimestamp(1_600_000_000)
	made, err := client.Tickets.Create(ctx, params)
	require.NoError(t, err)
	assert.Equal(t, int64(1_600_000_000), made.CreatedAt.Unix())
	_, err = client.Tickets.Update(ctx, made.ID, intercom.TicketUpdateParams{AdminID: intercom.Set("404"), AssigneeID: intercom.Set("9")})
	assert.True(t, intercom.HasCode(err, "assignee_not_found"), "%v", err)
	updated, err := client.Tickets.Update(ctx, made.ID, intercom.TicketUpdateParams{TicketStateID: intercom.Set(made.TicketState.ID)})
	require.NoError(t, err)
	assert.Empty(t, updated.TicketParts.TicketParts, "it has this state already")

	srv.Seed(intercom.Contact{ID: "stranger"})
	_, err = client.Tickets.ReplyAsContact(ctx, made.ID, intercom.TicketContactReplyParams{Contact: intercom.ContactByID("stranger"), Body: "x"})
	assert.True(t, intercom.IsNotFound(err), "whose ticket it is not can't write: %v", err)
	resp, text := send(t, srv, "POST", "/tickets/"+made.ID+"/reply", `{"message_type":"quick_reply","type":"admin","admin_id":"9"}`, "Intercom-Version", "2.10")
	assert.Equal(t, 400, resp.StatusCode)
	assert.Contains(t, text, `"field":"reply_options"`)
}

func TestTicketParts(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	srv.Seed(intercom.TicketType{}, intercom.Ticket{ID: "1", TicketParts: &intercom.TicketPartList{TicketParts: make([]intercom.TicketPart, 530)}})
	got, err := clientOf(t, srv, intercom.WithVersion(intercom.V2_9)).Tickets.Get(t.Context(), "1")
	require.NoError(t, err)
	assert.Len(t, got.TicketParts.TicketParts, 500, "the newest ones")
	assert.Equal(t, 530, got.TicketParts.TotalCount)
}
