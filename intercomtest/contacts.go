package intercomtest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var contactsRoom = room{
	operations.ContactsList:      (*workspace).listContacts,
	operations.ContactsSearch:    (*workspace).searchContacts,
	operations.ContactsGet:       (*workspace).getContact,
	operations.ContactsCreate:    (*workspace).createContact,
	operations.ContactsUpdate:    (*workspace).updateContact,
	operations.ContactsDelete:    (*workspace).deleteContact,
	operations.ContactsArchive:   (*workspace).archiveContact,
	operations.ContactsUnarchive: (*workspace).unarchiveContact,
	operations.ContactsMerge:     (*workspace).mergeContacts,
}

// contactRoom holds the contacts.
type contactRoom struct {
	shelf[contact]
	byEmail      map[string]*item[contact] // users only, in lower case
	byExternalID map[string]*item[contact]
	merged       map[string]string // from leads that are gone to the users they became
	archived     int
}

// contact is a contact with what belongs to it. The nested lists of data are
// made when it is shown.
type contact struct {
	data      intercom.Contact
	archived  bool
	tags      []appliedTag
	notes     []*item[intercom.Note]
	companies []*item[company]
	choices   []choice
}

// index makes a contact findable by its own names.
func (room *contactRoom) index(it *item[contact]) {
	if room.byEmail == nil {
		room.byEmail, room.byExternalID = map[string]*item[contact]{}, map[string]*item[contact]{}
	}
	c := &it.value.data
	if c.Email != "" && c.Role == intercom.ContactRoleUser {
		room.byEmail[strings.ToLower(c.Email)] = it
	}
	if c.ExternalID != "" {
		room.byExternalID[c.ExternalID] = it
	}
}

// unindex forgets the contact's own names.
func (room *contactRoom) unindex(it *item[contact]) {
	c := &it.value.data
	if email := strings.ToLower(c.Email); room.byEmail[email] == it {
		delete(room.byEmail, email)
	}
	if room.byExternalID[c.ExternalID] == it {
		delete(room.byExternalID, c.ExternalID)
	}
}

// active returns the contacts that are not archived, from the oldest to the
// newest. The slice is not to be changed.
func (room *contactRoom) active() []*item[contact] {
	if room.archived == 0 {
		return room.all()
	}
	list := make([]*item[contact], 0, room.size())
	for _, it := range room.all() {
		if !it.value.archived {
			list = append(list, it)
		}
	}
	return list
}

// seedContact adds a contact. What it lists of other objects is taken over when
// they are all there.
func (w *workspace) seedContact(c *intercom.Contact) (link func()) {
	fillFrom(&c.ID, w.ids.hex)
	fill(&c.Role, intercom.ContactRoleUser)
	fill(&c.CreatedAt, w.now())
	fill(&c.UpdatedAt, c.CreatedAt)
	c.Type, c.WorkspaceID = "contact", workspaceID
	w.define(intercom.DataAttributeModelContact, c.CustomAttributes)
	if old := w.contacts.get(c.ID); old != nil {
		w.removeContact(old)
	}
	it := w.contacts.put(c.ID, c.CreatedAt, contact{data: *c})
	completeContact(&it.value.data)
	w.contacts.index(it)
	tags, companies, refused, agreed := c.Tags, c.Companies, c.OptedOutSubscriptionTypes, c.OptedInSubscriptionTypes
	if tags == nil && companies == nil && refused == nil && agreed == nil {
		return nil
	}
	return func() {
		for _, l := range linksOf(tags) {
			w.applyTag(&it.value.tags, l.ID)
		}
		for _, l := range linksOf(companies) {
			if company := w.companies.get(l.ID); company != nil {
				w.join(it, company)
			}
		}
		for _, l := range linksOf(refused) {
			w.choose(&it.value, l.ID, intercom.ConsentTypeOptOut)
		}
		for _, l := range linksOf(agreed) {
			w.choose(&it.value, l.ID, intercom.ConsentTypeOptIn)
		}
	}
}

func linksOf(list *intercom.LinkList) []intercom.Link {
	if list == nil {
		return nil
	}
	return list.Data
}

// Parts of contacts that have nothing to tell. They are shared and never
// written to.
var (
	nowhere    = &intercom.ContactLocation{Type: "location"}
	noProfiles = &intercom.SocialProfileList{Type: "list"}
)

// completeContact fills in what follows from the rest of a contact.
func completeContact(c *intercom.Contact) {
	c.Type, c.WorkspaceID = "contact", workspaceID
	_, c.EmailDomain, _ = strings.Cut(c.Email, "@")
	fill(&c.Location, nowhere)
	fill(&c.SocialProfiles, noProfiles)
	c.FormattedPhone = c.Phone
}

// contact finds a contact.
func (w *workspace) contact(r *request, id string) (*item[contact], error) {
	if it := w.contacts.get(id); it != nil {
		return it, nil
	}
	into, merged := w.contacts.merged[id]
	if merged && r.since(2016) {
		return nil, &failure{
			status:  http.StatusGone,
			header:  http.Header{"Link": {"<" + r.base + "/contacts/" + into + `>; rel="canonical"`}},
			details: []intercom.ErrorDetail{{Code: intercom.CodeContactMerged, Message: "The contact was merged into another one"}},
		}
	}
	return nil, notFound("User")
}

