package intercom_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

const operationsIntro = `# Operations

Every operation of the API that the library has, with the Go method that sends
it. A test writes this page from the table of operations:
` + "`go test -run TestOperationsDocs -update .`" + `

A path ` + "`/a/{id}/b`" + ` belongs to ` + "`client.A.B`" + `, the item itself to its own service.
"Replayed" tells which calls are sent again after a failure that leaves open
whether they were carried out; see [reliability.md](reliability.md). For the
methods of lists see [lists.md](lists.md); for people who come from the 1.x API
and for pick lists see [finding.md](finding.md).

| Go method | Endpoint | What it does | Replayed | Versions |
|---|---|---|---|---|
`

// The page is what the table says.
func TestOperationsDocs(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	page.WriteString(operationsIntro)
	for _, op := range operations.All {
		replayed := "no"
		if op.Reads || op.Idempotent {
			replayed = "yes"
		}
		fmt.Fprintf(&page, "| %s | %s %s | %s | %s | %s |\n", op.Name, op.Method, op.Path,
			strings.TrimSuffix(op.Summary, "."), replayed, versionsText(op))
	}
	file := filepath.Join("docs", "operations.md")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(page.String()), 0o644))
	}
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, page.String(), string(written), "run go test -run TestOperationsDocs -update .")
}
