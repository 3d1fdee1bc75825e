package intercomtest

import (
	"net/http"
	"slices"

	"github.com/seed-8b687bef/intercom-go"
)

// lastConversation stands for the id of the conversation that a contact took
// part in last.
const lastConversation = "last"

// reply is what somebody writes in a conversation or ticket.
type reply struct {
	note   bool
	admin  *intercom.Admin // nil if a contact writes
	author *item[contact]  // nil if an admin writes
	text   string
	files  []intercom.Attachment
	at     intercom.Timestamp // zero for now
}

// readReply reads a reply. The author may be anybody in the workspace.
func (w *workspace) readReply(r *request, kinds ...string) (*reply, error) {
	f := r.body
	f.require("message_type")
	kind, _ := f.word("message_type", kinds...).Get()
	who := "admin"
	if len(kinds) > 1 { // Where there are only notes, admins write them.
		f.require("type")
		who, _ = f.word("type", "admin", "user").Get()
	}
	v := &reply{note: kind == "note", text: f.value("body"), files: w.attachments(f)}
	if t, ok := f.moment("created_at").Get(); ok {
		v.at = t
	}
	if len(v.files) == 0 && kind != "quick_reply" {
		f.require("body")
	}
	if who == "admin" {
		f.require("admin_id")
	} else if v.note {
		f.fail("message_type", "can't be note for a contact")
	}
	id := f.value("admin_id")
	if f.err != nil {
		return nil, f.err
	}
	var err error
	if who == "admin" {
		v.admin, err = w.admin(id)
	} else {
		v.author, err = w.namedContact(r, f, "intercom_user_id", "user_id", "email")
	}
	return v, err
}

// html is the text as parts hold it.
func (v *reply) html() string {
	if v.admin != nil {
		return adminHTML(v.text)
	}
	return contactHTML(v.text)
}

// replyToConversation writes a reply of an admin or a contact, or a note.
func (w *workspace) replyToConversation(r *request) (any, error) {
	id := r.param("id")
	if id != lastConversation {
		if _, err := w.conversation(id); err != nil {
			return nil, err
		}
	}
	v, err := w.readReply(r, "comment", "note")
	if err != nil {
		return nil, err
	}
	it, err := w.conversationFor(id, v)
	if err != nil {
		return nil, err
	}
	if v.admin != nil {
		w.adminReplies(&it.value, v)
	} else {
		w.contactReplies(&it.value, v)
	}
	return w.answerConversation(r, it)
}

// conversationFor finds the conversation that a reply goes to. A contact can
// write only where it takes part.
func (w *workspace) conversationFor(id string, v *reply) (*item[conversation], error) {
	if id == lastConversation {
		if v.author == nil {
			return nil, conversationNotFound()
		}
		return w.lastOf(v.author)
	}
	it, err := w.conversation(id)
	if err == nil && v.author != nil && !w.takesPart(it.value.contacts, v.author) {
		return nil, notFound("User")
	}
	return it, err
}

// lastOf finds the conversation that a contact took part in last. The answer to
// a message begins one.
func (w *workspace) lastOf(author *item[contact]) (*item[conversation], error) {
	w.wake()
	var last *item[conversation]
	for _, it := range w.conversations.all() {
		if w.takesPart(it.value.contacts, author) && (last == nil || byRecency.compare(it, byRecency.key(last), last.seq) < 0) {
			last = it
		}
	}
	if m := w.unansweredMessage(author); m != nil && (last == nil || !m.data.CreatedAt.Before(last.value.data.UpdatedAt)) {
		last = w.conversationOf(m, author)
	}
	if last == nil {
		return nil, conversationNotFound()
	}
	return last, nil
}

func (w *workspace) adminReplies(c *conversation, v *reply) {
	kind := intercom.ConversationPartTypeNote
	if !v.note {
		kind = intercom.ConversationPartTypeComment
		c.data.Read = true
		for _, id := range c.contacts {
			if it := w.contacts.get(w.contactReference(id).ID); it != nil {
				it.value.data.LastContactedAt = w.now()
			}
		}
	}
	w.addPart(c, intercom.ConversationPart{
		PartType: kind, Body: v.html(), Author: adminAuthor(v.admin), Attachments: v.files, CreatedAt: v.at,
	})
}

// contactReplies writes what a contact says. It opens the conversation.
func (w *workspace) contactReplies(c *conversation, v *reply) {
	kind := intercom.ConversationPartTypeComment
	if c.data.State == intercom.ConversationStateClosed {
		kind = intercom.ConversationPartTypeOpen
	}
	c.setState(intercom.ConversationStateOpen)
	c.data.Read = false
	w.addPart(c, intercom.ConversationPart{
		PartType: kind, Body: v.html(), Author: contactAuthor(&v.author.value), Attachments: v.files, CreatedAt: v.at,
	})
	v.author.value.data.LastRepliedAt = w.now()
	w.answered(c, v.author, w.now())
}

