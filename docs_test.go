package intercom_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// The functions below hold the code of docs/errors.md and docs/testing.md, each
// block as it stands there, so that it is compiled and run.

func docsErrors(ctx context.Context, client *intercom.Client, id string) error {
	contact, err := client.Contacts.Get(ctx, id)
	var apiErr *intercom.Error
	switch {
	case err == nil:
		fmt.Println("found", contact.Name)
	case intercom.IsNotFound(err):
		fmt.Println("no such contact")
	case intercom.IsTemporary(err):
		fmt.Println("try again later")
	case errors.As(err, &apiErr):
		fmt.Println("refused with", apiErr.StatusCode)
	default:
		return err
	}
	return nil
}

func docsCodes(ctx context.Context, client *intercom.Client) error {
	_, err := client.Tags.Upsert(ctx, intercom.TagUpsertParams{ID: "404", Name: "beta"})
	if intercom.HasCode(err, intercom.CodeTagNotFound, intercom.CodeNotFound) {
		fmt.Println("that tag is gone")
	}
	return err
}

func docsGoOn(ctx context.Context, client *intercom.Client, cursor string) (string, error) {
	for contact, err := range client.Contacts.All(ctx, intercom.ContactListParams{Cursor: cursor}) {
		var page *intercom.PageError
		if errors.As(err, &page) {
			return page.Cursor, err // save it; the page is read anew from there
		}
		if err != nil {
			return cursor, err
		}
		fmt.Println(contact.Email)
	}
	return "", nil
}

func TestErrorsTextRuns(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t)
	server.SeedContacts(200) // Two pages.
	client, err := server.Client(intercom.WithoutRetry())
	require.NoError(t, err)
	ctx := t.Context()

	require.NoError(t, docsErrors(ctx, client, "5f0000000000000000000000"))
	require.Error(t, docsErrors(ctx, client, ""))
	require.True(t, intercom.IsNotFound(docsCodes(ctx, client)))

	require.NoError(t, docsCount(ctx, client, intercom.Field("role").Eq("user")))

	server.Inject(intercomtest.Fault{Operation: "Contacts.List", After: 1, Times: -1, Status: http.StatusForbidden})
	cursor, err := docsGoOn(ctx, client, "")
	require.Error(t, err)
	require.NotEmpty(t, cursor)
	server.ClearFaults()
	server.ForgetRequests()
	_, err = docsGoOn(ctx, client, cursor)
	require.NoError(t, err)
	assert.Len(t, server.Requests("Contacts.List"), 1, "only the page that failed is read")

	server.Inject(intercomtest.Fault{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"30"}}})
	patient, err := client.With(intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3}))
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	_, err = patient.Tags.List(ctx)
	assert.True(t, intercom.IsTimeout(err), err)
	assert.True(t, intercom.IsRateLimited(err), err)
}

// welcome is what a reader of docs/testing.md may want to test.
func welcome(ctx context.Context, client *intercom.Client, email string) error {
	_, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Role: intercom.ContactRoleUser, Email: email})
	return err
}

func TestWelcome(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t) // closes itself when the test ends
	client, err := server.Client()
	require.NoError(t, err)

	require.NoError(t, welcome(t.Context(), client, "ada@example.com"))

	contacts := server.Contacts()
	require.Len(t, contacts, 1)
	assert.Equal(t, "ada@example.com", contacts[0].Email)
}

// docsCount holds code of docs/search.md.
func docsCount(ctx context.Context, client *intercom.Client, query intercom.Query) error {
	page, err := client.Contacts.Search(ctx, intercom.ContactSearchParams{Query: query, PerPage: 1})
	if err != nil {
		return err
	}
	fmt.Println(page.TotalCount, "contacts")
	return nil
}

