package webhook_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/seed-8b687bef/intercom-go/webhook"
)

const secret = "a client secret for tests"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sample reads a file of testdata.
func sample(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(tb, err)
	return data
}

// post is a request as Intercom sends it.
func post(body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/intercom", bytes.NewReader(body))
	r.Header.Set(webhook.SignatureHeader, webhook.Sign(secret, body))
	return r
}

// sentBody is the body of a request that is made once, again and again.
type sentBody struct{ bytes.Reader }

// Close implements io.Closer.
func (*sentBody) Close() error { return nil }
