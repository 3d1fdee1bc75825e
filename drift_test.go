package intercom_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestDriftHook(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, body string
		opts       []intercom.DriftOption
		want       []intercom.Drift
	}{
		{"nothing odd", `{"type":"contact","id":"c-1","avatar":null,"signed_up_at":"1700000123"}`, nil, nil},
		{"a misfit", `{"id":"c-1","has_hard_bounced":"perhaps","signed_up_at":{}}`, nil, []intercom.Drift{
			{Operation: "Contacts.Get", Path: "has_hard_bounced", Expected: "boolean", Got: "string", Count: 2},
		}},
		{"deep", `{"id":"c-1","tags":{"data":[{"id":"1"},{"id":["2"]}]}}`, nil, []intercom.Drift{
			{Operation: "Contacts.Get", Path: "tags.data[1].id", Expected: "string", Got: "array", Count: 1},
		}},
		{"unknown, not asked for", `{"id":"c-1","shoe_size":42}`, nil, nil},
		{"unknown", `{"id":"c-1","shoe_size":42,"hat":{}}`, []intercom.DriftOption{intercom.DriftUnknownFields()}, []intercom.Drift{
			{Operation: "Contacts.Get", Path: "shoe_size", Got: "number", Count: 2},
		}},
		{"unknown, but none", `{"id":"c-1"}`, []intercom.DriftOption{intercom.DriftUnknownFields()}, nil},
		{"a misfit goes first", `{"shoe_size":42,"created_at":"soon"}`, []intercom.DriftOption{intercom.DriftUnknownFields()}, []intercom.Drift{
			{Operation: "Contacts.Get", Path: "created_at", Expected: "time", Got: "string", Count: 1},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []intercom.Drift
			hook := intercom.WithDriftHook(func(d intercom.Drift) { got = append(got, d) }, test.opts...)
			_, err := clientOf(t, answer(test.body), hook).Contacts.Get(t.Context(), "c-1")
			require.NoError(t, err, "drift is no error")
			assert.Equal(t, test.want, got)

			got = nil
			_, err = clientOf(t, answer(test.body)).Contacts.Get(t.Context(), "c-1", hook)
			require.NoError(t, err)
			assert.Equal(t, test.want, got, "for one call")
		})
	}
}

func TestDriftHookOfALastingMisfitIsKept(t *testing.T) {
	t.Parallel()
	contact, err := clientOf(t, answer(`{"id":"c-1","signed_up_at":{"at":5}}`)).Contacts.Get(t.Context(), "c-1")
	require.NoError(t, err)
	assert.True(t, contact.SignedUpAt.IsZero())
	assert.JSONEq(t, `{"at":5}`, string(contact.UnknownFields()["signed_up_at"]))
}

func TestDriftHookRefusesNil(t *testing.T) {
	t.Parallel()
	_, err := intercom.NewClient("t", intercom.WithDriftHook(nil))
	require.EqualError(t, err, "intercom: WithDriftHook: the hook is nil")
	_, err = intercom.NewClient("t", intercom.WithDriftHook(func(intercom.Drift) {}, nil))
	require.EqualError(t, err, "intercom: WithDriftHook: an option is nil")
}
