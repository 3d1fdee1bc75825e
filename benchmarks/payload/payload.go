// Package payload makes answers of the API for measurements: of the size and
// the shape of real ones, with invented data, and the same bytes every time.
package payload

import (
	"bytes"
	"compress/gzip"
	"math/rand/v2"
)

// Kind says what a document holds.
type Kind int

// The kinds of documents.
const (
	Contact Kind = iota
	ContactList
	Conversation
	ConversationList
	CompanyList
)

// Payload is one document in three forms.
type Payload struct {
	Name   string
	Kind   Kind
	Native []byte // members in the order of the server
	Sorted []byte // members in alphabetical order
	Odd    []byte // values in all the forms that servers send now and then
}

// Sizes of the documents.
const (
	PageSize  = 150
	Parts     = 500
	Companies = 60
)

// All makes the six documents that decoding is measured with.
func All() []Payload {
	r := newRandom(1)
	contacts := make([]any, PageSize)
	for i := range contacts {
		contacts[i] = r.contact()
	}
	conversations := make([]any, PageSize)
	for i := range conversations {
		conversations[i] = r.conversation(0)
	}
	companies := make([]any, Companies)
	for i := range companies {
		companies[i] = r.company()
	}
	long := form("conversation of 500 parts", Conversation, r.conversation(Parts))
	escaped := Payload{"the same, HTML escaped", Conversation, escapeHTML(long.Native), escapeHTML(long.Sorted), escapeHTML(long.Odd)}
	return []Payload{
		form("150 contacts", ContactList, list("list", "data", contacts)),
		long,
		escaped,
		form("150 conversations", ConversationList, list("conversation.list", "conversations", conversations)),
		form("60 companies", CompanyList, list("list", "data", companies)),
		form("one contact", Contact, r.contact()),
	}
}

// form writes a document in its three forms.
func form(name string, kind Kind, document any) Payload {
	odd := &oddity{random: newRandom(2), habits: map[string]int{}}
	return Payload{
		Name:   name,
		Kind:   kind,
		Native: appendJSON(nil, document),
		Sorted: appendJSON(nil, sorted(document)),
		Odd:    appendJSON(nil, odd.value("", document)),
	}
}

// OneContact makes a contact.
func OneContact() []byte { return appendJSON(nil, newRandom(4).contact()) }

// Notification makes the body of a webhook that tells of a new contact.
func Notification() []byte {
	return appendJSON(nil, obj(
		"type", "notification_event", "app_id", "qx7m2pfa",
		"data", obj("type", "notification_event_data", "item", newRandom(5).contact()),
		"links", obj(), "id", "notif_7d1c0c1e-5b7a-4f3e-9a55-2f0d6b1e0a01", "topic", "contact.user.created",
		"delivery_status", "pending", "delivery_attempts", 1, "delivered_at", 0,
		"first_sent_at", 1767312001, "created_at", 1767312000, "self", nil,
	))
}

// ContactPages makes a list of contacts in pages that link to each other by
// their number as the cursor, for servers that measurements are done against.
func ContactPages(pages, perPage int) [][]byte {
	r := newRandom(3)
	bodies := make([][]byte, pages)
	for i := range bodies {
		items := make([]any, perPage)
		for k := range items {
			items[k] = r.contact()
		}
		bodies[i] = appendJSON(nil, page("list", "data", items, i+1, pages))
	}
	return bodies
}

func list(kind, items string, values []any) object {
	return page(kind, items, values, 1, 10)
}

func page(kind, items string, values []any, number, total int) object {
	var next any
	if number < total {
		next = obj("page", number+1, "starting_after", cursor(number+1))
	}
	return obj(
		"type", kind, items, values, "total_count", total*len(values),
		"pages", obj("type", "pages", "page", number, "next", next, "per_page", len(values), "total_pages", total),
	)
}

// random is the source of all data.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, 2008))} }

// Pack is a text in gzip as servers send it.
func Pack(text []byte) []byte {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, _ = writer.Write(text)
	_ = writer.Close()
	return packed.Bytes()
}
