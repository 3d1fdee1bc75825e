package intercomtest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// TestAnswersFitTheModels reads something of every room in versions of all
// generations: the client knows every member of the answers, and every value
// fits, without quirks.
func TestAnswersFitTheModels(t *testing.T) {
	t.Parallel()
	for _, version := range []intercom.APIVersion{intercom.V2_7, intercom.V2_8, intercom.V2_9, intercom.V2_11, intercom.V2_12, intercom.V2_14, intercom.V2_16} {
		t.Run(string(version), func(t *testing.T) {
			t.Parallel()
			srv := intercomtest.New(t, intercomtest.WithoutSocket(), intercomtest.WithoutQuirks())
			seedRooms(srv)
			client := clientOf(t, srv, intercom.WithVersion(version), intercom.WithDriftHook(func(d intercom.Drift) {
				if d.Operation != "Events.List" { // Its page names the contact, for which a Page has no field.
					t.Errorf("%+v", d)
				}
			}, intercom.DriftUnknownFields()))
			for _, read := range readings(client) {
				if version.AtLeast(read.since) && (read.until == "" || !version.AtLeast(read.until)) {
					assert.NoError(t, read.do(t.Context()), read.name)
				}
			}
		})
	}
}

// reading reads something of a room.
type reading struct {
	name         string
	since, until intercom.APIVersion // until: the first version without it
	do           func(context.Context) error
}

// readings reads something of every room.
func readings(client *intercom.Client) []reading {
	some := intercom.NumberedListParams{}
	return []reading{
		{"article", "", "", one(client.Articles.Get)},
		{"articles", "", "", list(client.Articles.List, some)},
		{"conversation", "", "", func(ctx context.Context) error {
			_, err := client.Conversations.Get(ctx, "1", intercom.ConversationGetParams{})
			return err
		}},
		{"conversations", "", "", list(client.Conversations.List, intercom.ConversationListParams{})},
		{"events", "", "", list(client.Events.List, intercom.EventListParams{Contact: intercom.ContactByID("1")})},
		{"counts", "", "", func(ctx context.Context) error {
			_, err := client.Events.Summaries(ctx, intercom.ContactByID("1"))
			return err
		}},
		{"export", "", "", one(client.Export.Get)},
		{"help center", "", "", one(client.HelpCenter.HelpCenters.Get)},
		{"collections", "", "", list(client.HelpCenter.Collections.List, some)},
		{"sections", "", intercom.V2_10, list(client.HelpCenter.Sections.List, some)},
		{"news", "", "", list(client.News.Items.List, some)},
		{"newsfeeds", "", "", list(client.News.Newsfeeds.List, some)},
		{"phone switch", "", "", func(ctx context.Context) error {
			_, err := client.PhoneSwitch.Create(ctx, intercom.PhoneSwitchCreateParams{Phone: "+4520304050"})
			return err
		}},
		{"team", "", "", one(client.Teams.Get)},
		{"ticket type", intercom.V2_9, "", one(client.TicketTypes.Get)},
		{"ticket", intercom.V2_9, "", one(client.Tickets.Get)},
		{"tickets", intercom.V2_10, "", list(client.Tickets.Search, intercom.TicketSearchParams{Query: intercom.Field("open").Eq(true)})},
		{"visitor", "", "", one(client.Visitors.Get)},
	}
}

// one gets the object with the id 1.
func one[T any](get func(context.Context, string, ...intercom.CallOption) (*T, error)) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := get(ctx, "1")
		return err
	}
}

// list gets the first page of a list, which must not be empty.
func list[T, P any](get func(context.Context, P, ...intercom.CallOption) (*intercom.Page[T], error), params P) func(context.Context) error {
	return func(ctx context.Context) error {
		page, err := get(ctx, params)
		if err == nil && len(page.Items) == 0 {
			return errors.New("the list is empty")
		}
		return err
	}
}

func TestSeededRoomsAreReadBack(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	seedRooms(srv)
	lookAtRooms(srv)
	c := srv.Conversations()[0]
	assert.Equal(t, intercom.ConversationStateOpen, c.State)
	assert.Len(t, c.Contacts.Contacts, 1, "a contact that is not there is left out")
	assert.Len(t, c.Tags.Tags, 1)
	require.Len(t, c.Parts.Parts, 2)
	assert.NotEmpty(t, c.Parts.Parts[1].ID)
	assert.Equal(t, intercom.ConversationPartTypeComment, c.Parts.Parts[0].PartType)
	assert.Equal(t, "1", c.Source.Author.ID, "who takes part has written it")
	assert.Equal(t, "one@x.example", srv.Events()[0].Email)
	assert.Len(t, srv.Events(), 1, "the event of nobody is left out")
	assert.Equal(t, "1", srv.Tickets()[0].TicketType.ID)
	assert.Equal(t, intercom.TicketStateCategorySubmitted, srv.Tickets()[0].TicketState.Category)
	assert.Equal(t, "1", srv.Collections()[0].HelpCenterID)
	assert.Equal(t, "1", srv.Sections()[0].ParentID)
	assert.Equal(t, intercom.NewsItemStateDraft, srv.NewsItems()[0].State)
	assert.Equal(t, []string{"1", "gone"}, srv.Messages()[0].To)
	assert.NotEmpty(t, srv.Visitors()[0].UserID)
	srv.Seed(intercom.Conversation{ID: "1", Title: "Another"})
	require.Len(t, srv.Conversations(), 1, "the same id takes its place")
	assert.Equal(t, "Another", srv.Conversations()[0].Title)
}

// TestChangesAreDated changes something of every room that dates its objects.
func TestChangesAreDated(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket(), intercomtest.WithVersion(intercom.V2_9), intercomtest.WithoutQuirks())
	seedRooms(srv)
	srv.Seed(
		intercom.DataAttribute{ID: "1"},
		intercom.TicketType{ID: "1", TicketTypeAttributes: &intercom.TicketTypeAttributeList{Data: []intercom.TicketTypeAttribute{{ID: "1"}}}},
	)
	srv.Advance(time.Hour)
	now := srv.Now().Unix()
	for request, body := range map[string]string{
		"PUT /articles/1":                  `{"title":"x"}`,
		"PUT /companies/1":                 `{"name":"x"}`,
		"PUT /contacts/1":                  `{"name":"x"}`,
		"PUT /conversations/1":             `{"read":true}`,
		"POST /conversations/1/reply":      `{"message_type":"note","type":"admin","admin_id":1,"body":"x"}`,
		"PUT /data_attributes/1":           `{"description":"x"}`,
		"PUT /help_center/collections/1":   `{"name":"x"}`,
		"PUT /help_center/sections/1":      `{"name":"x"}`,
		"PUT /news/news_items/1":           `{"title":"x","sender_id":1}`,
		"PUT /ticket_types/1":              `{"name":"x"}`,
		"PUT /ticket_types/1/attributes/1": `{"description":"x"}`,
		"PUT /tickets/1":                   `{"is_shared":true}`,
		"PUT /visitors":                    `{"id":"1","name":"x"}`,
	} {
		method, path, _ := strings.Cut(request, " ")
		resp, text := send(t, srv, method, path, body)
		require.Equal(t, 200, resp.StatusCode, "%s: %s", request, text)
		var changed struct {
			UpdatedAt intercom.Timestamp `json:"updated_at"`
		}
		decode(t, text, &changed)
		assert.InDelta(t, now, changed.UpdatedAt.Unix(), 60, request)
	}
}
