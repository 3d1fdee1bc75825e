package texts

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// markdown are the Markdown files of the repository with their text, by path
// below the root.
func markdown(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == ".git" {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".md" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, path)
		found[filepath.ToSlash(below)] = string(text)
		return err
	})
	require.NoError(t, err)
	require.Contains(t, found, "README.md")
	return found
}

var (
	fence  = regexp.MustCompile("(?ms)^[ \t]*```.*?^[ \t]*```")
	mdCode = regexp.MustCompile("`[^`\n]+`")
)

// The list of texts lists them all.
func TestDocsAreListed(t *testing.T) {
	t.Parallel()
	files := markdown(t)
	for _, folder := range []string{"docs", "examples"} {
		list := files[folder+"/README.md"]
		for name := range files {
			if below, ok := strings.CutPrefix(name, folder+"/"); ok && below != "README.md" && !strings.Contains(below, "/") {
				assert.Contains(t, list, "]("+below+")", "%s/README.md", folder)
			}
		}
	}
	examples, err := os.ReadDir(filepath.Join(root, "examples"))
	require.NoError(t, err)
	for _, example := range examples {
		if example.IsDir() {
			assert.Contains(t, files["examples/README.md"], "]("+example.Name()+")", "examples/README.md")
		}
	}
}

// Names in the code spans of Markdown exist: `intercom.WithRegion`,
// `client.Contacts.All`, `intercomtest.New`. A table beside another library
// names that one's first.
func TestNamesInMarkdownExist(t *testing.T) {
	t.Parallel()
	found := packages(t)
	name := regexp.MustCompile(`\b((?:intercom|intercomtest|webhook|client)(?:\.[A-Z]\w*)+)`)
	checked := 0
	for file, text := range markdown(t) {
		for line := range strings.Lines(fence.ReplaceAllString(text, "")) {
			if cells := strings.Split(line, "|"); strings.HasSuffix(file, "migration.md") && len(cells) > 2 {
				line = strings.Join(cells[2:], "|")
			}
			for _, span := range mdCode.FindAllString(line, -1) {
				for _, match := range name.FindAllStringSubmatch(span, -1) {
					if match[1] == "client.A.B" {
						continue // It stands for any.
					}
					checked++
					assert.True(t, exists(found, found["intercom"], match[1]), "%s: there is no %s", file, match[1])
				}
			}
		}
	}
	assert.Greater(t, checked, 100)
}

// No text says that something is left to do.
func TestTextsAreFinished(t *testing.T) {
	t.Parallel()
	for file, text := range markdown(t) {
		for _, word := range []string{"TODO", "FIXME", "XXX"} {
			assert.NotContains(t, text, word, file)
		}
	}
}
