package intercom_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestContactIdentity(t *testing.T) {
	t.Parallel()
	for want, contact := range map[string]intercom.ContactIdentity{
		`{"intercom_user_id": "66a0"}`:      intercom.ContactByID("66a0"),
		`{"user_id": "skipper-7"}`:          intercom.ContactByExternalID("skipper-7"),
		`{"email": "skipper@harbour.test"}`: intercom.ContactByEmail("skipper@harbour.test"),
		`{}`:                                {},
	} {
		text, err := json.Marshal(contact)
		require.NoError(t, err)
		assert.JSONEq(t, want, string(text))
		assert.Equal(t, want == "{}", contact.IsZero())
	}
	assert.True(t, intercom.ContactByID("").IsZero())
	assert.NotEqual(t, intercom.ContactByID("66a0"), intercom.ContactByExternalID("66a0"))
}

func TestConversationAssignee(t *testing.T) {
	t.Parallel()
	for want, assignee := range map[string]intercom.ConversationAssignee{
		`{"type": "admin", "assignee_id": "7310042"}`: intercom.AssignToAdmin("7310042"),
		`{"type": "team", "assignee_id": "9001"}`:     intercom.AssignToTeam("9001"),
		`{"type": "admin", "assignee_id": "0"}`:       intercom.AssignToNobody(),
		`{"type": "team", "assignee_id": "0"}`:        intercom.AssignToNoTeam(),
	} {
		text, err := json.Marshal(assignee)
		require.NoError(t, err)
		assert.JSONEq(t, want, string(text))
		assert.False(t, assignee.IsZero())
	}
	assert.True(t, intercom.ConversationAssignee{}.IsZero())
	assert.True(t, intercom.AssignToAdmin("").IsZero())
}
