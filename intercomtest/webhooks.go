package intercomtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// WithWebhook lets the workspace tell a URL what happens in it, signed with a
// secret, as AddWebhook does.
func WithWebhook(url, secret string, topics ...string) Option {
	return func(c *config) { c.webhooks = append(c.webhooks, urlSubscription(url, secret, topics)) }
}

// AddWebhook lets the workspace tell a URL what happens in it from now on, as
// Intercom does: by POST, signed with the client secret of an app. With topics,
// such as string(webhook.ConversationUserCreated), it tells of no others.
//
// What requests change is told of: contacts that are created, updated, tagged,
// merged, archived or deleted, companies and their contacts, conversations that
// begin, go on and change hands or state, tickets, events, articles, and admins
// who go away. What Seed adds is not, nor what time does, such as the end of a
// snooze. SendWebhook tells of anything else.
//
// Notifications are sent one after the other, while the workspace goes on. An
// answer that takes five seconds or is not 2xx has the notification sent once
// more, after those that wait; Intercom would wait for a minute. 410 ends the
// webhook. FlushWebhooks waits until all is told, Close does so for ten
// seconds. A workspace WithoutSocket, which starts no goroutine, sends nothing
// before either is called.
func (s *Server) AddWebhook(url, secret string, topics ...string) {
	s.webhooks.add(urlSubscription(url, secret, topics))
}

// AddWebhookHandler is AddWebhook for a handler in this process: it is called
// as if it had been reached by HTTP, without a port.
func (s *Server) AddWebhookHandler(handler http.Handler, secret string, topics ...string) {
	s.webhooks.add(&subscription{secret: secret, topics: topics, url: "https://webhook.intercomtest.invalid", transport: inProcess{handler}})
}

// SendWebhook sends a notification of any topic, such as
// string(webhook.ConversationRatingAdded), about an object, to the webhooks that
// want the topic. It is an error if the object can't be JSON.
func (s *Server) SendWebhook(topic string, object any) error {
	item, err := json.Marshal(object)
	if err != nil {
		return fmt.Errorf("intercomtest: SendWebhook: %w", err)
	}
	s.webhooks.tell(topic, item, s.space.now())
	return nil
}

// FlushWebhooks returns when all that happened has been told, with all that
// the webhooks made happen in turn. It must not be called by a webhook.
func (s *Server) FlushWebhooks() { s.webhooks.flush() }

// WebhookDelivery is a notification that was sent, or an attempt to.
type WebhookDelivery struct {
	// Topic is what the notification is about.
	Topic string
	// ID is the notification's id, the same for both attempts.
	ID string
	// URL is where it was sent, empty for a handler in this process.
	URL string
	// Attempt is 1, or 2 if it was sent once more.
	Attempt int
	// Body is the notification as it was sent.
	Body []byte
	// Status is the status of the answer, 0 if there was none.
	Status int
	// Err is why there was no answer.
	Err error
}

// WebhookDeliveries returns what was sent to webhooks, the newest 10,000
// attempts at most, the oldest first.
func (s *Server) WebhookDeliveries() []WebhookDelivery {
	s.webhooks.mu.Lock()
	defer s.webhooks.mu.Unlock()
	return slices.Clone(s.webhooks.sent)
}

const (
	webhookTimeout  = 5 * time.Second
	webhookAttempts = 2
	webhookDrain    = 2 * webhookTimeout // what Close waits for
)

// subscription is a webhook.
type subscription struct {
	url, secret string
	topics      []string // empty for all
	transport   http.RoundTripper

	// What follows is guarded by webhooks.mu.
	queue []notification
	busy  bool // somebody sends what is in the queue
	ended bool
}

type notification struct {
	webhook.Notification
	attempt int
}

func urlSubscription(url, secret string, topics []string) *subscription {
	return &subscription{url: url, secret: secret, topics: topics, transport: &http.Transport{Proxy: http.ProxyFromEnvironment}}
}

func (s *subscription) wants(topic string) bool {
	return !s.ended && (len(s.topics) == 0 || slices.Contains(s.topics, topic))
}

// webhooks sends notifications.
type webhooks struct {
	background bool // send in goroutines
	ctx        context.Context
	cancel     context.CancelFunc

	mu            sync.Mutex
	changed       sync.Cond // a subscription is busy no more
	subscriptions []*subscription
	ids           ids // not those of the workspace, which would differ with a webhook
	sent          []WebhookDelivery
}

func newWebhooks(c config) *webhooks {
	w := &webhooks{background: c.socket, ids: ids{seed: c.seed}, subscriptions: c.webhooks}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	w.changed.L = &w.mu
	return w
}

