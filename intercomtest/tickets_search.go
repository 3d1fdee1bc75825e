package intercomtest

import (
	"github.com/seed-8b687bef/intercom-go"
)

// searchedCategories are the words that a search has for the categories.
var searchedCategories = map[intercom.TicketCategory]string{
	intercom.TicketCategoryCustomer: "request", intercom.TicketCategoryBackOffice: "task", intercom.TicketCategoryTracker: "tracker",
}

// newTicketSearch tells how tickets are searched.
func newTicketSearch(w *workspace) *searchable[ticket] {
	s := &searchable[ticket]{fields: map[string]searchField[ticket]{}, prefix: "ticket_attribute."}
	values := func(t *ticket) *intercom.CustomAttributes { return &t.data.TicketAttributes }
	s.attribute = func(id string) searchField[ticket] {
		return attributeField[ticket]{name: w.ticketAttributeNamed(id), of: values}
	}
	for name, get := range map[string]textField[ticket]{
		"id":                func(t *ticket) string { return t.data.ID },
		"title":             func(t *ticket) string { s, _ := values(t).String(ticketTitle); return s },
		"description":       func(t *ticket) string { s, _ := values(t).String(ticketDescription); return s },
		"ticket_type_id":    func(t *ticket) string { return t.typeID },
		"state":             func(t *ticket) string { return string(t.data.TicketState.Category) },
		"admin_assignee_id": func(t *ticket) string { return orZero(t.data.AdminAssigneeID) },
		"team_assignee_id":  func(t *ticket) string { return orZero(t.data.TeamAssigneeID) },
		"category": func(t *ticket) string {
			if kind := w.ticketTypes.value(t.typeID); kind != nil {
				return searchedCategories[kind.Category]
			}
			return ""
		},
	} {
		s.fields[name] = get
	}
	for name, get := range map[string]momentField[ticket]{
		"created_at":    func(t *ticket) intercom.Timestamp { return t.data.CreatedAt },
		"updated_at":    func(t *ticket) intercom.Timestamp { return t.data.UpdatedAt },
		"snoozed_until": func(t *ticket) intercom.Timestamp { return t.data.SnoozedUntil },
	} {
		s.fields[name] = get
	}
	s.fields["open"] = flagField[ticket](func(t *ticket) bool { return t.data.Open })
	s.addList("contact_ids", func(t *ticket) []string { return w.currentIDs(t.contacts) })
	s.addList("tag_ids", func(t *ticket) []string { return tagIDs(w.known(t.tags)) })
	s.addList("teammate_ids", func(t *ticket) (ids []string) {
		for i := range t.parts {
			if a := t.parts[i].Author; a != nil && a.Type == intercom.AuthorTypeAdmin {
				ids = append(ids, a.ID)
			}
		}
		return ids
	})
	return s
}

func orZero(id string) string {
	if id == "" {
		return "0"
	}
	return id
}

// ticketAttributeNamed is the name of the attribute with an id.
func (w *workspace) ticketAttributeNamed(id string) string {
	for _, it := range w.ticketTypes.all() {
		if a := attributeOf(&it.value, id, ""); a != nil {
			return a.Name
		}
	}
	return id
}

func (w *workspace) searchTickets(r *request) (any, error) {
	for _, it := range w.tickets.all() {
		w.wakeTicket(&it.value)
	}
	return search(w, r, w.ticketSearch, w.tickets.all(), w.showTicket)
}
