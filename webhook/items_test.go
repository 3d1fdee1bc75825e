package webhook_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// decode decodes an item as a notification of the topic.
func decode[T any](t *testing.T, topic webhook.Topic[T], item string) *T {
	t.Helper()
	n := &webhook.Notification{Topic: string(topic), RawItem: json.RawMessage(item)}
	e, err := webhook.Decode(n, topic)
	require.NoError(t, err)
	return e.Item
}

// received decodes the notification of a file.
func received[T any](t *testing.T, name string, topic webhook.Topic[T]) *webhook.Event[T] {
	t.Helper()
	n, err := webhook.Parse(post(sample(t, name)), secret)
	require.NoError(t, err)
	e, err := webhook.Decode(n, topic)
	require.NoError(t, err)
	return e
}

func TestModels(t *testing.T) {
	t.Parallel()
	conversation := received(t, "conversation_user_replied.json", webhook.ConversationUserReplied).Item
	require.Len(t, conversation.Parts.Parts, 2)
	assert.Contains(t, conversation.Parts.Parts[1].Body, "berth 12")
	assert.Empty(t, conversation.UnknownFields())

	admin := decode(t, webhook.AdminLoggedIn, `{"type":"admin","id":4411,"name":"Ines Okafor","team_ids":[7]}`)
	assert.Equal(t, "4411", admin.ID)

	entry := decode(t, webhook.AdminActivityLogEventCreated, `{"type":"admin_activity_log_event","id":"a-1",
		"performed_by":{"type":"admin","id":"4411","ip":"198.51.100.4"},"activity_description":"Ines changed the hours."}`)
	assert.Equal(t, "4411", entry.PerformedBy.ID)

	event := decode(t, webhook.EventCreated, `{"type":"event","id":"e-1","event_name":"booked-berth","user_id":"crew-204",
		"metadata":{"berth":12},"created_at":1767312000}`)
	assert.Equal(t, "booked-berth", event.Name)

	visitor := decode(t, webhook.VisitorSignedUp, `{"type":"user","id":"v-1","user_id":"crew-205","location_data":{"city_name":"Kiel"}}`)
	assert.Equal(t, "crew-205", visitor.UserID)

	article := decode(t, webhook.ArticleDeleted, `{"type":"article","id":"150","title":"Moorings"}`)
	assert.Equal(t, "150", article.ID)

	assert.True(t, decode(t, webhook.CompanyDeleted, `{"type":"company","id":"c-1","deleted":true}`).Deleted)
	assert.True(t, decode(t, webhook.ContactDeleted, `{"type":"contact","id":"k-1","deleted":true}`).Deleted)
	assert.True(t, decode(t, webhook.ContactArchived, `{"type":"contact","id":"k-1","archived":true}`).Archived)

	ping := decode(t, webhook.Ping, `{"type":"ping","message":"ahoy","lamp":"green"}`)
	assert.Equal(t, "ahoy", ping.Message)
	assert.Contains(t, ping.UnknownFields(), "lamp")
}

func TestCompanyContact(t *testing.T) {
	t.Parallel()
	got := decode(t, webhook.CompanyContactAttached, `{"company":{"type":"company","id":"c-1","company_id":"harbour"},
		"contact":{"type":"contact","id":"k-1","role":"lead"},"by":"rule"}`)
	assert.Equal(t, "harbour", got.Company.CompanyID)
	assert.Equal(t, intercom.ContactRoleLead, got.Contact.Role)
	assert.JSONEq(t, `"rule"`, string(got.UnknownFields()["by"]))

	got = decode(t, webhook.CompanyContactDetached, `{"company":null,"contact":"k-1"}`)
	assert.Nil(t, got.Company)
	assert.Nil(t, got.Contact)
	assert.JSONEq(t, `"k-1"`, string(got.UnknownFields()["contact"]), "what does not fit is kept")
}

func TestMergedContact(t *testing.T) {
	t.Parallel()
	got := decode(t, webhook.ContactMerged, `{"type":"contact","id":"k-1","name":"Grace","merged_from":{"type":"contact","id":"k-2"},"mood":"calm"}`)
	assert.Equal(t, "Grace", got.Contact.Name)
	require.NotNil(t, got.From)
	assert.Equal(t, "k-2", got.From.ID)
	assert.NotContains(t, got.Contact.UnknownFields(), "merged_from")
	assert.Contains(t, got.Contact.UnknownFields(), "mood")

	assert.Nil(t, decode(t, webhook.ContactMerged, `{"type":"contact","id":"k-1"}`).From)
}

func TestContactTag(t *testing.T) {
	t.Parallel()
	got := decode(t, webhook.ContactLeadTagCreated, `{"type":"contact_tag","created_at":1767312000,
		"tag":{"type":"tag","id":"9031","name":"berth holder"},"contact":{"type":"contact","id":"k-1"}}`)
	assert.Equal(t, "berth holder", got.Tag.Name)
	assert.Equal(t, "k-1", got.Contact.ID)
	assert.Equal(t, int64(1767312000), got.CreatedAt.Unix())
}

