package intercomtest

import (
	"net/http"
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var conversationsRoom = room{
	operations.ConversationsList:               (*workspace).listConversations,
	operations.ConversationsSearch:             (*workspace).searchConversations,
	operations.ConversationsGet:                (*workspace).getConversation,
	operations.ConversationsCreate:             (*workspace).createConversation,
	operations.ConversationsUpdate:             (*workspace).updateConversation,
	operations.ConversationsReplyAsAdmin:       (*workspace).replyToConversation, // and replies of contacts and notes
	operations.ConversationsClose:              (*workspace).manageConversation,  // and snoozing, opening, assigning
	operations.ConversationsRunAssignmentRules: (*workspace).runAssignmentRules,
	operations.ConversationsRedactPart:         (*workspace).redactConversation, // and the source
	operations.ConversationsContactsAttach:     (*workspace).attachConversationContact,
	operations.ConversationsContactsDetach:     (*workspace).detachConversationContact,
	operations.ConversationsTagsAttach:         (*workspace).attachConversationTag,
	operations.ConversationsTagsDetach:         (*workspace).detachConversationTag,
}

// conversationRoom holds the conversations.
type conversationRoom struct {
	shelf[conversation]
	snoozed []*item[conversation] // those that the clock may have to open
}

// conversation is a conversation with what belongs to it. The lists of data are
// made when it is shown; its statistics are kept up to date.
type conversation struct {
	data     intercom.Conversation
	parts    []intercom.ConversationPart
	contacts []string // ids
	tags     []appliedTag
	company  string // id
	links    []intercom.LinkedObject
	replies  []int // seconds that admins took for each answer
}

// partLimit is how many parts of a conversation or ticket are answered at most,
// the newest.
const partLimit = 500

// seedConversation adds a conversation. Its contacts and tags are taken over
// when all objects are there.
func (w *workspace) seedConversation(c *intercom.Conversation) (link func()) {
	w.completeConversation(c)
	w.define(intercom.DataAttributeModelConversation, c.CustomAttributes)
	it := w.conversations.put(c.ID, c.CreatedAt, conversation{data: *c})
	v := &it.value
	v.data.Parts, v.data.LinkedObjects = nil, nil
	if c.Parts != nil {
		v.parts = slices.Clone(c.Parts.Parts)
	}
	if c.LinkedObjects != nil {
		v.links = slices.Clone(c.LinkedObjects.Data)
	}
	if c.Company != nil {
		v.company = c.Company.ID
	}
	if c.State == intercom.ConversationStateSnoozed {
		w.conversations.snoozed = append(w.conversations.snoozed, it)
	}
	contacts, tags := c.Contacts, c.Tags
	return func() {
		if contacts != nil {
			for _, ref := range contacts.Contacts {
				if w.contacts.get(ref.ID) != nil {
					v.contacts = append(v.contacts, ref.ID)
				}
			}
		}
		if tags != nil {
			for _, t := range tags.Tags {
				w.applyTag(&v.tags, t.ID)
			}
		}
		w.beginSeeded(v)
	}
}

// completeConversation fills in what was left out of a conversation.
func (w *workspace) completeConversation(c *intercom.Conversation) {
	fillFrom(&c.ID, w.ids.number)
	fill(&c.CreatedAt, w.now())
	last := c.CreatedAt
	if c.Parts != nil {
		for i := range c.Parts.Parts {
			p := &c.Parts.Parts[i]
			fillFrom(&p.ID, w.ids.number)
			fill(&p.PartType, intercom.ConversationPartTypeComment)
			fill(&p.CreatedAt, last)
			fill(&p.UpdatedAt, p.CreatedAt)
			p.Type, last = "conversation_part", p.CreatedAt
		}
	}
	fill(&c.UpdatedAt, last)
	if c.State == "" {
		c.State = intercom.ConversationStateOpen
		if !c.SnoozedUntil.IsZero() {
			c.State = intercom.ConversationStateSnoozed
		}
	}
	c.Type, c.Open = "conversation", c.State != intercom.ConversationStateClosed
	fill(&c.Priority, intercom.ConversationPriorityNotPriority)
	if c.Source == nil {
		c.Source = &intercom.ConversationSource{}
	}
	source := *c.Source
	if source.Author != nil && source.Author.Type == intercom.AuthorTypeAdmin {
		fill(&source.DeliveredAs, intercom.ConversationDeliveryAdminInitiated)
	}
	fill(&source.DeliveredAs, intercom.ConversationDeliveryCustomerInitiated)
	fill(&source.Type, intercom.ConversationSourceTypeConversation)
	fillFrom(&source.ID, w.ids.number)
	c.Source = &source
}

// beginSeeded works out what follows from the messages of a seeded
// conversation.
func (w *workspace) beginSeeded(c *conversation) {
	if c.data.Source.Author == nil && len(c.contacts) > 0 {
		c.data.Source.Author = contactAuthor(&w.contacts.get(c.contacts[0]).value)
	}
	if c.data.Statistics != nil { // The test says what they are.
		copied := *c.data.Statistics
		c.data.Statistics = &copied
		return
	}
	c.begin()
	for i := range c.parts {
		c.record(&c.parts[i])
	}
}

func conversationNotFound() error {
	return refuse(http.StatusNotFound, intercom.CodeNotFound, "Conversation Not Found")
}

// conversation finds a conversation.
func (w *workspace) conversation(id string) (*item[conversation], error) {
	w.wake()
	if it := w.conversations.get(id); it != nil {
		return it, nil
	}
	return nil, conversationNotFound()
}

// wake opens the conversations whose snooze is over.
func (w *workspace) wake() {
	room, now := &w.conversations, w.now()
	room.snoozed = slices.DeleteFunc(room.snoozed, func(it *item[conversation]) bool {
		c := &it.value
		until := c.data.SnoozedUntil
		switch {
		case c.data.State != intercom.ConversationStateSnoozed || until.IsZero():
			return true
		case until.After(now):
			return false
		}
		c.setState(intercom.ConversationStateOpen)
		w.addPart(c, intercom.ConversationPart{
			PartType: intercom.ConversationPartTypeTimerUnsnooze, CreatedAt: until, UpdatedAt: until, Author: bot,
		})
		return true
	})
}

// setState changes where a conversation stands. A snooze needs its time, too.
func (c *conversation) setState(state intercom.ConversationState) {
	c.data.State, c.data.Open = state, state != intercom.ConversationStateClosed
	c.data.SnoozedUntil = intercom.Timestamp{}
}

// addPart appends a part.
func (w *workspace) addPart(c *conversation, p intercom.ConversationPart) {
	p.Type, p.ID, p.State = "conversation_part", w.ids.number(), c.data.State
	fill(&p.CreatedAt, w.now())
	fill(&p.UpdatedAt, w.now())
	c.data.UpdatedAt = p.UpdatedAt
	c.parts = append(c.parts, p)
	c.record(&p)
}

// showConversation makes what lists answer of a conversation, which is all but
// its parts.
func (w *workspace) showConversation(it *item[conversation], version operations.Version) *intercom.Conversation {
	v := &it.value
	c := v.data
	c.Contacts = w.contactList(v.contacts)
	c.Tags = w.tagList(w.known(v.tags))
	c.Priority = priorityIn(version, c.Priority)
	if c.Teammates == nil {
		c.Teammates = &intercom.ConversationTeammates{Type: "admin.list"}
	}
	c.LinkedObjects = linkedList(v.links)
	c.Company = nil
	if company := w.companies.get(v.company); company != nil {
		c.Company, _ = w.showCompany(company).(*intercom.Company)
	}
	return &c
}

// priorityIn is a priority in the words of a version.
func priorityIn(version operations.Version, p intercom.ConversationPriority) intercom.ConversationPriority {
	urgent := p == intercom.ConversationPriorityPriority || p == intercom.ConversationPriorityHigh || p == intercom.ConversationPriorityUrgent
	switch {
	case version < 2016 && urgent:
		return intercom.ConversationPriorityPriority
	case version < 2016:
		return intercom.ConversationPriorityNotPriority
	case p == intercom.ConversationPriorityPriority:
		return intercom.ConversationPriorityHigh
	case p == intercom.ConversationPriorityNotPriority:
		return intercom.ConversationPriorityNone
	default:
		return p
	}
}

// showWhole makes what is answered of a single conversation.
func (w *workspace) showWhole(it *item[conversation], version operations.Version) *intercom.Conversation {
	c := w.showConversation(it, version)
	parts := it.value.parts
	c.Parts = &intercom.ConversationPartList{
		Type: "conversation_part.list", Parts: parts[max(0, len(parts)-partLimit):], TotalCount: len(parts),
	}
	return c
}

// answerConversation answers a single conversation in the form that the request
// asks for.
func (w *workspace) answerConversation(r *request, it *item[conversation]) (any, error) {
	c := w.showWhole(it, r.version)
	if r.query.Get("display_as") != "plaintext" {
		return c, nil
	}
	source := *c.Source
	source.Body = plainText(source.Body)
	parts := *c.Parts
	parts.Parts = slices.Clone(parts.Parts)
	for i := range parts.Parts {
		parts.Parts[i].Body = plainText(parts.Parts[i].Body)
	}
	c.Source, c.Parts = &source, &parts
	return c, nil
}

// contactList names contacts. One that was merged goes by what it became.
func (w *workspace) contactList(ids []string) *intercom.ContactReferenceList {
	list := &intercom.ContactReferenceList{Type: "contact.list"}
	for _, id := range ids {
		list.Contacts = append(list.Contacts, w.contactReference(id))
	}
	return list
}

func (w *workspace) contactReference(id string) intercom.ContactReference {
	if into, merged := w.contacts.merged[id]; merged {
		id = into
	}
	ref := intercom.ContactReference{Type: "contact", ID: id}
	if it := w.contacts.get(id); it != nil {
		ref.ExternalID = it.value.data.ExternalID
	}
	return ref
}

// currentIDs are the ids of contacts after all mergers.
func (w *workspace) currentIDs(ids []string) []string {
	current := make([]string, len(ids))
	for i, id := range ids {
		current[i] = w.contactReference(id).ID
	}
	return current
}

// takesPart tells whether a contact, or a lead that it was, is among those that
// ids name.
func (w *workspace) takesPart(ids []string, it *item[contact]) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return w.contactReference(id).ID == it.id })
}

