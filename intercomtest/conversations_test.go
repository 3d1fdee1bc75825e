package intercomtest_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// skipper is a user who writes.
func skipper(srv *intercomtest.Server) intercom.Contact {
	c := intercom.Contact{Email: "skipper@tidal.example", Name: "Runa Skipper", ExternalID: "s-1"}
	srv.Seed(&c)
	return c
}

// begin begins a conversation in the name of a contact.
func begin(tb testing.TB, client *intercom.Client, contactID, text string) string {
	tb.Helper()
	message, err := client.Conversations.Create(tb.Context(), intercom.ConversationCreateParams{
		From: intercom.ConversationSender{Type: intercom.ConversationSenderTypeUser, ID: contactID}, Body: text,
	})
	require.NoError(tb, err)
	require.NotEmpty(tb, message.ConversationID)
	return message.ConversationID
}

// partTypes lists what happened in a conversation.
func partTypes(c *intercom.Conversation) (types []intercom.ConversationPartType) {
	for _, p := range c.Parts.Parts {
		types = append(types, p.PartType)
	}
	return types
}

func TestConversationLife(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, me, author := t.Context(), srv.Me(), skipper(srv)
		conversations := client.Conversations
		id := begin(t, client, author.ID, "Is <berth 4> free?")

		got, err := conversations.Get(ctx, id, intercom.ConversationGetParams{})
		require.NoError(t, err)
		assert.Equal(t, intercom.ConversationStateOpen, got.State)
		assert.True(t, got.Open)
		assert.False(t, got.Read)
		assert.Equal(t, "<p>Is &lt;berth 4&gt; free?</p>", got.Source.Body)
		assert.Equal(t, author.ID, got.Source.Author.ID)
		assert.Equal(t, intercom.AuthorTypeUser, got.Source.Author.Type)
		assert.Equal(t, intercom.ConversationDeliveryCustomerInitiated, got.Source.DeliveredAs)
		require.Len(t, got.Contacts.Contacts, 1)
		assert.Equal(t, "s-1", got.Contacts.Contacts[0].ExternalID)
		assert.Equal(t, got.CreatedAt, got.WaitingSince)
		assert.Equal(t, got.CreatedAt, got.FirstContactReply.CreatedAt)
		assert.Empty(t, got.Parts.Parts)
		plain, err := conversations.Get(ctx, id, intercom.ConversationGetParams{DisplayAs: intercom.ConversationDisplayPlainText})
		require.NoError(t, err)
		assert.Equal(t, "Is <berth 4> free?", plain.Source.Body)

		srv.Advance(90 * time.Second)
		got, err = conversations.ReplyAsAdmin(ctx, id, intercom.ConversationAdminReplyParams{AdminID: me.ID, Body: "It is."})
		require.NoError(t, err)
		assert.True(t, got.WaitingSince.IsZero())
		assert.True(t, got.Read)
		_, err = conversations.AddNote(ctx, id, intercom.ConversationNoteParams{AdminID: me.ID, Body: "<b>Ask for papers</b>"})
		require.NoError(t, err)
		_, err = conversations.Close(ctx, id, intercom.ConversationCloseParams{AdminID: me.ID, Body: "See you."})
		require.NoError(t, err)
		srv.Advance(time.Minute)
		got, err = conversations.ReplyToLast(ctx, intercom.ConversationContactReplyParams{
			Contact: intercom.ContactByEmail("skipper@tidal.example"), Body: "One more thing",
		})
		require.NoError(t, err)
		assert.Equal(t, id, got.ID)
		assert.Equal(t, intercom.ConversationStateOpen, got.State)
		got, err = conversations.ReplyAsContact(ctx, id, intercom.ConversationContactReplyParams{
			Contact: intercom.ContactByExternalID("s-1"), Body: "Is there power?",
		})
		require.NoError(t, err)
		assert.Equal(t, []intercom.ConversationPartType{"comment", "note", "close", "open", "comment"}, partTypes(got))
		assert.Equal(t, "<b>Ask for papers</b>", got.Parts.Parts[1].Body)
		assert.Equal(t, me.ID, got.Parts.Parts[2].Author.ID)
		assert.Equal(t, "<p>One more thing</p>", got.Parts.Parts[3].Body)
		assert.False(t, got.Read)

		srv.Advance(time.Minute)
		got, err = conversations.Close(ctx, id, intercom.ConversationCloseParams{AdminID: me.ID})
		require.NoError(t, err)
		s := got.Statistics
		assert.Equal(t, 90, *s.TimeToAdminReply)
		assert.Equal(t, got.CreatedAt.Unix()+90, s.FirstAdminReplyAt.Unix())
		assert.Equal(t, 90, *s.MedianTimeToReply)
		assert.Equal(t, 90, *s.TimeToFirstClose)
		assert.Equal(t, 210, *s.TimeToLastClose)
		assert.Equal(t, me.ID, s.LastClosedByID)
		assert.Equal(t, 1, *s.CountReopens)
		assert.Equal(t, 6, *s.CountConversationParts)
		assert.Equal(t, got.CreatedAt, s.FirstContactReplyAt)
		assert.Equal(t, []intercom.Reference{{Type: "admin", ID: me.ID}}, got.Teammates.Admins)
	})
}

