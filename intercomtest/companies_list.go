package intercomtest

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// listLimit is how many companies a list can give.
const listLimit = 10_000

// visibleCompanies returns the companies that lists show, from the oldest to
// the newest.
func (w *workspace) visibleCompanies() []*item[company] {
	list := make([]*item[company], 0, w.companies.size())
	for _, it := range w.companies.all() {
		if it.value.visible() {
			list = append(list, it)
		}
	}
	return list
}

// findCompanies answers the company of a name or an id of the caller's own, or
// lists those with a tag or in a segment.
func (w *workspace) findCompanies(r *request) (any, error) {
	own, name := r.query.Get("company_id"), r.query.Get("name")
	tag, segment := r.query.Get("tag_id"), r.query.Get("segment_id")
	switch {
	case own != "":
		return w.foundCompany(w.companies.byCompanyID[own])
	case name != "":
		i := slices.IndexFunc(w.companies.all(), func(it *item[company]) bool { return it.value.data.Name == name })
		if i < 0 {
			return nil, companyNotFound()
		}
		return w.foundCompany(w.companies.all()[i])
	}
	list := w.visibleCompanies()
	if tag != "" {
		list = slices.DeleteFunc(list, func(it *item[company]) bool {
			return !slices.ContainsFunc(it.value.tags, func(t appliedTag) bool { return t.id == tag })
		})
	}
	if segment != "" {
		list = slices.DeleteFunc(list, func(it *item[company]) bool { return !slices.Contains(it.value.segments, segment) })
	}
	return w.companyPage(r, list)
}

// foundCompany answers a single company, for which the real API has two ways.
func (w *workspace) foundCompany(it *item[company]) (any, error) {
	switch {
	case it == nil:
		return nil, companyNotFound()
	case w.quirks:
		return object{{"type", "list"}, {"data", []any{w.showCompany(it)}}, {"total_count", 1}}, nil
	default:
		return w.showCompany(it), nil
	}
}

func (w *workspace) listCompanies(r *request) (any, error) {
	direction := cmp.Or(r.query.Get("order"), r.body.value("order"))
	if r.body.err != nil {
		return nil, r.body.err
	}
	list := w.visibleCompanies()
	slices.SortStableFunc(list, func(a, b *item[company]) int {
		return cmp.Compare(a.value.data.LastRequestAt.Unix(), b.value.data.LastRequestAt.Unix())
	})
	switch direction {
	case "asc":
	case "desc", "":
		slices.Reverse(list)
	default:
		return nil, invalid("order", "order must be asc or desc")
	}
	return w.companyPage(r, list)
}

// companyPage answers a page of companies, none past the 10,000th.
func (w *workspace) companyPage(r *request, list []*item[company]) (any, error) {
	page, err := r.number("page", 1)
	if err != nil {
		return nil, err
	}
	size, err := r.pageSize()
	if err != nil {
		return nil, err
	}
	if page > listLimit/size+1 || (page-1)*size >= listLimit {
		return nil, refuse(http.StatusBadRequest, intercom.CodeBadRequest, "Only 10,000 companies can be listed. Use the scroll for more")
	}
	return numberedPage(w, r, list, w.showCompany)
}

// scroll is the one reading of all companies that can be open at a time.
type scroll struct {
	param string
	rest  []*item[company]
	used  time.Time
}

const (
	scrollExpiry   = time.Minute
	scrollPageSize = 100
)

func (w *workspace) scrollCompanies(r *request) (any, error) {
	room := &w.companies
	now := w.clock.now()
	if room.scroll != nil && now.Sub(room.scroll.used) >= scrollExpiry {
		room.scroll = nil
	}
	param := r.query.Get("scroll_param")
	switch {
	case param == "" && room.scroll != nil:
		return nil, w.scrollExists()
	case param == "":
		room.scroll = &scroll{param: w.ids.uuid(), rest: w.visibleCompanies()}
	case room.scroll != nil && room.broken:
		room.scroll, room.broken = nil, false
		return nil, refuse(http.StatusInternalServerError, "server_error", "The scroll failed. Please restart the scroll operation")
	case room.scroll == nil || room.scroll.param != param:
		return nil, notFound("Scroll parameter")
	}
	return w.scrollPage(room, now)
}

// scrollExists says that there is a scroll, for which the real API has two
// statuses.
func (w *workspace) scrollExists() error {
	status := http.StatusBadRequest
	if w.quirks {
		status = http.StatusLocked
	}
	return refuse(status, intercom.CodeScrollExists, "A scroll is open for this app already")
}

// scrollPage answers the next page of the open scroll, and ends it with an
// empty one.
func (w *workspace) scrollPage(room *companyRoom, now time.Time) (any, error) {
	s := room.scroll
	s.used = now
	n := min(scrollPageSize, len(s.rest))
	page := slices.DeleteFunc(slices.Clone(s.rest[:n]), func(it *item[company]) bool { return w.companies.get(it.id) != it })
	s.rest = s.rest[n:]
	if n == 0 {
		room.scroll = nil
		if w.quirks {
			return nil, notFound("Scroll parameter")
		}
	}
	return object{
		{"type", "list"}, {"data", showAll(page, w.showCompany)}, {"pages", nil}, {"total_count", nil}, {"scroll_param", s.param},
	}, nil
}

// BreakScroll makes the open scroll over companies, or the next one, fail at
// its next page, as the real one does when it wants to be begun again.
func (s *Server) BreakScroll() {
	s.space.mu.Lock()
	defer s.space.mu.Unlock()
	s.space.companies.broken = true
}
