package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// Notification is the envelope of what Intercom sends. It is JSON both ways,
// so that it can wait in a queue.
type Notification struct {
	// Id of the notification, the same when it is sent again. Empty for a ping.
	ID string
	// What happened, such as contact.user.created. A Topic in plain text.
	Topic string
	// Id of the workspace it happened in. An app that is installed in several
	// gets the notifications of all.
	AppID string
	// How far the delivery got when this was sent, such as pending. Empty if
	// Intercom does not say.
	DeliveryStatus string
	// How often the notification was sent, this time included: 1 or 2.
	DeliveryAttempts int
	// When the notification was made.
	CreatedAt intercom.Timestamp
	// When the notification was sent for the first time.
	FirstSentAt intercom.Timestamp
	// When the notification was delivered, zero in what arrives.
	DeliveredAt intercom.Timestamp
	// URL of the subscription, empty if Intercom does not say.
	Self string
	// The object that it is about, as it came; nil if there is none.
	RawItem json.RawMessage

	intercom.Extra
}

// Event is a notification with its object decoded.
type Event[T any] struct {
	*Notification

	// Item is the object that the notification is about. It is never nil, and
	// zero if the notification has none.
	Item *T
}

// Decode decodes the object of a notification. It is an error if the
// notification is of another topic.
func Decode[T any](n *Notification, topic Topic[T]) (*Event[T], error) {
	if n == nil {
		return nil, errors.New("webhook: Decode: notification is nil")
	}
	if n.Topic != string(topic) {
		return nil, fmt.Errorf("webhook: Decode: notification is of topic %q, not %q", n.Topic, string(topic))
	}
	e := &Event[T]{Notification: n, Item: new(T)}
	if len(n.RawItem) == 0 {
		return e, nil
	}
	// Asking the type itself spares the scan that encoding/json makes before.
	if item, ok := any(e.Item).(json.Unmarshaler); ok {
		return e, decodeError(n.Topic, item.UnmarshalJSON(n.RawItem))
	}
	return e, decodeError(n.Topic, json.Unmarshal(n.RawItem, e.Item))
}

func decodeError(topic string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("webhook: decoding the item of %q: %w", topic, err)
}

// MaxBody is the largest body in bytes that Parse reads, and a Handler without
// WithMaxBody.
const MaxBody = 4 << 20

// Parse reads a request, checks its signature as Verify does and returns its
// notification. Nothing is decoded before the signature is known to be right.
// It is for people with a router of their own, who answer with StatusCode:
//
//	n, err := webhook.Parse(r, secret)
//	if err != nil {
//		http.Error(w, "refused", webhook.StatusCode(err))
//		return
//	}
//
// Intercom's HEAD requests, with which it tries the URL, are not for Parse.
func Parse(r *http.Request, secrets ...string) (*Notification, error) {
	return receive(r, keysOf(secrets...), MaxBody)
}

// receive goes from the cheapest check to the dearest, so that those who cannot
// sign cost little.
func receive(r *http.Request, list keys, limit int64) (*Notification, error) {
	want, err := list.parse(signatureOf(r.Header))
	if err != nil {
		return nil, err
	}
	body, err := readBody(r, limit)
	if err != nil {
		return nil, err
	}
	if err := list.check(body, want); err != nil {
		return nil, err
	}
	d := jsonstream.Get(body)
	defer d.Release()
	if cap(body) > len(body)+spareBody {
		return decodeNotification(d, (*jsonstream.Decoder).Raw)
	}
	return decodeNotification(d, keptText)
}

// keptText reads a value as a part of the body, which is as large as a copy would
// be and is not used for anything else.
func keptText(d *jsonstream.Decoder) json.RawMessage { return d.Text() }

const (
	// spareBody is the room after a body, for its end to be seen and for the
	// decoder.
	spareBody = 16
	// unknownBody is the memory to begin with where no length is promised.
	unknownBody = 4 << 10
	// promisedBody bounds the memory that a request gets for the length that it
	// promises, before anything has come.
	promisedBody = 64 << 10
)

// readBody reads a body into memory of its own.
func readBody(r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength > limit {
		return nil, fmt.Errorf("%w: %d bytes, at most %d are read", ErrTooLarge, r.ContentLength, limit)
	}
	if r.Body == nil {
		return nil, nil
	}
	promised := int64(unknownBody)
	if r.ContentLength > 0 {
		promised = min(r.ContentLength, promisedBody)
	}
	body := make([]byte, 0, promised+spareBody)
	for {
		n, err := r.Body.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case int64(len(body)) > limit, err != nil && err != io.EOF && isTooLarge(err):
			return nil, fmt.Errorf("%w: at most %d bytes are read", ErrTooLarge, limit)
		case err == io.EOF:
			return body, nil
		case err != nil:
			return nil, fmt.Errorf("%w: reading it: %w", ErrMalformed, err)
		case len(body) == cap(body):
			body = append(body, 0)[:len(body)]
		}
	}
}

