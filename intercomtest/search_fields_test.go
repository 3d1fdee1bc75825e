package intercomtest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// full is the moment that everything happened at in the objects which have all.
var full = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

// searchOne tells the ids that a search by a single filter finds.
func searchOne(t *testing.T, srv *Server, path, field, operator string, value any) []string {
	t.Helper()
	query, err := json.Marshal(map[string]any{"query": map[string]any{"field": field, "operator": operator, "value": value}})
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+path, strings.NewReader(string(query)))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+Token)
	r.Header.Set("Intercom-Version", "2.16")
	resp, err := srv.Transport().RoundTrip(r)
	require.NoError(t, err)
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, 200, resp.StatusCode, "%s %s: %s", field, operator, text)
	type found []struct{ ID any }
	var answer struct {
		Data, Conversations, Tickets found
	}
	require.NoError(t, json.Unmarshal(text, &answer))
	ids := []string{}
	for _, o := range slices.Concat(answer.Data, answer.Conversations, answer.Tickets) {
		ids = append(ids, fmt.Sprint(o.ID))
	}
	return ids
}

// testFields searches by every field: what it equals finds the object that has
// it, and no other.
func testFields[T any](t *testing.T, srv *Server, path string, s *searchable[T], values map[string]any) {
	t.Helper()
	assert.ElementsMatch(t, slices.Collect(maps.Keys(s.fields)), slices.Collect(maps.Keys(values)), "every field has a value here")
	for field, value := range values {
		assert.Equal(t, []string{"1"}, searchOne(t, srv, path, field, "=", value), "%s = %v", field, value)
		if _, ok := s.fields[field].(momentField[T]); !ok || !s.wholeDays {
			assert.Equal(t, []string{"2"}, searchOne(t, srv, path, field, "!=", value), "%s != %v", field, value)
		}
	}
}

func TestContactsAreSearchedByEveryField(t *testing.T) {
	t.Parallel()
	srv := New(t, WithoutSocket())
	at := intercom.TimestampOf(full)
	srv.Seed(
		intercom.Admin{ID: "9"}, intercom.Tag{ID: "7"}, Segment{Segment: intercom.Segment{ID: "s"}, Rule: intercom.Field("id").Eq("1")},
		intercom.Contact{
			ID: "1", ExternalID: "x", Email: "Ada@Tidal.example", Phone: "+4520304050", Name: "Ada", OwnerID: "9",
			Avatar:         &intercom.Avatar{ImageURL: "https://img.example/ada.png"},
			HasHardBounced: true, MarkedEmailAsSpam: true, UnsubscribedFromEmails: true, UnsubscribedFromSMS: true,
			CreatedAt: at, UpdatedAt: at, SignedUpAt: at, LastSeenAt: at, LastRepliedAt: at, LastContactedAt: at,
			LastEmailOpenedAt: at, LastEmailClickedAt: at, LanguageOverride: "da", Browser: "firefox", BrowserVersion: "140",
			BrowserLanguage: "da", OS: "Linux", Location: &intercom.ContactLocation{Country: "Denmark", Region: "Fyn", City: "Odense"},
			AndroidAppName: "a1", AndroidAppVersion: "a2", AndroidDevice: "a3", AndroidOSVersion: "a4", AndroidSDKVersion: "a5", AndroidLastSeenAt: at,
			IOSAppName: "i1", IOSAppVersion: "i2", IOSDevice: "i3", IOSOSVersion: "i4", IOSSDKVersion: "i5", IOSLastSeenAt: at,
			UTMCampaign: "u1", UTMContent: "u2", UTMMedium: "u3", UTMSource: "u4", UTMTerm: "u5", Referrer: "https://found.example",
			Tags: &intercom.LinkList{Data: []intercom.Link{{ID: "7"}}},
		},
		intercom.Contact{ID: "2", Role: intercom.ContactRoleLead, CreatedAt: intercom.TimestampOf(full.AddDate(0, 0, 2))},
	)
	values := map[string]any{
		"id": "1", "role": "user", "external_id": "x", "email": "ada@tidal.example", "email_domain": "tidal.example",
		"phone": "+4520304050", "formatted_phone": "+4520304050", "name": "Ada", "avatar": "https://img.example/ada.png", "owner_id": "9",
		"language_override": "da", "browser": "firefox", "browser_version": 140, "browser_language": "da", "os": "Linux",
		"location.country": "Denmark", "location.region": "Fyn", "location.city": "Odense",
		"android_app_name": "a1", "android_app_version": "a2", "android_device": "a3", "android_os_version": "a4", "android_sdk_version": "a5",
		"ios_app_name": "i1", "ios_app_version": "i2", "ios_device": "i3", "ios_app_device": "i3", "ios_os_version": "i4", "ios_sdk_version": "i5",
		"utm_campaign": "u1", "utm_content": "u2", "utm_medium": "u3", "utm_source": "u4", "utm_term": "u5", "referrer": "https://found.example",
		"tag_id": "7", "segment_id": "s",
		"has_hard_bounced": true, "marked_email_as_spam": true, "unsubscribed_from_emails": true, "unsubscribed_from_sms": true,
	}
	for name := range contactMoments {
		values[name] = full.Unix()
	}
	testFields(t, srv, "/contacts/search", srv.space.contactSearch, values)
	for name := range contactMoments {
		if name != "created_at" && name != "updated_at" {
			assert.Equal(t, []string{"2"}, searchOne(t, srv, "/contacts/search", name, "=", nil), "%s is not set", name)
			assert.Equal(t, []string{"1"}, searchOne(t, srv, "/contacts/search", name, "!=", nil), "%s is set", name)
		}
	}
}

