package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestNotesRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "Notes", []sent{
		{
			operation: "Notes.Get",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Notes.Get(ctx, "29"))
			},
			path: "/notes/29",
		},
	})
}

func TestNotesRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "empty id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Notes.Get(ctx, ""))
			},
			want: `intercom: Notes.Get: id is empty`,
		},
	})
}

func TestNoteDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "notes/note.json")))
	n, err := client.Notes.Get(t.Context(), "29")
	require.NoError(t, err)
	assert.Equal(t, "note", n.Type)
	assert.Equal(t, "29", n.ID)
	assert.Equal(t, at(1731002000), n.CreatedAt)
	require.NotNil(t, n.Contact)
	assert.Equal(t, "contact", n.Contact.Type)
	assert.Equal(t, "66f0c1", n.Contact.ID)
	require.NotNil(t, n.Author)
	assert.Equal(t, "5017", n.Author.ID)
	assert.Equal(t, "Mia Brandt", n.Author.Name)
	assert.Equal(t, "mia@greenthumb.example", n.Author.Email)
	assert.True(t, n.Author.AwayModeEnabled)
	assert.Equal(t, "<p>Likes ferns.</p>", n.Body)
}
