package intercom

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

type decodeFunc[T any] func(*T, *jsonstream.Decoder)

// position is a place in a list.
type position struct {
	cursor string // as the caller sees it
	size   int    // items a page, 0 for the API's default
	number int    // numbered lists: the page, 0 for the first
	after  string // cursor lists: starting_after
	query  string // URL lists: the whole query of the page
}

// position is where the params say to begin.
func (l list[T]) position() (position, error) { return l.positionAt(l.cursor) }

// positionAt reads a cursor.
func (l list[T]) positionAt(cursor string) (position, error) {
	at := position{cursor: cursor, size: l.perPage}
	if cursor == "" {
		return at, nil
	}
	switch l.op.Paging {
	case operations.PagingCursor:
		at.after = cursor
	case operations.PagingScroll:
		at.after = cursor
	case operations.PagingURL:
		at.query = cursor
	case operations.PagingNumber:
		return l.numbered(at)
	default:
		return at, fmt.Errorf("intercom: %s: the list comes whole; it has no cursor", l.op.Name)
	}
	return at, nil
}

// numbered reads the cursor of a numbered list: the page, after a colon the
// items a page, and after another what the API wants to have back.
func (l list[T]) numbered(at position) (position, error) {
	number, rest, _ := strings.Cut(at.cursor, ":")
	size, after, _ := strings.Cut(rest, ":")
	var err error
	if at.number, err = strconv.Atoi(number); err != nil || at.number < 1 {
		return at, fmt.Errorf("intercom: %s: %q is no cursor of a numbered list", l.op.Name, at.cursor)
	}
	if size != "" {
		// Pages of another size would begin elsewhere.
		if at.size, err = strconv.Atoi(size); err != nil || at.size < 1 {
			return at, fmt.Errorf("intercom: %s: %q is no cursor of a numbered list", l.op.Name, at.cursor)
		}
	}
	at.after = after
	return at, nil
}

// fetch reads the page at a position.
func (l list[T]) fetch(ctx context.Context, at position, settings *callSettings) (*Page[T], error) {
	answer := pageAnswer[T]{item: l.decode}
	if err := send(ctx, l.client, l.op, l.requestAt(at), settings, &answer); err != nil {
		return nil, err
	}
	page := &answer.page
	page.Cursor = at.cursor
	next, err := l.next(at, &answer)
	if err != nil {
		return nil, fmt.Errorf("intercom: %s: %w", l.op.Name, err)
	}
	page.NextCursor = next
	if l.op.Paging == operations.PagingScroll {
		page.Cursor = ""
	}
	return page, nil
}

// requestAt is the request for the page at a position.
func (l list[T]) requestAt(at position) request {
	r := l.request
	if l.body != nil {
		return r.withBody(l.body(at.size, at.after))
	}
	if at.query != "" {
		r.query = at.query
		return r
	}
	var q query
	if r.query != "" {
		q.parts = append(q.parts, r.query)
	}
	switch l.op.Paging {
	case operations.PagingNumber:
		add(&q, "page", at.number)
		add(&q, "per_page", at.size)
		add(&q, "starting_after", at.after)
	case operations.PagingCursor:
		add(&q, "per_page", at.size)
		add(&q, "starting_after", at.after)
	case operations.PagingScroll:
		add(&q, "scroll_param", at.after)
	case operations.PagingURL:
		add(&q, "per_page", at.size)
	}
	return r.withQuery(q)
}

// next is the cursor of the page after the one that came, "" if it was the
// last.
func (l list[T]) next(at position, a *pageAnswer[T]) (string, error) {
	next := a.next
	if next.url != "" {
		parsed, err := l.parseNext(next.url)
		if err != nil {
			return "", err
		}
		next.query = parsed.RawQuery
		values := parsed.Query()
		next.after = values.Get("starting_after")
		next.page, _ = strconv.Atoi(values.Get("page"))
		next.size, _ = strconv.Atoi(values.Get("per_page"))
	}
	switch l.op.Paging {
	case operations.PagingCursor:
		return next.after, nil
	case operations.PagingURL:
		return next.query, nil
	case operations.PagingScroll:
		if len(a.page.Items) == 0 {
			return "", nil
		}
		return a.scroll, nil
	case operations.PagingNumber:
		return nextNumber(at, next, &a.page, a.perPage), nil
	default:
		return "", nil
	}
}

// nextNumber makes the cursor of the next page of a numbered list. Where the
// answer does not point to it, the number of pages tells whether there is one.
func nextNumber[T any](at position, next nextPage, page *Page[T], perPage int) string {
	number := next.page
	if number == 0 && (next.after != "" || (page.Number == max(at.number, 1) && page.Number < page.TotalPages)) {
		number = max(at.number, 1) + 1
	}
	if number <= max(at.number, 1) && next.after == "" {
		return "" // It points to itself or back: there is nothing further on.
	}
	size := at.size
	if size == 0 {
		size = max(next.size, perPage)
	}
	cursor := strconv.Itoa(number)
	if size > 0 {
		cursor += ":" + strconv.Itoa(size)
	}
	if next.after != "" {
		if size == 0 {
			cursor += ":"
		}
		cursor += ":" + next.after
	}
	return cursor
}

