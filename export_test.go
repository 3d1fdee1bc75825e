package intercom_test

import (
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

func TestExportSend(t *testing.T) {
	t.Parallel()
	for op, c := range map[*operations.Operation]sent{
		operations.ExportGet: {
			call: func(ctx context.Context, c *intercom.Client) error { return first(c.Export.Get(ctx, "hb3k9qv2")) },
			path: "/export/content/data/hb3k9qv2",
		},
		operations.ExportCreate: {
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.Export.Create(ctx, intercom.ExportCreateParams{CreatedAtAfter: at(1719400000), CreatedAtBefore: at(1719571111)}))
			},
			path: "/export/content/data",
			body: `{"created_at_after": 1719400000, "created_at_before": 1719571111}`,
		},
		operations.ExportCancel: {
			call: func(ctx context.Context, c *intercom.Client) error { return first(c.Export.Cancel(ctx, "hb3k9qv2")) },
			path: "/export/cancel/hb3k9qv2",
		},
	} {
		t.Run(op.Name, func(t *testing.T) {
			t.Parallel()
			c.check(t, op)
		})
	}
}

func TestExportSamples(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "export/pending.json")))
	job, err := client.Export.Create(t.Context(), intercom.ExportCreateParams{CreatedAtAfter: at(1719400000), CreatedAtBefore: at(1719571111)})
	require.NoError(t, err)
	assert.Equal(t, "hb3k9qv2", job.ID)
	assert.Equal(t, intercom.ExportStatusPending, job.Status)
	assert.True(t, job.DownloadExpiresAt.IsZero())

	client = clientOf(t, answer(sample(t, "export/completed.json")))
	job, err = client.Export.Get(t.Context(), "hb3k9qv2")
	require.NoError(t, err)
	assert.Equal(t, intercom.ExportStatusCompleted, job.Status)
	assert.Equal(t, at(1719744000), job.DownloadExpiresAt)
}

func TestExportRefuses(t *testing.T) {
	t.Parallel()
	for want, call := range map[string]func(context.Context, *intercom.Client) error{
		"Export.Create: created_at_after is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Export.Create(ctx, intercom.ExportCreateParams{CreatedAtBefore: at(1)}))
		},
		"Export.Create: created_at_before is required": func(ctx context.Context, c *intercom.Client) error {
			return first(c.Export.Create(ctx, intercom.ExportCreateParams{CreatedAtAfter: at(1)}))
		},
		"Export.Get: job_identifier is empty":      func(ctx context.Context, c *intercom.Client) error { return first(c.Export.Get(ctx, "")) },
		"Export.Cancel: job_identifier is empty":   func(ctx context.Context, c *intercom.Client) error { return first(c.Export.Cancel(ctx, "")) },
		"Export.Download: job_identifier is empty": func(ctx context.Context, c *intercom.Client) error { return first(c.Export.Download(ctx, "")) },
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			assert.ErrorContains(t, refused(t, call), "intercom: "+want)
		})
	}
}

func TestASecondExportJobIsNoRateLimit(t *testing.T) {
	t.Parallel()
	calls := 0
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, `{"type": "error.list", "errors": [{"code": "export_job_exists", "message": "one at a time"}]}`)
	}, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3, MinBackoff: 1, MaxBackoff: 1}))
	_, err := client.Export.Create(t.Context(), intercom.ExportCreateParams{CreatedAtAfter: at(1), CreatedAtBefore: at(2)})
	require.Error(t, err)
	assert.False(t, intercom.IsRateLimited(err))
	assert.True(t, intercom.IsJobPending(err))
	assert.Equal(t, 1, calls)
}

func TestIsJobPending(t *testing.T) {
	t.Parallel()
	assert.False(t, intercom.IsJobPending(nil))
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-RateLimit-Limit", "160")
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, `{"type": "error.list", "errors": [{"code": "rate_limit_exceeded", "message": "slow down"}]}`)
	})
	_, err := client.Export.Create(t.Context(), intercom.ExportCreateParams{CreatedAtAfter: at(1), CreatedAtBefore: at(2)})
	assert.True(t, intercom.IsRateLimited(err))
	assert.False(t, intercom.IsJobPending(err))
}

// roundTrip is a transport made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