func TestConversationSnooze(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, me, author := t.Context(), srv.Me(), skipper(srv)
	id := begin(t, client, author.ID, "Remind me")
	until := intercom.TimestampOf(srv.Now().Add(time.Hour).Truncate(time.Second))
	got, err := client.Conversations.Snooze(ctx, id, intercom.ConversationSnoozeParams{AdminID: me.ID, SnoozedUntil: until})
	require.NoError(t, err)
	assert.Equal(t, intercom.ConversationStateSnoozed, got.State)
	assert.Equal(t, until, got.SnoozedUntil)
	assert.True(t, got.Open)

	srv.Advance(59 * time.Minute)
	assert.Equal(t, intercom.ConversationStateSnoozed, srv.Conversations()[0].State)
	srv.Advance(2 * time.Minute)
	page, err := client.Conversations.List(ctx, intercom.ConversationListParams{})
	require.NoError(t, err)
	assert.Equal(t, intercom.ConversationStateOpen, page.Items[0].State)
	assert.True(t, page.Items[0].SnoozedUntil.IsZero())
	woken := srv.Conversations()[0]
	assert.Equal(t, []intercom.ConversationPartType{"snoozed", "timer_unsnooze"}, partTypes(&woken))
	assert.Equal(t, until, woken.Parts.Parts[1].CreatedAt)
	assert.Equal(t, until, woken.UpdatedAt)

	_, err = client.Conversations.Snooze(ctx, id, intercom.ConversationSnoozeParams{AdminID: me.ID, SnoozedUntil: until})
	assert.Equal(t, "snoozed_until", fieldOf(err), "a snooze ends in the future")
	_, err = client.Conversations.Snooze(ctx, id, intercom.ConversationSnoozeParams{
		AdminID: me.ID, SnoozedUntil: intercom.TimestampOf(srv.Now().Add(time.Hour)),
	})
	require.NoError(t, err)
	got, err = client.Conversations.Open(ctx, id, intercom.ConversationOpenParams{AdminID: me.ID})
	require.NoError(t, err)
	assert.Equal(t, intercom.ConversationStateOpen, got.State)
	srv.Advance(2 * time.Hour)
	assert.Equal(t, []intercom.ConversationPartType{"snoozed", "timer_unsnooze", "snoozed", "unsnoozed"}, partTypes(&srv.Conversations()[0]))
}

// fieldOf is the field that an error blames.
func fieldOf(err error) string {
	var e *intercom.Error
	if errors.As(err, &e) && len(e.Details) > 0 {
		return e.Details[0].Field
	}
	return ""
}

