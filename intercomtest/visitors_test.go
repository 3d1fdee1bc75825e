package intercomtest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestVisitorBecomesUser(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		v := intercom.Visitor{UTMSource: "mast", CustomAttributes: intercom.CustomAttributesOf(map[string]any{"berth": 4})}
		srv.Seed(&v)
		got, err := client.Visitors.Get(ctx, v.ID)
		require.NoError(t, err)
		assert.True(t, got.Anonymous)
		assert.NotEmpty(t, got.Pseudonym)
		got, err = client.Visitors.Update(ctx, intercom.VisitorUpdateParams{UserID: v.UserID, Name: intercom.Set("Runa")})
		require.NoError(t, err)
		assert.Equal(t, "Runa", got.Name)
		got, err = client.Visitors.GetByUserID(ctx, v.UserID)
		require.NoError(t, err)
		assert.Equal(t, v.ID, got.ID)

		contact, err := client.Visitors.Convert(ctx, intercom.VisitorConvertParams{
			Type:    intercom.ContactRoleUser,
			Visitor: intercom.VisitorIdentity{UserID: v.UserID}, User: intercom.VisitorIdentity{UserID: "r-1", Email: "runa@tidal.example"},
		})
		require.NoError(t, err)
		assert.Equal(t, intercom.ContactRoleUser, contact.Role)
		assert.Equal(t, "r-1", contact.ExternalID)
		assert.Equal(t, "Runa", contact.Name)
		assert.Equal(t, "mast", contact.UTMSource)
		berth, _ := contact.CustomAttributes.Int("berth")
		assert.Equal(t, int64(4), berth)
		_, err = client.Visitors.Get(ctx, v.ID)
		assert.True(t, intercom.IsNotFound(err), "the visitor is gone: %v", err)
		_, err = client.Contacts.GetByExternalID(ctx, "r-1")
		require.NoError(t, err)
	})
}

func TestVisitorJoinsContact(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	v := intercom.Visitor{Name: "Somebody", Phone: "+4520304050"}
	srv.Seed(&v)
	who := skipper(srv)
	contact, err := client.Visitors.Convert(t.Context(), intercom.VisitorConvertParams{
		Type:    intercom.ContactRoleUser,
		Visitor: intercom.VisitorIdentity{ID: v.ID}, User: intercom.VisitorIdentity{ID: who.ID},
	})
	require.NoError(t, err)
	assert.Equal(t, who.ID, contact.ID)
	assert.Equal(t, who.Name, contact.Name, "what is known stays")
	assert.Equal(t, "+4520304050", contact.Phone)
	assert.Len(t, srv.Contacts(), 1)
}

func TestVisitorErrors(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	v := intercom.Visitor{}
	srv.Seed(&v)
	gone, err := client.Visitors.Delete(ctx, v.ID)
	require.NoError(t, err)
	assert.Equal(t, v.UserID, gone.UserID)
	_, err = client.Visitors.Delete(ctx, v.ID)
	assert.True(t, intercom.IsNotFound(err), err)
	_, err = client.Visitors.GetByUserID(ctx, v.UserID)
	assert.True(t, intercom.IsNotFound(err), err)
	_, err = client.Visitors.Convert(ctx, intercom.VisitorConvertParams{
		Type: intercom.ContactRoleUser, Visitor: intercom.VisitorIdentity{ID: v.ID}, User: intercom.VisitorIdentity{UserID: "r-1"},
	})
	assert.True(t, intercom.IsNotFound(err), err)
	assert.Empty(t, srv.Contacts())
	resp, text := send(t, srv, "PUT", "/visitors", `{"name":"x"}`)
	assert.Equal(t, 400, resp.StatusCode)
	assert.Contains(t, text, `"field":"id"`)
}

func TestVisitorsBringWhatTheyHave(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.Seed(
		intercom.Tag{ID: "7"}, intercom.Contact{ID: "other", Email: "taken@tidal.example"},
		intercom.Visitor{
			ID: "v", Email: "taken@tidal.example", Tags: &intercom.TagList{Tags: []intercom.Tag{{ID: "7"}}}, Referrer: "https://found.example",
			UTMCampaign: "u1", UTMContent: "u2", UTMMedium: "u3", UTMSource: "u4", UTMTerm: "u5",
		},
	)
	ctx := t.Context()
	_, err := client.Visitors.Convert(ctx, intercom.VisitorConvertParams{
		Type: intercom.ContactRoleUser, Visitor: intercom.VisitorIdentity{ID: "v"}, User: intercom.VisitorIdentity{ID: "404"},
	})
	assert.True(t, intercom.IsNotFound(err), "%v", err)
	contact, err := client.Visitors.Convert(ctx, intercom.VisitorConvertParams{
		Type: intercom.ContactRoleLead, Visitor: intercom.VisitorIdentity{Email: "TAKEN@tidal.example"}, User: intercom.VisitorIdentity{UserID: "new"},
	})
	require.NoError(t, err)
	assert.Equal(t, intercom.ContactRoleLead, contact.Role)
	assert.Equal(t, "7", contact.Tags.Data[0].ID)
	assert.Empty(t, contact.Email, "somebody has the address")
	assert.Equal(t, "https://found.example", contact.Referrer)
	assert.Equal(t, "u1u2u3u4u5", contact.UTMCampaign+contact.UTMContent+contact.UTMMedium+contact.UTMSource+contact.UTMTerm)
	_, err = client.Visitors.Get(ctx, "v")
	assert.True(t, intercom.IsNotFound(err), "%v", err)
}
