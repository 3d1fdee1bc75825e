package intercom

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// position is a place in a list.
type position struct {
	cursor string // as the caller sees it
	size   int    // items a page, 0 for the API's default
	number int    // numbered lists: the page, 0 for the first
	after  string // cursor lists: starting_after
	query  string // URL lists: the whole query of the page
}

// position is where the params say to begin.
func (l *listing) position() (position, error) { return l.positionAt(l.cursor) }

// positionAt reads a cursor.
func (l *listing) positionAt(cursor string) (position, error) {
	at := position{cursor: cursor, size: l.perPage}
	if cursor == "" {
		return at, nil
	}
	if page, err := url.Parse(cursor); err == nil && page.Scheme != "" && l.isForeign(page) {
		return at, fmt.Errorf("intercom: %s: %w", l.op.Name, errForeignPage)
	}
	switch l.op.Paging {
	case operations.PagingCursor, operations.PagingScroll:
		at.after = cursor
	case operations.PagingURL:
		values, err := url.ParseQuery(cursor)
		if err != nil {
			return at, l.cursorError(cursor)
		}
		at.query = values.Encode()
	default:
		return l.numbered(at)
	}
	return at, nil
}

func (l *listing) cursorError(cursor string) error {
	return fmt.Errorf("intercom: %s: %q is no cursor of this list", l.op.Name, cursor)
}

// numbered reads the cursor of a numbered list: the page, after a colon the
// items a page, and after another what the API wants to have back. Pages of
// another size would begin elsewhere, so the size goes before that of the
// params; none means the API's default.
func (l *listing) numbered(at position) (position, error) {
	number, rest, _ := strings.Cut(at.cursor, ":")
	size, after, _ := strings.Cut(rest, ":")
	var err error
	if at.number, err = strconv.Atoi(number); err != nil || at.number < 1 {
		return at, l.cursorError(at.cursor)
	}
	at.size = 0
	if size != "" {
		if at.size, err = strconv.Atoi(size); err != nil || at.size < 1 {
			return at, l.cursorError(at.cursor)
		}
	}
	at.after = after
	return at, nil
}

// key tells whether two positions are the same page, however they are written.
func (l *listing) key(at position) string {
	switch l.op.Paging {
	case operations.PagingCursor, operations.PagingScroll:
		return at.after
	case operations.PagingURL:
		values, _ := url.ParseQuery(l.requestAt(at).query) // What can't be read stands out of the way.
		values.Del("per_page")
		return values.Encode()
	default:
		return strconv.Itoa(max(at.number, 1)) + ":" + at.after
	}
}

func (l *listing) loopError() error {
	return fmt.Errorf("intercom: %s: %w", l.op.Name, ErrCursorLoop)
}

// fetch reads the page at a position.
func (l *listing) fetch(ctx context.Context, at position, settings *callSettings) (*anyPage, error) {
	answer := pageAnswer{readItems: l.items}
	err := send(ctx, l.client, l.op, l.requestAt(at), settings, &answer)
	if l.beyondLimit(at) && (status(err) == http.StatusBadRequest || err == nil && answer.page.count == 0) {
		return nil, &limitError{operation: l.op.Name, answer: err}
	}
	if err != nil {
		return nil, err
	}
	if !answer.came {
		return nil, fmt.Errorf("intercom: %s: the answer is empty; whether there are more items can't be known", l.op.Name)
	}
	page := &answer.page
	if page.count == 0 && answer.isUnreadable() {
		return nil, fmt.Errorf("intercom: %s: the items can't be read, they are none of the kind that the library knows", l.op.Name)
	}
	page.cursor = at.cursor
	if page.nextCursor, err = l.next(at, &answer); err != nil {
		return nil, fmt.Errorf("intercom: %s: %w", l.op.Name, err)
	}
	if l.op.Paging == operations.PagingScroll {
		page.cursor = ""
	}
	return page, nil
}

