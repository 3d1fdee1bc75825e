package intercomtest

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var messagesRoom = room{
	operations.MessagesCreate: (*workspace).createMessage,
}

// message is what an admin sent to contacts, with a receipt for each.
type message struct {
	data     intercom.Message
	receipts []receipt
}

// receipt tells that a contact got a message.
type receipt struct {
	id           string
	contact      string // id
	at           intercom.Timestamp
	conversation string // id, empty while there is none
	firstReply   intercom.Timestamp
}

// Words that requests have for the ways of a message.
var messageTypes = map[string]intercom.MessageType{
	"in_app": intercom.MessageTypeInAppSent, "inapp": intercom.MessageTypeInAppSent, "email": intercom.MessageTypeEmail,
}

// createMessage records a message of an admin to contacts.
func (w *workspace) createMessage(r *request) (any, error) {
	asked := r.body.boolean("create_conversation_without_contact_reply")
	data, err := w.readMessage(r)
	if err != nil {
		return nil, err
	}
	to, err := w.recipients(r)
	if err != nil {
		return nil, err
	}
	data.ID = w.ids.number()
	m := message{data: *data}
	for _, it := range to {
		it.value.data.LastContactedAt = m.data.CreatedAt
		m.receipts = append(m.receipts, receipt{id: w.ids.number(), contact: it.id, at: m.data.CreatedAt})
	}
	sent := &w.messages.put(m.data.ID, m.data.CreatedAt, m).value
	if begin, _ := asked.Get(); begin {
		for i, it := range to {
			sent.receipts[i].conversation = w.conversationByMessage(sent, it).id
		}
		sent.data.ConversationID = sent.receipts[0].conversation
	}
	return &sent.data, nil
}

// readMessage reads what is to be sent, and by whom.
func (w *workspace) readMessage(r *request) (*intercom.Message, error) {
	f := r.body
	f.require("message_type", "from", "to")
	kind, _ := f.word("message_type", "in_app", "inapp", "email").Get()
	if f.err == nil && f.value("body") == "" {
		f.fail("body", "is required")
	}
	if kind == "email" {
		f.word("template", "plain", "personal")
		if f.err == nil && f.value("subject") == "" {
			return nil, blame(http.StatusUnprocessableEntity, intercom.CodeParameterNotFound, "subject", "An email needs a subject")
		}
	}
	from := f.object("from")
	from.require("id")
	from.word("type", "admin")
	adminID, at := from.value("id"), f.moment("created_at")
	m := &intercom.Message{
		Type: "admin_message", CreatedAt: w.now(), MessageType: messageTypes[kind], Subject: f.value("subject"), Body: f.value("body"),
	}
	if f.check(from); f.err != nil {
		return nil, f.err
	}
	admin, err := w.admin(adminID)
	if err != nil {
		return nil, err
	}
	m.Owner = ownerOf(admin)
	if t, ok := at.Get(); ok && r.since(2011) {
		m.CreatedAt = t
	}
	return m, nil
}

// ownerOf is an admin as messages show it.
func ownerOf(a *intercom.Admin) *intercom.Admin {
	copied := *a
	return &copied
}

// recipients finds the contacts who get a message. Since version 2.14 there can
// be several, and some who get a copy.
func (w *workspace) recipients(r *request) ([]*item[contact], error) {
	var all []*fields
	for _, name := range []string{"to", "cc", "bcc"} {
		switch _, several := r.body.members[name].([]any); {
		case several && !r.since(2014) && name == "to":
			return nil, invalid(name, name+" must be an object")
		case name != "to" && !r.since(2014), !r.body.has(name):
		case several:
			all = append(all, r.body.objects(name)...)
		default:
			all = append(all, r.body.object(name))
		}
	}
	if r.body.err != nil {
		return nil, r.body.err
	}
	var found []*item[contact]
	for _, f := range all {
		f.require("type")
		f.word("type", "user", "lead", "contact")
		if f.err != nil {
			return nil, f.err
		}
		it, err := w.namedContact(r, f, "id", "user_id", "email")
		if err != nil {
			return nil, err
		}
		if !slices.Contains(found, it) {
			found = append(found, it)
		}
	}
	if len(found) == 0 {
		return nil, missing("to")
	}
	return found, nil
}

