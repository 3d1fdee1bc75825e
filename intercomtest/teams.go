package intercomtest

import (
	"net/http"
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var teamsRoom = room{
	operations.TeamsList: (*workspace).listTeams,
	operations.TeamsGet:  (*workspace).getTeam,
}

// seedTeam adds a team. Its admins learn of it when all objects are there.
func (w *workspace) seedTeam(t *intercom.Team) (link func()) {
	fillFrom(&t.ID, w.ids.number)
	fill(&t.Name, "Team "+t.ID)
	t.Type = "team"
	w.teams.put(t.ID, w.now(), *t)
	id, admins := t.ID, t.AdminIDs
	return func() {
		for _, adminID := range admins {
			if a := w.admins.value(adminID); a != nil {
				a.TeamIDs = append(without(slices.Clone(a.TeamIDs), id), id)
			}
		}
	}
}

// team finds a team.
func (w *workspace) team(id string) (*intercom.Team, error) {
	if t := w.teams.value(id); t != nil {
		return t, nil
	}
	return nil, refuse(http.StatusNotFound, intercom.CodeTeamNotFound, "Team Not Found")
}

func (w *workspace) listTeams(r *request) (any, error) { return wholePage(r, w.teams.all(), plain) }

func (w *workspace) getTeam(r *request) (any, error) { return w.team(r.param("id")) }