// known returns the tags that were not deleted since they were applied.
func (w *workspace) known(tags []appliedTag) []appliedTag {
	return slices.DeleteFunc(slices.Clone(tags), func(t appliedTag) bool { return w.tags.get(t.id) == nil })
}

// byRecency is the order of the list: what changed last comes first.
var byRecency = order[conversation]{key: func(it *item[conversation]) sortKey {
	return sortKey{Set: true, Number: float64(it.value.data.UpdatedAt.Time().UnixMicro())}
}}

func (w *workspace) listConversations(r *request) (any, error) {
	w.wake()
	list := w.conversations.newest()
	slices.SortStableFunc(list, func(a, b *item[conversation]) int { return byRecency.compare(a, byRecency.key(b), b.seq) })
	return cursorPage(w, r, list, byRecency, w.conversationsIn(r.version))
}

func (w *workspace) searchConversations(r *request) (any, error) {
	w.wake()
	return search(w, r, w.conversationSearch, w.conversations.all(), w.conversationsIn(r.version))
}

func (w *workspace) conversationsIn(version operations.Version) func(*item[conversation]) any {
	return func(it *item[conversation]) any { return w.showConversation(it, version) }
}

func (w *workspace) getConversation(r *request) (any, error) {
	it, err := w.conversation(r.param("id"))
	if err != nil {
		return nil, err
	}
	return w.answerConversation(r, it)
}

