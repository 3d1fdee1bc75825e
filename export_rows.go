package intercom

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// ExportRow is one message that one contact got, with the first time that each
// thing happened to it. Times count what happened within the span of the job
// only; they are zero if it did not.
type ExportRow struct {
	// Id that Intercom gave the contact.
	UserID string
	// Id of the contact in your own system.
	UserExternalID string
	// Id of the contact's company as far as the message is concerned, "-1" for
	// none.
	CompanyID string
	// Email address of the contact.
	Email string
	// Full name of the contact.
	Name string
	// Id of the message.
	RulesetID string
	// Id of the content. Each variant of an A/B test has its own.
	ContentID string
	// Kind of the content, such as email or chat.
	ContentType string
	// Title of the content.
	ContentTitle string
	// Id of the version of the message that was sent.
	RulesetVersionID string
	// Id of this delivery. The other files of a job name it.
	ReceiptID string
	// When the contact got the message.
	ReceivedAt Timestamp
	// Id of the series that the message belongs to, "-1" for none.
	SeriesID string
	// Title of that series.
	SeriesTitle string
	// Id of the step of that series.
	NodeID string
	// When the contact first replied.
	FirstReply Timestamp
	// When the contact first got to the end of it, for a tour or a survey.
	FirstCompletion Timestamp
	// When the contact first got to the end of the series.
	FirstSeriesCompletion Timestamp
	// When the contact first dropped out of the series.
	FirstSeriesDisengagement Timestamp
	// When the contact first left the series by its rules.
	FirstSeriesExit Timestamp
	// When the contact first reached the goal of the message.
	FirstGoalSuccess Timestamp
	// When the contact first opened it.
	FirstOpen Timestamp
	// When the contact first clicked on a link in it.
	FirstClick Timestamp
	// When the contact first put it away. The column's name is misspelt, as
	// first_dismisall.
	FirstDismissal Timestamp
	// When the contact first unsubscribed through it.
	FirstUnsubscribe Timestamp
	// When it first came back for good.
	FirstHardBounce Timestamp
	// Unknown holds, by the name of the column, what no field holds: values of
	// columns that this version of the library does not know, and times that
	// can't be read. It is nil if there are none; empty values are left out.
	Unknown map[string]string
}

// exportTexts are the columns that are texts, with their fields.
var exportTexts = map[string]func(*ExportRow) *string{
	"user_id":            func(r *ExportRow) *string { return &r.UserID },
	"user_external_id":   func(r *ExportRow) *string { return &r.UserExternalID },
	"company_id":         func(r *ExportRow) *string { return &r.CompanyID },
	"email":              func(r *ExportRow) *string { return &r.Email },
	"name":               func(r *ExportRow) *string { return &r.Name },
	"ruleset_id":         func(r *ExportRow) *string { return &r.RulesetID },
	"content_id":         func(r *ExportRow) *string { return &r.ContentID },
	"content_type":       func(r *ExportRow) *string { return &r.ContentType },
	"content_title":      func(r *ExportRow) *string { return &r.ContentTitle },
	"ruleset_version_id": func(r *ExportRow) *string { return &r.RulesetVersionID },
	"receipt_id":         func(r *ExportRow) *string { return &r.ReceiptID },
	"series_id":          func(r *ExportRow) *string { return &r.SeriesID },
	"series_title":       func(r *ExportRow) *string { return &r.SeriesTitle },
	"node_id":            func(r *ExportRow) *string { return &r.NodeID },
}

// exportTimes are the columns that are times, with their fields.
var exportTimes = map[string]func(*ExportRow) *Timestamp{
	"received_at":                func(r *ExportRow) *Timestamp { return &r.ReceivedAt },
	"first_reply":                func(r *ExportRow) *Timestamp { return &r.FirstReply },
	"first_completion":           func(r *ExportRow) *Timestamp { return &r.FirstCompletion },
	"first_series_completion":    func(r *ExportRow) *Timestamp { return &r.FirstSeriesCompletion },
	"first_series_disengagement": func(r *ExportRow) *Timestamp { return &r.FirstSeriesDisengagement },
	"first_series_exit":          func(r *ExportRow) *Timestamp { return &r.FirstSeriesExit },
	"first_goal_success":         func(r *ExportRow) *Timestamp { return &r.FirstGoalSuccess },
	"first_open":                 func(r *ExportRow) *Timestamp { return &r.FirstOpen },
	"first_click":                func(r *ExportRow) *Timestamp { return &r.FirstClick },
	"first_dismisall":            func(r *ExportRow) *Timestamp { return &r.FirstDismissal },
	"first_dismissal":            func(r *ExportRow) *Timestamp { return &r.FirstDismissal },
	"first_unsubscribe":          func(r *ExportRow) *Timestamp { return &r.FirstUnsubscribe },
	"first_hard_bounce":          func(r *ExportRow) *Timestamp { return &r.FirstHardBounce },
}

