package intercomtest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

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