func TestConversationAssignment(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, me, author := t.Context(), srv.Me(), skipper(srv)
		srv.Seed(intercom.Team{ID: "500", Name: "Quay", AdminIDs: []string{me.ID}})
		id := begin(t, client, author.ID, "Hello")
		assign := func(to intercom.ConversationAssignee) *intercom.Conversation {
			got, err := client.Conversations.Assign(ctx, id, intercom.ConversationAssignParams{AdminID: me.ID, Assignee: to})
			require.NoError(t, err)
			return got
		}
		assign(intercom.AssignToAdmin(me.ID))
		got := assign(intercom.AssignToTeam("500"))
		assert.Equal(t, me.ID, got.AdminAssigneeID, "the admin stays in charge")
		assert.Equal(t, "500", got.TeamAssigneeID)
		assert.Equal(t, "500", got.Parts.Parts[1].AssignedTo.ID, "whom it is, with quirks without the type")
		got = assign(intercom.AssignToNobody())
		assert.Empty(t, got.AdminAssigneeID)
		assert.Equal(t, intercom.Reference{Type: "nobody_admin"}, *got.Parts.Parts[2].AssignedTo)
		got = assign(intercom.AssignToNoTeam())
		assert.Empty(t, got.TeamAssigneeID)
		assert.Equal(t, 4, *got.Statistics.CountAssignments)

		got, err := client.Conversations.RunAssignmentRules(ctx, id)
		require.NoError(t, err)
		assert.Equal(t, "500", got.TeamAssigneeID)
		last := got.Parts.Parts[len(got.Parts.Parts)-1]
		assert.Equal(t, intercom.ConversationPartTypeDefaultAssignment, last.PartType)
		assert.Equal(t, intercom.AuthorTypeBot, last.Author.Type)

		for code, to := range map[string]intercom.ConversationAssignee{
			intercom.CodeAdminNotFound: intercom.AssignToAdmin("1"), intercom.CodeTeamNotFound: intercom.AssignToTeam("1"),
		} {
			_, err := client.Conversations.Assign(ctx, id, intercom.ConversationAssignParams{AdminID: me.ID, Assignee: to})
			assert.True(t, intercom.IsNotFound(err) && intercom.HasCode(err, code), err)
		}
	})
}

func TestConversationTags(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, author := t.Context(), skipper(srv)
		tagger := intercom.Admin{Name: "Ola"}
		srv.Seed(&tagger, intercom.Tag{ID: "7", Name: "urgent"})
		id := begin(t, client, author.ID, "Hello")
		tag, err := client.Conversations.Tags.Attach(ctx, id, intercom.ConversationTagAttachParams{ID: "7", AdminID: tagger.ID})
		require.NoError(t, err)
		assert.Equal(t, "urgent", tag.Name)
		assert.Equal(t, tagger.ID, tag.AppliedBy.ID)
		assert.Len(t, srv.Conversations()[0].Tags.Tags, 1)
		_, err = client.Conversations.Tags.Detach(ctx, id, "7", intercom.ConversationTagDetachParams{AdminID: tagger.ID})
		require.NoError(t, err)
		assert.Empty(t, srv.Conversations()[0].Tags.Tags)
		_, err = client.Conversations.Tags.Attach(ctx, id, intercom.ConversationTagAttachParams{ID: "8", AdminID: tagger.ID})
		assert.True(t, intercom.HasCode(err, intercom.CodeTagNotFound), err)

		_, err = client.Conversations.Tags.Attach(ctx, id, intercom.ConversationTagAttachParams{ID: "7", AdminID: tagger.ID})
		require.NoError(t, err)
		require.NoError(t, client.Tags.Delete(ctx, "7"))
		assert.Empty(t, srv.Conversations()[0].Tags.Tags, "a tag that is deleted is off everything")
	})
}

