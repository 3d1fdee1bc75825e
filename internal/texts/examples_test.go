package texts

import (
	"go/ast"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// frame are the parts of the package beside its services that the package page
// shows at work.
var frame = []string{
	"", "_pagination", "_search", "_sync", "_testing",
	"NewClient", "Client_With", "Client_Do", "WithVersion", "WithRetry", "WithReplay", "WithCallHook", "WithResponse", "NewLimiter",
	"Error", "Error_LogValue", "HasCode", "ExistingContactID", "PageError", "VersionError",
	"And", "Field", "Collect", "First", "Filter", "Opt", "CustomAttributes", "Timestamp", "Extra",
}

// The package page shows an example for every service and for the frame.
func TestEverythingHasAnExample(t *testing.T) {
	t.Parallel()
	intercom := packages(t)["intercom"]
	services := 0
	for name := range intercom.names {
		if !ast.IsExported(name) || !strings.HasSuffix(name, "Service") {
			continue
		}
		services++
		found := intercom.examples[name]
		for example := range intercom.examples {
			found = found || strings.HasPrefix(example, name+"_")
		}
		assert.True(t, found, "%s has no example", name)
	}
	require.Greater(t, services, 30)
	for _, name := range frame {
		assert.True(t, intercom.examples[name], "there is no Example%s", name)
	}
	for _, name := range []string{"intercomtest", "webhook"} {
		assert.True(t, packages(t)[name].examples[""], "package %s has no example", name)
	}
}
