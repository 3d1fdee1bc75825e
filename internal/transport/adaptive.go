package transport

import (
	"container/list"
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// usualWindow is the length of a window until the answers show another.
	usualWindow = 10 * time.Second
	// blindPace spaces a queue out where no limit is known.
	blindPace = 20 * time.Millisecond
	// blindPause follows a 429 that names no time at all.
	blindPause = time.Second
	// catchUp is how far behind its schedule a paced queue may run and still
	// make up for it: timers are late by a little all the time.
	catchUp = 5 * time.Millisecond
)

// AdaptiveLimiter lets any number of goroutines share the rate limit of a
// workspace. It learns the limit from the X-RateLimit headers of the answers;
// until it has seen some, it lets everything through at the price of two atomic
// operations.
//
// It counts the requests that are on their way against what the last answers
// left, since the server may not have counted them yet. While more than half of
// a window is left and nobody waits, requests go out at once; below that, and
// whenever there is a queue, they are spread over the rest of the window. After
// a reset the queue goes on at that pace, after a moment of chance, instead of
// all at once.
type AdaptiveLimiter struct {
	// active tells that there is something to heed: a limit or a pause.
	active   atomic.Bool
	inFlight atomic.Int64

	mu     sync.Mutex
	window window
	// blocked is until when the server wants to hear nothing.
	blocked time.Time
	// next is when the next request of a paced queue may go.
	next time.Time
	// queue holds the waiters in the order they came.
	queue list.List
	// starved tells that the head of the queue waits for an answer to show
	// that there is room, not just for its time.
	starved bool
}

// window is what is known about the current window.
type window struct {
	limit     int           // 0: nothing is known
	remaining int           // by the answers, without what is on its way
	reset     time.Time     // its end by the local clock
	length    time.Duration // of all windows
	name      int64         // the reset by the server's clock, which tells windows apart
	assumed   bool          // no answer has come from this window yet; name is the one before
	silent    bool          // a good answer has come that did not tell the limit
}

// waiter is one call in the queue.
type waiter struct{ wake chan struct{} }

// NewAdaptiveLimiter makes a limiter that knows nothing yet.
func NewAdaptiveLimiter() *AdaptiveLimiter { return new(AdaptiveLimiter) }

// Try implements TryLimiter.
func (l *AdaptiveLimiter) Try() bool {
	if !l.active.Load() {
		l.inFlight.Add(1)
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.queue.Len() > 0 {
		return false
	}
	if l.plenty(l.window.remaining-int(l.inFlight.Load())) && l.blocked.IsZero() {
		// If the window is over, there is even more: no need to look at the clock.
		l.inFlight.Add(1)
		return true
	}
	_, ok := l.admit(time.Now(), false)
	return ok
}

// Wait implements Limiter.
func (l *AdaptiveLimiter) Wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if l.Try() {
		return nil
	}
	l.mu.Lock()
	ahead := l.queue.Len()
	if err := l.hopeless(ctx, time.Now(), ahead); err != nil {
		l.mu.Unlock()
		return err
	}
	me := &waiter{wake: make(chan struct{}, 1)}
	place := l.queue.PushBack(me)
	l.mu.Unlock()
	return l.stand(ctx, me, place)
}

// stand waits in the queue. Only its head looks at the clock; the others sleep
// until it is their turn to be the head.
func (l *AdaptiveLimiter) stand(ctx context.Context, me *waiter, place *list.Element) error {
	var timer *time.Timer
	var ring <-chan time.Time
	defer func() {
		if timer != nil {
			timer.Stop()
		}
	}()
	for {
		wait, done, err := l.ask(ctx, place)
		switch {
		case done:
			return err
		case wait <= 0: // not the head yet
		case timer == nil:
			timer = time.NewTimer(wait)
			ring = timer.C
		default:
			timer.Reset(wait)
		}
		select {
		case <-ctx.Done():
			l.mu.Lock()
			l.leave(place)
			l.mu.Unlock()
			return ctx.Err()
		case <-me.wake:
		case <-ring:
		}
	}
}

