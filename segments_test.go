package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestSegmentsRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "Segments", []sent{
		{
			operation: "Segments.Get",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Segments.Get(ctx, "66b1d3"))
			},
			path: "/segments/66b1d3",
		},
		{
			operation: "Segments.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Segments.List(ctx, intercom.SegmentListParams{}))
			},
			path: "/segments",
		},
		{
			operation: "Segments.List", variant: "All with counts",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Segments.All(ctx, intercom.SegmentListParams{IncludeCount: true}))
			},
			path: "/segments?include_count=true",
		},
	})
}

func TestSegmentsRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "empty id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Segments.Get(ctx, ""))
			},
			want: `intercom: Segments.Get: id is empty`,
		},
	})
}

func TestSegmentsDecode(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "segments/list.json")))
	all := items(t, client.Segments.All(t.Context(), intercom.SegmentListParams{IncludeCount: true}))
	require.Len(t, all, 2)
	assert.Equal(t, "segment", all[0].Type)
	assert.Equal(t, "66b1d3", all[0].ID)
	assert.Equal(t, "Balcony owners", all[0].Name)
	assert.Equal(t, at(1722000000), all[0].CreatedAt)
	assert.Equal(t, at(1723000000), all[0].UpdatedAt)
	assert.Equal(t, intercom.SegmentPersonTypeUser, all[0].PersonType)
	require.NotNil(t, all[0].Count)
	assert.Equal(t, 0, *all[0].Count, "nobody is in it")
	assert.Nil(t, all[1].Count, "nobody counted")
	assert.Equal(t, intercom.SegmentPersonTypeContact, all[1].PersonType)
}
