package redislimiter

import (
	"context"
	_ "embed"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/redis/go-redis/v9"
)

//go:embed window.lua
var source string

var window = redis.NewScript(source)

// answer is what Redis said to a request that waits: go after that time, or ask
// again then.
type answer struct {
	granted bool
	wait    time.Duration
}

// errLate stands for the deadline of a question, so that it is not taken for
// that of the caller.
var errLate = errors.New("nothing came in time")

// ask runs the script. It returns when its time is up, or ctx ends, even if the
// Redis client does not heed contexts; what is granted after that is given back.
func (l *Limiter) ask(ctx context.Context, waits bool) (answer, error) {
	l.mu.Lock()
	latest := l.news
	l.news = news{}
	l.mu.Unlock()
	args := append([]any{flag(waits), rand.Float64(), l.memory.Milliseconds()}, latest.args(time.Now())...)

	// The question is not broken off with ctx, which would cost the connection.
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.timeout)
	type outcome struct {
		answer
		err error
	}
	outcomes, gone := make(chan outcome), make(chan struct{})
	defer close(gone)
	go func() {
		defer cancel()
		reply, err := window.Run(bounded, l.client, []string{l.key}, args...).Int64Slice()
		var got answer
		if err == nil {
			got, err = l.read(reply)
		}
		select {
		case outcomes <- outcome{got, err}:
		case <-gone:
			l.giveBack(got)
		}
	}()

	late := time.NewTimer(l.timeout)
	defer late.Stop()
	select {
	case got := <-outcomes:
		if got.err != nil {
			return answer{}, l.fail(got.err, latest)
		}
		l.answered()
		return got.answer, nil
	case <-late.C:
		return answer{}, l.fail(errLate, latest)
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
}

// read takes in the answer of the script.
func (l *Limiter) read(reply []int64) (answer, error) {
	if len(reply) != 7 {
		return answer{}, errors.New("the answer of the script is not understood")
	}
	now := time.Now()
	us := func(i int) time.Duration { return time.Duration(reply[i]) * time.Microsecond }
	seen := view{limit: int(reply[2]), remaining: int(reply[3]), reset: now.Add(us(4)), length: us(5)}
	if reply[6] > 0 {
		seen.blocked = now.Add(us(6))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !now.Before(l.seen.reset) {
		l.spare = 0 // Of a window that is over.
	}
	l.seen = seen
	return answer{granted: reply[0] == 1, wait: us(1)}, nil
}
