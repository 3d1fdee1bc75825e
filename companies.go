package intercom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// CompaniesService reads and changes the companies of the workspace. A company
// shows up in lists once a contact belongs to it. Get it from
// Client.Companies.
type CompaniesService struct {
	// Contacts are the contacts of one company.
	Contacts *CompanyContactsService
	// Segments are the segments that one company is in.
	Segments *CompanySegmentsService

	client *Client
}

func newCompaniesService(c *Client) *CompaniesService {
	return &CompaniesService{
		Contacts: &CompanyContactsService{c},
		Segments: &CompanySegmentsService{c},
		client:   c,
	}
}

// maxListedCompanies is how many companies can be listed page by page.
const maxListedCompanies = 10_000

// CompanyListParams says which companies to list. The zero value lists them
// all.
type CompanyListParams struct {
	// TagID lists only companies with a tag.
	TagID string
	// SegmentID lists only companies in a segment.
	SegmentID string
	// Order is the order of the moments when they were last seen; the API's
	// default is descending. It can't be combined with TagID and SegmentID.
	Order CompanyOrder
	// PerPage is how many companies a page holds, at most 60. If it is 0, List
	// and Pages get the API's default of 15, All asks for 60. A scroll has pages
	// of its own size.
	PerPage int
	// Cursor is where to begin: the Cursor or NextCursor of a page. It
	// remembers the PerPage that it was made with.
	Cursor string
}

// CompanyOrder says in which order companies are listed.
type CompanyOrder string

// The two orders.
const (
	CompanyOrderAscending  CompanyOrder = "asc"  // Those not seen for longest first.
	CompanyOrderDescending CompanyOrder = "desc" // Those seen last first.
)

// CompanyFindParams names a company by one of its two names.
type CompanyFindParams struct {
	// CompanyID is the id that your own system gave the company.
	CompanyID string
	// Name is the company's name.
	Name string
}

// Get returns the company with an id that Intercom gave it.
//
// GET /companies/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/retrieveacompanybyid
func (s *CompaniesService) Get(ctx context.Context, id string, opts ...CallOption) (*Company, error) {
	return call[Company](ctx, s.client, operations.CompaniesGet, path(id), opts)
}

// Find returns the company with an id of your own, or with a name. If there is
// none, IsNotFound is true for the error.
//
// GET /companies · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/retrievecompany
func (s *CompaniesService) Find(ctx context.Context, params CompanyFindParams, opts ...CallOption) (*Company, error) {
	if (params.CompanyID == "") == (params.Name == "") {
		return nil, errors.New("intercom: Companies.Find: give either company_id or name")
	}
	var q query
	add(&q, "company_id", params.CompanyID)
	add(&q, "name", params.Name)
	found, err := call[companyOrList](ctx, s.client, operations.CompaniesFind, request{}.withQuery(q), opts)
	if err != nil {
		return nil, err
	}
	return found.company()
}

