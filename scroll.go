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
	"strings"
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
	// scrollAhead is how many pages are read ahead of a slow caller.
	scrollAhead = 3
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
// it with the same token) scrolls wait for each other; for a scroll that
// another process has open, up to 70 seconds. A scroll that breaks or expires
// begins again, and companies that were given already are left out: for that
// their ids are remembered, some 40 bytes a company. Pages are read ahead so
// that a caller that takes its time does not let the scroll expire. A scroll
// can't be resumed by a cursor.
//
// GET /companies/scroll · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/companies/scrolloverallcompanies
func (s *CompaniesService) Scroll(ctx context.Context, opts ...CallOption) iter.Seq2[*Company, error] {
	return func(yield func(*Company, error) bool) {
		if ctx == nil {
			yield(nil, errors.New("intercom: Companies.Scroll: the context is nil"))
			return
		}
		if err := s.client.scroll.acquire(ctx); err != nil {
			yield(nil, fmt.Errorf("intercom: Companies.Scroll: %w", err))
			return
		}
		defer s.client.scroll.release()
		sc := scroll{client: s.client, opts: opts, given: map[string]struct{}{}}
		if err := sc.run(ctx, yield); err != nil {
			yield(nil, err)
		}
	}
}

// scroll is one iteration over all companies, over as many scrolls of the API
// as it takes.
type scroll struct {
	client *Client
	opts   []CallOption
	given  map[string]struct{}
}

// errStopped says that the caller left the loop.
var errStopped = errors.New("stopped")

// run scrolls until the end, beginning again where that helps.
func (sc *scroll) run(ctx context.Context, yield func(*Company, error) bool) error {
	for fruitless := 0; ; {
		before := len(sc.given)
		err := sc.once(ctx, yield)
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

// once reads one scroll of the API to its end. Pages come from a goroutine that
// is at most a few ahead; it has ended when once returns.
func (sc *scroll) once(ctx context.Context, yield func(*Company, error) bool) error {
	ctx, cancel := context.WithCancel(ctx)
	pages := make(chan []*Company, scrollAhead-1)
	var readErr error
	go func() {
		defer close(pages)
		readErr = sc.read(ctx, pages)
	}()
	stop := func() {
		cancel()
		for range pages { // Until the goroutine has ended.
		}
	}
	defer stop()
	for page := range pages {
		for _, company := range page {
			if _, again := sc.given[company.ID]; again {
				continue
			}
			sc.given[strings.Clone(company.ID)] = struct{}{}
			if !yield(company, nil) {
				return errStopped
			}
		}
	}
	return readErr
}

// read sends the pages of one scroll.
func (sc *scroll) read(ctx context.Context, pages chan<- []*Company) error {
	page, err := sc.open(ctx)
	for err == nil && len(page.Items) > 0 {
		came := time.Now()
		select {
		case pages <- page.Items:
		case <-ctx.Done():
			return fmt.Errorf("intercom: Companies.Scroll: %w", ctx.Err())
		}
		if page.NextCursor == "" {
			return nil
		}
		page, err = sc.more(ctx, page.NextCursor, came)
	}
	return err
}

// open begins a scroll, waiting for one that is open elsewhere.
func (sc *scroll) open(ctx context.Context) (*Page[Company], error) {
	for waited := time.Duration(0); ; waited += scrollPause {
		page, err := sc.fetch(ctx, "", WithReplay())
		switch {
		case status(err) == http.StatusNotFound:
			return &Page[Company]{}, nil // A workspace without companies.
		case !HasCode(err, CodeScrollExists) || waited >= scrollPatience:
			return page, err
		}
		timer := time.NewTimer(scrollPause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, fmt.Errorf("intercom: Companies.Scroll: waiting for another scroll to end: %w", errors.Join(ctx.Err(), err))
		}
	}
}

// errRestart marks a failure that another scroll can make good.
var errRestart = errors.New("the scroll broke")

// more reads a further page; the one before it came at a time.
func (sc *scroll) more(ctx context.Context, cursor string, came time.Time) (*Page[Company], error) {
	page, err := sc.fetch(ctx, cursor)
	switch {
	case err == nil:
		return page, nil
	case status(err) == http.StatusNotFound && time.Since(came) < scrollExpiry:
		return &Page[Company]{}, nil // The end comes this way, too, unless it expired.
	case ctx.Err() != nil || IsUnauthorized(err) || IsForbidden(err) || IsRateLimited(err):
		return nil, err
	default:
		return nil, &restartError{err}
	}
}

// restartError is the reason why a scroll has to begin again.
type restartError struct{ error }

func (e *restartError) Unwrap() []error { return []error{e.error, errRestart} }

// fetch reads a page. Asking for it moves the scroll on whether or not the
// answer arrives, so it is not replayed, except for the first one: a page would
// be lost.
func (sc *scroll) fetch(ctx context.Context, cursor string, opts ...CallOption) (*Page[Company], error) {
	l := listOf[Company](sc.client, operations.CompaniesScroll, request{}, 0, cursor)
	return l.page(ctx, append(opts, sc.opts...))
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
