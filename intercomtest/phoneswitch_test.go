package intercomtest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestPhoneSwitch(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		srv.Seed(intercom.DataAttribute{Name: "caller"}, intercom.Contact{ID: "c1", Phone: "+4520304050"})
		got, err := client.PhoneSwitch.Create(ctx, intercom.PhoneSwitchCreateParams{
			Phone: "+4520304050", CustomAttributes: intercom.CustomAttributesOf(map[string]any{"caller": "yes"}),
		})
		require.NoError(t, err)
		assert.Equal(t, "+4520304050", got.Phone)
		assert.NotEmpty(t, got.URL)
		caller, _ := srv.Contacts()[0].CustomAttributes.String("caller")
		assert.Equal(t, "yes", caller)
		assert.Len(t, srv.PhoneSwitches(), 1)

		_, err = client.PhoneSwitch.Create(ctx, intercom.PhoneSwitchCreateParams{Phone: "12"})
		var e *intercom.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 400, e.StatusCode)
		assert.True(t, intercom.HasCode(err, "invalid_phone_number"), "its errors look otherwise: %s", e.Body)
		assert.Contains(t, string(e.Body), `"error_key"`)
	})
}
