package intercom_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// TestWorkspaceKnowsEveryFilter sends every filter that the library lets
// through: whoever tests on the fake workspace can search for all that the real
// one can.
func TestWorkspaceKnowsEveryFilter(t *testing.T) {
	t.Parallel()
	client, err := intercomtest.New(t, intercomtest.WithoutSocket()).Client(intercom.WithVersion(intercom.V2_10))
	require.NoError(t, err)
	searches := map[string]func(intercom.Query) error{
		"contacts": func(q intercom.Query) error {
			_, err := client.Contacts.Search(t.Context(), intercom.ContactSearchParams{Query: q})
			return err
		},
		"conversations": func(q intercom.Query) error {
			_, err := client.Conversations.Search(t.Context(), intercom.ConversationSearchParams{Query: q})
			return err
		},
		"tickets": func(q intercom.Query) error {
			_, err := client.Tickets.Search(t.Context(), intercom.TicketSearchParams{Query: q})
			return err
		},
	}
	filters := intercom.EveryFilter()
	require.Len(t, filters, len(searches))
	for kind, queries := range filters {
		assert.Greater(t, len(queries), 50, kind)
		for _, query := range queries {
			assert.NoError(t, searches[kind](query), "%s: %v", kind, query)
		}
	}
}
