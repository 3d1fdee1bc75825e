package intercomtest

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var exportRoom = room{
	operations.ExportCreate:   (*workspace).createExport,
	operations.ExportGet:      (*workspace).getExport,
	operations.ExportCancel:   (*workspace).cancelExport,
	operations.ExportDownload: (*workspace).downloadExport,
}

// How long a job takes, by the clock of the workspace.
const (
	exportWaits  = 2 * time.Second    // before it runs
	exportTakes  = 6 * time.Second    // from its creation to its end
	exportExpiry = 2 * 24 * time.Hour // after its end
)

// exportJob is a job that writes down who got which messages.
type exportJob struct {
	data          intercom.ExportJob
	created       time.Time
	after, before int64 // of the messages, in Unix seconds
	rows          [][]string
}

// exportColumns are the columns of the file.
var exportColumns = strings.Fields(`user_id user_external_id company_id email name ruleset_id content_id content_type
	content_title ruleset_version_id receipt_id received_at series_id series_title node_id first_reply first_completion
	first_series_completion first_series_disengagement first_series_exit first_goal_success first_open first_click
	first_dismisall first_unsubscribe first_hard_bounce`)

// seedExport adds a job. What it writes down are the messages of all times, if
// it is done already those that are seeded with it.
func (w *workspace) seedExport(j *intercom.ExportJob) (link func()) {
	fillFrom(&j.ID, w.ids.hex)
	fill(&j.Status, intercom.ExportStatusPending)
	done := j.Status == intercom.ExportStatusCompleted
	if done {
		fill(&j.DownloadExpiresAt, intercom.TimestampOf(w.clock.now().Add(exportExpiry)))
	}
	it := w.exports.put(j.ID, w.now(), exportJob{data: *j, created: w.clock.now(), before: lastSecond})
	return func() {
		if done {
			it.value.rows = w.exportRows(0, lastSecond)
		}
	}
}

// export finds a job as it is now.
func (w *workspace) export(id string) (*exportJob, error) {
	it := w.exports.get(id)
	if it == nil {
		return nil, notFound("Export job")
	}
	w.progress(&it.value)
	return &it.value, nil
}

// running tells whether a job is not done yet.
func (j *exportJob) running() bool {
	return j.data.Status == intercom.ExportStatusPending || j.data.Status == intercom.ExportStatusInProgress
}

// progress brings a job to where it is by now.
func (w *workspace) progress(j *exportJob) {
	age := w.clock.now().Sub(j.created)
	switch {
	case !j.running() || age < exportWaits:
	case age < exportTakes:
		j.data.Status = intercom.ExportStatusInProgress
	default:
		j.rows = w.exportRows(j.after, j.before)
		j.data.Status = intercom.ExportStatusNoData
		if len(j.rows) > 0 {
			j.data.Status = intercom.ExportStatusCompleted
			j.data.DownloadExpiresAt = intercom.TimestampOf(j.created.Add(exportTakes + exportExpiry))
		}
	}
}

// createExport starts a job. There is one at a time.
func (w *workspace) createExport(r *request) (any, error) {
	f := r.body
	f.require("created_at_after", "created_at_before")
	after, _ := f.moment("created_at_after").Get()
	before, _ := f.moment("created_at_before").Get()
	if before.Before(after) {
		f.fail("created_at_before", "can't lie before created_at_after")
	}
	if f.err != nil {
		return nil, f.err
	}
	for _, it := range w.exports.all() {
		if w.progress(&it.value); it.value.running() {
			return nil, refuse(http.StatusTooManyRequests, intercom.CodeRateLimitExceeded, "There is a pending export job already, wait for it or cancel it")
		}
	}
	j := exportJob{
		data:    intercom.ExportJob{ID: w.ids.hex(), Status: intercom.ExportStatusPending},
		created: w.clock.now(), after: after.Unix(), before: before.Unix(),
	}
	return w.showExport(r, &w.exports.put(j.data.ID, w.now(), j).value), nil
}

// showExport makes what is answered of a job.
func (w *workspace) showExport(r *request, j *exportJob) any {
	shown := j.data
	if j.data.Status == intercom.ExportStatusCompleted {
		shown.DownloadURL = r.base + "/download/content/data/" + j.data.ID
	}
	return &shown
}

func (w *workspace) getExport(r *request) (any, error) {
	j, err := w.export(r.param("job_identifier"))
	if err != nil {
		return nil, err
	}
	return w.showExport(r, j), nil
}

// cancelExport stops a job. One that is done stays as it is.
func (w *workspace) cancelExport(r *request) (any, error) {
	j, err := w.export(r.param("job_identifier"))
	if err != nil {
		return nil, err
	}
	if j.running() {
		j.data.Status = intercom.ExportStatusCanceled
	}
	return w.showExport(r, j), nil
}

// downloadExport answers the file of a job.
func (w *workspace) downloadExport(r *request) (any, error) {
	j, err := w.export(r.param("job_identifier"))
	switch {
	case err != nil:
		return nil, err
	case !strings.Contains(r.header.Get("Accept"), "application/octet-stream"):
		return nil, refuse(http.StatusNotAcceptable, intercom.CodeBadRequest, "Ask for it with the header Accept: application/octet-stream")
	case j.data.Status != intercom.ExportStatusCompleted, w.now().After(j.data.DownloadExpiresAt):
		return nil, notFound("Export file")
	}
	file, err := packed(j.rows)
	if err == nil && w.quirks { // The real one packs it twice at times.
		file, err = packedAgain(file)
	}
	return &response{status: http.StatusOK, file: file, header: http.Header{
		"Content-Type":        {"application/octet-stream"},
		"Content-Disposition": {`attachment; filename="` + j.data.ID + `.csv.gz"`},
	}}, err
}

// packed writes rows as CSV, compressed.
func packed(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(append([][]string{exportColumns}, rows...)); err != nil {
		return nil, err
	}
	return packedAgain(b.Bytes())
}

func packedAgain(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// exportRows lists the receipts of a span of time.
func (w *workspace) exportRows(after, before int64) [][]string {
	var rows [][]string
	for _, it := range w.messages.all() {
		for _, rc := range it.value.receipts {
			if at := rc.at.Unix(); at >= after && at <= before {
				rows = append(rows, w.exportRow(&it.value, rc))
			}
		}
	}
	return rows
}

func (w *workspace) exportRow(m *message, rc receipt) []string {
	values := map[string]string{
		"user_id": w.contactReference(rc.contact).ID, "company_id": "-1", "series_id": "-1", "node_id": "-1",
		"ruleset_id": m.data.ID, "content_id": m.data.ID, "ruleset_version_id": m.data.ID,
		"content_type": "chat", "content_title": m.data.Subject,
		"receipt_id": rc.id, "received_at": stampText(rc.at), "first_reply": stampText(rc.firstReply),
	}
	if m.data.MessageType == intercom.MessageTypeEmail {
		values["content_type"] = "email"
	}
	if it := w.contacts.get(values["user_id"]); it != nil {
		c := &it.value
		values["user_external_id"], values["email"], values["name"] = c.data.ExternalID, c.data.Email, c.data.Name
		if len(c.companies) > 0 {
			values["company_id"] = c.companies[0].id
		}
	}
	row := make([]string, len(exportColumns))
	for i, name := range exportColumns {
		row[i] = values[name]
	}
	return row
}

func stampText(t intercom.Timestamp) string {
	if t.IsZero() {
		return ""
	}
	return strconv.FormatInt(t.Unix(), 10)
}
