package intercomtest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestTeams(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		me := srv.Me()
		srv.Seed(intercom.Team{ID: "500", Name: "Quay", AdminIDs: []string{me.ID}}, intercom.Team{Name: "Office"})
		page, err := client.Teams.List(t.Context())
		require.NoError(t, err)
		assert.Len(t, page.Items, 2)
		team, err := client.Teams.Get(t.Context(), "500")
		require.NoError(t, err)
		assert.Equal(t, []string{me.ID}, team.AdminIDs)
		assert.Equal(t, []string{"500"}, srv.Me().TeamIDs)
		_, err = client.Teams.Get(t.Context(), "1")
		assert.True(t, intercom.HasCode(err, intercom.CodeTeamNotFound), err)
	})
}