func TestConversationsAreSearchedByEveryField(t *testing.T) {
	t.Parallel()
	srv := New(t, WithoutSocket())
	at, ten := intercom.TimestampOf(full), 10
	srv.Seed(
		intercom.Admin{ID: "9"}, intercom.Team{ID: "8"}, intercom.Tag{ID: "7"}, intercom.Contact{ID: "c"},
		intercom.Conversation{
			ID: "1", CreatedAt: at, UpdatedAt: at, WaitingSince: at, SnoozedUntil: intercom.TimestampOf(full.AddDate(90, 0, 0)),
			Title: "Cranes", Read: true, Priority: intercom.ConversationPriorityUrgent, AdminAssigneeID: "9", TeamAssigneeID: "8",
			AIAgentParticipated: true,
			Source: &intercom.ConversationSource{
				Type: intercom.ConversationSourceTypeEmail, ID: "s", DeliveredAs: intercom.ConversationDeliveryAdminInitiated, Subject: "A crane",
				Body: "<p>It is <b>stuck</b></p>", URL: "https://quay.example", Author: &intercom.Author{Type: "user", ID: "c", Name: "Ada", Email: "Ada@tidal.example"},
			},
			Contacts:  &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: "c"}}},
			Tags:      &intercom.TagList{Tags: []intercom.Tag{{ID: "7"}}},
			Teammates: &intercom.ConversationTeammates{Admins: []intercom.Reference{{ID: "9"}}},
			Rating: &intercom.ConversationRating{
				Rating: &ten, Remark: "Fine", CreatedAt: at, UpdatedAt: at, Contact: &intercom.ContactReference{ID: "c"},
			},
			AIAgent: &intercom.AIAgent{
				Rating: &ten, RatingRemark: "So so", SourceType: "workflow", SourceTitle: "Cranes", LastAnswerType: "ai_answer", ResolutionState: "assumed_resolution",
			},
			Statistics: &intercom.ConversationStatistics{
				TimeToAssignment: &ten, TimeToAdminReply: &ten, TimeToFirstClose: &ten, TimeToLastClose: &ten, MedianTimeToReply: &ten,
				FirstContactReplyAt: at, FirstAssignmentAt: at, FirstAdminReplyAt: at, FirstCloseAt: at, LastAssignmentAt: at,
				LastAssignmentAdminReplyAt: at, LastContactReplyAt: at, LastAdminReplyAt: at, LastCloseAt: at, LastClosedByID: "9",
				CountReopens: &ten, CountAssignments: &ten, CountConversationParts: &ten,
			},
		},
		intercom.Conversation{ID: "2", State: intercom.ConversationStateClosed},
	)
	values := map[string]any{
		"id": "1", "state": "snoozed", "open": true, "read": true, "title": "Cranes", "priority": "urgent", "channel_initiated": "email",
		"source.type": "email", "source.id": "s", "source.delivered_as": "admin_initiated", "source.subject": "A crane",
		"source.body": "It is stuck", "source.url": "https://quay.example", "source.author.id": "c", "source.author.type": "user",
		"source.author.name": "Ada", "source.author.email": "ada@TIDAL.example",
		"contact_ids": "c", "tag_ids": "7", "teammate_ids": "9", "admin_assignee_id": "9", "team_assignee_id": 8,
		"created_at": full.Unix(), "updated_at": full.Unix(), "waiting_since": full.Unix(), "snoozed_until": full.AddDate(90, 0, 0).Unix(),
		"conversation_rating.score": 10, "conversation_rating.remark": "Fine", "conversation_rating.contact_id": "c",
		"conversation_rating.requested_at": full.Unix(), "conversation_rating.replied_at": full.Unix(),
		"ai_agent_participated": true, "ai_agent.rating": 10, "ai_agent.rating_remark": "So so", "ai_agent.source_type": "workflow",
		"ai_agent.source_title": "Cranes", "ai_agent.last_answer_type": "ai_answer", "ai_agent.resolution_state": "assumed_resolution",
		"statistics.last_closed_by_id": "9",
	}
	for name := range srv.space.conversationSearch.fields {
		switch rest, ok := strings.CutPrefix(name, "statistics."); {
		case !ok:
		case strings.HasSuffix(rest, "_at"):
			values[name] = full.Unix()
		case strings.HasPrefix(rest, "time_"), strings.HasPrefix(rest, "count_"), strings.HasPrefix(rest, "median_"):
			values[name] = 10
		}
	}
	testFields(t, srv, "/conversations/search", srv.space.conversationSearch, values)
}