// beyondLimit tells whether a page reaches beyond what the API lists. There it
// answers 400, or with nothing at all as if the list had ended.
func (l *listing) beyondLimit(at position) bool {
	size := at.size
	if size == 0 {
		size = l.op.PageSize
	}
	return l.limit > 0 && at.number > 1 && at.number > l.limit/size
}

// limitError is ErrListLimit with the answer that showed it, if it was an error.
type limitError struct {
	operation string
	answer    error
}

func (e *limitError) Error() string { return "intercom: " + e.operation + ": " + ErrListLimit.Error() }

func (e *limitError) Unwrap() []error {
	if e.answer == nil {
		return []error{ErrListLimit}
	}
	return []error{ErrListLimit, e.answer}
}

// requestAt is the request for the page at a position.
func (l *listing) requestAt(at position) request {
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
	if l.op.Paging == operations.PagingScroll {
		add(&q, "scroll_param", at.after)
		return r.withQuery(q)
	}
	add(&q, "page", at.number)
	add(&q, "per_page", at.size)
	add(&q, "starting_after", at.after)
	return r.withQuery(q)
}

// errNoWayOn says that there are more pages, but not where.
var errNoWayOn = errors.New("the answer tells that there is a next page, but not in a way that the library knows")

// next is the cursor of the page after the one that came, "" if it was the
// last.
func (l *listing) next(at position, a *pageAnswer) (string, error) {
	next := a.next
	if next.url != "" {
		parsed, err := url.Parse(next.url)
		if err != nil {
			return "", errNoURL
		}
		if l.isForeign(parsed) {
			// The page that came is good; this one is refused when it is asked
			// for, and a cursor may begin with slashes.
			parsed.Scheme = cmp.Or(parsed.Scheme, "https")
			return parsed.String(), nil
		}
		next.read(parsed)
	}
	switch l.op.Paging {
	case operations.PagingCursor:
		// Where the answer does not say how many pages there are, whatever looks
		// like a next page is one.
		unsaid := a.page.pages == 0 && (next.page > 0 || next.url != "" || next.odd)
		if next.after == "" && next.given && (unsaid || a.page.number < a.page.pages) {
			return "", errNoWayOn
		}
		return next.after, nil
	case operations.PagingURL:
		if next.url != "" && next.query == "" || next.odd {
			return "", errNoWayOn
		}
		return l.nextQuery(at, next), nil
	case operations.PagingScroll:
		return a.scroll, nil
	case operations.PagingNumber:
		return nextNumber(at, next, &a.page, a.perPage)
	default:
		if !next.given {
			return "", nil
		}
		return nextNumber(at, next, &a.page, a.perPage)
	}
}

// nextQuery makes the cursor of the next page of a list that goes on by URL.
// An answer that tells only a part of the URL gets the rest from the request.
func (l *listing) nextQuery(at position, next nextPage) string {
	if next.query != "" || next.after == "" && next.page == 0 {
		return next.query
	}
	values, _ := url.ParseQuery(l.requestAt(at).query)
	if next.after != "" {
		values.Set("starting_after", next.after)
	}
	if next.page != 0 {
		values.Set("page", strconv.Itoa(next.page))
	}
	return values.Encode()
}

