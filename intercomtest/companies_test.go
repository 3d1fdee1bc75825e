package intercomtest_test

import (
	"cmp"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestCompaniesAreUpsertedAndListedWithContacts(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		first, err := client.Companies.Upsert(ctx, intercom.CompanyUpsertParams{
			CompanyID: "c-1", Name: "Kestrel Foods", Plan: "pro", Size: 12, MonthlySpend: intercom.Set(0),
			CustomAttributes: intercom.CustomAttributesOf(map[string]any{"tier": 2}),
		})
		require.NoError(t, err)
		again, err := client.Companies.Upsert(ctx, intercom.CompanyUpsertParams{CompanyID: "c-1", Industry: "Food"})
		require.NoError(t, err)
		assert.Equal(t, first.ID, again.ID)
		assert.Equal(t, "Kestrel Foods", again.Name)
		assert.Equal(t, "pro", again.Plan.Name)
		tier, _ := again.CustomAttributes.Int("tier")
		assert.Equal(t, int64(2), tier)

		count := func() int {
			page, err := client.Companies.List(ctx, intercom.CompanyListParams{})
			require.NoError(t, err)
			return page.TotalCount
		}
		assert.Equal(t, 0, count(), "nobody belongs to it yet")
		contact := &intercom.Contact{}
		srv.Seed(contact)
		_, err = client.Contacts.Companies.Attach(ctx, contact.ID, first.ID)
		require.NoError(t, err)
		assert.Equal(t, 1, count())
		found, err := client.Companies.Find(ctx, intercom.CompanyFindParams{CompanyID: "c-1"})
		require.NoError(t, err)
		assert.Equal(t, 1, found.UserCount)
		found, err = client.Companies.Find(ctx, intercom.CompanyFindParams{Name: "Kestrel Foods"})
		require.NoError(t, err)
		assert.Equal(t, first.ID, found.ID)
		_, err = client.Companies.Find(ctx, intercom.CompanyFindParams{Name: "Nobody"})
		assert.True(t, intercom.HasCode(err, intercom.CodeCompanyNotFound))
		members, err := intercom.Collect(client.Companies.Contacts.All(ctx, first.ID, intercom.NumberedListParams{}), -1)
		require.NoError(t, err)
		require.Len(t, members, 1)
		mine, err := intercom.Collect(client.Contacts.Companies.All(ctx, contact.ID, intercom.NumberedListParams{}), -1)
		require.NoError(t, err)
		require.Len(t, mine, 1)
		assert.Equal(t, first.ID, mine[0].ID)

		_, err = client.Contacts.Companies.Detach(ctx, contact.ID, first.ID)
		require.NoError(t, err)
		assert.Equal(t, 0, count())
		updated, err := client.Companies.Update(ctx, first.ID, intercom.CompanyUpdateParams{Plan: intercom.Null[string](), Size: intercom.Set(13)})
		require.NoError(t, err)
		assert.Empty(t, updated.Plan.Name)
		assert.Equal(t, 13, updated.Size)
		gone, err := client.Companies.Delete(ctx, first.ID)
		require.NoError(t, err)
		assert.True(t, gone.Deleted)
		_, err = client.Companies.Get(ctx, first.ID)
		assert.True(t, intercom.IsNotFound(err))
	})
}

func TestCompaniesByTagAndSegment(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	ids := srv.SeedCompanies(6)
	segment := intercom.Segment{ID: "s", Name: "Large"}
	srv.Seed(segment, intercom.Contact{ID: "1", Companies: &intercom.LinkList{Data: []intercom.Link{{ID: "big"}}}},
		intercom.Company{ID: "big", CompanyID: "big", Segments: &intercom.SegmentList{Segments: []intercom.Segment{segment}}})
	tag, err := client.Tags.TagCompanies(ctx, intercom.TagCompaniesParams{
		Name: "new", Companies: []intercom.CompanyIdentifier{{ID: ids[0]}, {CompanyID: "big"}},
	})
	require.NoError(t, err)
	page, err := client.Companies.List(ctx, intercom.CompanyListParams{TagID: tag.ID})
	require.NoError(t, err)
	assert.Len(t, page.Items, 2)
	page, err = client.Companies.List(ctx, intercom.CompanyListParams{SegmentID: "s"})
	require.NoError(t, err)
	require.Len(t, page.Items, 1)
	assert.Equal(t, "Large", page.Items[0].Segments.Segments[0].Name)
	segments, err := client.Companies.Segments.List(ctx, "big")
	require.NoError(t, err)
	assert.Len(t, segments.Items, 1)
	_, err = client.Tags.UntagCompanies(ctx, intercom.UntagCompaniesParams{Name: "NEW", Companies: []intercom.UntaggedCompany{{CompanyID: "big"}}})
	require.NoError(t, err)
	page, err = client.Companies.List(ctx, intercom.CompanyListParams{TagID: tag.ID})
	require.NoError(t, err)
	assert.Len(t, page.Items, 1)
	_, err = client.Tags.TagCompanies(ctx, intercom.TagCompaniesParams{Name: "lost", Companies: []intercom.CompanyIdentifier{{ID: ids[1]}, {ID: "404"}}})
	assert.True(t, intercom.HasCode(err, intercom.CodeCompanyNotFound))
	assert.Len(t, srv.Tags(), 1, "nothing happens if something is wrong")
}

