package intercom_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// The functions below hold the code of docs/performance.md, so that it is
// compiled and run.

func docsWithoutPrefetch(ctx context.Context, client *intercom.Client) (names []string, err error) {
	for contact, err := range client.Contacts.All(ctx, intercom.ContactListParams{PerPage: 50}, intercom.WithoutPrefetch()) {
		if err != nil {
			return nil, err
		}
		names = append(names, contact.Name)
	}
	return names, nil
}

func docsManyConnections(token string) (*intercom.Client, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 512
	client, err := intercom.NewClient(token, intercom.WithHTTPClient(&http.Client{Transport: transport}))
	return client, err
}

func docsGetMany(ctx context.Context, client *intercom.Client, ids []string) (found int, err error) {
	params := intercom.ConversationGetManyParams{Concurrency: 32}
	for result := range client.Conversations.GetMany(ctx, ids, params) {
		if result.Err != nil {
			return found, result.Err
		}
		found++
	}
	return found, nil
}

func TestPerformanceTextRuns(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t, intercomtest.WithoutSocket())
	server.SeedContacts(120)
	client, err := server.Client()
	require.NoError(t, err)

	names, err := docsWithoutPrefetch(t.Context(), client)
	require.NoError(t, err)
	assert.Len(t, names, 120)
	assert.Len(t, server.Requests(), 3)

	server.Seed(intercom.Conversation{ID: "11"}, intercom.Conversation{ID: "12"})
	found, err := docsGetMany(t.Context(), client, []string{"12", "11"})
	require.NoError(t, err)
	assert.Equal(t, 2, found)

	other, err := docsManyConnections("token")
	require.NoError(t, err)
	other.CloseIdleConnections()
}
