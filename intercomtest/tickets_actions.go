package intercomtest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

func assigneeNotFound() error {
	return refuse(http.StatusNotFound, "assignee_not_found", "Assignee Not Found")
}

// addTicketPart appends a part.
func (w *workspace) addTicketPart(t *ticket, p intercom.TicketPart) *intercom.TicketPart {
	p.Type, p.ID = "ticket_part", w.ids.number()
	fill(&p.PreviousTicketState, t.data.TicketState.Category)
	p.TicketState = t.data.TicketState.Category
	fill(&p.CreatedAt, w.now())
	fill(&p.UpdatedAt, w.now())
	t.data.UpdatedAt = w.now()
	t.parts = append(t.parts, p)
	return &t.parts[len(t.parts)-1]
}

// updateTicket carries out a change, each of which is a part of its own.
func (w *workspace) updateTicket(r *request) (any, error) {
	it, err := w.ticket(r.param("id"))
	if err != nil {
		return nil, err
	}
	changed := it.value
	changed.parts = slices.Clone(changed.parts)
	author := adminAuthor(w.admins.value(w.me))
	if err := w.assignTicket(r, &changed, &author); err != nil {
		return nil, err
	}
	if err := w.checkTicketCompany(r); err != nil {
		return nil, err
	}
	w.updateTicketValues(r, &changed, author)
	w.updateTicketState(r, &changed, author)
	w.updateTicketInbox(r, &changed, author)
	if r.body.err != nil {
		return nil, r.body.err
	}
	changed.data.UpdatedAt = w.now()
	it.value = changed
	return w.showTicket(it), nil
}

// assignTicket gives a ticket to an admin, a team or nobody. Up to version 2.13
// the ids stand in an object of their own.
func (w *workspace) assignTicket(r *request, t *ticket, author **intercom.Author) error {
	f := r.body
	if !r.since(2014) {
		f = r.body.object("assignment")
		defer r.body.check(f)
	}
	adminID, to := f.value("admin_id"), f.text("assignee_id")
	if f.err != nil {
		return f.err
	}
	if adminID != "" {
		admin := w.admins.value(adminID)
		if admin == nil {
			return assigneeNotFound()
		}
		*author = adminAuthor(admin)
	}
	if to.IsZero() {
		return nil
	}
	part := intercom.TicketPart{PartType: intercom.TicketPartTypeAssignment, Author: *author, AssignedTo: nobody}
	switch id, _ := to.Get(); {
	case id == "" || id == "0":
		t.data.AdminAssigneeID, t.data.TeamAssigneeID = "", ""
	case w.admins.get(id) != nil:
		t.data.AdminAssigneeID = id
		part.AssignedTo = &intercom.Reference{Type: "admin", ID: id}
	case w.teams.get(id) != nil:
		t.data.TeamAssigneeID = id
		part.AssignedTo = &intercom.Reference{Type: "team", ID: id}
	default:
		return assigneeNotFound()
	}
	w.addTicketPart(t, part)
	return nil
}

// updateTicketState changes the state. Up to version 2.11 it goes by its
// category.
func (w *workspace) updateTicketState(r *request, t *ticket, author *intercom.Author) {
	f, name := r.body, "ticket_state_id"
	if !r.since(2012) {
		name = "state"
		f.word(name, "in_progress", "waiting_on_customer", "resolved")
	}
	wanted := f.value(name)
	if f.err != nil || wanted == "" {
		return
	}
	i := slices.IndexFunc(ticketStates, func(s intercom.TicketState) bool {
		return s.ID == wanted && name == "ticket_state_id" || string(s.Category) == wanted && name == "state"
	})
	if i < 0 {
		f.fail(name, "is not the id of a state of the ticket's type")
		return
	}
	before := t.data.TicketState
	if before.ID == ticketStates[i].ID {
		return
	}
	t.data.PreviousTicketStateID = before.ID
	setTicketState(&t.data, &ticketStates[i])
	w.addTicketPart(t, intercom.TicketPart{
		PartType: intercom.TicketPartTypeTicketStateUpdatedByAdmin, PreviousTicketState: before.Category, Author: author,
	})
}

// updateTicketInbox opens, closes, snoozes or shares a ticket.
func (w *workspace) updateTicketInbox(r *request, t *ticket, author *intercom.Author) {
	f := r.body
	assign(&t.data.IsShared, f.boolean("is_shared"))
	if open, ok := f.boolean("open").Get(); ok {
		t.data.Open = open
		if !open {
			t.data.SnoozedUntil = intercom.Timestamp{}
		}
	}
	until, ok := f.moment("snoozed_until").Get()
	switch {
	case !ok || f.err != nil:
	case !until.After(w.now()):
		f.fail("snoozed_until", "must lie in the future")
	default:
		t.data.SnoozedUntil = until
		w.addTicketPart(t, intercom.TicketPart{PartType: intercom.TicketPartTypeSnoozed, Author: author})
	}
}