// isTooLarge tells whether somebody else's limit was met.
func isTooLarge(err error) bool {
	var tooLarge *http.MaxBytesError
	return errors.As(err, &tooLarge)
}

// decodeNotification reads a notification, and its item by way of a function.
func decodeNotification(d *jsonstream.Decoder, item func(*jsonstream.Decoder) json.RawMessage) (*Notification, error) {
	n := new(Notification)
	n.decode(d, item)
	if err := d.Finish(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if n.Topic == "" {
		return nil, fmt.Errorf("%w: it has no topic", ErrMalformed)
	}
	return n, nil
}

// UnmarshalJSON reads a notification as Intercom sends it and as MarshalJSON
// writes it.
func (n *Notification) UnmarshalJSON(data []byte) error {
	d := jsonstream.GetCopy(data)
	defer d.Release()
	read, err := decodeNotification(d, (*jsonstream.Decoder).Raw)
	if err != nil {
		return err
	}
	*n = *read
	return nil
}

// MarshalJSON writes the notification in the form that Intercom sends.
func (n Notification) MarshalJSON() ([]byte, error) {
	envelope := make(map[string]any, len(n.Extra)+11)
	data := map[string]any{"type": "notification_event_data", "item": n.RawItem}
	if more, ok := n.Extra["data"]; ok {
		_ = json.Unmarshal(more, &data) // what is no object has no members to add
	}
	for name, value := range n.Extra {
		envelope[name] = value
	}
	for name, value := range map[string]any{
		"type":              "notification_event",
		"id":                n.ID,
		"topic":             n.Topic,
		"app_id":            n.AppID,
		"delivery_status":   n.DeliveryStatus,
		"delivery_attempts": n.DeliveryAttempts,
		"created_at":        n.CreatedAt,
		"first_sent_at":     n.FirstSentAt,
		"delivered_at":      n.DeliveredAt,
		"self":              n.Self,
		"data":              data,
	} {
		envelope[name] = value
	}
	return json.Marshal(envelope)
}

var (
	notificationShape = shape(0, "Notification", "type", "app_id", "data", "links", "id", "topic",
		"delivery_status", "delivery_attempts", "delivered_at", "first_sent_at", "created_at", "self")
	dataShape  = shape(1, "data of Notification", "type", "item")
	linksShape = shape(11, "links of Notification")
)

func (n *Notification) decode(d *jsonstream.Decoder, item func(*jsonstream.Decoder) json.RawMessage) {
	var kind string // always notification_event
	extra := rest(&n.Extra)
	order := d.Order(notificationShape)
	for k := d.First(notificationShape, order); k != jsonstream.End; k = d.Next(notificationShape, order, k, extra) {
		switch k {
		case 0:
			d.ReadWord(&kind, order, k)
		case 1:
			d.ReadWord(&n.AppID, order, k)
		case 2:
			n.decodeData(d, item)
		case 3:
			n.keepLinks(d)
		case 4:
			n.ID = d.String()
		case 5:
			d.ReadWord(&n.Topic, order, k)
		case 6:
			d.ReadWord(&n.DeliveryStatus, order, k)
		case 7:
			n.DeliveryAttempts = d.Int()
		case 8:
			n.DeliveredAt = readTime(d)
		case 9:
			n.FirstSentAt = readTime(d)
		case 10:
			n.CreatedAt = readTime(d)
		case 11:
			n.Self = d.String()
		default:
			d.Unknown(extra)
		}
	}
}

func (n *Notification) decodeData(d *jsonstream.Decoder, item func(*jsonstream.Decoder) json.RawMessage) {
	var kind string // always notification_event_data
	var unknown map[string]json.RawMessage
	order := d.Order(dataShape)
	for k := d.First(dataShape, order); k != jsonstream.End; k = d.Next(dataShape, order, k, &unknown) {
		switch k {
		case 0:
			d.ReadWord(&kind, order, k)
		case 1:
			if !d.Null() {
				n.RawItem = item(d)
			}
		default:
			d.Unknown(&unknown)
		}
	}
	n.keepMembers("data", unknown)
}

// keepLinks keeps a member that is always there and always empty in case it is
// not.
func (n *Notification) keepLinks(d *jsonstream.Decoder) {
	var unknown map[string]json.RawMessage
	order := d.Order(linksShape)
	for k := d.First(linksShape, order); k != jsonstream.End; k = d.Next(linksShape, order, k, &unknown) {
		d.Unknown(&unknown)
	}
	n.keepMembers("links", unknown)
}

// keepMembers keeps an object of members that are unknown.
func (n *Notification) keepMembers(name string, members map[string]json.RawMessage) {
	if len(members) == 0 {
		return
	}
	if text, err := json.Marshal(members); err == nil { // always: it was just read
		n.keep(name, text)
	}
}

func (n *Notification) keep(name string, text json.RawMessage) {
	if n.Extra == nil {
		n.Extra = make(intercom.Extra)
	}
	n.Extra[name] = text
}
