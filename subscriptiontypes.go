package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// SubscriptionTypesService reads the subscription types of the workspace: the
// kinds of messages that contacts can agree to or refuse. The choices of one
// contact are Client.Contacts.Subscriptions. Get it from
// Client.SubscriptionTypes.
type SubscriptionTypesService struct{ client *Client }

// List returns the subscription types of the workspace, all on one page.
//
// GET /subscription_types · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/subscription-types/listsubscriptiontypes
func (s *SubscriptionTypesService) List(ctx context.Context, opts ...CallOption) (*Page[SubscriptionType], error) {
	return onePage(ctx, s.list(), opts)
}

// All iterates over the subscription types of the workspace.
func (s *SubscriptionTypesService) All(ctx context.Context, opts ...CallOption) iter.Seq2[*SubscriptionType, error] {
	return allItems(ctx, s.list(), opts)
}

func (s *SubscriptionTypesService) list() *list[SubscriptionType] {
	return listOf[SubscriptionType](s.client, operations.SubscriptionTypesList, request{}, 0, "")
}