func TestConversationRedaction(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, me, author := t.Context(), srv.Me(), skipper(srv)
	id := begin(t, client, author.ID, "My card is 4000 …")
	got, err := client.Conversations.ReplyAsContact(ctx, id, intercom.ConversationContactReplyParams{
		Contact: intercom.ContactByID(author.ID), Body: "and its code is 123", AttachmentURLs: []string{"https://img.example/card.png"},
	})
	require.NoError(t, err)
	part := got.Parts.Parts[0]
	require.Len(t, part.Attachments, 1)
	assert.Equal(t, "image/png", part.Attachments[0].ContentType)

	got, err = client.Conversations.RedactPart(ctx, intercom.ConversationRedactPartParams{ConversationID: id, PartID: part.ID})
	require.NoError(t, err)
	assert.True(t, got.Parts.Parts[0].Redacted)
	assert.Empty(t, got.Parts.Parts[0].Body)
	assert.Empty(t, got.Parts.Parts[0].Attachments)
	got, err = client.Conversations.RedactSource(ctx, intercom.ConversationRedactSourceParams{ConversationID: id, SourceID: got.Source.ID})
	require.NoError(t, err)
	assert.True(t, got.Source.Redacted)
	assert.Empty(t, got.Source.Body)

	_, err = client.Conversations.RedactPart(ctx, intercom.ConversationRedactPartParams{ConversationID: id, PartID: "404"})
	assert.True(t, intercom.HasCode(err, intercom.CodeConversationPartOrMessageNotFound), err)
	got, err = client.Conversations.Close(ctx, id, intercom.ConversationCloseParams{AdminID: me.ID})
	require.NoError(t, err)
	_, err = client.Conversations.RedactPart(ctx, intercom.ConversationRedactPartParams{ConversationID: id, PartID: got.Parts.Parts[1].ID})
	assert.True(t, intercom.HasCode(err, intercom.CodeConversationPartNotRedactable), "there is nothing to redact in it: %v", err)
}

func TestConversationParticipants(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, me, author := t.Context(), srv.Me(), skipper(srv)
		mate := intercom.Contact{ExternalID: "m-1"}
		srv.Seed(&mate)
		id := begin(t, client, author.ID, "Hello")
		got, err := client.Conversations.Contacts.Attach(ctx, id, intercom.ConversationContactAttachParams{
			AdminID: me.ID, Contact: intercom.ContactByExternalID("m-1"),
		})
		require.NoError(t, err)
		require.Len(t, got.Customers, 2)
		assert.Equal(t, mate.ID, got.Customers[1].ID)
		got, err = client.Conversations.Contacts.Attach(ctx, id, intercom.ConversationContactAttachParams{
			AdminID: me.ID, Contact: intercom.ContactByEmail("new@tidal.example"),
		})
		require.NoError(t, err)
		require.Len(t, got.Customers, 3)
		lead, err := client.Contacts.Get(ctx, got.Customers[2].ID)
		require.NoError(t, err)
		assert.Equal(t, intercom.ContactRoleLead, lead.Role)
		assert.Equal(t, "new@tidal.example", lead.Email)

		_, err = client.Conversations.ReplyAsContact(ctx, id, intercom.ConversationContactReplyParams{
			Contact: intercom.ContactByID(mate.ID), Body: "Me too",
		})
		require.NoError(t, err)
		for _, leaving := range []string{mate.ID, lead.ID} {
			got, err = client.Conversations.Contacts.Detach(ctx, id, leaving, intercom.ConversationContactDetachParams{AdminID: me.ID})
			require.NoError(t, err)
		}
		assert.Equal(t, []intercom.ContactReference{{Type: "contact", ID: author.ID, ExternalID: "s-1"}}, got.Customers)
		_, err = client.Conversations.Contacts.Detach(ctx, id, author.ID, intercom.ConversationContactDetachParams{AdminID: me.ID})
		var e *intercom.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 422, e.StatusCode, "the last one can't leave")
		_, err = client.Conversations.ReplyAsContact(ctx, id, intercom.ConversationContactReplyParams{
			Contact: intercom.ContactByID(mate.ID), Body: "Still here?",
		})
		assert.True(t, intercom.IsNotFound(err), "who left can't write")
	})
}

