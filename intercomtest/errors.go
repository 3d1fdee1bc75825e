package intercomtest

import (
	"net/http"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
)

// failure is an answer that says what was wrong with a request. Rooms return it
// as an error.
type failure struct {
	status  int
	header  http.Header
	details []intercom.ErrorDetail
}

func (f *failure) Error() string {
	parts := make([]string, len(f.details))
	for i, d := range f.details {
		parts[i] = d.Code + ": " + d.Message
	}
	return strings.Join(parts, "; ")
}

// refuse makes a failure that blames no field.
func refuse(status int, code, message string) error {
	return &failure{status: status, details: []intercom.ErrorDetail{{Code: code, Message: message}}}
}

// blame makes a failure for a field of the request.
func blame(status int, code, field, message string) error {
	return &failure{status: status, details: []intercom.ErrorDetail{{Code: code, Message: message, Field: field}}}
}

// invalid says that the value of a field won't do (400).
func invalid(field, message string) error {
	return blame(http.StatusBadRequest, intercom.CodeParameterInvalid, field, message)
}

// missing says that a field is needed (400).
func missing(field string) error {
	return blame(http.StatusBadRequest, intercom.CodeParameterNotFound, field, field+" is required")
}

// notFound says that there is no such object (404).
func notFound(what string) error {
	return refuse(http.StatusNotFound, intercom.CodeNotFound, what+" Not Found")
}

// errorBody is the body of a failure.
func errorBody(f *failure, requestID any) object {
	errors := make([]any, len(f.details))
	for i, d := range f.details {
		errors[i] = object{{"code", d.Code}, {"message", d.Message}}
		if d.Field != "" {
			errors[i] = object{{"code", d.Code}, {"message", d.Message}, {"field", d.Field}}
		}
	}
	return object{{"type", "error.list"}, {"request_id", requestID}, {"errors", errors}}
}
