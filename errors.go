package intercom

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// Error is an answer of the API that reports failure, or any other answer
// outside 2xx, such as the page of a proxy. Find it in an error with errors.As,
// or ask the predicates (IsNotFound, HasCode …).
type Error struct {
	// Operation is the method that was called, such as "Contacts.Get"; "Do" for
	// the raw door.
	Operation string
	// Method and Path are what was sent; the path is the template, such as
	// /contacts/{id}, so that it is safe to log and to count by.
	Method, Path string
	// StatusCode is the HTTP status of the answer.
	StatusCode int
	// RequestID is Intercom's id of the request, worth telling its support;
	// empty if the answer gave none.
	RequestID string
	// Type is the kind of error that the body names, mostly "error.list".
	Type string
	// Details lists what was wrong, as the body tells it; empty if the body was
	// not one of the API's error documents.
	Details []ErrorDetail
	// RateLimit is what the answer told about the rate limit.
	RateLimit RateLimit
	// RetryAfter is how long the server asked to wait, 0 if it did not say.
	RetryAfter time.Duration
	// Attempts is how often the request was sent.
	Attempts int
	// Header is the header of the answer.
	Header http.Header
	// Body is the body of the answer, at most 64 KiB of it. It may hold
	// personal data, so the error's text leaves it out.
	Body []byte

	failure *transport.Failure
}

// ErrorDetail is one thing that was wrong with a request.
type ErrorDetail struct {
	// Code says what was wrong as a word for programs, such as CodeNotFound.
	Code string
	// Message says it as a sentence for people. It may quote your data.
	Message string
	// Field is the member of the request that is to blame, empty if none is.
	Field string
}

// Codes that the API gives for errors. The list is not complete: the API may
// send others.
const (
	CodeAdminNotFound                     = "admin_not_found"
	CodeAPIPlanRestricted                 = "api_plan_restricted"
	CodeBadRequest                        = "bad_request"
	CodeCompanyNotFound                   = "company_not_found"
	CodeConflict                          = "conflict"
	CodeContactCompanyLimitExceeded       = "contact_company_limit_exceeded"
	CodeContactMerged                     = "contact_merged"
	CodeConversationPartNotRedactable     = "conversation_part_not_redactable"
	CodeConversationPartOrMessageNotFound = "conversation_part_or_message_not_found"
	CodeDataInvalid                       = "data_invalid"
	CodeFieldNotFound                     = "field_not_found"
	CodeIntercomVersionInvalid            = "intercom_version_invalid"
	CodeNotFound                          = "not_found"
	CodeNotRestorable                     = "not_restorable"
	CodeParameterInvalid                  = "parameter_invalid"
	CodeParameterNotFound                 = "parameter_not_found"
	CodeRateLimitExceeded                 = "rate_limit_exceeded"
	CodeScrollExists                      = "scroll_exists"
	CodeTagHasDependentObjects            = "tag_has_dependent_objects"
	CodeTagNotFound                       = "tag_not_found"
	CodeTeamNotFound                      = "team_not_found"
	CodeUnauthorized                      = "unauthorized"
)

// Error tells in one line what happened. It holds no token, and neither ids nor
// addresses that the server quoted, so it is safe to log.
func (e *Error) Error() string { return e.failure.Error() }

// LogValue gives slog the parts of the error that are safe to log.
func (e *Error) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("operation", e.Operation),
		slog.String("method", e.Method),
		slog.String("path", e.Path),
		slog.Int("status", e.StatusCode),
		slog.String("request_id", e.RequestID),
		slog.Int("attempts", e.Attempts),
	}
	for _, detail := range e.Details {
		attrs = append(attrs, slog.String("code", detail.Code))
	}
	return slog.GroupValue(attrs...)
}

// HasCode tells whether the API gave one of the codes.
func (e *Error) HasCode(codes ...string) bool {
	return slices.ContainsFunc(e.Details, func(d ErrorDetail) bool { return slices.Contains(codes, d.Code) })
}

// newError makes the public error of a failed answer.
func newError(f *transport.Failure) *Error {
	e := &Error{
		Operation:  f.Operation.Name,
		Method:     f.Operation.Method,
		Path:       f.Operation.Path,
		StatusCode: f.Status,
		RequestID:  f.RequestID,
		Type:       f.Type,
		RateLimit:  RateLimit(f.RateLimit),
		RetryAfter: f.RetryAfter,
		Attempts:   f.Attempts,
		Header:     f.Header,
		Body:       f.Body,
		failure:    f,
	}
	for _, detail := range f.Details {
		e.Details = append(e.Details, ErrorDetail(detail))
	}
	return e
}