// createConversation begins a conversation in the name of a contact.
func (w *workspace) createConversation(r *request) (any, error) {
	f := r.body
	f.require("from", "body")
	from := f.object("from")
	from.require("type")
	from.word("type", "user", "lead", "contact")
	f.check(from)
	text, subject, at := f.value("body"), f.value("subject"), f.moment("created_at")
	files := w.attachments(f)
	if f.err != nil {
		return nil, f.err
	}
	sender, err := w.sender(r, from)
	if err != nil {
		return nil, err
	}
	created := w.now()
	if t, ok := at.Get(); ok && r.since(2011) {
		created = t
	}
	it := w.beginConversation(sender, created, intercom.ConversationSource{
		DeliveredAs: intercom.ConversationDeliveryCustomerInitiated, Subject: subject, Body: contactHTML(text),
		Author: contactAuthor(&sender.value), Attachments: files,
	})
	sender.value.data.LastRepliedAt = created
	return &intercom.Message{
		Type: "user_message", ID: it.value.data.Source.ID, CreatedAt: created, Subject: subject, Body: text,
		MessageType: intercom.MessageTypeInAppSent, ConversationID: it.id,
	}, nil
}

// sender finds the contact who begins a conversation. A visitor who writes
// becomes a lead.
func (w *workspace) sender(r *request, from *fields) (*item[contact], error) {
	it, err := w.namedContact(r, from, "id", "user_id", "email")
	if err == nil || from.err != nil {
		return it, err
	}
	if v := w.visitorNamed(from.value("id"), from.value("id"), ""); v != nil {
		return w.becomeContact(v, intercom.ContactRoleLead, "", ""), nil
	}
	return nil, err
}

// beginConversation starts a conversation with a contact.
func (w *workspace) beginConversation(with *item[contact], at intercom.Timestamp, source intercom.ConversationSource) *item[conversation] {
	c := intercom.Conversation{CreatedAt: at, UpdatedAt: w.now(), Source: &source}
	w.completeConversation(&c)
	it := w.conversations.put(c.ID, c.CreatedAt, conversation{data: c, contacts: []string{with.id}})
	it.value.begin()
	return it
}

func (w *workspace) updateConversation(r *request) (any, error) {
	it, err := w.conversation(r.param("id"))
	if err != nil {
		return nil, err
	}
	f, v := r.body, &it.value
	c, company := v.data, v.company
	assign(&c.Read, f.boolean("read"))
	if r.since(2013) {
		assign(&c.Title, f.text("title"))
	}
	if r.since(2014) {
		assign(&company, f.text("company_id"))
	}
	if f.err == nil && company != "" && w.companies.get(company) == nil {
		return nil, companyNotFound()
	}
	w.changeAttributes(f, intercom.DataAttributeModelConversation, &c.CustomAttributes)
	if f.err != nil {
		return nil, f.err
	}
	c.UpdatedAt = w.now()
	v.data, v.company = c, company
	return w.answerConversation(r, it)
}
