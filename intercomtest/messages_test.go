package intercomtest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestMessageIsAnswered(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, me, reader := t.Context(), srv.Me(), skipper(srv)
		sent, err := client.Messages.Create(ctx, intercom.MessageCreateParams{
			MessageType: intercom.MessageTypeInApp, Body: "High tide at noon", From: intercom.MessageSender{ID: me.ID},
			To: []intercom.MessageRecipient{{Type: intercom.ContactRoleUser, UserID: "s-1"}},
		})
		require.NoError(t, err)
		assert.Equal(t, "admin_message", sent.Type)
		assert.Equal(t, intercom.MessageTypeInAppSent, sent.MessageType)
		assert.Equal(t, me.ID, sent.Owner.ID)
		assert.Empty(t, sent.ConversationID)
		assert.Empty(t, srv.Conversations(), "there is none before the contact answers")
		assert.Equal(t, []string{reader.ID}, srv.Messages()[0].To)

		srv.Advance(time.Minute)
		got, err := client.Conversations.ReplyToLast(ctx, intercom.ConversationContactReplyParams{
			Contact: intercom.ContactByID(reader.ID), Body: "Thanks",
		})
		require.NoError(t, err)
		assert.Equal(t, intercom.ConversationDeliveryAdminInitiated, got.Source.DeliveredAs)
		assert.Equal(t, "<p>High tide at noon</p>", got.Source.Body)
		assert.Equal(t, me.ID, got.Source.Author.ID)
		assert.Len(t, got.Parts.Parts, 1)
		assert.Equal(t, got.ID, srv.Messages()[0].ConversationID)
		again, err := client.Conversations.ReplyToLast(ctx, intercom.ConversationContactReplyParams{
			Contact: intercom.ContactByID(reader.ID), Body: "Bye",
		})
		require.NoError(t, err)
		assert.Equal(t, got.ID, again.ID)
	})
}

func TestMessageBeginsConversation(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx, me, reader := t.Context(), srv.Me(), skipper(srv)
	sent, err := client.Messages.Create(ctx, intercom.MessageCreateParams{
		MessageType: intercom.MessageTypeEmail, Subject: "Your berth", Template: intercom.MessageTemplatePlain, Body: "<h1>Welcome</h1>",
		From: intercom.MessageSender{ID: me.ID}, To: []intercom.MessageRecipient{{Type: intercom.ContactRoleUser, ID: reader.ID}},
		CreateConversationWithoutContactReply: true,
	})
	require.NoError(t, err)
	got, err := client.Conversations.Get(ctx, sent.ConversationID, intercom.ConversationGetParams{})
	require.NoError(t, err)
	assert.Equal(t, intercom.ConversationSourceTypeEmail, got.Source.Type)
	assert.Equal(t, "Your berth", got.Source.Subject)
	assert.Equal(t, "<h1>Welcome</h1>", got.Source.Body)
	assert.Equal(t, reader.ID, got.Contacts.Contacts[0].ID)
	assert.Nil(t, got.FirstContactReply)
	contact, err := client.Contacts.Get(ctx, reader.ID)
	require.NoError(t, err)
	assert.Equal(t, sent.CreatedAt, contact.LastContactedAt)
}

func TestMessageToSeveral(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_14))
	one, two := intercom.Contact{}, intercom.Contact{Role: intercom.ContactRoleLead}
	srv.Seed(&one, &two)
	_, err := client.Messages.Create(t.Context(), intercom.MessageCreateParams{
		MessageType: intercom.MessageTypeInApp, Body: "Hello", From: intercom.MessageSender{ID: srv.Me().ID},
		To: []intercom.MessageRecipient{{Type: intercom.ContactRoleUser, ID: one.ID}, {Type: intercom.ContactRoleLead, ID: two.ID}},
	})
	require.NoError(t, err)
	assert.Equal(t, []string{one.ID, two.ID}, srv.Messages()[0].To)
}

func TestMessagesOfThePast(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	body := `{"message_type":"in_app","body":"x","from":{"type":"admin","id":"` + srv.Me().ID + `"},"to":{"type":"user","id":"` + skipper(srv).ID + `"},"created_at":1600000000}`
	_, _ = send(t, srv, "POST", "/messages", body, "Intercom-Version", "2.8")
	_, _ = send(t, srv, "POST", "/messages", body, "Intercom-Version", "2.11")
	all := srv.Messages()
	assert.Equal(t, int64(1_600_000_000), all[0].CreatedAt.Unix())
	assert.Equal(t, srv.Now().Unix(), all[1].CreatedAt.Unix(), "2.8 can't say when")
	resp, text := send(t, srv, "POST", "/messages", `{"message_type":"in_app","body":"x","from":{"type":"admin","id":"`+srv.Me().ID+`"},"to":[]}`, "Intercom-Version", "2.14")
	assert.Equal(t, 400, resp.StatusCode)
	assert.Contains(t, text, `"field":"to"`)
}

func TestMessageErrors(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	me, reader := srv.Me(), skipper(srv)
	from, to := `"from":{"type":"admin","id":`+me.ID+`}`, `"to":{"type":"user","id":"`+reader.ID+`"}`
	for body, want := range map[string]struct {
		status      int
		code, field string
	}{
		`{"message_type":"in_app",` + from + `,` + to + `}`:                                                 {400, intercom.CodeParameterInvalid, "body"},
		`{"message_type":"email","template":"plain","body":"x",` + from + `,` + to + `}`:                    {422, intercom.CodeParameterNotFound, "subject"},
		`{"message_type":"email","template":"golden","subject":"x","body":"x",` + from + `,` + to + `}`:     {400, intercom.CodeParameterInvalid, "template"},
		`{"message_type":"in_app","body":"x",` + from + `,"to":[{"type":"user","id":"` + reader.ID + `"}]}`: {400, intercom.CodeParameterInvalid, "to"},
		`{"message_type":"pigeon","body":"x",` + from + `,` + to + `}`:                                      {400, intercom.CodeParameterInvalid, "message_type"},
		`{"message_type":"in_app","body":"x",` + from + `}`:                                                 {400, intercom.CodeParameterNotFound, "to"},
	} {
		resp, text := send(t, srv, "POST", "/messages", body)
		assert.Equal(t, want.status, resp.StatusCode, text)
		assert.Contains(t, text, `"code":"`+want.code+`"`)
		assert.Contains(t, text, `"field":"`+want.field+`"`)
	}
	_, err := client.Messages.Create(t.Context(), intercom.MessageCreateParams{
		MessageType: intercom.MessageTypeInApp, Body: "Hello", From: intercom.MessageSender{ID: me.ID},
		To: []intercom.MessageRecipient{{Type: intercom.ContactRoleUser, ID: "404"}},
	})
	assert.True(t, intercom.IsNotFound(err), err)
	assert.Empty(t, srv.Messages())
}