// parseNext reads the URL of a next page. Nothing is ever sent to its host, but
// one that belongs neither to Intercom nor to the client's own server shows
// that something is wrong.
func (l list[T]) parseNext(text string) (*url.URL, error) {
	next, err := url.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("the URL of the next page can't be read")
	}
	host := next.Hostname()
	if host != "" && host != l.client.core.BaseURL().Hostname() && host != "intercom.io" && !strings.HasSuffix(host, ".intercom.io") {
		return nil, errForeignPage
	}
	return next, nil
}

// pageAnswer reads the answer of any list.
type pageAnswer[T any] struct {
	page    Page[T]
	item    decodeFunc[T]
	next    nextPage
	perPage int
	scroll  string
}

// nextPage is what an answer says about the page after it.
type nextPage struct {
	page  int
	size  int
	after string
	url   string
	query string
}

// The members of a list's answer. From itemsFirst on they are the names that
// the API has for the items.
const (
	pageType = iota
	pageTotal
	pagePages
	pageScroll
	itemsFirst
)

var pageShape = jsonstream.Shape{
	ID:   shapes,
	Name: "Page",
	Keys: []string{
		`"type":`, `"total_count":`, `"pages":`, `"scroll_param":`,
		`"data":`, `"admins":`, `"activity_logs":`, `"companies":`, `"conversations":`,
		`"events":`, `"segments":`, `"teams":`, `"tickets":`, `"ticket_types":`,
	},
	Find: func(key []byte) int { return findKey(pageKeys, key) },
}

var pageKeys = []string{
	"type", "total_count", "pages", "scroll_param",
	"data", "admins", "activity_logs", "companies", "conversations",
	"events", "segments", "teams", "tickets", "ticket_types",
}

func findKey(keys []string, key []byte) int {
	for i, k := range keys {
		if k == string(key) {
			return i
		}
	}
	return -1
}

func (a *pageAnswer[T]) decode(d *jsonstream.Decoder) {
	order := d.Order(&pageShape)
	for k := d.First(&pageShape, order); k != jsonstream.End; k = d.Next(&pageShape, order, k, a.page.Extra.pointer()) {
		switch {
		case k == pageType:
			d.Word()
		case k == pageTotal:
			a.page.TotalCount = d.Int()
		case k == pagePages:
			a.decodePages(d)
		case k == pageScroll:
			a.scroll = d.String()
		case k >= itemsFirst && k < len(pageShape.Keys):
			if items := jsonstream.Pointers(d, a.item); len(items) > 0 {
				a.page.Items = items
			}
		default:
			d.Unknown(a.page.Extra.pointer())
		}
	}
}

var pagesShape = jsonstream.Shape{
	ID:   shapes + 1,
	Name: "Pages",
	Keys: []string{`"type":`, `"page":`, `"next":`, `"per_page":`, `"total_pages":`},
	Find: func(key []byte) int {
		return findKey([]string{"type", "page", "next", "per_page", "total_pages"}, key)
	},
}

func (a *pageAnswer[T]) decodePages(d *jsonstream.Decoder) {
	if d.Scalar() { // A bare URL in the place of the object.
		a.next.url = d.String()
		return
	}
	order := d.Order(&pagesShape)
	for k := d.First(&pagesShape, order); k != jsonstream.End; k = d.Next(&pagesShape, order, k, nil) {
		switch k {
		case 1:
			a.page.Number = d.Int()
		case 2:
			a.next.decode(d)
		case 3:
			a.perPage = d.Int()
		case 4:
			a.page.TotalPages = d.Int()
		default:
			d.Skip()
		}
	}
}

var nextPageShape = jsonstream.Shape{
	ID:   shapes + 2,
	Name: "NextPage",
	Keys: []string{`"page":`, `"starting_after":`, `"per_page":`},
	Find: func(key []byte) int { return findKey([]string{"page", "starting_after", "per_page"}, key) },
}

func (n *nextPage) decode(d *jsonstream.Decoder) {
	if d.Scalar() {
		n.url = d.String()
		return
	}
	order := d.Order(&nextPageShape)
	for k := d.First(&nextPageShape, order); k != jsonstream.End; k = d.Next(&nextPageShape, order, k, nil) {
		switch k {
		case 0:
			n.page = d.Int()
		case 1:
			n.after = d.String()
		case 2:
			n.size = d.Int()
		default:
			d.Skip()
		}
	}
}