func TestTicketsAreSearchedByEveryField(t *testing.T) {
	t.Parallel()
	srv := New(t, WithoutSocket())
	at, later := intercom.TimestampOf(full), intercom.TimestampOf(full.AddDate(90, 0, 0))
	srv.Seed(
		intercom.Admin{ID: "9"}, intercom.Team{ID: "8"}, intercom.Contact{ID: "c"}, intercom.Tag{ID: "7"},
		intercom.TicketType{ID: "t"}, intercom.TicketType{ID: "u", Category: intercom.TicketCategoryBackOffice},
		intercom.Ticket{
			ID: "1", CreatedAt: at, UpdatedAt: at, SnoozedUntil: later, AdminAssigneeID: "9", TeamAssigneeID: "8",
			TicketType:       &intercom.TicketType{ID: "t"},
			TicketAttributes: intercom.CustomAttributesOf(map[string]any{"_default_title_": "Bent rail", "_default_description_": "By the crane"}),
			Contacts:         &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: "c"}}},
			TicketParts:      &intercom.TicketPartList{TicketParts: []intercom.TicketPart{{Author: &intercom.Author{Type: "admin", ID: "9"}}}},
		},
		intercom.Ticket{ID: "2", TicketType: &intercom.TicketType{ID: "u"}, TicketState: &intercom.TicketState{Category: "resolved"}},
	)
	client, err := srv.Client(intercom.WithVersion(intercom.V2_16))
	require.NoError(t, err)
	_, err = client.Tickets.Tags.Attach(t.Context(), "1", intercom.TicketTagAttachParams{ID: "7", AdminID: "9"})
	require.NoError(t, err)
	testFields(t, srv, "/tickets/search", srv.space.ticketSearch, map[string]any{
		"id": "1", "title": "Bent rail", "description": "By the crane", "ticket_type_id": "t", "state": "submitted", "category": "request",
		"admin_assignee_id": "9", "team_assignee_id": 8, "open": true, "contact_ids": "c", "tag_ids": "7", "teammate_ids": "9",
		"created_at": full.Unix(), "updated_at": full.Unix(), "snoozed_until": later.Unix(),
	})
}