// publicError puts an *Error in the place of a *transport.Failure, and beside
// one that is the cause of another error.
func publicError(err error) error {
	var failure *transport.Failure
	if err == nil || !errors.As(err, &failure) {
		return err
	}
	if err == error(failure) {
		return newError(failure)
	}
	return &causedError{err: err, cause: newError(failure)}
}

// causedError is an error of the way to the API with the answer that led to it.
type causedError struct {
	err   error
	cause *Error
}

func (e *causedError) Error() string   { return e.err.Error() }
func (e *causedError) Unwrap() []error { return []error{e.err, e.cause} }

// DecodeError says that an answer was not the JSON that it should have been: a
// page in HTML, a body that was cut, an array in the place of an object. Odd
// values inside an answer are no error, see Extra and WithDriftHook.
type DecodeError struct {
	// Operation is the method that was called, such as "Contacts.Get".
	Operation string
	// StatusCode is the HTTP status of the answer.
	StatusCode int
	// RequestID is Intercom's id of the request, empty if the answer gave none.
	RequestID string
	// ContentType is the media type that the answer claimed to have.
	ContentType string

	template string
	cause    error
}

// Error tells in one line what could not be read.
func (e *DecodeError) Error() string {
	return "intercom: " + e.template + ": the answer can't be read: " + e.cause.Error()
}

// Unwrap gives the syntax error.
func (e *DecodeError) Unwrap() error { return e.cause }

func newDecodeError(op *operations.Operation, resp *transport.Response, cause error) *DecodeError {
	return &DecodeError{
		Operation:   op.Name,
		StatusCode:  resp.Status,
		RequestID:   resp.RequestID,
		ContentType: resp.Header.Get("Content-Type"),
		template:    op.Name + " " + op.Method + " " + transport.SafePath(op.Path),
		cause:       cause,
	}
}

// errNotObject is found before the members of an answer are read.
var errNotObject = errors.New("it is no JSON object")

// status returns the status of the *Error in err, 0 if there is none.
func status(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.StatusCode
	}
	return 0
}

// HasCode tells whether err holds an answer of the API with one of the codes,
// such as CodeParameterInvalid.
func HasCode(err error, codes ...string) bool {
	var e *Error
	return errors.As(err, &e) && e.HasCode(codes...)
}

// IsNotFound tells whether what was asked for does not exist (404, or 410 for
// a contact that was merged into another).
func IsNotFound(err error) bool {
	s := status(err)
	return s == http.StatusNotFound || s == http.StatusGone
}

// IsUnauthorized tells whether the token was refused (401).
func IsUnauthorized(err error) bool { return status(err) == http.StatusUnauthorized }

// IsForbidden tells whether the token, or the workspace's plan, does not allow
// the call (403).
func IsForbidden(err error) bool { return status(err) == http.StatusForbidden }

// IsRateLimited tells whether there were too many calls (429). The 429 for a
// second export job is none of these.
func IsRateLimited(err error) bool {
	var failure *transport.Failure
	var e *Error
	if errors.As(err, &e) {
		failure = e.failure
	}
	return failure != nil && failure.RateLimited()
}

// IsConflict tells whether something like it exists already (409).
func IsConflict(err error) bool { return status(err) == http.StatusConflict }

// IsInvalid tells whether the API did not like the request (400 or 422). The
// details name the fields.
func IsInvalid(err error) bool {
	s := status(err)
	return s == http.StatusBadRequest || s == http.StatusUnprocessableEntity
}

// IsVersion tells whether the API version was the matter: the library did not
// send the call because the version lacks it, or the API refused the version.
func IsVersion(err error) bool {
	var e *VersionError
	return errors.As(err, &e) || HasCode(err, CodeIntercomVersionInvalid)
}

// IsTimeout tells whether time ran out, be it yours (the context's deadline)
// or the client's.
func IsTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// IsTemporary tells whether the same call may well succeed later: the API was
// overloaded or broken, a limit was reached, or the network failed. A context
// that was canceled is not temporary.
func IsTemporary(err error) bool {
	if errors.Is(err, context.Canceled) {
		return false
	}
	if s := status(err); s != 0 {
		return s == http.StatusTooManyRequests || s >= 500 && s != http.StatusNotImplemented
	}
	var temporary interface{ Temporary() bool }
	return errors.As(err, &temporary) && temporary.Temporary()
}

// unmarshalValue reads one value for the UnmarshalJSON of a type.
func unmarshalValue(data []byte, read func(*jsonstream.Decoder)) error {
	d := jsonstream.GetCopy(data)
	read(d)
	err := d.Finish()
	d.Release()
	return err
}
