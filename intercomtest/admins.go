package intercomtest

import (
	"net/http"
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var adminsRoom = room{
	operations.AdminsMe:               (*workspace).getMe,
	operations.AdminsList:             (*workspace).listAdmins,
	operations.AdminsGet:              (*workspace).getAdmin,
	operations.AdminsSetAway:          (*workspace).setAdminAway,
	operations.AdminsActivityLogsList: (*workspace).listActivityLogs,
}

// seedAdmin adds an admin.
func (w *workspace) seedAdmin(a *intercom.Admin) {
	fillFrom(&a.ID, w.ids.number)
	fill(&a.Type, "admin")
	fill(&a.Name, "Admin "+a.ID)
	fill(&a.Email, "admin"+a.ID+"@"+workspaceDomain)
	w.admins.put(a.ID, w.now(), *a)
}

// seedActivityLog adds an entry to the log of what admins did.
func (w *workspace) seedActivityLog(l *intercom.ActivityLog) {
	fillFrom(&l.ID, w.ids.uuid)
	fill(&l.CreatedAt, w.now())
	w.activity.put(l.ID, l.CreatedAt, *l)
}

// admin finds an admin.
func (w *workspace) admin(id string) (*intercom.Admin, error) {
	if a := w.admins.value(id); a != nil {
		return a, nil
	}
	return nil, refuse(http.StatusNotFound, intercom.CodeAdminNotFound, "Admin for admin_id not found")
}

func (w *workspace) getMe(*request) (any, error) {
	a := w.admins.value(w.me)
	verified := true
	return &intercom.Me{
		Type: "admin", ID: a.ID, Name: a.Name, Email: a.Email, JobTitle: a.JobTitle,
		AwayModeEnabled: a.AwayModeEnabled, AwayModeReassign: a.AwayModeReassign, AwayStatusReasonID: a.AwayStatusReasonID,
		HasInboxSeat: a.HasInboxSeat, TeamIDs: a.TeamIDs, Avatar: a.Avatar, TeamPriorityLevel: a.TeamPriorityLevel,
		Role: a.Role, EmailVerified: &verified, App: &w.app,
	}, nil
}

func (w *workspace) listAdmins(r *request) (any, error) {
	return wholePage(r, w.admins.all(), func(it *item[intercom.Admin]) any {
		a := it.value
		if !r.flag("display_avatar") {
			a.Avatar = nil
		}
		return &a
	})
}

func (w *workspace) getAdmin(r *request) (any, error) { return w.admin(r.param("id")) }

func (w *workspace) setAdminAway(r *request) (any, error) {
	a, err := w.admin(r.param("id"))
	if err != nil {
		return nil, err
	}
	r.body.require("away_mode_enabled", "away_mode_reassign")
	away, reassign := r.body.boolean("away_mode_enabled"), r.body.boolean("away_mode_reassign")
	reason := r.body.text("away_status_reason_id")
	if r.body.err != nil {
		return nil, r.body.err
	}
	assign(&a.AwayModeEnabled, away)
	assign(&a.AwayModeReassign, reassign)
	assign(&a.AwayStatusReasonID, reason)
	w.noteActivity(a, intercom.ActivityTypeAdminAwayModeChange, intercom.ActivityLogMetadata{
		AwayMode: &a.AwayModeEnabled, ReassignConversations: &a.AwayModeReassign, UpdateBy: w.me, Source: "api",
	})
	return a, nil
}

// noteActivity writes an entry into the log of what admins did.
func (w *workspace) noteActivity(a *intercom.Admin, what intercom.ActivityType, metadata intercom.ActivityLogMetadata) {
	if metadata.AwayMode != nil { // The admin may come back, the log must not.
		away, reassign := *metadata.AwayMode, *metadata.ReassignConversations
		metadata.AwayMode, metadata.ReassignConversations = &away, &reassign
	}
	w.seedActivityLog(&intercom.ActivityLog{
		PerformedBy:         &intercom.ActivityLogPerformer{Type: "admin", ID: a.ID, Email: a.Email, IP: "192.0.2.17"},
		Metadata:            &metadata,
		ActivityType:        what,
		ActivityDescription: a.Name + " changed: " + string(what),
	})
}

func (w *workspace) listActivityLogs(r *request) (any, error) {
	if r.query.Get("created_at_after") == "" {
		return nil, missing("created_at_after")
	}
	after, err := r.number("created_at_after", 0)
	if err != nil {
		return nil, err
	}
	before, err := r.number("created_at_before", lastSecond)
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(w.activity.newest(), func(it *item[intercom.ActivityLog]) bool {
		return it.created < int64(after) || it.created > int64(before)
	})
	page, err := numberedPage(w, r, list, plain)
	if o, ok := page.(object); ok { // This list is not counted.
		page = slices.DeleteFunc(o, func(m member) bool { return m.name == "total_count" })
	}
	return page, err
}