func TestConversationsOfMergedLeads(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, user := t.Context(), skipper(srv)
	lead := intercom.Contact{Role: intercom.ContactRoleLead, Email: "lead@tidal.example"}
	srv.Seed(&lead)
	id := begin(t, client, lead.ID, "Hello")
	_, err := client.Contacts.Merge(ctx, intercom.ContactMergeParams{From: lead.ID, Into: user.ID})
	require.NoError(t, err)
	got, err := client.Conversations.ReplyToLast(ctx, intercom.ConversationContactReplyParams{Contact: intercom.ContactByID(user.ID), Body: "Me again"})
	require.NoError(t, err)
	assert.Equal(t, id, got.ID)
	assert.Equal(t, user.ID, got.Contacts.Contacts[0].ID)
}

func TestConversationUpdate(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, author := t.Context(), skipper(srv)
	id := begin(t, client, author.ID, "Hello")
	got, err := client.Conversations.Update(ctx, id, intercom.ConversationUpdateParams{
		Read:             intercom.Set(true),
		CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"berth": 4, "paid": true})),
		DisplayAs:        intercom.ConversationDisplayPlainText,
	})
	require.NoError(t, err)
	assert.True(t, got.Read)
	assert.Equal(t, "Hello", got.Source.Body)
	got, err = client.Conversations.Update(ctx, id, intercom.ConversationUpdateParams{
		CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"paid": false})),
	})
	require.NoError(t, err)
	berth, _ := got.CustomAttributes.Int("berth")
	paid, _ := got.CustomAttributes.Bool("paid")
	assert.Equal(t, int64(4), berth)
	assert.False(t, paid)

	srv.Seed(intercom.Company{ID: "c1", Name: "Tidal"})
	newer := clientOf(t, srv, intercom.WithVersion(intercom.V2_16))
	got, err = newer.Conversations.Update(ctx, id, intercom.ConversationUpdateParams{
		Title: intercom.Set("Berths"), CompanyID: intercom.Set("c1"),
	})
	require.NoError(t, err)
	assert.Equal(t, "Berths", got.Title)
	assert.Equal(t, "Tidal", got.Company.Name)
	assert.Equal(t, intercom.ConversationPriorityNone, got.Priority)
	got, err = client.Conversations.Get(ctx, id, intercom.ConversationGetParams{})
	require.NoError(t, err)
	assert.Equal(t, intercom.ConversationPriorityNotPriority, got.Priority)
	assert.Nil(t, got.Company, "version 2.8 does not have it")
}

func TestConversationParts(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	author := skipper(srv)
	parts := make([]intercom.ConversationPart, 620)
	for i := range parts {
		parts[i] = intercom.ConversationPart{Body: fmt.Sprint("<p>", i, "</p>"), Author: &intercom.Author{Type: "admin", ID: srv.Me().ID}}
	}
	c := intercom.Conversation{
		Contacts: &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: author.ID}}},
		Parts:    &intercom.ConversationPartList{Parts: parts},
	}
	srv.Seed(&c)
	got, err := client.Conversations.Get(t.Context(), c.ID, intercom.ConversationGetParams{})
	require.NoError(t, err)
	assert.Len(t, got.Parts.Parts, 500)
	assert.Equal(t, 620, got.Parts.TotalCount)
	assert.Equal(t, "<p>619</p>", got.Parts.Parts[499].Body)
	assert.Equal(t, 620, *got.Statistics.CountConversationParts)
	page, err := client.Conversations.List(t.Context(), intercom.ConversationListParams{})
	require.NoError(t, err)
	assert.Nil(t, page.Items[0].Parts, "lists leave out the parts")
}

