package rows

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"

	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Fake measures the workspace in memory: how fast it answers, and what ten
// thousand contacts cost.
var Fake = Group{Name: "fake", Measure: measureFake}

const seeded = 10_000

func measureFake(o Options) ([]Row, error) {
	before := memoryInUse()
	workspace := intercomtest.NewServer()
	defer workspace.Close()
	id := workspace.SeedContacts(seeded)[seeded/2]
	memory := (memoryInUse() - before) / 1e6

	calls, err := measureFakeCalls(o, workspace, id)
	if err != nil {
		return nil, err
	}
	search, err := measureFakeSearch(o, workspace)
	if err != nil {
		return nil, err
	}
	return []Row{calls, search, {
		What: "fake workspace: megabytes for 10,000 seeded contacts", Goal: 100, AtMost: true, Format: "%.0f", Got: ratio.Exact(memory),
	}}, nil
}

// measureFakeCalls reads a contact over a socket, with as little as possible
// around it.
func measureFakeCalls(o Options, workspace *intercomtest.Server, id string) (Row, error) {
	body, err := json.Marshal(workspace.Contacts()[seeded/2])
	if err != nil {
		return Row{}, err
	}
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	}))
	defer bare.Close()
	defer http.DefaultClient.CloseIdleConnections()
	get := func(base string) func() error {
		return func() error { return exchange(http.DefaultTransport, http.MethodGet, base+"/contacts/"+id, "") }
	}
	result, err := ratio.Measure([]ratio.Case{{Name: "fake", Run: get(workspace.URL)}, {Name: "bare", Run: get(bare.URL)}}, o.Options)
	if err != nil {
		return Row{}, err
	}
	return Row{
		What: "fake workspace: calls per second over a bare handler", Goal: 0.5, Got: ratio.Summarize(result.Ratio("bare", "fake")),
		Beside: fmt.Sprintf("%.0f, bare %.0f", 1e9/result.Time("fake").Median, 1e9/result.Time("bare").Median),
	}, nil
}

// measureFakeSearch compares a search, from the request to the answer, with a
// loop that evaluates the same condition.
func measureFakeSearch(o Options, workspace *intercomtest.Server) (Row, error) {
	since := workspace.Now().AddDate(-1, 0, 0)
	query := fmt.Sprintf(`{"query":{"operator":"AND","value":[
		{"field":"role","operator":"=","value":"user"},
		{"field":"email","operator":"~","value":"NorthWind"},
		{"field":"custom_attributes.seats","operator":">","value":25},
		{"field":"signed_up_at","operator":">","value":%d}]},"pagination":{"per_page":10}}`, since.Unix())
	day := intercom.TimestampOf(since.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour))
	contacts, transport := workspace.Contacts(), workspace.Transport()
	result, err := o.compute([]ratio.Case{
		{Name: "search", Run: func() error {
			return exchange(transport, http.MethodPost, workspace.URL+"/contacts/search", query)
		}},
		{Name: "scan", Run: func() error {
			if len(scan(contacts, day)) == 0 {
				return errors.New("nothing was found")
			}
			return nil
		}},
	})
	if err != nil {
		return Row{}, err
	}
	return Row{
		What: "fake workspace: search of 10,000 contacts over a loop in Go", Goal: 2, AtMost: true, Got: ratio.Summarize(result.Ratio("search", "scan")),
		Beside: fmt.Sprintf("%.0f µs, the loop %.0f", result.Time("search").Median/1e3, result.Time("scan").Median/1e3),
	}, nil
}

// scan finds the contacts of the search in the plain way. Dates of contacts are
// compared by day.
func scan(contacts []intercom.Contact, since intercom.Timestamp) (found []*intercom.Contact) {
	for i := range contacts {
		c := &contacts[i]
		if c.Role != intercom.ContactRoleUser || !strings.Contains(strings.ToLower(c.Email), "northwind") {
			continue
		}
		if seats, ok := c.CustomAttributes.Float("seats"); !ok || seats <= 25 {
			continue
		}
		if !c.SignedUpAt.Before(since) {
			found = append(found, c)
		}
	}
	return found
}

// exchange sends a request and throws the answer away.
func exchange(transport http.RoundTripper, method, address, body string) error {
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+intercomtest.Token)
	response, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	_, err = io.Copy(io.Discard, response.Body)
	return err
}
