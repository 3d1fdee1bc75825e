package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

const secret = "a secret"

// ferry is a workspace that tells the bot what happens in it, without a port.
type ferry struct {
	*intercomtest.Server
	client *intercom.Client
	log    bytes.Buffer
	author string
}

func newFerry(t *testing.T) *ferry {
	t.Helper()
	f := &ferry{Server: intercomtest.New(t, intercomtest.WithoutSocket())}
	client, err := f.Client(intercom.WithoutRetry())
	require.NoError(t, err)
	f.client = client
	h, err := newHandler(t.Context(), client, secret, slog.New(slog.NewTextHandler(&f.log, nil)))
	require.NoError(t, err)
	f.AddWebhookHandler(h, secret)
	contact := intercom.Contact{Role: intercom.ContactRoleUser, Name: "Ines"}
	f.Seed(&contact)
	f.author = contact.ID
	return f
}

func (f *ferry) ask(t *testing.T, text string) {
	t.Helper()
	_, err := f.client.Conversations.Create(t.Context(), intercom.ConversationCreateParams{
		From: intercom.ConversationSender{Type: intercom.ConversationSenderTypeUser, ID: f.author}, Body: text,
	})
	require.NoError(t, err)
	f.FlushWebhooks()
}

// parts are what followed in the only conversation.
func (f *ferry) parts(t *testing.T) (parts []string) {
	t.Helper()
	all := f.Conversations()
	require.Len(t, all, 1)
	for _, p := range all[0].Parts.Parts {
		parts = append(parts, string(p.PartType)+" "+plain(p.Body))
	}
	return parts
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for question, want := range map[string]string{
		"What is the STATUS?":      "comment All ferries run on time today.",
		"How much does it cost?":   "comment A ticket is 4 euros, for children 2.",
		"Bye then":                 "close Have a good trip!",
		"Do you take <b>bikes</b>": "note The bot has no answer to this.",
	} {
		t.Run(question, func(t *testing.T) {
			t.Parallel()
			f := newFerry(t)
			f.ask(t, question)
			assert.Equal(t, []string{want}, f.parts(t))
		})
	}
}

func TestAnswersReplies(t *testing.T) {
	t.Parallel()
	f := newFerry(t)
	f.ask(t, "The status?")
	_, err := f.client.Conversations.ReplyToLast(t.Context(), intercom.ConversationContactReplyParams{
		Contact: intercom.ContactByID(f.author), Body: "And the cost?",
	})
	require.NoError(t, err)
	f.FlushWebhooks()
	assert.Equal(t, []string{
		"comment All ferries run on time today.", "comment And the cost?", "comment A ticket is 4 euros, for children 2.",
	}, f.parts(t))
	assert.Contains(t, f.log.String(), "topic=conversation.admin.replied", "of its own replies it hears, too")
}

func TestAnswersTheSecondTime(t *testing.T) {
	t.Parallel()
	f := newFerry(t)
	f.Inject(intercomtest.Fault{Operation: "Conversations.ReplyAsAdmin", Status: 500})
	f.ask(t, "The status?")
	assert.Equal(t, []string{"comment All ferries run on time today."}, f.parts(t))
	assert.Contains(t, f.log.String(), "a notification was not handled")
	var statuses []int
	for _, d := range f.WebhookDeliveries() {
		if d.Topic == string(webhook.ConversationUserCreated) {
			statuses = append(statuses, d.Status)
		}
	}
	assert.Equal(t, []int{http.StatusInternalServerError, http.StatusOK}, statuses)
}

func TestRefusesForgeries(t *testing.T) {
	t.Parallel()
	f := newFerry(t)
	forger := intercomtest.New(t, intercomtest.WithoutSocket())
	h, err := newHandler(t.Context(), f.client, secret, slog.New(slog.NewTextHandler(&f.log, nil)))
	require.NoError(t, err)
	forger.AddWebhookHandler(h, "another secret")
	require.NoError(t, forger.SendWebhook(string(webhook.ContactUserCreated), intercom.Contact{Name: "Nobody"}))
	forger.FlushWebhooks()
	for _, d := range forger.WebhookDeliveries() {
		assert.Equal(t, http.StatusUnauthorized, d.Status)
	}
	assert.NotContains(t, f.log.String(), "Nobody")
	assert.Contains(t, f.log.String(), "a request was refused")
}

func TestServeEndsGracefully(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	begun, finish := make(chan struct{}), make(chan struct{})
	h, err := webhook.NewHandler(secret)
	require.NoError(t, err)
	h.OnOther(func(context.Context, *webhook.Notification) error {
		close(begun)
		<-finish
		return nil
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, listener, h) }()

	var sent sync.WaitGroup
	sent.Go(func() {
		body := `{"topic":"contact.deleted","id":"notif_1"}`
		r := httptest.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodPost, "http://"+listener.Addr().String()+path, strings.NewReader(body))
		r.RequestURI = "" // It is sent, not received.
		r.Header.Set(webhook.SignatureHeader, webhook.Sign(secret, []byte(body)))
		transport := &http.Transport{}
		defer transport.CloseIdleConnections()
		answer, err := transport.RoundTrip(r)
		if assert.NoError(t, err, "what was begun is finished") {
			assert.Equal(t, http.StatusOK, answer.StatusCode)
			_, _ = io.Copy(io.Discard, answer.Body)
			_ = answer.Body.Close()
		}
	})
	<-begun
	stop()
	select {
	case <-ended:
		require.Fail(t, "it ended before its work was done")
	default:
	}
	close(finish)
	sent.Wait()
	require.NoError(t, <-ended)
}

func TestDemo(t *testing.T) {
	t.Setenv("INTERCOM_CLIENT_SECRET", "")
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), nil, &out))
	assert.Contains(t, out.String(), `What was said:
  Ines:            Hi, what is the status of the ferry?
  Mara Lindqvist:  All ferries run on time today.
  Ines:            And what does a ticket cost?
  Mara Lindqvist:  A ticket is 4 euros, for children 2.
  Ines:            Great, bye!
  Mara Lindqvist:  Have a good trip!
The conversation is closed.
`)
}

func TestFlags(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.ErrorIs(t, run(t.Context(), []string{"-h"}, &out), flag.ErrHelp)
	require.Error(t, run(t.Context(), []string{"-addr", "nowhere"}, &out))
}
