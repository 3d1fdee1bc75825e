package redislimiter

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/seed-8b687bef/intercom-go"
)

// Limiter is an intercom.Limiter whose window is kept in Redis. Make one with
// New for each workspace and process; several clients may share it. It is safe
// for concurrent use and has nothing to close: it has no goroutine of its own
// that outlives a question to Redis.
type Limiter struct {
	client     redis.Scripter
	key        string
	prefix     string
	timeout    time.Duration
	memory     time.Duration
	failClosed bool
	logger     *slog.Logger

	// turns is held by those who ask Redis or wait for their time; all others
	// wait for one, in the order they came.
	turns chan struct{}

	mu sync.Mutex
	// waiting counts the requests in Wait.
	waiting int
	// news is what answers told since Redis was asked last.
	news news
	// seen is what Redis answered last.
	seen view
	// spare counts requests of the window in seen that were granted but not
	// sent.
	spare int
	outage
}

var _ intercom.Limiter = (*Limiter)(nil)

// maxTurns is how many requests of a process may ask at the same time: enough
// to use a window up over a slow line to Redis, and few enough that processes
// take turns and that what answers tell is heeded soon.
const maxTurns = 2

// view is what this process knows about the window.
type view struct {
	limit, remaining int       // limit is 0 if nothing is known
	reset            time.Time // by the local clock
	length           time.Duration
	blocked          time.Time
}

// New makes a limiter for the workspace of that name, which may be any text:
// all limiters with the same name, prefix and Redis share a window. It does not
// connect.
func New(client redis.Scripter, workspace string, opts ...Option) (*Limiter, error) {
	if client == nil {
		return nil, errors.New("redislimiter: New: the Redis client is nil")
	}
	if workspace == "" {
		return nil, errors.New("redislimiter: New: the workspace is empty; name what shares the limit")
	}
	l := &Limiter{
		client:  client,
		prefix:  "intercom:limit:",
		timeout: 250 * time.Millisecond,
		memory:  10 * time.Minute,
		logger:  slog.New(slog.DiscardHandler),
		turns:   make(chan struct{}, maxTurns),
		outage:  outage{fallback: intercom.NewLimiter()},
	}
	for _, o := range opts {
		if o == nil {
			return nil, errors.New("redislimiter: New: an option is nil")
		}
		if err := o(l); err != nil {
			return nil, err
		}
	}
	l.key = l.prefix + workspace
	return l, nil
}

// Wait returns nil when one request may be sent. It returns an error when ctx
// ends, at once with context.DeadlineExceeded in it where the window has no room
// before the deadline of ctx, and, with WithFailClosed only, when Redis does not
// answer.
func (l *Limiter) Wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := l.waitForRedis(ctx)
	if errors.Is(err, ErrRedisDown) && !l.failClosed {
		return l.waitOutside(ctx)
	}
	return err
}

func (l *Limiter) waitForRedis(ctx context.Context) error {
	failures, err := l.join(ctx)
	if err != nil {
		return err
	}
	defer l.leave()
	select {
	case l.turns <- struct{}{}:
		defer func() { <-l.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		if known, err := l.knows(failures); known {
			return err
		}
		got, err := l.ask(ctx, true)
		if err != nil {
			return err
		}
		if err := sleep(ctx, got.wait); err != nil {
			l.giveBack(got)
			return err
		}
		if got.granted {
			return nil
		}
	}
}

// join takes a place in the queue, unless it is known that the wait is in vain.
// It returns how often Redis did not answer so far.
func (l *Limiter) join(ctx context.Context) (failures int, err error) {
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down && !l.failClosed {
		l.lookAgain(now)
		return 0, ErrRedisDown
	}
	if deadline, ok := ctx.Deadline(); ok {
		if earliest := l.seen.earliest(now, l.waiting); !earliest.Before(deadline) {
			return 0, &windowError{wait: earliest.Sub(now)}
		}
	}
	l.waiting++
	return l.failures, nil
}

func (l *Limiter) leave() {
	l.mu.Lock()
	l.waiting--
	l.mu.Unlock()
}

// knows tells whether Redis need not be asked: a request is to spare, or others
// have asked in vain since this one came.
func (l *Limiter) knows(failures int) (known bool, err error) {
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down && l.failures != failures {
		return true, downError(l.cause)
	}
	if l.spare > 0 && now.Before(l.seen.reset) && !l.seen.blocked.After(now) {
		l.spare--
		return true, nil
	}
	return false, nil
}

// giveBack keeps what was granted but is not used for the next who waits.
func (l *Limiter) giveBack(got answer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if got.granted && time.Now().Before(l.seen.reset) {
		l.spare++
	}
}

// sleep waits for d, or not at all if ctx ends before.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= d {
		return &windowError{wait: d}
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Done takes in what came of a request. It does not wait for Redis: what it
// learned goes along with the next question.
func (l *Limiter) Done(usage intercom.LimiterUsage) {
	now := time.Now()
	l.mu.Lock()
	outside := l.outside > 0
	switch {
	case outside:
		l.outside--
	case usage.Unsent && now.Before(l.seen.reset):
		l.spare++
	}
	if usage.RateLimit.Limit > 0 && usage.UntilReset > 0 {
		l.last = told{usage, now}
	}
	l.news.add(usage, now)
	if usage.RateLimited && !l.down {
		l.report() // The others had better know at once.
	}
	l.mu.Unlock()
	if outside {
		// Which request it was does not matter, only how many there are.
		l.fallback.Done(usage)
	}
}

// Remaining tells how many requests the window has left by what Redis answered
// last, until reset by the local clock. ok is false if that is not known.
func (l *Limiter) Remaining() (n int, reset time.Time, ok bool) {
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.down:
		return l.remainingOutside()
	case l.seen.blocked.After(now):
		return 0, l.seen.blocked, true
	case l.seen.limit == 0 || !now.Before(l.seen.reset):
		return 0, time.Time{}, false
	}
	return l.seen.remaining + l.spare, l.seen.reset, true
}

// earliest is when a request can go at best. ahead is how many go before it.
func (v *view) earliest(now time.Time, ahead int) time.Time {
	earliest := now
	if v.blocked.After(now) {
		earliest = v.blocked
	}
	if v.limit > 0 && now.Before(v.reset) && ahead >= v.remaining {
		windows := (ahead - v.remaining) / v.limit
		if end := v.reset.Add(time.Duration(windows) * v.length); end.After(earliest) {
			earliest = end
		}
	}
	return earliest
}

// windowError says that the window has no room before the deadline.
type windowError struct{ wait time.Duration }

func (e *windowError) Error() string {
	return "redislimiter: the rate limit leaves no request for " + strconv.FormatFloat(e.wait.Seconds(), 'f', 1, 64) + "s, which is after the deadline"
}

// Unwrap makes it a deadline that was exceeded.
func (e *windowError) Unwrap() error { return context.DeadlineExceeded }

// Wait is the wait that does not fit, for the client's error to tell.
func (e *windowError) Wait() time.Duration { return e.wait }
