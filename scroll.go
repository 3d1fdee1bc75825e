package intercom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

const (
	// scrollExpiry is how long the API keeps a scroll that nobody reads.
	scrollExpiry = time.Minute
	// scrollPatience bounds the wait for a scroll that another process left
	// open; it is gone by then.
	scrollPatience = scrollExpiry + 10*time.Second
	// scrollPause is the wait between two tries to open a scroll.
	scrollPause = 5 * time.Second
	// scrollAhead is how many pages are read ahead of the caller at once.
	scrollAhead = 2
	// scrollIdle is after how long another one is read, so that the scroll of a
	// slow caller does not expire.
	scrollIdle = 45 * time.Second
	// scrollMaxAhead is how many pages are kept for a slow caller. One that is
	// slower still lets the scroll expire, and it begins again.
	scrollMaxAhead = 50
	// scrollRestarts is how often in a row a scroll begins again without
	// bringing anything new.
	scrollRestarts = 3
)

// ErrScrollInScroll says that a scroll was begun inside the loop over another
// one of the same client. The API has one scroll at a time, so the inner one
// could only wait for ever.
var ErrScrollInScroll = errors.New("a scroll is open in this loop already; end it before the next one begins")

// Scroll iterates over all companies of the workspace, however many there are.
//
// The API has one open scroll per app. Within a client (and those derived from
// it with the same token) scrolls wait for each other, as long as ctx lets
// them; a scroll inside the loop over another, on the same goroutine, ends with
// ErrScrollInScroll. For a scroll that another process has open it waits up to
// 70 seconds.
//
// A scroll that breaks or expires begins again, and companies that were given
// already are left out: for that their ids are remembered, some 60 bytes a
// company. A few pages are read ahead, and another one every 45 seconds, so
// that a caller who takes its time does not let the scroll expire;
// WithoutPrefetch turns that off. A scroll can't be resumed by a cursor.
//
// GET /companies/scroll · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/scrolloverallcompanies
func (s *CompaniesService) Scroll(ctx context.Context, opts ...CallOption) iter.Seq2[*Company, error] {
	return func(yield func(*Company, error) bool) {
		if ctx == nil {
			yield(nil, errors.New("intercom: Companies.Scroll: the context is nil"))
			return
		}
		settings, err := s.client.settingsOf(operations.CompaniesScroll, opts)
		if err != nil {
			yield(nil, err)
			return
		}
		if err := s.client.scroll.acquire(ctx); err != nil {
			yield(nil, fmt.Errorf("intercom: Companies.Scroll: %w", err))
			return
		}
		defer s.client.scroll.release()
		sc := scroll{client: s.client, settings: settings, given: map[string]struct{}{}, yield: yield}
		if err := sc.run(ctx); err != nil {
			yield(nil, err)
		}
	}
}

// scroll is one iteration over all companies, over as many scrolls of the API
// as it takes.
type scroll struct {
	client   *Client
	settings *callSettings
	given    map[string]struct{}
	yield    func(*Company, error) bool
}

var (
	// errStopped says that the caller left the loop.
	errStopped = errors.New("stopped")
	// errRestart marks a failure that another scroll can make good.
	errRestart = errors.New("the scroll broke")
)

// restartError is the reason why a scroll has to begin again.
type restartError struct{ error }

func (e *restartError) Unwrap() []error { return []error{e.error, errRestart} }

// run scrolls until the end, beginning again where that helps.
func (sc *scroll) run(ctx context.Context) error {
	for fruitless := 0; ; {
		before := len(sc.given)
		err := sc.once(ctx)
		if err == nil || errors.Is(err, errStopped) {
			return nil
		}
		if !errors.Is(err, errRestart) || ctx.Err() != nil {
			return err
		}
		if fruitless++; len(sc.given) > before {
			fruitless = 0
		}
		if fruitless >= scrollRestarts {
			return err
		}
	}
}

