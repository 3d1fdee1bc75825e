package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestPhoneSwitchSend(t *testing.T) {
	t.Parallel()
	checkSent(t, "PhoneSwitch", []sent{{
		operation: "PhoneSwitch.Create",
		call: func(ctx context.Context, c *intercom.Client) error {
			return first(c.PhoneSwitch.Create(ctx, intercom.PhoneSwitchCreateParams{
				Phone:            "+4520304050",
				CustomAttributes: intercom.CustomAttributesOf(map[string]any{"queue": "night"}),
			}))
		},
		path: "/phone_call_redirects",
		body: `{"phone": "+4520304050", "custom_attributes": {"queue": "night"}}`,
	}})
}

func TestPhoneSwitchSample(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "phoneswitch/created.json")))
	created, err := client.PhoneSwitch.Create(t.Context(), intercom.PhoneSwitchCreateParams{Phone: "+4520304050"})
	require.NoError(t, err)
	assert.Equal(t, "https://via.harbour.test/4Qk", created.URL)
}

func TestPhoneSwitchRefuses(t *testing.T) {
	t.Parallel()
	err := refused(t, func(ctx context.Context, c *intercom.Client) error {
		return first(c.PhoneSwitch.Create(ctx, intercom.PhoneSwitchCreateParams{}))
	})
	assert.EqualError(t, err, "intercom: PhoneSwitch.Create: phone is required")
}
