package payload

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDocumentsAreTheSameEveryTime(t *testing.T) {
	t.Parallel()
	first, second := All(), All()
	assert.Equal(t, first, second)
	pages, again := ContactPages(3, 10), ContactPages(3, 10)
	assert.Equal(t, pages, again)
}

func TestDocumentsAreJSON(t *testing.T) {
	t.Parallel()
	for _, p := range All() {
		for form, body := range map[string][]byte{"native": p.Native, "sorted": p.Sorted, "odd": p.Odd} {
			require.True(t, json.Valid(body), "%s, %s", p.Name, form)
		}
		t.Logf("%-28s %7d bytes native, %7d odd", p.Name, len(p.Native), len(p.Odd))
	}
}

func TestSortedHoldsTheSame(t *testing.T) {
	t.Parallel()
	for _, p := range All() {
		assert.JSONEq(t, string(p.Native), string(p.Sorted), p.Name)
		assert.NotEqual(t, p.Native, p.Sorted, p.Name)
	}
}
