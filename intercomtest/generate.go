package intercomtest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// SeedContacts makes up n contacts and returns their ids. Four in five are
// users, the others leads; they were created in the last two years, seen and
// updated in the last month, have the custom attributes plan, seats, trial and
// renewal_at, and most users join one of the companies that the workspace has.
//
// What is made up depends on WithSeed and on what was made before. Times are
// relative to the clock, so they are the same only if the clock is.
func (s *Server) SeedContacts(n int) []string {
	w := s.space
	w.mu.Lock()
	defer w.mu.Unlock()
	g := w.generator()
	companies := w.companies.all()
	made := make([]string, 0, max(n, 0))
	for _, created := range g.times(w.now(), n) {
		it := w.makeContact(g, created)
		if len(companies) > 0 && it.value.data.Role == intercom.ContactRoleUser && g.Float64() < 0.8 {
			w.join(it, companies[g.IntN(len(companies))])
		}
		made = append(made, it.id)
	}
	return made
}

// SeedCompanies makes up n companies and returns their ids. So that lists show
// them each gets a contact: first those that belong to no company, then ones
// that are made up too.
func (s *Server) SeedCompanies(n int) []string {
	w := s.space
	w.mu.Lock()
	defer w.mu.Unlock()
	g := w.generator()
	free := w.contacts.active()
	made := make([]string, 0, max(n, 0))
	for _, created := range g.times(w.now(), n) {
		it := w.makeCompany(g, created)
		for len(free) > 0 && len(free[0].value.companies) > 0 {
			free = free[1:]
		}
		if len(free) == 0 {
			free = []*item[contact]{w.makeContact(g, created)}
		}
		w.join(free[0], it)
		free = free[1:]
		made = append(made, it.id)
	}
	return made
}

// generator makes up data.
type generator struct{ *rand.Rand }

func (w *workspace) generator() generator {
	return generator{rand.New(rand.NewPCG(w.ids.seed, w.ids.made))}
}

// pick takes one of several words.
func (g generator) pick(words []string) string { return words[g.IntN(len(words))] }

// before makes up a time within some days before another.
func (g generator) before(t intercom.Timestamp, days int) intercom.Timestamp {
	return intercom.TimestampOf(t.Time().Add(-time.Duration(g.Int64N(int64(days) * int64(24*time.Hour)))))
}

// later is the later one of two times.
func later(a, b intercom.Timestamp) intercom.Timestamp {
	if a.After(b) {
		return a
	}
	return b
}

// times makes up n times in the last two years, the earliest first: like that
// objects are created in the order of their ids, and lie in memory in the order
// of lists.
func (g generator) times(now intercom.Timestamp, n int) []intercom.Timestamp {
	list := make([]intercom.Timestamp, 0, max(n, 0))
	for range n {
		list = append(list, g.before(now, 730))
	}
	slices.SortFunc(list, func(a, b intercom.Timestamp) int { return cmp.Compare(a.Unix(), b.Unix()) })
	return list
}

// makeContact makes up a contact.
func (w *workspace) makeContact(g generator, created intercom.Timestamp) *item[contact] {
	first, last := g.pick(firstNames), g.pick(lastNames)
	c := intercom.Contact{
		ID:        w.ids.hex(),
		Role:      intercom.ContactRoleUser,
		Name:      first + " " + last,
		Email:     fmt.Sprintf("%s.%s%d@%s", strings.ToLower(first), strings.ToLower(last), w.ids.made, g.pick(domains)),
		CreatedAt: created,
		Browser:   g.pick(browsers),
		OS:        g.pick(systems),
		Location:  &places[g.IntN(len(places))],
	}
	c.BrowserLanguage = "en"
	c.SignedUpAt, c.LastSeenAt = c.CreatedAt, later(c.CreatedAt, g.before(w.now(), 30))
	c.UpdatedAt = c.LastSeenAt
	if g.IntN(5) == 0 {
		c.Role, c.SignedUpAt = intercom.ContactRoleLead, intercom.Timestamp{}
	} else {
		c.ExternalID = fmt.Sprintf("user-%d", w.ids.made)
	}
	if g.IntN(3) == 0 {
		c.OwnerID = w.me
	}
	if g.IntN(2) == 0 {
		c.Phone = fmt.Sprintf("+1202555%04d", g.IntN(10_000))
	}
	c.UnsubscribedFromEmails = g.IntN(10) == 0
	c.CustomAttributes.Set("plan", g.pick(plans))
	c.CustomAttributes.Set("seats", 1+g.IntN(50))
	c.CustomAttributes.Set("trial", g.IntN(4) == 0)
	c.CustomAttributes.Set("renewal_at", g.before(w.now(), 365))
	w.seedContact(&c)
	return w.contacts.get(c.ID)
}

