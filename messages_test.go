package intercom_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// messageTo is a message in the Messenger.
func messageTo(to ...intercom.MessageRecipient) intercom.MessageCreateParams {
	return intercom.MessageCreateParams{
		MessageType: intercom.MessageTypeInApp, Body: "Berth 12 is yours.",
		From: intercom.MessageSender{ID: "7310042"}, To: to,
	}
}

func TestMessagesSend(t *testing.T) {
	t.Parallel()
	user := intercom.MessageRecipient{Type: intercom.ContactRoleUser, ID: "66a0"}
	lead := intercom.MessageRecipient{Type: intercom.ContactRoleLead, ID: "66a1"}
	create := func(params intercom.MessageCreateParams) func(context.Context, *intercom.Client) error {
		return func(ctx context.Context, c *intercom.Client) error { return first(c.Messages.Create(ctx, params)) }
	}
	email := messageTo(intercom.MessageRecipient{Type: intercom.ContactRoleUser, UserID: "skipper-7"})
	email.MessageType, email.Subject, email.Template = intercom.MessageTypeEmail, "Your berth", intercom.MessageTemplatePersonal
	email.CreateConversationWithoutContactReply = true
	copied := messageTo(user, lead)
	copied.Cc, copied.CreatedAt = []intercom.MessageRecipient{lead}, at(1719571111)

	message := `"message_type": "in_app", "body": "Berth 12 is yours.", "from": {"type": "admin", "id": 7310042}`
	checkSent(t, "Messages", []sent{
		{
			operation: "Messages.Create", variant: "in the Messenger", call: create(messageTo(user)), path: "/messages",
			body: `{` + message + `, "to": {"type": "user", "id": "66a0"}}`,
		},
		{
			operation: "Messages.Create", variant: "by email", call: create(email), path: "/messages",
			body: `{"message_type": "email", "subject": "Your berth", "body": "Berth 12 is yours.", "template": "personal",
				"from": {"type": "admin", "id": 7310042}, "to": {"type": "user", "user_id": "skipper-7"},
				"create_conversation_without_contact_reply": true}`,
		},
		{
			operation: "Messages.Create", variant: "to one in a version of lists", call: create(messageTo(user)), version: intercom.V2_14, path: "/messages",
			body: `{` + message + `, "to": [{"type": "user", "id": "66a0"}]}`,
		},
		{
			operation: "Messages.Create", variant: "to several", call: create(copied), version: intercom.V2_14, path: "/messages",
			body: `{` + message + `, "to": [{"type": "user", "id": "66a0"}, {"type": "lead", "id": "66a1"}],
				"cc": [{"type": "lead", "id": "66a1"}], "created_at": 1719571111}`,
		},
	})
}

func TestMessageSample(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "messages/created.json")))
	message, err := client.Messages.Create(t.Context(), messageTo(intercom.MessageRecipient{Type: intercom.ContactRoleUser, ID: "66a0"}))
	require.NoError(t, err)
	assert.Equal(t, "2154700009", message.ID)
	assert.Equal(t, intercom.MessageTypeInAppSent, message.MessageType)
	assert.Empty(t, message.ConversationID)
	require.NotNil(t, message.Owner)
	assert.Equal(t, "7310042", message.Owner.ID)
}

func TestMessagesRefuse(t *testing.T) {
	t.Parallel()
	user := intercom.MessageRecipient{Type: intercom.ContactRoleUser, ID: "66a0"}
	for want, change := range map[string]func(*intercom.MessageCreateParams){
		"message_type is required":                         func(p *intercom.MessageCreateParams) { p.MessageType = "" },
		"body is required":                                 func(p *intercom.MessageCreateParams) { p.Body = "" },
		"from is required":                                 func(p *intercom.MessageCreateParams) { p.From.ID = "" },
		"to is required":                                   func(p *intercom.MessageCreateParams) { p.To = nil },
		"to.type is required":                              func(p *intercom.MessageCreateParams) { p.To[0].Type = "" },
		"to.id is required, or user_id in its place":       func(p *intercom.MessageCreateParams) { p.To[0].ID = "" },
		"to has 2 elements":                                func(p *intercom.MessageCreateParams) { p.To = append(p.To, user) },
		"subject is required for an email":                 func(p *intercom.MessageCreateParams) { p.MessageType = intercom.MessageTypeEmail },
		`from.id: "ida" is no number, as the API wants it`: func(p *intercom.MessageCreateParams) { p.From.ID = "ida" },
		"cc.id is required, or user_id in its place":       func(p *intercom.MessageCreateParams) { p.Cc = []intercom.MessageRecipient{{Type: "user"}} },
		"bcc":                               func(p *intercom.MessageCreateParams) { p.Bcc = []intercom.MessageRecipient{user} },
		"template is required for an email": func(p *intercom.MessageCreateParams) { p.MessageType, p.Subject = intercom.MessageTypeEmail, "Hi" },
		`up to Intercom-Version 2.13 it takes one, set a la`: func(p *intercom.MessageCreateParams) { p.To = append(p.To, user) },
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			params := messageTo(user)
			change(&params)
			err := refused(t, func(ctx context.Context, c *intercom.Client) error { return first(c.Messages.Create(ctx, params)) })
			require.ErrorContains(t, err, "intercom: Messages.Create: ")
			assert.ErrorContains(t, err, want)
		})
	}
}

func TestMessagesCreateIsNotRepeated(t *testing.T) {
	t.Parallel()
	calls := 0
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.WriteHeader(http.StatusBadGateway)
	}, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3, MinBackoff: 1, MaxBackoff: 1}))
	_, err := client.Messages.Create(t.Context(), messageTo(intercom.MessageRecipient{Type: intercom.ContactRoleUser, ID: "66a0"}))
	require.Error(t, err)
	assert.Equal(t, 1, calls)
}
