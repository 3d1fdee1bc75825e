package intercomtest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// interleave runs two things by turns, so that a busy machine slows both down,
// and reports the time of the first, and how many times that of the second it
// is, both as medians.
func interleave(b *testing.B, ours, theirs func()) {
	var times, ratios []float64
	for b.Loop() {
		begin := time.Now()
		ours()
		middle := time.Now()
		theirs()
		times = append(times, float64(middle.Sub(begin)))
		ratios = append(ratios, float64(middle.Sub(begin))/float64(time.Since(middle)))
	}
	slices.Sort(times)
	slices.Sort(ratios)
	b.ReportMetric(times[len(times)/2], "ns/op")
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
}

// BenchmarkSearch compares a search over 10,000 contacts, from the request to
// the answer, with a loop in Go that evaluates the same condition.
func BenchmarkSearch(b *testing.B) {
	srv := intercomtest.New(b, intercomtest.WithoutSocket())
	srv.SeedContacts(10_000)
	transport := srv.Transport()
	since := srv.Now().AddDate(-1, 0, 0)
	body := fmt.Sprintf(`{"query":{"operator":"AND","value":[
		{"field":"role","operator":"=","value":"user"},
		{"field":"email","operator":"~","value":"NorthWind"},
		{"field":"custom_attributes.seats","operator":">","value":25},
		{"field":"signed_up_at","operator":">","value":%d}]},"pagination":{"per_page":10}}`, since.Unix())
	contacts := srv.Contacts()
	day := intercom.TimestampOf(since.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour))
	interleave(b, func() {
		post(b, transport, srv.URL+"/contacts/search", body)
	}, func() {
		if len(scan(contacts, day)) == 0 {
			b.Fatal("nothing found")
		}
	})
}

// scan finds contacts in the plain way.
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

func post(b *testing.B, transport http.RoundTripper, url, body string) {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, url, strings.NewReader(body))
	require.NoError(b, err)
	req.Header.Set("Authorization", "Bearer "+intercomtest.Token)
	resp, err := transport.RoundTrip(req)
	require.NoError(b, err)
	_, _ = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode != http.StatusOK {
		b.Fatal(resp.Status)
	}
}

// BenchmarkGet compares a call over a socket with the same to a handler that
// knows one answer.
func BenchmarkGet(b *testing.B) {
	srv := intercomtest.New(b)
	id := srv.SeedContacts(100)[50]
	overBare(b, srv, "/contacts/"+id, func(client *intercom.Client) error {
		_, err := client.Contacts.Get(b.Context(), id)
		return err
	})
}

// BenchmarkList does so with a page of 50 contacts.
func BenchmarkList(b *testing.B) {
	srv := intercomtest.New(b)
	srv.SeedContacts(1000)
	overBare(b, srv, "/contacts?per_page=50", func(client *intercom.Client) error {
		_, err := client.Contacts.List(b.Context(), intercom.ContactListParams{PerPage: 50})
		return err
	})
}

// overBare measures a call to a workspace against the same call to a handler
// that always gives the answer which the workspace gave to the path.
func overBare(b *testing.B, srv *intercomtest.Server, path string, call func(*intercom.Client) error) {
	b.Helper()
	_, text := send(b, srv, "GET", path, "")
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, text)
	}))
	defer bare.Close()
	ours := clientOf(b, srv)
	theirs, err := intercom.NewClient("token", intercom.WithBaseURL(bare.URL), intercom.WithoutRetry())
	require.NoError(b, err)
	defer theirs.CloseIdleConnections()
	to := func(client *intercom.Client) func() {
		return func() {
			if err := call(client); err != nil {
				b.Fatal(err)
			}
		}
	}
	interleave(b, to(ours), to(theirs))
}

// BenchmarkStart is how long it takes to have a workspace.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		intercomtest.NewServer(intercomtest.WithoutSocket()).Close()
	}
}
