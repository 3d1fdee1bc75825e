package intercomtest

import (
	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// news is something to tell webhooks of.
type news struct {
	topic string
	item  any // encoded as an answer
}

// happening is a request that changed something.
type happening struct {
	*workspace
	*request
	version operations.Version // that notifications are written in, not the request's
	before  past
	answer  any
}

// past is what the workspace was like before a request, as far as that tells
// what the request did.
type past struct {
	contact      intercom.Contact
	published    bool // the article
	companies    int
	participants int // of the conversation
	parts        int // of the ticket
	events       uint64
}

// happenings says for each operation that changes something what to tell. Of
// operations that share a route one entry is enough.
var happenings = map[*operations.Operation]func(*happening) []news{
	operations.AdminsSetAway: func(h *happening) []news { return about(webhook.AdminAwayModeUpdated, h.answer) },

	operations.ArticlesCreate: (*happening).articleCreated,
	operations.ArticlesUpdate: (*happening).articleUpdated,
	operations.ArticlesDelete: func(h *happening) []news { return about(webhook.ArticleDeleted, h.answer) },

	operations.CompaniesUpsert: (*happening).companyUpserted,
	operations.CompaniesUpdate: func(h *happening) []news { return about(webhook.CompanyUpdated, h.answer) },
	operations.CompaniesDelete: func(h *happening) []news { return about(webhook.CompanyDeleted, h.answer) },

	operations.ContactsCreate:          (*happening).contactCreated,
	operations.ContactsUpdate:          (*happening).contactUpdated,
	operations.ContactsDelete:          func(h *happening) []news { return about(webhook.ContactDeleted, h.answer) },
	operations.ContactsMerge:           func(h *happening) []news { return about(webhook.ContactMerged, h.answer) },
	operations.ContactsArchive:         func(h *happening) []news { return about(webhook.ContactArchived, h.answer) },
	operations.ContactsUnarchive:       func(h *happening) []news { return about(webhook.ContactUnarchived, h.contact("id")) },
	operations.ContactsCompaniesAttach: func(h *happening) []news { return h.membership(webhook.CompanyContactAttached, "id") },
	operations.ContactsCompaniesDetach: func(h *happening) []news { return h.membership(webhook.CompanyContactDetached, "contact_id") },
	operations.ContactsTagsAttach: func(h *happening) []news {
		return h.tagged(webhook.ContactUserTagCreated, webhook.ContactLeadTagCreated)
	},
	operations.ContactsTagsDetach: func(h *happening) []news {
		return h.tagged(webhook.ContactUserTagDeleted, webhook.ContactLeadTagDeleted)
	},

	operations.ConversationsCreate:             (*happening).conversationCreated,
	operations.ConversationsReplyAsAdmin:       (*happening).conversationChanged,
	operations.ConversationsClose:              (*happening).conversationChanged,
	operations.ConversationsRunAssignmentRules: (*happening).conversationChanged,
	operations.ConversationsRedactPart:         (*happening).conversationRedacted,
	operations.ConversationsTagsAttach:         (*happening).conversationTagged,
	operations.ConversationsContactsAttach: func(h *happening) []news {
		return h.joined()
	},
	operations.ConversationsContactsDetach: func(h *happening) []news {
		return h.participation(webhook.ConversationContactDetached, "conversation_id", h.contact("contact_id"))
	},

	operations.EventsSubmit: (*happening).eventSubmitted,

	operations.TicketsCreate: func(h *happening) []news {
		return about(webhook.TicketCreated, object{{"type", "ticket"}, {"ticket", h.answer}})
	},
	operations.TicketsUpdate:  (*happening).ticketChanged,
	operations.TicketsAddNote: (*happening).ticketChanged,
}

// about is a single notification.
func about[T any](topic webhook.Topic[T], item any) []news { return []news{{string(topic), item}} }

// watch returns a function that tells what a request did, once it is answered.
// Both are called with the workspace locked.
func (s *Server) watch(r *request) (done func(answer any)) {
	var tell func(*happening) []news
	for _, op := range r.route.operations {
		if found := happenings[op]; found != nil {
			tell = found
		}
	}
	if tell == nil || !s.webhooks.any() {
		return func(any) {}
	}
	version, err := versionOf(nil, s.config.version)
	if err != nil {
		version = r.version
	}
	h := &happening{workspace: s.space, request: r, version: version, before: s.space.past(r)}
	return func(answer any) {
		h.answer = answer
		for _, n := range tell(h) {
			e := encoder{version: version, quirks: s.config.quirks}
			e.value(n.item)
			s.webhooks.tell(n.topic, e.b, s.space.now())
		}
	}
}

// past looks at what a request is about to change.
func (w *workspace) past(r *request) past {
	p := past{companies: w.companies.size(), events: w.events.last}
	id := r.param("id")
	if it := w.contacts.get(id); it != nil {
		p.contact = it.value.data
	}
	if a := w.articles.value(id); a != nil {
		p.published = a.State == intercom.ArticleStatePublished
	}
	if c := w.conversations.value(id); c != nil {
		p.participants = len(c.contacts)
	}
	if t := w.tickets.value(id); t != nil {
		p.parts = len(t.parts)
	}
	return p
}

func (h *happening) articleCreated() []news {
	list := about(webhook.ArticleCreated, h.answer)
	if h.answer.(*intercom.Article).State == intercom.ArticleStatePublished {
		list = append(list, about(webhook.ArticlePublished, h.answer)...)
	}
	return list
}

func (h *happening) articleUpdated() []news {
	list := about(webhook.ArticleUpdated, h.answer)
	switch published := h.answer.(*intercom.Article).State == intercom.ArticleStatePublished; {
	case published && !h.before.published:
		list = append(list, about(webhook.ArticlePublished, h.answer)...)
	case !published && h.before.published:
		list = append(list, about(webhook.ArticleUnpublished, h.answer)...)
	}
	return list
}

func (h *happening) companyUpserted() []news {
	if h.companies.size() > h.before.companies {
		return about(webhook.CompanyCreated, h.answer)
	}
	return about(webhook.CompanyUpdated, h.answer)
}

// contact is the contact that a parameter of the path names, nil if it is gone.
func (h *happening) contact(param string) any {
	if it := h.contacts.get(h.param(param)); it != nil {
		return h.showContact(it)
	}
	return nil
}

func (h *happening) contactCreated() []news {
	if h.answer.(*intercom.Contact).Role == intercom.ContactRoleLead {
		return about(webhook.ContactLeadCreated, h.answer)
	}
	return about(webhook.ContactUserCreated, h.answer)
}

func (h *happening) contactUpdated() []news {
	now, before := h.answer.(*intercom.Contact), h.before.contact
	var list []news
	switch {
	case now.Role == intercom.ContactRoleUser && before.Role == intercom.ContactRoleLead:
		list = about(webhook.ContactLeadSignedUp, h.answer)
	case now.Role == intercom.ContactRoleLead:
		list = about(webhook.ContactLeadUpdated, h.answer)
	default:
		list = about(webhook.ContactUserUpdated, h.answer)
	}
	switch {
	case now.Email == before.Email:
	case now.Role == intercom.ContactRoleLead && before.Email == "":
		list = append(list, about(webhook.ContactLeadAddedEmail, h.answer)...)
	default:
		list = append(list, about(webhook.ContactEmailUpdated, h.answer)...)
	}
	return list
}

func (h *happening) membership(topic webhook.Topic[webhook.CompanyContact], param string) []news {
	return about(topic, object{{"company", h.answer}, {"contact", h.contact(param)}})
}

func (h *happening) tagged(user, lead webhook.Topic[webhook.ContactTag]) []news {
	contact := h.contact("contact_id").(*intercom.Contact)
	item := object{{"type", "contact_tag"}, {"created_at", h.now()}, {"tag", h.answer}, {"contact", contact}}
	if contact.Role == intercom.ContactRoleLead {
		return about(lead, item)
	}
	return about(user, item)
}

// conversationWith shows a conversation with its newest parts alone.
func (h *happening) conversationWith(it *item[conversation], parts int) *intercom.Conversation {
	c := h.showWhole(it, h.version)
	list := *c.Parts
	list.Parts = list.Parts[max(0, len(list.Parts)-parts):]
	list.TotalCount = len(list.Parts)
	c.Parts = &list
	return c
}

func (h *happening) conversationCreated() []news {
	it := h.conversations.get(h.answer.(*intercom.Message).ConversationID)
	return about(webhook.ConversationUserCreated, h.conversationWith(it, 0))
}

// conversationChanged tells what the newest part is about.
func (h *happening) conversationChanged() []news {
	it := h.conversations.get(h.answer.(*intercom.Conversation).ID)
	c := h.conversationWith(it, 1)
	switch p := &c.Parts.Parts[0]; p.PartType {
	case intercom.ConversationPartTypeNote:
		return about(webhook.ConversationAdminNoted, c)
	case intercom.ConversationPartTypeClose:
		return about(webhook.ConversationAdminClosed, c)
	case intercom.ConversationPartTypeSnoozed:
		return about(webhook.ConversationAdminSnoozed, c)
	case intercom.ConversationPartTypeUnsnoozed:
		return about(webhook.ConversationAdminUnsnoozed, c)
	case intercom.ConversationPartTypeAssignment, intercom.ConversationPartTypeDefaultAssignment:
		list := about(webhook.ConversationAdminAssigned, c)
		if c.Open {
			list = append(list, about(webhook.ConversationAdminOpenAssigned, c)...)
		}
		return list
	case intercom.ConversationPartTypeOpen:
		if !byContact(p.Author) {
			return about(webhook.ConversationAdminOpened, c)
		}
		return about(webhook.ConversationUserReplied, c)
	default:
		if !byContact(p.Author) {
			return about(webhook.ConversationAdminReplied, c)
		}
		return about(webhook.ConversationUserReplied, c)
	}
}

func (h *happening) conversationRedacted() []news {
	c := *h.answer.(*intercom.Conversation)
	list := intercom.ConversationPartList{Type: "conversation_part.list"}
	for _, p := range c.Parts.Parts {
		if p.ID == h.body.value("conversation_part_id") {
			list.Parts, list.TotalCount = []intercom.ConversationPart{p}, 1
		}
	}
	c.Parts = &list
	return about(webhook.ConversationPartRedacted, &c)
}

func (h *happening) conversationTagged() []news {
	return about(webhook.ConversationPartTagCreated, h.conversationWith(h.conversations.get(h.param("conversation_id")), 1))
}

func (h *happening) participation(topic webhook.Topic[webhook.ConversationContact], param string, contact any) []news {
	return about(topic, object{{"conversation", object{{"type", "conversation"}, {"id", h.param(param)}}}, {"contact", contact}})
}

// joined tells who came into a conversation, unless they were there before.
func (h *happening) joined() []news {
	in := h.conversations.get(h.param("id")).value.contacts
	if len(in) == h.before.participants {
		return nil
	}
	return h.participation(webhook.ConversationContactAttached, "id", h.showContact(h.contacts.get(in[len(in)-1])))
}

// eventSubmitted tells of an event, unless it was there before.
func (h *happening) eventSubmitted() []news {
	if h.events.last == h.before.events {
		return nil
	}
	for _, it := range h.events.newest() {
		if it.seq == h.events.last {
			return about(webhook.EventCreated, h.showEvent(it))
		}
	}
	return nil
}

// ticketChanged tells what each of the new parts is about.
func (h *happening) ticketChanged() (list []news) {
	it := h.tickets.get(h.param("id"))
	shown := h.showTicket(it)
	for i := h.before.parts; i < len(it.value.parts); i++ {
		part := &it.value.parts[i]
		for _, topic := range h.ticketTopics(part) {
			list = append(list, about(topic, object{{"type", "ticket_ticket_part"}, {"ticket", shown}, {"ticket_part", part}})...)
		}
	}
	return list
}

func (h *happening) ticketTopics(p *intercom.TicketPart) []webhook.Topic[webhook.TicketChange] {
	type topics = []webhook.Topic[webhook.TicketChange]
	switch p.PartType {
	case intercom.TicketPartTypeNote:
		return topics{webhook.TicketNoteCreated}
	case intercom.TicketPartTypeAssignment:
		if p.AssignedTo.Type == "team" {
			return topics{webhook.TicketTeamAssigned}
		}
		return topics{webhook.TicketAdminAssigned}
	case intercom.TicketPartTypeTicketStateUpdatedByAdmin:
		switch {
		case p.TicketState != intercom.TicketStateCategoryResolved:
			return topics{webhook.TicketStateUpdated}
		case h.version < 2015:
			return topics{webhook.TicketStateUpdated, webhook.TicketClosed}
		default:
			return topics{webhook.TicketStateUpdated, webhook.TicketResolved}
		}
	case intercom.TicketPartTypeTicketAttributeUpdatedByAdmin:
		return topics{webhook.TicketAttributeUpdated}
	case intercom.TicketPartTypeComment, intercom.TicketPartTypeQuickReply:
		if byContact(p.Author) {
			return topics{webhook.TicketContactReplied}
		}
		return topics{webhook.TicketAdminReplied}
	}
	return nil
}
