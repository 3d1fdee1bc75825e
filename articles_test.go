package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestArticlesRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "Articles", []sent{
		{
			operation: "Articles.Get",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.Articles.Get(ctx, "310/7")) },
			path:      "/articles/310%2F7",
		},
		{
			operation: "Articles.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Articles.List(ctx, intercom.NumberedListParams{}))
			},
			path: "/articles",
		},
		{
			operation: "Articles.List", variant: "Pages from a cursor",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Articles.Pages(ctx, intercom.NumberedListParams{Cursor: "3:20"}))
			},
			path: "/articles?page=3&per_page=20",
		},
		{
			operation: "Articles.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Articles.All(ctx, intercom.NumberedListParams{}))
			},
			path: "/articles?per_page=50",
		},
		{
			operation: "Articles.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Articles.Create(ctx, intercom.ArticleCreateParams{
					Title: "Watering your herbs", Description: "How much and when", Body: "<p>Little, and often.</p>",
					AuthorID: "5017", State: intercom.ArticleStatePublished,
					ParentID: "88", ParentType: intercom.ArticleParentTypeCollection,
					TranslatedContent: map[string]intercom.ArticleContentParams{
						"de": {Title: "Kräuter gießen", AuthorID: "5018", State: intercom.ArticleStateDraft},
						"id": {Title: "Menyiram tanaman"},
					},
				}))
			},
			path: "/articles",
			body: `{"title":"Watering your herbs","description":"How much and when","body":"<p>Little, and often.</p>",
				"author_id":5017,"state":"published","parent_id":88,"parent_type":"collection",
				"translated_content":{"de":{"title":"Kräuter gießen","author_id":5018,"state":"draft"},"id":{"title":"Menyiram tanaman"}}}`,
		},
		{
			operation: "Articles.Create", variant: "with what 2.16 adds",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Articles.Create(ctx, intercom.ArticleCreateParams{
					Title: "Repotting", AuthorID: "5017", BodyMarkdown: "# In spring",
					AudienceIDs: []string{"61"}, AIChatbotAvailability: intercom.Set(false),
				}))
			},
			path:    "/articles",
			body:    `{"title":"Repotting","author_id":5017,"body_markdown":"# In spring","audience_ids":[61],"ai_chatbot_availability":false}`,
			version: intercom.V2_16,
		},
		{
			operation: "Articles.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Articles.Update(ctx, "310", intercom.ArticleUpdateParams{
					Title: intercom.Set("Watering"), Description: intercom.Set(""), AuthorID: intercom.Set("5018"),
					ParentID:          intercom.Set("89"),
					TranslatedContent: intercom.Set(map[string]intercom.ArticleContentParams{"de": {AuthorID: "5017"}}),
				}))
			},
			path: "/articles/310",
			body: `{"title":"Watering","description":"","author_id":5018,"parent_id":"89","translated_content":{"de":{"author_id":5017}}}`,
		},
		{
			operation: "Articles.Delete",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.Articles.Delete(ctx, "310")) },
			path:      "/articles/310",
		},
	})
}

func TestArticlesRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "empty id",
			call: func(ctx context.Context, c *intercom.Client) error { return first(c.Articles.Get(ctx, "")) },
			want: "intercom: Articles.Get: id is empty",
		},
		{
			name: "no title",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Articles.Create(ctx, intercom.ArticleCreateParams{AuthorID: "1"}))
			},
			want: "intercom: Articles.Create: title is required",
		},
		{
			name: "no author",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Articles.Create(ctx, intercom.ArticleCreateParams{Title: "x"}))
			},
			want: "intercom: Articles.Create: author_id is required",
		},
		{
			name: "author that is no number",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Articles.Update(ctx, "1", intercom.ArticleUpdateParams{AuthorID: intercom.Set("mia")}))
			},
			want: `intercom: Articles.Update: author_id: "mia" is no number, as the API wants it`,
		},
		{
			name: "field of a later version",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Articles.Update(ctx, "1", intercom.ArticleUpdateParams{ScheduledPublishAt: intercom.Null[string]()}))
			},
			want: `intercom: Articles.Update: Intercom-Version 2.8 does not take scheduled_publish_at, the first that does is 2.16; set it with WithVersion("2.16")`,
		},
		{
			name: "field of a later version in a translation",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Articles.Create(ctx, intercom.ArticleCreateParams{
					Title: "x", AuthorID: "1",
					TranslatedContent: map[string]intercom.ArticleContentParams{"fr": {BodyMarkdown: "x"}},
				}))
			},
			want: `intercom: Articles.Create: Intercom-Version 2.8 does not take translated_content.*.body_markdown, the first that does is 2.16; set it with WithVersion("2.16")`,
		},
		{
			name: "page that is too large",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Articles.All(ctx, intercom.NumberedListParams{PerPage: 51}))
			},
			want: "intercom: Articles.List: per_page is 51; the API gives at most 50",
		},
	})
}

func TestArticleDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "articles/article.json")))
	a, err := client.Articles.Get(t.Context(), "310")
	require.NoError(t, err)

	assert.Equal(t, "article", a.Type)
	assert.Equal(t, "310", a.ID)
	assert.Equal(t, "grwn4x2k", a.WorkspaceID)
	assert.Equal(t, "88", a.ParentID, "a number becomes text")
	assert.Equal(t, intercom.ArticleParentTypeCollection, a.ParentType)
	assert.Equal(t, []string{"88", "12"}, a.ParentIDs)
	assert.Equal(t, "Watering your herbs", a.Title)
	assert.Empty(t, a.Description, "null is empty")
	assert.Equal(t, "<p>Little, and often.</p>", a.Body)
	assert.Equal(t, "5017", a.AuthorID)
	assert.Equal(t, intercom.ArticleStatePublished, a.State)
	assert.Equal(t, at(1731400000), a.CreatedAt)
	assert.Equal(t, at(1731486400), a.UpdatedAt, "a number in a string is a time too")
	assert.Equal(t, "https://help.greenthumb.example/en/articles/310", a.URL)
	assert.Equal(t, "en", a.DefaultLocale)

	s := a.Statistics
	require.NotNil(t, s)
	assert.Equal(t, 412, *s.Views)
	assert.Equal(t, 9, *s.Conversions)
	assert.Nil(t, s.Conversations, "null is not 0")
	assert.Equal(t, 31, *s.Reactions, "a number in a string")
	assert.InDelta(t, 77.4, *s.HappyReactionPercentage, 1e-9)
	assert.InDelta(t, 12.9, *s.NeutralReactionPercentage, 1e-9)
	assert.InDelta(t, 0, *s.SadReactionPercentage, 0)

	require.NotNil(t, a.TranslatedContent)
	assert.Equal(t, "article_translated_content", a.TranslatedContent.Type)
	require.Len(t, a.TranslatedContent.Locales, 2, "a language that is null is none")
	german := a.TranslatedContent.Locales["de"]
	assert.Equal(t, "Kräuter gießen", german.Title)
	assert.Equal(t, intercom.ArticleStateDraft, german.State)
	assert.Equal(t, "5018", german.AuthorID)
	assert.Equal(t, at(1731486000), german.UpdatedAt)
	assert.Equal(t, "Menyiram tanaman", a.TranslatedContent.Locales["id"].Title, "the code of a language, no id")

	assert.JSONEq(t, `{"minutes":2}`, string(a.UnknownFields()["reading_time"]))
}

func TestArticleListDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "articles/list.json")))
	page, err := client.Articles.List(t.Context(), intercom.NumberedListParams{})
	require.NoError(t, err)
	assert.Equal(t, 41, page.TotalCount)
	assert.Equal(t, 1, page.Number)
	assert.Equal(t, 2, page.TotalPages)
	assert.Equal(t, "2:25", page.NextCursor)
	require.Len(t, page.Items, 2)
	assert.Equal(t, "Watering your herbs", page.Items[0].Title)
	assert.Nil(t, page.Items[0].Statistics)
	assert.Empty(t, page.Items[1].ParentID)
	assert.Equal(t, intercom.ArticleStateDraft, page.Items[1].State)
}

func TestArticleDeletedDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"id":310,"object":"article","deleted":true}`))
	gone, err := client.Articles.Delete(t.Context(), "310")
	require.NoError(t, err)
	assert.Equal(t, "310", gone.ID)
	assert.Equal(t, "article", gone.Object)
	assert.True(t, gone.Deleted)
}
