package main

import (
	"context"
	"html"
	"log/slog"
	"regexp"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// newHandler says what to do when Intercom tells of something. Intercom waits
// for the end of it, five seconds at most, and what fails is told once more a
// minute later. Work that may take longer goes to webhook.WithWorkers.
func newHandler(ctx context.Context, client *intercom.Client, secret string, log *slog.Logger) (*webhook.Handler, error) {
	me, err := client.Admins.Me(ctx)
	if err != nil {
		return nil, err
	}
	h, err := webhook.NewHandler(secret,
		webhook.WithErrorHook(func(ctx context.Context, n *webhook.Notification, err error) {
			if n == nil {
				log.WarnContext(ctx, "a request was refused", "error", err)
				return
			}
			log.ErrorContext(ctx, "a notification was not handled", "topic", n.Topic, "id", n.ID, "error", err)
		}),
	)
	if err != nil {
		return nil, err
	}
	b := &bot{client: client, adminID: me.ID, log: log}
	webhook.On(h, webhook.ConversationUserCreated, b.created)
	webhook.On(h, webhook.ConversationUserReplied, b.replied)
	webhook.On(h, webhook.ContactUserCreated, func(ctx context.Context, e *webhook.Event[intercom.Contact]) error {
		log.InfoContext(ctx, "somebody signed up", "name", e.Item.Name)
		return nil
	})
	h.OnOther(func(ctx context.Context, n *webhook.Notification) error {
		log.InfoContext(ctx, "nothing to do", "topic", n.Topic)
		return nil
	})
	return h, nil
}

// bot answers what it knows an answer to.
type bot struct {
	client  *intercom.Client
	adminID string
	log     *slog.Logger
}

// answers are what the bot knows, by the word that asks for it.
var answers = []struct{ word, text string }{
	{"status", "All ferries run on time today."},
	{"cost", "A ticket is 4 euros, for children 2."},
}

// created answers the message that a conversation begins with.
func (b *bot) created(ctx context.Context, e *webhook.Event[intercom.Conversation]) error {
	if e.Item.Source == nil {
		return nil
	}
	return b.answer(ctx, e.Item.ID, plain(e.Item.Source.Body))
}

// replied answers what came later. The conversation has the parts that the
// notification is about.
func (b *bot) replied(ctx context.Context, e *webhook.Event[intercom.Conversation]) error {
	if e.Item.Parts == nil {
		return nil
	}
	for _, part := range e.Item.Parts.Parts {
		if err := b.answer(ctx, e.Item.ID, plain(part.Body)); err != nil {
			return err
		}
	}
	return nil
}

func (b *bot) answer(ctx context.Context, id, text string) error {
	words := strings.ToLower(text)
	for _, a := range answers {
		if strings.Contains(words, a.word) {
			b.log.InfoContext(ctx, "answering", "question", text)
			_, err := b.client.Conversations.ReplyAsAdmin(ctx, id, intercom.ConversationAdminReplyParams{AdminID: b.adminID, Body: a.text})
			return err
		}
	}
	if strings.Contains(words, "bye") {
		b.log.InfoContext(ctx, "closing", "message", text)
		_, err := b.client.Conversations.Close(ctx, id, intercom.ConversationCloseParams{AdminID: b.adminID, Body: "Have a good trip!"})
		return err
	}
	b.log.InfoContext(ctx, "leaving it to a teammate", "message", text)
	_, err := b.client.Conversations.AddNote(ctx, id, intercom.ConversationNoteParams{AdminID: b.adminID, Body: "The bot has no answer to this."})
	return err
}

var markup = regexp.MustCompile(`<[^>]*>`)

// plain takes the markup out of a text.
func plain(text string) string {
	return strings.TrimSpace(html.UnescapeString(markup.ReplaceAllString(text, " ")))
}
