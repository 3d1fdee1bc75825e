package intercom_test

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestGetMany(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var running, atOnce atomic.Int64
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			if n := running.Add(1); n > atOnce.Load() {
				atOnce.Store(n)
			}
			defer running.Add(-1)
			id := path.Base(r.URL.Path)
			n, _ := strconv.Atoi(id)
			time.Sleep(time.Duration(100-n%10) * time.Millisecond) // The later ones are quicker.
			if n%7 == 3 {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			assert.Equal(t, "plaintext", r.FormValue("display_as"))
			_, _ = fmt.Fprintf(w, `{"id":%q}`, id)
		})
		params := intercom.ConversationGetManyParams{Concurrency: 4, DisplayAs: intercom.ConversationDisplayPlainText}
		many := client.Conversations.GetMany(t.Context(), numbers(50), params)
		for range 2 { // Ranging twice starts afresh.
			began, i := time.Now(), 0
			for got := range many {
				assert.Equal(t, strconv.Itoa(i), got.ID)
				if i%7 == 3 {
					assert.Nil(t, got.Item)
					assert.True(t, intercom.IsNotFound(got.Err))
				} else {
					require.NoError(t, got.Err)
					assert.Equal(t, got.ID, got.Item.ID)
				}
				i++
			}
			assert.Equal(t, 50, i)
			assert.Less(t, time.Since(began), 50*100*time.Millisecond/3)
		}
		assert.Equal(t, int64(4), atOnce.Load())
	})
}

// Leaving the loop cancels what is on its way and waits for it.
func TestGetManyBreak(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked, ended atomic.Int64
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			defer ended.Add(1)
			if path.Base(r.URL.Path) != "0" {
				<-r.Context().Done()
				time.Sleep(time.Second)
			}
			_, _ = w.Write([]byte(`{}`))
		})
		for got := range client.Conversations.GetMany(t.Context(), numbers(50), intercom.ConversationGetManyParams{}) {
			require.NoError(t, got.Err)
			synctest.Wait()
			break
		}
		assert.Equal(t, int64(9), asked.Load(), "8 at once, and another one when the first has come")
		assert.Equal(t, asked.Load(), ended.Load())
	})
}

func TestGetManyErrors(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"id":"1"}`))
	var results []intercom.Result[intercom.Conversation]
	for got := range client.Conversations.GetMany(t.Context(), []string{"1", "", "1"}, intercom.ConversationGetManyParams{}) {
		results = append(results, got)
	}
	require.Len(t, results, 3)
	require.NoError(t, results[0].Err)
	require.ErrorContains(t, results[1].Err, "intercom: Conversations.Get: ")
	require.NoError(t, results[2].Err)

	for range client.Conversations.GetMany(t.Context(), nil, intercom.ConversationGetManyParams{}) {
		t.Error("a result for no id")
	}
	var none context.Context
	for got := range client.Conversations.GetMany(none, []string{"1"}, intercom.ConversationGetManyParams{}) {
		require.EqualError(t, got.Err, "intercom: Conversations.Get: the context is nil")
	}
	for got := range client.Conversations.GetMany(t.Context(), []string{"1"}, intercom.ConversationGetManyParams{}, nil) {
		require.EqualError(t, got.Err, "intercom: Conversations.Get: an option is nil")
	}
	for got := range client.Conversations.GetMany(t.Context(), []string{"1"}, intercom.ConversationGetManyParams{IncludeTranslations: true}) {
		require.Error(t, got.Err, "2.8 has no translations")
	}
}

// Response and drift hook tell of the conversation that the caller works on.
func TestGetManyTellsTheCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Request-Id", "for-"+path.Base(r.URL.Path))
			_, _ = w.Write([]byte(`{"open":[1]}`))
		})
		var response intercom.Response
		drifts := 0
		i := 0
		for range client.Conversations.GetMany(t.Context(), numbers(20), intercom.ConversationGetManyParams{},
			intercom.WithResponse(&response), intercom.WithDriftHook(func(intercom.Drift) { drifts++ })) {
			synctest.Wait()
			assert.Equal(t, "for-"+strconv.Itoa(i), response.RequestID)
			i++
			assert.Equal(t, i, drifts)
		}
	})
}

func TestTruncated(t *testing.T) {
	t.Parallel()
	parts := func(n int) []intercom.ConversationPart { return make([]intercom.ConversationPart, n) }
	for _, test := range []struct {
		list *intercom.ConversationPartList
		want bool
	}{
		{nil, false},
		{&intercom.ConversationPartList{}, false},
		{&intercom.ConversationPartList{Parts: parts(3), TotalCount: 3}, false},
		{&intercom.ConversationPartList{Parts: parts(3)}, false},
		{&intercom.ConversationPartList{Parts: parts(499), TotalCount: 499}, false},
		{&intercom.ConversationPartList{Parts: parts(500), TotalCount: 500}, true}, // The total is cut, too.
		{&intercom.ConversationPartList{Parts: parts(500), TotalCount: 812}, true},
		{&intercom.ConversationPartList{Parts: parts(3), TotalCount: 4}, true},
	} {
		assert.Equal(t, test.want, test.list.Truncated())
	}
}
