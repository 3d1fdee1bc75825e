package intercom_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jarcoal/httpmock"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestConversationsSend(t *testing.T) {
	t.Parallel()
	checkSent(t, "Conversations", append(conversationCalls(), conversationActions()...))
}

func conversationCalls() []sent {
	query := intercom.And(
		intercom.Field("state").Eq("open"),
		intercom.Attribute("Region").Eq("North quay"),
	)
	condition := `"query": {"operator": "AND", "value": [
		{"field": "state", "operator": "=", "value": "open"},
		{"field": "custom_attribute.Region", "operator": "=", "value": "North quay"}]}`
	return []sent{
		{
			operation: "Conversations.Get", variant: "as it is",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Get(ctx, "31", intercom.ConversationGetParams{}))
			},
			path: "/conversations/31",
		},
		{
			operation: "Conversations.Get", variant: "plain and translated", version: intercom.V2_14,
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Get(ctx, "31", intercom.ConversationGetParams{
					DisplayAs: intercom.ConversationDisplayPlainText, IncludeTranslations: true,
				}))
			},
			path: "/conversations/31?display_as=plaintext&include_translations=true",
		},
		{
			operation: "Conversations.List", variant: "one page",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.List(ctx, intercom.ConversationListParams{PerPage: 40, Cursor: "here"}))
			},
			path: "/conversations?per_page=40&starting_after=here",
		},
		{
			operation: "Conversations.List", variant: "all",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Conversations.All(ctx, intercom.ConversationListParams{}))
			},
			path: "/conversations?per_page=150",
		},
		{
			operation: "Conversations.Search", variant: "one page",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Search(ctx, intercom.ConversationSearchParams{
					Query: query, PerPage: 5, Cursor: "here",
					Sort: intercom.Sort{Field: "waiting_since", Order: intercom.Ascending},
				}))
			},
			path: "/conversations/search",
			body: `{` + condition + `, "pagination": {"per_page": 5, "starting_after": "here"},
				"sort": {"field": "waiting_since", "order": "ascending"}}`,
		},
		{
			operation: "Conversations.Search", variant: "all with extras", version: intercom.V2_16,
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Conversations.SearchAll(ctx, intercom.ConversationSearchParams{
					Query: query, IncludeMonitors: true, IncludeScorecards: true,
				}))
			},
			path: "/conversations/search?include_monitors=true&include_scorecards=true",
			body: `{` + condition + `, "pagination": {"per_page": 150}}`,
		},
		{
			operation: "Conversations.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Create(ctx, intercom.ConversationCreateParams{
					From:           intercom.ConversationSender{Type: intercom.ConversationSenderTypeLead, ID: "66a0"},
					Body:           "Is berth 12 free?",
					AttachmentURLs: []string{"https://pics.harbour.test/12.png"},
				}))
			},
			path: "/conversations",
			body: `{"from": {"type": "lead", "id": "66a0"}, "body": "Is berth 12 free?",
				"attachment_urls": ["https://pics.harbour.test/12.png"]}`,
		},
		{
			operation: "Conversations.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Conversations.Update(ctx, "31", intercom.ConversationUpdateParams{
					DisplayAs: intercom.ConversationDisplayPlainText,
					Read:      intercom.Set(false),
					CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{
						"Meter": 4401, "Due": time.Unix(1719648000, 0), "Agreed": nil, "Ids": []string{"a", "b"},
					})),
				}))
			},
			path: "/conversations/31?display_as=plaintext",
			body: `{"read": false, "custom_attributes": {"Agreed": null, "Due": 1719648000, "Ids": ["a", "b"], "Meter": 4401}}`,
		},
	}
}

// get returns the conversation of a sample.
func get(t *testing.T, name string, opts ...intercom.ClientOption) *intercom.Conversation {
	t.Helper()
	client, mock := mockedClient(t, opts...)
	mock.RegisterResponder(http.MethodGet, "https://api.intercom.io/conversations/31", httpmock.NewStringResponder(200, sample(t, name)))
	conversation, err := client.Conversations.Get(t.Context(), "31", intercom.ConversationGetParams{})
	require.NoError(t, err)
	return conversation
}

