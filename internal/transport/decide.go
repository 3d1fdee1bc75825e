package transport

import (
	"errors"
	"net/http"
	"time"
)

// verdict says what becomes of a failed attempt.
type verdict struct {
	again bool
	// named is the wait that the server asked for, 0 if it did not.
	named time.Duration
	// cost is what the next attempt takes out of the budget.
	cost int
	// unclear tells that the server may have carried the call out.
	unclear bool
}

// A decider looks at one kind of error. decided is false if it has nothing to
// say about this one.
type decider func(c *call, err error) (v verdict, decided bool)

// deciders are asked in this order; the first that has something to say is
// heard. What none of them knows is not sent again.
var deciders = []decider{
	decideHopeless,
	decideRateLimit,
	decideUnsent,
	decideReplay,
	decideStatus,
	decideTimeout,
	decideBroken,
}

// decide asks the deciders.
func decide(c *call, err error) verdict {
	for _, decider := range deciders {
		if v, decided := decider(c, err); decided {
			return v
		}
	}
	return verdict{}
}

// What a retry costs, see Budget.
const (
	costNamed   = 0  // the server has said when to come back
	costFailure = 5  // the server or the network is in trouble
	costTimeout = 10 // it is in trouble and we make others wait
)

// decideHopeless gives up where another attempt would end the same way: the
// caller has gone, the time is up, the other side is not who it should be.
func decideHopeless(_ *call, err error) (verdict, bool) {
	var interrupted *InterruptedError
	var timeout *TimeoutError
	switch {
	case errors.As(err, &interrupted):
		return verdict{}, true
	case errors.As(err, &timeout) && timeout.Phase == PhaseCall:
		return verdict{}, true
	}
	return verdict{}, isUntrusted(err)
}

// decideRateLimit sends a 429 again whatever the call does: the server has not
// carried it out. The 429 of a job that has to wait for another one is no rate
// limit and won't pass by waiting a little.
func decideRateLimit(_ *call, err error) (verdict, bool) {
	var failure *Failure
	if !errors.As(err, &failure) || failure.Status != http.StatusTooManyRequests {
		return verdict{}, false
	}
	if !failure.RateLimited() {
		return verdict{}, true
	}
	cost := costFailure
	if failure.RetryAfter > 0 {
		cost = costNamed
	}
	return verdict{again: true, named: failure.RetryAfter, cost: cost}, true
}

// decideUnsent sends again whatever the call does, where no connection stood:
// the server has not seen it.
func decideUnsent(_ *call, err error) (verdict, bool) {
	var network *TransportError
	if !errors.As(err, &network) || !network.Unsent {
		return verdict{}, false
	}
	return verdict{again: true, cost: costFailure}, true
}

// decideReplay gives up on calls that must not be carried out twice. Every
// error that comes this far leaves open whether it was.
func decideReplay(c *call, _ error) (verdict, bool) {
	return verdict{}, !c.request.mayReplay()
}

// decideStatus sends again after the answers of a server in passing trouble.
// 501 is not one of them.
func decideStatus(_ *call, err error) (verdict, bool) {
	var failure *Failure
	if !errors.As(err, &failure) {
		return verdict{}, false
	}
	switch failure.Status {
	case http.StatusRequestTimeout, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return verdict{again: true, named: failure.RetryAfter, cost: costFailure, unclear: true}, true
	}
	return verdict{}, true
}

// decideTimeout sends again when an attempt or the header of a stream took too
// long.
func decideTimeout(_ *call, err error) (verdict, bool) {
	var timeout *TimeoutError
	if !errors.As(err, &timeout) {
		return verdict{}, false
	}
	return verdict{again: true, cost: costTimeout, unclear: true}, true
}

// decideBroken sends again when the connection broke before, during or after
// the answer.
func decideBroken(_ *call, err error) (verdict, bool) {
	var network *TransportError
	if !errors.As(err, &network) {
		return verdict{}, false
	}
	cost := costFailure
	if network.Timeout() {
		cost = costTimeout
	}
	return verdict{again: true, cost: cost, unclear: true}, true
}
