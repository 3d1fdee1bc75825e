//go:build !race

package intercom_test

// The race detector makes sync.Pool forget at random, so that allocations can't
// be counted under it.

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

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

// allocations counts what one call costs that gets the body as its answer.
func allocations(t *testing.T, body string, call func(context.Context, *intercom.Client) error) float64 {
	t.Helper()
	client, err := intercom.NewClient("allocations", intercom.WithHTTPClient(&http.Client{Transport: canned{[]byte(body)}}))
	require.NoError(t, err)
	return testing.AllocsPerRun(100, func() {
		if err := call(t.Context(), client); err != nil {
			t.Error(err)
		}
	})
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

// A call costs what it costs however small the answer is; beyond that, budgets
// are for one more item.
func TestAllocationBudgets(t *testing.T) { //nolint:paralleltest // allocations of other tests would be counted
	get := func(ctx context.Context, c *intercom.Client) error {
		_, err := c.Contacts.Get(ctx, "65a1f0c2b7e94d0000000001")
		return err
	}
	listContacts := func(ctx context.Context, c *intercom.Client) error {
		page, err := c.Contacts.List(ctx, intercom.ContactListParams{})
		if err == nil && len(page.Items) != 150 {
			t.Errorf("got %d contacts", len(page.Items))
		}
		return err
	}
	getConversation := func(ctx context.Context, c *intercom.Client) error {
		conversation, err := c.Conversations.Get(ctx, "7", intercom.ConversationGetParams{})
		if err == nil && len(conversation.Parts.Parts) != 200 {
			t.Errorf("got %d parts", len(conversation.Parts.Parts))
		}
		return err
	}
	part := `{"type":"conversation_part","id":"81","part_type":"comment","body":"<p>It works again, thank you.</p>","created_at":1700000000,"updated_at":1700000000,
		"author":{"type":"admin","id":"5","name":"Noor Hansen","email":"noor@example.net"},"assigned_to":{"type":"admin","id":"5"},"attachments":[],"redacted":false}`
	parts := strings.TrimSuffix(strings.Repeat(part+",", 200), ",")

	call := allocations(t, `{"type":"contact","id":"1"}`, get)
	for _, budget := range []struct {
		what  string
		items float64
		most  float64 // for each of them
		body  string
		call  func(context.Context, *intercom.Client) error
	}{
		{"a call", 1, 24, `{}`, get},
		{"a contact beyond the call", 1, 9, fullContacts(1), get},
		{"a listed contact", 150, 9, `{"type":"list","data":[` + fullContacts(150) + `],"total_count":150,"pages":{"type":"pages","page":1,"per_page":150,"total_pages":1}}`, listContacts},
		{"a part of a conversation", 200, 1.25, `{"type":"conversation","id":"7","conversation_parts":{"type":"conversation_part.list","conversation_parts":[` + parts + `],"total_count":200}}`, getConversation},
	} {
		got := allocations(t, budget.body, budget.call)
		if budget.what != "a call" {
			got -= call
		}
		got /= budget.items
		assert.LessOrEqual(t, got, budget.most, budget.what)
	}
}
