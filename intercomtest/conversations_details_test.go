package intercomtest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestSeededConversationsGoOn(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	three := 3
	srv.Seed(
		intercom.Company{ID: "co", Name: "Quay"},
		intercom.Conversation{ID: "1", SnoozedUntil: intercom.TimestampOf(srv.Now().Add(time.Hour))},
		intercom.Conversation{
			ID: "2", State: intercom.ConversationStateClosed, Company: &intercom.Company{ID: "co"},
			Statistics:    &intercom.ConversationStatistics{CountReopens: &three},
			LinkedObjects: &intercom.LinkedObjectList{Data: []intercom.LinkedObject{{Type: "ticket", ID: "9"}}},
		},
	)
	got := srv.Conversations()
	assert.Equal(t, intercom.ConversationStateSnoozed, got[0].State)
	assert.Equal(t, intercom.ConversationStateClosed, got[1].State)
	assert.False(t, got[1].Open)
	assert.Equal(t, "Quay", got[1].Company.Name)
	assert.Equal(t, 3, *got[1].Statistics.CountReopens)
	assert.Equal(t, "9", got[1].LinkedObjects.Data[0].ID)
	srv.Advance(2 * time.Hour)
	assert.Equal(t, intercom.ConversationStateOpen, srv.Conversations()[0].State, "the snooze is over")
	_, err := client.Conversations.Open(t.Context(), "2", intercom.ConversationOpenParams{AdminID: srv.Me().ID})
	require.NoError(t, err)
	assert.Equal(t, 4, *srv.Conversations()[1].Statistics.CountReopens, "it is counted on")
}

func TestConversationPriority(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	for _, c := range []struct{ seeded, old, now intercom.ConversationPriority }{
		{"", "not_priority", "none"}, {"priority", "priority", "high"}, {"urgent", "priority", "urgent"}, {"low", "not_priority", "low"},
	} {
		srv.Seed(intercom.Conversation{ID: "1", Priority: c.seeded})
		for version, want := range map[string]intercom.ConversationPriority{"2.8": c.old, "2.16": c.now} {
			_, text := send(t, srv, "GET", "/conversations/1", "", "Intercom-Version", version)
			var got intercom.Conversation
			decode(t, text, &got)
			assert.Equal(t, want, got.Priority, "%q in %s", c.seeded, version)
		}
	}
}

func TestConversationsOfThePast(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	author := skipper(srv)
	body := `{"from":{"type":"user","id":"` + author.ID + `"},"body":"Hello","created_at":1600000000}`
	_, _ = send(t, srv, "POST", "/conversations", body, "Intercom-Version", "2.11")
	_, _ = send(t, srv, "POST", "/conversations", body, "Intercom-Version", "2.8")
	all := srv.Conversations()
	assert.Equal(t, int64(1_600_000_000), all[0].CreatedAt.Unix())
	assert.Equal(t, srv.Now().Unix(), all[1].CreatedAt.Unix(), "2.8 can't say when")
}

func TestConversationStateAndParts(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, me, author := t.Context(), srv.Me().ID, skipper(srv)
		id := begin(t, client, author.ID, "Hello")
		closed, err := client.Conversations.Close(ctx, id, intercom.ConversationCloseParams{AdminID: me, Body: "Bye"})
		require.NoError(t, err)
		assert.Equal(t, intercom.ConversationStateClosed, closed.State)
		assert.False(t, closed.Open)
		_, err = client.Conversations.AddNote(ctx, id, intercom.ConversationNoteParams{AdminID: me, Body: "Odd"})
		require.NoError(t, err)
		got, err := client.Conversations.ReplyAsAdmin(ctx, id, intercom.ConversationAdminReplyParams{AdminID: me, Body: "One more"})
		require.NoError(t, err)
		assert.Equal(t, intercom.ConversationStateClosed, got.State, "what an admin writes opens nothing")
		opened, err := client.Conversations.Open(ctx, id, intercom.ConversationOpenParams{AdminID: me})
		require.NoError(t, err)
		assert.Equal(t, intercom.ConversationStateOpen, opened.State)
		assert.True(t, opened.Open)
		assert.Equal(t, []intercom.ConversationPartType{"close", "note", "comment", "open"}, partTypes(opened))
		assert.Equal(t, "<p>Bye</p>", opened.Parts.Parts[0].Body)
		ids := map[string]bool{}
		for _, p := range opened.Parts.Parts {
			ids[p.ID] = true
			assert.Equal(t, me, p.Author.ID)
		}
		assert.Len(t, ids, 4, "each part has an id of its own")
	})
}

