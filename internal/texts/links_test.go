package texts

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	mdLink   = regexp.MustCompile(`\[[^\]]*\]\(([^)\s]+)\)`)
	mdTitle  = regexp.MustCompile(`(?m)^#+ +(.*)$`)
	noAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchor is what a heading is reached by.
func anchor(title string) string {
	return strings.ReplaceAll(noAnchor.ReplaceAllString(strings.ToLower(title), ""), " ", "-")
}

// Links in Markdown lead to files, folders and headings that there are, and URLs
// are well-formed.
func TestLinks(t *testing.T) {
	t.Parallel()
	files := markdown(t)
	links := 0
	for name, text := range files {
		for _, match := range mdLink.FindAllStringSubmatch(mdCode.ReplaceAllString(fence.ReplaceAllString(text, ""), ""), -1) {
			links++
			target, err := url.Parse(match[1])
			require.NoError(t, err, name)
			if target.Scheme != "" {
				checkURL(t, name, target)
				continue
			}
			to := name
			if target.Path != "" {
				to = filepath.ToSlash(filepath.Join(filepath.Dir(name), target.Path))
				_, err = os.Stat(filepath.Join(root, to))
				require.NoError(t, err, "%s: the link %s leads nowhere", name, match[1])
			}
			if target.Fragment != "" {
				assert.Contains(t, anchors(files[to]), target.Fragment, "%s: the link %s leads to no heading", name, match[1])
			}
		}
	}
	assert.Greater(t, links, 50)
}

func anchors(text string) (found []string) {
	for _, match := range mdTitle.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		found = append(found, anchor(match[1]))
	}
	return found
}

// checkURL looks at a URL's form, and whether a package of ours that it leads to
// is there.
func checkURL(t *testing.T, name string, target *url.URL) {
	t.Helper()
	assert.Equal(t, "https", target.Scheme, "%s: %s", name, target)
	assert.NotEmpty(t, target.Host, "%s: %s", name, target)
	const module = "/github.com/seed-8b687bef/intercom-go"
	if below, ok := strings.CutPrefix(target.Path, module); ok && target.Host == "pkg.go.dev" {
		_, err := os.Stat(filepath.Join(root, below))
		require.NoError(t, err, "%s: %s", name, target)
	}
}

func TestAnchors(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"api-versions", "whats-safe-to-log", "a_b-c"}, anchors("# API versions\n\n```\n# no heading\n```\n## What's safe to log?\n### A_b `c`\n"))
}
