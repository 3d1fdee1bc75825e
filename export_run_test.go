package intercom_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// exportSpan is a span of time to export.
var exportSpan = intercom.ExportCreateParams{CreatedAtAfter: at(1719400000), CreatedAtBefore: at(1719571111)}

// exportWorkshop runs one job through the statuses and then gives the downloads,
// the last one again and again.
func exportWorkshop(t *testing.T, statuses []string, downloads ...func() io.Reader) *intercom.Client {
	t.Helper()
	asked, begun := 0, 0
	reply := func(r *http.Request, header http.Header, body io.Reader) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: header, Body: io.NopCloser(body), Request: r}, nil
	}
	return clientOf(t, nil, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 2}),
		intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			if strings.HasPrefix(r.URL.Path, "/download/") {
				body := downloads[min(begun, len(downloads)-1)]()
				begun++
				return reply(r, http.Header{"Content-Length": {"4711"}}, body)
			}
			status := "pending"
			if r.Method == http.MethodGet {
				status = statuses[min(asked, len(statuses)-1)]
				asked++
			}
			return reply(r, http.Header{}, strings.NewReader(`{"job_identifier": "hb3k9qv2", "status": "`+status+`"}`))
		})}))
}

// again gives a text as often as it is asked for.
func again(text string) func() io.Reader { return func() io.Reader { return strings.NewReader(text) } }

func TestExportRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		text := rows()
		file := packed(t, text, 1)
		client := exportWorkshop(t, []string{"in_progress", "completed"}, again(file))
		var out bytes.Buffer
		var seen []intercom.ExportProgress
		began := time.Now()
		job, err := client.Export.Run(t.Context(), exportSpan, &out,
			intercom.WithExportProgress(func(p intercom.ExportProgress) { seen = append(seen, p) }))
		require.NoError(t, err)
		assert.Equal(t, intercom.ExportStatusCompleted, job.Status)
		assert.Equal(t, text, out.String())
		assert.Equal(t, 2500*time.Millisecond, time.Since(began), "a new job is not asked for at once")
		require.Len(t, seen, 4)
		for i, want := range []intercom.ExportStatus{"pending", "in_progress", "completed", "completed"} {
			assert.Equal(t, want, seen[i].Job.Status)
		}
		assert.Equal(t, intercom.ExportProgress{Job: job, Written: int64(len(text)), Received: int64(len(file)), Size: 4711}, seen[3])
	})
}

func TestExportRunReportsWhileItDownloads(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := func() io.Reader {
			body, server := io.Pipe()
			go func() {
				for range 10 {
					time.Sleep(60 * time.Millisecond)
					_, _ = io.WriteString(server, "u1\n")
				}
				_ = server.Close()
			}()
			return body
		}
		client := exportWorkshop(t, []string{"completed"}, slow)
		var written []int64
		_, err := client.Export.Run(t.Context(), exportSpan, io.Discard,
			intercom.WithExportProgress(func(p intercom.ExportProgress) { written = append(written, p.Written) }))
		require.NoError(t, err)
		assert.Equal(t, []int64{0, 0, 6, 12, 18, 24, 30, 30}, written, "every 100 ms and at the end")
	})
}

func TestExportRunGoesOnWhereItBroke(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		text := rows()
		client := exportWorkshop(t, []string{"completed"}, func() io.Reader { return broken(text, 0.7) }, again(text))
		var out bytes.Buffer
		_, err := client.Export.Run(t.Context(), exportSpan, &out)
		require.NoError(t, err)
		assert.Equal(t, text, out.String())

		// Where it can't go on, what was written is right and its length is said.
		client = exportWorkshop(t, []string{"completed"}, func() io.Reader { return broken(text, 0.7) })
		out.Reset()
		job, err := client.Export.Run(t.Context(), exportSpan, &out)
		var failure *intercom.ExportReadError
		require.ErrorAs(t, err, &failure)
		assert.Equal(t, intercom.ExportReadError{Method: "Export.Run", Bytes: int64(out.Len()), Downloads: 2, Err: failure.Err}, *failure)
		assert.True(t, strings.HasPrefix(text, out.String()))
		assert.Equal(t, "hb3k9qv2", job.ID)
	})
}

func TestExportRunEndsWithoutAFile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for status, want := range map[string]error{"no_data": intercom.ErrExportNoData, "failed": nil} {
			var out bytes.Buffer
			job, err := exportWorkshop(t, []string{"pending", status}).Export.Run(t.Context(), exportSpan, &out)
			var outcome *intercom.ExportJobError
			require.ErrorAs(t, err, &outcome)
			assert.Same(t, job, outcome.Job)
			assert.Equal(t, want != nil, errors.Is(err, intercom.ErrExportNoData))
			assert.Zero(t, out.Len())
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		job, err := exportWorkshop(t, []string{"in_progress"}).Export.Run(ctx, exportSpan, io.Discard)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, "hb3k9qv2", job.ID, "so that it can be waited for")
	})
}

