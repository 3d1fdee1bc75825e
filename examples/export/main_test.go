package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestMain(m *testing.M) {
	_ = os.Unsetenv("INTERCOM_ACCESS_TOKEN") // The tests export from the fake only.
	os.Exit(m.Run())
}

func TestRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		name := filepath.Join(t.TempDir(), "messages.csv")
		var out, told bytes.Buffer
		require.NoError(t, run(t.Context(), []string{"-o", name, "-days", "7"}, &out, &lines{out: &told}))
		assert.Contains(t, out.String(), "Wrote "+name)
		file, err := os.Open(name)
		require.NoError(t, err)
		defer func() { _ = file.Close() }()
		rows, err := csv.NewReader(file).ReadAll()
		require.NoError(t, err)
		assert.Len(t, rows, 301)
		begun := strings.Split(strings.TrimSpace(told.String()), "\n")
		require.Len(t, begun, 4)
		assert.Equal(t, []string{"waiting for the job to begin", "the job is running", "the job has ended: completed"}, begun[:3])
		assert.Regexp(t, `^downloading, \d+ bytes so far$`, begun[3])
		left, err := os.ReadDir(filepath.Dir(name))
		require.NoError(t, err)
		assert.Len(t, left, 1, "nothing is left but the file")
	})
}

func TestRunIsInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		err := run(ctx, []string{"-o", filepath.Join(folder, "messages.csv")}, io.Discard, &lines{out: io.Discard})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		left, err := os.ReadDir(folder)
		require.NoError(t, err)
		assert.Empty(t, left, "no half of a file")
	})
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	require.Error(t, run(t.Context(), []string{"-days", "0"}, io.Discard, &lines{out: io.Discard}))
	require.Error(t, run(t.Context(), []string{"-nights", "1"}, io.Discard, &lines{out: io.Discard}))
	require.NoError(t, run(t.Context(), []string{"-help"}, io.Discard, &lines{out: io.Discard}))
}

func TestBar(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	b := &bar{out: &out}
	b.end()
	job := &intercom.ExportJob{Status: intercom.ExportStatusPending}
	b.show(intercom.ExportProgress{Job: job})
	job.Status = intercom.ExportStatusInProgress
	b.show(intercom.ExportProgress{Job: job})
	job.Status = intercom.ExportStatusCompleted
	b.show(intercom.ExportProgress{Job: job})
	b.show(intercom.ExportProgress{Job: job, Written: 900, Received: 50, Size: 200})
	b.show(intercom.ExportProgress{Job: job, Written: 3600, Received: 200, Size: 200})
	b.end()
	for _, part := range []string{"waiting for the job to begin", "downloading", "25%"} {
		assert.Contains(t, out.String(), part)
	}
}