// showContact makes what is answered of a contact.
func (w *workspace) showContact(it *item[contact]) any {
	v := &it.value
	c := v.data
	path := "/contacts/" + c.ID + "/"
	c.Tags = newLinkList(v.tags, path+"tags", func(t appliedTag) intercom.Link {
		return intercom.Link{Type: "tag", ID: t.id, URL: "/tags/" + t.id}
	})
	c.Notes = newLinkList(v.notes, path+"notes", func(n *item[intercom.Note]) intercom.Link {
		return intercom.Link{Type: "note", ID: n.id, URL: "/notes/" + n.id}
	})
	c.Companies = newLinkList(v.companies, path+"companies", func(co *item[company]) intercom.Link {
		return intercom.Link{Type: "company", ID: co.id, URL: "/companies/" + co.id}
	})
	c.OptedOutSubscriptionTypes = choiceLinks(v, path, intercom.ConsentTypeOptOut)
	c.OptedInSubscriptionTypes = choiceLinks(v, path, intercom.ConsentTypeOptIn)
	return &c
}

// nestedLimit is how many entries a list within an object has at most.
const nestedLimit = 10

func newLinkList[T any](list []T, url string, link func(T) intercom.Link) *intercom.LinkList {
	l := &intercom.LinkList{Type: "list", URL: url, TotalCount: len(list), HasMore: len(list) > nestedLimit}
	for _, v := range list[:min(len(list), nestedLimit)] {
		l.Data = append(l.Data, link(v))
	}
	return l
}

func (w *workspace) listContacts(r *request) (any, error) {
	list := slices.Clone(w.contacts.active())
	slices.Reverse(list)
	return cursorPage(w, r, list, byAge[contact](), w.showContact)
}

func (w *workspace) searchContacts(r *request) (any, error) {
	return search(w, r, w.contactSearch, w.contacts.active(), w.showContact)
}

func (w *workspace) getContact(r *request) (any, error) {
	it, err := w.contact(r, r.param("id"))
	if err != nil {
		return nil, err
	}
	return w.showContact(it), nil
}

func (w *workspace) createContact(r *request) (any, error) {
	c := intercom.Contact{CreatedAt: w.now(), UpdatedAt: w.now()}
	if !r.body.has("role") && !r.body.has("email") && !r.body.has("external_id") {
		return nil, missing("role")
	}
	w.changeContact(r.body, &c)
	if r.body.err != nil {
		return nil, r.body.err
	}
	if c.Role == "" {
		c.Role = intercom.ContactRoleUser
	}
	if err := w.checkUnique(nil, &c); err != nil {
		return nil, err
	}
	c.ID = w.ids.hex()
	completeContact(&c)
	it := w.contacts.put(c.ID, c.CreatedAt, contact{data: c})
	w.contacts.index(it)
	return w.showContact(it), nil
}

func (w *workspace) updateContact(r *request) (any, error) {
	it, err := w.contact(r, r.param("id"))
	if err != nil {
		return nil, err
	}
	c := it.value.data
	w.changeContact(r.body, &c)
	if c.Role == intercom.ContactRoleLead && it.value.data.Role == intercom.ContactRoleUser {
		r.body.fail("role", "can't be changed from user to lead")
	}
	if r.body.err != nil {
		return nil, r.body.err
	}
	if err := w.checkUnique(it, &c); err != nil {
		return nil, err
	}
	completeContact(&c)
	c.UpdatedAt = w.now()
	w.contacts.unindex(it)
	it.value.data = c
	w.contacts.index(it)
	return w.showContact(it), nil
}

// changeContact writes what a request says into a contact.
func (w *workspace) changeContact(f *fields, c *intercom.Contact) {
	if role, ok := f.word("role", "user", "lead").Get(); ok {
		c.Role = intercom.ContactRole(role)
	}
	assign(&c.ExternalID, f.text("external_id"))
	if email := f.text("email"); !email.IsZero() {
		assign(&c.Email, email)
		c.Email = strings.TrimSpace(c.Email)
		if name, domain, _ := strings.Cut(c.Email, "@"); c.Email != "" && (name == "" || domain == "" || strings.ContainsAny(c.Email, " \t\r\n")) {
			f.fail("email", "is invalid")
		}
	}
	assign(&c.Phone, f.text("phone"))
	assign(&c.Name, f.text("name"))
	if avatar := f.text("avatar"); !avatar.IsZero() {
		c.Avatar = nil
		if url, _ := avatar.Get(); url != "" {
			c.Avatar = &intercom.Avatar{Type: "avatar", ImageURL: url}
		}
	}
	assign(&c.SignedUpAt, f.moment("signed_up_at"))
	assign(&c.LastSeenAt, f.moment("last_seen_at"))
	assign(&c.UnsubscribedFromEmails, f.boolean("unsubscribed_from_emails"))
	assign(&c.LanguageOverride, f.text("language_override"))
	if owner := f.text("owner_id"); !owner.IsZero() {
		assign(&c.OwnerID, owner)
		c.OwnerID = unlessZero(c.OwnerID)
		if c.OwnerID != "" && w.admins.get(c.OwnerID) == nil {
			f.fail("owner_id", "is not the id of an admin")
		}
	}
	w.changeAttributes(f, intercom.DataAttributeModelContact, &c.CustomAttributes)
}