func docsSeed(server *intercomtest.Server) {
	server.Seed(
		intercom.Tag{ID: "7", Name: "beta"},
		intercom.Contact{ID: "c-1", Role: intercom.ContactRoleUser, Email: "ada@example.com"},
		intercom.Conversation{
			ID: "21", Title: "Where is the anchor?",
			Contacts: &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: "c-1"}}},
		},
		intercomtest.Segment{
			Segment: intercom.Segment{Name: "Skippers"},
			Rule:    intercom.Field("role").Eq(intercom.ContactRoleUser), // who is in it
		},
	)
}

func docsFaults(server *intercomtest.Server) {
	server.Inject(
		intercomtest.Fault{Operation: "Contacts.Get", Status: http.StatusBadGateway, Times: 2},
		intercomtest.Fault{Operation: "Contacts.Update", Status: http.StatusUnprocessableEntity, Code: intercom.CodeDataInvalid},
	)
}

func TestTestingTextRuns(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t)
	client, err := server.Client(intercom.WithRetry(intercom.RetryPolicy{MinBackoff: time.Millisecond}))
	require.NoError(t, err)
	ctx := t.Context()
	require.NoError(t, welcome(ctx, client, "ada@example.com"))
	created := server.Requests("Contacts.Create")
	require.Len(t, created, 1)
	assert.JSONEq(t, `{"role": "user", "email": "ada@example.com"}`, string(created[0].Body))

	server = intercomtest.New(t)
	docsSeed(server)
	client, err = server.Client(intercom.WithRetry(intercom.RetryPolicy{MinBackoff: time.Millisecond, MaxBackoff: time.Millisecond}))
	require.NoError(t, err)
	require.Len(t, server.Conversations(), 1)
	segment := server.Segments()[0]
	require.NotNil(t, segment.Count)
	assert.Equal(t, 1, *segment.Count)

	docsFaults(server)
	var meta intercom.Response
	_, err = client.Contacts.Get(ctx, "c-1", intercom.WithResponse(&meta))
	require.NoError(t, err)
	assert.Equal(t, 3, meta.Attempts)
	_, err = client.Contacts.Update(ctx, "c-1", intercom.ContactUpdateParams{Name: intercom.Set("Ada")})
	assert.True(t, intercom.IsInvalid(err))
}

func TestTestingTextQuirks(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]intercomtest.Option{
		"plain":  nil,
		"quirks": {intercomtest.WithQuirks()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, err := intercomtest.New(t, opts...).Client()
			require.NoError(t, err)
			require.NoError(t, welcome(t.Context(), client, "ada@example.com"))
		})
	}
}

func TestTestingTextClock(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t)
	docsSeed(server)
	client, err := server.Client()
	require.NoError(t, err)
	ctx, id := t.Context(), "21"
	_, err = client.Conversations.Snooze(ctx, id, intercom.ConversationSnoozeParams{
		AdminID: server.Me().ID, SnoozedUntil: intercom.TimestampOf(server.Now().Add(time.Hour)),
	})
	require.NoError(t, err)

	server.Advance(2 * time.Hour)
	conversation, err := client.Conversations.Get(ctx, id, intercom.ConversationGetParams{})
	require.NoError(t, err)
	assert.Equal(t, intercom.ConversationStateOpen, conversation.State)
}

func TestTestingTextWebhooks(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t)
	client, err := server.Client()
	require.NoError(t, err)
	ctx := t.Context()
	handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})

	server.AddWebhookHandler(handler, "client secret")
	_, err = client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "ada@example.com"})
	require.NoError(t, err)
	server.FlushWebhooks()
	assert.Equal(t, "contact.user.created", server.WebhookDeliveries()[0].Topic)
}

func TestTestingTextVirtualTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := intercomtest.New(t, intercomtest.WithoutSocket(), intercomtest.WithRateLimit(2))
		client, err := server.Client()
		require.NoError(t, err)
		begin := time.Now()
		for range 6 {
			_, err := client.Tags.List(t.Context())
			require.NoError(t, err)
		}
		assert.GreaterOrEqual(t, time.Since(begin), 10*time.Second) // two more windows
	})
}
