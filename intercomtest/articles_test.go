package intercomtest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestArticleLife(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, me := t.Context(), srv.Me()
		group, err := client.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{Name: "Mooring"})
		require.NoError(t, err)
		made, err := client.Articles.Create(ctx, intercom.ArticleCreateParams{
			Title: "How to moor", Body: "<p>Slowly.</p>", AuthorID: me.ID, ParentID: group.ID, ParentType: intercom.ArticleParentTypeCollection,
			TranslatedContent: map[string]intercom.ArticleContentParams{"fr": {Title: "Comment amarrer", State: intercom.ArticleStateDraft}},
		})
		require.NoError(t, err)
		assert.Equal(t, intercom.ArticleStateDraft, made.State)
		assert.Empty(t, made.URL, "readers cannot find a draft")
		assert.Equal(t, group.ID, made.ParentID)
		assert.Equal(t, "Comment amarrer", made.TranslatedContent.Locales["fr"].Title)

		srv.Advance(time.Minute)
		got, err := client.Articles.Update(ctx, made.ID, intercom.ArticleUpdateParams{State: intercom.Set(intercom.ArticleStatePublished)})
		require.NoError(t, err)
		assert.Equal(t, "How to moor", got.Title)
		assert.Contains(t, got.URL, made.ID+"-how-to-moor")
		assert.True(t, got.UpdatedAt.After(made.UpdatedAt))
		got, err = client.Articles.Get(ctx, made.ID)
		require.NoError(t, err)
		assert.Equal(t, 0, *got.Statistics.Views)

		_, err = client.HelpCenter.Collections.Delete(ctx, group.ID)
		require.NoError(t, err)
		got, err = client.Articles.Get(ctx, made.ID)
		require.NoError(t, err)
		assert.Empty(t, got.ParentID, "the article outlives its collection")
		gone, err := client.Articles.Delete(ctx, made.ID)
		require.NoError(t, err)
		assert.True(t, gone.Deleted)
		_, err = client.Articles.Get(ctx, made.ID)
		assert.True(t, intercom.IsNotFound(err), err)
		assert.Empty(t, srv.Articles())
	})
}

func TestArticleList(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		for _, id := range []string{"1", "2", "3", "4", "5", "6", "7"} {
			srv.Seed(intercom.Article{ID: id})
			srv.Advance(time.Minute)
		}
		_, err := client.Articles.Update(ctx, "3", intercom.ArticleUpdateParams{Title: intercom.Set("Three")})
		require.NoError(t, err)
		var got []string
		for a, err := range client.Articles.All(ctx, intercom.NumberedListParams{PerPage: 2}) {
			require.NoError(t, err)
			assert.Nil(t, a.Statistics)
			got = append(got, a.ID)
		}
		assert.Equal(t, []string{"3", "7", "6", "5", "4", "2", "1"}, got, "the last changed comes first")
	})
}

func TestArticleErrors(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	me := srv.Me().ID
	for body, field := range map[string]string{
		`{"title":"x"}`:                                                                 "author_id",
		`{"author_id":` + me + `}`:                                                      "title",
		`{"title":"x","author_id":1}`:                                                   "author_id",
		`{"title":"x","author_id":` + me + `,"parent_id":404}`:                          "parent_id",
		`{"title":"x","author_id":` + me + `,"state":"burning"}`:                        "state",
		`{"title":"x","author_id":` + me + `,"translated_content":{"fr":{"title":[]}}}`: "translated_content.fr.title",
	} {
		resp, text := send(t, srv, "POST", "/articles", body)
		assert.Equal(t, 400, resp.StatusCode, body)
		assert.Contains(t, text, `"field":"`+field+`"`)
	}
	assert.Empty(t, srv.Articles())
}

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

func TestNews(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, me := t.Context(), srv.Me()
		srv.Seed(intercom.Newsfeed{ID: "6", Name: "Skippers"}, intercom.Newsfeed{ID: "7", Name: "Guests"})
		made, err := client.News.Items.Create(ctx, intercom.NewsItemCreateParams{
			Title: "New cranes", Body: "<p>Two.</p>", SenderID: me.ID, Labels: []string{"Quay"}, Reactions: []string{"⚓", "👍"},
			NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: "6", PublishedAt: intercom.UnixTimestamp(1_700_000_000)}},
		})
		require.NoError(t, err)
		assert.Equal(t, intercom.NewsItemStateDraft, made.State)
		live := func(feed string) (ids []string) {
			for n, err := range client.News.LiveItems.All(ctx, feed, intercom.NumberedListParams{}) {
				require.NoError(t, err)
				ids = append(ids, n.ID)
			}
			return ids
		}
		assert.Empty(t, live("6"), "a draft is not shown")
		got, err := client.News.Items.Update(ctx, made.ID, intercom.NewsItemUpdateParams{
			Title: "New cranes", SenderID: me.ID, State: intercom.Set(intercom.NewsItemStateLive), Reactions: intercom.Set([]string{}),
		})
		require.NoError(t, err)
		assert.Equal(t, []string{"Quay"}, got.Labels)
		assert.Empty(t, got.Reactions)
		assert.Equal(t, []string{made.ID}, live("6"))
		assert.Empty(t, live("7"))
		_, err = client.News.Items.Create(ctx, intercom.NewsItemCreateParams{
			Title: "Soon", SenderID: me.ID,
			NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: "6", PublishedAt: intercom.TimestampOf(srv.Now().Add(time.Hour))}},
		})
		assert.Equal(t, "newsfeed_assignments.published_at", fieldOf(err))

		feed, err := client.News.Newsfeeds.Get(ctx, "7")
		require.NoError(t, err)
		assert.Equal(t, "Guests", feed.Name)
		feeds, err := client.News.Newsfeeds.List(ctx, intercom.NumberedListParams{})
		require.NoError(t, err)
		assert.Equal(t, 2, feeds.TotalCount)
		gone, err := client.News.Items.Delete(ctx, made.ID)
		require.NoError(t, err)
		assert.Equal(t, "news-item", gone.Object)
		_, err = client.News.Items.Get(ctx, made.ID)
		assert.True(t, intercom.IsNotFound(err), err)
		_, err = client.News.LiveItems.List(ctx, "404", intercom.NumberedListParams{})
		assert.True(t, intercom.IsNotFound(err), err)
		assert.Empty(t, srv.NewsItems())
	})
}

func TestTeams(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		me := srv.Me()
		srv.Seed(intercom.Team{ID: "500", Name: "Quay", AdminIDs: []string{me.ID}}, intercom.Team{Name: "Office"})
		page, err := client.Teams.List(t.Context())
		require.NoError(t, err)
		assert.Len(t, page.Items, 2)
		team, err := client.Teams.Get(t.Context(), "500")
		require.NoError(t, err)
		assert.Equal(t, []string{me.ID}, team.AdminIDs)
		assert.Equal(t, []string{"500"}, srv.Me().TeamIDs)
		_, err = client.Teams.Get(t.Context(), "1")
		assert.True(t, intercom.HasCode(err, intercom.CodeTeamNotFound), err)
	})
}
