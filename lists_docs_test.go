package intercom_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

const listsIntro = `# Lists

Every list of the API goes through one engine, whichever style it has. A test
writes this page from the table of operations and the methods of the client:
` + "`go test -run TestListDocs -update .`" + `

- **cursor**: the answer gives a cursor. A page that the server is too busy for
  (502, 503, 504 after all retries) is asked for again at half the size.
- **number**: pages have numbers, and a cursor of this library is the number
  with the size of the pages. They keep their size.
- **url**: the answer gives the URL of the next page; only its query is used.
- **scroll**: the server keeps the place, for one reader of the workspace at a
  time. It can't be resumed; one that breaks begins again by itself.
- **whole**: everything comes at once, so there is no Pages. Should an answer
  point to another page all the same, All reads it.

List and Search ask for one page of the default size, so do Pages and
SearchPages; All and SearchAll ask for the largest one. The size is per page,
and PerPage changes it.

| Go methods | Endpoint | Style | Default | Largest | Versions |
|---|---|---|--:|--:|---|
`

const listsOutro = `
Beside them, with no operation of their own:

| Go method | What it does |
|---|---|
| Contacts.UpdatedSince, Conversations.UpdatedSince | Walk a window of time in the order of changes, each with a checkpoint to save. |
| Conversations.GetMany | Gets conversations with their parts, several at once, in order, with an error for each that fails. |
| Collect, First, Filter | Take items out of any of these iterations. |

What lists hold and what the API does not promise:

- Companies can be listed up to 10,000. Beyond, the answer is ErrListLimit;
  Companies.All without a filter, an order and a cursor scrolls, which has no
  limit.
- A list that is ordered by changes moves while it is read. WithoutDuplicates
  leaves out what came before; what has moved to the front in the meantime is
  found by UpdatedSince.
- Conversations come without parts in lists, and with the newest 500 of them
  from Get and GetMany; Parts.Truncated tells.
`

// The page is what the code says, and every list goes through the engine: it
// has the methods that its style calls for.
func TestListDocs(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	page.WriteString(listsIntro)
	for _, op := range operations.All {
		if op.Paging == "" || op.Name == "Events.Summaries" { // It is one object; only Events.List is a list.
			continue
		}
		service, methods := listMethods(op)
		for _, method := range methods {
			assert.True(t, hasIterator(service+method), "%s%s is missing", service, method)
		}
		text := service + strings.Join(methods, ", ")
		if op == operations.CompaniesFind {
			text += " with TagID or SegmentID"
		}
		fmt.Fprintf(&page, "| %s | %s %s | %s | %s | %s | %s |\n", text, op.Method, op.Path,
			op.Paging, sizeText(op.PageSize), sizeText(op.MaxPageSize), versionsText(op))
	}
	page.WriteString(listsOutro)

	file := filepath.Join("docs", "lists.md")
	if *update {
		require.NoError(t, os.MkdirAll("docs", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(page.String()), 0o644))
	}
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, page.String(), string(written), "run go test -run TestListDocs -update .")
}

// listMethods are the Go methods that send the operation of a list.
func listMethods(op *operations.Operation) (service string, methods []string) {
	dot := strings.LastIndexByte(op.Name, '.') + 1
	service = op.Name[:dot]
	if op.Paging == operations.PagingWhole {
		return service, []string{"List", "All"}
	}
	switch op.Name[dot:] {
	case "Search":
		return service, []string{"Search", "SearchPages", "SearchAll"}
	case "Scroll":
		return service, []string{"Scroll", "All"}
	default:
		return service, []string{"List", "Pages", "All"}
	}
}

// hasIterator tells whether the client has a method such as Contacts.Tags.All
// that gives a page, or iterates over pages or items.
func hasIterator(name string) bool {
	parts := strings.Split(name, ".")
	service := reflect.TypeFor[*intercom.Client]()
	for _, part := range parts[:len(parts)-1] {
		field, ok := service.Elem().FieldByName(part)
		if !ok {
			return false
		}
		service = field.Type
	}
	method, ok := service.MethodByName(parts[len(parts)-1])
	if !ok {
		return false
	}
	result := method.Type.Out(0).String()
	return slices.ContainsFunc([]string{"iter.Seq2[", "*intercom.Page["}, func(prefix string) bool { return strings.HasPrefix(result, prefix) })
}

func sizeText(n int) string {
	if n == 0 {
		return "–"
	}
	return strconv.Itoa(n)
}

func versionsText(op *operations.Operation) string {
	text := "all"
	if op.Since > 2007 {
		text = fmt.Sprintf("from %d.%d", op.Since/1000, op.Since%1000)
	}
	if op.Until != 0 {
		text = fmt.Sprintf("to %d.%d", op.Until/1000, op.Until%1000)
	}
	return text
}
