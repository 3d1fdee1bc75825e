package intercom

import (
	"context"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// lastConversation is what the API takes for the id of a contact's latest
// conversation.
const lastConversation = "last"

// ReplyAsAdmin writes a reply that the contacts can see, in the name of an
// admin.
//
// POST /conversations/{id}/reply · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/replyconversation
func (s *ConversationsService) ReplyAsAdmin(ctx context.Context, id string, params ConversationAdminReplyParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsReplyAsAdmin, path(id).withBody(params), opts)
}

// ReplyAsContact writes a reply in the name of a contact.
//
// POST /conversations/{id}/reply · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/replyconversation
func (s *ConversationsService) ReplyAsContact(ctx context.Context, id string, params ConversationContactReplyParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsReplyAsContact, path(id).withBody(params), opts)
}

// ReplyToLast writes a reply in the name of a contact, in the conversation that
// the contact took part in last.
//
// POST /conversations/{id}/reply · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/replyconversation
func (s *ConversationsService) ReplyToLast(ctx context.Context, params ConversationContactReplyParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsReplyToLast, path(lastConversation).withBody(params), opts)
}

// AddNote writes a note that only teammates can see.
//
// POST /conversations/{id}/reply · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/replyconversation
func (s *ConversationsService) AddNote(ctx context.Context, id string, params ConversationNoteParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsAddNote, path(id).withBody(params), opts)
}

// Close closes a conversation. It opens again when a contact writes.
//
// POST /conversations/{id}/parts · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/manageconversation
func (s *ConversationsService) Close(ctx context.Context, id string, params ConversationCloseParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsClose, path(id).withBody(params), opts)
}

// Snooze puts a conversation aside until a set time.
//
// POST /conversations/{id}/parts · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/manageconversation
func (s *ConversationsService) Snooze(ctx context.Context, id string, params ConversationSnoozeParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsSnooze, path(id).withBody(params), opts)
}

// Open opens a conversation that is closed or snoozed.
//
// POST /conversations/{id}/parts · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/manageconversation
func (s *ConversationsService) Open(ctx context.Context, id string, params ConversationOpenParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsOpen, path(id).withBody(params), opts)
}

// Assign gives a conversation to an admin or to a team, or takes it away from
// them. It can have an admin and a team at the same time.
//
// POST /conversations/{id}/parts · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/manageconversation
func (s *ConversationsService) Assign(ctx context.Context, id string, params ConversationAssignParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsAssign, path(id).withBody(params), opts)
}

// RunAssignmentRules lets the workspace's assignment rules decide who gets a
// conversation. It can't run workflows.
//
// Available up to Intercom-Version 2.11.
//
// POST /conversations/{id}/run_assignment_rules · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/autoassignconversation
func (s *ConversationsService) RunAssignmentRules(ctx context.Context, id string, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsRunAssignmentRules, path(id), opts)
}

// RedactPart takes the text and the attachments out of a part, for good.
//
// POST /conversations/redact · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/redactconversation
func (s *ConversationsService) RedactPart(ctx context.Context, params ConversationRedactPartParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsRedactPart, request{body: params}, opts)
}

// RedactSource takes the text and the attachments out of the message that a
// conversation began with, for good.
//
// POST /conversations/redact · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/redactconversation
func (s *ConversationsService) RedactSource(ctx context.Context, params ConversationRedactSourceParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsRedactSource, request{body: params}, opts)
}

// ConversationContactsService changes which contacts take part in a
// conversation. Get it from ConversationsService.Contacts.
type ConversationContactsService struct{ client *Client }

// Attach adds a contact to those who take part in a conversation. An email
// address that nobody has makes a new lead. The answer lists those who take
// part in Customers, where other answers have Contacts.
//
// POST /conversations/{id}/customers · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/attachcontacttoconversation
func (s *ConversationContactsService) Attach(ctx context.Context, conversationID string, params ConversationContactAttachParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsContactsAttach, path(conversationID).withBody(params), opts)
}

// Detach removes a contact from those who take part in a conversation. The last
// one can't be removed.
//
// DELETE /conversations/{conversation_id}/customers/{contact_id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/detachcontactfromconversation
func (s *ConversationContactsService) Detach(ctx context.Context, conversationID, contactID string, params ConversationContactDetachParams, opts ...CallOption) (*Conversation, error) {
	return call[Conversation](ctx, s.client, operations.ConversationsContactsDetach, path(conversationID, contactID).withBody(params), opts)
}

// ConversationTagsService changes the tags on a conversation; the conversation
// itself tells which ones it has. Get it from ConversationsService.Tags.
type ConversationTagsService struct{ client *Client }

// Attach puts a tag on a conversation.
//
// POST /conversations/{conversation_id}/tags · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/attachtagtoconversation
func (s *ConversationTagsService) Attach(ctx context.Context, conversationID string, params ConversationTagAttachParams, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.ConversationsTagsAttach, path(conversationID).withBody(params), opts)
}

// Detach takes a tag off a conversation.
//
// DELETE /conversations/{conversation_id}/tags/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/tags/detachtagfromconversation
func (s *ConversationTagsService) Detach(ctx context.Context, conversationID, tagID string, params ConversationTagDetachParams, opts ...CallOption) (*Tag, error) {
	return call[Tag](ctx, s.client, operations.ConversationsTagsDetach, path(conversationID, tagID).withBody(params), opts)
}
