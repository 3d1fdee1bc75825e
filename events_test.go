package intercom_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestEventsSend(t *testing.T) {
	t.Parallel()
	ctxOf := intercom.ContactByExternalID("skipper-7")
	checkSent(t, "Events", []sent{
		{
			operation: "Events.List", variant: "by external id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Events.List(ctx, intercom.EventListParams{Contact: ctxOf, PerPage: 2}))
			},
			path: "/events?type=user&user_id=skipper-7&per_page=2",
		},
		{
			operation: "Events.List", variant: "all by id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Events.All(ctx, intercom.EventListParams{Contact: intercom.ContactByID("66a0")}))
			},
			path: "/events?type=user&intercom_user_id=66a0&per_page=50",
		},
		{
			operation: "Events.List", variant: "from a cursor",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Events.List(ctx, intercom.EventListParams{Cursor: "type=user&user_id=skipper-7&before=17"}))
			},
			path: "/events?type=user&user_id=skipper-7&before=17",
		},
		{
			operation: "Events.Summaries",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Events.Summaries(ctx, intercom.ContactByEmail("a+b@harbour.test")))
			},
			path: "/events?type=user&email=a%2Bb%40harbour.test&summary=true",
		},
		{
			operation: "Events.Submit",
			call: func(ctx context.Context, c *intercom.Client) error {
				return c.Events.Submit(ctx, intercom.EventSubmitParams{
					Name: "moored-boat", CreatedAt: at(1719571111), UserID: "skipper-7",
					Metadata: intercom.CustomAttributesOf(map[string]any{
						"berth": 12, "deep": 3.5, "fee": map[string]any{"amount": 4550, "currency": "eur"}, "ids": []any{json.Number("9007199254740993"), "b"},
						"night": true, "pilot": nil, "until": time.Unix(1719648000, 0),
					}),
				})
			},
			path: "/events",
			body: `{"event_name": "moored-boat", "created_at": 1719571111, "user_id": "skipper-7", "metadata": {
				"berth": 12, "deep": 3.5, "fee": {"amount": 4550, "currency": "eur"}, "ids": [9007199254740993, "b"],
				"night": true, "pilot": null, "until": 1719648000}}`,
		},
		{
			operation: "Events.SubmitSummary",
			call: func(ctx context.Context, c *intercom.Client) error {
				return c.Events.SubmitSummary(ctx, intercom.EventSummaryParams{
					UserID:  "skipper-7",
					Summary: intercom.EventSummaryCount{Name: "moored-boat", Count: 41, First: at(1680423300), Last: at(1719571111)},
				})
			},
			path: "/events/summaries",
			body: `{"user_id": "skipper-7", "event_summaries": {"event_name": "moored-boat", "count": 41, "first": 1680423300, "last": 1719571111}}`,
		},
	})
}

func TestEventsFollowTheNextURL(t *testing.T) {
	t.Parallel()
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		page := "events/page1.json"
		if r.URL.Query().Get("before") == "1719485000" {
			page = "events/page2.json"
		}
		answer(sample(t, page))(w, r)
	})
	params := intercom.EventListParams{Contact: intercom.ContactByExternalID("skipper-7")}
	events := items(t, client.Events.All(t.Context(), params))
	require.Len(t, events, 3)
	assert.Equal(t, "moored-boat", events[0].Name)
	assert.Equal(t, at(1719485000), events[1].CreatedAt)
	assert.Equal(t, "e79f", events[2].ID)

	pages := items(t, client.Events.Pages(t.Context(), params))
	require.Len(t, pages, 2)
	assert.False(t, pages[1].HasNext())
	again, err := client.Events.List(t.Context(), intercom.EventListParams{Cursor: pages[0].NextCursor})
	require.NoError(t, err)
	assert.Equal(t, "e79f", again.Items[0].ID)

	metadata := events[0].Metadata
	ids, ok := metadata.Get("ids")
	require.True(t, ok)
	assert.JSONEq(t, `[9007199254740993, "b"]`, string(ids.(json.RawMessage)))
	fee, ok := metadata.Get("fee")
	require.True(t, ok)
	assert.JSONEq(t, `{"amount": 4550, "currency": "eur"}`, string(fee.(json.RawMessage)))
}

