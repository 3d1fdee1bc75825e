package intercomtest_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// exported is a job for the messages of the last hour.
func exported(srv *intercomtest.Server) intercom.ExportCreateParams {
	now := srv.Now()
	return intercom.ExportCreateParams{
		CreatedAtAfter: intercom.TimestampOf(now.Add(-time.Hour)), CreatedAtBefore: intercom.TimestampOf(now.Add(time.Hour)),
	}
}

func TestExportLife(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx, reader := t.Context(), skipper(srv)
		old := intercomtest.Message{To: []string{reader.ID}}
		old.CreatedAt = intercom.TimestampOf(srv.Now().Add(-2 * time.Hour))
		fresh := intercomtest.Message{To: []string{reader.ID, "gone"}}
		fresh.ID, fresh.MessageType, fresh.Subject = "55", intercom.MessageTypeEmail, "Low, low tide"
		srv.Seed(old, fresh)

		job, err := client.Export.Create(ctx, exported(srv))
		require.NoError(t, err)
		assert.Equal(t, intercom.ExportStatusPending, job.Status)
		assert.Empty(t, job.DownloadURL)
		_, err = client.Export.Create(ctx, exported(srv))
		var e *intercom.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 429, e.StatusCode)
		assert.False(t, intercom.IsRateLimited(err), "one job at a time is no rate limit")
		_, err = client.Export.Download(ctx, job.ID)
		assert.True(t, intercom.IsNotFound(err), err)

		srv.Advance(3 * time.Second)
		job, err = client.Export.Get(ctx, job.ID)
		require.NoError(t, err)
		assert.Equal(t, intercom.ExportStatusInProgress, job.Status)
		srv.Advance(3 * time.Second)
		job, err = client.Export.Get(ctx, job.ID)
		require.NoError(t, err)
		assert.Equal(t, intercom.ExportStatusCompleted, job.Status)
		assert.Equal(t, srv.URL+"/download/content/data/"+job.ID, job.DownloadURL)

		file, err := client.Export.Download(ctx, job.ID)
		require.NoError(t, err)
		defer file.Close()
		rows, err := csv.NewReader(file).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 3)
		row := map[string]string{}
		for i, name := range rows[0] {
			row[name] = rows[1][i]
		}
		assert.Equal(t, reader.ID, row["user_id"])
		assert.Equal(t, "s-1", row["user_external_id"])
		assert.Equal(t, "skipper@tidal.example", row["email"])
		assert.Equal(t, "55", row["content_id"])
		assert.Equal(t, "email", row["content_type"])
		assert.Equal(t, "Low, low tide", row["content_title"])
		assert.Equal(t, "-1", row["company_id"])

		srv.Advance(49 * time.Hour)
		_, err = client.Export.Download(ctx, job.ID)
		assert.True(t, intercom.IsNotFound(err), "the link expired: %v", err)
		_, err = client.Export.Create(ctx, exported(srv))
		require.NoError(t, err)
	})
}

func TestExportCancelAndNoData(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	job, err := client.Export.Create(ctx, exported(srv))
	require.NoError(t, err)
	job, err = client.Export.Cancel(ctx, job.ID)
	require.NoError(t, err)
	assert.Equal(t, intercom.ExportStatusCanceled, job.Status)
	srv.Advance(time.Hour)
	job, err = client.Export.Get(ctx, job.ID)
	require.NoError(t, err)
	assert.Equal(t, intercom.ExportStatusCanceled, job.Status, "it stays so")

	job, err = client.Export.Create(ctx, exported(srv))
	require.NoError(t, err)
	srv.Advance(time.Minute)
	job, err = client.Export.Get(ctx, job.ID)
	require.NoError(t, err)
	assert.Equal(t, intercom.ExportStatusNoData, job.Status)
	assert.Equal(t, []intercom.ExportStatus{"canceled", "no_data"}, []intercom.ExportStatus{srv.ExportJobs()[0].Status, srv.ExportJobs()[1].Status})
	_, err = client.Export.Get(ctx, "404")
	assert.True(t, intercom.IsNotFound(err), err)
}

func TestExportSpan(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	for body, field := range map[string]string{
		`{"created_at_before":1700000000}`:                                "created_at_after",
		`{"created_at_after":1700000000,"created_at_before":1600000000}`:  "created_at_before",
		`{"created_at_after":"yesterday","created_at_before":1600000000}`: "created_at_after",
	} {
		resp, text := send(t, srv, "POST", "/export/content/data", body)
		assert.Equal(t, 400, resp.StatusCode)
		assert.Contains(t, text, `"field":"`+field+`"`)
	}
}

func TestExportDownloadNeedsItsHeader(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	srv.Seed(intercomtest.Message{To: []string{skipper(srv).ID}}, intercom.ExportJob{ID: "job"})
	srv.Advance(time.Minute)
	resp, _ := send(t, srv, "GET", "/download/content/data/job", "", "Accept", "application/json")
	assert.Equal(t, 406, resp.StatusCode)
	resp, text := send(t, srv, "GET", "/download/content/data/job", "", "Accept", "application/octet-stream")
	assert.Equal(t, 200, resp.StatusCode)
	assert.Equal(t, "application/octet-stream", resp.Header.Get("Content-Type"))
	assert.True(t, strings.HasPrefix(text, "\x1f\x8b"), "it is packed by gzip")
}

func TestExportNamesTheCompany(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.Seed(
		intercom.Company{ID: "co"}, intercom.Contact{ID: "1", Companies: &intercom.LinkList{Data: []intercom.Link{{ID: "co"}}}},
		intercom.Contact{ID: "lead", Role: intercom.ContactRoleLead},
		intercomtest.Message{Message: intercom.Message{ID: "5", Subject: "Ahoy"}, To: []string{"1", "lead"}},
		intercom.ExportJob{ID: "done", Status: intercom.ExportStatusCompleted},
	)
	_, err := client.Contacts.Merge(t.Context(), intercom.ContactMergeParams{From: "lead", Into: "1"})
	require.NoError(t, err)
	srv.Seed(intercom.ExportJob{ID: "later", Status: intercom.ExportStatusCompleted})
	for job, want := range map[string][]string{"done": {"1 co", "lead -1"}, "later": {"1 co", "1 co"}} {
		var got []string
		for row, err := range client.Export.Rows(t.Context(), job) {
			require.NoError(t, err)
			got = append(got, row.UserID+" "+row.CompanyID)
		}
		assert.Equal(t, want, got, "who it was when the file was written")
	}
}

func TestSeededExportIsDone(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		srv.Seed(
			intercom.ExportJob{ID: "done", Status: intercom.ExportStatusCompleted},
			intercom.Contact{ID: "1", Email: "ada@tidal.example"},
			intercomtest.Message{Message: intercom.Message{ID: "5", Body: "Ahoy"}, To: []string{"1"}},
		)
		var emails []string
		for row, err := range client.Export.Rows(t.Context(), "done") {
			require.NoError(t, err)
			emails = append(emails, row.Email)
		}
		assert.Equal(t, []string{"ada@tidal.example"}, emails)
		srv.Advance(365 * 24 * time.Hour)
		_, err := client.Export.Download(t.Context(), "done")
		assert.True(t, intercom.IsNotFound(err), "%v", err)
	})
}
