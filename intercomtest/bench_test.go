package intercomtest_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// BenchmarkSearch is a search over 10,000 contacts as a whole, from the request
// to the answer; BenchmarkScan evaluates its condition in plain Go.
func BenchmarkSearch(b *testing.B) {
	srv := intercomtest.New(b, intercomtest.WithoutSocket())
	srv.SeedContacts(10_000)
	transport := srv.Transport()
	body := fmt.Sprintf(`{"query":{"operator":"AND","value":[
		{"field":"role","operator":"=","value":"user"},
		{"field":"email","operator":"~","value":"NorthWind"},
		{"field":"custom_attributes.seats","operator":">","value":25},
		{"field":"signed_up_at","operator":">","value":%d}]},"pagination":{"per_page":10}}`, srv.Now().AddDate(-1, 0, 0).Unix())
	for b.Loop() {
		post(b, transport, srv.URL+"/contacts/search", body)
	}
}

func BenchmarkScan(b *testing.B) {
	srv := intercomtest.New(b, intercomtest.WithoutSocket())
	srv.SeedContacts(10_000)
	contacts := srv.Contacts()
	pointers := make([]*intercom.Contact, len(contacts))
	for i := range contacts {
		pointers[i] = &contacts[i]
	}
	day := srv.Now().AddDate(-1, 0, 0).UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	since := intercom.TimestampOf(day)
	for b.Loop() {
		var found []*intercom.Contact
		for _, c := range pointers {
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
		if len(found) == 0 {
			b.Fatal("nothing found")
		}
	}
}

func post(b *testing.B, transport http.RoundTripper, url, body string) {
	req, err := http.NewRequestWithContext(b.Context(), "POST", url, strings.NewReader(body))
	require.NoError(b, err)
	req.Header.Set("Authorization", "Bearer "+intercomtest.Token)
	resp, err := transport.RoundTrip(req)
	require.NoError(b, err)
	_, _ = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode != http.StatusOK {
		b.Fatal(resp.Status)
	}
}

// BenchmarkGet is a call over a socket; BenchmarkBareHandler the same with a
// handler that knows one answer.
func BenchmarkGet(b *testing.B) {
	srv := intercomtest.New(b)
	id := srv.SeedContacts(100)[50]
	client := clientOf(b, srv)
	benchmarkGet(b, client, id)
}

func BenchmarkBareHandler(b *testing.B) {
	srv := intercomtest.New(b, intercomtest.WithoutSocket())
	id := srv.SeedContacts(100)[50]
	req, err := http.NewRequestWithContext(b.Context(), "GET", srv.URL+"/contacts/"+id, nil)
	require.NoError(b, err)
	req.Header.Set("Authorization", "Bearer "+intercomtest.Token)
	resp, err := srv.Transport().RoundTrip(req)
	require.NoError(b, err)
	text, err := io.ReadAll(resp.Body)
	require.NoError(b, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(b, err)
	bare := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(text)
	}), ReadHeaderTimeout: time.Minute}
	go func() { _ = bare.Serve(listener) }()
	defer bare.Close()
	client, err := intercom.NewClient("token", intercom.WithBaseURL("http://"+listener.Addr().String()), intercom.WithoutRetry())
	require.NoError(b, err)
	defer client.CloseIdleConnections()
	benchmarkGet(b, client, id)
}

func benchmarkGet(b *testing.B, client *intercom.Client, id string) {
	for b.Loop() {
		if _, err := client.Contacts.Get(b.Context(), id); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart is how long it takes to have a workspace.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		intercomtest.NewServer(intercomtest.WithoutSocket()).Close()
	}
}
