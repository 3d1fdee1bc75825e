package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestHelpCenterRequests(t *testing.T) {
	t.Parallel()
	french := map[string]intercom.GroupContentParams{"fr": {Name: "Balcon", Description: "En pot"}}
	checkSent(t, "HelpCenter", []sent{
		{
			operation: "HelpCenter.Collections.Get",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Collections.Get(ctx, "88"))
			},
			path: "/help_center/collections/88",
		},
		{
			operation: "HelpCenter.Collections.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Collections.List(ctx, intercom.NumberedListParams{PerPage: 5}))
			},
			path: "/help_center/collections?per_page=5",
		},
		{
			operation: "HelpCenter.Collections.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.HelpCenter.Collections.Pages(ctx, intercom.NumberedListParams{Cursor: "2"}))
			},
			path: "/help_center/collections?page=2",
		},
		{
			operation: "HelpCenter.Collections.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.HelpCenter.Collections.All(ctx, intercom.NumberedListParams{}))
			},
			path: "/help_center/collections?per_page=50",
		},
		{
			operation: "HelpCenter.Collections.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{
					Name: "Balcony", Description: "In pots", TranslatedContent: french, HelpCenterID: "14",
				}))
			},
			path: "/help_center/collections",
			body: `{"name":"Balcony","description":"In pots","translated_content":{"fr":{"name":"Balcon","description":"En pot"}},"help_center_id":14}`,
		},
		{
			operation: "HelpCenter.Collections.Create", variant: "inside another",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{Name: "Herbs", ParentID: "88"}))
			},
			path:    "/help_center/collections",
			body:    `{"name":"Herbs","parent_id":"88"}`,
			version: intercom.V2_10,
		},
		{
			operation: "HelpCenter.Collections.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Collections.Update(ctx, "88", intercom.CollectionUpdateParams{
					Name: intercom.Set("Balconies"), TranslatedContent: intercom.Set(french), ParentID: intercom.Null[string](),
				}))
			},
			path:    "/help_center/collections/88",
			body:    `{"name":"Balconies","translated_content":{"fr":{"name":"Balcon","description":"En pot"}},"parent_id":null}`,
			version: intercom.V2_10,
		},
		{
			operation: "HelpCenter.Collections.Delete",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Collections.Delete(ctx, "88"))
			},
			path: "/help_center/collections/88",
		},
		{
			operation: "HelpCenter.HelpCenters.Get",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.HelpCenters.Get(ctx, "14"))
			},
			path: "/help_center/help_centers/14",
		},
		{
			operation: "HelpCenter.HelpCenters.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.HelpCenters.List(ctx))
			},
			path: "/help_center/help_centers",
		},
		{
			operation: "HelpCenter.HelpCenters.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error { return drain(c.HelpCenter.HelpCenters.All(ctx)) },
			path: "/help_center/help_centers",
		},
		{
			operation: "HelpCenter.Sections.Get",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Sections.Get(ctx, "301"))
			},
			path: "/help_center/sections/301",
		},
		{
			operation: "HelpCenter.Sections.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Sections.List(ctx, intercom.NumberedListParams{}))
			},
			path: "/help_center/sections",
		},
		{
			operation: "HelpCenter.Sections.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.HelpCenter.Sections.Pages(ctx, intercom.NumberedListParams{PerPage: 7}))
			},
			path: "/help_center/sections?per_page=7",
		},
		{
			operation: "HelpCenter.Sections.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.HelpCenter.Sections.All(ctx, intercom.NumberedListParams{}))
			},
			path:    "/help_center/sections?per_page=50",
			version: intercom.V2_9,
		},
		{
			operation: "HelpCenter.Sections.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Sections.Create(ctx, intercom.SectionCreateParams{
					Name: "Seeds", ParentID: "88",
					TranslatedContent: map[string]intercom.GroupContentParams{"fr": {Name: "Graines"}},
				}))
			},
			path: "/help_center/sections",
			body: `{"name":"Seeds","parent_id":88,"translated_content":{"fr":{"name":"Graines"}}}`,
		},
		{
			operation: "HelpCenter.Sections.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Sections.Update(ctx, "301", intercom.SectionUpdateParams{
					ParentID:          intercom.Set("89"),
					TranslatedContent: intercom.Null[map[string]intercom.GroupContentParams](),
				}))
			},
			path: "/help_center/sections/301",
			body: `{"parent_id":89,"translated_content":null}`,
		},
		{
			operation: "HelpCenter.Sections.Delete",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Sections.Delete(ctx, "301"))
			},
			path: "/help_center/sections/301",
		},
	})
}

