package transport

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// Failure is an answer outside 2xx, already read, capped and parsed.
//
//nolint:errname // It is an answer first; the root package makes an Error of it.
type Failure struct {
	// Operation is the call.
	Operation *operations.Operation
	// Status is the HTTP status of the answer.
	Status int
	// Header is the header of the answer.
	Header http.Header
	// Body is the body of the answer, at most Settings.MaxErrorBody of it.
	Body []byte
	// Truncated tells that the body was longer.
	Truncated bool
	// RequestID is the server's name for the request, from the body or the
	// header, "" if it gave none.
	RequestID string
	// Type is the type that the error document names, such as "error.list".
	Type string
	// Details are the single errors of the document; none if the body is not
	// one that we know.
	Details []Detail
	// RateLimit is what the answer said about the rate limit.
	RateLimit RateLimit
	// Attempts counts the requests that were tried.
	Attempts int
	// RetryAfter is how long the server asked to wait, by its own clock, 0 if
	// it did not say.
	RetryAfter time.Duration
}

// Detail is one error of an error document.
type Detail struct {
	// Code is the short name of the error, such as "not_found".
	Code string
	// Message is the server's sentence about it. It may quote data.
	Message string
	// Field names the input that is wrong, "" if none is.
	Field string
}

// Error says in one line what the server answered. Addresses and ids that the
// server quotes are left out; Details has them.
func (f *Failure) Error() string {
	var what strings.Builder
	what.WriteString(strconv.Itoa(f.Status))
	if text := http.StatusText(f.Status); text != "" {
		what.WriteString(" " + text)
	}
	if len(f.Details) > 0 {
		detail := f.Details[0]
		for _, part := range []string{discreet(detail.Code), discreet(detail.Field), discreet(detail.Message)} {
			if part != "" {
				what.WriteString(": " + part)
			}
		}
		if more := len(f.Details) - 1; more > 0 {
			what.WriteString(" (and " + strconv.Itoa(more) + " more)")
		}
	}
	what.WriteString(inRequest(shorten(f.RequestID)))
	return sentence(f.Operation, f.Attempts, what.String(), f.advice())
}

// advice says what to do about the status, where there is something to say
// that the server does not.
func (f *Failure) advice() string {
	switch {
	case f.Status == http.StatusUnauthorized:
		return "check the access token and the region"
	case f.RateLimited():
		return "send less at once or share a limiter"
	case f.Status == http.StatusTooManyRequests:
		return "wait until the running job has ended"
	case f.Status >= 300 && f.Status < 400:
		return "a redirect is only followed for reads; check the base URL and the region"
	case f.Status >= 500 && f.Status < 600:
		return "try later"
	}
	return ""
}

// RateLimited tells whether the answer is a 429 about the rate of calls. The
// 429 for a second job beside one that is still running is not: no reset of
// the window makes it go away.
func (f *Failure) RateLimited() bool {
	return f.Status == http.StatusTooManyRequests && !f.jobPending()
}

// jobPending recognizes the 429 of a job that has to wait for another one. The
// API gives it no code of its own, so the message decides, and where that says
// nothing, whether the window was really used up.
func (f *Failure) jobPending() bool {
	if f.Operation.Method != http.MethodPost || !strings.HasPrefix(f.Operation.Path, "/export/") {
		return false
	}
	for _, detail := range f.Details {
		if message := strings.ToLower(detail.Message); strings.Contains(message, "pending") || strings.Contains(message, "job") {
			return true
		}
	}
	usedUp := f.RateLimit.Limit > 0 && f.RateLimit.Remaining == 0
	return !usedUp && first(f.Header, "Retry-After") == ""
}

// failures turns an answer outside 2xx into a *Failure.
func failures(next handler) handler {
	return func(ctx context.Context, c *call) error {
		if err := next(ctx, c); err != nil {
			return err
		}
		if c.response.Status >= 200 && c.response.Status < 300 {
			return nil
		}
		return c.failure()
	}
}

// failure describes the answer that the call has got.
func (c *call) failure() *Failure {
	response := c.response
	failure := &Failure{
		Operation: c.request.Operation,
		Status:    response.Status,
		Header:    c.withoutToken(response.Header),
		Body:      c.hideToken(response.Body),
		Truncated: c.truncated,
		RequestID: response.RequestID,
		RateLimit: response.RateLimit,
		Attempts:  c.attempt,
	}
	response.Release(response.Body)
	failure.parse()
	response.RequestID = failure.RequestID
	failure.RetryAfter = c.retryAfter
	if failure.Status == http.StatusTooManyRequests {
		failure.RetryAfter = max(failure.RetryAfter, c.untilReset)
	}
	return failure
}