// List returns one page of companies. The API lists no more than 10,000 of
// them, and answers with ErrListLimit beyond: Scroll and All have them all.
//
// POST /companies/list, or GET /companies with TagID or SegmentID · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/listallcompanies
func (s *CompaniesService) List(ctx context.Context, params CompanyListParams, opts ...CallOption) (*Page[Company], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *CompaniesService) Pages(ctx context.Context, params CompanyListParams, opts ...CallOption) iter.Seq2[*Page[Company], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all companies. Unless the params have a filter, an order or
// a cursor it scrolls, because lists end at 10,000 companies; see Scroll for
// what that means. Otherwise it pages, and a list that goes on beyond that ends
// with ErrListLimit.
func (s *CompaniesService) All(ctx context.Context, params CompanyListParams, opts ...CallOption) iter.Seq2[*Company, error] {
	if params == (CompanyListParams{PerPage: params.PerPage}) {
		return s.Scroll(ctx, opts...)
	}
	return allItems(ctx, s.list(params), opts)
}

func (s *CompaniesService) list(p CompanyListParams) *list[Company] {
	var q query
	op := operations.CompaniesList
	if p.TagID != "" || p.SegmentID != "" {
		op = operations.CompaniesFind
	}
	add(&q, "tag_id", p.TagID)
	add(&q, "segment_id", p.SegmentID)
	add(&q, "order", p.Order)
	l := listOf[Company](s.client, op, request{}.withQuery(q), p.PerPage, p.Cursor)
	l.limit = maxListedCompanies
	switch {
	case op == operations.CompaniesFind && p.Order != "":
		l.err = errors.New("intercom: Companies.List: order can't be combined with tag_id and segment_id")
	case p.TagID != "" && p.SegmentID != "":
		l.err = errors.New("intercom: Companies.List: tag_id can't be combined with segment_id")
	}
	return l
}

// Upsert creates a company, or updates the one with the same CompanyID.
//
// POST /companies · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/createorupdatecompany
func (s *CompaniesService) Upsert(ctx context.Context, params CompanyUpsertParams, opts ...CallOption) (*Company, error) {
	return call[Company](ctx, s.client, operations.CompaniesUpsert, request{body: params}, opts)
}

// Update changes fields of a company and returns it as it is then. Its
// CompanyID can't be changed.
//
// PUT /companies/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/updatecompany
func (s *CompaniesService) Update(ctx context.Context, id string, params CompanyUpdateParams, opts ...CallOption) (*Company, error) {
	return call[Company](ctx, s.client, operations.CompaniesUpdate, path(id).withBody(params), opts)
}

// Delete archives a company and detaches its contacts, which stay. The API does
// so in the background.
//
// DELETE /companies/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/deletecompany
func (s *CompaniesService) Delete(ctx context.Context, id string, opts ...CallOption) (*DeletedObject, error) {
	return call[DeletedObject](ctx, s.client, operations.CompaniesDelete, path(id), opts)
}

// CompanyContactsService reads the contacts of a company. Get it from
// CompaniesService.Contacts.
type CompanyContactsService struct{ client *Client }

// List returns one page of the contacts that belong to a company.
//
// GET /companies/{id}/contacts · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/listattachedcontacts
func (s *CompanyContactsService) List(ctx context.Context, companyID string, params NumberedListParams, opts ...CallOption) (*Page[Contact], error) {
	return onePage(ctx, s.list(companyID, params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *CompanyContactsService) Pages(ctx context.Context, companyID string, params NumberedListParams, opts ...CallOption) iter.Seq2[*Page[Contact], error] {
	return allPages(ctx, s.list(companyID, params), opts)
}

// All iterates over all contacts that belong to a company.
func (s *CompanyContactsService) All(ctx context.Context, companyID string, params NumberedListParams, opts ...CallOption) iter.Seq2[*Contact, error] {
	return allItems(ctx, s.list(companyID, params), opts)
}

func (s *CompanyContactsService) list(companyID string, p NumberedListParams) *list[Contact] {
	return listOf[Contact](s.client, operations.CompaniesContactsList, path(companyID), p.PerPage, p.Cursor)
}

// CompanySegmentsService reads which segments a company is in. Get it from
// CompaniesService.Segments.
type CompanySegmentsService struct{ client *Client }

// List returns the segments that a company is in, all on one page.
//
// GET /companies/{id}/segments · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/listattachedsegmentsforcompanies
func (s *CompanySegmentsService) List(ctx context.Context, companyID string, opts ...CallOption) (*Page[Segment], error) {
	return onePage(ctx, s.list(companyID), opts)
}

// All iterates over the segments that a company is in.
func (s *CompanySegmentsService) All(ctx context.Context, companyID string, opts ...CallOption) iter.Seq2[*Segment, error] {
	return allItems(ctx, s.list(companyID), opts)
}

func (s *CompanySegmentsService) list(companyID string) *list[Segment] {
	return listOf[Segment](s.client, operations.CompaniesSegmentsList, path(companyID), 0, "")
}

// companyOrList is the answer to a search by name or id: the company, or a list
// that holds it, which then is an unknown member of the company.
type companyOrList struct{ Company }

func (c *companyOrList) company() (*Company, error) {
	if c.Type != "list" {
		return &c.Company, nil
	}
	var list []*Company
	if err := json.Unmarshal(c.Extra["data"], &list); err != nil && len(c.Extra["data"]) > 0 {
		return nil, fmt.Errorf("intercom: Companies.Find: the list of companies can't be read: %w", err)
	}
	switch len(list) {
	case 1:
		return list[0], nil
	case 0:
		return nil, newError(&transport.Failure{
			Operation: operations.CompaniesFind, Status: http.StatusNotFound, Attempts: 1,
			Details: []transport.Detail{{Code: CodeCompanyNotFound, Message: "No company was found"}},
		})
	default:
		return nil, fmt.Errorf("intercom: Companies.Find: %d companies are called so; tell them apart by company_id", len(list))
	}
}