func TestConversationListByRecency(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, me, author := t.Context(), srv.Me(), skipper(srv)
		var want []string
		for i := range 7 {
			srv.Advance(time.Minute)
			want = append(want, begin(t, client, author.ID, fmt.Sprint("Question ", i)))
		}
		srv.Advance(time.Minute)
		_, err := client.Conversations.AddNote(ctx, want[2], intercom.ConversationNoteParams{AdminID: me.ID, Body: "Look"})
		require.NoError(t, err)
		want = append(append(want[:2:2], want[3:]...), want[2])
		slices.Reverse(want)

		var got []string
		for page, err := range client.Conversations.Pages(ctx, intercom.ConversationListParams{PerPage: 3}) {
			require.NoError(t, err)
			for _, c := range page.Items {
				got = append(got, c.ID)
			}
			if len(got) == 3 { // What begins meanwhile does not move the pages.
				srv.Advance(time.Minute)
				begin(t, client, author.ID, "Meanwhile")
			}
		}
		assert.Equal(t, want, got)
	})
}

func TestConversationSearch(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, me, author := t.Context(), srv.Me(), skipper(srv)
	srv.Seed(intercom.Tag{ID: "7", Name: "urgent"})
	first := begin(t, client, author.ID, "The crane is stuck")
	srv.Advance(time.Hour)
	middle := srv.Now()
	second := begin(t, client, author.ID, "An invoice is missing")
	_, err := client.Conversations.Assign(ctx, first, intercom.ConversationAssignParams{AdminID: me.ID, Assignee: intercom.AssignToAdmin(me.ID)})
	require.NoError(t, err)
	_, err = client.Conversations.Close(ctx, second, intercom.ConversationCloseParams{AdminID: me.ID, Body: "Sent."})
	require.NoError(t, err)
	_, err = client.Conversations.Tags.Attach(ctx, first, intercom.ConversationTagAttachParams{ID: "7", AdminID: me.ID})
	require.NoError(t, err)
	_, err = client.Conversations.Update(ctx, first, intercom.ConversationUpdateParams{
		CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"crane": 3})),
	})
	require.NoError(t, err)

	f := intercom.Field
	for name, c := range map[string]struct {
		query intercom.Query
		want  []string
	}{
		"state":           {f("state").Eq("closed"), []string{second}},
		"open":            {f("open").Eq(true), []string{first}},
		"text":            {f("source.body").Contains("CRANE"), []string{first}},
		"author":          {f("source.author.email").Eq("SKIPPER@tidal.example"), []string{second, first}},
		"in charge":       {f("admin_assignee_id").Eq(me.ID), []string{first}},
		"nobody":          {f("admin_assignee_id").Eq(0), []string{second}},
		"tag":             {f("tag_ids").Eq("7"), []string{first}},
		"no tag":          {f("tag_ids").NotEq("7"), []string{second}},
		"contact":         {f("contact_ids").Eq(author.ID), []string{second, first}},
		"teammate":        {f("teammate_ids").Eq(me.ID), []string{second}},
		"since":           {f("created_at").GreaterThan(middle.Add(-time.Minute)), []string{second}},
		"from then on":    {f("created_at").AtLeast(middle), []string{second}},
		"until then":      {f("created_at").AtMost(middle.Add(-time.Minute)), []string{first}},
		"before":          {f("created_at").LessThan(middle), []string{first}},
		"statistics":      {f("statistics.count_assignments").GreaterThan(0), []string{first}},
		"closed by":       {f("statistics.last_closed_by_id").Eq(me.ID), []string{second}},
		"attribute":       {intercom.Attribute("crane").Eq(3), []string{first}},
		"either":          {intercom.Or(f("state").Eq("closed"), intercom.And(f("open").Eq(true), f("read").Eq(false))), []string{second, first}},
		"nothing like it": {f("source.type").Eq("email"), nil},
	} {
		var got []string
		for found, err := range client.Conversations.SearchAll(ctx, intercom.ConversationSearchParams{Query: c.query}) {
			require.NoError(t, err, name)
			got = append(got, found.ID)
		}
		assert.Equal(t, c.want, got, name)
	}
	page, err := client.Conversations.Search(ctx, intercom.ConversationSearchParams{
		Query: f("created_at").GreaterThan(0), Sort: intercom.Sort{Field: "created_at", Order: intercom.Ascending}, PerPage: 1,
	})
	require.NoError(t, err)
	assert.Equal(t, first, page.Items[0].ID)
	assert.Equal(t, 2, page.TotalCount)
	assert.NotEmpty(t, page.NextCursor)
}

