package intercom_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func conversationActions() []sent {
	return append(append(conversationReplies(), conversationChanges()...), conversationParticipants()...)
}

func conversationReplies() []sent {
	file := intercom.AttachmentFile{Name: "a.txt", ContentType: "text/plain", Data: "YQ=="}
	contact := func(who intercom.ContactIdentity) intercom.ConversationContactReplyParams {
		return intercom.ConversationContactReplyParams{Contact: who, Body: "Thanks"}
	}
	return []sent{
		{
			operation: "Conversations.ReplyAsAdmin",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.ReplyAsAdmin(ctx, "31", intercom.ConversationAdminReplyParams{
					AdminID: "7310042", Body: "Yes.", CreatedAt: at(1719571111),
					AttachmentURLs:  []string{"https://pics.harbour.test/12.png"},
					AttachmentFiles: []intercom.AttachmentFile{file},
				}))
			},
			path: "/conversations/31/reply",
			body: `{"message_type": "comment", "type": "admin", "admin_id": "7310042", "body": "Yes.", "created_at": 1719571111,
				"attachment_urls": ["https://pics.harbour.test/12.png"],
				"attachment_files": [{"content_type": "text/plain", "data": "YQ==", "name": "a.txt"}]}`,
		},
		{
			operation: "Conversations.ReplyAsContact", variant: "by id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.ReplyAsContact(ctx, "31", contact(intercom.ContactByID("66a0"))))
			},
			path: "/conversations/31/reply",
			body: `{"message_type": "comment", "type": "user", "intercom_user_id": "66a0", "body": "Thanks"}`,
		},
		{
			operation: "Conversations.ReplyAsContact", variant: "by external id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.ReplyAsContact(ctx, "31", contact(intercom.ContactByExternalID("skipper-7"))))
			},
			path: "/conversations/31/reply",
			body: `{"message_type": "comment", "type": "user", "user_id": "skipper-7", "body": "Thanks"}`,
		},
		{
			operation: "Conversations.ReplyToLast", variant: "by email",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.ReplyToLast(ctx, contact(intercom.ContactByEmail("skipper@harbour.test"))))
			},
			path: "/conversations/last/reply",
			body: `{"message_type": "comment", "type": "user", "email": "skipper@harbour.test", "body": "Thanks"}`,
		},
		{
			operation: "Conversations.AddNote",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.AddNote(ctx, "31", intercom.ConversationNoteParams{AdminID: "7310042", Body: "Owes a fee."}))
			},
			path: "/conversations/31/reply",
			body: `{"message_type": "note", "type": "admin", "admin_id": "7310042", "body": "Owes a fee."}`,
		},
	}
}

func conversationChanges() []sent {
	assign := func(variant string, to intercom.ConversationAssignee, members string) sent {
		return sent{
			operation: "Conversations.Assign", variant: variant,
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Assign(ctx, "31", intercom.ConversationAssignParams{AdminID: "7310042", Assignee: to, Body: "Over to you"}))
			},
			path: "/conversations/31/parts",
			body: `{"message_type": "assignment", "admin_id": "7310042", "body": "Over to you", ` + members + `}`,
		}
	}
	return []sent{
		{
			operation: "Conversations.Close",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Close(ctx, "31", intercom.ConversationCloseParams{AdminID: "7310042", Body: "Bye"}))
			},
			path: "/conversations/31/parts",
			body: `{"message_type": "close", "type": "admin", "admin_id": "7310042", "body": "Bye"}`,
		},
		{
			operation: "Conversations.Snooze",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Snooze(ctx, "31", intercom.ConversationSnoozeParams{AdminID: "7310042", SnoozedUntil: at(1719648000)}))
			},
			path: "/conversations/31/parts",
			body: `{"message_type": "snoozed", "admin_id": "7310042", "snoozed_until": 1719648000}`,
		},
		{
			operation: "Conversations.Open",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Open(ctx, "31", intercom.ConversationOpenParams{AdminID: "7310042"}))
			},
			path: "/conversations/31/parts",
			body: `{"message_type": "open", "admin_id": "7310042"}`,
		},
		assign("to an admin", intercom.AssignToAdmin("7310043"), `"type": "admin", "assignee_id": "7310043"`),
		assign("to a team", intercom.AssignToTeam("9001"), `"type": "team", "assignee_id": "9001"`),
		assign("to nobody", intercom.AssignToNobody(), `"type": "admin", "assignee_id": "0"`),
		assign("to no team", intercom.AssignToNoTeam(), `"type": "team", "assignee_id": "0"`),
		{
			operation: "Conversations.RunAssignmentRules",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.RunAssignmentRules(ctx, "31"))
			},
			path: "/conversations/31/run_assignment_rules",
		},
		{
			operation: "Conversations.RedactPart",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.RedactPart(ctx, intercom.ConversationRedactPartParams{ConversationID: "31", PartID: "4"}))
			},
			path: "/conversations/redact",
			body: `{"type": "conversation_part", "conversation_id": "31", "conversation_part_id": "4"}`,
		},
		{
			operation: "Conversations.RedactSource",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.RedactSource(ctx, intercom.ConversationRedactSourceParams{ConversationID: "31", SourceID: "9"}))
			},
			path: "/conversations/redact",
			body: `{"type": "source", "conversation_id": "31", "source_id": "9"}`,
		},
	}
}