// makeCompany makes up a company.
func (w *workspace) makeCompany(g generator, created intercom.Timestamp) *item[company] {
	c := intercom.Company{
		ID:           w.ids.hex(),
		Name:         g.pick(companyNames) + " " + g.pick(companyKinds),
		Industry:     g.pick(industries),
		Size:         1 + g.IntN(2000),
		MonthlySpend: g.IntN(5000),
		SessionCount: g.IntN(10_000),
		CreatedAt:    created,
	}
	c.CompanyID = fmt.Sprintf("org-%d", w.ids.made)
	c.Website = fmt.Sprintf("https://org-%d.example", w.ids.made)
	c.RemoteCreatedAt, c.LastRequestAt = c.CreatedAt, later(c.CreatedAt, g.before(w.now(), 30))
	c.UpdatedAt = c.LastRequestAt
	plan := g.pick(plans)
	c.Plan = &intercom.CompanyPlan{Type: "plan", ID: planID(plan), Name: plan}
	c.CustomAttributes.Set("tier", 1+g.IntN(3))
	w.seedCompany(&c)
	return w.companies.get(c.ID)
}

// Words that data is made up of.
var (
	firstNames = []string{
		"Ada", "Alba", "Amir", "Anouk", "Bela", "Carmen", "Chidi", "Dario", "Eira", "Elias", "Farah", "Freya", "Gael", "Hana",
		"Ines", "Ivo", "Jonas", "Kaito", "Lena", "Liam", "Maya", "Milo", "Nadia", "Noor", "Olga", "Pablo", "Priya", "Quinn",
		"Rosa", "Samir", "Signe", "Tariq", "Uma", "Vera", "Wanda", "Xavi", "Yara", "Zeno",
	}
	lastNames = []string{
		"Abara", "Almeida", "Bakker", "Brandt", "Castro", "Dahl", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Horvath",
		"Ito", "Jansen", "Kaur", "Keller", "Kovacs", "Larsen", "Mbeki", "Moretti", "Novak", "Okafor", "Olsen", "Petrov", "Quist",
		"Rossi", "Sato", "Silva", "Tanaka", "Ueda", "Vargas", "Weber", "Xu", "Yilmaz", "Zhang",
	}
	domains      = []string{"mail.example", "inbox.example", "northwind.example", "tidal.example", "fernhill.example", "quarry.example"}
	plans        = []string{"free", "free", "free", "pro", "pro", "max"}
	browsers     = []string{"chrome", "firefox", "safari", "edge"}
	systems      = []string{"Windows 11", "OS X 14.4", "Linux", "Android", "iOS"}
	industries   = []string{"Software", "Retail", "Logistics", "Education", "Health Care", "Finance", "Energy", "Media"}
	companyNames = []string{"Amber", "Birch", "Copper", "Delta", "Ember", "Falcon", "Granite", "Harvest", "Indigo", "Juniper", "Kestrel", "Lumen"}
	companyKinds = []string{"Labs", "Works", "Systems", "Trading", "Logistics", "Studio", "Foods", "Energy"}
	places       = []intercom.ContactLocation{
		{Type: "location", Country: "Ireland", Region: "Leinster", City: "Dublin", CountryCode: "IRL", ContinentCode: "EU"},
		{Type: "location", Country: "Germany", Region: "Berlin", City: "Berlin", CountryCode: "DEU", ContinentCode: "EU"},
		{Type: "location", Country: "Portugal", Region: "Lisbon", City: "Lisbon", CountryCode: "PRT", ContinentCode: "EU"},
		{Type: "location", Country: "United States", Region: "Oregon", City: "Portland", CountryCode: "USA", ContinentCode: "NA"},
		{Type: "location", Country: "Canada", Region: "Quebec", City: "Montreal", CountryCode: "CAN", ContinentCode: "NA"},
		{Type: "location", Country: "Brazil", Region: "Bahia", City: "Salvador", CountryCode: "BRA", ContinentCode: "SA"},
		{Type: "location", Country: "Kenya", Region: "Nairobi", City: "Nairobi", CountryCode: "KEN", ContinentCode: "AF"},
		{Type: "location", Country: "Japan", Region: "Hokkaido", City: "Sapporo", CountryCode: "JPN", ContinentCode: "AS"},
		{Type: "location", Country: "Australia", Region: "Tasmania", City: "Hobart", CountryCode: "AUS", ContinentCode: "OC"},
	}
)