func TestSubscription(t *testing.T) {
	t.Parallel()
	got := decode(t, webhook.GranularSubscribe, `{"type":"granular_subscribe","contact":{"id":"k-1"},"subscription_types":
		{"type":"list","data":[{"type":"subscription","id":"19","consent_type":"opt_in"},null,{"id":"20"}]},"created_at":1767312000}`)
	assert.Equal(t, "granular_subscribe", got.Type)
	require.Len(t, got.Types, 2)
	assert.Equal(t, "19", got.Types[0].ID)
	assert.Equal(t, "20", got.Types[1].ID)
	assert.Equal(t, "k-1", got.Contact.ID)

	assert.Empty(t, decode(t, webhook.ContactSubscribed, `{"subscription_types":{"type":"list","data":[]}}`).Types)
}

func TestConversationContact(t *testing.T) {
	t.Parallel()
	for name, item := range map[string]string{
		"plain":            `{"conversation":{"type":"conversation","id":"730011"},"contact":{"id":"k-1"}}`,
		"inner, number":    `{"conversation":{"parts":[],"model":{"id":730011}},"contact":{"id":"k-1"}}`,
		"inner, text":      `{"conversation":{"model":{"id":"730011"}},"contact":{"id":"k-1"}}`,
		"contact is first": `{"contact":{"id":"k-1"},"conversation":{"id":730011}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := decode(t, webhook.ConversationContactAttached, item)
			assert.Equal(t, "730011", got.Conversation.ID)
			assert.Equal(t, "k-1", got.Contact.ID)
		})
	}
	assert.Empty(t, decode(t, webhook.ConversationContactDetached, `{"conversation":{"model":"none"}}`).Conversation.ID)
}

func TestDeletedConversation(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "730011", decode(t, webhook.ConversationDeleted, `{"type":"conversation","conversation_id":730011}`).ID)
	assert.Equal(t, "730011", decode(t, webhook.ConversationDeleted, `{"type":"conversation","id":"730011","deleted":true}`).ID)
}

func TestTicketChange(t *testing.T) {
	t.Parallel()
	t.Run("with the part", func(t *testing.T) {
		t.Parallel()
		got := received(t, "ticket_admin_replied.json", webhook.TicketAdminReplied).Item
		assert.Equal(t, "730099", got.Ticket.ID)
		require.NotNil(t, got.Part)
		assert.Contains(t, got.Part.Body, "electrician")
		assert.Nil(t, got.Contact)
		assert.Len(t, got.Ticket.TicketParts.TicketParts, 3)
	})
	t.Run("ticket alone", func(t *testing.T) {
		t.Parallel()
		got := decode(t, webhook.TicketCreated, `{"type":"ticket","id":"730099","ticket_id":"512","weather":"storm"}`)
		assert.Equal(t, "512", got.Ticket.TicketID)
		assert.Nil(t, got.Part)
		assert.Contains(t, got.Ticket.UnknownFields(), "weather")
	})
	t.Run("with the contact", func(t *testing.T) {
		t.Parallel()
		got := decode(t, webhook.TicketContactDetached, `{"ticket":{"id":730099},"contact":{"id":"k-1"},"by":"4411"}`)
		assert.Equal(t, "730099", got.Ticket.ID)
		assert.Equal(t, "k-1", got.Contact.ID)
		assert.Contains(t, got.UnknownFields(), "by")
	})
	t.Run("nothing", func(t *testing.T) {
		t.Parallel()
		assert.NotNil(t, decode(t, webhook.TicketClosed, `{}`).Ticket)
	})
}

func TestContentStat(t *testing.T) {
	t.Parallel()
	got := decode(t, webhook.ContentStatEmail, `{"type":"content_stat.email","created_at":"2026-01-02T00:00:00.250Z",
		"content_stat":{"id":5,"content_type":"email","content_id":6,"stat_type":"click","ruleset_id":7,"content_title":"Storm warning",
		"ruleset_version_id":-1,"receipt_id":8,"series_id":9,"series_title":null,"node_id":10,"url":"https://harbour.example"},
		"contact":{"id":"k-1"},"company":{"id":"c-1"}}`)
	assert.Equal(t, 250*time.Millisecond, got.CreatedAt.Time().Sub(time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)))
	require.NotNil(t, got.Stat)
	assert.Contains(t, got.Stat.UnknownFields(), "url")
	got.Stat.Extra = nil
	assert.Equal(t, webhook.ContentStatDetail{
		ID: "5", Kind: "click", ContentType: "email", ContentID: "6", ContentTitle: "Storm warning",
		RulesetID: "7", RulesetVersionID: "-1", ReceiptID: "8", SeriesID: "9", NodeID: "10",
	}, *got.Stat)
	assert.Equal(t, "k-1", got.Contact.ID)
	assert.Equal(t, "c-1", got.Company.ID)

	var detail webhook.ContentStatDetail
	require.NoError(t, json.Unmarshal([]byte(`{"stat_type":"open"}`), &detail))
	assert.Equal(t, "open", detail.Kind)
}
