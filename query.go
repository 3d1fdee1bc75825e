package intercom

import (
	"strings"

	"github.com/oapi-codegen/runtime"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// query collects the query parameters of a call. The zero value is empty.
type query struct {
	parts  []string
	limits wireRules // which versions know them, where not all do
}

// add styles a parameter as OpenAPI's form style does. A zero value is left
// out.
func add[T comparable](q *query, name string, value T) {
	var zero T
	if value == zero {
		return
	}
	// Only types that can't be styled give an error; the library has none.
	part, err := runtime.StyleParamWithOptions("form", true, name, value, runtime.StyleParamOptions{ParamLocation: runtime.ParamLocationQuery})
	if err == nil {
		q.parts = append(q.parts, part)
	}
}

// addSince adds a parameter that only versions from since on know.
func addSince[T comparable](q *query, name string, value T, since operations.Version) {
	var zero T
	if value != zero {
		q.limits = append(q.limits, wireRule{name: name, limited: true, since: since})
	}
	add(q, name, value)
}

func (q query) encode() string { return strings.Join(q.parts, "&") }
