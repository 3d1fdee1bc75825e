package webhook_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

func TestParse(t *testing.T) {
	t.Parallel()
	n, err := webhook.Parse(post(sample(t, "contact_user_created.json")), secret)
	require.NoError(t, err)

	assert.Equal(t, "notif_7d1c0c1e-5b7a-4f3e-9a55-2f0d6b1e0a01", n.ID)
	assert.Equal(t, "contact.user.created", n.Topic)
	assert.Equal(t, "qx7m2pfa", n.AppID)
	assert.Equal(t, "pending", n.DeliveryStatus)
	assert.Equal(t, 1, n.DeliveryAttempts)
	assert.Equal(t, intercom.UnixTimestamp(1767312000), n.CreatedAt)
	assert.Equal(t, intercom.UnixTimestamp(1767312001), n.FirstSentAt)
	assert.True(t, n.DeliveredAt.IsZero())
	assert.Empty(t, n.Self)
	assert.Empty(t, n.UnknownFields())
	assert.True(t, json.Valid(n.RawItem))

	e, err := webhook.Decode(n, webhook.ContactUserCreated)
	require.NoError(t, err)
	assert.Equal(t, "Grace Lindqvist", e.Item.Name)
	assert.Equal(t, n.ID, e.ID)
	assert.Equal(t, time.Date(2025, 11, 2, 8, 15, 30, 250e6, time.UTC), e.Item.CreatedAt.Time())
}

