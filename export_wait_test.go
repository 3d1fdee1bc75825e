package intercom_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// jobServer answers with one status after the other, the last one for ever, and
// counts. A number is a failure with that status.
func jobServer(t *testing.T, asked *int, statuses ...any) *intercom.Client {
	t.Helper()
	return clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		status := statuses[min(*asked, len(statuses)-1)]
		*asked++
		assert.Equal(t, "/export/content/data/hb3k9qv2", r.URL.Path)
		if code, ok := status.(int); ok {
			w.WriteHeader(code)
			return
		}
		_, _ = io.WriteString(w, `{"job_identifier": "hb3k9qv2", "status": "`+status.(string)+`"}`)
	})
}

func TestExportWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		client := jobServer(t, &asked, "pending", "pending", 503, "in_progress", "in_progress", "completed")
		var seen []intercom.ExportStatus
		began := time.Now()
		job, err := client.Export.Wait(t.Context(), "hb3k9qv2", intercom.WithExportProgress(func(p intercom.ExportProgress) {
			assert.Zero(t, p.Written)
			seen = append(seen, p.Job.Status)
		}))
		require.NoError(t, err)
		assert.Equal(t, "hb3k9qv2", job.ID)
		assert.Equal(t, []intercom.ExportStatus{"pending", "pending", "in_progress", "in_progress", "completed"}, seen)
		assert.Equal(t, 6, asked)
		// 1 s, and half more each time.
		assert.Equal(t, time.Second+1500*time.Millisecond+2250*time.Millisecond+3375*time.Millisecond+5062500*time.Microsecond, time.Since(began))
	})
}

func TestExportWaitAsksEverLessOften(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		opts  []intercom.CallOption
		asked int
	}{
		"usual": {nil, 246}, // Some 7 times up to 15 s, and then every 15 s.
		"own":   {[]intercom.CallOption{intercom.WithPollInterval(time.Minute, time.Minute)}, 60},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				client := jobServer(t, &asked, "in_progress")
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour-time.Second)
				defer cancel()
				job, err := client.Export.Wait(ctx, "hb3k9qv2", test.opts...)
				require.ErrorIs(t, err, context.DeadlineExceeded)
				assert.True(t, intercom.IsTimeout(err))
				assert.Equal(t, intercom.ExportStatusInProgress, job.Status, "the job as it was last seen")
				assert.Equal(t, "intercom: Export.Wait: the job has not ended yet: context deadline exceeded", err.Error())
				assert.InDelta(t, test.asked, asked, 2)
			})
		})
	}
}

func TestExportWaitEnds(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{
		"completed": "", "complete": "",
		"no_data":   "intercom: the export job found nothing: there were no messages in the span of time",
		"failed":    "intercom: the export job failed; create another, perhaps for a shorter span of time",
		"canceled":  "intercom: the export job was canceled",
		"cancelled": "intercom: the export job was canceled",
		"paused":    `intercom: the export job stays in the status "paused"`,
	} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				client := jobServer(t, &asked, "pending", status)
				job, err := client.Export.Wait(t.Context(), "hb3k9qv2")
				assert.Equal(t, intercom.ExportStatus(status), job.Status)
				if want == "" {
					require.NoError(t, err)
					return
				}
				var outcome *intercom.ExportJobError
				require.ErrorAs(t, err, &outcome)
				assert.Same(t, job, outcome.Job)
				assert.Equal(t, want, err.Error())
				assert.Equal(t, status == "no_data", errors.Is(err, intercom.ErrExportNoData))
				assert.False(t, intercom.IsTemporary(err))
			})
		})
	}
	assert.NotEmpty(t, (&intercom.ExportJobError{}).Error())
	assert.NotErrorIs(t, &intercom.ExportJobError{}, intercom.ErrExportNoData)
}

func TestExportWaitTakesANewStatusWithAURLForTheEnd(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{"job_identifier": "hb3k9qv2", "status": "ready", "download_url": "https://api.intercom.io/x"}`))
	job, err := client.Export.Wait(t.Context(), "hb3k9qv2")
	require.NoError(t, err)
	assert.Equal(t, intercom.ExportStatus("ready"), job.Status)
}

func TestExportWaitGivesUp(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		statuses []any
		asked    int
		check    func(error) bool
	}{
		"gone":            {[]any{"pending", 404}, 2, intercom.IsNotFound},
		"not allowed":     {[]any{401}, 1, intercom.IsUnauthorized},
		"down for long":   {[]any{"pending", 502}, 11, intercom.IsTemporary},
		"down from start": {[]any{503}, 10, intercom.IsTemporary},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				client := jobServer(t, &asked, test.statuses...)
				job, err := client.Export.Wait(t.Context(), "hb3k9qv2")
				assert.True(t, test.check(err), "%v", err)
				assert.Equal(t, test.asked, asked)
				assert.Equal(t, test.statuses[0] == "pending", job != nil)
			})
		})
	}
}

func TestExportWaitIsCanceled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		client := jobServer(t, &asked, "pending")
		ctx, cancel := context.WithCancelCause(t.Context())
		reason := errors.New("the shift is over")
		time.AfterFunc(1500*time.Millisecond, func() { cancel(reason) })
		began := time.Now()
		_, err := client.Export.Wait(ctx, "hb3k9qv2")
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, err, reason)
		assert.NotContains(t, err.Error(), "\n")
		assert.Equal(t, 1500*time.Millisecond, time.Since(began))
		assert.Equal(t, 2, asked)
	})
}

func TestExportOptionsRefuse(t *testing.T) {
	t.Parallel()
	for want, option := range map[string]intercom.CallOption{
		"WithExportProgress: the function is nil": intercom.WithExportProgress(nil),
		"WithPollInterval: 0s and 1s":             intercom.WithPollInterval(0, time.Second),
		"WithPollInterval: 2s and 1s":             intercom.WithPollInterval(2*time.Second, time.Second),
		"WithDownloadTimeouts: 0s and 1s":         intercom.WithDownloadTimeouts(0, time.Second),
		"WithDownloadTimeouts: 1s and -1s":        intercom.WithDownloadTimeouts(time.Second, -time.Second),
		"an option is nil":                        nil,
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, answer("{}"))
			_, err := client.Export.Wait(t.Context(), "hb3k9qv2", option)
			require.ErrorContains(t, err, want)
			assert.True(t, strings.HasPrefix(err.Error(), "intercom: Export."), "%v", err)
		})
	}
}