// writers that fail in the ways that writers do.
type shortWriter struct{}

func (shortWriter) Write(p []byte) (int, error) { return len(p) / 2, nil }

func TestExportRunTellsOfItsWriter(t *testing.T) {
	t.Parallel()
	full := errors.New("no space left")
	client := exportWorkshop(t, []string{"completed"}, again("user_id\nu1\n"))
	params, opts := exportSpan, intercom.WithPollInterval(1, 1)
	_, err := client.Export.Run(t.Context(), params, writerFunc(func([]byte) (int, error) { return 3, full }), opts)
	require.ErrorIs(t, err, full)
	require.EqualError(t, err, "intercom: Export.Run: writing failed after 3 bytes: no space left")
	_, err = client.Export.Run(t.Context(), params, shortWriter{}, opts)
	require.ErrorIs(t, err, io.ErrShortWrite)
	_, err = client.Export.Run(t.Context(), params, nil, opts)
	require.EqualError(t, err, "intercom: Export.Run: the writer is nil")
	_, err = clientOf(t, answer("{}")).Export.Run(t.Context(), params, io.Discard)
	require.ErrorContains(t, err, "did not name the job")
	_, err = client.Export.Run(t.Context(), intercom.ExportCreateParams{}, io.Discard)
	require.ErrorContains(t, err, "created_at_after is required")
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// exportWorkspace is a workspace in which everybody got a message.
func exportWorkspace(t *testing.T, contacts int, opts ...intercomtest.Option) (*intercomtest.Server, *intercom.Client) {
	t.Helper()
	server := intercomtest.NewServer(append(opts, intercomtest.WithoutSocket())...)
	t.Cleanup(server.Close)
	client, err := server.Client(intercom.WithRetry(intercom.RetryPolicy{MinBackoff: 1, MaxBackoff: 1}))
	require.NoError(t, err)
	me, err := client.Admins.Me(t.Context())
	require.NoError(t, err)
	for i := range contacts {
		contact, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{
			Role: intercom.ContactRoleUser, Email: "crew" + strconv.Itoa(i) + "@harbour.test",
		})
		require.NoError(t, err)
		_, err = client.Messages.Create(t.Context(), intercom.MessageCreateParams{
			MessageType: intercom.MessageTypeEmail, Subject: "Tides, part " + strconv.Itoa(i), Body: "High water at noon.",
			Template: intercom.MessageTemplatePlain,
			From:     intercom.MessageSender{ID: me.ID},
			To:       []intercom.MessageRecipient{{Type: intercom.ContactRoleUser, ID: contact.ID}},
		})
		require.NoError(t, err)
	}
	return server, client
}

func TestExportOfAFakeWorkspace(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]intercomtest.Option{"plain": {intercomtest.WithoutQuirks()}, "with quirks": {intercomtest.WithQuirks()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server, client := exportWorkspace(t, 30, opts...)
				span := intercom.ExportCreateParams{
					CreatedAtAfter:  intercom.TimestampOf(time.Now().Add(-time.Hour)),
					CreatedAtBefore: intercom.TimestampOf(time.Now().Add(time.Hour)),
				}
				job, err := client.Export.Create(t.Context(), span)
				require.NoError(t, err)
				_, err = client.Export.Create(t.Context(), span)
				assert.True(t, intercom.IsJobPending(err), "%v", err)

				_, err = client.Export.Download(t.Context(), job.ID)
				assert.True(t, intercom.IsNotFound(err), "not yet: %v", err)
				_, err = client.Export.Wait(t.Context(), job.ID)
				require.NoError(t, err)
				server.Inject(intercomtest.Fault{Operation: "Export.Download", Cut: true})
				n := 0
				for row, err := range client.Export.Rows(t.Context(), job.ID) {
					require.NoError(t, err)
					assert.Equal(t, "crew"+strconv.Itoa(n)+"@harbour.test", row.Email)
					assert.False(t, row.ReceivedAt.IsZero())
					n++
				}
				assert.Equal(t, 30, n)

				server.Advance(3 * 24 * time.Hour)
				for _, err := range client.Export.Rows(t.Context(), job.ID) {
					assert.True(t, intercom.IsNotFound(err), "expired: %v", err)
				}
				var out bytes.Buffer
				_, err = client.Export.Run(t.Context(), span, &out)
				require.NoError(t, err)
				assert.Equal(t, 31, strings.Count(out.String(), "\n"))

				_, err = client.Export.Run(t.Context(), intercom.ExportCreateParams{CreatedAtAfter: at(1), CreatedAtBefore: at(2)}, &out)
				require.ErrorIs(t, err, intercom.ErrExportNoData)
			})
		})
	}
}