func TestNotRedactable(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, me, author := t.Context(), srv.Me(), skipper(srv)
	id := begin(t, client, author.ID, "Hello")
	sent, err := client.Messages.Create(ctx, intercom.MessageCreateParams{
		MessageType: intercom.MessageTypeInApp, Body: "Ahoy", From: intercom.MessageSender{ID: me.ID},
		To: []intercom.MessageRecipient{{Type: intercom.ContactRoleUser, ID: author.ID}}, CreateConversationWithoutContactReply: true,
	})
	require.NoError(t, err)
	for code, params := range map[string]intercom.ConversationRedactSourceParams{
		intercom.CodeConversationPartOrMessageNotFound: {ConversationID: id, SourceID: "404"},
		intercom.CodeConversationPartNotRedactable:     {ConversationID: sent.ConversationID, SourceID: sent.ID},
	} {
		_, err = client.Conversations.RedactSource(ctx, params)
		assert.True(t, intercom.HasCode(err, code), "%v", err)
	}
	_, err = client.Conversations.RedactPart(ctx, intercom.ConversationRedactPartParams{ConversationID: "404", PartID: "1"})
	assert.True(t, intercom.HasCode(err, intercom.CodeConversationPartOrMessageNotFound), "%v", err)
	assert.True(t, intercom.IsNotFound(err))
	resp, text := send(t, srv, "POST", "/conversations/redact", `{"type":"source","conversation_id":"`+id+`"}`)
	assert.Equal(t, 400, resp.StatusCode)
	assert.Contains(t, text, `"field":"source_id"`)
}

func TestConversationAttachmentErrors(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, me, author := t.Context(), srv.Me().ID, skipper(srv)
	srv.Seed(intercom.Contact{ID: "stranger"}, intercom.Tag{ID: "7"})
	id := begin(t, client, author.ID, "Hello")
	_, err := client.Conversations.Contacts.Attach(ctx, id, intercom.ConversationContactAttachParams{AdminID: me, Contact: intercom.ContactByEmail("no address")})
	assert.Equal(t, "customer.email", fieldOf(err))
	_, err = client.Conversations.Contacts.Attach(ctx, id, intercom.ConversationContactAttachParams{AdminID: me, Contact: intercom.ContactByID("404")})
	assert.True(t, intercom.IsNotFound(err), "%v", err)
	_, err = client.Conversations.Contacts.Attach(ctx, id, intercom.ConversationContactAttachParams{AdminID: "404", Contact: intercom.ContactByID("stranger")})
	assert.True(t, intercom.HasCode(err, intercom.CodeAdminNotFound), "%v", err)
	_, err = client.Conversations.Contacts.Attach(ctx, id, intercom.ConversationContactAttachParams{AdminID: me, Contact: intercom.ContactByID("stranger")})
	require.NoError(t, err)
	_, err = client.Conversations.Contacts.Attach(ctx, id, intercom.ConversationContactAttachParams{AdminID: me, Contact: intercom.ContactByID("stranger")})
	require.NoError(t, err, "who is there already changes nothing")
	assert.Len(t, srv.Conversations()[0].Parts.Parts, 1)
	_, err = client.Conversations.Contacts.Detach(ctx, id, "404", intercom.ConversationContactDetachParams{AdminID: me})
	assert.True(t, intercom.IsNotFound(err), "%v", err)
	_, err = client.Conversations.Tags.Detach(ctx, id, "404", intercom.ConversationTagDetachParams{AdminID: me})
	assert.True(t, intercom.HasCode(err, intercom.CodeTagNotFound), "%v", err)
	_, err = client.Conversations.Tags.Attach(ctx, id, intercom.ConversationTagAttachParams{ID: "7", AdminID: "404"})
	assert.True(t, intercom.HasCode(err, intercom.CodeAdminNotFound), "%v", err)
	_, err = client.Conversations.Tags.Detach(ctx, id, "7", intercom.ConversationTagDetachParams{AdminID: "404"})
	assert.True(t, intercom.HasCode(err, intercom.CodeAdminNotFound), "%v", err)
	for _, path := range []string{"/conversations/" + id + "/tags/7", "/conversations/" + id + "/customers/stranger"} {
		resp, text := send(t, srv, "DELETE", path, `{}`)
		assert.Equal(t, 400, resp.StatusCode)
		assert.Contains(t, text, `"field":"admin_id"`, "a DELETE with a body")
	}
	newer := clientOf(t, srv, intercom.WithVersion(intercom.V2_16))
	_, err = newer.Conversations.Update(ctx, id, intercom.ConversationUpdateParams{CompanyID: intercom.Set("404")})
	assert.True(t, intercom.HasCode(err, intercom.CodeCompanyNotFound), "%v", err)
	resp, _ := send(t, srv, "PUT", "/conversations/"+id, `{"read":"often"}`)
	assert.Equal(t, 400, resp.StatusCode)
}

