//go:build !race

package intercom_test

// The race detector makes sync.Pool forget at random, so that allocations can't
// be counted under it.

import (
	"context"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// allocations counts what one call costs that gets the body as its answer.
func allocations(t *testing.T, body string, call func(context.Context, *intercom.Client) error) float64 {
	t.Helper()
	client := cannedClient(t, body)
	return testing.AllocsPerRun(100, func() {
		if err := call(t.Context(), client); err != nil {
			t.Error(err)
		}
	})
}

const (
	emptyContact = `{"type":"contact","id":"1"}`
	emptyPage    = `{"type":"list","data":[]}`
)

// manyParts is a conversation of so many parts.
func manyParts(n int) string {
	part := `{"type":"conversation_part","id":"81","part_type":"comment","body":"<p>It works again, thank you.</p>","created_at":1700000000,"updated_at":1700000000,
		"author":{"type":"admin","id":"5","name":"Noor Hansen","email":"noor@example.net"},"assigned_to":{"type":"admin","id":"5"},"attachments":[],"redacted":false}`
	parts := strings.TrimSuffix(strings.Repeat(part+",", n), ",")
	return `{"type":"conversation","id":"7","conversation_parts":{"type":"conversation_part.list","conversation_parts":[` + parts + `],"total_count":` + strconv.Itoa(n) + `}}`
}

// Budgets of calls are for all that the library does and net/http does not.
// Those of answers are for one more item, beyond what the call itself costs.
func TestAllocationBudgets(t *testing.T) { //nolint:paralleltest // Allocations of other tests would be counted.
	get := func(ctx context.Context, c *intercom.Client) error {
		_, err := c.Contacts.Get(ctx, "65a1f0c2b7e94d0000000001")
		return err
	}
	list := func(ctx context.Context, c *intercom.Client) error {
		page, err := c.Contacts.List(ctx, intercom.ContactListParams{})
		if err == nil && len(page.Items)%150 != 0 {
			t.Errorf("got %d contacts", len(page.Items))
		}
		return err
	}
	all := func(ctx context.Context, c *intercom.Client) error {
		_, err := intercom.Collect(c.Contacts.All(ctx, intercom.ContactListParams{}), -1)
		return err
	}
	conversation := func(ctx context.Context, c *intercom.Client) error {
		_, err := c.Conversations.Get(ctx, "7", intercom.ConversationGetParams{})
		return err
	}
	update := func(ctx context.Context, c *intercom.Client) error {
		_, err := c.Contacts.Update(ctx, "1", benchUpdate())
		return err
	}
	search := func(ctx context.Context, c *intercom.Client) error {
		_, err := c.Contacts.Search(ctx, intercom.ContactSearchParams{Query: benchQuery(time.Unix(1_700_000_000, 0))})
		return err
	}
	for _, budget := range []struct {
		what  string
		most  float64
		call  func(context.Context, *intercom.Client) error
		body  string
		items float64 // of body, 0 for the budget of the call itself
		empty string  // what the call costs with is not counted
	}{
		{what: "a call", most: 18, call: get, body: emptyContact},
		{what: "a page", most: 18, call: list, body: emptyPage},
		{what: "an iteration", most: 38, call: all, body: emptyPage},
		{what: "an update", most: 80, call: update, body: emptyContact},
		{what: "a search", most: 52, call: search, body: emptyPage},
		{what: "a contact", most: 8, call: get, body: fullContacts(1), items: 1, empty: emptyContact},
		{what: "a listed contact", most: 9, call: list, body: contactsAnswer(150), items: 150, empty: emptyPage},
		{what: "an iterated contact", most: 9, call: all, body: contactsAnswer(150), items: 150, empty: emptyPage},
		{what: "a part of a conversation", most: 1.25, call: conversation, body: manyParts(200), items: 200, empty: manyParts(0)},
	} {
		got := allocations(t, budget.body, budget.call)
		if budget.items > 0 {
			got = (got - allocations(t, budget.empty, budget.call)) / budget.items
		}
		t.Logf("%s: %.2f of %.2f", budget.what, got, budget.most)
		assert.LessOrEqual(t, got, budget.most, budget.what)
	}
}

// What needs no call has budgets, too: an exported row, and a contact by
// encoding/json.
func TestAllocationBudgetsWithoutCalls(t *testing.T) { //nolint:paralleltest // Allocations of other tests would be counted.
	sample := exportSample()
	client := exportClient(t, func() io.Reader { return exportFile(1) })
	rows := testing.AllocsPerRun(1, func() {
		for _, err := range client.Export.Rows(t.Context(), "hb3k9qv2") {
			if err != nil {
				t.Error(err)
			}
		}
	})
	assert.LessOrEqual(t, rows/float64(sample.rows), 1.05, "an exported row")

	body, contact := []byte(fullContacts(1)), new(intercom.Contact)
	require.NoError(t, json.Unmarshal(body, contact))
	for _, budget := range []struct {
		what string
		most float64
		run  func() error
	}{
		{"decoding a contact", 13, func() error { return json.Unmarshal(body, new(intercom.Contact)) }},
		{"encoding a contact", 80, func() error { _, err := json.Marshal(contact); return err }},
	} {
		got := testing.AllocsPerRun(100, func() { assert.NoError(t, budget.run()) })
		t.Logf("%s: %.0f of %.0f", budget.what, got, budget.most)
		assert.LessOrEqual(t, got, budget.most, budget.what)
	}
}
