package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestVisitorsSend(t *testing.T) {
	t.Parallel()
	checkSent(t, "Visitors", []sent{
		{
			operation: "Visitors.Get",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.Visitors.Get(ctx, "66a0")) },
			path:      "/visitors/66a0",
		},
		{
			operation: "Visitors.GetByUserID",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Visitors.GetByUserID(ctx, "0f3c&2b1a"))
			},
			path: "/visitors?user_id=0f3c%262b1a",
		},
		{
			operation: "Visitors.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Visitors.Update(ctx, intercom.VisitorUpdateParams{
					UserID: "0f3c", Name: intercom.Null[string](),
					CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"berth": 12})),
				}))
			},
			path: "/visitors",
			body: `{"user_id": "0f3c", "name": null, "custom_attributes": {"berth": 12}}`,
		},
		{
			operation: "Visitors.Delete",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.Visitors.Delete(ctx, "66a0")) },
			path:      "/visitors/66a0",
		},
		{
			operation: "Visitors.Convert",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Visitors.Convert(ctx, intercom.VisitorConvertParams{
					Type:    intercom.ContactRoleUser,
					User:    intercom.VisitorIdentity{UserID: "skipper-7", Email: "skipper@harbour.test"},
					Visitor: intercom.VisitorIdentity{UserID: "0f3c"},
				}))
			},
			path: "/visitors/convert",
			body: `{"type": "user", "user": {"user_id": "skipper-7", "email": "skipper@harbour.test"}, "visitor": {"user_id": "0f3c"}}`,
		},
	})
}

func TestVisitorSample(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "visitors/get.json")))
	visitor, err := client.Visitors.GetByUserID(t.Context(), "0f3c2b1a-77aa-4bbb-8ccc-1234567890ab")
	require.NoError(t, err)
	assert.True(t, visitor.Anonymous)
	assert.Empty(t, visitor.Name)
	assert.Equal(t, "Green lighthouse", visitor.Pseudonym)
	assert.Equal(t, "Europe/Copenhagen", visitor.Location.TimeZone)
	assert.True(t, visitor.LastRequestAt.IsZero())
	assert.Equal(t, at(1719500000), visitor.CreatedAt)
	assert.Equal(t, 3, visitor.SessionCount)
	assert.Equal(t, "7310042", visitor.OwnerID)
	assert.Equal(t, "quay", visitor.Tags.Tags[0].Name)
	assert.Nil(t, visitor.DoNotTrack)
	assert.Empty(t, visitor.UnknownFields())
}

func TestVisitorDeletedSample(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "visitors/deleted.json")))
	deleted, err := client.Visitors.Delete(t.Context(), "66a0c3d2e4b0a1f2c3d4e5f8")
	require.NoError(t, err)
	assert.Equal(t, "66a0c3d2e4b0a1f2c3d4e5f8", deleted.ID)
	assert.Equal(t, "0f3c2b1a-77aa-4bbb-8ccc-1234567890ab", deleted.UserID)
}

func TestVisitorsRefuse(t *testing.T) {
	t.Parallel()
	somebody := intercom.VisitorIdentity{ID: "66a0"}
	for want, call := range map[string]func(context.Context, *intercom.Client) error{
		"Visitors.Get: id is empty":                 func(ctx context.Context, c *intercom.Client) error { return first(c.Visitors.Get(ctx, "")) },
		"Visitors.GetByUserID: user_id is required": func(ctx context.Context, c *intercom.Client) error { return first(c.Visitors.GetByUserID(ctx, "")) },
		"Visitors.Delete: id is empty":              func(ctx context.Context, c *intercom.Client) error { return first(c.Visitors.Delete(ctx, "")) },
		"Visitors.Update: id is required, or user_id in its place": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Visitors.Update(ctx, intercom.VisitorUpdateParams{Name: intercom.Set("x")}))
		},
		"Visitors.Convert: type is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Visitors.Convert(ctx, intercom.VisitorConvertParams{User: somebody, Visitor: somebody}))
		},
		"Visitors.Convert: visitor is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Visitors.Convert(ctx, intercom.VisitorConvertParams{Type: "lead", User: somebody}))
		},
		"Visitors.Convert: user.id is required, or user.user_id in its pl": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Visitors.Convert(ctx, intercom.VisitorConvertParams{Type: "lead", Visitor: somebody, User: intercom.VisitorIdentity{Email: "a@harbour.test"}}))
		},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			assert.ErrorContains(t, refused(t, call), "intercom: "+want)
		})
	}
}