func TestAssignmentRulesLeaveWhoIsInCharge(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, me, author := t.Context(), srv.Me().ID, skipper(srv)
	srv.Seed(intercom.Team{ID: "500"})
	id := begin(t, client, author.ID, "Hello")
	_, err := client.Conversations.Assign(ctx, id, intercom.ConversationAssignParams{AdminID: me, Assignee: intercom.AssignToAdmin(me)})
	require.NoError(t, err)
	got, err := client.Conversations.RunAssignmentRules(ctx, id)
	require.NoError(t, err)
	assert.Equal(t, me, got.AdminAssigneeID)
	assert.Empty(t, got.TeamAssigneeID)
	assert.Equal(t, me, got.Parts.Parts[1].AssignedTo.ID)
	resp, _ := send(t, srv, "POST", "/conversations/"+id+"/run_assignment_rules", "", "Intercom-Version", "2.12")
	assert.Equal(t, 404, resp.StatusCode, "the operation was removed in 2.12")
}

func TestReplyToLastWithoutAny(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	author := skipper(srv)
	_, err := client.Conversations.ReplyToLast(t.Context(), intercom.ConversationContactReplyParams{Contact: intercom.ContactByID(author.ID), Body: "Hello?"})
	assert.True(t, intercom.IsNotFound(err), "%v", err)
	_, err = client.Conversations.ReplyToLast(t.Context(), intercom.ConversationContactReplyParams{Contact: intercom.ContactByEmail("no@tidal.example"), Body: "Hello?"})
	assert.True(t, intercom.IsNotFound(err), "%v", err)
	other := intercom.Contact{Email: "other@tidal.example"}
	srv.Seed(&other)
	begin(t, client, other.ID, "Hello")
	_, err = client.Conversations.ReplyToLast(t.Context(), intercom.ConversationContactReplyParams{Contact: intercom.ContactByID(author.ID), Body: "Hello?"})
	assert.True(t, intercom.IsNotFound(err), "what others talk about is not theirs: %v", err)
}

func TestSearchPagesSurviveWhatHappensMeanwhile(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, author := t.Context(), skipper(srv)
		var want []string
		for range 9 {
			want = append(want, begin(t, client, author.ID, "Hello"))
			srv.Advance(time.Minute)
		}
		var got []string
		params := intercom.ConversationSearchParams{
			Query: intercom.Field("source.body").Eq("Hello"), PerPage: 2, Sort: intercom.Sort{Field: "created_at", Order: intercom.Ascending},
		}
		for page, err := range client.Conversations.SearchPages(ctx, params, intercom.WithoutPrefetch()) {
			require.NoError(t, err)
			for _, c := range page.Items {
				got = append(got, c.ID)
			}
			if len(got) < 8 {
				begin(t, client, author.ID, "Not this one")
				srv.Seed(intercom.Conversation{ // Before all that is still to come.
					CreatedAt: intercom.UnixTimestamp(1), Source: &intercom.ConversationSource{Body: "Hello"},
				})
			}
		}
		assert.Equal(t, want, got)
	})
}
