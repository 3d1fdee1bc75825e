package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// TeamsService reads the teams of the workspace: groups of admins that
// conversations are assigned to. Get it from Client.Teams.
type TeamsService struct{ client *Client }

// Get returns the team with an id.
//
// GET /teams/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/teams/retrieveteam
func (s *TeamsService) Get(ctx context.Context, id string, opts ...CallOption) (*Team, error) {
	return call[Team](ctx, s.client, operations.TeamsGet, path(id), opts)
}

// List returns the teams of the workspace, all on one page.
//
// GET /teams · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/teams/listteams
func (s *TeamsService) List(ctx context.Context, opts ...CallOption) (*Page[Team], error) {
	return onePage(ctx, s.list(), opts)
}

// All iterates over the teams of the workspace.
func (s *TeamsService) All(ctx context.Context, opts ...CallOption) iter.Seq2[*Team, error] {
	return allItems(ctx, s.list(), opts)
}

func (s *TeamsService) list() *list[Team] {
	return listOf[Team](s.client, operations.TeamsList, request{}, 0, "")
}
