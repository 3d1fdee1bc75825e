// Package operations describes every operation of the API that the library
// knows. The table in operations.gen.go is generated from the OpenAPI document
// in internal/openapi and is the one place that services, version check, retry
// policy, coverage test, fake workspace and documentation read.
package operations

// Operation is one operation of the API: one HTTP method on one path.
type Operation struct {
	// Name is the Go method that sends it, such as "Contacts.Get".
	Name string
	// Method is the HTTP method.
	Method string
	// Path is the path template, such as "/contacts/{id}".
	Path string
	// Summary says in a sentence what it does.
	Summary string
	// PublishedID is the operation's id in the published description.
	PublishedID string
	// Since is the first Intercom-Version that has the operation.
	Since Version
	// Until is the last Intercom-Version that has it, zero if it was never
	// removed.
	Until Version
	// Reads tells that the operation changes nothing in the workspace.
	Reads bool
	// Idempotent tells that sending it twice leaves the workspace as sending
	// it once does, so that it may be replayed after an unclear failure.
	Idempotent bool
	// Paging says how the answer is cut into pages, "" if it is no list.
	Paging Paging
	// Items is the member of a list's answer that holds the items.
	Items string
	// PageSize is how many items a page has unless the call says otherwise.
	PageSize int
	// MaxPageSize is how many items a page may have.
	MaxPageSize int
	// Stream tells that the answer is not JSON but a file to read as it comes.
	Stream bool
	// Undocumented tells that today's published description of the
	// operation's versions lacks it, though the API answers it.
	Undocumented bool
}

// Paging is a style of list.
type Paging string

// The styles of lists that the API has.
const (
	PagingCursor Paging = "cursor" // pages.next.starting_after
	PagingNumber Paging = "number" // pages.page of pages.total_pages
	PagingScroll Paging = "scroll" // scroll_param
	PagingURL    Paging = "url"    // pages.next holds the next URL
	PagingWhole  Paging = "whole"  // everything in one answer
)

// Version is an API version as a number that compares: major*1000 + minor,
// so that 2.10 is after 2.9. Zero means none.
type Version int

// In tells whether the operation exists in version v. Versions newer than the
// table are let through unless the operation was removed.
func (o *Operation) In(v Version) bool {
	return v >= o.Since && (o.Until == 0 || v <= o.Until)
}
