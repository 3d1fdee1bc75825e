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

func TestArticleTranslationsAddUp(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		srv.Seed(intercom.Collection{ID: "5"}, intercom.Article{ID: "1", ParentID: "5"})
		assert.Equal(t, []string{"5"}, srv.Articles()[0].ParentIDs)
		for _, locale := range []string{"fr", "de"} {
			_, err := client.Articles.Update(ctx, "1", intercom.ArticleUpdateParams{
				TranslatedContent: intercom.Set(map[string]intercom.ArticleContentParams{locale: {Title: "In " + locale}}),
			})
			require.NoError(t, err)
			_, err = client.HelpCenter.Collections.Update(ctx, "5", intercom.CollectionUpdateParams{
				TranslatedContent: intercom.Set(map[string]intercom.GroupContentParams{locale: {Name: "In " + locale}}),
			})
			require.NoError(t, err)
		}
		_, text := send(t, srv, "PUT", "/articles/1", `{"parent_id":0,"translated_content":{"type":"article_translated_content"}}`)
		var article intercom.Article
		decode(t, text, &article)
		assert.Equal(t, "In fr", article.TranslatedContent.Locales["fr"].Title)
		assert.Equal(t, "In de", article.TranslatedContent.Locales["de"].Title)
		assert.Empty(t, article.ParentID, "it stands nowhere now")
		assert.Len(t, srv.Collections()[0].TranslatedContent.Locales, 2)
	})
}

func TestArticleErrors(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	me := srv.Me().ID
	for body, field := range map[string]string{
		`{"title":"x"}`:                                                      "author_id",
		`{"author_id":` + me + `}`:                                           "title",
		`{"title":"x","author_id":1}`:                                        "author_id",
		`{"title":"x","author_id":` + me + `,"parent_id":404}`:               "parent_id",
		`{"title":"x","author_id":` + me + `,"state":"burning"}`:             "state",
		`{"title":"x","author_id":` + me + `,"translated_content":{"fr":3}}`: "translated_content.fr",
	} {
		resp, text := send(t, srv, "POST", "/articles", body)
		assert.Equal(t, 400, resp.StatusCode, body)
		assert.Contains(t, text, `"field":"`+field+`"`)
	}
	assert.Empty(t, srv.Articles())
}