func TestEventSummariesSample(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "events/summaries.json")))
	summary, err := client.Events.Summaries(t.Context(), intercom.ContactByExternalID("skipper-7"))
	require.NoError(t, err)
	require.Len(t, summary.Events, 2)
	assert.Equal(t, 41, summary.Events[0].Count)
	assert.Equal(t, time.Date(2023, 4, 2, 8, 15, 0, 0, time.UTC), summary.Events[0].First.Time())
	assert.Equal(t, 40, summary.Events[1].Count, "a number in a string")
	assert.True(t, summary.Events[1].Last.IsZero())
	assert.NotEmpty(t, summary.Pages.Since)
}

func TestEventsSubmitTakesAnEmptyAnswer(t *testing.T) {
	t.Parallel()
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) })
	require.NoError(t, client.Events.Submit(t.Context(), intercom.EventSubmitParams{Name: "left-port", CreatedAt: at(1719571111), Email: "skipper@harbour.test"}))
}

func TestEventsRefuse(t *testing.T) {
	t.Parallel()
	eleven := map[string]any{}
	for _, name := range "abcdefghijk" {
		eleven[string(name)] = 1
	}
	submit := func(change func(*intercom.EventSubmitParams)) func(context.Context, *intercom.Client) error {
		return func(ctx context.Context, c *intercom.Client) error {
			params := intercom.EventSubmitParams{Name: "left-port", CreatedAt: at(1719571111), ID: "66a0"}
			change(&params)
			return c.Events.Submit(ctx, params)
		}
	}
	metadata := func(values map[string]any) func(context.Context, *intercom.Client) error {
		return submit(func(p *intercom.EventSubmitParams) { p.Metadata = intercom.CustomAttributesOf(values) })
	}
	for _, test := range []struct {
		name, want string
		call       func(context.Context, *intercom.Client) error
	}{
		{"no contact to list", "Events.List: contact is required", func(ctx context.Context, c *intercom.Client) error {
			return first(c.Events.List(ctx, intercom.EventListParams{}))
		}},
		{"no contact to count", "Events.Summaries: contact is required", func(ctx context.Context, c *intercom.Client) error {
			return first(c.Events.Summaries(ctx, intercom.ContactByEmail("")))
		}},
		{"no name", "Events.Submit: event_name is required", submit(func(p *intercom.EventSubmitParams) { p.Name = "" })},
		{"no time", "Events.Submit: created_at is required", submit(func(p *intercom.EventSubmitParams) { p.CreatedAt = at(0) })},
		{"nobody", "Events.Submit: id is required, or user_id or email in its place", submit(func(p *intercom.EventSubmitParams) { p.ID = "" })},
		{"eleven details", "Events.Submit: metadata has 11 keys; the API takes at most 10", metadata(eleven)},
		{"an object in an object", `Events.Submit: metadata "fee" holds an object or a list within another`, metadata(map[string]any{"fee": map[string]any{"a": map[string]any{"b": 1}}})},
		{"a list in an object", `Events.Submit: metadata "fee" holds an object or a list within another`, metadata(map[string]any{"fee": map[string]any{"a": []int{1}}})},
		{"an object in a list", `Events.Submit: metadata "fee" holds an object or a list within another`, metadata(map[string]any{"fee": []any{1, map[string]any{"b": 1}}})},
		{"no JSON", `attribute "fee" can't be sent`, metadata(map[string]any{"fee": make(chan int)})},
		{"no user", "Events.SubmitSummary: user_id is required", func(ctx context.Context, c *intercom.Client) error {
			return c.Events.SubmitSummary(ctx, intercom.EventSummaryParams{Summary: intercom.EventSummaryCount{Name: "x"}})
		}},
		{"no count", "Events.SubmitSummary: event_summaries is required", func(ctx context.Context, c *intercom.Client) error {
			return c.Events.SubmitSummary(ctx, intercom.EventSummaryParams{UserID: "skipper-7"})
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := refused(t, test.call)
			require.ErrorContains(t, err, "intercom: ")
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func TestEventMetadataMayHoldBracesInText(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(""))
	require.NoError(t, client.Events.Submit(t.Context(), intercom.EventSubmitParams{
		Name: "left-port", CreatedAt: at(1719571111), ID: "66a0",
		Metadata: intercom.CustomAttributesOf(map[string]any{"note": "{[", "list": []string{`{"a":[`, `\`}, "empty": map[string]any{}}),
	}))
}