func TestCompaniesPastTenThousand(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	srv.SeedCompanies(10_050)
	resp, text := send(t, srv, "POST", "/companies/list?page=167&per_page=60", "")
	assert.Equal(t, 200, resp.StatusCode)
	assert.Contains(t, text, `"total_count":10050`)
	resp, _ = send(t, srv, "POST", "/companies/list?page=168&per_page=60", "")
	assert.Equal(t, 400, resp.StatusCode)
	seen := map[string]bool{}
	for c, err := range client.Companies.Scroll(ctx) {
		require.NoError(t, err)
		seen[c.ID] = true
	}
	assert.Len(t, seen, 10_050)
}

func TestScroll(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		opt       intercomtest.Option
		taken, at int // statuses: when there is a scroll already, at the end
	}{
		"plain":  {intercomtest.WithoutQuirks(), 400, 200},
		"quirks": {intercomtest.WithQuirks(), 423, 404},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv, _ := workspace(t, c.opt)
			testScroll(t, srv, c.taken, c.at)
		})
	}
}

// testScroll opens scrolls and reads on.
func testScroll(t *testing.T, srv *intercomtest.Server, taken, end int) {
	t.Helper()
	srv.SeedCompanies(150)
	param := func(text string) string {
		var p struct {
			Param string `json:"scroll_param"`
		}
		decode(t, text, &p)
		return p.Param
	}
	open := func() string {
		resp, text := send(t, srv, "GET", "/companies/scroll", "")
		require.Equal(t, 200, resp.StatusCode)
		return param(text)
	}
	more := func(p string) int {
		resp, _ := send(t, srv, "GET", "/companies/scroll?scroll_param="+p, "")
		return resp.StatusCode
	}
	first := open()
	resp, text := send(t, srv, "GET", "/companies/scroll", "")
	assert.Equal(t, taken, resp.StatusCode)
	assert.Contains(t, text, intercom.CodeScrollExists)
	srv.Advance(59 * time.Second)
	assert.Equal(t, 200, more(first))
	srv.Advance(61 * time.Second)
	assert.Equal(t, 404, more(first), "it expired")
	second := open()
	srv.BreakScroll()
	assert.Equal(t, 500, more(second))
	assert.Equal(t, 404, more(second))
	third := open()
	assert.Equal(t, 200, more(third))
	assert.Equal(t, end, more(third))
	open()
}

func TestScrollThroughTrouble(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]intercomtest.Option{"plain": {intercomtest.WithoutQuirks()}, "quirks": {intercomtest.WithQuirks()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv, client := workspace(t, opts...)
				srv.SeedCompanies(350)
				_, _ = send(t, srv, "GET", "/companies/scroll", "") // Somebody else's.
				seen := map[string]int{}
				for c, err := range client.Companies.Scroll(t.Context()) {
					require.NoError(t, err)
					if seen[c.ID]++; len(seen) == 120 {
						srv.BreakScroll()
					}
				}
				assert.Len(t, seen, 350)
				for id, times := range seen {
					assert.Equal(t, 1, times, id)
				}
			})
		})
	}
}

func TestNumberedListsPointToTheNextPage(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		srv.SeedCompanies(50)
		var sizes []int
		for page, err := range client.Companies.Pages(t.Context(), intercom.CompanyListParams{PerPage: 12}) {
			require.NoError(t, err)
			assert.Equal(t, 5, page.TotalPages)
			sizes = append(sizes, len(page.Items))
		}
		assert.Equal(t, []int{12, 12, 12, 12, 2}, sizes)
	})
	srv, _ := workspace(t)
	srv.SeedCompanies(3)
	_, text := send(t, srv, "GET", "/companies?per_page=2&tag_id=", "")
	assert.Contains(t, text, `"next":"`+srv.URL+`/companies?page=2&per_page=2`)
}