func TestParseLenient(t *testing.T) {
	t.Parallel()
	n, err := webhook.Parse(post([]byte(` {
		"topic" : "contact.user.created", "id" : 77, "app_id" : null, "delivery_attempts" : "2",
		"first_sent_at" : "2026-01-02T00:00:00Z", "created_at" : 1767312000.5, "delivered_at" : null,
		"self" : "https://api.example/subscriptions/5", "links" : {"next": "x"}, "priority" : "high",
		"data" : {"item" : null, "previous" : {"name": "G."}}
	} `)), secret)
	require.NoError(t, err)

	assert.Equal(t, "77", n.ID)
	assert.Equal(t, 2, n.DeliveryAttempts)
	assert.Equal(t, intercom.UnixTimestamp(1767312000), n.FirstSentAt)
	assert.Equal(t, 500*time.Millisecond, n.CreatedAt.Time().Sub(n.FirstSentAt.Time()))
	assert.Equal(t, "https://api.example/subscriptions/5", n.Self)
	assert.Nil(t, n.RawItem)
	assert.JSONEq(t, `{"next":"x"}`, string(n.UnknownFields()["links"]))
	assert.JSONEq(t, `"high"`, string(n.UnknownFields()["priority"]))
	assert.JSONEq(t, `{"previous":{"name":"G."}}`, string(n.UnknownFields()["data"]))

	e, err := webhook.Decode(n, webhook.ContactUserCreated)
	require.NoError(t, err)
	require.NotNil(t, e.Item, "functions must not meet a nil item")
	assert.Empty(t, e.Item.ID)
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	large := `{"topic":"ping","padding":"` + strings.Repeat("x", webhook.MaxBody) + `"}`
	for name, c := range map[string]struct {
		body   string
		change func(r *http.Request)
		want   error
		status int
	}{
		"no signature": {`{"topic":"ping"}`, func(r *http.Request) { r.Header.Del(webhook.SignatureHeader) }, webhook.ErrSignature, 401},
		"wrong signature": {`{"topic":"ping"}`, func(r *http.Request) {
			r.Header.Set(webhook.SignatureHeader, webhook.Sign("other", []byte(`{"topic":"ping"}`)))
		}, webhook.ErrSignature, 401},
		"broken and not signed": {`{"topic":`, func(r *http.Request) { r.Header.Del(webhook.SignatureHeader) }, webhook.ErrSignature, 401},
		"too large":             {large, nil, webhook.ErrTooLarge, 413},
		"too large, of unknown length": {large, func(r *http.Request) {
			r.ContentLength = -1
		}, webhook.ErrTooLarge, 413},
		"cut by another limit": {`{"topic":"ping"}`, func(r *http.Request) {
			r.Body = http.MaxBytesReader(nil, r.Body, 3)
		}, webhook.ErrTooLarge, 413},
		"connection broken": {`{"topic":"ping"}`, func(r *http.Request) {
			r.Body = io.NopCloser(iotest.TimeoutReader(iotest.OneByteReader(r.Body)))
		}, webhook.ErrMalformed, 400},
		"empty":              {``, nil, webhook.ErrMalformed, 400},
		"broken":             {`{"topic":"ping",`, nil, webhook.ErrMalformed, 400},
		"text after the end": {`{"topic":"ping"} {}`, nil, webhook.ErrMalformed, 400},
		"broken item":        {`{"topic":"ping","data":{"item":{"id":}}}`, nil, webhook.ErrMalformed, 400},
		"no object":          {`["ping"]`, nil, webhook.ErrMalformed, 400},
		"null":               {`null`, nil, webhook.ErrMalformed, 400},
		"no topic":           {`{"id":"notif_5"}`, nil, webhook.ErrMalformed, 400},
		"topic is no text":   {`{"topic":{"name":"ping"}}`, nil, webhook.ErrMalformed, 400},
		"nested too deep":    {`{"topic":"ping","data":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, nil, webhook.ErrMalformed, 400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := post([]byte(c.body))
			if c.change != nil {
				c.change(r)
			}
			n, err := webhook.Parse(r, secret)
			require.ErrorIs(t, err, c.want)
			assert.Nil(t, n)
			assert.Equal(t, c.status, webhook.StatusCode(err))
		})
	}

	t.Run("no secret", func(t *testing.T) {
		t.Parallel()
		_, err := webhook.Parse(post([]byte(`{"topic":"ping"}`)))
		require.ErrorIs(t, err, webhook.ErrNoSecret)
		assert.Equal(t, http.StatusInternalServerError, webhook.StatusCode(err))
	})
	t.Run("no body", func(t *testing.T) {
		t.Parallel()
		r := post(nil)
		r.Body = nil
		_, err := webhook.Parse(r, secret)
		require.ErrorIs(t, err, webhook.ErrMalformed)
	})
}

// TestParseReadsNothingUnsigned holds that a request without a signature is not
// even read.
func TestParseReadsNothingUnsigned(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodPost, "/intercom", iotest.ErrReader(errors.New("was read")))
	_, err := webhook.Parse(r, secret)
	require.ErrorIs(t, err, webhook.ErrSignature)
	assert.NotContains(t, err.Error(), "was read")
}

// TestParseKeepsNothingShared holds that a notification lives on while others
// are read.
func TestParseKeepsNothingShared(t *testing.T) {
	t.Parallel()
	body := sample(t, "ticket_admin_replied.json")
	first, err := webhook.Parse(post(body), secret)
	require.NoError(t, err)
	item := bytes.Clone(first.RawItem)
	for range 50 {
		_, err := webhook.Parse(post(bytes.ReplaceAll(body, []byte("berth"), []byte("BERTH"))), secret)
		require.NoError(t, err)
	}
	assert.Equal(t, item, []byte(first.RawItem))
	assert.Equal(t, "ticket.admin.replied", first.Topic)
}

// The length of the header only tells how much memory to begin with: it is not
// that of the body where something has unpacked it on the way.
func TestParseWithAnyLength(t *testing.T) {
	t.Parallel()
	body := sample(t, "contact_user_created.json")
	long := []byte(`{"type":"notification_event","topic":"x.y","data":{"item":"` + strings.Repeat("long ", 50_000) + `"}}`)
	for _, length := range []int64{-1, 0, 1, int64(len(body)) - 1, int64(len(body)), int64(len(body)) + 1, 1 << 20, webhook.MaxBody} {
		for _, body := range [][]byte{body, long} {
			for name, reader := range map[string]io.Reader{
				"at once":          bytes.NewReader(body),
				"end with data":    iotest.DataErrReader(bytes.NewReader(body)),
				"in halves":        iotest.HalfReader(bytes.NewReader(body)),
				"byte after byte":  iotest.OneByteReader(bytes.NewReader(body)),
				"nothing at times": iotest.HalfReader(&hesitant{r: bytes.NewReader(body)}),
			} {
				r := post(body)
				r.Body, r.ContentLength = io.NopCloser(reader), length
				n, err := webhook.Parse(r, secret)
				require.NoError(t, err, "%s, %d", name, length)
				require.True(t, json.Valid(n.RawItem), name)
				require.Contains(t, string(body), string(n.RawItem), name)
			}
		}
	}
}

// hesitant reads nothing every other time.
type hesitant struct {
	r     io.Reader
	pause bool
}

func (h *hesitant) Read(p []byte) (int, error) {
	if h.pause = !h.pause; h.pause {
		return 0, nil
	}
	return h.r.Read(p)
}

func TestNotificationJSON(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"contact": string(sample(t, "contact_user_created.json")),
		"ping":    `{"topic":"ping","data":{"item":{"type":"ping"}}}`,
		"unknown members": `{"topic":"a.b","id":"n1","links":{"self":"u"},"extra":[1],"data":{"item":{"id":7},
			"previous":{"id":6}},"created_at":1767312000}`,
		"data is no object": `{"topic":"a.b","data":"text"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var first, second webhook.Notification
			require.NoError(t, json.Unmarshal([]byte(body), &first))
			encoded, err := json.Marshal(first)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(encoded, &second))
			if first.RawItem != nil {
				assert.JSONEq(t, string(first.RawItem), string(second.RawItem))
			}
			first.RawItem, second.RawItem = nil, nil
			if first.Extra["data"] != nil && first.Extra["data"][0] != '{' {
				delete(first.Extra, "data") // nothing of use is lost by that
			}
			if len(first.Extra) == 0 {
				first.Extra = nil
			}
			assert.Equal(t, first, second)
		})
	}

	var n webhook.Notification
	require.ErrorIs(t, json.Unmarshal([]byte(`{"id":"n1"}`), &n), webhook.ErrMalformed)
}

