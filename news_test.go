package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestNewsRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "News", []sent{
		{
			operation: "News.Items.Get",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.News.Items.Get(ctx, "71")) },
			path:      "/news/news_items/71",
		},
		{
			operation: "News.Items.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.News.Items.List(ctx, intercom.NumberedListParams{}))
			},
			path: "/news/news_items",
		},
		{
			operation: "News.Items.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.News.Items.Pages(ctx, intercom.NumberedListParams{PerPage: 3}))
			},
			path: "/news/news_items?per_page=3",
		},
		{
			operation: "News.Items.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.News.Items.All(ctx, intercom.NumberedListParams{}))
			},
			path: "/news/news_items?per_page=50",
		},
		{
			operation: "News.Items.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.News.Items.Create(ctx, intercom.NewsItemCreateParams{
					Title: "Autumn bulbs are in", Body: "<p>Come and see.</p>", SenderID: "5017",
					State: intercom.NewsItemStateLive, DeliverSilently: true,
					Labels: []string{"Shop"}, Reactions: []string{"🌷", "👍"},
					NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: "6", PublishedAt: at(1731000000)}},
				}))
			},
			path: "/news/news_items",
			body: `{"title":"Autumn bulbs are in","body":"<p>Come and see.</p>","sender_id":5017,"state":"live","deliver_silently":true,
				"labels":["Shop"],"reactions":["🌷","👍"],"newsfeed_assignments":[{"newsfeed_id":6,"published_at":1731000000}]}`,
		},
		{
			operation: "News.Items.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.News.Items.Update(ctx, "71", intercom.NewsItemUpdateParams{
					Title: "Bulbs", SenderID: "5017", DeliverSilently: intercom.Set(false), Reactions: intercom.Set([]string{}),
					NewsfeedAssignments: intercom.Set([]intercom.NewsItemAssignment{{NewsfeedID: "6"}, {NewsfeedID: "7"}}),
				}))
			},
			path: "/news/news_items/71",
			body: `{"title":"Bulbs","sender_id":5017,"deliver_silently":false,"reactions":[],
				"newsfeed_assignments":[{"newsfeed_id":6},{"newsfeed_id":7}]}`,
		},
		{
			operation: "News.Items.Delete",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.News.Items.Delete(ctx, "71")) },
			path:      "/news/news_items/71",
		},
		{
			operation: "News.LiveItems.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.News.LiveItems.List(ctx, "6", intercom.NumberedListParams{Cursor: "4:2"}))
			},
			path: "/news/newsfeeds/6/items?page=4&per_page=2",
		},
		{
			operation: "News.LiveItems.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.News.LiveItems.Pages(ctx, "6", intercom.NumberedListParams{}))
			},
			path: "/news/newsfeeds/6/items",
		},
		{
			operation: "News.LiveItems.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.News.LiveItems.All(ctx, "6", intercom.NumberedListParams{}))
			},
			path: "/news/newsfeeds/6/items?per_page=50",
		},
		{
			operation: "News.Newsfeeds.Get",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.News.Newsfeeds.Get(ctx, "6")) },
			path:      "/news/newsfeeds/6",
		},
		{
			operation: "News.Newsfeeds.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.News.Newsfeeds.List(ctx, intercom.NumberedListParams{}))
			},
			path: "/news/newsfeeds",
		},
		{
			operation: "News.Newsfeeds.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.News.Newsfeeds.Pages(ctx, intercom.NumberedListParams{PerPage: 9}))
			},
			path: "/news/newsfeeds?per_page=9",
		},
		{
			operation: "News.Newsfeeds.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.News.Newsfeeds.All(ctx, intercom.NumberedListParams{}))
			},
			path: "/news/newsfeeds?per_page=50",
		},
	})
}

func TestNewsRefuses(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "no title",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.News.Items.Create(ctx, intercom.NewsItemCreateParams{}))
			},
			want: "intercom: News.Items.Create: title is required",
		},
		{
			name: "update without the sender",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.News.Items.Update(ctx, "71", intercom.NewsItemUpdateParams{Title: "Bulbs"}))
			},
			want: "intercom: News.Items.Update: sender_id is required",
		},
		{
			name: "newsfeed that is no number",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.News.Items.Create(ctx, intercom.NewsItemCreateParams{
					Title: "Bulbs", SenderID: "1", NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: "shop"}},
				}))
			},
			want: `newsfeed_assignments.*.newsfeed_id: "shop" is no number`,
		},
		{
			name: "empty newsfeed id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.News.LiveItems.All(ctx, "", intercom.NumberedListParams{}))
			},
			want: "intercom: News.LiveItems.List: id is empty",
		},
	})
}

func TestNewsItemDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "news/live_items.json")))
	page, err := client.News.LiveItems.List(t.Context(), "6", intercom.NumberedListParams{})
	require.NoError(t, err)
	assert.Equal(t, 2, page.TotalCount)
	assert.False(t, page.HasNext())
	require.Len(t, page.Items, 2)
	n := page.Items[0]
	assert.Equal(t, "news-item", n.Type)
	assert.Equal(t, "71", n.ID)
	assert.Equal(t, "grwn4x2k", n.WorkspaceID)
	assert.Equal(t, "Autumn bulbs are in", n.Title)
	assert.Equal(t, "<p>Come and see.</p>", n.Body)
	assert.Equal(t, "5017", n.SenderID)
	assert.Equal(t, intercom.NewsItemStateLive, n.State)
	assert.Equal(t, []string{"Shop", "Update"}, n.Labels)
	assert.Equal(t, "https://img.greenthumb.example/bulbs.png", n.CoverImageURL)
	assert.Equal(t, []string{"🌷", "👍"}, n.Reactions)
	assert.True(t, n.DeliverSilently)
	assert.Equal(t, at(1730990000), n.CreatedAt)
	assert.Equal(t, at(1731000100), n.UpdatedAt)
	require.Len(t, n.NewsfeedAssignments, 1)
	assert.Equal(t, "6", n.NewsfeedAssignments[0].NewsfeedID)
	assert.Equal(t, at(1731000000), n.NewsfeedAssignments[0].PublishedAt)

	odd := page.Items[1]
	assert.Equal(t, "72", odd.ID, "a number becomes text")
	assert.Empty(t, odd.CoverImageURL)
	assert.Empty(t, odd.Body)
	assert.Empty(t, odd.NewsfeedAssignments)
	assert.Equal(t, []string{"", ""}, odd.Reactions, "the API sends nulls for reactions that are not chosen")
}

func TestNewsfeedDecodes(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "news/newsfeed.json")))
	f, err := client.News.Newsfeeds.Get(t.Context(), "6")
	require.NoError(t, err)
	assert.Equal(t, "newsfeed", f.Type)
	assert.Equal(t, "6", f.ID)
	assert.Equal(t, "Shop customers", f.Name)
	assert.Equal(t, at(1725000000), f.CreatedAt)
	assert.Equal(t, at(1725000500), f.UpdatedAt)
}
