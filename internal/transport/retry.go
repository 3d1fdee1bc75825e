package transport

import (
	"context"
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
			if err != nil && c.alreadyGone(err) {
				err = nil
			}
			if err == nil {
				budget.succeeded(cost)
				return nil
			}
			verdict := decide(c, err)
			if !verdict.again || c.attempt >= c.settings.MaxAttempts {
				return err
			}
			wait := c.backoff(verdict.named)
			if verdict.named > c.settings.MaxWait && c.settings.MaxWait > 0 {
				return err
			}
			if !c.fits(wait) {
				return c.tooLate(wait, err)
			}
			if !budget.take(verdict.cost) {
				return err
			}
			cost = verdict.cost
			c.last = err
			c.unclear = c.unclear || verdict.unclear
			if sleep(ctx, wait) != nil {
				return c.interrupted(ctx, err)
			}
		}
	}
}

// alreadyGone recognizes the 404 of a DELETE that an earlier attempt, whose
// answer got lost, has carried out already: that is success.
func (c *call) alreadyGone(err error) bool {
	failure, ok := err.(*Failure)
	if !ok || !c.unclear || failure.Status != http.StatusNotFound || c.request.method() != http.MethodDelete {
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
