package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func attachedRequests() []sent {
	return []sent{
		{
			operation: "Contacts.Companies.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Companies.List(ctx, "66f0c1", intercom.NumberedListParams{PerPage: 2}))
			},
			path: "/contacts/66f0c1/companies?per_page=2",
		},
		{
			operation: "Contacts.Companies.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.Companies.Pages(ctx, "66f0c1", intercom.NumberedListParams{}))
			},
			path: "/contacts/66f0c1/companies",
		},
		{
			operation: "Contacts.Companies.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.Companies.All(ctx, "66f0c1", intercom.NumberedListParams{}))
			},
			path: "/contacts/66f0c1/companies?per_page=50",
		},
		{
			operation: "Contacts.Companies.Attach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Companies.Attach(ctx, "66f0c1", "6571a0"))
			},
			path: "/contacts/66f0c1/companies",
			body: `{"id":"6571a0"}`,
		},
		{
			operation: "Contacts.Companies.Detach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Companies.Detach(ctx, "66f0c1", "6571a0"))
			},
			path: "/contacts/66f0c1/companies/6571a0",
		},
		{
			operation: "Contacts.Notes.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Notes.List(ctx, "66f0c1", intercom.NumberedListParams{Cursor: "2:10"}))
			},
			path: "/contacts/66f0c1/notes?page=2&per_page=10",
		},
		{
			operation: "Contacts.Notes.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.Notes.Pages(ctx, "66f0c1", intercom.NumberedListParams{}))
			},
			path: "/contacts/66f0c1/notes",
		},
		{
			operation: "Contacts.Notes.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.Notes.All(ctx, "66f0c1", intercom.NumberedListParams{}))
			},
			path: "/contacts/66f0c1/notes?per_page=50",
		},
		{
			operation: "Contacts.Notes.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Notes.Create(ctx, "66f0c1", intercom.NoteCreateParams{Body: "<p>Likes ferns.</p>", AdminID: "5017"}))
			},
			path: "/contacts/66f0c1/notes",
			body: `{"body":"<p>Likes ferns.</p>","admin_id":"5017"}`,
		},
		{
			operation: "Contacts.Segments.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Segments.List(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1/segments",
		},
		{
			operation: "Contacts.Segments.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.Segments.All(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1/segments",
		},
		{
			operation: "Contacts.Subscriptions.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Subscriptions.List(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1/subscriptions",
		},
		{
			operation: "Contacts.Subscriptions.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.Subscriptions.All(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1/subscriptions",
		},
		{
			operation: "Contacts.Subscriptions.Attach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Subscriptions.Attach(ctx, "66f0c1", intercom.ContactSubscriptionAttachParams{ID: "137", ConsentType: intercom.ConsentTypeOptIn}))
			},
			path: "/contacts/66f0c1/subscriptions",
			body: `{"id":"137","consent_type":"opt_in"}`,
		},
		{
			operation: "Contacts.Subscriptions.Detach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Subscriptions.Detach(ctx, "66f0c1", "137"))
			},
			path: "/contacts/66f0c1/subscriptions/137",
		},
		{
			operation: "Contacts.Tags.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Tags.List(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1/tags",
		},
		{
			operation: "Contacts.Tags.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Contacts.Tags.All(ctx, "66f0c1"))
			},
			path: "/contacts/66f0c1/tags",
		},
		{
			operation: "Contacts.Tags.Attach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Tags.Attach(ctx, "66f0c1", "41"))
			},
			path: "/contacts/66f0c1/tags",
			body: `{"id":"41"}`,
		},
		{
			operation: "Contacts.Tags.Detach",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Tags.Detach(ctx, "66f0c1", "41"))
			},
			path: "/contacts/66f0c1/tags/41",
		},
	}
}

func TestContactAttachmentsRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "company that is empty",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Companies.Attach(ctx, "66f0c1", ""))
			},
			want: `intercom: Contacts.Companies.Attach: id is required`,
		},
		{
			name: "tag that is empty",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Tags.Detach(ctx, "66f0c1", ""))
			},
			want: `intercom: Contacts.Tags.Detach: id is empty`,
		},
		{
			name: "contact that is empty",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Tags.Attach(ctx, "", "41"))
			},
			want: `intercom: Contacts.Tags.Attach: contact_id is empty`,
		},
		{
			name: "note without text",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Notes.Create(ctx, "66f0c1", intercom.NoteCreateParams{}))
			},
			want: `intercom: Contacts.Notes.Create: body is required`,
		},
		{
			name: "contact of a note in 2.14",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Notes.Create(ctx, "66f0c1", intercom.NoteCreateParams{Body: "x", ContactID: "66f0c1"}))
			},
			want:    `intercom: Contacts.Notes.Create: Intercom-Version 2.14 no longer takes contact_id, the last that does is 2.13`,
			version: intercom.V2_14,
		},
		{
			name: "consent that is not told",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Contacts.Subscriptions.Attach(ctx, "66f0c1", intercom.ContactSubscriptionAttachParams{ID: "137"}))
			},
			want: `intercom: Contacts.Subscriptions.Attach: consent_type is required`,
		},
	})
}

func TestContactAttachmentsDecode(t *testing.T) {
	t.Parallel()
	company := sample(t, "companies/company.json")
	pages := `"pages":{"type":"pages","page":1,"per_page":50,"total_pages":1,"next":null}`
	for name, body := range map[string]string{
		"data":      `{"type":"list","data":[` + company + `],"total_count":1,` + pages + `}`,
		"companies": `{"type":"list","companies":[` + company + `],"total_count":1,` + pages + `}`,
	} {
		t.Run("companies in "+name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, answer(body))
			all := items(t, client.Contacts.Companies.All(t.Context(), "66f0c1", intercom.NumberedListParams{}))
			require.Len(t, all, 1)
			checkCompany(t, all[0])
		})
	}
	t.Run("notes", func(t *testing.T) {
		t.Parallel()
		client := clientOf(t, answer(`{"type":"list","data":[`+sample(t, "notes/note.json")+`],`+pages+`}`))
		all := items(t, client.Contacts.Notes.All(t.Context(), "66f0c1", intercom.NumberedListParams{}))
		require.Len(t, all, 1)
		assert.Equal(t, "29", all[0].ID)
	})
	t.Run("segments", func(t *testing.T) {
		t.Parallel()
		client := clientOf(t, answer(`{"type":"list","data":[{"type":"segment","id":"66b1d3","name":"Balcony owners"}]}`))
		all := items(t, client.Contacts.Segments.All(t.Context(), "66f0c1"))
		require.Len(t, all, 1)
		assert.Equal(t, "Balcony owners", all[0].Name)
	})
	t.Run("subscriptions", func(t *testing.T) {
		t.Parallel()
		client := clientOf(t, answer(sample(t, "subscriptiontypes/list.json")))
		all := items(t, client.Contacts.Subscriptions.All(t.Context(), "66f0c1"))
		require.Len(t, all, 2)
		assert.Equal(t, intercom.ConsentTypeOptIn, all[0].ConsentType)
	})
	t.Run("tags", func(t *testing.T) {
		t.Parallel()
		client := clientOf(t, answer(sample(t, "tags/list.json")))
		all := items(t, client.Contacts.Tags.All(t.Context(), "66f0c1"))
		require.Len(t, all, 2)
		assert.Equal(t, "Gardener", all[0].Name)
	})
}
