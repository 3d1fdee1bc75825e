package intercomtest

import (
	"slices"
	"strconv"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var ticketsRoom = room{
	operations.TicketsGet:        (*workspace).getTicket,
	operations.TicketsSearch:     (*workspace).searchTickets,
	operations.TicketsCreate:     (*workspace).createTicket,
	operations.TicketsUpdate:     (*workspace).updateTicket,
	operations.TicketsAddNote:    (*workspace).replyToTicket, // and replies
	operations.TicketsTagsAttach: (*workspace).attachTicketTag,
	operations.TicketsTagsDetach: (*workspace).detachTicketTag,
}

// ticket is a ticket with what belongs to it. The lists of data are made when
// it is shown.
type ticket struct {
	data     intercom.Ticket // with its state
	typeID   string
	parts    []intercom.TicketPart
	contacts []string // ids
	tags     []appliedTag
	links    []intercom.LinkedObject
}

// seedTicket adds a ticket. Its type and contacts are taken over when all
// objects are there; without a type it gets the first one.
func (w *workspace) seedTicket(t *intercom.Ticket) (link func()) {
	w.completeTicket(t)
	it := w.tickets.put(t.ID, t.CreatedAt, ticket{data: *t})
	v := &it.value
	if t.TicketParts != nil {
		for _, p := range t.TicketParts.TicketParts {
			fillFrom(&p.ID, w.ids.number)
			fill(&p.PartType, intercom.TicketPartTypeComment)
			fill(&p.CreatedAt, t.CreatedAt)
			fill(&p.UpdatedAt, p.CreatedAt)
			p.Type = "ticket_part"
			v.parts = append(v.parts, p)
		}
	}
	if t.TicketType != nil {
		v.typeID = t.TicketType.ID
	}
	if t.LinkedObjects != nil {
		v.links = slices.Clone(t.LinkedObjects.Data)
	}
	contacts := t.Contacts
	return func() {
		if types := w.ticketTypes.all(); v.typeID == "" && len(types) > 0 {
			v.typeID = types[0].id
		}
		if contacts != nil {
			for _, ref := range contacts.Contacts {
				if w.contacts.get(ref.ID) != nil {
					v.contacts = append(v.contacts, ref.ID)
				}
			}
		}
	}
}

// completeTicket fills in what was left out of a ticket.
func (w *workspace) completeTicket(t *intercom.Ticket) {
	fillFrom(&t.ID, w.ids.number)
	fill(&t.TicketID, strconv.Itoa(w.tickets.size()+1))
	fill(&t.CreatedAt, w.now())
	fill(&t.UpdatedAt, t.CreatedAt)
	t.Type = "ticket"
	category := intercom.TicketStateCategorySubmitted
	if t.TicketState != nil && t.TicketState.Category != "" {
		category = t.TicketState.Category
	}
	for i := range ticketStates {
		if ticketStates[i].Category == category {
			setTicketState(t, &ticketStates[i])
		}
	}
	if category != intercom.TicketStateCategoryResolved {
		t.Open = true
	}
}

func setTicketState(t *intercom.Ticket, s *intercom.TicketState) {
	t.TicketState, t.TicketStateInternalLabel, t.TicketStateExternalLabel = s, s.InternalLabel, s.ExternalLabel
}

// ticket finds a ticket as it is now.
func (w *workspace) ticket(id string) (*item[ticket], error) {
	if it := w.tickets.get(id); it != nil {
		w.wakeTicket(&it.value)
		return it, nil
	}
	return nil, notFound("Ticket")
}

// wakeTicket brings a ticket back whose snooze is over.
func (w *workspace) wakeTicket(t *ticket) {
	if until := t.data.SnoozedUntil; !until.IsZero() && !until.After(w.now()) {
		t.data.SnoozedUntil, t.data.Open, t.data.UpdatedAt = intercom.Timestamp{}, true, until
	}
}

// showTicket makes what is answered of a ticket.
func (w *workspace) showTicket(it *item[ticket]) any {
	v := &it.value
	t := v.data
	t.TicketType = w.ticketTypes.value(v.typeID)
	if t.TicketType != nil {
		t.Category = t.TicketType.Category
	}
	t.Contacts = w.contactList(v.contacts)
	t.LinkedObjects = linkedList(v.links)
	t.TicketParts = &intercom.TicketPartList{
		Type: "ticket_part.list", TicketParts: v.parts[max(0, len(v.parts)-partLimit):], TotalCount: len(v.parts),
	}
	return &t
}

// linkedList lists the objects that another one is linked to.
func linkedList(links []intercom.LinkedObject) *intercom.LinkedObjectList {
	return &intercom.LinkedObjectList{Type: "list", Data: links, TotalCount: len(links)}
}

func (w *workspace) getTicket(r *request) (any, error) {
	it, err := w.ticket(r.param("id"))
	if err != nil {
		return nil, err
	}
	return w.showTicket(it), nil
}

func (w *workspace) createTicket(r *request) (any, error) {
	f := r.body
	f.require("ticket_type_id", "contacts")
	typeID, contacts := f.value("ticket_type_id"), f.objects("contacts")
	if f.err == nil && len(contacts) != 1 {
		f.fail("contacts", "must name one contact")
	}
	if f.err != nil {
		return nil, f.err
	}
	kind, err := w.ticketType(typeID)
	if err != nil {
		return nil, err
	}
	v := ticket{typeID: kind.ID}
	v.data.IsShared = kind.Category == intercom.TicketCategoryCustomer && !kind.IsInternal
	w.changeTicketValues(f, kind, &v.data.TicketAttributes)
	if at, ok := f.moment("created_at").Get(); ok && r.since(2011) {
		v.data.CreatedAt = at
	}
	if err := w.checkTicketCompany(r); err != nil {
		return nil, err
	}
	if err := w.assignNewTicket(r, &v.data); err != nil {
		return nil, err
	}
	other, err := w.linkTo(r)
	if err != nil {
		return nil, err
	}
	concerned, err := w.namedOrNew(r, contacts[0], "id", "external_id", "email")
	if err != nil {
		return nil, err
	}
	v.contacts = []string{concerned.id}
	w.completeTicket(&v.data)
	it := w.tickets.put(v.data.ID, v.data.CreatedAt, v)
	if other != nil {
		it.value.links = []intercom.LinkedObject{{Type: "conversation", ID: other.id}}
		other.value.links = append(other.value.links, intercom.LinkedObject{Type: "ticket", ID: it.id, Category: kind.Category})
	}
	return w.showTicket(it), nil
}

// checkTicketCompany looks for the company of a request. Up to version 2.11 it
// goes by your own id.
func (w *workspace) checkTicketCompany(r *request) error {
	id := r.body.value("company_id")
	switch {
	case r.body.err != nil:
		return r.body.err
	case id == "", w.companies.get(id) != nil && r.since(2012), w.companies.byCompanyID[id] != nil && !r.since(2012):
		return nil
	}
	return companyNotFound()
}

// assignNewTicket reads who is to work on a new ticket.
func (w *workspace) assignNewTicket(r *request, t *intercom.Ticket) error {
	if !r.since(2014) {
		return nil
	}
	to := r.body.object("assignment")
	admin, team := unlessZero(to.value("admin_assignee_id")), unlessZero(to.value("team_assignee_id"))
	r.body.check(to)
	switch {
	case r.body.err != nil:
		return r.body.err
	case admin != "" && w.admins.get(admin) == nil, team != "" && w.teams.get(team) == nil:
		return assigneeNotFound()
	}
	t.AdminAssigneeID, t.TeamAssigneeID = admin, team
	return nil
}

// linkTo finds the conversation that a new ticket is linked to, nil for none.
func (w *workspace) linkTo(r *request) (*item[conversation], error) {
	id := r.body.value("conversation_to_link_id")
	if id == "" || !r.since(2014) {
		return nil, r.body.err
	}
	return w.conversation(id)
}

func (w *workspace) attachTicketTag(r *request) (any, error) {
	it, err := w.ticket(r.param("ticket_id"))
	if err != nil {
		return nil, err
	}
	return w.attachTag(r, &it.value.tags)
}

func (w *workspace) detachTicketTag(r *request) (any, error) {
	it, err := w.ticket(r.param("ticket_id"))
	if err != nil {
		return nil, err
	}
	return w.detachTag(r, &it.value.tags)
}
