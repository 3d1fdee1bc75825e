package intercomtest

import (
	"slices"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var tagsRoom = room{
	operations.TagsList:   (*workspace).listTags,
	operations.TagsGet:    (*workspace).getTag,
	operations.TagsUpsert: (*workspace).upsertTag, // and tagging of companies and contacts
	operations.TagsDelete: (*workspace).deleteTag,
}

// appliedTag is a tag on an object.
type appliedTag struct {
	id string
	at intercom.Timestamp
	by string // id of the admin
}

// seedTag adds a tag.
func (w *workspace) seedTag(t *intercom.Tag) {
	fillFrom(&t.ID, w.ids.number)
	fill(&t.Name, "Tag "+t.ID)
	t.Type = "tag"
	w.tags.put(t.ID, w.now(), *t)
}

// tag finds a tag.
func (w *workspace) tag(id string) (*item[intercom.Tag], error) {
	if it := w.tags.get(id); it != nil {
		return it, nil
	}
	return nil, notFound("Tag")
}

// tagNamed finds a tag by its name, nil if there is none. Case does not matter.
func (w *workspace) tagNamed(name string) *item[intercom.Tag] {
	for _, it := range w.tags.all() {
		if strings.EqualFold(it.value.Name, name) {
			return it
		}
	}
	return nil
}

// applyTag puts a tag on an object, unless it is there already or there is no
// such tag.
func (w *workspace) applyTag(tags *[]appliedTag, id string) appliedTag {
	for _, t := range *tags {
		if t.id == id {
			return t
		}
	}
	t := appliedTag{id: id, at: w.now(), by: w.me}
	if w.tags.get(id) != nil {
		*tags = append(*tags, t)
	}
	return t
}

// removeTag takes a tag off an object.
func removeTag(tags *[]appliedTag, id string) {
	*tags = slices.DeleteFunc(*tags, func(t appliedTag) bool { return t.id == id })
}

// shownTag is a tag as the object that bears it shows it.
func (w *workspace) shownTag(t appliedTag) intercom.Tag {
	tag := intercom.Tag{Type: "tag", ID: t.id, AppliedAt: t.at, AppliedBy: &intercom.Reference{Type: "admin", ID: t.by}}
	if it := w.tags.get(t.id); it != nil {
		tag.Name = it.value.Name
	}
	return tag
}

func (w *workspace) showAppliedTag(t appliedTag) any {
	tag := w.shownTag(t)
	return &tag
}

// tagList is the list of tags that companies and conversations show.
func (w *workspace) tagList(tags []appliedTag) *intercom.TagList {
	list := &intercom.TagList{Type: "tag.list"}
	for _, t := range tags {
		list.Tags = append(list.Tags, w.shownTag(t))
	}
	return list
}

func (w *workspace) listTags(r *request) (any, error) { return wholePage(r, w.tags.all(), plain) }

func (w *workspace) getTag(r *request) (any, error) {
	it, err := w.tag(r.param("id"))
	if err != nil {
		return nil, err
	}
	return &it.value, nil
}

// upsertTag creates or renames a tag, or puts it on companies or contacts or
// takes it off.
func (w *workspace) upsertTag(r *request) (any, error) {
	r.body.require("name")
	name, id := strings.TrimSpace(r.body.value("name")), r.body.value("id")
	companies, users := r.body.objects("companies"), r.body.objects("users")
	switch {
	case r.body.err != nil:
		return nil, r.body.err
	case name == "":
		return nil, missing("name")
	}
	changes, err := w.tagChanges(r, companies, users)
	if err != nil {
		return nil, err
	}
	it, err := w.upsertTagNamed(id, name)
	if err != nil {
		return nil, err
	}
	for _, change := range changes {
		if change.untag {
			removeTag(change.tags, it.id)
		} else {
			w.applyTag(change.tags, it.id)
		}
	}
	return &it.value, nil
}

// upsertTagNamed renames the tag with an id; without one it finds the tag of
// the name or creates it.
func (w *workspace) upsertTagNamed(id, name string) (*item[intercom.Tag], error) {
	same := w.tagNamed(name)
	if id == "" {
		if same == nil {
			t := intercom.Tag{Name: name}
			w.seedTag(&t)
			same = w.tags.get(t.ID)
		}
		return same, nil
	}
	it, err := w.tag(id)
	if err != nil {
		return nil, err
	}
	if same != nil && same != it {
		return nil, invalid("name", "There is another tag of this name")
	}
	it.value.Name = name
	return it, nil
}

// tagChange is a tag to put on an object or to take off.
type tagChange struct {
	tags  *[]appliedTag
	untag bool
}

// tagChanges finds the objects that a request names.
func (w *workspace) tagChanges(r *request, companies, users []*fields) ([]tagChange, error) {
	changes := make([]tagChange, 0, len(companies)+len(users))
	for _, f := range companies {
		untag, _ := f.boolean("untag").Get()
		id, own := f.value("id"), f.value("company_id")
		if f.err != nil {
			return nil, f.err
		}
		it := w.companies.get(id)
		if it == nil && own != "" {
			it = w.companies.byCompanyID[own]
		}
		if it == nil {
			return nil, companyNotFound()
		}
		changes = append(changes, tagChange{&it.value.tags, untag})
	}
	for _, f := range users {
		untag, _ := f.boolean("untag").Get()
		it, err := w.namedContact(r, f, "id", "user_id", "email")
		if err != nil {
			return nil, err
		}
		changes = append(changes, tagChange{&it.value.tags, untag})
	}
	return changes, nil
}

// namedContact finds the contact that a request names by one of its names.
func (w *workspace) namedContact(r *request, f *fields, id, externalID, email string) (*item[contact], error) {
	ids := [3]string{f.value(id), f.value(externalID), strings.ToLower(f.value(email))}
	if f.err != nil {
		return nil, f.err
	}
	if it := w.contacts.byExternalID[ids[1]]; it != nil && ids[1] != "" {
		return it, nil
	}
	if it := w.contacts.byEmail[ids[2]]; it != nil && ids[2] != "" {
		return it, nil
	}
	return w.contact(r, ids[0])
}

func (w *workspace) deleteTag(r *request) (any, error) {
	it, err := w.tag(r.param("id"))
	if err != nil {
		return nil, err
	}
	w.tags.remove(it.id)
	for _, c := range w.contacts.all() {
		removeTag(&c.value.tags, it.id)
	}
	for _, c := range w.companies.all() {
		removeTag(&c.value.tags, it.id)
	}
	return w.done(), nil
}