// ask lets the head of the queue go if it may. wait is how long it has to wait,
// 0 for everyone else in the queue.
func (l *AdaptiveLimiter) ask(ctx context.Context, place *list.Element) (wait time.Duration, done bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.queue.Front() != place {
		return 0, false, nil
	}
	now := time.Now()
	wait, ok := l.admit(now, true)
	if ok {
		l.leave(place)
		return 0, true, nil
	}
	if err := l.hopeless(ctx, now, 0); err != nil {
		l.leave(place)
		return 0, true, err
	}
	return max(wait, time.Millisecond), false, nil
}

// leave takes a waiter out of the queue and wakes the next head.
func (l *AdaptiveLimiter) leave(place *list.Element) {
	wasHead := l.queue.Front() == place
	l.queue.Remove(place)
	if wasHead {
		l.wakeHead()
	}
}

// wakeHead makes the head of the queue ask again.
func (l *AdaptiveLimiter) wakeHead() {
	l.starved = false
	head := l.queue.Front()
	if head == nil {
		return
	}
	if waiting, ok := head.Value.(*waiter); ok {
		select {
		case waiting.wake <- struct{}{}:
		default: // it knows already
		}
	}
}

// admit lets a request go, or says how long to wait before it is worth asking
// again. queued tells that it has waited already.
func (l *AdaptiveLimiter) admit(now time.Time, queued bool) (wait time.Duration, ok bool) {
	l.advance(now)
	if wait := l.blocked.Sub(now); wait > 0 {
		return wait, false
	}
	w := &l.window
	left := w.reset.Sub(now)
	available := w.remaining - int(l.inFlight.Load())
	if w.limit > 0 && available <= 0 {
		l.starved = true
		return left, false
	}
	if queued || !l.plenty(available) {
		if wait := l.next.Sub(now); wait > 0 {
			return wait, false
		}
		pace := blindPace
		if w.limit > 0 {
			// A fifth faster than even, so that the window is used up in time.
			pace = left * 4 / 5 / time.Duration(available)
		}
		l.next = later(l.next, now.Add(-catchUp)).Add(pace)
	}
	l.inFlight.Add(1)
	return 0, true
}

// plenty tells whether so much is left that nobody need be held back.
func (l *AdaptiveLimiter) plenty(left int) bool {
	return l.window.limit > 0 && left > 0 && left >= l.window.limit/2
}

// advance begins a new window when the current one is over. Until an answer
// comes from it, it is assumed to be like the one before.
func (l *AdaptiveLimiter) advance(now time.Time) {
	w := &l.window
	if w.limit > 0 && !now.Before(w.reset) && w.assumed && w.silent {
		// The server does not tell its limit any more.
		*w = window{}
	}
	if !l.blocked.After(now) {
		l.blocked = time.Time{}
	}
	if w.limit == 0 {
		l.active.Store(!l.blocked.IsZero() || l.queue.Len() > 0)
	}
	if w.limit == 0 || now.Before(w.reset) {
		return
	}
	passed := int64(now.Sub(w.reset)/w.length) + 1
	// Others wait for the same moment: chance keeps them apart.
	l.next = w.reset.Add(jitter(w.length / 50))
	w.reset = w.reset.Add(time.Duration(passed * int64(w.length)))
	w.remaining = w.limit
	w.assumed, w.silent = true, false
}

// hopeless is the error for a wait that can't end before the deadline, nil if
// it might. ahead is how many go first.
func (l *AdaptiveLimiter) hopeless(ctx context.Context, now time.Time, ahead int) error {
	deadline, ok := ctx.Deadline()
	if !ok {
		return nil
	}
	l.advance(now)
	earliest := l.blocked
	if w := &l.window; w.limit > 0 && ahead >= w.remaining {
		windows := (ahead - w.remaining) / max(w.limit, 1)
		earliest = later(earliest, w.reset.Add(time.Duration(windows)*w.length))
	}
	if earliest.Before(deadline) {
		return nil
	}
	return &windowError{wait: earliest.Sub(now)}
}

