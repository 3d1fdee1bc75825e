package intercom

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// Page is one page of a list.
type Page[T any] struct {
	// Items are the items of the page in the order of the API.
	Items []*T
	// TotalCount is how many items the whole list has, 0 if the API does not
	// say. It may change while the list is read.
	TotalCount int
	// Number is the number of the page, counted from 1, and TotalPages how many
	// there are; 0 if the API does not say.
	Number, TotalPages int
	// Cursor is where this page begins. Given to the params of the same list it
	// starts there, also later and in another process. It is empty for the
	// first page, for lists that come whole, and for scrolls, which can't be
	// resumed.
	Cursor string
	// NextCursor is where the next page begins, empty on the last page.
	NextCursor string

	Extra `json:"-"`
}

// HasNext tells whether there is a page after this one.
func (p *Page[T]) HasNext() bool { return p.NextCursor != "" }

// ErrCursorLoop says that the API led back to a page that it had given before,
// or from one empty page to the next without an end, so that reading on would
// go round in circles. All items up to there have been given.
var ErrCursorLoop = errors.New("the API leads to the same page again")

// ErrListLimit says that a list goes on beyond the 10,000 companies that the
// API lists. Those up to there have been given. CompaniesService.Scroll, and
// All without a filter and without an order, have no such limit.
var ErrListLimit = errors.New("the API lists no more than 10,000 companies; Scroll has them all")

// PageError says which page of a list could not be read. The pages before it
// have been given; give its Cursor to the params of the same list to go on
// there.
type PageError struct {
	// Operation is the method that reads the list, such as "Contacts.List".
	Operation string
	// Cursor is where the page begins, empty for the first one.
	Cursor string
	// Err is why it could not be read.
	Err error
}

// Error is the text of the reason.
func (e *PageError) Error() string { return e.Err.Error() }

// Unwrap gives the reason.
func (e *PageError) Unwrap() error { return e.Err }

// Collect takes at most n items out of an iteration, all of them if n is
// negative. With an error it returns what came before it, too.
func Collect[T any](items iter.Seq2[T, error], n int) ([]T, error) {
	var list []T
	if n == 0 {
		return list, nil
	}
	for item, err := range items {
		if err != nil {
			return list, err
		}
		list = append(list, item)
		if len(list) == n {
			break
		}
	}
	return list, nil
}

// First returns the first item of an iteration, and whether there was one. The
// page that it is on is read whole: a small PerPage makes that quick.
func First[T any](items iter.Seq2[T, error]) (item T, ok bool, err error) {
	for item, err := range items {
		return item, err == nil, err
	}
	return item, false, nil
}

// Filter passes on the items that keep says yes to, and all errors.
func Filter[T any](items iter.Seq2[T, error], keep func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for item, err := range items {
			if (err != nil || keep(item)) && !yield(item, err) {
				return
			}
		}
	}
}

// listing is one list to read: the operation, what to ask and where to begin.
// It does not know the type of the items, so that there is only one of all that
// can be done with it; list does.
type listing struct {
	client  *Client
	op      *operation
	request request
	perPage int
	cursor  string
	// body makes the body of a search for one page; nil for other lists.
	body func(perPage int, after string) any
	// items reads the items of a page, a []*T, and tells how many they are.
	items func(*jsonstream.Decoder) (items any, n int)
	typ   reflect.Type // T
	// limit is how many items the API lists at most, 0 if there is no limit.
	limit int
	// err is what was wrong with the params; the list gives nothing else.
	err error
}

// list is a listing with the type of its items. It has no methods: there would
// be one of each for every type, in every package that uses the client.
type list[T any] listing

// listOf makes a list of an operation.
func listOf[T any, P answer[T]](c *Client, op *operation, r request, perPage int, cursor string) *list[T] {
	return &list[T]{
		client: c, op: op, request: r, perPage: perPage, cursor: cursor,
		items: readItems[T, P], typ: reflect.TypeFor[T](),
	}
}

// readItems reads the items of a page.
func readItems[T any, P answer[T]](d *jsonstream.Decoder) (any, int) {
	items := jsonstream.Pointers(d, func(x *T, d *jsonstream.Decoder) { P(x).decode(d) })
	return items, len(items)
}

