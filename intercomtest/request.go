package intercomtest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// request is what a handler knows about its call.
type request struct {
	route   *route
	values  []string // of the path's parameters
	query   url.Values
	body    *fields
	header  http.Header
	version operations.Version
	base    string // scheme and host that the caller used
	path    string
	id      string
}

// param returns a parameter of the path.
func (r *request) param(name string) string {
	i := slices.Index(r.route.names, name)
	if i < 0 || i >= len(r.values) {
		return ""
	}
	return r.values[i]
}

// since tells whether the request's version is v or later.
func (r *request) since(v operations.Version) bool { return r.version >= v }

// operation is the first of the operations that have the route.
func (r *request) operation() *operations.Operation { return r.route.operations[0] }

// flag reads a boolean of the query.
func (r *request) flag(name string) bool { return r.query.Get(name) == "true" }

// number reads a number of the query, or, where a list may be asked for by
// POST, of the body; fallback if it is not there.
func (r *request) number(name string, fallback int) (int, error) {
	text := r.query.Get(name)
	if text == "" {
		if o := r.body.integer(name); !o.IsZero() {
			n, _ := o.Get()
			return n, r.body.err
		}
		return fallback, r.body.err
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, invalid(name, name+" must be a number")
	}
	return n, nil
}

// authorized tells whether the request has one of the tokens.
func authorized(header http.Header, tokens []string) bool {
	scheme, token, _ := strings.Cut(header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "bearer") && slices.Contains(tokens, strings.TrimSpace(token))
}

// The versions that the workspace speaks.
const (
	oldestVersion = 2007
	newestVersion = 2016
)

// versionOf reads the version that a request asks for.
func versionOf(header http.Header, fallback intercom.APIVersion) (operations.Version, error) {
	text := header.Get("Intercom-Version")
	if text == "" {
		text = string(fallback)
	}
	major, minor, _ := strings.Cut(text, ".")
	a, errA := strconv.ParseUint(major, 10, 8)
	b, errB := strconv.ParseUint(minor, 10, 8)
	v := operations.Version(a*1000 + b)
	if errA != nil || errB != nil || v < oldestVersion || v > newestVersion {
		return 0, refuse(http.StatusBadRequest, intercom.CodeIntercomVersionInvalid, "The requested version could not be found")
	}
	return v, nil
}
