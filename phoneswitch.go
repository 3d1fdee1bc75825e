package intercom

import (
	"context"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// PhoneSwitchService moves phone calls to the Messenger. Get it from
// Client.PhoneSwitch.
type PhoneSwitchService struct{ client *Client }

// Create sends a text message with a link that goes on with a phone call in the
// Messenger.
//
// POST /phone_call_redirects · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/switch/createphoneswitch
func (s *PhoneSwitchService) Create(ctx context.Context, params PhoneSwitchCreateParams, opts ...CallOption) (*PhoneSwitch, error) {
	return call[PhoneSwitch](ctx, s.client, operations.PhoneSwitchCreate, request{body: params}, opts)
}
