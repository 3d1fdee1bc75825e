package intercomtest

import (
	"encoding/json"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var ticketTypesRoom = room{
	operations.TicketTypesList:             (*workspace).listTicketTypes,
	operations.TicketTypesGet:              (*workspace).getTicketType,
	operations.TicketTypesCreate:           (*workspace).createTicketType,
	operations.TicketTypesUpdate:           (*workspace).updateTicketType,
	operations.TicketTypesAttributesCreate: (*workspace).createTicketTypeAttribute,
	operations.TicketTypesAttributesUpdate: (*workspace).updateTicketTypeAttribute,
}

// ticketStates are the states that every workspace has.
var ticketStates = []intercom.TicketState{
	{Type: "ticket_state", ID: "7101", Category: intercom.TicketStateCategorySubmitted, InternalLabel: "Submitted", ExternalLabel: "Received"},
	{Type: "ticket_state", ID: "7102", Category: intercom.TicketStateCategoryInProgress, InternalLabel: "In progress", ExternalLabel: "Being worked on"},
	{Type: "ticket_state", ID: "7103", Category: intercom.TicketStateCategoryWaitingOnCustomer, InternalLabel: "Waiting on customer", ExternalLabel: "Waiting for you"},
	{Type: "ticket_state", ID: "7104", Category: intercom.TicketStateCategoryResolved, InternalLabel: "Resolved", ExternalLabel: "Resolved"},
}

// Names of the attributes that every ticket has.
const (
	ticketTitle       = "_default_title_"
	ticketDescription = "_default_description_"
)

// seedTicketType adds a ticket type with the attributes that all have.
func (w *workspace) seedTicketType(t *intercom.TicketType) {
	fillFrom(&t.ID, w.ids.number)
	fill(&t.Name, "Ticket type "+t.ID)
	fill(&t.Category, intercom.TicketCategoryCustomer)
	fill(&t.Icon, "\U0001F39F\ufe0f")
	fill(&t.CreatedAt, w.now())
	fill(&t.UpdatedAt, t.CreatedAt)
	t.Type, t.WorkspaceID = "ticket_type", workspaceID
	t.TicketStates = &intercom.TicketStateList{Type: "list", Data: ticketStates}
	var given []intercom.TicketTypeAttribute
	if t.TicketTypeAttributes != nil {
		given = t.TicketTypeAttributes.Data
	}
	t.TicketTypeAttributes = &intercom.TicketTypeAttributeList{Type: "list"}
	for _, name := range []string{ticketTitle, ticketDescription} {
		w.addTicketAttribute(t, intercom.TicketTypeAttribute{
			Name: name, Default: true, VisibleOnCreate: true, VisibleToContacts: true,
			InputOptions: intercom.CustomAttributesOf(map[string]any{"multiline": name == ticketDescription}),
		})
	}
	for _, a := range given {
		if a.Name != ticketTitle && a.Name != ticketDescription {
			w.addTicketAttribute(t, a)
		}
	}
	w.ticketTypes.put(t.ID, t.CreatedAt, *t)
}

// addTicketAttribute adds an attribute to a ticket type.
func (w *workspace) addTicketAttribute(t *intercom.TicketType, a intercom.TicketTypeAttribute) *intercom.TicketTypeAttribute {
	fillFrom(&a.ID, w.ids.number)
	fill(&a.Name, "Attribute "+a.ID)
	fill(&a.DataType, intercom.TicketAttributeTypeString)
	fill(&a.CreatedAt, w.now())
	fill(&a.UpdatedAt, a.CreatedAt)
	list := t.TicketTypeAttributes
	a.Type, a.WorkspaceID, a.TicketTypeID, a.Order = "ticket_type_attribute", workspaceID, t.ID, len(list.Data)
	list.Data = append(list.Data, a)
	return &list.Data[len(list.Data)-1]
}

// attributeOf finds an attribute of a ticket type by id or by name, nil if
// there is none.
func attributeOf(t *intercom.TicketType, id, name string) *intercom.TicketTypeAttribute {
	for i := range t.TicketTypeAttributes.Data {
		if a := &t.TicketTypeAttributes.Data[i]; id != "" && a.ID == id || name != "" && strings.EqualFold(a.Name, name) {
			return a
		}
	}
	return nil
}

func (w *workspace) ticketType(id string) (*intercom.TicketType, error) {
	if t := w.ticketTypes.value(id); t != nil {
		return t, nil
	}
	return nil, notFound("Ticket type")
}

func (w *workspace) listTicketTypes(r *request) (any, error) {
	return wholePage(r, w.ticketTypes.all(), plain)
}

func (w *workspace) getTicketType(r *request) (any, error) { return w.ticketType(r.param("id")) }

func (w *workspace) createTicketType(r *request) (any, error) {
	r.body.require("name")
	var t intercom.TicketType
	if err := changeTicketType(r, &t); err != nil {
		return nil, err
	}
	w.seedTicketType(&t)
	return w.ticketTypes.value(t.ID), nil
}

func (w *workspace) updateTicketType(r *request) (any, error) {
	old, err := w.ticketType(r.param("id"))
	if err != nil {
		return nil, err
	}
	t := *old
	if err := changeTicketType(r, &t); err != nil {
		return nil, err
	}
	assign(&t.Archived, r.body.boolean("archived"))
	if r.body.err != nil {
		return nil, r.body.err
	}
	t.UpdatedAt = w.now()
	*old = t
	return old, nil
}

// changeTicketType writes what a request says into a ticket type.
func changeTicketType(r *request, t *intercom.TicketType) error {
	f := r.body
	assign(&t.Name, f.text("name"))
	if f.err == nil && t.Name == "" {
		f.err = missing("name")
	}
	assign(&t.Description, f.text("description"))
	assign(&t.Icon, f.text("icon"))
	assign(&t.IsInternal, f.boolean("is_internal"))
	if r.since(2010) {
		if category, ok := f.word("category", "Customer", "Back-office", "Tracker").Get(); ok {
			t.Category = intercom.TicketCategory(category)
		}
	}
	return f.err
}

func (w *workspace) createTicketTypeAttribute(r *request) (any, error) {
	t, err := w.ticketType(r.param("ticket_type_id"))
	if err != nil {
		return nil, err
	}
	f := r.body
	f.require("name", "description", "data_type")
	kind, _ := f.word("data_type", "string", "list", "integer", "decimal", "boolean", "datetime", "files").Get()
	a := intercom.TicketTypeAttribute{DataType: intercom.TicketAttributeType(kind), VisibleOnCreate: true, VisibleToContacts: true}
	w.changeTicketAttribute(f, t, &a)
	if kind == "list" {
		f.require("list_items")
	}
	if f.err != nil {
		return nil, f.err
	}
	return w.addTicketAttribute(t, a), nil
}

func (w *workspace) updateTicketTypeAttribute(r *request) (any, error) {
	t, err := w.ticketType(r.param("ticket_type_id"))
	if err != nil {
		return nil, err
	}
	old := attributeOf(t, r.param("id"), "")
	if old == nil {
		return nil, notFound("Ticket type attribute")
	}
	a := *old
	w.changeTicketAttribute(r.body, t, &a)
	assign(&a.Archived, r.body.boolean("archived"))
	if r.body.err != nil {
		return nil, r.body.err
	}
	a.UpdatedAt = w.now()
	*old = a
	return old, nil
}

// changeTicketAttribute writes what a request says into an attribute.
func (w *workspace) changeTicketAttribute(f *fields, t *intercom.TicketType, a *intercom.TicketTypeAttribute) {
	assign(&a.Name, f.text("name"))
	if other := attributeOf(t, "", a.Name); a.Name == "" || other != nil && other.ID != a.ID {
		f.fail("name", "has to be one that no other attribute of the ticket type has")
	}
	assign(&a.Description, f.text("description"))
	assign(&a.RequiredToCreate, f.boolean("required_to_create"))
	assign(&a.RequiredToCreateForContacts, f.boolean("required_to_create_for_contacts"))
	assign(&a.VisibleOnCreate, f.boolean("visible_on_create"))
	assign(&a.VisibleToContacts, f.boolean("visible_to_contacts"))
	multiline, several := f.boolean("multiline"), f.boolean("allow_multiple_values")
	options := a.InputOptions
	switch a.DataType {
	case intercom.TicketAttributeTypeString:
		setOption(&options, "multiline", multiline)
	case intercom.TicketAttributeTypeFiles:
		setOption(&options, "allow_multiple_values", several)
	case intercom.TicketAttributeTypeList:
		if items, ok := f.text("list_items").Get(); ok {
			options.Set("list_options", w.listOptions(items, listOptionsOf(a)))
		}
	}
	a.InputOptions = options
}

func setOption(options *intercom.CustomAttributes, name string, o intercom.Opt[bool]) {
	if v, ok := o.Get(); ok {
		options.Set(name, v)
	}
}

// listOption is an item of a list.
type listOption struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// listOptions makes the items of a list from their names, which are joined by
// commas. Items that were there keep their ids.
func (w *workspace) listOptions(names string, old []listOption) []listOption {
	var list []listOption
	for name := range strings.SplitSeq(names, ",") {
		o := listOption{Label: strings.TrimSpace(name)}
		if o.Label == "" {
			continue
		}
		for _, had := range old {
			if had.Label == o.Label {
				o.ID = had.ID
			}
		}
		fillFrom(&o.ID, w.ids.uuid)
		list = append(list, o)
	}
	return list
}

// listOptionsOf returns the items of a list attribute.
func listOptionsOf(a *intercom.TicketTypeAttribute) []listOption {
	value, _ := a.InputOptions.Get("list_options")
	text, _ := value.(json.RawMessage)
	var list []listOption
	if json.Unmarshal(text, &list) != nil {
		return nil
	}
	return list
}
