package intercom

import (
	"context"
	"errors"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// AdminsService reads the admins of the workspace: the people who answer its
// conversations. Get it from Client.Admins.
type AdminsService struct {
	// ActivityLogs tell what admins did in the workspace.
	ActivityLogs *ActivityLogsService

	client *Client
}

func newAdminsService(c *Client) *AdminsService {
	return &AdminsService{ActivityLogs: &ActivityLogsService{c}, client: c}
}

// AdminListParams says what to list about admins. The zero value is fine.
type AdminListParams struct {
	// DisplayAvatar asks for the pictures of the admins.
	DisplayAvatar bool
}

// Me returns the admin whose token the client uses, and the app that the token
// belongs to, with its region.
//
// GET /me · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/admins/identifyadmin
func (s *AdminsService) Me(ctx context.Context, opts ...CallOption) (*Me, error) {
	return call[Me](ctx, s.client, operations.AdminsMe, request{}, opts)
}

// Get returns the admin with an id.
//
// GET /admins/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/admins/retrieveadmin
func (s *AdminsService) Get(ctx context.Context, id string, opts ...CallOption) (*Admin, error) {
	return call[Admin](ctx, s.client, operations.AdminsGet, path(id), opts)
}

// List returns the admins of the workspace, all on one page.
//
// GET /admins · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/admins/listadmins
func (s *AdminsService) List(ctx context.Context, params AdminListParams, opts ...CallOption) (*Page[Admin], error) {
	return onePage(ctx, s.list(params), opts)
}

// All iterates over the admins of the workspace.
func (s *AdminsService) All(ctx context.Context, params AdminListParams, opts ...CallOption) iter.Seq2[*Admin, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *AdminsService) list(p AdminListParams) *list[Admin] {
	var q query
	add(&q, "display_avatar", p.DisplayAvatar)
	return listOf[Admin](s.client, operations.AdminsList, request{}.withQuery(q), 0, "")
}

// SetAway turns an admin's away mode on or off and returns the admin.
//
// PUT /admins/{id}/away · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/admins/setawayadmin
func (s *AdminsService) SetAway(ctx context.Context, id string, params AdminAwayParams, opts ...CallOption) (*Admin, error) {
	return call[Admin](ctx, s.client, operations.AdminsSetAway, path(id).withBody(params), opts)
}

// ActivityLogsService reads what admins did in the workspace. Get it from
// AdminsService.ActivityLogs.
type ActivityLogsService struct{ client *Client }

// ActivityLogListParams says which entries to list.
type ActivityLogListParams struct {
	// CreatedAfter is where the wanted time begins. It is required.
	CreatedAfter Timestamp
	// CreatedBefore is where it ends; zero means now.
	CreatedBefore Timestamp
	// PerPage is how many entries a page holds, at most 50. If it is 0, List
	// and Pages get the API's default, All asks for the most.
	PerPage int
	// Cursor is where to begin: the Cursor or NextCursor of a page.
	Cursor string
}

// List returns one page of the activity log, the newest entries first.
//
// GET /admins/activity_logs · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/admins/listactivitylogs
func (s *ActivityLogsService) List(ctx context.Context, params ActivityLogListParams, opts ...CallOption) (*Page[ActivityLog], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *ActivityLogsService) Pages(ctx context.Context, params ActivityLogListParams, opts ...CallOption) iter.Seq2[*Page[ActivityLog], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all entries of the activity log.
func (s *ActivityLogsService) All(ctx context.Context, params ActivityLogListParams, opts ...CallOption) iter.Seq2[*ActivityLog, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *ActivityLogsService) list(p ActivityLogListParams) *list[ActivityLog] {
	var q query
	add(&q, "created_at_after", p.CreatedAfter.Unix())
	add(&q, "created_at_before", p.CreatedBefore.Unix())
	l := listOf[ActivityLog](s.client, operations.AdminsActivityLogsList, request{}.withQuery(q), p.PerPage, p.Cursor)
	if p.CreatedAfter.IsZero() {
		l.err = errors.New("intercom: Admins.ActivityLogs.List: created_at_after is required")
	}
	return l
}