func TestDecode(t *testing.T) {
	t.Parallel()
	n := &webhook.Notification{Topic: "call.ended", RawItem: json.RawMessage(`{"id":"c1","seconds":95}`)}

	t.Run("type of the user", func(t *testing.T) {
		t.Parallel()
		type call struct {
			ID      string `json:"id"`
			Seconds int    `json:"seconds"`
		}
		e, err := webhook.Decode(n, webhook.Topic[call]("call.ended"))
		require.NoError(t, err)
		assert.Equal(t, call{"c1", 95}, *e.Item)
	})
	t.Run("anything", func(t *testing.T) {
		t.Parallel()
		e, err := webhook.Decode(n, webhook.Topic[map[string]any]("call.ended"))
		require.NoError(t, err)
		assert.Equal(t, "c1", (*e.Item)["id"])
	})
	t.Run("type that does not fit", func(t *testing.T) {
		t.Parallel()
		_, err := webhook.Decode(n, webhook.Topic[[]string]("call.ended"))
		var mismatch *json.UnmarshalTypeError
		require.ErrorAs(t, err, &mismatch)
	})
	t.Run("other topic", func(t *testing.T) {
		t.Parallel()
		_, err := webhook.Decode(n, webhook.EventCreated)
		require.EqualError(t, err, `webhook: Decode: notification is of topic "call.ended", not "event.created"`)
	})
	t.Run("nil", func(t *testing.T) {
		t.Parallel()
		_, err := webhook.Decode(nil, webhook.EventCreated)
		require.Error(t, err)
	})
}
