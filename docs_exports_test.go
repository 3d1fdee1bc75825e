package intercom_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// The functions below hold the code of docs/exports.md.

func docsExportRun(ctx context.Context, client *intercom.Client, now time.Time, file io.Writer, log *log.Logger) error {
	job, err := client.Export.Run(ctx, intercom.ExportCreateParams{
		CreatedAtAfter:  intercom.TimestampOf(now.AddDate(0, 0, -7)),
		CreatedAtBefore: intercom.TimestampOf(now),
	}, file, intercom.WithExportProgress(func(p intercom.ExportProgress) {
		log.Printf("%s: %d bytes", p.Job.Status, p.Written)
	}))
	switch {
	case errors.Is(err, intercom.ErrExportNoData):
		return nil // Nobody got a message in that time.
	case intercom.IsJobPending(err):
		return fmt.Errorf("another export is running: %w", err)
	case err != nil && job != nil:
		return fmt.Errorf("export %s: %w", job.ID, err) // It can be read later, or canceled.
	case err != nil:
		return err
	}
	return nil
}

func docsExportRows(ctx context.Context, client *intercom.Client, job *intercom.ExportJob, clicks map[string]int) error {
	if _, err := client.Export.Wait(ctx, job.ID); err != nil {
		return err
	}
	for row, err := range client.Export.Rows(ctx, job.ID) {
		if err != nil {
			return err
		}
		if !row.FirstClick.IsZero() {
			clicks[row.ContentTitle]++
		}
	}
	return nil
}

func docsExportFiles(ctx context.Context, client *intercom.Client, job *intercom.ExportJob, clicks map[string]int) error {
	for file, err := range client.Export.Files(ctx, job.ID) {
		if err != nil {
			return err
		}
		if !strings.HasPrefix(file.Name, "click") {
			continue
		}
		for row, err := range file.Rows() {
			if err != nil {
				return err
			}
			clicks[row.ReceiptID]++ // Every click, not just the first.
		}
	}
	return nil
}

func docsExportSkip(ctx context.Context, client *intercom.Client, jobID string, done int, handle func(intercom.ExportRow) error) (int, error) {
	n := 0
	for row, err := range client.Export.Rows(ctx, jobID) {
		if err != nil {
			return done, err
		}
		if n++; n <= done {
			continue
		}
		if err := handle(row); err != nil {
			return done, err
		}
		done = n
	}
	return done, nil
}

func docsAttachment(ctx context.Context, client *intercom.Client, attachment intercom.Attachment, file io.Writer) error {
	content, err := client.DownloadAttachment(ctx, attachment.URL)
	if err != nil {
		return err
	}
	defer content.Close()
	_, err = io.Copy(file, content)
	return err
}

func TestDocsExports(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, now := t.Context(), time.Now()
		_, client := exportWorkspace(t, 3)
		var file, told bytes.Buffer
		require.NoError(t, docsExportRun(ctx, client, now, &file, log.New(&told, "", 0)))
		assert.Equal(t, 4, strings.Count(file.String(), "\n"))
		assert.Contains(t, told.String(), "in_progress: 0 bytes\n")
		require.NoError(t, docsExportRun(ctx, client, now.AddDate(-1, 0, 0), &file, log.New(&told, "", 0)), "nothing to export")

		job, err := client.Export.Create(ctx, intercom.ExportCreateParams{
			CreatedAtAfter: intercom.TimestampOf(now.AddDate(0, 0, -1)), CreatedAtBefore: intercom.TimestampOf(now),
		})
		require.NoError(t, err)
		require.ErrorContains(t, docsExportRun(ctx, client, now, &file, log.New(&told, "", 0)), "another export is running")
		clicks := map[string]int{}
		require.NoError(t, docsExportRows(ctx, client, job, clicks))
		assert.Empty(t, clicks)

		stop, handled := errors.New("stopped"), 0
		count := func(intercom.ExportRow) error {
			if handled++; handled == 2 {
				return stop
			}
			return nil
		}
		done, err := docsExportSkip(ctx, client, job.ID, 0, count)
		require.ErrorIs(t, err, stop)
		assert.Equal(t, 1, done)
		done, err = docsExportSkip(ctx, client, job.ID, done, count)
		require.NoError(t, err)
		assert.Equal(t, 3, done)
		assert.Equal(t, 4, handled, "the second one twice, because it was not done")
	})

	clicks := map[string]int{}
	require.NoError(t, docsExportFiles(t.Context(), clientOf(t, answer(archived(t))), &intercom.ExportJob{ID: "hb3k9qv2"}, clicks))
	assert.Equal(t, map[string]int{"41": 2}, clicks)

	var file bytes.Buffer
	require.NoError(t, docsAttachment(t.Context(), clientOf(t, answer("mast")), intercom.Attachment{URL: attachmentURL}, &file))
	assert.Equal(t, "mast", file.String())
	gone := clientOf(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	require.Error(t, docsAttachment(t.Context(), gone, intercom.Attachment{URL: attachmentURL}, &file))
}
