package intercomtest

import (
	"maps"
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var helpCenterRoom = room{
	operations.HelpCenterHelpCentersList:   (*workspace).listHelpCenters,
	operations.HelpCenterHelpCentersGet:    (*workspace).getHelpCenter,
	operations.HelpCenterCollectionsList:   (*workspace).listCollections,
	operations.HelpCenterCollectionsGet:    (*workspace).getCollection,
	operations.HelpCenterCollectionsCreate: (*workspace).createCollection,
	operations.HelpCenterCollectionsUpdate: (*workspace).updateCollection,
	operations.HelpCenterCollectionsDelete: (*workspace).deleteCollection,
	operations.HelpCenterSectionsList:      (*workspace).listSections,
	operations.HelpCenterSectionsGet:       (*workspace).getSection,
	operations.HelpCenterSectionsCreate:    (*workspace).createSection,
	operations.HelpCenterSectionsUpdate:    (*workspace).updateSection,
	operations.HelpCenterSectionsDelete:    (*workspace).deleteSection,
}

// seedHelpCenter adds a help center. The first one is the default one.
func (w *workspace) seedHelpCenter(h *intercom.HelpCenter) {
	fillFrom(&h.ID, w.ids.number)
	fill(&h.Identifier, "harbour-"+h.ID)
	fill(&h.DisplayName, "Help center "+h.ID)
	fill(&h.URL, "https://help."+workspaceDomain)
	fill(&h.CreatedAt, w.now())
	fill(&h.UpdatedAt, h.CreatedAt)
	if h.Locales == nil {
		h.Locales = []string{defaultLocale}
	}
	h.WorkspaceID, h.Default = workspaceID, w.helpCenters.size() == 0
	w.helpCenters.put(h.ID, h.CreatedAt, *h)
}

// seedCollection adds a collection.
func (w *workspace) seedCollection(c *intercom.Collection) {
	fillFrom(&c.ID, w.ids.number)
	fill(&c.Name, "Collection "+c.ID)
	fill(&c.CreatedAt, w.now())
	fill(&c.UpdatedAt, c.CreatedAt)
	fill(&c.Icon, "bookmark")
	fill(&c.DefaultLocale, defaultLocale)
	if c.HelpCenterID == "" && w.helpCenters.size() > 0 {
		c.HelpCenterID = w.helpCenters.all()[0].id
	}
	if c.Order == 0 {
		for _, it := range w.collections.all() {
			if it.id != c.ID && it.value.ParentID == c.ParentID {
				c.Order++
			}
		}
	}
	c.Type, c.WorkspaceID, c.URL = "collection", workspaceID, helpURL("collections", c.ID, c.Name)
	w.collections.put(c.ID, c.CreatedAt, *c)
}

// seedSection adds a section.
func (w *workspace) seedSection(s *intercom.Section) {
	fillFrom(&s.ID, w.ids.number)
	fill(&s.Name, "Section "+s.ID)
	fill(&s.CreatedAt, w.now())
	fill(&s.UpdatedAt, s.CreatedAt)
	fill(&s.DefaultLocale, defaultLocale)
	if s.Order == 0 {
		for _, it := range w.sections.all() {
			if it.id != s.ID && it.value.ParentID == s.ParentID {
				s.Order++
			}
		}
	}
	s.Type, s.WorkspaceID, s.URL = "section", workspaceID, helpURL("sections", s.ID, s.Name)
	w.sections.put(s.ID, s.CreatedAt, *s)
}

func (w *workspace) listHelpCenters(r *request) (any, error) {
	return wholePage(r, w.helpCenters.all(), plain)
}

func (w *workspace) getHelpCenter(r *request) (any, error) { return valueOf(&w.helpCenters, r) }

// valueOf answers the object whose id is in the path.
func valueOf[T any](s *shelf[T], r *request) (any, error) {
	if v := s.value(r.param("id")); v != nil {
		return v, nil
	}
	return nil, resourceNotFound()
}

func (w *workspace) listCollections(r *request) (any, error) {
	list := lastChanged(&w.collections, func(c *intercom.Collection) intercom.Timestamp { return c.UpdatedAt })
	return numberedPage(w, r, list, plain)
}

func (w *workspace) getCollection(r *request) (any, error) { return valueOf(&w.collections, r) }

func (w *workspace) createCollection(r *request) (any, error) {
	r.body.require("name")
	c := intercom.Collection{CreatedAt: w.now()}
	assign(&c.HelpCenterID, r.body.text("help_center_id"))
	if c.HelpCenterID != "" && w.helpCenters.get(c.HelpCenterID) == nil {
		r.body.fail("help_center_id", "is not the id of a help center")
	}
	if err := w.changeCollection(r, &c); err != nil {
		return nil, err
	}
	w.seedCollection(&c)
	return w.collections.value(c.ID), nil
}

func (w *workspace) updateCollection(r *request) (any, error) {
	old := w.collections.value(r.param("id"))
	if old == nil {
		return nil, resourceNotFound()
	}
	c := *old
	if err := w.changeCollection(r, &c); err != nil {
		return nil, err
	}
	c.UpdatedAt = w.now()
	*old = c
	return old, nil
}

// changeCollection writes what a request says into a collection. Since version
// 2.10 collections can stand in collections.
func (w *workspace) changeCollection(r *request, c *intercom.Collection) error {
	f := r.body
	assign(&c.Name, f.text("name"))
	if f.err == nil && c.Name == "" {
		f.err = missing("name")
	}
	assign(&c.Description, f.text("description"))
	c.TranslatedContent = translateGroup(f, c.TranslatedContent)
	if !r.since(2010) {
		return f.err
	}
	assign(&c.ParentID, f.text("parent_id"))
	if c.ParentID != "" && w.collections.get(c.ParentID) == nil || c.ParentID != "" && w.within(c.ParentID, c.ID) {
		f.fail("parent_id", "is not the id of a collection that can hold this one")
	}
	return f.err
}

// within tells whether a collection is another one or stands in it.
func (w *workspace) within(id, around string) bool {
	for it := w.collections.get(id); it != nil; it = w.collections.get(it.value.ParentID) {
		if it.id == around {
			return true
		}
	}
	return false
}

// translateGroup returns the translations of a collection or section as a
// request changes them.
func translateGroup(f *fields, old *intercom.GroupTranslations) *intercom.GroupTranslations {
	translations := f.object("translated_content")
	f.check(translations)
	if f.err != nil || len(translations.members) == 0 {
		return old
	}
	changed := &intercom.GroupTranslations{Type: "group_translated_content", Locales: map[string]intercom.GroupContent{}}
	if old != nil {
		maps.Copy(changed.Locales, old.Locales)
	}
	for _, locale := range slices.Sorted(maps.Keys(translations.members)) {
		if locale == "type" {
			continue
		}
		inner := translations.object(locale)
		content := changed.Locales[locale]
		content.Type = "group_content"
		assign(&content.Name, inner.text("name"))
		assign(&content.Description, inner.text("description"))
		if f.check(inner); f.err != nil {
			return old
		}
		changed.Locales[locale] = content
	}
	return changed
}

// deleteCollection removes a collection. What is in it stays.
func (w *workspace) deleteCollection(r *request) (any, error) {
	it := w.collections.get(r.param("id"))
	if it == nil {
		return nil, resourceNotFound()
	}
	w.collections.remove(it.id)
	w.orphanArticles(it.id)
	for _, c := range w.collections.all() {
		if c.value.ParentID == it.id {
			c.value.ParentID = ""
		}
	}
	for _, s := range w.sections.all() {
		if s.value.ParentID == it.id {
			s.value.ParentID = ""
		}
	}
	return deleted("collection", it.id), nil
}

// orphanArticles takes the articles out of a group that is gone.
func (w *workspace) orphanArticles(group string) {
	for _, a := range w.articles.all() {
		a.value.ParentIDs = without(slices.Clone(a.value.ParentIDs), group)
		if a.value.ParentID == group {
			a.value.ParentID, a.value.ParentType = "", ""
		}
	}
}

func (w *workspace) listSections(r *request) (any, error) {
	list := lastChanged(&w.sections, func(s *intercom.Section) intercom.Timestamp { return s.UpdatedAt })
	return numberedPage(w, r, list, plain)
}

func (w *workspace) getSection(r *request) (any, error) { return valueOf(&w.sections, r) }

func (w *workspace) createSection(r *request) (any, error) {
	r.body.require("name", "parent_id")
	s := intercom.Section{CreatedAt: w.now()}
	if err := w.changeSection(r.body, &s); err != nil {
		return nil, err
	}
	w.seedSection(&s)
	return w.sections.value(s.ID), nil
}

func (w *workspace) updateSection(r *request) (any, error) {
	old := w.sections.value(r.param("id"))
	if old == nil {
		return nil, resourceNotFound()
	}
	s := *old
	if err := w.changeSection(r.body, &s); err != nil {
		return nil, err
	}
	s.UpdatedAt = w.now()
	*old = s
	return old, nil
}

// changeSection writes what a request says into a section.
func (w *workspace) changeSection(f *fields, s *intercom.Section) error {
	assign(&s.Name, f.text("name"))
	if f.err == nil && s.Name == "" {
		f.err = missing("name")
	}
	if parent := f.text("parent_id"); !parent.IsZero() {
		if assign(&s.ParentID, parent); w.collections.get(s.ParentID) == nil {
			f.fail("parent_id", "is not the id of a collection")
		}
	}
	s.TranslatedContent = translateGroup(f, s.TranslatedContent)
	return f.err
}

// deleteSection removes a section. Its articles stay.
func (w *workspace) deleteSection(r *request) (any, error) {
	it := w.sections.get(r.param("id"))
	if it == nil {
		return nil, resourceNotFound()
	}
	w.sections.remove(it.id)
	w.orphanArticles(it.id)
	return deleted("section", it.id), nil
}
