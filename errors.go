package intercom

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
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
	CodeAdminNotFound                     = "admin_not_found"                        // No admin has the id (404).
	CodeAPIPlanRestricted                 = "api_plan_restricted"                    // The workspace's plan does not include it, or the token may not do it (403).
	CodeBadRequest                        = "bad_request"                            // The request could not be understood (400).
	CodeCompanyNotFound                   = "company_not_found"                      // No company has the id (404).
	CodeConflict                          = "conflict"                               // Something that exists stands in the way, see ExistingContactID (409).
	CodeContactCompanyLimitExceeded       = "contact_company_limit_exceeded"         // The contact is in as many companies as it can be (400).
	CodeContactMerged                     = "contact_merged"                         // The contact went into another, see MergedInto (404).
	CodeConversationPartNotRedactable     = "conversation_part_not_redactable"       // The part is not of a kind that can be redacted.
	CodeConversationPartOrMessageNotFound = "conversation_part_or_message_not_found" // No part or message has the id (404).
	CodeDataInvalid                       = "data_invalid"                           // A value makes no sense to the API (422).
	CodeFieldNotFound                     = "field_not_found"                        // There is no such field (404).
	CodeIntercomVersionInvalid            = "intercom_version_invalid"               // The API does not have the version that was asked for.
	CodeNotFound                          = "not_found"                              // Nothing has the id (404).
	CodeNotRestorable                     = "not_restorable"                         // The contact can't come back from the archive.
	CodeParameterInvalid                  = "parameter_invalid"                      // A parameter has a wrong value (400 or 422).
	CodeParameterNotFound                 = "parameter_not_found"                    // A parameter is missing (400 or 422).
	CodeRateLimitExceeded                 = "rate_limit_exceeded"                    // Too many requests at once (429).
	CodeScrollExists                      = "scroll_exists"                          // Another scroll over companies is open, and there can be only one.
	CodeTagHasDependentObjects            = "tag_has_dependent_objects"              // The tag is in use, so it can't be deleted (400).
	CodeTagNotFound                       = "tag_not_found"                          // No tag has the id (404).
	CodeTeamNotFound                      = "team_not_found"                         // No team has the id (404).
	CodeUnauthorized                      = "unauthorized"                           // The token is wrong, revoked or of another region (401).
)

// Error tells in one line what happened. It holds no token, and neither ids nor
// addresses that the server quoted, so it is safe to log.
func (e *Error) Error() string {
	text := e.asFailure().Error()
	if e.Operation == "" { // Somebody else made it, for a test.
		_, text, _ = strings.Cut(text, " : ")
		return "intercom: " + text
	}
	return text
}

// asFailure is the error in the form that knows what it means.
func (e *Error) asFailure() *transport.Failure {
	f := &transport.Failure{
		Operation:  &operations.Operation{Name: e.Operation, Method: e.Method, Path: e.Path},
		Status:     e.StatusCode,
		Header:     e.Header,
		RequestID:  e.RequestID,
		RateLimit:  transport.RateLimit(e.RateLimit),
		Attempts:   e.Attempts,
		RetryAfter: e.RetryAfter,
	}
	for _, detail := range e.Details {
		f.Details = append(f.Details, transport.Detail(detail))
	}
	return f
}

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
		Path:       transport.SafePath(f.Operation.Path), // That of the raw door is no template.
		StatusCode: f.Status,
		RequestID:  f.RequestID,
		Type:       f.Type,
		RateLimit:  RateLimit(f.RateLimit),
		RetryAfter: f.RetryAfter,
		Attempts:   f.Attempts,
		Header:     f.Header,
		Body:       f.Body,
	}
	for _, detail := range f.Details {
		e.Details = append(e.Details, ErrorDetail(detail))
	}
	return e
}

// publicError puts an *Error in the place of a *transport.Failure, and beside
// one that is the cause of another error.
func publicError(err error) error {
	if err == nil {
		return nil // The variables are on the heap, so good answers go without them.
	}
	var failure *transport.Failure
	var large *transport.BodyTooLargeError
	switch {
	case errors.As(err, &large):
		return &DecodeError{
			Operation: large.Operation.Name, Method: large.Operation.Method, Path: transport.SafePath(large.Operation.Path),
			StatusCode: large.Status, RequestID: large.RequestID,
			Err: fmt.Errorf("it is larger than %d bytes; ask for less at once or raise WithMaxAnswerSize", large.Limit),
		}
	case !errors.As(err, &failure):
		return err
	case err == error(failure): // One that is wrapped is the cause of another error.
		return newError(failure)
	default:
		return &causedError{err: err, cause: newError(failure)}
	}
}

// causedError is an error of the way to the API with the answer that led to it.
type causedError struct {
	err   error
	cause *Error
}

func (e *causedError) Error() string   { return e.err.Error() }
func (e *causedError) Unwrap() []error { return []error{e.err, e.cause} }

// DecodeError says that a good answer could not be read: it was not the JSON
// that it should have been (a page in HTML, a body that was cut, an array in
// the place of an object), or it was larger than WithMaxAnswerSize. The call
// itself may well have done its work. Odd values inside an answer are no error,
// see Extra and WithDriftHook.
type DecodeError struct {
	// Operation is the method that was called, such as "Contacts.Get".
	Operation string
	// Method and Path are what was sent; the path is the template.
	Method, Path string
	// StatusCode is the HTTP status of the answer.
	StatusCode int
	// RequestID is Intercom's id of the request, empty if the answer gave none.
	RequestID string
	// ContentType is the media type that the answer claimed to have.
	ContentType string
	// Err says what was wrong.
	Err error
}

// Error tells in one line what could not be read.
func (e *DecodeError) Error() string {
	var text strings.Builder
	text.WriteString("intercom: ")
	if e.Operation != "" {
		text.WriteString(e.Operation + " " + e.Method + " " + e.Path + ": ")
	}
	text.WriteString("the answer")
	if e.ContentType != "" {
		text.WriteString(" (" + strconv.Itoa(e.StatusCode) + ", " + e.ContentType + ")")
	}
	text.WriteString(" can't be read")
	if e.Err != nil {
		text.WriteString(": " + e.Err.Error())
	}
	return text.String()
}

// Unwrap gives what was wrong.
func (e *DecodeError) Unwrap() error { return e.Err }

func newDecodeError(op *operations.Operation, resp *transport.Response, cause error) *DecodeError {
	// What is no media type is not worth telling, and might be anything.
	contentType, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return &DecodeError{
		Operation:   op.Name,
		Method:      op.Method,
		Path:        transport.SafePath(op.Path),
		StatusCode:  resp.Status,
		RequestID:   resp.RequestID,
		ContentType: contentType,
		Err:         cause,
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
	var e *Error
	return errors.As(err, &e) && e.asFailure().RateLimited()
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
		return s == http.StatusTooManyRequests || s == http.StatusRequestTimeout ||
			s >= 500 && s < 600 && s != http.StatusNotImplemented
	}
	var temporary interface{ Temporary() bool }
	return errors.As(err, &temporary) && temporary.Temporary()
}

// unmarshalAnswer reads one answer for the UnmarshalJSON of its type.
func unmarshalAnswer(data []byte, x decodable) error { return unmarshalValue(data, x.decode) }

// unmarshalValue reads one value for the UnmarshalJSON of a type.
func unmarshalValue(data []byte, read func(*jsonstream.Decoder)) error {
	d := jsonstream.GetCopy(data)
	read(d)
	err := d.Finish()
	d.Release()
	return err
}
