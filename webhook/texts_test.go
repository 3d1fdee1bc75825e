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
