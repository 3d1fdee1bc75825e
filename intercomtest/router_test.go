package intercomtest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

func TestEveryOperationHasARoom(t *testing.T) {
	t.Parallel()
	for _, op := range operations.All {
		path := strings.NewReplacer("{", "", "}", "").Replace(op.Path)
		r, _ := theRoutes().find(httptest.NewRequest(op.Method, path, nil))
		require.NotNil(t, r, op.Name)
		assert.Contains(t, r.operations, op)
		assert.NotNil(t, r.handle, op.Name)
	}
}

func TestEveryHandlerIsOfAnOperation(t *testing.T) {
	t.Parallel()
	for _, room := range allRooms {
		for op, h := range room {
			assert.Contains(t, operations.All, op)
			assert.NotNil(t, h, op.Name)
		}
	}
}

func TestFindRoute(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		method, path, operation string
		values                  []string
	}{
		{"GET", "/contacts/42", "Contacts.Get", []string{"42"}},
		{"GET", "/contacts/search", "Contacts.Get", []string{"search"}},
		{"POST", "/contacts/search", "Contacts.Search", nil},
		{"DELETE", "/contacts/a%2Fb/tags/c%20d", "Contacts.Tags.Detach", []string{"a/b", "c d"}},
		{"POST", "/contacts/merge/archive", "Contacts.Archive", []string{"merge"}},
		{"PATCH", "/contacts/42", "", nil},
		{"GET", "/contacts//tags", "", nil},
		{"GET", "/", "", nil},
		{"GET", "/nowhere", "", nil},
	} {
		r, values := theRoutes().find(httptest.NewRequest(c.method, c.path, http.NoBody))
		if c.operation == "" {
			assert.Nil(t, r, c.path)
			continue
		}
		require.NotNil(t, r, c.path)
		assert.Equal(t, c.operation, r.operations[0].Name, c.path)
		assert.Equal(t, c.values, values)
	}
}