// Done implements Limiter.
func (l *AdaptiveLimiter) Done(usage Usage) {
	if !l.active.Load() && usage.RateLimit.Limit == 0 && !usage.Limited {
		l.inFlight.Add(-1)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	// First learn, then take the request off: the other way round there would
	// be room for a moment that is not there.
	moved := !l.nothingNew(usage) && l.learn(usage, time.Now())
	l.inFlight.Add(-1)
	if moved || l.starved {
		l.wakeHead()
	}
}

// nothingNew takes in the usual answer: one more used of a window with plenty
// left, for which there is no need to look at the clock.
func (l *AdaptiveLimiter) nothingNew(usage Usage) bool {
	w, told := &l.window, usage.RateLimit
	if usage.Limited || w.assumed || told.Limit != w.limit || told.Reset.Unix() != w.name || !l.plenty(told.Remaining) {
		return false
	}
	w.remaining = min(w.remaining, told.Remaining)
	return true
}

// learn takes in what an answer said and tells whether the window has moved.
func (l *AdaptiveLimiter) learn(usage Usage, now time.Time) (moved bool) {
	l.advance(now)
	w := &l.window
	told := usage.RateLimit
	if told.Limit == 0 || usage.UntilReset <= 0 {
		if !usage.Unsent {
			w.remaining--
		}
		w.silent = w.silent || usage.Status >= 200 && usage.Status < 300
		if usage.Limited {
			l.pause(usage, now)
		}
		return usage.Limited
	}
	name, reset := told.Reset.Unix(), now.Add(usage.UntilReset)
	switch {
	case w.limit == 0 || name > w.name:
		length := usualWindow
		if w.limit > 0 {
			// Windows that nobody asked in make the gap longer than a window.
			length = min(w.length, time.Duration(name-w.name)*time.Second)
		}
		*w = window{limit: told.Limit, remaining: told.Remaining, reset: reset, length: max(length, usage.UntilReset), name: name}
		l.active.Store(true)
		moved = true
	case name == w.name && !w.assumed:
		// Answers overtake each other, so the lowest count is the latest; and
		// each tells the end up to a second too late, so the earliest is best.
		w.limit, w.remaining = told.Limit, min(w.remaining, told.Remaining)
		if reset.Before(w.reset) {
			w.reset = reset
		}
	}
	if usage.Limited {
		if !w.assumed && name == w.name {
			w.remaining = 0
		}
		if usage.RetryAfter > 0 {
			l.pause(usage, now)
		}
	}
	return moved
}

// pause keeps quiet for as long as a 429 asks for.
func (l *AdaptiveLimiter) pause(usage Usage, now time.Time) {
	wait := min(usage.RetryAfter, maxResetAhead)
	if wait <= 0 {
		wait = blindPause
	}
	l.blocked = later(l.blocked, now.Add(wait))
	l.active.Store(true)
}

// Remaining implements PeekLimiter.
func (l *AdaptiveLimiter) Remaining() (n int, reset time.Time, ok bool) {
	if !l.active.Load() {
		return 0, time.Time{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.advance(now)
	if l.blocked.After(now) {
		return 0, l.blocked, true
	}
	if l.window.limit == 0 {
		return 0, time.Time{}, false
	}
	return max(l.window.remaining-int(l.inFlight.Load()), 0), l.window.reset, true
}

// windowError says that the window has no room before the deadline.
type windowError struct{ wait time.Duration }

// Error says in one line what is missing.
func (e *windowError) Error() string {
	return "intercom: the rate limit leaves no request for " + strconv.FormatFloat(e.wait.Seconds(), 'f', 1, 64) + "s, which is after the deadline"
}

// Unwrap makes it a deadline that was exceeded.
func (e *windowError) Unwrap() error { return context.DeadlineExceeded }

// Wait is the wait that does not fit.
func (e *windowError) Wait() time.Duration { return e.wait }

// later is the later of two times.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
