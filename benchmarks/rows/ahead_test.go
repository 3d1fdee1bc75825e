package rows

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
)

// The count of goroutines sees one that fetches ahead, and none after the loop.
func TestOwnGoroutinesAreSeen(t *testing.T) { //nolint:paralleltest // Others would be counted.
	server := newListServer(payload.ContactPages(2, 10), 50*time.Millisecond)
	defer server.Close()
	client, err := newClient(server.Server)
	require.NoError(t, err)
	defer client.CloseIdleConnections()
	seen := 0
	for _, err := range client.Contacts.All(context.Background(), intercom.ContactListParams{}) {
		require.NoError(t, err)
		if seen++; seen == 8 {
			assert.Equal(t, 1, ownGoroutines())
			break
		}
	}
	assert.Zero(t, ownGoroutines())
}
