package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestSubscriptionTypesRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "SubscriptionTypes", []sent{
		{
			operation: "SubscriptionTypes.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.SubscriptionTypes.List(ctx))
			},
			path: "/subscription_types",
		},
		{
			operation: "SubscriptionTypes.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.SubscriptionTypes.All(ctx))
			},
			path: "/subscription_types",
		},
	})
}

func TestSubscriptionTypesDecode(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "subscriptiontypes/list.json")))
	all := items(t, client.SubscriptionTypes.All(t.Context()))
	require.Len(t, all, 2)
	s := all[0]
	assert.Equal(t, "subscription", s.Type)
	assert.Equal(t, "137", s.ID, "a number becomes text")
	assert.Equal(t, intercom.SubscriptionTypeStateLive, s.State)
	assert.Equal(t, intercom.ConsentTypeOptIn, s.ConsentType)
	require.NotNil(t, s.DefaultTranslation)
	assert.Equal(t, "Plant of the month", s.DefaultTranslation.Name)
	assert.Equal(t, "One mail a month", s.DefaultTranslation.Description)
	assert.Equal(t, "en", s.DefaultTranslation.Locale)
	require.Len(t, s.Translations, 2)
	assert.Equal(t, "Pflanze des Monats", s.Translations[1].Name)
	assert.Equal(t, []intercom.SubscriptionContentType{intercom.SubscriptionContentTypeEmail, "push"}, s.ContentTypes, "words that are new pass through")
	assert.Nil(t, all[1].DefaultTranslation)
	assert.Empty(t, all[1].Translations)
}