// once gives the companies of one scroll of the API.
func (sc *scroll) once(ctx context.Context) error {
	if !sc.settings.prefetch {
		for f := range sc.pages(ctx) {
			if err := sc.give(f, func() {}); err != nil {
				return err
			}
		}
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	ahead := &scrollReader{pages: make(chan fetched, scrollMaxAhead), wanted: make(chan struct{}, 1)}
	reading := runAside(func() error { return ahead.read(ctx, sc.pages(ctx)) })
	defer func() { <-reading.done }()
	defer ahead.drain()
	defer cancel()
	for f := range ahead.pages {
		if err := sc.give(f, ahead.want); err != nil {
			return err
		}
		ahead.want()
	}
	return reading.wait()
}

// give gives the caller what is new on a page. It calls taken when half of it
// is taken.
func (sc *scroll) give(f fetched, taken func()) error {
	f.told.tell(sc.settings)
	if f.err != nil {
		return f.err
	}
	companies, _ := f.page.items.([]*Company)
	for i, company := range companies {
		if i == (f.page.count+1)/2 {
			taken()
		}
		if isNew(sc.given, company.ID) && !sc.yield(company, nil) {
			return errStopped
		}
	}
	return nil
}

// pages iterates over the pages of one scroll of the API, with the error last.
func (sc *scroll) pages(ctx context.Context) iter.Seq[fetched] {
	return func(yield func(fetched) bool) {
		f := sc.open(ctx)
		for f.err == nil && f.page.count > 0 {
			if !yield(f) || f.page.nextCursor == "" {
				return
			}
			f = sc.more(ctx, f)
		}
		yield(f)
	}
}

// open begins a scroll, waiting for one that is open elsewhere.
func (sc *scroll) open(ctx context.Context) fetched {
	settings := *sc.settings
	settings.replay = true // Nothing is lost when the first page is asked for twice.
	for waited := time.Duration(0); ; waited += scrollPause {
		f := sc.fetch(ctx, "", &settings)
		switch {
		case status(f.err) == http.StatusNotFound:
			return sc.end(f) // A workspace without companies.
		case !HasCode(f.err, CodeScrollExists) || waited >= scrollPatience:
			return f
		}
		select {
		case <-time.After(scrollPause):
		case <-ctx.Done():
			f.err = fmt.Errorf("intercom: Companies.Scroll: waiting for another scroll to end: %w; %w", ctx.Err(), f.err)
			return f
		}
	}
}

// more reads the page after another.
func (sc *scroll) more(ctx context.Context, last fetched) fetched {
	f := sc.fetch(ctx, last.page.nextCursor, sc.settings)
	switch {
	case f.err == nil:
	case status(f.err) == http.StatusNotFound && time.Since(last.asked) < scrollExpiry:
		return sc.end(f) // The end comes this way, too, unless it expired.
	case ctx.Err() != nil || IsUnauthorized(f.err) || IsForbidden(f.err) || IsRateLimited(f.err):
	default:
		f.err = &restartError{f.err}
	}
	return f
}

// end is the empty page that ends a scroll.
func (sc *scroll) end(f fetched) fetched {
	f.page, f.err = &anyPage{}, nil
	return f
}

// fetch reads a page. Asking for it moves the scroll on whether or not the
// answer arrives, so it is not replayed, except for the first one: a page would
// be lost.
func (sc *scroll) fetch(ctx context.Context, cursor string, settings *callSettings) fetched {
	l := (*listing)(listOf[Company](sc.client, operations.CompaniesScroll, request{}, 0, cursor))
	return l.fetchApart(ctx, position{cursor: cursor, after: cursor}, settings)
}

// scrollReader reads pages ahead of the caller.
type scrollReader struct {
	pages  chan fetched
	wanted chan struct{}
}

// want tells that the caller has taken some.
func (r *scrollReader) want() {
	select {
	case r.wanted <- struct{}{}:
	default:
	}
}

// drain lets read come to its end.
func (r *scrollReader) drain() {
	for range r.pages {
	}
}

// read sends the pages, and goes on with the next when the caller gets near it
// or the scroll is about to expire. It returns why it ended before the last page.
func (r *scrollReader) read(ctx context.Context, pages iter.Seq[fetched]) error {
	defer close(r.pages)
	first := true
	for f := range pages {
		idle := time.After(time.Until(f.asked.Add(scrollIdle)))
		select {
		case r.pages <- f:
		case <-ctx.Done():
			if f.err != nil {
				return f.err
			}
			return fmt.Errorf("intercom: Companies.Scroll: %w", ctx.Err())
		}
		for pause := first || len(r.pages) >= scrollAhead; pause; {
			select {
			case <-r.wanted:
				pause = len(r.pages) >= scrollAhead
			case <-idle:
				pause = false
			case <-ctx.Done():
				return fmt.Errorf("intercom: Companies.Scroll: %w", ctx.Err())
			}
		}
		first = false
	}
	return nil
}

// scrollLock lets one scroll of a workspace go on at a time.
type scrollLock struct {
	slot   chan struct{}
	holder atomic.Int64 // the goroutine whose loop it is
}

func newScrollLock() *scrollLock {
	return &scrollLock{slot: make(chan struct{}, 1)}
}

func (l *scrollLock) acquire(ctx context.Context) error {
	me := goroutineID()
	if l.holder.Load() == me {
		return ErrScrollInScroll
	}
	select {
	case l.slot <- struct{}{}:
		l.holder.Store(me)
		return nil
	case <-ctx.Done():
		return fmt.Errorf("waiting for another scroll of this client to end: %w", ctx.Err())
	}
}

func (l *scrollLock) release() {
	l.holder.Store(0)
	<-l.slot
}

// goroutineID tells goroutines apart, so that a loop inside a loop becomes an
// error and no deadlock. Nothing else can tell the two cases apart: both wait
// for a loop that does not come to its end.
func goroutineID() int64 {
	var stack [64]byte
	n := runtime.Stack(stack[:], false)
	fields := bytes.Fields(stack[:n]) // goroutine 18 [running]:
	if len(fields) < 2 {
		return -1
	}
	id, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return -1
	}
	return id
}