// rows gives the messages of a job.
func (s *ExportService) rows(ctx context.Context, jobID string, opts []CallOption, yield func(ExportRow, error) bool) {
	if ctx == nil {
		yield(ExportRow{}, errors.New("intercom: Export.Rows: the context is nil"))
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d, err := s.begin(ctx, "Export.Rows", jobID, 0, opts)
	if err != nil {
		yield(ExportRow{}, err)
		return
	}
	d.apart = true
	failure := func() *ExportReadError {
		defer func() { _ = d.Close() }()
		defer cancel() // What is being read ends, so that Close has nothing to wait for.
		return giveRows("Export.Rows", d, yield)
	}()
	if failure != nil {
		failure.Downloads = d.begun
		yield(ExportRow{}, failure)
	}
}

// giveRows gives the rows of a file, and returns the error that ended it before
// its end. The caller leaving the loop is none.
func giveRows(method string, file io.Reader, yield func(ExportRow, error) bool) *ExportReadError {
	reader := newRowReader(file)
	for n := 0; ; n++ {
		err := reader.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return rowsError(method, err, n, reader.offset)
		}
		if !yield(reader.row, nil) {
			return nil
		}
	}
}

// rowsError says how many rows came before an error.
func rowsError(method string, err error, rows int, offset int64) *ExportReadError {
	e := ExportReadError{Method: method, Bytes: offset, Downloads: 1, Err: err}
	if known, ok := err.(*ExportReadError); ok { //nolint:errorlint // Only one that is not part of another.
		e = *known
	}
	e.Rows, e.Bytes = rows, offset
	return &e
}

// rowReader reads rows from CSV with a header line.
type rowReader struct {
	csv      *csvReader
	columns  []exportColumn // nil until the header was read
	lastText int            // the last column with a text
	row      ExportRow      // the one that was read last
	offset   int64          // where the last row ended
}

// exportColumn is where to put the values of a column. Without a field they
// are unknown.
type exportColumn struct {
	name string
	text func(*ExportRow) *string
	time func(*ExportRow) *Timestamp
}

func newRowReader(file io.Reader) *rowReader { return &rowReader{csv: newCSVReader(file)} }

// next reads a row into r.row; the error is io.EOF after the last one.
func (r *rowReader) next() error {
	if r.columns == nil {
		if err := r.csv.next(); err != nil {
			return err
		}
		r.columns = columnsOf(r.csv)
		for i, c := range r.columns {
			if c.text != nil {
				r.lastText = i
			}
		}
	}
	if err := r.csv.next(); err != nil {
		return err
	}
	if have, want := len(r.csv.values), len(r.columns); have != want {
		return fmt.Errorf("the row that ends in line %d has %d values for %d columns", r.csv.lines, have, want)
	}
	r.row = ExportRow{}
	texts := string(r.csv.record[:r.csv.values[r.lastText].end]) // One piece of memory for all of them.
	for i, value := range r.csv.values {
		if value.begin == value.end {
			continue
		}
		switch c := &r.columns[i]; {
		case c.text != nil:
			*c.text(&r.row) = texts[value.begin:value.end]
		case c.time == nil || !setTime(c.time(&r.row), r.csv.record[value.begin:value.end]):
			r.row.keepUnknown(c.name, string(r.csv.record[value.begin:value.end]))
		}
	}
	r.offset = r.csv.offset
	return nil
}

// keepUnknown keeps the value of a column that has no field for it.
func (r *ExportRow) keepUnknown(column, value string) {
	if r.Unknown == nil {
		r.Unknown = map[string]string{}
	}
	r.Unknown[column] = value
}

// columnsOf finds the fields of the columns that a header names.
func columnsOf(header *csvReader) []exportColumn {
	columns := make([]exportColumn, len(header.values))
	taken := map[string]bool{}
	for i, value := range header.values {
		name := string(header.record[value.begin:value.end])
		if i == 0 {
			name = strings.TrimPrefix(name, "\ufeff")
		}
		name = strings.TrimSpace(name)
		if name == "" || taken[name] {
			columns[i].name = uniqueName(name, i, taken)
		} else {
			columns[i] = exportColumn{name: name, text: exportTexts[name], time: exportTimes[name]}
		}
		taken[columns[i].name] = true
	}
	return columns
}

// uniqueName makes a name for a column that has none of its own, such as
// "name#5".
func uniqueName(name string, i int, taken map[string]bool) string {
	for {
		if name += "#" + strconv.Itoa(i+1); !taken[name] {
			return name
		}
	}
}

// setTime reads a time, and tells whether it is one.
func setTime(t *Timestamp, value []byte) bool {
	if seconds, ok := parseSeconds(value); ok {
		*t = Timestamp{micros: seconds * 1e6}
		return true
	}
	for _, layout := range [...]string{time.DateTime + " UTC", time.DateTime, time.DateTime + " -0700", time.RFC3339, time.DateOnly} {
		if moment, err := time.Parse(layout, string(value)); err == nil {
			*t = Timestamp{micros: moment.UnixMicro()}
			return true
		}
	}
	return false
}

// parseSeconds reads a number of seconds since 1970 of the usual length: more
// digits are something finer than seconds.
func parseSeconds(value []byte) (seconds int64, ok bool) {
	if len(value) == 0 || len(value) > 11 {
		return 0, false
	}
	for _, c := range value {
		if c -= '0'; c > 9 {
			return 0, false
		}
		seconds = seconds*10 + int64(c)
	}
	return seconds, true
}