// conversationByMessage begins the conversation of a message.
func (w *workspace) conversationByMessage(m *message, with *item[contact]) *item[conversation] {
	kind := intercom.ConversationSourceTypeConversation
	if m.data.MessageType == intercom.MessageTypeEmail {
		kind = intercom.ConversationSourceTypeEmail
	}
	return w.beginConversation(with, m.data.CreatedAt, intercom.ConversationSource{
		Type: kind, ID: m.data.ID, DeliveredAs: intercom.ConversationDeliveryAdminInitiated, Subject: m.data.Subject,
		Body: adminHTML(m.data.Body), Author: adminAuthor(m.data.Owner),
	})
}

// unansweredMessage finds the last message to a contact that is no conversation
// yet, nil if there is none.
func (w *workspace) unansweredMessage(to *item[contact]) *message {
	for _, it := range w.messages.newest() {
		if rc := it.value.receiptOf(w, to); rc != nil && rc.conversation == "" {
			return &it.value
		}
	}
	return nil
}

// receiptOf finds the receipt of a contact, nil if it did not get the message.
func (m *message) receiptOf(w *workspace, to *item[contact]) *receipt {
	for i := range m.receipts {
		if w.contactReference(m.receipts[i].contact).ID == to.id {
			return &m.receipts[i]
		}
	}
	return nil
}

// conversationOf begins the conversation that the answer to a message belongs
// to.
func (w *workspace) conversationOf(m *message, author *item[contact]) *item[conversation] {
	it := w.conversationByMessage(m, author)
	rc := m.receiptOf(w, author)
	rc.conversation, rc.firstReply = it.id, w.now()
	m.data.ConversationID = cmp.Or(m.data.ConversationID, it.id)
	return it
}

// answered notes when a contact first replied to the message that a conversation
// began with.
func (w *workspace) answered(c *conversation, by *item[contact], at intercom.Timestamp) {
	if m := w.messages.value(c.data.Source.ID); m != nil {
		if rc := m.receiptOf(w, by); rc != nil {
			fill(&rc.firstReply, at)
		}
	}
}

// Message is what an admin sent, with the contacts who got it.
type Message struct {
	intercom.Message
	// To has the ids of the contacts who got it.
	To []string
}

// seedMessage adds a message of an admin.
func (w *workspace) seedMessage(m *intercom.Message, to []string) {
	fillFrom(&m.ID, w.ids.number)
	fill(&m.CreatedAt, w.now())
	fill(&m.Type, "admin_message")
	fill(&m.MessageType, intercom.MessageTypeInAppSent)
	if m.Owner == nil {
		m.Owner = ownerOf(w.admins.value(w.me))
	}
	v := message{data: *m}
	for _, id := range to {
		v.receipts = append(v.receipts, receipt{id: w.ids.number(), contact: id, at: m.CreatedAt, conversation: m.ConversationID})
	}
	w.messages.put(m.ID, m.CreatedAt, v)
}

// Messages returns what admins sent to contacts, the oldest first.
func (s *Server) Messages() []Message {
	list := snapshot[intercom.Message](s, func(w *workspace) []any {
		return showItems(&w.messages, func(it *item[message]) any { return &it.value.data })
	})
	s.space.mu.Lock()
	defer s.space.mu.Unlock()
	all := make([]Message, len(list))
	for i, m := range list {
		all[i].Message = m
		for _, rc := range s.space.messages.value(m.ID).receipts {
			all[i].To = append(all[i].To, rc.contact)
		}
	}
	return all
}