func TestRefusedCompanies(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	for body, field := range map[string]string{
		`{}`:                                              "company_id",
		`{"company_id":""}`:                               "company_id",
		`{"company_id":{}}`:                               "company_id",
		`{"company_id":"1","size":-1}`:                    "size",
		`{"company_id":"1","size":1.5}`:                   "size",
		`{"company_id":"1","monthly_spend":3e9}`:          "monthly_spend",
		`{"company_id":"1","name":[1]}`:                   "name",
		`{"company_id":"1","custom_attributes":{"x":{}}}`: "custom_attributes.x",
	} {
		resp, text := send(t, srv, "POST", "/companies", body)
		assert.Equal(t, 400, resp.StatusCode, body)
		assert.Contains(t, text, `"field":"`+field+`"`, body)
	}
	assert.Empty(t, srv.Companies())
}

func TestDeletedCompanies(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ids := srv.SeedCompanies(120)
	var p struct {
		Param string             `json:"scroll_param"`
		Data  []intercom.Company `json:"data"`
	}
	_, text := send(t, srv, "GET", "/companies/scroll", "")
	decode(t, text, &p)
	require.Len(t, p.Data, 100)
	seen := map[string]bool{}
	for _, c := range p.Data {
		seen[c.ID] = true
	}
	var gone string
	for _, id := range ids {
		if !seen[id] {
			gone = id
		}
	}
	before := srv.Contacts()
	_, err := client.Companies.Delete(t.Context(), gone)
	require.NoError(t, err)
	_, text = send(t, srv, "GET", "/companies/scroll?scroll_param="+p.Param, "")
	decode(t, text, &p)
	assert.Len(t, p.Data, 19, "it is not scrolled to any more")
	count := func(contacts []intercom.Contact) (n int) {
		for _, c := range contacts {
			n += c.Companies.TotalCount
		}
		return n
	}
	assert.Equal(t, count(before)-1, count(srv.Contacts()), "its contact is in none any more")
	_, err = client.Companies.Upsert(t.Context(), intercom.CompanyUpsertParams{CompanyID: "org-1"})
	require.NoError(t, err)
	_, err = client.Companies.Delete(t.Context(), gone)
	assert.True(t, intercom.HasCode(err, intercom.CodeCompanyNotFound), "%v", err)
}

func TestCompaniesInOrder(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.SeedCompanies(9)
	ordered := func(order intercom.CompanyOrder) (ids []string) {
		for c, err := range client.Companies.Pages(t.Context(), intercom.CompanyListParams{Order: order, PerPage: 4}) {
			require.NoError(t, err)
			for _, c := range c.Items {
				ids = append(ids, c.ID)
			}
		}
		return ids
	}
	up, down := ordered(intercom.CompanyOrderAscending), ordered(intercom.CompanyOrderDescending)
	require.Len(t, up, 9)
	assert.Equal(t, down, ordered(""), "the last seen comes first")
	slices.Reverse(down)
	assert.Equal(t, up, down)
	byID := map[string]intercom.Company{}
	for _, c := range srv.Companies() {
		byID[c.ID] = c
	}
	assert.True(t, slices.IsSortedFunc(up, func(a, b string) int {
		return cmp.Compare(byID[a].LastRequestAt.Unix(), byID[b].LastRequestAt.Unix())
	}))
	for _, body := range []string{`{"order":"up"}`, `{"order":{}}`, `{"page":"x"}`} {
		resp, _ := send(t, srv, "POST", "/companies/list", body)
		assert.Equal(t, 400, resp.StatusCode, body)
	}
	_, text := send(t, srv, "POST", "/companies/list", `{"page":2,"per_page":"5"}`)
	var page struct{ Data []intercom.Company }
	decode(t, text, &page)
	assert.Len(t, page.Data, 4, "the page may be asked for in the body")
}

func TestContactsBelongToAThousandCompaniesAtMost(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.Seed(intercom.Contact{ID: "1"})
	ids := srv.SeedCompanies(1001)
	for _, id := range ids[1:] { // The first one has taken the contact.
		_, _ = send(t, srv, "POST", "/contacts/1/companies", `{"id":"`+id+`"}`)
	}
	contact, err := client.Contacts.Get(t.Context(), "1")
	require.NoError(t, err)
	assert.Equal(t, 1000, contact.Companies.TotalCount)
	_, err = client.Contacts.Companies.Attach(t.Context(), "1", ids[1000])
	assert.True(t, intercom.HasCode(err, intercom.CodeContactCompanyLimitExceeded), "%v", err)
	_, err = client.Contacts.Companies.Attach(t.Context(), "1", ids[5])
	require.NoError(t, err, "it belongs to that one already")
}

func TestCompaniesAreSeen(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	_, _ = send(t, srv, "POST", "/companies", `{"company_id":"1"}`)
	assert.True(t, srv.Companies()[0].LastRequestAt.IsZero())
	_, _ = send(t, srv, "POST", "/companies", `{"company_id":"1","update_last_request_at":true}`)
	assert.Equal(t, srv.Now().Unix(), srv.Companies()[0].LastRequestAt.Unix())
}
