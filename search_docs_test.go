package intercom

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	fieldsBegin = "<!-- what follows is written by TestSearchDocs -->\n"
	fieldsEnd   = "<!-- what goes before is written by TestSearchDocs -->\n"
)

// comparisons are the methods behind the operators.
var comparisons = map[string]string{
	"=": "Eq", "!=": "NotEq", "IN": "In", "NIN": "NotIn", "<": "LessThan", ">": "GreaterThan",
	"<=": "AtMost", ">=": "AtLeast", "~": "Contains", "!~": "NotContains", "^": "StartsWith", "$": "EndsWith",
}

// The tables of the page are what the code says.
func TestSearchDocs(t *testing.T) {
	t.Parallel()
	file := filepath.Join("docs", "search.md")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), fieldsBegin)
	require.True(t, ok)
	_, after, ok := strings.Cut(rest, fieldsEnd)
	require.True(t, ok)

	var part strings.Builder
	for _, kind := range []*searchKind{searchContacts, searchConversations, searchTickets} {
		fmt.Fprintf(&part, "\n### %s%s\n\n| holds | fields | can be compared by |\n|---|---|---|\n", strings.ToUpper(kind.name[:1]), kind.name[1:])
		for _, typ := range []fieldType{textField, numberField, momentField, switchField} {
			var fields []string
			for name, holds := range kind.types {
				if holds == typ && kind.only[name] == nil {
					fields = append(fields, name)
				}
			}
			if len(fields) > 0 {
				writeFields(&part, kind, typ, fields, operators[typ])
			}
		}
		for name, only := range kind.only {
			writeFields(&part, kind, kind.types[name], []string{name}, only)
		}
	}
	part.WriteString("\n")
	page := before + fieldsBegin + part.String() + fieldsEnd + after
	if flag.Lookup("update").Value.String() == "true" {
		require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
		text = []byte(page)
	}
	assert.Equal(t, page, string(text), "run go test -run TestSearchDocs -update .")
}

func writeFields(part *strings.Builder, kind *searchKind, typ fieldType, fields, allowed []string) {
	if kind.wholeDays && typ == momentField {
		allowed = dayOperators
	}
	methods := make([]string, len(allowed))
	for i, operator := range allowed {
		methods[i] = comparisons[operator]
		if typ == momentField && operator == "<" {
			methods[i] = "Before"
		}
		if typ == momentField && operator == ">" {
			methods[i] = "After"
		}
	}
	slices.Sort(fields)
	fmt.Fprintf(part, "| %s | `%s` | %s |\n", typ, strings.Join(fields, "` `"), strings.Join(methods, ", "))
}