// manageConversation closes, snoozes, opens or assigns a conversation.
func (w *workspace) manageConversation(r *request) (any, error) {
	it, err := w.conversation(r.param("id"))
	if err != nil {
		return nil, err
	}
	f := r.body
	f.require("message_type", "admin_id")
	kind, _ := f.word("message_type", "close", "snoozed", "open", "assignment").Get()
	text, adminID := f.value("body"), f.value("admin_id")
	if f.err != nil {
		return nil, f.err
	}
	admin, err := w.admin(adminID)
	if err != nil {
		return nil, err
	}
	p := intercom.ConversationPart{PartType: intercom.ConversationPartType(kind), Author: adminAuthor(admin)}
	if kind == "close" || kind == "assignment" {
		p.Body = adminHTML(text)
	}
	switch c := &it.value; kind {
	case "close":
		c.setState(intercom.ConversationStateClosed)
	case "snoozed":
		err = w.snooze(it, f)
	case "open":
		if c.data.State == intercom.ConversationStateSnoozed {
			p.PartType = intercom.ConversationPartTypeUnsnoozed
		}
		c.setState(intercom.ConversationStateOpen)
	case "assignment":
		p.AssignedTo, err = w.assignConversation(&c.data, f)
	}
	if err != nil {
		return nil, err
	}
	w.addPart(&it.value, p)
	return w.answerConversation(r, it)
}

// snooze puts a conversation aside.
func (w *workspace) snooze(it *item[conversation], f *fields) error {
	f.require("snoozed_until")
	until, _ := f.moment("snoozed_until").Get()
	if !until.After(w.now()) {
		f.fail("snoozed_until", "must lie in the future")
	}
	if f.err != nil {
		return f.err
	}
	it.value.setState(intercom.ConversationStateSnoozed)
	it.value.data.SnoozedUntil = until
	if !slices.Contains(w.conversations.snoozed, it) {
		w.conversations.snoozed = append(w.conversations.snoozed, it)
	}
	return nil
}

// assignConversation gives a conversation to an admin or a team, and says to
// whom. The id 0 is nobody.
func (w *workspace) assignConversation(c *intercom.Conversation, f *fields) (*intercom.Reference, error) {
	f.require("type", "assignee_id")
	kind, _ := f.word("type", "admin", "team").Get()
	id := f.value("assignee_id")
	if f.err != nil {
		return nil, f.err
	}
	to := &c.AdminAssigneeID
	if kind == "team" {
		to = &c.TeamAssigneeID
	}
	if id == "0" {
		*to = ""
		return nobody, nil
	}
	if kind == "team" {
		if _, err := w.team(id); err != nil {
			return nil, err
		}
	} else if _, err := w.admin(id); err != nil {
		return nil, err
	}
	*to = id
	return &intercom.Reference{Type: kind, ID: id}, nil
}

// nobody is to whom a conversation is assigned that is taken away. It is shared
// and never written to.
var nobody = &intercom.Reference{Type: "nobody_admin"}

// runAssignmentRules assigns a conversation by the only rule that the workspace
// has: its oldest team gets what nobody has.
func (w *workspace) runAssignmentRules(r *request) (any, error) {
	it, err := w.conversation(r.param("id"))
	if err != nil {
		return nil, err
	}
	c, to := &it.value.data, nobody
	if teams := w.teams.all(); len(teams) > 0 && c.AdminAssigneeID == "" {
		fill(&c.TeamAssigneeID, teams[0].id)
	}
	switch {
	case c.AdminAssigneeID != "":
		to = &intercom.Reference{Type: "admin", ID: c.AdminAssigneeID}
	case c.TeamAssigneeID != "":
		to = &intercom.Reference{Type: "team", ID: c.TeamAssigneeID}
	}
	w.addPart(&it.value, intercom.ConversationPart{
		PartType: intercom.ConversationPartTypeDefaultAssignment, AssignedTo: to, Author: bot,
	})
	return w.answerConversation(r, it)
}

// redactConversation takes the text out of a part or of the message that a
// conversation began with.
func (w *workspace) redactConversation(r *request) (any, error) {
	f := r.body
	f.require("type", "conversation_id")
	kind, _ := f.word("type", "conversation_part", "source").Get()
	name := "source_id"
	if kind == "conversation_part" {
		name = "conversation_part_id"
	}
	f.require(name)
	id, conversationID := f.value(name), f.value("conversation_id")
	if f.err != nil {
		return nil, f.err
	}
	it, err := w.conversation(conversationID)
	if err != nil {
		return nil, redactableNotFound()
	}
	if kind == "source" {
		err = it.value.redactSource(id)
	} else {
		err = it.value.redactPart(id)
	}
	if err != nil {
		return nil, err
	}
	it.value.data.UpdatedAt = w.now()
	return w.answerConversation(r, it)
}

func redactableNotFound() error {
	return refuse(http.StatusNotFound, intercom.CodeConversationPartOrMessageNotFound, "There is no such part or message in the conversation")
}

func notRedactable(message string) error {
	return refuse(http.StatusBadRequest, intercom.CodeConversationPartNotRedactable, message)
}

func (c *conversation) redactPart(id string) error {
	i := slices.IndexFunc(c.parts, func(p intercom.ConversationPart) bool { return p.ID == id })
	if i < 0 {
		return redactableNotFound()
	}
	p := &c.parts[i]
	if p.Body == "" && len(p.Attachments) == 0 && !p.Redacted {
		return notRedactable("The part has no text")
	}
	p.Body, p.Attachments, p.Redacted = "", nil, true
	return nil
}

func (c *conversation) redactSource(id string) error {
	if c.data.Source.ID != id {
		return redactableNotFound()
	}
	if !byContact(c.data.Source.Author) {
		return notRedactable("Only the message of a contact can be redacted")
	}
	source := *c.data.Source
	source.Body, source.Subject, source.Attachments, source.Redacted = "", "", nil, true
	c.data.Source = &source
	return nil
}