func (w *webhooks) add(s *subscription) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.subscriptions = append(w.subscriptions, s)
}

// any tells whether there is anybody to tell.
func (w *webhooks) any() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.subscriptions) > 0
}

// tell queues a notification.
func (w *webhooks) tell(topic string, item json.RawMessage, now intercom.Timestamp) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := notification{Notification: webhook.Notification{
		ID: "notif_" + w.ids.uuid(), Topic: topic, AppID: workspaceID, DeliveryStatus: "pending",
		CreatedAt: now, FirstSentAt: now, RawItem: item,
		Extra: intercom.Extra{"links": json.RawMessage("{}")},
	}}
	for _, s := range w.subscriptions {
		if !s.wants(topic) {
			continue
		}
		s.queue = append(s.queue, n)
		if w.background && !s.busy {
			s.busy = true
			go w.drain(s)
		}
	}
}

// drain sends what is in the queue of a subscription that was marked as busy.
func (w *webhooks) drain(s *subscription) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(s.queue) > 0 {
		n := s.queue[0]
		s.queue = s.queue[1:]
		n.attempt++
		n.DeliveryAttempts = n.attempt
		w.mu.Unlock()
		d := w.send(s, n)
		w.mu.Lock()
		w.sent = append(w.sent[max(0, len(w.sent)+1-logLength):], d)
		switch failed := d.Status < 200 || d.Status > 299; {
		case d.Status == http.StatusGone, w.ctx.Err() != nil:
			s.ended, s.queue = true, nil
		case failed && n.attempt < webhookAttempts:
			s.queue = append(s.queue, n)
		}
	}
	s.busy = false
	w.changed.Broadcast()
}

func (w *webhooks) send(s *subscription, n notification) WebhookDelivery {
	d := WebhookDelivery{Topic: n.Topic, ID: n.ID, URL: s.url, Attempt: n.attempt}
	if _, ok := s.transport.(inProcess); ok {
		d.URL = ""
	}
	ctx, cancel := context.WithTimeout(w.ctx, webhookTimeout)
	defer cancel()
	if d.Body, d.Err = json.Marshal(n.Notification); d.Err != nil {
		return d
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(d.Body))
	if err != nil {
		d.Err = err
		return d
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(webhook.SignatureHeader, webhook.Sign(s.secret, d.Body))
	answer, err := s.transport.RoundTrip(r)
	if err != nil {
		d.Err = err
		return d
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	_ = answer.Body.Close()
	d.Status = answer.StatusCode
	return d
}

// flush sends what nobody sends yet and waits for the rest.
func (w *webhooks) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for {
		idle := slices.IndexFunc(w.subscriptions, func(s *subscription) bool { return !s.busy && len(s.queue) > 0 })
		switch {
		case idle >= 0:
			s := w.subscriptions[idle]
			s.busy = true
			w.mu.Unlock()
			w.drain(s)
			w.mu.Lock()
		case slices.ContainsFunc(w.subscriptions, func(s *subscription) bool { return s.busy }):
			w.changed.Wait()
		default:
			return
		}
	}
}

// close flushes, but not for ever, and ends all webhooks.
func (w *webhooks) close() {
	timer := time.AfterFunc(webhookDrain, w.cancel)
	w.flush()
	timer.Stop()
	w.cancel()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.subscriptions {
		s.ended = true
		if t, ok := s.transport.(*http.Transport); ok {
			t.CloseIdleConnections()
		}
	}
}

// inProcess hands requests to a handler.
type inProcess struct{ handler http.Handler }

// RoundTrip calls the handler.
func (t inProcess) RoundTrip(r *http.Request) (answer *http.Response, err error) {
	defer func() {
		if p := recover(); p != nil {
			answer, err = nil, fmt.Errorf("intercomtest: the webhook panicked: %v", p)
		}
	}()
	r.RequestURI, r.RemoteAddr = r.URL.RequestURI(), "192.0.2.1:443"
	w := &statusWriter{header: http.Header{}}
	t.handler.ServeHTTP(w, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w.WriteHeader(http.StatusOK) // if the handler did not
	return &http.Response{StatusCode: w.status, Header: w.header, Body: http.NoBody, Request: r}, nil
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	header http.Header
	status int
}

// Header is a header that nobody looks at.
func (w *statusWriter) Header() http.Header { return w.header }

// WriteHeader remembers the first status.
func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
}

// Write forgets the body.
func (w *statusWriter) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return len(b), nil
}
