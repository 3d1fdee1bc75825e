package intercom_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// The benchmarks of this file are the hot paths without a network: what the
// library itself does. Those of the parser, of the transport and of webhooks are
// in their packages, those of exports in export_bench_test.go; benchmarks/
// compares with others.

// canned answers every request with the same body at the lowest possible cost.
type canned struct{ body []byte }

func (c canned) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode:    http.StatusOK,
		Header:        http.Header{},
		Body:          io.NopCloser(bytes.NewReader(c.body)),
		ContentLength: int64(len(c.body)),
	}, nil
}

// fullContact has all that contacts have mostly: eight attributes, an avatar, a
// place, and lists with up to three elements.
const fullContact = `{"type":"contact","id":"65a1f0c2b7e94d00%08d","workspace_id":"qx7abcd3","external_id":"cust-%[1]d","role":"user",
"email":"kaya.%[1]d@example.org","email_domain":"example.org","phone":"+442079460%03[1]d","name":"Kaya Lindqvist","avatar":{"type":"avatar","image_url":"https://pictures.example/%[1]d.png"},
"owner_id":%[1]d,"social_profiles":{"type":"list","data":[{"type":"social_profile","name":"LinkedIn","url":"https://linkedin.example/%[1]d"}]},
"created_at":1700000000,"updated_at":1700000100,"signed_up_at":1699990000,"last_seen_at":null,"browser":"firefox","browser_version":"121.0","os":"Windows 11",
"location":{"type":"location","country":"Poland","region":"Lesser Poland","city":"Kraków","country_code":"POL","continent_code":"EU"},
"custom_attributes":{"tier":"team","value":12.5,"licences":%[1]d,"is_trial":false,"renews_at":1710000000,"ledger":"a%[1]d","remarks":"as agreed","found_by":null},
"tags":{"type":"list","data":[{"type":"tag","id":"1","url":"/tags/1"},{"type":"tag","id":"2","url":"/tags/2"},{"type":"tag","id":"%[1]d","url":"/tags/%[1]d"}],"url":"/contacts/%[1]d/tags","total_count":3,"has_more":false},
"notes":{"type":"list","data":[],"url":"/contacts/%[1]d/notes","total_count":0,"has_more":false},
"companies":{"type":"list","data":[{"type":"company","id":"65b%[1]d","url":"/companies/65b%[1]d"}],"url":"/contacts/%[1]d/companies","total_count":1,"has_more":false},
"opted_out_subscription_types":{"type":"list","data":[],"url":"/contacts/%[1]d/subscriptions","total_count":0,"has_more":false},
"opted_in_subscription_types":{"type":"list","data":[{"type":"subscription","id":"9","url":"/subscriptions/9"}],"url":"/contacts/%[1]d/subscriptions","total_count":1,"has_more":false}}`

func fullContacts(n int) string {
	contacts := make([]string, n)
	for i := range contacts {
		contacts[i] = fmt.Sprintf(fullContact, i+1)
	}
	return strings.Join(contacts, ",")
}

// cannedClient is a client whose every call gets the body as its answer.
func cannedClient(tb testing.TB, body string) *intercom.Client {
	tb.Helper()
	client, err := intercom.NewClient("benchmarks", intercom.WithHTTPClient(&http.Client{Transport: canned{[]byte(body)}}))
	require.NoError(tb, err)
	return client
}

func contactsAnswer(n int) string {
	return `{"type":"list","data":[` + fullContacts(n) + `],"total_count":` + strconv.Itoa(n) + `,"pages":{"type":"pages","page":1,"per_page":150,"total_pages":1}}`
}

// BenchmarkGet is one call with a contact as its answer.
func BenchmarkGet(b *testing.B) {
	body := fullContacts(1)
	client := cannedClient(b, body)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Contacts.Get(b.Context(), "65a1f0c2b7e94d0000000001"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkListPage reads a page of 150 contacts.
func BenchmarkListPage(b *testing.B) {
	body := contactsAnswer(150)
	client := cannedClient(b, body)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		page, err := client.Contacts.List(b.Context(), intercom.ContactListParams{})
		if err != nil || len(page.Items) != 150 {
			b.Fatal(page, err)
		}
	}
}

// BenchmarkDecode and BenchmarkEncode are a contact by encoding/json, as in
// programs that store what they got.
func BenchmarkDecode(b *testing.B) {
	body := []byte(fullContacts(1))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if err := json.Unmarshal(body, new(intercom.Contact)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	body := []byte(fullContacts(1))
	contact := new(intercom.Contact)
	require.NoError(b, json.Unmarshal(body, contact))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(contact); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUpdate is one call with params to encode and check.
func BenchmarkUpdate(b *testing.B) {
	client := cannedClient(b, `{"type":"contact","id":"1"}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Contacts.Update(b.Context(), "1", benchUpdate()); err != nil {
			b.Fatal(err)
		}
	}
}

func benchUpdate() intercom.ContactUpdateParams {
	return intercom.ContactUpdateParams{
		Phone: intercom.Null[string](), Name: intercom.Set("Kaya Lindqvist"), OwnerID: intercom.Set("4411"),
		CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"tier": "team", "licences": 12})),
	}
}

// BenchmarkSearch builds a query, checks it and sends it.
func BenchmarkSearch(b *testing.B) {
	client := cannedClient(b, `{"type":"list","data":[],"total_count":0}`)
	day := time.Unix(1_700_000_000, 0)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Contacts.Search(b.Context(), intercom.ContactSearchParams{Query: benchQuery(day)}); err != nil {
			b.Fatal(err)
		}
	}
}

func benchQuery(day time.Time) intercom.Query {
	return intercom.And(
		intercom.Field("role").Eq("user"),
		intercom.Or(intercom.Attribute("plan").In("pro", "max"), intercom.Field("created_at").After(day)),
	)
}
