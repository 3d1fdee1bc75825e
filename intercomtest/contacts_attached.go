package intercomtest

import (
	"net/http"
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var contactsAttachedRoom = room{
	operations.ContactsCompaniesList:       (*workspace).listContactCompanies,
	operations.ContactsCompaniesAttach:     (*workspace).attachContactCompany,
	operations.ContactsCompaniesDetach:     (*workspace).detachContactCompany,
	operations.ContactsNotesList:           (*workspace).listContactNotes,
	operations.ContactsNotesCreate:         (*workspace).createContactNote,
	operations.ContactsSegmentsList:        (*workspace).listContactSegments,
	operations.ContactsSubscriptionsList:   (*workspace).listContactSubscriptions,
	operations.ContactsSubscriptionsAttach: (*workspace).attachContactSubscription,
	operations.ContactsSubscriptionsDetach: (*workspace).detachContactSubscription,
	operations.ContactsTagsList:            (*workspace).listContactTags,
	operations.ContactsTagsAttach:          (*workspace).attachContactTag,
	operations.ContactsTagsDetach:          (*workspace).detachContactTag,
}

// companyLimit is how many companies a contact can belong to.
const companyLimit = 1000

func (w *workspace) listContactCompanies(r *request) (any, error) {
	it, err := w.contact(r, r.param("id"))
	if err != nil {
		return nil, err
	}
	return numberedPage(w, r, it.value.companies, w.showCompany)
}

func (w *workspace) attachContactCompany(r *request) (any, error) {
	it, err := w.contact(r, r.param("id"))
	if err != nil {
		return nil, err
	}
	id, err := r.attached()
	if err != nil {
		return nil, err
	}
	company, err := w.company(id)
	if err != nil {
		return nil, err
	}
	if len(it.value.companies) >= companyLimit && !slices.Contains(it.value.companies, company) {
		return nil, refuse(http.StatusBadRequest, intercom.CodeContactCompanyLimitExceeded, "A contact can't belong to more than 1000 companies")
	}
	w.join(it, company)
	return w.showCompany(company), nil
}

// attached reads the id of what is to be attached.
func (r *request) attached() (string, error) {
	r.body.require("id")
	id := r.body.value("id")
	return id, r.body.err
}

func (w *workspace) detachContactCompany(r *request) (any, error) {
	it, err := w.contact(r, r.param("contact_id"))
	if err != nil {
		return nil, err
	}
	company, err := w.company(r.param("id"))
	if err != nil {
		return nil, err
	}
	w.leave(it, company)
	return w.showCompany(company), nil
}

// join makes a contact a member of a company.
func (w *workspace) join(it *item[contact], co *item[company]) {
	if !slices.Contains(it.value.companies, co) {
		it.value.companies = append(it.value.companies, co)
		co.value.members = append(co.value.members, it)
	}
}

// leave ends a contact's membership of a company.
func (w *workspace) leave(it *item[contact], co *item[company]) {
	it.value.companies = without(it.value.companies, co)
	co.value.members = without(co.value.members, it)
}

// without returns a list without a value.
func without[T comparable](list []T, v T) []T {
	return slices.DeleteFunc(list, func(x T) bool { return x == v })
}

func (w *workspace) listContactSegments(r *request) (any, error) {
	it, err := w.contact(r, r.param("contact_id"))
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(slices.Clone(w.segments.all()), func(s *item[segment]) bool { return !s.value.holds(&it.value) })
	return wholePage(r, list, w.showSegment)
}

func (w *workspace) listContactTags(r *request) (any, error) {
	it, err := w.contact(r, r.param("contact_id"))
	if err != nil {
		return nil, err
	}
	return wholePage(r, it.value.tags, w.showAppliedTag)
}

func (w *workspace) attachContactTag(r *request) (any, error) {
	it, err := w.contact(r, r.param("contact_id"))
	if err != nil {
		return nil, err
	}
	id, err := r.attached()
	if err != nil {
		return nil, err
	}
	if _, err := w.tag(id); err != nil {
		return nil, err
	}
	return w.showAppliedTag(w.applyTag(&it.value.tags, id)), nil
}

func (w *workspace) detachContactTag(r *request) (any, error) {
	it, err := w.contact(r, r.param("contact_id"))
	if err != nil {
		return nil, err
	}
	tag, err := w.tag(r.param("id"))
	if err != nil {
		return nil, err
	}
	removeTag(&it.value.tags, tag.id)
	return &tag.value, nil
}
