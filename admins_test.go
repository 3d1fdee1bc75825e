package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestAdminsRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "Admins", []sent{
		{
			operation: "Admins.Me",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Admins.Me(ctx))
			},
			path: "/me",
		},
		{
			operation: "Admins.Get",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Admins.Get(ctx, "5017"))
			},
			path: "/admins/5017",
		},
		{
			operation: "Admins.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Admins.List(ctx, intercom.AdminListParams{}))
			},
			path: "/admins",
		},
		{
			operation: "Admins.List", variant: "All with pictures",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Admins.All(ctx, intercom.AdminListParams{DisplayAvatar: true}))
			},
			path: "/admins?display_avatar=true",
		},
		{
			operation: "Admins.SetAway",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Admins.SetAway(ctx, "5017", intercom.AdminAwayParams{}))
			},
			path: "/admins/5017/away",
			body: `{"away_mode_enabled":false,"away_mode_reassign":false}`,
		},
		{
			operation: "Admins.SetAway", variant: "with a reason",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Admins.SetAway(ctx, "5017", intercom.AdminAwayParams{AwayModeEnabled: true, AwayModeReassign: true, AwayStatusReasonID: "3"}))
			},
			path:    "/admins/5017/away",
			body:    `{"away_mode_enabled":true,"away_mode_reassign":true,"away_status_reason_id":3}`,
			version: intercom.V2_14,
		},
		{
			operation: "Admins.ActivityLogs.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Admins.ActivityLogs.List(ctx, intercom.ActivityLogListParams{CreatedAfter: at(1731000000), CreatedBefore: at(1731086400), PerPage: 4}))
			},
			path: "/admins/activity_logs?created_at_after=1731000000&created_at_before=1731086400&per_page=4",
		},
		{
			operation: "Admins.ActivityLogs.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Admins.ActivityLogs.Pages(ctx, intercom.ActivityLogListParams{CreatedAfter: at(1731000000), Cursor: "2:4"}))
			},
			path: "/admins/activity_logs?created_at_after=1731000000&page=2&per_page=4",
		},
		{
			operation: "Admins.ActivityLogs.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Admins.ActivityLogs.All(ctx, intercom.ActivityLogListParams{CreatedAfter: at(1731000000)}))
			},
			path: "/admins/activity_logs?created_at_after=1731000000&per_page=50",
		},
	})
}

func TestAdminsRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "empty id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Admins.Get(ctx, ""))
			},
			want: `intercom: Admins.Get: id is empty`,
		},
		{
			name: "no beginning",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Admins.ActivityLogs.All(ctx, intercom.ActivityLogListParams{}))
			},
			want: `intercom: Admins.ActivityLogs.List: created_at_after is required`,
		},
		{
			name: "reason in 2.8",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Admins.SetAway(ctx, "5017", intercom.AdminAwayParams{AwayStatusReasonID: "3"}))
			},
			want: `intercom: Admins.SetAway: Intercom-Version 2.8 does not take away_status_reason_id, the first that does is 2.14`,
		},
	})
}

func TestAdminsDecode(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "admins/list.json")))
	all := items(t, client.Admins.All(t.Context(), intercom.AdminListParams{}))
	require.Len(t, all, 2)
	a := all[0]
	assert.Equal(t, "admin", a.Type)
	assert.Equal(t, "5017", a.ID)
	assert.Equal(t, "Mia Brandt", a.Name)
	assert.Equal(t, "mia@greenthumb.example", a.Email)
	assert.Equal(t, "Head gardener", a.JobTitle)
	assert.True(t, a.AwayModeEnabled)
	assert.False(t, a.AwayModeReassign)
	assert.True(t, a.HasInboxSeat)
	assert.Equal(t, []string{"240", "241"}, a.TeamIDs)
	require.NotNil(t, a.Avatar)
	assert.Equal(t, "https://img.greenthumb.example/mia.png", a.Avatar.ImageURL, "a bare URL in the place of the object")
	require.NotNil(t, a.TeamPriorityLevel)
	assert.Equal(t, []string{"240"}, a.TeamPriorityLevel.PrimaryTeamIDs)
	assert.Equal(t, []string{"241"}, a.TeamPriorityLevel.SecondaryTeamIDs)
	b := all[1]
	assert.Equal(t, "5018", b.ID, "a number becomes text")
	require.NotNil(t, b.Avatar)
	assert.Equal(t, "avatar", b.Avatar.Type)
	assert.Equal(t, "https://img.greenthumb.example/tom.png", b.Avatar.ImageURL)
	assert.Empty(t, b.JobTitle)
	assert.Empty(t, b.TeamIDs)
}

func TestMeDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "admins/me.json")))
	me, err := client.Admins.Me(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "5017", me.ID)
	assert.Equal(t, "mia@greenthumb.example", me.Email)
	require.NotNil(t, me.EmailVerified)
	assert.True(t, *me.EmailVerified)
	assert.Nil(t, me.Avatar)
	require.NotNil(t, me.App)
	assert.Equal(t, "app", me.App.Type)
	assert.Equal(t, "grwn4x2k", me.App.IDCode)
	assert.Equal(t, "Greenthumb", me.App.Name)
	assert.Equal(t, at(1690000000), me.App.CreatedAt)
	assert.True(t, me.App.IdentityVerification)
	assert.False(t, me.App.Secure)
	assert.Equal(t, "Europe/Lisbon", me.App.Timezone)
	assert.Equal(t, "Europe", me.App.Region)
}

func TestActivityLogsDecode(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "admins/activity_logs.json")))
	all := items(t, client.Admins.ActivityLogs.All(t.Context(), intercom.ActivityLogListParams{CreatedAfter: at(1731000000)}))
	require.Len(t, all, 2)
	l := all[0]
	assert.Equal(t, "c0ffee01", l.ID)
	assert.Equal(t, intercom.ActivityTypeAdminAwayModeChange, l.ActivityType)
	assert.Equal(t, "Mia Brandt changed her away mode", l.ActivityDescription)
	assert.Equal(t, at(1731000500), l.CreatedAt)
	require.NotNil(t, l.PerformedBy)
	assert.Equal(t, "admin", l.PerformedBy.Type)
	assert.Equal(t, "5017", l.PerformedBy.ID)
	assert.Equal(t, "mia@greenthumb.example", l.PerformedBy.Email)
	assert.Equal(t, "192.0.2.44", l.PerformedBy.IP)
	require.NotNil(t, l.Metadata)
	require.NotNil(t, l.Metadata.AwayMode)
	assert.False(t, *l.Metadata.AwayMode)
	assert.JSONEq(t, `"kept"`, string(l.Metadata.UnknownFields()["shade"]))
	assert.Nil(t, all[1].Metadata)
	assert.Equal(t, intercom.ActivityType("greenhouse_opened"), all[1].ActivityType)
}
