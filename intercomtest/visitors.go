package intercomtest

import (
	"strings"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var visitorsRoom = room{
	operations.VisitorsGet:         (*workspace).getVisitor,
	operations.VisitorsGetByUserID: (*workspace).getVisitorByUserID,
	operations.VisitorsUpdate:      (*workspace).updateVisitor,
	operations.VisitorsDelete:      (*workspace).deleteVisitor,
	operations.VisitorsConvert:     (*workspace).convertVisitor,
}

// seedVisitor adds a visitor.
func (w *workspace) seedVisitor(v *intercom.Visitor) {
	fillFrom(&v.ID, w.ids.hex)
	fillFrom(&v.UserID, w.ids.uuid)
	fill(&v.Pseudonym, "Quiet Heron "+v.ID[max(0, len(v.ID)-4):])
	fill(&v.CreatedAt, w.now())
	fill(&v.UpdatedAt, v.CreatedAt)
	fill(&v.RemoteCreatedAt, v.CreatedAt)
	fill(&v.SessionCount, 1)
	if v.Avatar == nil {
		v.Avatar = &intercom.Avatar{Type: "avatar"}
	}
	if v.Companies == nil {
		v.Companies = &intercom.VisitorCompanyList{Type: "company.list"}
	}
	if v.SocialProfiles == nil {
		v.SocialProfiles = &intercom.VisitorSocialProfileList{Type: "social_profile.list"}
	}
	if v.Tags == nil {
		v.Tags = &intercom.TagList{Type: "tag.list"}
	}
	if v.Segments == nil {
		v.Segments = &intercom.SegmentList{Type: "segment.list"}
	}
	if v.Location == nil {
		v.Location = &intercom.VisitorLocation{Type: "location_data"}
	}
	v.Type, v.AppID, v.Anonymous = "visitor", workspaceID, v.Email == ""
	w.define(intercom.DataAttributeModelContact, v.CustomAttributes)
	w.visitors.put(v.ID, v.CreatedAt, *v)
}

func visitorNotFound() error { return notFound("Visitor") }

// visitorNamed finds a visitor by one of its names, nil if there is none.
func (w *workspace) visitorNamed(id, userID, email string) *intercom.Visitor {
	if v := w.visitors.value(id); v != nil {
		return v
	}
	for _, it := range w.visitors.all() {
		v := &it.value
		if userID != "" && v.UserID == userID || email != "" && strings.EqualFold(v.Email, email) {
			return v
		}
	}
	return nil
}

func (w *workspace) getVisitor(r *request) (any, error) {
	if v := w.visitors.value(r.param("id")); v != nil {
		return v, nil
	}
	return nil, visitorNotFound()
}

func (w *workspace) getVisitorByUserID(r *request) (any, error) {
	userID := r.query.Get("user_id")
	if userID == "" {
		return nil, missing("user_id")
	}
	if v := w.visitorNamed("", userID, ""); v != nil {
		return v, nil
	}
	return nil, visitorNotFound()
}

func (w *workspace) updateVisitor(r *request) (any, error) {
	f := r.body
	id, userID := f.value("id"), f.value("user_id")
	switch {
	case f.err != nil:
		return nil, f.err
	case id == "" && userID == "":
		return nil, missing("id")
	}
	old := w.visitorNamed(id, userID, "")
	if old == nil {
		return nil, visitorNotFound()
	}
	v := *old
	assign(&v.Name, f.text("name"))
	w.changeAttributes(f, intercom.DataAttributeModelContact, &v.CustomAttributes)
	if f.err != nil {
		return nil, f.err
	}
	v.UpdatedAt = w.now()
	*old = v
	return old, nil
}

func (w *workspace) deleteVisitor(r *request) (any, error) {
	it := w.visitors.get(r.param("id"))
	if it == nil {
		return nil, visitorNotFound()
	}
	w.visitors.remove(it.id)
	return &intercom.DeletedVisitor{Type: "visitor", ID: it.id, UserID: it.value.UserID}, nil
}

// convertVisitor makes a visitor a contact, or part of one that is there.
func (w *workspace) convertVisitor(r *request) (any, error) {
	f := r.body
	f.require("type", "user", "visitor")
	role, _ := f.word("type", "user", "lead").Get()
	user, visitor := f.object("user"), f.object("visitor")
	if f.err == nil && !user.has("id") && !user.has("user_id") {
		user.err = missing("user.user_id")
	}
	v := w.visitorNamed(visitor.value("id"), visitor.value("user_id"), visitor.value("email"))
	f.check(user)
	f.check(visitor)
	switch {
	case f.err != nil:
		return nil, f.err
	case v == nil:
		return nil, visitorNotFound()
	}
	id, externalID, email := user.value("id"), user.value("user_id"), user.value("email")
	if user.err != nil {
		return nil, user.err
	}
	it, err := w.namedContact(r, user, "id", "user_id", "email")
	switch {
	case err == nil:
		w.mergeVisitor(v, it)
	case id != "" && externalID == "":
		return nil, err
	default:
		it = w.becomeContact(v, intercom.ContactRole(role), externalID, email)
	}
	return w.showContact(it), nil
}

// becomeContact makes a visitor a contact. The visitor is gone then.
func (w *workspace) becomeContact(v *intercom.Visitor, role intercom.ContactRole, externalID, email string) *item[contact] {
	c := intercom.Contact{Role: role, ExternalID: externalID, Email: email}
	w.seedContact(&c)
	it := w.contacts.get(c.ID)
	w.mergeVisitor(v, it)
	return it
}

// mergeVisitor gives a contact what is known about a visitor. What the contact
// has already stays.
func (w *workspace) mergeVisitor(v *intercom.Visitor, it *item[contact]) {
	c := &it.value.data
	w.contacts.unindex(it)
	fill(&c.Name, v.Name)
	fill(&c.Phone, v.Phone)
	if w.contacts.byEmail[strings.ToLower(v.Email)] == nil {
		fill(&c.Email, v.Email)
	}
	fill(&c.Referrer, v.Referrer)
	fill(&c.UTMCampaign, v.UTMCampaign)
	fill(&c.UTMContent, v.UTMContent)
	fill(&c.UTMMedium, v.UTMMedium)
	fill(&c.UTMSource, v.UTMSource)
	fill(&c.UTMTerm, v.UTMTerm)
	for name, value := range v.CustomAttributes.All() {
		if _, there := c.CustomAttributes.Get(name); !there {
			c.CustomAttributes.Set(name, value)
		}
	}
	if v.Tags != nil {
		for _, t := range v.Tags.Tags {
			w.applyTag(&it.value.tags, t.ID)
		}
	}
	c.UpdatedAt = w.now()
	completeContact(c)
	w.contacts.index(it)
	w.visitors.remove(v.ID)
}
