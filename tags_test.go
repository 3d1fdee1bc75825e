package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestTagsRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "Tags", []sent{
		{
			operation: "Tags.Get",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.Get(ctx, "41"))
			},
			path: "/tags/41",
		},
		{
			operation: "Tags.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.List(ctx))
			},
			path: "/tags",
		},
		{
			operation: "Tags.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Tags.All(ctx))
			},
			path: "/tags",
		},
		{
			operation: "Tags.Upsert",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.Upsert(ctx, intercom.TagUpsertParams{Name: "Gardener"}))
			},
			path: "/tags",
			body: `{"name":"Gardener"}`,
		},
		{
			operation: "Tags.Upsert", variant: "rename",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.Upsert(ctx, intercom.TagUpsertParams{ID: "41", Name: "Gardeners"}))
			},
			path: "/tags",
			body: `{"id":"41","name":"Gardeners"}`,
		},
		{
			operation: "Tags.TagCompanies",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.TagCompanies(ctx, intercom.TagCompaniesParams{Name: "Wholesale", Companies: []intercom.CompanyIdentifier{{ID: "6571a0"}, {CompanyID: "pots-ltd"}}}))
			},
			path: "/tags",
			body: `{"name":"Wholesale","companies":[{"id":"6571a0"},{"company_id":"pots-ltd"}]}`,
		},
		{
			operation: "Tags.UntagCompanies",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.UntagCompanies(ctx, intercom.UntagCompaniesParams{Name: "Wholesale", Companies: []intercom.UntaggedCompany{{CompanyID: "pots-ltd"}}}))
			},
			path: "/tags",
			body: `{"name":"Wholesale","companies":[{"company_id":"pots-ltd","untag":true}]}`,
		},
		{
			operation: "Tags.TagContacts",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.TagContacts(ctx, intercom.TagContactsParams{Name: "Gardener", Contacts: []intercom.ContactIdentifier{{ID: "66f0c1"}, {ID: "66f0c2"}}}))
			},
			path: "/tags",
			body: `{"name":"Gardener","users":[{"id":"66f0c1"},{"id":"66f0c2"}]}`,
		},
		{
			operation: "Tags.Delete",
			call: func(ctx context.Context, c *intercom.Client) error {
				return c.Tags.Delete(ctx, "41")
			},
			path: "/tags/41",
		},
	})
}

func TestTagsRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "no name",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.Upsert(ctx, intercom.TagUpsertParams{}))
			},
			want: `intercom: Tags.Upsert: name is required`,
		},
		{
			name: "no companies",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.UntagCompanies(ctx, intercom.UntagCompaniesParams{Name: "x"}))
			},
			want: `intercom: Tags.UntagCompanies: companies is required`,
		},
		{
			name: "no contacts",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Tags.TagContacts(ctx, intercom.TagContactsParams{Name: "x"}))
			},
			want: `intercom: Tags.TagContacts: users is required`,
		},
		{
			name: "empty id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return c.Tags.Delete(ctx, "")
			},
			want: `intercom: Tags.Delete: id is empty`,
		},
	})
}

func TestTagsDecode(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "tags/list.json")))
	all := items(t, client.Tags.All(t.Context()))
	require.Len(t, all, 2)
	assert.Equal(t, "tag", all[0].Type)
	assert.Equal(t, "41", all[0].ID)
	assert.Equal(t, "Gardener", all[0].Name)
	assert.Equal(t, at(1731000000), all[0].AppliedAt)
	require.NotNil(t, all[0].AppliedBy)
	assert.Equal(t, "admin", all[0].AppliedBy.Type)
	assert.Equal(t, "5017", all[0].AppliedBy.ID)
	assert.Equal(t, "42", all[1].ID, "a number becomes text")
	assert.True(t, all[1].AppliedAt.IsZero())
	assert.Nil(t, all[1].AppliedBy)
}

func TestTagDeleteTakesNothingForAnAnswer(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(""))
	assert.NoError(t, client.Tags.Delete(t.Context(), "41"))
}
