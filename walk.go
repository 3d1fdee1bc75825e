package intercom

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"net/http"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

type operation = operations.Operation

// walk reads a list page by page. It holds all state of one iteration, so that
// ranging over the same list twice starts afresh.
type walk[T any] struct {
	list     list[T]
	ctx      context.Context
	cancel   context.CancelFunc
	settings *callSettings
	at       position        // where the next page begins
	seen     map[uint64]bool // cursors that were asked for, hashed
	seed     maphash.Seed    //
	size     int             // items to ask for while the server is struggling, 0 if it is not
	ahead    chan fetched[T] // the page that is being fetched ahead, nil if none
	number   int             // pages that were read
	page     *Page[T]
	err      error
	done     bool
}

// fetched is the outcome of a fetch.
type fetched[T any] struct {
	page     *Page[T]
	response Response
	err      error
}

func (l list[T]) walk(ctx context.Context, opts []CallOption) *walk[T] {
	w := &walk[T]{list: l, seen: map[uint64]bool{}, seed: maphash.MakeSeed()}
	if ctx == nil {
		w.err, w.done = fmt.Errorf("intercom: %s: the context is nil", l.op.Name), true
		return w
	}
	w.ctx, w.cancel = context.WithCancel(ctx)
	w.settings, w.err = l.start(opts)
	if w.err == nil {
		w.at, w.err = l.position()
	}
	w.done = w.err != nil
	return w
}

// stop ends what is still going on and waits for it, so that no goroutine
// outlives the loop.
func (w *walk[T]) stop() {
	if w.cancel == nil {
		return
	}
	w.cancel()
	if w.ahead != nil {
		<-w.ahead
	}
}

// next reads the next page; it returns false after the last one and on error.
func (w *walk[T]) next() bool {
	if w.done {
		return false
	}
	if err := w.checkLoop(); err != nil {
		return w.fail(err)
	}
	page, err := w.take()
	for err != nil && w.shrink(err) {
		page, err = w.list.fetch(w.ctx, w.asked(), w.settings)
	}
	if err != nil {
		return w.fail(err)
	}
	w.grow()
	w.number++
	w.page = page
	w.done = page.NextCursor == ""
	if !w.done {
		if w.at, err = w.list.positionAt(page.NextCursor); err != nil {
			return w.fail(err)
		}
	}
	return true
}

// fail ends the walk with an error that tells where.
func (w *walk[T]) fail(err error) bool {
	w.done = true
	w.err = &PageError{Operation: w.list.op.Name, Cursor: w.at.cursor, Err: err}
	return false
}

// checkLoop refuses to ask for a page a second time.
func (w *walk[T]) checkLoop() error {
	hash := maphash.String(w.seed, w.at.cursor)
	if w.seen[hash] {
		return fmt.Errorf("intercom: %s: %w", w.list.op.Name, ErrCursorLoop)
	}
	w.seen[hash] = true
	return nil
}

// take returns the page that was fetched ahead, or fetches it now.
func (w *walk[T]) take() (*Page[T], error) {
	if w.ahead == nil {
		return w.list.fetch(w.ctx, w.asked(), w.settings)
	}
	result := <-w.ahead
	w.ahead = nil
	if w.settings.response != nil {
		*w.settings.response = result.response
	}
	return result.page, result.err
}

// asked is the position with the size to ask for.
func (w *walk[T]) asked() position {
	at := w.at
	if w.size > 0 {
		at.size = w.size
	}
	return at
}

// shrink halves the size of a page that the server was too busy to give, and
// tells whether to ask again. Numbered lists keep their size, because another
// one would move the borders of all pages.
func (w *walk[T]) shrink(err error) bool {
	switch status(err) {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
	default:
		return false
	}
	size := w.asked().size
	if size == 0 {
		size = w.list.op.PageSize
	}
	if w.list.op.Paging != operations.PagingCursor || size <= 1 || w.ctx.Err() != nil {
		return false
	}
	w.size = size / 2
	return true
}

// grow goes back to larger pages step by step.
func (w *walk[T]) grow() {
	if w.size == 0 {
		return
	}
	full := w.at.size
	if full == 0 {
		full = w.list.op.PageSize
	}
	if w.size *= 2; w.size >= full {
		w.size = 0
	}
}

// prefetchAt says at which item of the page to begin with the next one. Who
// stops within the first half page costs no extra request; who reads on gets
// the most out of it.
func (w *walk[T]) prefetchAt() int {
	if w.number == 1 {
		return (len(w.page.Items) + 1) / 2
	}
	return 1
}

// prefetch begins to fetch the next page, unless there is none, it was
// turned off, or the rate limit is nearly used up.
func (w *walk[T]) prefetch() {
	if w.done || w.ahead != nil || !w.settings.prefetch || w.list.op.Paging == operations.PagingScroll || w.list.client.windowIsLow() {
		return
	}
	at := w.asked()
	settings := *w.settings
	result := make(chan fetched[T], 1)
	w.ahead = result
	go func() {
		var f fetched[T]
		settings.response = &f.response
		f.page, f.err = w.list.fetch(w.ctx, at, &settings)
		result <- f
	}()
}

// lowWindow is how much of the rate limit's window is kept for other calls
// before pages are fetched ahead: a tenth.
const lowWindow = 10

// windowIsLow tells whether the rate limit's window is nearly used up.
func (c *Client) windowIsLow() bool {
	limiter, ok := c.core.Limiter().(transport.PeekLimiter)
	if !ok {
		return false
	}
	left, _, ok := limiter.Remaining()
	return ok && left < lowWindow
}

var errForeignPage = errors.New("the next page is on another host, where the token must not go")
