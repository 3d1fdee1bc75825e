package intercom_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// The functions below hold the code of docs/versions.md.

func docsVersion(ctx context.Context, client *intercom.Client, query intercom.Query) error {
	newer, err := client.With(intercom.WithVersion(intercom.V2_14)) // for a client
	if err != nil {
		return err
	}
	_, err = newer.Tickets.Search(ctx, intercom.TicketSearchParams{Query: query})
	if err != nil {
		return err
	}
	_, err = client.TicketTypes.List(ctx, intercom.WithVersion(intercom.V2_9)) // for a call
	return err
}

func docsVersionCheck(client *intercom.Client, stateID string) intercom.TicketUpdateParams {
	update := intercom.TicketUpdateParams{State: intercom.Set(intercom.TicketStateCategoryResolved)}
	if client.APIVersion().AtLeast(intercom.V2_12) {
		update = intercom.TicketUpdateParams{TicketStateID: intercom.Set(stateID)}
	}
	return update
}

func docsVersionTry(client *intercom.Client, report func(intercom.Drift)) (*intercom.Client, error) {
	next, err := client.With(
		intercom.WithVersion("2.16"),
		intercom.WithDriftHook(report, intercom.DriftUnknownFields()),
	)
	return next, err
}

func TestVersionsTextRuns(t *testing.T) {
	t.Parallel()
	client, err := intercomtest.New(t).Client()
	require.NoError(t, err)
	require.NoError(t, docsVersion(t.Context(), client, intercom.Field("open").Eq(true)))
	assert.True(t, docsVersionCheck(client, "5").TicketStateID.IsZero())
	next, err := docsVersionTry(client, func(d intercom.Drift) { t.Error(d) })
	require.NoError(t, err)
	assert.False(t, docsVersionCheck(next, "5").TicketStateID.IsZero())
	_, err = next.Tags.List(t.Context())
	require.NoError(t, err)
}

const (
	versionsBegin = "<!-- what follows is written by TestVersionsDocs -->\n"
	versionsEnd   = "<!-- what goes before is written by TestVersionsDocs -->\n"
)

// The tables of the page are what the code says.
func TestVersionsDocs(t *testing.T) {
	t.Parallel()
	file := filepath.Join("docs", "versions.md")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), versionsBegin)
	require.True(t, ok)
	_, after, ok := strings.Cut(rest, versionsEnd)
	require.True(t, ok)

	fields := fieldsByVersion(t)
	var part strings.Builder
	for _, version := range laterVersions {
		fmt.Fprintf(&part, "\n### %s\n\n", version)
		listOf := func(title string, names []string) {
			if len(names) > 0 {
				fmt.Fprintf(&part, "- %s: %s\n", title, strings.Join(names, ", "))
			}
		}
		added, gone := operationsOf(version)
		listOf("New methods", added)
		listOf("Methods that are gone", gone)
		listOf("New fields of requests", fields[version].requests)
		listOf("New fields of answers", fields[version].answers)
		if len(added)+len(gone)+len(fields[version].requests)+len(fields[version].answers) == 0 {
			part.WriteString("Nothing that the library covers.\n")
		}
	}
	part.WriteString("\n")
	page := before + versionsBegin + part.String() + versionsEnd + after
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
		text = []byte(page)
	}
	assert.Equal(t, page, string(text), "run go test -run TestVersionsDocs -update .")
}

var laterVersions = []intercom.APIVersion{
	intercom.V2_8, intercom.V2_9, intercom.V2_10, intercom.V2_11, intercom.V2_12,
	intercom.V2_13, intercom.V2_14, intercom.V2_15, intercom.V2_16,
}

// operationsOf names the methods that begin with a version, and those that the
// version before was the last to have.
func operationsOf(version intercom.APIVersion) (added, gone []string) {
	before := laterVersions[max(slices.Index(laterVersions, version)-1, 0)]
	for _, op := range operations.All {
		if operationVersion(op.Since) == string(version) {
			added = append(added, op.Name)
		}
		if op.Until != 0 && operationVersion(op.Until) == string(before) {
			gone = append(gone, op.Name)
		}
	}
	return added, gone
}

func operationVersion(v operations.Version) string { return fmt.Sprintf("%d.%d", v/1000, v%1000) }

type newFields struct{ requests, answers []string }

// fieldsByVersion reads the comments of the models, which name the version that
// a field or a type came with.
func fieldsByVersion(t *testing.T) map[intercom.APIVersion]newFields {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "models.gen.go", nil, parser.ParseComments)
	require.NoError(t, err)
	since := regexp.MustCompile(`Available since Intercom-Version (\d+\.\d+)\.`)
	found := map[intercom.APIVersion]newFields{}
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		for _, spec := range general.Specs {
			named := spec.(*ast.TypeSpec)
			fields, ok := named.Type.(*ast.StructType)
			if !ok {
				continue
			}
			for _, field := range fields.Fields.List {
				match := since.FindStringSubmatch(field.Doc.Text())
				if match == nil || len(field.Names) == 0 {
					continue
				}
				list := found[intercom.APIVersion(match[1])]
				to := &list.answers
				if strings.HasSuffix(named.Name.Name, "Params") {
					to = &list.requests
				}
				name := "." + field.Names[0].Name // One after another of a type has its name left out.
				if !slices.ContainsFunc(*to, func(n string) bool { return strings.HasPrefix(n, named.Name.Name+".") }) {
					name = named.Name.Name + name
				}
				*to = append(*to, name)
				found[intercom.APIVersion(match[1])] = list
			}
		}
	}
	require.NotEmpty(t, found)
	return found
}
