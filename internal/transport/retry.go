package transport

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// retry sends again what may be sent again. The deciders say whether; see
// decide.go.
func retry(budget *Budget, next handler) handler {
	return func(ctx context.Context, c *call) error {
		cost := 0 // what the current attempt has taken out of the budget
		for {
			err := next(ctx, c)
			if err == nil || c.alreadyGone(err) {
				budget.succeeded(cost)
				return nil
			}
			verdict := decide(c, err)
			wait, final := c.plan(verdict, err)
			if final != nil {
				return final
			}
			if !budget.take(verdict.cost) {
				return err
			}
			cost = verdict.cost
			c.last, c.unclear = err, c.unclear || verdict.unclear
			if sleep(ctx, wait) != nil {
				return c.interrupted(ctx, err)
			}
		}
	}
}

// plan says how long to wait before the next attempt, or gives the error that
// the call ends with.
func (c *call) plan(v verdict, err error) (wait time.Duration, final error) {
	if !v.again || c.attempt >= c.settings.MaxAttempts {
		return 0, err
	}
	if longest := c.settings.MaxWait; longest > 0 && v.named > longest {
		return 0, err
	}
	wait = c.backoff(v.named)
	if !c.fits(wait) {
		return 0, c.tooLate(wait, err)
	}
	return wait, nil
}

// alreadyGone recognizes the 404 of a DELETE that an earlier attempt, whose
// answer got lost, has carried out already: that is success.
func (c *call) alreadyGone(err error) bool {
	if !c.unclear || c.request.method() != http.MethodDelete {
		return false
	}
	var failure *Failure
	if !errors.As(err, &failure) || failure.Status != http.StatusNotFound {
		return false
	}
	c.response.Status = http.StatusNoContent
	c.response.AlreadyGone = true
	return true
}

// sleep waits, but not longer than the context lasts.
func sleep(ctx context.Context, wait time.Duration) error {
	if wait <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
