package intercomtest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestHelpCenter(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		srv.Seed(intercom.HelpCenter{ID: "10", DisplayName: "Harbour help"})
		page, err := client.HelpCenter.HelpCenters.List(ctx)
		require.NoError(t, err)
		require.Len(t, page.Items, 1)
		site, err := client.HelpCenter.HelpCenters.Get(ctx, "10")
		require.NoError(t, err)
		assert.Equal(t, "Harbour help", site.DisplayName)

		group, err := client.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{
			Name: "Mooring", TranslatedContent: map[string]intercom.GroupContentParams{"id": {Name: "Tambat"}},
		})
		require.NoError(t, err)
		assert.Equal(t, "10", group.HelpCenterID)
		assert.Equal(t, "Tambat", group.TranslatedContent.Locales["id"].Name)
		second, err := client.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{Name: "Sailing"})
		require.NoError(t, err)
		assert.Equal(t, 1, second.Order)

		section, err := client.HelpCenter.Sections.Create(ctx, intercom.SectionCreateParams{Name: "At night", ParentID: group.ID})
		require.NoError(t, err)
		assert.Equal(t, group.ID, section.ParentID)
		section, err = client.HelpCenter.Sections.Update(ctx, section.ID, intercom.SectionUpdateParams{ParentID: intercom.Set(second.ID)})
		require.NoError(t, err)
		assert.Equal(t, second.ID, section.ParentID)
		article, err := client.Articles.Create(ctx, intercom.ArticleCreateParams{
			Title: "Lights", AuthorID: srv.Me().ID, ParentID: section.ID, ParentType: intercom.ArticleParentTypeSection,
		})
		require.NoError(t, err)
		_, err = client.HelpCenter.Sections.Delete(ctx, section.ID)
		require.NoError(t, err)
		article, err = client.Articles.Get(ctx, article.ID)
		require.NoError(t, err)
		assert.Empty(t, article.ParentIDs)
		_, err = client.HelpCenter.Sections.Get(ctx, section.ID)
		assert.True(t, intercom.IsNotFound(err), err)

		renamed, err := client.HelpCenter.Collections.Update(ctx, group.ID, intercom.CollectionUpdateParams{Name: intercom.Set("Berths")})
		require.NoError(t, err)
		assert.Equal(t, "Berths", renamed.Name)
		assert.Len(t, srv.Collections(), 2)
	})
}

func TestHelpCenterLists(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		for _, id := range []string{"1", "2", "3"} {
			srv.Seed(intercom.Collection{ID: id}, intercom.Section{ID: id, ParentID: "1"})
			srv.Advance(time.Minute)
		}
		_, err := client.HelpCenter.Collections.Update(ctx, "1", intercom.CollectionUpdateParams{Description: intercom.Set("Old")})
		require.NoError(t, err)
		_, err = client.HelpCenter.Sections.Update(ctx, "2", intercom.SectionUpdateParams{Name: intercom.Set("New")})
		require.NoError(t, err)
		var collections, sections []string
		for c, err := range client.HelpCenter.Collections.All(ctx, intercom.NumberedListParams{PerPage: 2}) {
			require.NoError(t, err)
			collections = append(collections, c.ID)
		}
		for s, err := range client.HelpCenter.Sections.All(ctx, intercom.NumberedListParams{PerPage: 2}) {
			require.NoError(t, err)
			sections = append(sections, s.ID)
		}
		assert.Equal(t, []string{"1", "3", "2"}, collections, "the last changed comes first")
		assert.Equal(t, []string{"2", "3", "1"}, sections)
	})
}

func TestCollectionsInCollections(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_10))
	outer, err := client.HelpCenter.Collections.Create(t.Context(), intercom.CollectionCreateParams{Name: "Outer"})
	require.NoError(t, err)
	inner, err := client.HelpCenter.Collections.Create(t.Context(), intercom.CollectionCreateParams{Name: "Inner", ParentID: outer.ID})
	require.NoError(t, err)
	assert.Equal(t, outer.ID, inner.ParentID)
	_, err = client.HelpCenter.Collections.Update(t.Context(), outer.ID, intercom.CollectionUpdateParams{ParentID: intercom.Set(inner.ID)})
	assert.Equal(t, "parent_id", fieldOf(err), "no collection stands in itself")
	_, err = client.HelpCenter.Collections.Delete(t.Context(), outer.ID)
	require.NoError(t, err)
	inner, err = client.HelpCenter.Collections.Get(t.Context(), inner.ID)
	require.NoError(t, err)
	assert.Empty(t, inner.ParentID)
}
