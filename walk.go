package intercom

import (
	"context"
	"fmt"
	"hash/maphash"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

type operation = operations.Operation

const (
	// maxEmptyPages is how many pages in a row may be empty before the walk
	// takes it that there will be no other.
	maxEmptyPages = 100
	// calmPages is how many pages of a reduced size must come before larger ones
	// are tried again.
	calmPages = 10
	// lowWindow is how many requests must be left in the rate limit's window for
	// pages to be fetched ahead: the last ones are for calls that can't wait.
	lowWindow = 10
)

// walk reads a list page by page. It holds all state of one iteration, so that
// ranging over the same list twice starts afresh.
type walk struct {
	list     *listing
	ctx      context.Context
	cancel   context.CancelFunc
	settings *callSettings
	at       position // where the next page begins
	size     pageSize
	ahead    *aside[fetched] // the page that is being fetched ahead, nil if none
	number   int             // pages that were read
	empty    int             // the last so many of them were empty
	page     *anyPage
	err      error
	done     bool
	stuck    error // why there is a next page that can't be read

	seed maphash.Seed
	seen map[uint64]struct{} // pages that were asked for, hashed

	id    []int // the field with the id of an item; nil if doubles may stay
	given map[string]struct{}
}

func (l *listing) walk(ctx context.Context, opts []CallOption) *walk {
	w := &walk{list: l, seen: map[uint64]struct{}{}, seed: maphash.MakeSeed()}
	if ctx == nil {
		w.err, w.done = fmt.Errorf("intercom: %s: the context is nil", l.op.Name), true
		return w
	}
	w.ctx, w.cancel = context.WithCancel(ctx)
	w.settings, w.err = l.start(opts)
	if w.err == nil {
		w.at, w.err = l.position()
	}
	if w.done = w.err != nil; w.done {
		return w
	}
	w.visit()
	if w.settings.unique {
		w.id, w.given = l.idField(), map[string]struct{}{}
	}
	return w
}

// stop ends what is still going on and waits for it, so that no goroutine
// outlives the loop.
func (w *walk) stop() {
	if w.cancel == nil {
		return
	}
	w.cancel()
	if w.ahead != nil {
		<-w.ahead.done
	}
}

// next reads the next page; it returns false after the last one and on error.
func (w *walk) next() bool {
	if w.done {
		return false
	}
	if w.stuck != nil {
		return w.fail(w.stuck)
	}
	page, err := w.take()
	for err != nil && w.shrink(err) {
		page, err = w.list.fetch(w.ctx, w.asked(), w.settings)
	}
	if err != nil {
		return w.fail(err)
	}
	w.size.grow(w.fullSize())
	w.number++
	if w.empty++; page.count > 0 {
		w.empty = 0
	}
	w.page = page
	w.leaveOutDoubles()
	w.done = page.nextCursor == ""
	if !w.done {
		w.at, w.stuck = w.list.positionAt(page.nextCursor)
		if w.stuck == nil && (!w.visit() || w.empty >= maxEmptyPages) {
			w.stuck = w.list.loopError()
		}
	}
	return true
}

// fail ends the walk with an error that tells where.
func (w *walk) fail(err error) bool {
	w.done = true
	w.err = &PageError{Operation: w.list.op.Name, Cursor: w.at.cursor, Err: err}
	return false
}

// visit notes that the page at the position is going to be read; it returns
// false if it was already.
func (w *walk) visit() bool {
	hash := maphash.String(w.seed, w.list.key(w.at))
	_, again := w.seen[hash]
	w.seen[hash] = struct{}{}
	return !again
}

// leaveOutDoubles takes items off the page whose id came before.
func (w *walk) leaveOutDoubles() {
	if w.id == nil || w.page.count == 0 {
		return
	}
	items, kept := reflect.ValueOf(w.page.items), 0
	for i := range w.page.count {
		item := items.Index(i)
		if isNew(w.given, item.Elem().FieldByIndex(w.id).String()) {
			items.Index(kept).Set(item)
			kept++
		}
	}
	items.Slice(kept, w.page.count).Clear()
	w.page.items, w.page.count = items.Slice(0, kept).Interface(), kept
}

// isNew tells whether an id was not given before, and notes it. Items without
// an id are always new.
func isNew(given map[string]struct{}, id string) bool {
	if id == "" {
		return true
	}
	if _, again := given[id]; again {
		return false
	}
	given[strings.Clone(id)] = struct{}{} // The id shares memory with other text of the page.
	return true
}

// take returns the page that was fetched ahead, or fetches it now.
func (w *walk) take() (*anyPage, error) {
	if w.ahead == nil {
		return w.list.fetch(w.ctx, w.asked(), w.settings)
	}
	ahead := w.ahead
	w.ahead = nil
	result := ahead.wait()
	result.told.tell(w.settings)
	return result.page, result.err
}

// asked is the position with the size to ask for.
func (w *walk) asked() position {
	at := w.at
	if w.size.now > 0 {
		at.size = w.size.now
	}
	return at
}

// fullSize is how many items a page has unless the server is struggling.
func (w *walk) fullSize() int {
	if w.at.size > 0 {
		return w.at.size
	}
	return w.list.op.PageSize
}

// shrink halves the size of a page that the server was too busy to give, and
// tells whether to ask again. Numbered lists keep their size, because another
// one would move the borders of all pages.
func (w *walk) shrink(err error) bool {
	switch status(err) {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return w.list.op.Paging == operations.PagingCursor && w.ctx.Err() == nil && w.size.shrink(w.fullSize())
	default:
		return false
	}
}

// pageSize is how many items to ask for while the server is struggling.
type pageSize struct {
	now  int // 0 while it is not
	calm int // pages that came since the last one failed
}

// shrink halves the size; false if it can't be halved.
func (s *pageSize) shrink(full int) bool {
	if s.now == 0 {
		s.now = full
	}
	if s.now <= 1 {
		return false
	}
	*s = pageSize{now: s.now / 2}
	return true
}

// grow goes back to larger pages when some have come, so that a server that
// can't do more is not asked for more with every other page.
func (s *pageSize) grow(full int) {
	if s.now == 0 {
		return
	}
	if s.calm++; s.calm < calmPages {
		return
	}
	if s.now = min(s.now*2, full); s.now == full {
		*s = pageSize{}
	}
}

// prefetchAt says at which item of the page to begin with the next one. Who
// stops within the first half page costs no extra request; who reads on gets
// the most out of it.
func (w *walk) prefetchAt() int {
	if w.number == 1 {
		return (w.page.count + 1) / 2
	}
	return 1
}

// prefetch begins to fetch the next page, unless there is none, it was
// turned off, or the rate limit is nearly used up.
func (w *walk) prefetch() {
	if w.done || w.stuck != nil || w.ahead != nil || !w.settings.prefetch || w.list.client.windowIsLow() {
		return
	}
	at := w.asked()
	w.ahead = runAside(func() fetched { return w.list.fetchApart(w.ctx, at, w.settings) })
}

// windowIsLow tells whether the rate limit's window is nearly used up.
func (c *Client) windowIsLow() bool {
	limiter, ok := c.core.Limiter().(transport.PeekLimiter)
	if !ok {
		return false
	}
	left, _, ok := limiter.Remaining()
	return ok && left < lowWindow
}

// fetched is a page that was read on a goroutine of the library.
type fetched struct {
	page  *anyPage
	err   error
	told  told
	asked time.Time // when it was asked for
}

// fetchApart fetches a page on a goroutine of the library. What the caller
// wants to be told waits until the page is handed over.
func (l *listing) fetchApart(ctx context.Context, at position, settings *callSettings) fetched {
	f := fetched{asked: time.Now()}
	f.page, f.err = l.fetch(ctx, at, f.told.listen(settings))
	return f
}

// told is what a call has for the caller beside its result. It is kept while
// the call runs on a goroutine of the library, so that neither the Response nor
// the drift hook is touched behind the caller's back.
type told struct {
	response Response
	drift    []Drift
}

// listen returns settings that tell t in the place of the caller.
func (t *told) listen(settings *callSettings) *callSettings {
	s := *settings
	s.response = &t.response
	if hook := s.drift; hook != nil {
		s.drift = &driftHook{unknown: hook.unknown, report: func(d Drift) { t.drift = append(t.drift, d) }}
	}
	return &s
}

// tell passes on to the caller what was heard.
func (t *told) tell(settings *callSettings) {
	if settings.response != nil {
		*settings.response = t.response
	}
	for _, d := range t.drift {
		settings.drift.report(d)
	}
}
