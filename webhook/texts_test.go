package webhook_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// The functions below hold the code of docs/webhooks.md, so that it is
// compiled.

func textHandler(client *intercom.Client, note intercom.ConversationNoteParams) error {
	h, err := webhook.NewHandler(os.Getenv("INTERCOM_CLIENT_SECRET"),
		webhook.WithWorkers(4, 1000),
		webhook.WithErrorHook(func(ctx context.Context, _ *webhook.Notification, err error) {
			slog.ErrorContext(ctx, "webhook", "error", err)
		}),
	)
	if err != nil {
		return err
	}
	webhook.On(h, webhook.ConversationUserCreated, func(ctx context.Context, e *webhook.Event[intercom.Conversation]) error {
		_, err := client.Conversations.AddNote(ctx, e.Item.ID, note)
		return err
	})
	return textServe(h)
}

func textServe(h *webhook.Handler) error {
	mux := http.NewServeMux()
	mux.Handle("/intercom", h)
	server := &http.Server{
		Addr: ":8080", Handler: mux,
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second,
	}
	waitForEnd(server, h)
	return nil
}

func waitForEnd(server *http.Server, h *webhook.Handler) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go server.ListenAndServe()
	<-ctx.Done()

	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	server.Shutdown(ctx) // requests under way are answered
	h.Shutdown(ctx)      // what was accepted is handled
}

func textWords(h *webhook.Handler, answer func(ctx context.Context, id, text string) error) {
	webhook.On(h, webhook.ConversationUserCreated, func(ctx context.Context, e *webhook.Event[intercom.Conversation]) error {
		if e.Item.Source == nil {
			return nil
		}
		return answer(ctx, e.Item.ID, e.Item.Source.Body)
	})
	webhook.On(h, webhook.ConversationUserReplied, func(ctx context.Context, e *webhook.Event[intercom.Conversation]) error {
		if e.Item.Parts == nil {
			return nil
		}
		for _, part := range e.Item.Parts.Parts {
			if err := answer(ctx, e.Item.ID, part.Body); err != nil {
				return err
			}
		}
		return nil
	})
}

func textWorkspace(t *testing.T, h http.Handler, secret string) *intercomtest.Server {
	workspace := intercomtest.New(t)
	workspace.AddWebhookHandler(h, secret)
	client, err := workspace.Client()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Role: intercom.ContactRoleUser, Email: "ada@example.com"}); err != nil {
		t.Fatal(err)
	}
	workspace.FlushWebhooks() // all that happened is told now
	return workspace
}

func textRotation() {
	webhook.NewHandler(os.Getenv("INTERCOM_CLIENT_SECRET"),
		webhook.WithSecret(os.Getenv("INTERCOM_CLIENT_SECRET_OTHER")))
}

type store struct{ db *sql.DB }

func (s store) Seen(ctx context.Context, id string) (seen bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM notifications WHERE id = $1)`, id).Scan(&seen)
	return seen, err
}

func (s store) Mark(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO notifications (id) VALUES ($1) ON CONFLICT DO NOTHING`, id)
	return err
}

// publisher stands for a durable queue.
type publisher struct{ messages [][]byte }

func (q *publisher) Publish(_ context.Context, message []byte) error {
	q.messages = append(q.messages, message)
	return nil
}

func textReceive(receiver *webhook.Handler, queue *publisher) {
	receiver.OnOther(func(ctx context.Context, n *webhook.Notification) error {
		message, err := json.Marshal(n)
		if err != nil {
			return err
		}
		return queue.Publish(ctx, message)
	})
}

func textDispatch(ctx context.Context, handler *webhook.Handler, message []byte) error {
	var n webhook.Notification
	if err := json.Unmarshal(message, &n); err != nil {
		return err
	}
	return handler.Dispatch(ctx, &n)
}

func textTest(h http.Handler, w http.ResponseWriter, secret string, body []byte) {
	r := httptest.NewRequest(http.MethodPost, "/intercom", bytes.NewReader(body))
	r.Header.Set(webhook.SignatureHeader, webhook.Sign(secret, body))
	h.ServeHTTP(w, r)
}

// What the text promises about a queue between receiving and handling.
func TestThroughAQueue(t *testing.T) {
	t.Parallel()
	var _ webhook.Store = store{}
	_, _, _ = textHandler, waitForEnd, textRotation
	receiver, err := webhook.NewHandler("secret")
	require.NoError(t, err)
	queue := &publisher{}
	textReceive(receiver, queue)
	answer := httptest.NewRecorder()
	textTest(receiver, answer, "secret", []byte(`{"type":"notification_event","id":"notif_1","topic":"company.created","data":{"type":"notification_event_data","item":{"type":"company","id":"65f1b2c3d4e5f60718293a4b","name":"Quay"}}}`))
	require.Equal(t, http.StatusOK, answer.Code)
	require.Len(t, queue.messages, 1)

	handler, err := webhook.NewHandler("secret")
	require.NoError(t, err)
	var name string
	webhook.On(handler, webhook.CompanyCreated, func(_ context.Context, e *webhook.Event[intercom.Company]) error {
		name = e.Item.Name
		return nil
	})
	require.NoError(t, textDispatch(t.Context(), handler, queue.messages[0]))
	assert.Equal(t, "Quay", name)
}

// What the text promises about the words of people, told by a fake workspace.
func TestWordsOfPeople(t *testing.T) {
	t.Parallel()
	h, err := webhook.NewHandler(secret)
	require.NoError(t, err)
	var words []string
	textWords(h, func(_ context.Context, _, text string) error {
		words = append(words, text)
		return nil
	})
	workspace := textWorkspace(t, h, secret)
	client, err := workspace.Client()
	require.NoError(t, err)
	user, err := client.Contacts.FindByEmail(t.Context(), "ada@example.com")
	require.NoError(t, err)
	begun, err := client.Conversations.Create(t.Context(), intercom.ConversationCreateParams{
		From: intercom.ConversationSender{Type: "user", ID: user.ID}, Body: "Is there a berth?",
	})
	require.NoError(t, err)
	_, err = client.Conversations.ReplyAsContact(t.Context(), begun.ConversationID, intercom.ConversationContactReplyParams{
		Contact: intercom.ContactByID(user.ID), Body: "For tonight.",
	})
	require.NoError(t, err)
	workspace.FlushWebhooks()
	require.Len(t, words, 2)
	assert.Contains(t, words[0], "Is there a berth?")
	assert.Contains(t, words[1], "For tonight.")
	for _, delivery := range workspace.WebhookDeliveries() {
		assert.Equal(t, http.StatusOK, delivery.Status)
	}
}

// TestSignedByOpenssl holds the signature of the text's curl command.
func TestSignedByOpenssl(t *testing.T) {
	t.Parallel()
	body := []byte(`{"type":"notification_event","id":"try-1","topic":"ping","data":{"item":{"type":"ping"}}}`)
	h, err := webhook.NewHandler("harbour master")
	require.NoError(t, err)
	r := httptest.NewRequest(http.MethodPost, "/intercom", bytes.NewReader(body))
	r.Header.Set("X-Hub-Signature", "sha1=dea9544ae634d2f851e7620642dc4e83e1fe58ed")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	assert.Equal(t, http.StatusOK, answer.Code)
}
