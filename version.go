package intercom

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// Version is the version of this library. It is part of the User-Agent.
const Version = "0.1.0"

// APIVersion is a version of the Intercom API, sent as Intercom-Version. The
// constants name those that the library knows; a newer one can be written as a
// string and is let through.
type APIVersion string

// The versions of the API that the library knows.
const (
	V2_7  APIVersion = "2.7"  // The oldest version that is covered.
	V2_8  APIVersion = "2.8"  // The version that a client speaks unless told otherwise.
	V2_9  APIVersion = "2.9"  // Adds tickets.
	V2_10 APIVersion = "2.10" // Adds searches of tickets, takes help center sections away.
	V2_11 APIVersion = "2.11" // Adds no operations.
	V2_12 APIVersion = "2.12" // Adds ticket states and AI content, takes the running of assignment rules away.
	V2_13 APIVersion = "2.13" // Adds internal articles and custom objects.
	V2_14 APIVersion = "2.14" // Adds calls, Fin and reporting exports.
	V2_15 APIVersion = "2.15" // Adds brands and emails.
	V2_16 APIVersion = "2.16" // The newest version that is covered.
)

// DefaultAPIVersion is the version that a client speaks unless WithVersion
// says otherwise.
const DefaultAPIVersion = V2_8

// number is the version in the form that compares.
func (v APIVersion) number() (operations.Version, error) {
	major, minor, _ := strings.Cut(string(v), ".")
	a, okA := versionPart(major)
	b, okB := versionPart(minor)
	if !okA || !okB {
		return 0, fmt.Errorf("intercom: API version %q is not of the form 2.8", string(v))
	}
	return operations.Version(a*1000 + b), nil
}

// versionPart reads a part of a version, which is sent as it was written, so
// that it must be written as the API does.
func versionPart(text string) (n uint64, ok bool) {
	n, err := strconv.ParseUint(text, 10, 16)
	return n, err == nil && n <= 999 && (text == "0" || text[0] != '0')
}

// Compare returns -1, 0 or 1 as v is before, the same as or after other, by
// number: "2.10" is after "2.9". A version that is no version counts as 0.0.
func (v APIVersion) Compare(other APIVersion) int {
	a, _ := v.number()
	b, _ := other.number()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}

// AtLeast tells whether v is other or after it.
func (v APIVersion) AtLeast(other APIVersion) bool { return v.Compare(other) >= 0 }

// apiVersion is the text of a version in the form that compares.
func apiVersion(n operations.Version) APIVersion {
	return APIVersion(fmt.Sprintf("%d.%d", n/1000, n%1000))
}

// VersionError says that the API version in use does not have an operation, or
// does not take a field of its request. Nothing was sent.
type VersionError struct {
	// Operation is the method that was called, such as "Tickets.Get".
	Operation string
	// Field is the field that the version does not take, under its name in the
	// request, such as "ticket_state_id". It is empty if the version lacks the
	// whole operation.
	Field string
	// Version is the version in use.
	Version APIVersion
	// Since is the first version that has it, "" for a field that was there
	// from the beginning.
	Since APIVersion
	// Until is the last version that has it, "" if it was never removed.
	Until APIVersion
}

// Error says which version to set.
func (e *VersionError) Error() string {
	now, gone := "does not have it", "no longer has it"
	if e.Field != "" {
		now, gone = "does not take "+e.Field, "no longer takes "+e.Field
	}
	if e.Until != "" && e.Version.Compare(e.Until) > 0 {
		return fmt.Sprintf("intercom: %s: Intercom-Version %s %s, the last that does is %s; set it with WithVersion(%q)",
			e.Operation, e.Version, gone, e.Until, e.Until)
	}
	return fmt.Sprintf("intercom: %s: Intercom-Version %s %s, the first that does is %s; set it with WithVersion(%q)",
		e.Operation, e.Version, now, e.Since, e.Since)
}

// unknownField refuses a field that only the versions from since to until take,
// 0 for no bound. The call that it was for is filled in later.
func unknownField(name string, since, until operations.Version) error {
	e := &VersionError{Field: name}
	if since != 0 {
		e.Since = apiVersion(since)
	}
	if until != 0 {
		e.Until = apiVersion(until)
	}
	return e
}

// checkVersion refuses an operation that the version does not have. Versions
// newer than the table are let through.
func checkVersion(op *operations.Operation, version operations.Version) error {
	if op.In(version) {
		return nil
	}
	e := &VersionError{Operation: op.Name, Version: apiVersion(version), Since: apiVersion(op.Since)}
	if op.Until != 0 {
		e.Until = apiVersion(op.Until)
	}
	return e
}