// nextNumber makes the cursor of the next page of a numbered list. Where the
// answer does not point to it, the number of pages tells whether there is one.
func nextNumber(at position, next nextPage, page *anyPage, perPage int) (string, error) {
	current := max(at.number, 1)
	onward := next.page > current || next.after != ""
	if !onward {
		switch {
		case page.number != 0 && page.number < current:
			return "", ErrCursorLoop // An earlier page came instead.
		case current >= page.pages && (next.page == 0 || page.pages > 0):
			return "", nil
		}
	}
	number := next.page
	if number == 0 {
		number = current + 1
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
	return cursor, nil
}

var (
	errForeignPage = errors.New("the next page is on another host, where the token must not go")
	errNoURL       = errors.New("the URL of the next page can't be read")
)

// isForeign tells whether the URL of a page has a host that belongs neither to
// Intercom nor to the client's own server. Nothing is ever sent to the host of
// such a URL, but that one shows that something is wrong.
func (l *listing) isForeign(page *url.URL) bool {
	host := page.Hostname()
	return host != "" && host != l.client.core.BaseURL().Hostname() && host != "intercom.io" && !strings.HasSuffix(host, ".intercom.io")
}

// pageAnswer reads the answer of any list.
type pageAnswer struct {
	page      anyPage
	readItems func(*jsonstream.Decoder) (items any, n int)
	came      bool // there was an answer at all
	next      nextPage
	perPage   int
	scroll    string
}

// nextPage is what an answer says about the page after it.
type nextPage struct {
	given bool // it says something
	odd   bool // but not in a way that can be read
	page  int
	size  int
	after string
	url   string
	query string
}

// read takes what the URL of the next page says.
func (n *nextPage) read(next *url.URL) {
	values := next.Query()
	n.query = values.Encode()
	n.after = values.Get("starting_after")
	n.page, _ = strconv.Atoi(values.Get("page"))
	n.size, _ = strconv.Atoi(values.Get("per_page"))
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
}

func (a *pageAnswer) decode(d *jsonstream.Decoder) {
	a.came = true
	order := d.Order(&pageShape)
	for k := d.First(&pageShape, order); k != jsonstream.End; k = d.Next(&pageShape, order, k, a.page.extra.pointer()) {
		switch {
		case k == pageType:
			d.Word()
		case k == pageTotal:
			a.page.total = d.Int()
		case k == pagePages:
			a.decodePages(d)
		case k == pageScroll:
			a.scroll = d.String()
		case k >= itemsFirst && k < len(pageShape.Keys):
			if items, n := a.readItems(d); n > 0 {
				a.page.items, a.page.count = items, n
			}
		default:
			d.Unknown(a.page.extra.pointer())
		}
	}
}

// isUnreadable tells whether what was in the place of the items did not fit, so
// that it was kept aside.
func (a *pageAnswer) isUnreadable() bool {
	for name, value := range a.page.extra {
		if slices.Contains(pageShape.Keys[itemsFirst:], `"`+name+`":`) {
			nothing := bytes.Trim(value, "{} \t\r\n")
			if len(nothing) > 0 && string(nothing) != "false" {
				return true
			}
		}
	}
	return false
}

var pagesShape = jsonstream.Shape{
	ID:   shapes + 1,
	Name: "Pages",
	Keys: []string{`"type":`, `"page":`, `"next":`, `"per_page":`, `"total_pages":`},
}

func (a *pageAnswer) decodePages(d *jsonstream.Decoder) {
	if d.Scalar() { // A bare URL in the place of the object.
		a.next.given, a.next.url = true, d.String()
		return
	}
	if d.Empty() {
		return
	}
	if d.Kind() == jsonstream.Array {
		a.next.given, a.next.odd = true, true
	}
	order := d.Order(&pagesShape)
	for k := d.First(&pagesShape, order); k != jsonstream.End; k = d.Next(&pagesShape, order, k, nil) {
		switch k {
		case 1:
			a.page.number = d.Int()
		case 2:
			a.next.decode(d)
		case 3:
			a.perPage = d.Int()
		case 4:
			a.page.pages = d.Int()
		default:
			d.Skip()
		}
	}
}

var nextPageShape = jsonstream.Shape{
	ID:   shapes + 2,
	Name: "NextPage",
	Keys: []string{`"page":`, `"starting_after":`, `"per_page":`},
}

func (n *nextPage) decode(d *jsonstream.Decoder) {
	if d.Empty() {
		return
	}
	kind := d.Kind()
	n.given, n.odd = kind != jsonstream.Bool, kind == jsonstream.Array
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
			kind := d.Kind()
			n.odd = n.odd || kind == jsonstream.Object
			n.after = d.String()
		case 2:
			n.size = d.Int()
		default:
			d.Skip()
		}
	}
}