func conversationParticipants() []sent {
	return []sent{
		{
			operation: "Conversations.Contacts.Attach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Contacts.Attach(ctx, "31", intercom.ConversationContactAttachParams{
					AdminID: "7310042", Contact: intercom.ContactByID("66a0"),
				}))
			},
			path: "/conversations/31/customers",
			body: `{"admin_id": "7310042", "customer": {"intercom_user_id": "66a0"}}`,
		},
		{
			operation: "Conversations.Contacts.Detach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Contacts.Detach(ctx, "31", "66a0", intercom.ConversationContactDetachParams{AdminID: "7310042"}))
			},
			path: "/conversations/31/customers/66a0",
			body: `{"admin_id": "7310042"}`,
		},
		{
			operation: "Conversations.Tags.Attach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Tags.Attach(ctx, "31", intercom.ConversationTagAttachParams{ID: "88", AdminID: "7310042"}))
			},
			path: "/conversations/31/tags",
			body: `{"id": "88", "admin_id": "7310042"}`,
		},
		{
			operation: "Conversations.Tags.Detach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Tags.Detach(ctx, "31", "88", intercom.ConversationTagDetachParams{AdminID: "7310042"}))
			},
			path: "/conversations/31/tags/88",
			body: `{"admin_id": "7310042"}`,
		},
	}
}

func TestConversationAttachSample(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "conversations/attached.json")))
	conversation, err := client.Conversations.Contacts.Attach(t.Context(), "31", intercom.ConversationContactAttachParams{
		Contact: intercom.ContactByEmail("mate@harbour.test"),
	})
	require.NoError(t, err)
	require.Len(t, conversation.Customers, 2)
	assert.Equal(t, "66a0c3d2e4b0a1f2c3d4e5f7", conversation.Customers[1].ID)
}

func TestConversationActionsRefuse(t *testing.T) {
	t.Parallel()
	files := make([]intercom.AttachmentFile, 11)
	for want, call := range map[string]func(context.Context, *intercom.Client) error{
		"Conversations.ReplyAsAdmin: id is empty": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.ReplyAsAdmin(ctx, "", intercom.ConversationAdminReplyParams{AdminID: "1", Body: "x"}))
		},
		"Conversations.ReplyAsAdmin: admin_id is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.ReplyAsAdmin(ctx, "31", intercom.ConversationAdminReplyParams{Body: "x"}))
		},
		"Conversations.ReplyAsContact: contact is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.ReplyAsContact(ctx, "31", intercom.ConversationContactReplyParams{Body: "x"}))
		},
		"Conversations.ReplyToLast: body is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.ReplyToLast(ctx, intercom.ConversationContactReplyParams{Contact: intercom.ContactByID("66a0")}))
		},
		"Conversations.AddNote: attachment_files has more than 10 elements": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.AddNote(ctx, "31", intercom.ConversationNoteParams{AdminID: "1", Body: "x", AttachmentFiles: files}))
		},
		"Conversations.Close: admin_id is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Close(ctx, "31", intercom.ConversationCloseParams{}))
		},
		"Conversations.Snooze: snoozed_until is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Snooze(ctx, "31", intercom.ConversationSnoozeParams{AdminID: "1"}))
		},
		"Conversations.Open: admin_id is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Open(ctx, "31", intercom.ConversationOpenParams{}))
		},
		"Conversations.Assign: assignee is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Assign(ctx, "31", intercom.ConversationAssignParams{AdminID: "1", Assignee: intercom.AssignToTeam("")}))
		},
		"Conversations.RedactPart: conversation_part_id is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.RedactPart(ctx, intercom.ConversationRedactPartParams{ConversationID: "31"}))
		},
		"Conversations.RedactSource: source_id is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.RedactSource(ctx, intercom.ConversationRedactSourceParams{ConversationID: "31"}))
		},
		"Conversations.Contacts.Attach: customer is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Contacts.Attach(ctx, "31", intercom.ConversationContactAttachParams{AdminID: "1"}))
		},
		"Conversations.Contacts.Detach: contact_id is empty": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Contacts.Detach(ctx, "31", "", intercom.ConversationContactDetachParams{AdminID: "1"}))
		},
		"Conversations.Tags.Attach: id is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Tags.Attach(ctx, "31", intercom.ConversationTagAttachParams{AdminID: "1"}))
		},
		"Conversations.Tags.Detach: admin_id is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Tags.Detach(ctx, "31", "88", intercom.ConversationTagDetachParams{}))
		},
	} {
		t.Run(strings.ReplaceAll(want, ": ", "/"), func(t *testing.T) {
			t.Parallel()
			assert.ErrorContains(t, refused(t, call), "intercom: "+want)
		})
	}
}

func TestRunAssignmentRulesEndsWithItsVersion(t *testing.T) {
	t.Parallel()
	err := refused(t, func(ctx context.Context, c *intercom.Client) error {
		return first(c.Conversations.RunAssignmentRules(ctx, "31"))
	}, intercom.WithVersion(intercom.V2_12))
	var version *intercom.VersionError
	require.ErrorAs(t, err, &version)
	assert.Equal(t, intercom.V2_11, version.Until)
	assert.ErrorContains(t, err, `WithVersion("2.11")`)
}