func TestConversationErrors(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, me, author := t.Context(), srv.Me(), skipper(srv)
	id := begin(t, client, author.ID, "Hello")
	_, err := client.Conversations.Create(ctx, intercom.ConversationCreateParams{
		From: intercom.ConversationSender{Type: intercom.ConversationSenderTypeUser, ID: "404"}, Body: "Hi",
	})
	assert.True(t, intercom.IsNotFound(err), err)
	_, err = client.Conversations.Get(ctx, "404", intercom.ConversationGetParams{})
	assert.True(t, intercom.IsNotFound(err), err)
	_, err = client.Conversations.ReplyAsAdmin(ctx, id, intercom.ConversationAdminReplyParams{AdminID: "1", Body: "Hi"})
	assert.True(t, intercom.HasCode(err, intercom.CodeAdminNotFound), err)

	for body, field := range map[string]string{
		`{"message_type":"comment","type":"admin","admin_id":"` + me.ID + `"}`:                                                     "body",
		`{"message_type":"shout","type":"admin","admin_id":"1","body":"x"}`:                                                        "message_type",
		`{"message_type":"note","type":"user","user_id":"s-1","body":"x"}`:                                                         "message_type",
		`{"message_type":"comment","type":"user","user_id":"s-1","body":"x","attachment_urls":["nowhere"]}`:                        "attachment_urls",
		`{"message_type":"comment","type":"admin","body":"x"}`:                                                                     "admin_id",
		`{"message_type":"comment","type":"user","user_id":"s-1","body":{}}`:                                                       "body",
		`{"message_type":"comment","type":"user","user_id":"s-1","attachment_files":[{"name":"a","data":"%","content_type":"b"}]}`: "attachment_files.data",
	} {
		resp, text := send(t, srv, "POST", "/conversations/"+id+"/reply", body)
		assert.Equal(t, 400, resp.StatusCode, body)
		assert.Contains(t, text, `"field":"`+field+`"`)
	}
	resp, text := send(t, srv, "POST", "/conversations/"+id+"/parts", `{"message_type":"assignment","type":"robot","admin_id":"`+me.ID+`","assignee_id":"0"}`)
	assert.Equal(t, 400, resp.StatusCode, text)
	resp, _ = send(t, srv, "POST", "/conversations/last/reply", `{"message_type":"comment","type":"admin","admin_id":"`+me.ID+`","body":"x"}`)
	assert.Equal(t, 404, resp.StatusCode, "an admin has no last conversation")
	assert.Empty(t, srv.Conversations()[0].Parts.Parts)
}

func TestVisitorWrites(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	v := intercom.Visitor{Name: "Passer-by"}
	srv.Seed(&v)
	message, err := client.Conversations.Create(t.Context(), intercom.ConversationCreateParams{
		From: intercom.ConversationSender{Type: intercom.ConversationSenderTypeContact, ID: v.UserID}, Body: "Anybody here?",
	})
	require.NoError(t, err)
	got, err := client.Conversations.Get(t.Context(), message.ConversationID, intercom.ConversationGetParams{})
	require.NoError(t, err)
	assert.Equal(t, intercom.AuthorTypeLead, got.Source.Author.Type)
	assert.Equal(t, "Passer-by", got.Source.Author.Name)
	assert.Empty(t, srv.Visitors())
}