func TestConversationSample(t *testing.T) {
	t.Parallel()
	var drifts []intercom.Drift
	c := get(t, "conversations/get.json", intercom.WithDriftHook(func(d intercom.Drift) { drifts = append(drifts, d) }, intercom.DriftUnknownFields()))

	assert.Empty(t, drifts, "odd shapes fit all the same")
	assert.Equal(t, "215470000001", c.ID)
	assert.Equal(t, at(1719570000), c.UpdatedAt, "a number in a string")
	assert.True(t, c.WaitingSince.IsZero())
	assert.Equal(t, "7310042", c.AdminAssigneeID)
	assert.Empty(t, c.TeamAssigneeID)
	assert.Equal(t, intercom.ConversationStateClosed, c.State)
	assert.Equal(t, intercom.ConversationPriorityPriority, c.Priority)
	assert.Empty(t, c.Title)

	require.NotNil(t, c.Source)
	assert.Empty(t, c.Source.Subject)
	assert.Empty(t, c.Source.Body)
	assert.Equal(t, intercom.AuthorTypeLead, c.Source.Author.Type)
	require.Len(t, c.Source.Attachments, 1)
	require.NotNil(t, c.Source.Attachments[0].Width)
	assert.Equal(t, 640, *c.Source.Attachments[0].Width)
	assert.Nil(t, c.Source.Attachments[0].Height)

	require.NotNil(t, c.Tags)
	assert.Equal(t, "88", c.Tags.Tags[0].ID)
	assert.Equal(t, intercom.SLAStatusHit, c.SLAApplied.Status)
	require.NotNil(t, c.Rating)
	require.NotNil(t, c.Rating.Rating)
	assert.Equal(t, 5, *c.Rating.Rating)
	assert.Equal(t, "7310042", c.Rating.Teammate.ID)
	require.Len(t, c.Teammates.Admins, 1)
	assert.Equal(t, "7310042", c.Teammates.Admins[0].ID)
	assert.Equal(t, []intercom.ConversationTopic{{Type: "topic", ID: "12", Name: "Invoices"}}, c.Topics.Topics)

	meter, ok := c.CustomAttributes.Int("Meter")
	assert.True(t, ok)
	assert.EqualValues(t, 4401, meter)
	agreed, ok := c.CustomAttributes.Get("Agreed")
	assert.True(t, ok)
	assert.Nil(t, agreed)
}

func TestConversationSampleStatistics(t *testing.T) {
	t.Parallel()
	s := get(t, "conversations/get.json").Statistics
	require.NotNil(t, s)
	assert.Nil(t, s.TimeToAssignment)
	require.NotNil(t, s.TimeToAdminReply)
	assert.Equal(t, 4310, *s.TimeToAdminReply, "a number in a string")
	assert.True(t, s.FirstAdminReplyAt.IsZero())
	assert.Equal(t, "7310042", s.LastClosedByID)
	require.NotNil(t, s.CountReopens)
	assert.Zero(t, *s.CountReopens)
	assert.Nil(t, s.HandlingTime)
}

func TestConversationSampleParts(t *testing.T) {
	t.Parallel()
	list := get(t, "conversations/get.json").Parts
	require.NotNil(t, list)
	assert.Equal(t, 5, list.TotalCount, "one more than there are")
	require.Len(t, list.Parts, 4)

	assigned := make([]*intercom.Reference, len(list.Parts))
	for i, part := range list.Parts {
		assigned[i] = part.AssignedTo
	}
	require.NotNil(t, assigned[0])
	assert.Equal(t, "nobody_admin", assigned[0].Type)
	assert.Empty(t, assigned[0].ID)
	assert.Equal(t, &intercom.Reference{Type: "team", ID: "9001"}, assigned[1])
	require.NotNil(t, assigned[2])
	assert.Equal(t, "7310042", assigned[2].ID, "a bare id")
	assert.Nil(t, assigned[3])

	assert.Empty(t, list.Parts[0].Body)
	assert.Equal(t, intercom.AuthorTypeBot, list.Parts[0].Author.Type)
	assert.Equal(t, "2", list.Parts[1].ID)
	assert.Equal(t, intercom.ConversationPartTypeComment, list.Parts[2].PartType)
	assert.True(t, list.Parts[3].UpdatedAt.IsZero())
}

func TestConversationsListSample(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "conversations/list.json")))
	page, err := client.Conversations.List(t.Context(), intercom.ConversationListParams{PerPage: 2})
	require.NoError(t, err)
	assert.Equal(t, 3, page.TotalCount)
	assert.Equal(t, "WzE3MTk1LDIxNV0=", page.NextCursor)
	require.Len(t, page.Items, 2)
	assert.Nil(t, page.Items[0].Statistics)
	assert.Nil(t, page.Items[0].Teammates)
	assert.Nil(t, page.Items[0].Parts)
	assert.Equal(t, intercom.ConversationStateSnoozed, page.Items[1].State)
	assert.Equal(t, at(1719648000), page.Items[1].SnoozedUntil)
}

