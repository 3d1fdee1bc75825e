package webhook_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

var benchmarks = []string{
	"contact_user_created.json",
	"conversation_user_replied.json",
	"ticket_admin_replied.json",
}

// BenchmarkHMAC is the signature alone, the price that nothing can go below.
func BenchmarkHMAC(b *testing.B) {
	for _, name := range benchmarks {
		b.Run(name, func(b *testing.B) {
			body := sample(b, name)
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				mac := hmac.New(sha1.New, []byte(secret))
				mac.Write(body)
				mac.Sum(nil)
			}
		})
	}
}

// BenchmarkParse is the signature checked and the envelope read.
func BenchmarkParse(b *testing.B) {
	for _, name := range benchmarks {
		b.Run(name, func(b *testing.B) {
			body, sent := sample(b, name), new(sentBody)
			r := post(body)
			r.Body = sent
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				sent.Reset(body)
				if _, err := webhook.Parse(r, secret); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkHandler is everything: a request received, checked, decoded to a
// model, handled and answered.
func BenchmarkHandler(b *testing.B) {
	for _, name := range benchmarks {
		b.Run(name, func(b *testing.B) {
			body := sample(b, name)
			h, err := webhook.NewHandler(secret, webhook.WithStore(nil))
			require.NoError(b, err)
			webhook.On(h, webhook.ContactUserCreated, func(context.Context, *webhook.Event[intercom.Contact]) error { return nil })
			webhook.On(h, webhook.ConversationUserReplied, func(context.Context, *webhook.Event[intercom.Conversation]) error { return nil })
			webhook.On(h, webhook.TicketAdminReplied, func(context.Context, *webhook.Event[webhook.TicketChange]) error { return nil })
			r := post(body)
			w := httptest.NewRecorder()
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				r.Body = io.NopCloser(bytes.NewReader(body))
				h.ServeHTTP(w, r)
			}
			require.Equal(b, http.StatusOK, w.Code)
		})
	}
}
