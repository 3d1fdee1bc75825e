package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestContactsRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "Contacts", append(attachedRequests(), []sent{
		{
			operation: "Contacts.Get",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Get(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1",
		},
		{
			operation: "Contacts.Get", variant: "an id that is none",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Get(ctx, "../me?x=1#y"))
			},
			path: "/contacts/..%2Fme%3Fx=1%23y",
		},
		{
			operation: "Contacts.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.List(ctx, intercom.ContactListParams{PerPage: 20, Cursor: "WzE3"}))
			},
			path: "/contacts?per_page=20&starting_after=WzE3",
		},
		{
			operation: "Contacts.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.Pages(ctx, intercom.ContactListParams{}))
			},
			path: "/contacts",
		},
		{
			operation: "Contacts.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.All(ctx, intercom.ContactListParams{}))
			},
			path: "/contacts?per_page=150",
		},
		{
			operation: "Contacts.Search",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Search(ctx, intercom.ContactSearchParams{Query: intercom.Attribute("pot_size").Eq("large")}))
			},
			path: "/contacts/search",
			body: `{"query":{"field":"custom_attributes.pot_size","operator":"=","value":"large"}}`,
		},
		{
			operation: "Contacts.Search", variant: "SearchPages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.SearchPages(ctx, intercom.ContactSearchParams{Query: intercom.Field("role").Eq(intercom.ContactRoleLead), Sort: intercom.Sort{Field: "name", Order: intercom.Descending}, PerPage: 9, Cursor: "WzE3"}))
			},
			path: "/contacts/search",
			body: `{"query":{"field":"role","operator":"=","value":"lead"},"sort":{"field":"name","order":"descending"},"pagination":{"per_page":9,"starting_after":"WzE3"}}`,
		},
		{
			operation: "Contacts.Search", variant: "SearchAll",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.SearchAll(ctx, intercom.ContactSearchParams{Query: intercom.Attribute("pot_size").Eq("large")}))
			},
			path: "/contacts/search",
			body: `{"query":{"field":"custom_attributes.pot_size","operator":"=","value":"large"},"pagination":{"per_page":150}}`,
		},
		{
			operation: "Contacts.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Create(ctx, intercom.ContactCreateParams{Role: intercom.ContactRoleUser, ExternalID: "u-19", Email: "ines@pots.example", Phone: "+351912345678", Name: "Inês", Avatar: "https://img.pots.example/ines.png", SignedUpAt: at(1700000000), LastSeenAt: at(1731000000), OwnerID: "5017", UnsubscribedFromEmails: intercom.Set(false), CustomAttributes: intercom.CustomAttributesOf(map[string]any{"pot_size": "large", "since": at(1600000000).Time()})}))
			},
			path: "/contacts",
			body: `{"role":"user","external_id":"u-19","email":"ines@pots.example","phone":"+351912345678","name":"Inês","avatar":"https://img.pots.example/ines.png","signed_up_at":1700000000,"last_seen_at":1731000000,"owner_id":5017,"unsubscribed_from_emails":false,"custom_attributes":{"pot_size":"large","since":1600000000}}`,
		},
		{
			operation: "Contacts.Create", variant: "in 2.16",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "ines@pots.example", OwnerID: "5017"}))
			},
			path:    "/contacts",
			body:    `{"email":"ines@pots.example","owner_id":"5017"}`,
			version: intercom.V2_16,
		},
		{
			operation: "Contacts.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Update(ctx, "66f0c1", intercom.ContactUpdateParams{Phone: intercom.Null[string](), OwnerID: intercom.Set("5017"), LastSeenAt: intercom.SetTime(at(1731000000).Time()), CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"pot_size": nil}))}))
			},
			path: "/contacts/66f0c1",
			body: `{"phone":null,"owner_id":5017,"last_seen_at":1731000000,"custom_attributes":{"pot_size":null}}`,
		},
		{
			operation: "Contacts.Update", variant: "without an owner",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Update(ctx, "66f0c1", intercom.ContactUpdateParams{OwnerID: intercom.Null[string]()}))
			},
			path: "/contacts/66f0c1",
			body: `{"owner_id":null}`,
		},
		{
			operation: "Contacts.Delete",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Delete(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1",
		},
		{
			operation: "Contacts.Archive",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Archive(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1/archive",
		},
		{
			operation: "Contacts.Unarchive",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Unarchive(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1/unarchive",
		},
		{
			operation: "Contacts.Merge",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Merge(ctx, intercom.ContactMergeParams{From: "66f0c2", Into: "66f0c1"}))
			},
			path: "/contacts/merge",
			body: `{"from":"66f0c2","into":"66f0c1"}`,
		},
	}...))
}

func TestContactsRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "empty id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Get(ctx, ""))
			},
			want: `intercom: Contacts.Get: id is empty`,
		},
		{
			name: "id that leads elsewhere",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Get(ctx, ".."))
			},
			want: `intercom: Contacts.Get: `,
		},
		{
			name: "owner that is no number",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Update(ctx, "66f0c1", intercom.ContactUpdateParams{OwnerID: intercom.Set("mia")}))
			},
			want: `intercom: Contacts.Update: owner_id: "mia" is no number`,
		},
		{
			name: "merge into nobody",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Merge(ctx, intercom.ContactMergeParams{From: "66f0c2"}))
			},
			want: `intercom: Contacts.Merge: into is required`,
		},
		{
			name: "page that is too large",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.All(ctx, intercom.ContactListParams{PerPage: 151}))
			},
			want: `intercom: Contacts.List: per_page is 151; the API gives at most 150`,
		},
		{
			name: "attribute that can't be sent",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Create(ctx, intercom.ContactCreateParams{CustomAttributes: intercom.CustomAttributesOf(map[string]any{"f": func() {}})}))
			},
			want: `attribute "f" can't be sent`,
		},
	})
}

func TestContactDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "contacts/contact.json")))
	c, err := client.Contacts.Get(t.Context(), "66f0c1")
	require.NoError(t, err)
	assert.Equal(t, "contact", c.Type)
	assert.Equal(t, "66f0c1", c.ID)
	assert.Equal(t, "grwn4x2k", c.WorkspaceID)
	assert.Equal(t, "u-19", c.ExternalID)
	assert.Equal(t, intercom.ContactRoleUser, c.Role)
	assert.Equal(t, "ines@pots.example", c.Email)
	assert.Empty(t, c.Phone)
	assert.Equal(t, "Inês", c.Name)
	require.NotNil(t, c.Avatar)
	assert.Equal(t, "https://img.pots.example/ines.png", c.Avatar.ImageURL, "a bare URL in the place of the object")
	assert.Equal(t, "5017", c.OwnerID, "a number becomes text")
	require.NotNil(t, c.SocialProfiles)
	assert.Equal(t, "Mastodon", c.SocialProfiles.Data[0].Name)
	assert.True(t, c.HasHardBounced)
	assert.False(t, c.MarkedEmailAsSpam)
	assert.True(t, c.UnsubscribedFromEmails)
	assert.Equal(t, at(1700000000), c.CreatedAt)
	assert.Equal(t, at(1731000000), c.UpdatedAt)
	assert.Equal(t, at(1699999999), c.SignedUpAt, "a number in a string")
	assert.Equal(t, at(1731000000), c.LastSeenAt, "the text of a time")
	assert.True(t, c.LastRepliedAt.IsZero(), "null")
	assert.True(t, c.LastContactedAt.IsZero(), "an empty text")
	assert.Equal(t, "pt", c.LanguageOverride)
	assert.Equal(t, "firefox", c.Browser)
	assert.Equal(t, "132", c.BrowserVersion)
	assert.Equal(t, "pt-PT", c.BrowserLanguage)
	assert.Equal(t, "Linux", c.OS)
	assert.Equal(t, "newsletter", c.UTMSource)
	assert.Equal(t, "https://seeds.example", c.Referrer)
	require.NotNil(t, c.Location)
	assert.Equal(t, "Portugal", c.Location.Country)
	assert.Equal(t, "Porto", c.Location.City)
	assert.Equal(t, "PRT", c.Location.CountryCode)
	assert.Equal(t, "EU", c.Location.ContinentCode)
	checkContactLists(t, c)
	assert.JSONEq(t, `["kept",1]`, string(c.UnknownFields()["beds"]))
}

func checkContactLists(t *testing.T, c *intercom.Contact) {
	t.Helper()
	size, _ := c.CustomAttributes.String("pot_size")
	assert.Equal(t, "large", size)
	big, _ := c.CustomAttributes.Get("serial")
	assert.Equal(t, "9007199254740993", big.(interface{ String() string }).String(), "no digit is lost")
	plants, _ := c.CustomAttributes.Get("plants")
	assert.NotNil(t, plants, "a list of objects")
	require.NotNil(t, c.Tags)
	assert.Equal(t, "41", c.Tags.Data[0].ID)
	assert.Equal(t, "/tags/41", c.Tags.Data[0].URL)
	assert.Equal(t, 12, c.Tags.TotalCount)
	assert.True(t, c.Tags.HasMore)
	require.NotNil(t, c.Notes)
	assert.Empty(t, c.Notes.Data)
	assert.Equal(t, "/contacts/66f0c1/notes", c.Notes.URL)
	assert.Nil(t, c.Companies)
	require.NotNil(t, c.OptedOutSubscriptionTypes)
	assert.Equal(t, "137", c.OptedOutSubscriptionTypes.Data[0].ID)
}

func TestContactListDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "contacts/list.json")))
	page, err := client.Contacts.List(t.Context(), intercom.ContactListParams{})
	require.NoError(t, err)
	assert.Equal(t, 3, page.TotalCount)
	assert.Equal(t, 1, page.Number)
	assert.Equal(t, 2, page.TotalPages)
	assert.Equal(t, "WzE3MzEwMDAwMDAsIjY2ZjBjMiJd", page.NextCursor)
	require.Len(t, page.Items, 2)
	assert.Equal(t, "66f0c1", page.Items[0].ID)
	assert.Empty(t, page.Items[1].OwnerID)
}

func TestContactEndsDecode(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"type":"contact","object":"contact","id":"66f0c1","external_id":"u-19","archived":true,"deleted":true}`))
	archived, err := client.Contacts.Archive(t.Context(), "66f0c1")
	require.NoError(t, err)
	assert.True(t, archived.Archived)
	assert.Equal(t, "66f0c1", archived.ID)
	assert.Equal(t, "u-19", archived.ExternalID)
	deleted, err := client.Contacts.Delete(t.Context(), "66f0c1")
	require.NoError(t, err)
	assert.True(t, deleted.Deleted)
	assert.Equal(t, "66f0c1", deleted.ID)
	assert.Equal(t, "u-19", deleted.ExternalID)
}