func TestConversationsIterate(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	query := intercom.Field("open").Eq(true)
	// The second page is the last one, whichever way it is asked for.
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		body := new(strings.Builder)
		_ = r.Write(body)
		w.Header().Set("Content-Type", "application/json")
		if strings.Contains(body.String(), "WzE3MTk1LDIxNV0=") || strings.Contains(body.String(), "WzE3MTk1LDIxNV0%3D") {
			_, _ = w.Write([]byte(`{"type": "conversation.list", "conversations": [{"id": "215470000003"}]}`))
			return
		}
		_, _ = w.Write([]byte(sample(t, "conversations/list.json")))
	})
	ids := func(list []*intercom.Conversation) (ids []string) {
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		return ids
	}
	want := []string{"215470000001", "215470000002", "215470000003"}
	assert.Equal(t, want, ids(items(t, client.Conversations.All(ctx, intercom.ConversationListParams{}))))
	assert.Equal(t, want, ids(items(t, client.Conversations.SearchAll(ctx, intercom.ConversationSearchParams{Query: query}))))
	assert.Len(t, items(t, client.Conversations.Pages(ctx, intercom.ConversationListParams{})), 2)
	assert.Len(t, items(t, client.Conversations.SearchPages(ctx, intercom.ConversationSearchParams{Query: query})), 2)
}

func TestConversationCreatedNamesTheConversation(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"type": "user_message", "id": "9", "body": "Hi", "message_type": "inapp", "conversation_id": 31}`))
	message, err := client.Conversations.Create(t.Context(), intercom.ConversationCreateParams{
		From: intercom.ConversationSender{Type: intercom.ConversationSenderTypeUser, ID: "66a0"}, Body: "Hi",
	})
	require.NoError(t, err)
	assert.Equal(t, "31", message.ConversationID)
}

func TestConversationsRefuse(t *testing.T) {
	t.Parallel()
	sender := intercom.ConversationSender{Type: intercom.ConversationSenderTypeUser, ID: "66a0"}
	for want, call := range map[string]func(context.Context, *intercom.Client) error{
		"intercom: Conversations.Get: id is empty": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Get(ctx, "", intercom.ConversationGetParams{}))
		},
		"intercom: Conversations.List: per_page is 151; the API gives at most 150": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.List(ctx, intercom.ConversationListParams{PerPage: 151}))
		},
		"intercom: Conversations.Create: from is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Create(ctx, intercom.ConversationCreateParams{Body: "Hi"}))
		},
		"intercom: Conversations.Create: from.id is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Create(ctx, intercom.ConversationCreateParams{From: intercom.ConversationSender{Type: "user"}, Body: "Hi"}))
		},
		"intercom: Conversations.Create: attachment_urls has more than 10 elements": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Create(ctx, intercom.ConversationCreateParams{From: sender, Body: "Hi", AttachmentURLs: make([]string, 11)}))
		},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			assert.ErrorContains(t, refused(t, call), want)
		})
	}
}

func TestConversationsRefuseWhatAVersionLacks(t *testing.T) {
	t.Parallel()
	for field, call := range map[string]func(context.Context, *intercom.Client) error{
		"include_translations": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Get(ctx, "31", intercom.ConversationGetParams{IncludeTranslations: true}))
		},
		"include_monitors": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Search(ctx, intercom.ConversationSearchParams{Query: intercom.Field("open").Eq(true), IncludeMonitors: true}))
		},
		"title": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Conversations.Update(ctx, "31", intercom.ConversationUpdateParams{Title: intercom.Set("Berths")}))
		},
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			err := refused(t, call)
			assert.True(t, intercom.IsVersion(err))
			assert.ErrorContains(t, err, field)
		})
	}
}

// refused makes a call that must fail without anything being sent, and returns
// its error.
func refused(t *testing.T, call func(context.Context, *intercom.Client) error, opts ...intercom.ClientOption) error {
	t.Helper()
	client := clientOf(t, func(http.ResponseWriter, *http.Request) {
		assert.Fail(t, "something was sent")
	}, opts...)
	err := call(t.Context(), client)
	require.Error(t, err)
	return err
}
