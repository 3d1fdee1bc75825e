package intercomtest

import (
	"hash/fnv"
	"net/http"
	"slices"
	"strconv"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var companiesRoom = room{
	operations.CompaniesFind:         (*workspace).findCompanies,
	operations.CompaniesList:         (*workspace).listCompanies,
	operations.CompaniesScroll:       (*workspace).scrollCompanies,
	operations.CompaniesGet:          (*workspace).getCompany,
	operations.CompaniesUpsert:       (*workspace).upsertCompany,
	operations.CompaniesUpdate:       (*workspace).updateCompany,
	operations.CompaniesDelete:       (*workspace).deleteCompany,
	operations.CompaniesContactsList: (*workspace).listCompanyContacts,
	operations.CompaniesSegmentsList: (*workspace).listCompanySegments,
}

// companyRoom holds the companies.
type companyRoom struct {
	shelf[company]
	byCompanyID map[string]*item[company]
	scroll      *scroll
	broken      bool // the scroll is to break at the next call
}

// company is a company with what belongs to it. The nested lists of data are
// made when it is shown.
type company struct {
	data     intercom.Company
	members  []*item[contact]
	tags     []appliedTag
	segments []string
}

// put adds a company.
func (room *companyRoom) put(c *intercom.Company) *item[company] {
	if room.byCompanyID == nil {
		room.byCompanyID = map[string]*item[company]{}
	}
	it := room.shelf.put(c.ID, c.CreatedAt, company{data: *c})
	room.byCompanyID[c.CompanyID] = it
	return it
}

// visible tells whether lists show a company: some contact belongs to it.
func (c *company) visible() bool {
	return slices.ContainsFunc(c.members, func(m *item[contact]) bool { return !m.value.archived })
}

// seedCompany adds a company. Its tags and segments are taken over when all
// objects are there.
func (w *workspace) seedCompany(c *intercom.Company) (link func()) {
	fillFrom(&c.ID, w.ids.hex)
	fill(&c.CompanyID, "company-"+c.ID)
	fill(&c.CreatedAt, w.now())
	fill(&c.UpdatedAt, c.CreatedAt)
	c.Type, c.AppID = "company", workspaceID
	w.define(intercom.DataAttributeModelCompany, c.CustomAttributes)
	if old := w.companies.get(c.ID); old != nil {
		w.removeCompany(old)
	}
	it := w.companies.put(c)
	tags, segments := c.Tags, c.Segments
	if tags == nil && segments == nil {
		return nil
	}
	return func() {
		if tags != nil {
			for _, t := range tags.Tags {
				w.applyTag(&it.value.tags, t.ID)
			}
		}
		if segments != nil {
			for _, s := range segments.Segments {
				it.value.segments = append(it.value.segments, s.ID)
			}
		}
	}
}

func companyNotFound() error {
	return refuse(http.StatusNotFound, intercom.CodeCompanyNotFound, "Company Not Found")
}

// company finds a company.
func (w *workspace) company(id string) (*item[company], error) {
	if it := w.companies.get(id); it != nil {
		return it, nil
	}
	return nil, companyNotFound()
}

// showCompany makes what is answered of a company.
func (w *workspace) showCompany(it *item[company]) any {
	c := it.value.data
	c.UserCount = 0
	for _, m := range it.value.members {
		if !m.value.archived {
			c.UserCount++
		}
	}
	c.Tags = w.tagList(it.value.tags)
	c.Segments = w.segmentList(it.value.segments)
	c.Notes = &intercom.CompanyNoteList{Type: "note.list"}
	if c.Plan == nil {
		c.Plan = &intercom.CompanyPlan{}
	}
	return &c
}

func (w *workspace) getCompany(r *request) (any, error) {
	it, err := w.company(r.param("id"))
	if err != nil {
		return nil, err
	}
	return w.showCompany(it), nil
}

func (w *workspace) upsertCompany(r *request) (any, error) {
	r.body.require("company_id")
	own := r.body.value("company_id")
	if r.body.err != nil {
		return nil, r.body.err
	}
	it := w.companies.byCompanyID[own]
	c := intercom.Company{Type: "company", AppID: workspaceID, CompanyID: own, CreatedAt: w.now()}
	if it != nil {
		c = it.value.data
	}
	if err := w.changeCompany(r, &c); err != nil {
		return nil, err
	}
	if it == nil {
		c.ID = w.ids.hex()
		it = w.companies.put(&c)
	}
	it.value.data = c
	return w.showCompany(it), nil
}

func (w *workspace) updateCompany(r *request) (any, error) {
	it, err := w.company(r.param("id"))
	if err != nil {
		return nil, err
	}
	c := it.value.data
	if err := w.changeCompany(r, &c); err != nil {
		return nil, err
	}
	it.value.data = c
	return w.showCompany(it), nil
}

// maxSpend is the largest monthly spend.
const maxSpend = 1<<31 - 1

// changeCompany writes what a request says into a company.
func (w *workspace) changeCompany(r *request, c *intercom.Company) error {
	f := r.body
	assign(&c.Name, f.text("name"))
	if plan := f.text("plan"); !plan.IsZero() {
		c.Plan = nil
		if name, _ := plan.Get(); name != "" {
			c.Plan = &intercom.CompanyPlan{Type: "plan", ID: planID(name), Name: name}
		}
	}
	assign(&c.Size, f.integer("size"))
	if c.Size < 0 {
		f.fail("size", "can't be negative")
	}
	assign(&c.Website, f.text("website"))
	assign(&c.Industry, f.text("industry"))
	assign(&c.RemoteCreatedAt, f.moment("remote_created_at"))
	assign(&c.MonthlySpend, f.integer("monthly_spend"))
	if c.MonthlySpend > maxSpend {
		f.fail("monthly_spend", "can't be more than 2147483647")
	}
	if seen, _ := f.boolean("update_last_request_at").Get(); seen {
		c.LastRequestAt = w.now()
	}
	w.changeAttributes(f, intercom.DataAttributeModelCompany, &c.CustomAttributes)
	c.UpdatedAt = w.now()
	return f.err
}

// planID is the id of the plan of a name.
func planID(name string) string {
	h := fnv.New32a()
	h.Write([]byte(name))
	return strconv.FormatUint(uint64(h.Sum32()%1_000_000), 10)
}

func (w *workspace) deleteCompany(r *request) (any, error) {
	it, err := w.company(r.param("id"))
	if err != nil {
		return nil, err
	}
	w.removeCompany(it)
	return &intercom.DeletedObject{ID: it.id, Object: "company", Deleted: true}, nil
}

// removeCompany takes a company out of everything that knows it.
func (w *workspace) removeCompany(it *item[company]) {
	for _, m := range it.value.members {
		m.value.companies = without(m.value.companies, it)
	}
	it.value.members = nil
	if own := it.value.data.CompanyID; w.companies.byCompanyID[own] == it {
		delete(w.companies.byCompanyID, own)
	}
	w.companies.remove(it.id)
}

func (w *workspace) listCompanyContacts(r *request) (any, error) {
	it, err := w.company(r.param("id"))
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(slices.Clone(it.value.members), func(m *item[contact]) bool { return m.value.archived })
	return numberedPage(w, r, list, w.showContact)
}

func (w *workspace) listCompanySegments(r *request) (any, error) {
	it, err := w.company(r.param("id"))
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(slices.Clone(w.segments.all()), func(s *item[segment]) bool {
		return !slices.Contains(it.value.segments, s.id)
	})
	return wholePage(r, list, w.showSegment)
}
