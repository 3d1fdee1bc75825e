package webhook_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// FuzzParse holds that whatever is parsed was JSON with a topic, can be
// decoded as anything, and survives its own encoding.
func FuzzParse(f *testing.F) {
	for _, name := range benchmarks {
		f.Add(sample(f, name))
	}
	for _, text := range []string{
		``, `{}`, `null`, `{"topic":"ping"}`, `{"topic":"a","data":{"item":[{"id":1}]},"data":null}`,
		`{"topic":"a","data":"x","links":[1],"created_at":"2026-01-02T00:00:00.123456Z"}`,
		`{"topic":"a","data":{"item":{"ticket":5,"conversation":{"model":{"id":{}}},"content_stat":[],"merged_from":7}}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		n, err := webhook.Parse(post(body), secret)
		if err != nil {
			require.True(t, n == nil && webhook.StatusCode(err) != 200)
			return
		}
		require.True(t, json.Valid(body))
		require.NotEmpty(t, n.Topic)
		if n.RawItem != nil {
			require.True(t, json.Valid(n.RawItem))
		}
		decodes(t, webhook.Topic[intercom.Contact](n.Topic), n)
		decodes(t, webhook.Topic[webhook.TicketChange](n.Topic), n)
		decodes(t, webhook.Topic[webhook.MergedContact](n.Topic), n)
		decodes(t, webhook.Topic[webhook.ConversationContact](n.Topic), n)
		decodes(t, webhook.Topic[webhook.Subscription](n.Topic), n)
		decodes(t, webhook.Topic[webhook.ContentStat](n.Topic), n)

		encoded, err := json.Marshal(n)
		require.NoError(t, err)
		var again webhook.Notification
		require.NoError(t, json.Unmarshal(encoded, &again))
		assert.Equal(t, n.CreatedAt, again.CreatedAt)
	})
}

// decodes holds that an item that is JSON becomes any type of the library.
func decodes[T any](t *testing.T, topic webhook.Topic[T], n *webhook.Notification) {
	t.Helper()
	e, err := webhook.Decode(n, topic)
	require.NoError(t, err)
	require.NotNil(t, e.Item)
}

// FuzzVerify holds that one signature alone is taken, however it is written.
func FuzzVerify(f *testing.F) {
	f.Add([]byte(`{}`), webhook.Sign(secret, []byte(`{}`)))
	f.Add([]byte(`{}`), strings.ToUpper(webhook.Sign(secret, []byte(`{}`))))
	f.Add([]byte(nil), "")
	f.Add([]byte("x"), "sha1=")
	f.Add([]byte("x"), "sha1="+strings.Repeat("0", 40))
	f.Fuzz(func(t *testing.T, body []byte, signature string) {
		right := webhook.Sign(secret, body)
		require.NoError(t, webhook.Verify(body, right, secret))
		prefix, digits, _ := strings.Cut(signature, "=")
		same := prefix == "sha1" && "sha1="+strings.ToLower(digits) == right
		if err := webhook.Verify(body, signature, secret); same {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, webhook.ErrSignature)
		}
	})
}
