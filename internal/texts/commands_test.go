package texts

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	require.NoError(t, err)
	return string(text)
}

// targets are the targets of the Makefile with the sentence that explains each.
func targets(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	makefile := read(t, "Makefile")
	for _, match := range regexp.MustCompile(`(?m)^\.PHONY: (.*)$`).FindAllStringSubmatch(makefile, -1) {
		for name := range strings.FieldsSeq(match[1]) {
			found[name] = ""
		}
	}
	for _, match := range regexp.MustCompile(`(?m)^([a-z-]+):.*## (.*)$`).FindAllStringSubmatch(makefile, -1) {
		found[match[1]] = match[2]
	}
	return found
}

func TestTargetsExplainThemselves(t *testing.T) {
	t.Parallel()
	found := targets(t)
	for _, name := range []string{"help", "demo", "test", "lint", "generate", "bench", "fuzz", "cover", "docs"} {
		assert.Contains(t, found, name)
	}
	for name, sentence := range found {
		assert.NotEmpty(t, sentence, "make %s is not explained", name)
		assert.LessOrEqual(t, len(sentence), 80, "make %s", name)
	}
}

var (
	makeCommand = regexp.MustCompile("(?m)(?:^\\s*|`)make ([a-z-]+)")
	runCommand  = regexp.MustCompile(`go run (?:-C )?\.?/?(examples/[\w-]+)`)
	testCommand = regexp.MustCompile(`-run '?\^?(Test\w+)`)
)

// Commands in texts are there: targets of the Makefile, examples, tests.
func TestCommandsExist(t *testing.T) {
	t.Parallel()
	known, tests := targets(t), allTests(t)
	for name, text := range markdown(t) {
		for _, match := range makeCommand.FindAllStringSubmatch(text, -1) {
			assert.Contains(t, known, match[1], "%s: make %s", name, match[1])
		}
		for _, match := range runCommand.FindAllStringSubmatch(text, -1) {
			_, err := os.Stat(filepath.Join(root, match[1], "main.go"))
			require.NoError(t, err, name)
		}
		for _, match := range testCommand.FindAllStringSubmatch(text, -1) {
			assert.Contains(t, tests, "func "+match[1]+"(", name)
		}
	}
}

// allTests is the source of the tests of the root, which texts name.
func allTests(t *testing.T) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, "*_test.go"))
	require.NoError(t, err)
	var source strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		source.Write(text)
	}
	return source.String()
}

// What the README tells people to run is what CI runs, and the workflow runs
// what CI runs elsewhere.
func TestCommandsAreThoseOfCI(t *testing.T) {
	t.Parallel()
	commands := makeCommand.FindAllStringSubmatch(read(t, "README.md"), -1)
	require.NotEmpty(t, commands)
	ci := read(t, ".ci/run")
	for _, match := range commands {
		assert.Regexp(t, `(?m)^make `+match[1]+`\b`, ci)
	}
	assert.Contains(t, read(t, ".github/workflows/ci.yml"), "run: bash .ci/run")
}

// The oldest version of Go that the library takes is the same everywhere.
func TestGoVersionIsTheSame(t *testing.T) {
	t.Parallel()
	match := regexp.MustCompile(`(?m)^go (1\.\d+)`).FindStringSubmatch(read(t, "go.mod"))
	require.NotNil(t, match)
	for _, name := range []string{"README.md", "CONTRIBUTING.md"} {
		assert.Contains(t, read(t, name), "Go "+match[1], name)
	}
	assert.Contains(t, read(t, ".github/workflows/ci.yml"), match[1])
}

// The library's version stands in one place, and the changelog knows it.
func TestVersionIsInTheChangelog(t *testing.T) {
	t.Parallel()
	match := regexp.MustCompile(`(?m)^const Version = "(\d+\.\d+\.\d+)"$`).FindStringSubmatch(read(t, "version.go"))
	require.NotNil(t, match)
	changelog := read(t, "CHANGELOG.md")
	assert.Contains(t, changelog, "## [Unreleased]")
	for _, p := range packages(t) {
		for name := range p.files {
			if filepath.Join(p.dir, name) != "version.go" {
				assert.NotContains(t, read(t, filepath.Join(p.dir, name)), `"`+match[1]+`"`, name)
			}
		}
	}
}
