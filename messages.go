package intercom

import (
	"context"
	"errors"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// MessagesService writes to contacts in the name of admins. Get it from
// Client.Messages.
type MessagesService struct{ client *Client }

// check knows what each kind of message needs.
func (p MessageCreateParams) check() error {
	if p.MessageType == MessageTypeEmail && p.Subject == "" {
		return errors.New("subject is required for an email")
	}
	if p.MessageType == MessageTypeEmail && p.Template == "" {
		return errors.New("template is required for an email")
	}
	for _, list := range []struct {
		name       string
		recipients []MessageRecipient
	}{{"to", p.To}, {"cc", p.Cc}, {"bcc", p.Bcc}} {
		for _, recipient := range list.recipients {
			if recipient.Type == "" {
				return errors.New(list.name + ".type is required")
			}
			if recipient.ID == "" && recipient.UserID == "" {
				return errors.New(list.name + ".id is required, or user_id in its place")
			}
		}
	}
	return nil
}

// Create sends a message from an admin to a contact, in the Messenger or by
// email. A contact that is brand-new may not be found for a moment.
//
// POST /messages · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/messages/createmessage
func (s *MessagesService) Create(ctx context.Context, params MessageCreateParams, opts ...CallOption) (*Message, error) {
	return call[Message](ctx, s.client, operations.MessagesCreate, request{body: params}, opts)
}