func TestHelpCenterRefuses(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "sections that are gone",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.HelpCenter.Sections.All(ctx, intercom.NumberedListParams{}))
			},
			want:    `intercom: HelpCenter.Sections.List: Intercom-Version 2.10 no longer has it, the last that does is 2.9; set it with WithVersion("2.9")`,
			version: intercom.V2_10,
		},
		{
			name: "collection inside another before its time",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{Name: "Herbs", ParentID: "88"}))
			},
			want:    `intercom: HelpCenter.Collections.Create: Intercom-Version 2.9 does not take parent_id, the first that does is 2.10; set it with WithVersion("2.10")`,
			version: intercom.V2_9,
		},
		{
			name: "collection without a name",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{}))
			},
			want: "intercom: HelpCenter.Collections.Create: name is required",
		},
		{
			name: "section without a collection",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.Sections.Create(ctx, intercom.SectionCreateParams{Name: "Seeds"}))
			},
			want: "intercom: HelpCenter.Sections.Create: parent_id is required",
		},
		{
			name: "empty id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.HelpCenter.HelpCenters.Get(ctx, ""))
			},
			want: "intercom: HelpCenter.HelpCenters.Get: id is empty",
		},
	})
}

func TestCollectionDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "helpcenter/collection.json")))
	c, err := client.HelpCenter.Collections.Get(t.Context(), "88")
	require.NoError(t, err)
	assert.Equal(t, "collection", c.Type)
	assert.Equal(t, "88", c.ID)
	assert.Equal(t, "grwn4x2k", c.WorkspaceID)
	assert.Equal(t, "Balcony", c.Name)
	assert.Empty(t, c.URL)
	assert.Equal(t, 3, c.Order)
	assert.Equal(t, at(1730800000), c.CreatedAt)
	assert.Equal(t, at(1730900000), c.UpdatedAt)
	assert.Equal(t, "In pots", c.Description)
	assert.Equal(t, "leaf", c.Icon)
	assert.Equal(t, "12", c.ParentID)
	assert.Equal(t, "14", c.HelpCenterID)
	assert.Equal(t, "en", c.DefaultLocale)
	require.NotNil(t, c.TranslatedContent)
	assert.Equal(t, "group_translated_content", c.TranslatedContent.Type)
	assert.Equal(t, "Balcon", c.TranslatedContent.Locales["fr"].Name)
	assert.Equal(t, "En pot", c.TranslatedContent.Locales["fr"].Description)
	assert.Equal(t, "Balkon", c.TranslatedContent.Locales["id"].Name)
	assert.Empty(t, c.TranslatedContent.Locales["id"].Description)
	assert.Empty(t, c.UnknownFields())
}

func TestSectionListDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "helpcenter/sections.json")))
	page, err := client.HelpCenter.Sections.List(t.Context(), intercom.NumberedListParams{})
	require.NoError(t, err)
	assert.Equal(t, 2, page.TotalCount)
	assert.False(t, page.HasNext())
	require.Len(t, page.Items, 2)
	s := page.Items[0]
	assert.Equal(t, "section", s.Type)
	assert.Equal(t, "301", s.ID)
	assert.Equal(t, "grwn4x2k", s.WorkspaceID)
	assert.Equal(t, "Seeds", s.Name)
	assert.Equal(t, "https://help.greenthumb.example/en/collections/88#seeds", s.URL)
	assert.Equal(t, 1, s.Order)
	assert.Equal(t, at(1730800100), s.CreatedAt)
	assert.Equal(t, at(1730800200), s.UpdatedAt)
	assert.Empty(t, s.Icon)
	assert.Equal(t, "88", s.ParentID)
	assert.Nil(t, s.TranslatedContent)
	assert.Equal(t, "302", page.Items[1].ID, "a number becomes text")
	assert.Empty(t, page.Items[1].ParentID)
}

func TestHelpCenterListDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "helpcenter/help_centers.json")))
	all := items(t, client.HelpCenter.HelpCenters.All(t.Context()))
	require.Len(t, all, 2)
	h := all[0]
	assert.Equal(t, "14", h.ID)
	assert.Equal(t, "grwn4x2k", h.WorkspaceID)
	assert.Equal(t, at(1700000000), h.CreatedAt)
	assert.Equal(t, at(1730000000), h.UpdatedAt)
	assert.Equal(t, "greenthumb", h.Identifier)
	assert.True(t, h.WebsiteTurnedOn)
	assert.Equal(t, "Greenthumb help", h.DisplayName)
	assert.Equal(t, "https://help.greenthumb.example", h.URL)
	assert.Equal(t, "help.greenthumb.example", h.CustomDomain)
	assert.True(t, h.Default)
	assert.Equal(t, []string{"en", "de"}, h.Locales)
	assert.False(t, all[1].WebsiteTurnedOn)
	assert.Empty(t, all[1].CustomDomain)
}
