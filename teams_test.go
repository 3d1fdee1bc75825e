package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestTeamsRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "Teams", []sent{
		{
			operation: "Teams.Get",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.Teams.Get(ctx, "240")) },
			path:      "/teams/240",
		},
		{
			operation: "Teams.List",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.Teams.List(ctx)) },
			path:      "/teams",
		},
		{
			operation: "Teams.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error { return drain(c.Teams.All(ctx)) },
			path: "/teams",
		},
	})
}

func TestTeamsRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{{
		name: "empty id",
		call: func(ctx context.Context, c *intercom.Client) error { return first(c.Teams.Get(ctx, "")) },
		want: "intercom: Teams.Get: id is empty",
	}})
}

func TestTeamsDecode(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "teams/list.json")))
	all := items(t, client.Teams.All(t.Context()))
	require.Len(t, all, 2)
	team := all[0]
	assert.Equal(t, "team", team.Type)
	assert.Equal(t, "240", team.ID)
	assert.Equal(t, "Nursery", team.Name)
	assert.Equal(t, []string{"5017", "5018"}, team.AdminIDs)
	require.NotNil(t, team.AdminPriorityLevel)
	assert.Equal(t, []string{"5017"}, team.AdminPriorityLevel.PrimaryAdminIDs)
	assert.Empty(t, team.AdminPriorityLevel.SecondaryAdminIDs)
	require.NotNil(t, team.AssignmentLimit)
	assert.Equal(t, 8, *team.AssignmentLimit)
	assert.Equal(t, "round_robin", team.DistributionMethod)

	bare := all[1]
	assert.Equal(t, "241", bare.ID, "a number becomes text")
	assert.Empty(t, bare.AdminIDs)
	assert.Nil(t, bare.AdminPriorityLevel)
	assert.Nil(t, bare.AssignmentLimit, "null is no limit")
}