// onePage reads the one page that the cursor points to.
func onePage[T any](ctx context.Context, l *list[T], opts []CallOption) (*Page[T], error) {
	page, err := (*listing)(l).page(ctx, opts)
	return pageOf[T](page), err
}

// allPages iterates over the pages from the cursor on. It and allItems become
// part of the methods that call them, so they are small.
func allPages[T any](ctx context.Context, l *list[T], opts []CallOption) iter.Seq2[*Page[T], error] {
	return func(yield func(*Page[T], error) bool) { givePages(ctx, l, opts, yield) }
}

// allItems iterates over the items from the cursor on.
func allItems[T any](ctx context.Context, l *list[T], opts []CallOption) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) { giveItems(ctx, l, opts, yield) }
}

func givePages[T any](ctx context.Context, l *list[T], opts []CallOption, yield func(*Page[T], error) bool) {
	(*listing)(l).pages(ctx, opts, func(page *anyPage, err error) bool { return yield(pageOf[T](page), err) })
}

func giveItems[T any](ctx context.Context, l *list[T], opts []CallOption, yield func(*T, error) bool) {
	w := (*listing)(l).whole().walk(ctx, opts)
	defer w.stop()
	for w.next() {
		ahead := w.prefetchAt()
		items, _ := w.page.items.([]*T)
		for i, item := range items {
			if i == ahead {
				w.prefetch()
			}
			if !yield(item, nil) {
				return
			}
		}
	}
	if w.err != nil {
		yield(nil, w.err)
	}
}

// anyPage is a Page with items of any type.
type anyPage struct {
	items              any // a []*T, or nil
	count              int // how many they are
	total              int
	number, pages      int
	cursor, nextCursor string
	extra              Extra
}

// pageOf gives a page its type.
func pageOf[T any](p *anyPage) *Page[T] {
	if p == nil {
		return nil
	}
	items, _ := p.items.([]*T)
	return &Page[T]{
		Items: items, TotalCount: p.total, Number: p.number, TotalPages: p.pages,
		Cursor: p.cursor, NextCursor: p.nextCursor, Extra: p.extra,
	}
}

// page reads the one page that the cursor points to.
func (l *listing) page(ctx context.Context, opts []CallOption) (*anyPage, error) {
	settings, err := l.start(opts)
	if err != nil {
		return nil, err
	}
	at, err := l.position()
	if err != nil {
		return nil, err
	}
	return l.fetch(ctx, at, settings)
}

// pages iterates over the pages from the cursor on.
func (l *listing) pages(ctx context.Context, opts []CallOption, yield func(*anyPage, error) bool) {
	w := l.walk(ctx, opts)
	defer w.stop()
	for first := true; w.next(); first = false {
		if !first {
			w.prefetch() // Whoever comes back for a second page wants a third.
		}
		if !yield(w.page, nil) {
			return
		}
	}
	if w.err != nil {
		yield(nil, w.err)
	}
}

// whole is the list for somebody who reads all items: the fewer calls the
// better.
func (l *listing) whole() *listing {
	whole := *l
	if whole.perPage == 0 {
		whole.perPage = l.op.MaxPageSize
	}
	return &whole
}

// start checks the params and returns the settings of the iteration.
func (l *listing) start(opts []CallOption) (*callSettings, error) {
	if l.err != nil {
		return nil, l.err
	}
	if l.perPage < 0 {
		return nil, fmt.Errorf("intercom: %s: per_page is %d; it can't be negative", l.op.Name, l.perPage)
	}
	if limit := l.op.MaxPageSize; l.perPage > 0 && limit > 0 && l.perPage > limit {
		return nil, fmt.Errorf("intercom: %s: per_page is %d; the API gives at most %d", l.op.Name, l.perPage, limit)
	}
	settings, err := l.client.settingsOf(l.op, opts)
	if err == nil && settings.unique && l.idField() == nil {
		err = fmt.Errorf("intercom: %s: WithoutDuplicates: the items have no id", l.op.Name)
	}
	return settings, err
}

// idField is the field with the id of an item, nil if its type has none.
func (l *listing) idField() []int {
	field, ok := l.typ.FieldByName("ID")
	if !ok || field.Type.Kind() != reflect.String {
		return nil
	}
	return field.Index
}