// updateTicketValues changes attributes.
func (w *workspace) updateTicketValues(r *request, t *ticket, author *intercom.Author) {
	kind := w.ticketTypes.value(t.typeID)
	if kind == nil {
		return
	}
	for _, a := range w.changeTicketValues(r.body, kind, &t.data.TicketAttributes) {
		value, _ := t.data.TicketAttributes.String(a.Name)
		label := value
		for _, o := range listOptionsOf(a) {
			if o.ID == value {
				label = o.Label
			}
		}
		w.addTicketPart(t, intercom.TicketPart{
			PartType: intercom.TicketPartTypeTicketAttributeUpdatedByAdmin, Author: author,
			UpdatedAttributeData: &intercom.TicketAttributeUpdate{
				Attribute: &intercom.TicketAttributeName{Type: "attribute", ID: a.ID, Label: a.Name},
				Value:     intercom.CustomAttributesOf(map[string]any{"type": "value", "id": value, "label": label}),
			},
		})
	}
}

// changeTicketValues writes the attributes of a request into those of a ticket
// and returns which ones changed.
func (w *workspace) changeTicketValues(f *fields, kind *intercom.TicketType, to *intercom.CustomAttributes) []*intercom.TicketTypeAttribute {
	inner := f.object("ticket_attributes")
	values := *to
	var changed []*intercom.TicketTypeAttribute
	for _, name := range slices.Sorted(maps.Keys(inner.members)) {
		value := inner.members[name]
		a := attributeOf(kind, "", name)
		switch {
		case a == nil || a.Archived:
			inner.fail(name, "is no attribute of the ticket type")
		case !fitsTicket(a, value):
			inner.fail(name, "does not fit the type of the attribute")
		default:
			values.Set(a.Name, value)
			changed = append(changed, a)
		}
	}
	f.check(inner)
	if f.err != nil {
		return nil
	}
	*to = values
	return changed
}

// fitsTicket tells whether a value fits an attribute of a ticket.
func fitsTicket(a *intercom.TicketTypeAttribute, value any) bool {
	if value == nil {
		return true
	}
	if a.DataType == intercom.TicketAttributeTypeFiles {
		_, ok := value.([]any)
		return ok
	}
	text, ok := scalarText(value)
	if !ok {
		return false
	}
	switch a.DataType {
	case intercom.TicketAttributeTypeList:
		return slices.ContainsFunc(listOptionsOf(a), func(o listOption) bool { return o.ID == text })
	case intercom.TicketAttributeTypeInteger:
		_, ok := wholeNumber(value)
		return ok
	case intercom.TicketAttributeTypeDecimal:
		_, err := strconv.ParseFloat(text, 64)
		return err == nil
	case intercom.TicketAttributeTypeBoolean:
		return text == "true" || text == "false"
	case intercom.TicketAttributeTypeDatetime:
		_, number := value.(json.Number)
		_, err := time.Parse(time.RFC3339, text)
		return number || err == nil
	default:
		return true
	}
}

// replyToTicket writes a note or, since version 2.10, a reply.
func (w *workspace) replyToTicket(r *request) (any, error) {
	it, err := w.ticket(r.param("id"))
	if err != nil {
		return nil, err
	}
	kinds := []string{"note"}
	if r.since(2010) {
		kinds = []string{"note", "comment", "quick_reply"}
	}
	v, err := w.readReply(r, kinds...)
	if err != nil {
		return nil, err
	}
	kind, t := r.body.value("message_type"), &it.value
	p := intercom.TicketPart{PartType: intercom.TicketPartType(kind), Body: v.html(), Attachments: v.files, CreatedAt: v.at}
	switch {
	case kind == "quick_reply" && len(r.body.objects("reply_options")) == 0:
		return nil, missing("reply_options")
	case v.admin != nil:
		p.Author = adminAuthor(v.admin)
	case !w.takesPart(t.contacts, v.author):
		return nil, notFound("User")
	default:
		p.Author = contactAuthor(&v.author.value)
		t.data.Open, t.data.SnoozedUntil = true, intercom.Timestamp{}
		v.author.value.data.LastRepliedAt = w.now()
	}
	return w.addTicketPart(t, p), nil
}
