package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestCompaniesRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "Companies", []sent{
		{
			operation: "Companies.Get",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Get(ctx, "6571a0"))
			},
			path: "/companies/6571a0",
		},
		{
			operation: "Companies.Find",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Find(ctx, intercom.CompanyFindParams{CompanyID: "pots & sons"}))
			},
			path: "/companies?company_id=pots+%26+sons",
		},
		{
			operation: "Companies.Find", variant: "by name",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Find(ctx, intercom.CompanyFindParams{Name: "Pots Ltd"}))
			},
			path: "/companies?name=Pots+Ltd",
		},
		{
			operation: "Companies.Find", variant: "List with a tag",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.List(ctx, intercom.CompanyListParams{TagID: "41", PerPage: 7}))
			},
			path: "/companies?tag_id=41&per_page=7",
		},
		{
			operation: "Companies.Find", variant: "All in a segment",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Companies.All(ctx, intercom.CompanyListParams{SegmentID: "66b1d3"}))
			},
			path: "/companies?segment_id=66b1d3&per_page=60",
		},
		{
			operation: "Companies.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.List(ctx, intercom.CompanyListParams{Order: intercom.CompanyOrderAscending}))
			},
			path: "/companies/list?order=asc",
		},
		{
			operation: "Companies.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Companies.Pages(ctx, intercom.CompanyListParams{Cursor: "3:20"}))
			},
			path: "/companies/list?page=3&per_page=20",
		},
		{
			operation: "Companies.List", variant: "All in an order",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Companies.All(ctx, intercom.CompanyListParams{Order: intercom.CompanyOrderDescending}))
			},
			path: "/companies/list?order=desc&per_page=60",
		},
		{
			operation: "Companies.Scroll", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Companies.All(ctx, intercom.CompanyListParams{}))
			},
			path: "/companies/scroll",
		},
		{
			operation: "Companies.Upsert",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Upsert(ctx, intercom.CompanyUpsertParams{CompanyID: "pots-ltd", Name: "Pots Ltd", Plan: "Gold", Size: 12, Website: "https://pots.example", Industry: "Gardening", CustomAttributes: intercom.CustomAttributesOf(map[string]any{"greenhouses": 2, "organic": true}), RemoteCreatedAt: at(1600000000), MonthlySpend: intercom.Set(0)}))
			},
			path: "/companies",
			body: `{"company_id":"pots-ltd","name":"Pots Ltd","plan":"Gold","size":12,"website":"https://pots.example","industry":"Gardening","custom_attributes":{"greenhouses":2,"organic":true},"remote_created_at":1600000000,"monthly_spend":0}`,
		},
		{
			operation: "Companies.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Update(ctx, "6571a0", intercom.CompanyUpdateParams{Name: intercom.Set("Pots"), Website: intercom.Null[string](), Size: intercom.Set(0), RemoteCreatedAt: intercom.SetTime(at(1600000000).Time())}))
			},
			path: "/companies/6571a0",
			body: `{"name":"Pots","website":null,"size":0,"remote_created_at":1600000000}`,
		},
		{
			operation: "Companies.Delete",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Delete(ctx, "6571a0"))
			},
			path: "/companies/6571a0",
		},
		{
			operation: "Companies.Contacts.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Contacts.List(ctx, "6571a0", intercom.NumberedListParams{PerPage: 3}))
			},
			path: "/companies/6571a0/contacts?per_page=3",
		},
		{
			operation: "Companies.Contacts.List", variant: "Pages",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Companies.Contacts.Pages(ctx, "6571a0", intercom.NumberedListParams{}))
			},
			path: "/companies/6571a0/contacts",
		},
		{
			operation: "Companies.Contacts.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Companies.Contacts.All(ctx, "6571a0", intercom.NumberedListParams{}))
			},
			path: "/companies/6571a0/contacts?per_page=50",
		},
		{
			operation: "Companies.Segments.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Segments.List(ctx, "6571a0"))
			},
			path: "/companies/6571a0/segments",
		},
		{
			operation: "Companies.Segments.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Companies.Segments.All(ctx, "6571a0"))
			},
			path: "/companies/6571a0/segments",
		},
	})
}

func TestCompaniesRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "empty id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Get(ctx, ""))
			},
			want: `intercom: Companies.Get: id is empty`,
		},
		{
			name: "nothing to find by",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Find(ctx, intercom.CompanyFindParams{}))
			},
			want: `intercom: Companies.Find: give either company_id or name`,
		},
		{
			name: "two names to find by",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Find(ctx, intercom.CompanyFindParams{CompanyID: "a", Name: "b"}))
			},
			want: `intercom: Companies.Find: give either company_id or name`,
		},
		{
			name: "order with a tag",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.List(ctx, intercom.CompanyListParams{TagID: "1", Order: intercom.CompanyOrderAscending}))
			},
			want: `order can't be combined with tag_id and segment_id`,
		},
		{
			name: "tag with a segment",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.Companies.All(ctx, intercom.CompanyListParams{TagID: "1", SegmentID: "2"}))
			},
			want: `tag_id can't be combined with segment_id`,
		},
		{
			name: "no company id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Upsert(ctx, intercom.CompanyUpsertParams{Name: "Pots"}))
			},
			want: `intercom: Companies.Upsert: company_id is required`,
		},
		{
			name: "field of 2.16",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Companies.Upsert(ctx, intercom.CompanyUpsertParams{CompanyID: "a", UpdateLastRequestAt: true}))
			},
			want: `intercom: Companies.Upsert: Intercom-Version 2.8 does not take update_last_request_at, the first that does is 2.16`,
		},
	})
}

func TestCompanyDecodes(t *testing.T) {
	t.Parallel()
	company := sample(t, "companies/company.json")
	for name, body := range map[string]string{
		"one company":        company,
		"a list of one":      `{"type":"list","data":[` + company + `],"total_count":1,"pages":{"type":"pages","page":1}}`,
		"a list, typed last": `{"data":[` + company + `],"type":"list"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, answer(body))
			c, err := client.Companies.Find(t.Context(), intercom.CompanyFindParams{CompanyID: "pots-ltd"})
			require.NoError(t, err)
			checkCompany(t, c)
		})
	}
}

func checkCompany(t *testing.T, c *intercom.Company) {
	t.Helper()
	assert.Equal(t, "company", c.Type)
	assert.Equal(t, "6571a0", c.ID)
	assert.Equal(t, "pots-ltd", c.CompanyID)
	assert.Equal(t, "grwn4x2k", c.AppID)
	assert.Equal(t, "Pots Ltd", c.Name)
	assert.Equal(t, at(1600000000), c.RemoteCreatedAt)
	assert.Equal(t, at(1700000000), c.CreatedAt)
	assert.Equal(t, at(1700000001), c.UpdatedAt)
	assert.True(t, c.LastRequestAt.IsZero())
	assert.Equal(t, 12, c.Size, "a number in a string")
	assert.Equal(t, "https://pots.example", c.Website)
	assert.Equal(t, "Gardening", c.Industry)
	assert.Equal(t, 250, c.MonthlySpend)
	assert.Equal(t, 31, c.SessionCount)
	assert.Equal(t, 4, c.UserCount)
	require.NotNil(t, c.Plan)
	assert.Equal(t, "Gold", c.Plan.Name)
	require.NotNil(t, c.Tags)
	assert.Equal(t, "Wholesale", c.Tags.Tags[0].Name)
	require.NotNil(t, c.Segments)
	assert.Equal(t, "66b1d3", c.Segments.Segments[0].ID)
	houses, _ := c.CustomAttributes.Int("greenhouses")
	assert.Equal(t, int64(2), houses)
	organic, _ := c.CustomAttributes.Bool("organic")
	assert.True(t, organic)
	nothing, ok := c.CustomAttributes.Get("nursery")
	assert.True(t, ok)
	assert.Nil(t, nothing)
}

func TestCompaniesFindNobody(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"type":"list","data":[],"total_count":0}`))
	_, err := client.Companies.Find(t.Context(), intercom.CompanyFindParams{Name: "Nobody"})
	assert.True(t, intercom.IsNotFound(err))
	assert.True(t, intercom.HasCode(err, intercom.CodeCompanyNotFound))
}

func TestCompaniesFindTwo(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"type":"list","data":[{"id":"1"},{"id":"2"}]}`))
	_, err := client.Companies.Find(t.Context(), intercom.CompanyFindParams{Name: "Pots"})
	assert.ErrorContains(t, err, "2 companies are called so")
}
