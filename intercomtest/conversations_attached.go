package intercomtest

import (
	"net/http"
	"slices"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
)

// attachConversationContact adds a contact to those who take part. An address
// that nobody has makes a new lead.
func (w *workspace) attachConversationContact(r *request) (any, error) {
	it, err := w.conversation(r.param("id"))
	if err != nil {
		return nil, err
	}
	f := r.body
	f.require("customer")
	customer := f.object("customer")
	adminID := f.value("admin_id")
	f.check(customer)
	if f.err != nil {
		return nil, f.err
	}
	author := bot
	if adminID != "" {
		admin, err := w.admin(adminID)
		if err != nil {
			return nil, err
		}
		author = adminAuthor(admin)
	}
	joining, err := w.namedOrNew(r, customer, "intercom_user_id", "user_id", "email")
	if err != nil {
		return nil, err
	}
	c := &it.value
	if !w.takesPart(c.contacts, joining) {
		c.contacts = append(c.contacts, joining.id)
		w.addPart(c, intercom.ConversationPart{PartType: intercom.ConversationPartTypeParticipantAdded, Author: author})
	}
	return w.showParticipants(r, it), nil
}

// namedOrNew finds the contact that a request names, or makes a lead with an
// email address that nobody has.
func (w *workspace) namedOrNew(r *request, f *fields, id, externalID, email string) (*item[contact], error) {
	it, err := w.namedContact(r, f, id, externalID, email)
	address := f.value(email)
	if err == nil || f.err != nil || address == "" || f.has(id) || f.has(externalID) {
		return it, err
	}
	for _, it := range w.contacts.active() { // Leads are not found by their address.
		if strings.EqualFold(it.value.data.Email, address) {
			return it, nil
		}
	}
	if name, domain, _ := strings.Cut(address, "@"); name == "" || domain == "" || strings.ContainsAny(address, " \t\r\n") {
		return nil, invalid(f.path+email, f.path+email+" is invalid")
	}
	c := intercom.Contact{Role: intercom.ContactRoleLead, Email: address}
	w.seedContact(&c)
	return w.contacts.get(c.ID), nil
}

// showParticipants makes what is answered of a conversation after somebody
// joined or left it: the contacts go by another name then.
func (w *workspace) showParticipants(r *request, it *item[conversation]) any {
	c := w.showWhole(it, r.version)
	c.Customers, c.Contacts = c.Contacts.Contacts, nil
	return c
}

func (w *workspace) detachConversationContact(r *request) (any, error) {
	it, err := w.conversation(r.param("conversation_id"))
	if err != nil {
		return nil, err
	}
	r.body.require("admin_id")
	adminID := r.body.value("admin_id")
	if r.body.err != nil {
		return nil, r.body.err
	}
	admin, err := w.admin(adminID)
	if err != nil {
		return nil, err
	}
	c, id := &it.value, r.param("contact_id")
	i := slices.IndexFunc(c.contacts, func(other string) bool { return w.contactReference(other).ID == id })
	switch {
	case i < 0:
		return nil, notFound("User")
	case len(c.contacts) == 1:
		return nil, refuse(http.StatusUnprocessableEntity, intercom.CodeParameterInvalid, "The last contact of a conversation can't be removed")
	}
	c.contacts = slices.Delete(c.contacts, i, i+1)
	w.addPart(c, intercom.ConversationPart{PartType: intercom.ConversationPartTypeParticipantRemoved, Author: adminAuthor(admin)})
	return w.showParticipants(r, it), nil
}

func (w *workspace) attachConversationTag(r *request) (any, error) {
	it, err := w.conversation(r.param("conversation_id"))
	if err != nil {
		return nil, err
	}
	tag, err := w.attachTag(r, &it.value.tags)
	if err == nil {
		it.value.data.UpdatedAt = w.now()
	}
	return tag, err
}

func (w *workspace) detachConversationTag(r *request) (any, error) {
	it, err := w.conversation(r.param("conversation_id"))
	if err != nil {
		return nil, err
	}
	tag, err := w.detachTag(r, &it.value.tags)
	if err == nil {
		it.value.data.UpdatedAt = w.now()
	}
	return tag, err
}

// attachTag puts a tag on a conversation or ticket in the name of an admin.
func (w *workspace) attachTag(r *request, tags *[]appliedTag) (any, error) {
	r.body.require("id", "admin_id")
	id, adminID := r.body.value("id"), r.body.value("admin_id")
	if r.body.err != nil {
		return nil, r.body.err
	}
	if w.tags.get(id) == nil {
		return nil, tagNotFound()
	}
	if _, err := w.admin(adminID); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(*tags, func(t appliedTag) bool { return t.id == id }); i >= 0 {
		return w.showAppliedTag((*tags)[i]), nil
	}
	t := appliedTag{id: id, at: w.now(), by: adminID}
	*tags = append(*tags, t)
	return w.showAppliedTag(t), nil
}

// detachTag takes a tag off a conversation or ticket.
func (w *workspace) detachTag(r *request, tags *[]appliedTag) (any, error) {
	r.body.require("admin_id")
	adminID := r.body.value("admin_id")
	if r.body.err != nil {
		return nil, r.body.err
	}
	tag := w.tags.get(r.param("id"))
	if tag == nil {
		return nil, tagNotFound()
	}
	if _, err := w.admin(adminID); err != nil {
		return nil, err
	}
	removeTag(tags, tag.id)
	return &tag.value, nil
}

func tagNotFound() error {
	return refuse(http.StatusNotFound, intercom.CodeTagNotFound, "Tag Not Found")
}