// checkUnique refuses what would make a contact the double of another.
func (w *workspace) checkUnique(self *item[contact], c *intercom.Contact) error {
	var other *item[contact]
	if c.Role == intercom.ContactRoleUser && c.Email != "" {
		other = w.contacts.byEmail[strings.ToLower(c.Email)]
	}
	if c.ExternalID != "" && (other == nil || other == self) {
		other = w.contacts.byExternalID[c.ExternalID]
	}
	if other == nil || other == self {
		return nil
	}
	kind := "A contact"
	if other.value.archived {
		kind = "An archived contact"
	}
	return refuse(http.StatusConflict, intercom.CodeConflict, fmt.Sprintf("%s with these details exists already, id=%s", kind, other.id))
}

func (w *workspace) deleteContact(r *request) (any, error) {
	it, err := w.contact(r, r.param("id"))
	if err != nil {
		return nil, err
	}
	w.removeContact(it)
	return &intercom.ContactDeleted{Type: "contact", ID: it.id, ExternalID: it.value.data.ExternalID, Deleted: true}, nil
}

// removeContact takes a contact out of everything that knows it.
func (w *workspace) removeContact(it *item[contact]) {
	for _, company := range slices.Clone(it.value.companies) {
		w.leave(it, company)
	}
	for _, note := range it.value.notes {
		w.notes.remove(note.id)
	}
	w.archive(it, false)
	w.contacts.unindex(it)
	w.contacts.remove(it.id)
}

func (w *workspace) archiveContact(r *request) (any, error)   { return w.setArchived(r, true) }
func (w *workspace) unarchiveContact(r *request) (any, error) { return w.setArchived(r, false) }

func (w *workspace) setArchived(r *request, archived bool) (any, error) {
	it, err := w.contact(r, r.param("id"))
	if err != nil {
		return nil, err
	}
	w.archive(it, archived)
	return &intercom.ContactArchived{Type: "contact", ID: it.id, ExternalID: it.value.data.ExternalID, Archived: archived}, nil
}

// archive takes a contact out of the lists or brings it back.
func (w *workspace) archive(it *item[contact], archived bool) {
	switch {
	case archived && !it.value.archived:
		w.contacts.archived++
	case !archived && it.value.archived:
		w.contacts.archived--
	}
	it.value.archived = archived
}

func (w *workspace) mergeContacts(r *request) (any, error) {
	r.body.require("from", "into")
	fromID, intoID := r.body.value("from"), r.body.value("into")
	if r.body.err != nil {
		return nil, r.body.err
	}
	from, err := w.contact(r, fromID)
	if err != nil {
		return nil, err
	}
	into, err := w.contact(r, intoID)
	if err != nil {
		return nil, err
	}
	switch {
	case from.value.data.Role != intercom.ContactRoleLead:
		return nil, invalid("from", "from must be the id of a lead")
	case into.value.data.Role != intercom.ContactRoleUser:
		return nil, invalid("into", "into must be the id of a user")
	}
	w.merge(from, into)
	return w.showContact(into), nil
}

// merge moves all that a lead has to a user. What the user has already stays.
func (w *workspace) merge(from, into *item[contact]) {
	lead, user := &from.value, &into.value
	w.contacts.unindex(into)
	fill(&user.data.Email, lead.data.Email)
	fill(&user.data.Phone, lead.data.Phone)
	fill(&user.data.Name, lead.data.Name)
	fill(&user.data.Avatar, lead.data.Avatar)
	for name, value := range lead.data.CustomAttributes.All() {
		if _, there := user.data.CustomAttributes.Get(name); !there {
			user.data.CustomAttributes.Set(name, value)
		}
	}
	for _, t := range lead.tags {
		w.applyTag(&user.tags, t.id)
	}
	for _, n := range lead.notes {
		n.value.Contact = &intercom.ContactReference{Type: "contact", ID: into.id, ExternalID: user.data.ExternalID}
		user.notes = append(user.notes, n)
	}
	lead.notes = nil
	for _, company := range lead.companies {
		w.join(into, company)
	}
	for _, c := range lead.choices {
		if !slices.ContainsFunc(user.choices, func(have choice) bool { return have.id == c.id }) {
			user.choices = append(user.choices, c)
		}
	}
	user.data.MergeHistory = append(user.data.MergeHistory, intercom.ContactMerge{
		Type: "merge", SourceContactID: from.id, SourceContactRole: lead.data.Role, MergedAt: w.now(),
	})
	user.data.UpdatedAt = w.now()
	completeContact(&user.data)
	w.contacts.index(into)
	w.removeContact(from)
	if w.contacts.merged == nil {
		w.contacts.merged = map[string]string{}
	}
	w.contacts.merged[from.id] = into.id
}
