package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/seed-8b687bef/intercom-go"
)

// progress shows how far an export is.
type progress interface {
	show(p intercom.ExportProgress)
	end()
}

// bar shows progress on a terminal: something that turns until it is known how
// long it will take, and then a bar.
type bar struct {
	out   io.Writer
	shown *progressbar.ProgressBar
	size  int64
}

func (b *bar) show(p intercom.ExportProgress) {
	size := p.Size
	if size <= 0 {
		size = -1
	}
	if b.shown == nil || size != b.size {
		b.end()
		b.size = size
		b.shown = progressbar.NewOptions64(size,
			progressbar.OptionSetWriter(b.out), progressbar.OptionShowBytes(true),
			progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish())
	}
	b.shown.Describe(describe(p))
	_ = b.shown.Set64(p.Received) // The terminal may be gone; the export goes on.
}

func (b *bar) end() {
	if b.shown != nil {
		_ = b.shown.Exit()
		fmt.Fprintln(b.out)
		b.shown = nil
	}
}

// lines shows progress where there is no terminal: a line whenever the job takes
// a step, and one every ten seconds of download.
type lines struct {
	out  io.Writer
	last string
	at   time.Time
}

func (l *lines) show(p intercom.ExportProgress) {
	text := describe(p)
	if text == l.last && (p.Written == 0 || time.Since(l.at) < 10*time.Second) {
		return
	}
	l.last, l.at = text, time.Now()
	if p.Written > 0 {
		text += fmt.Sprintf(", %d bytes so far", p.Written)
	}
	fmt.Fprintln(l.out, text)
}

func (l *lines) end() {}

// describe says what is going on.
func describe(p intercom.ExportProgress) string {
	switch {
	case p.Written > 0:
		return "downloading"
	case p.Job.Status == intercom.ExportStatusPending:
		return "waiting for the job to begin"
	case p.Job.Status == intercom.ExportStatusInProgress:
		return "the job is running"
	default:
		return "the job has ended: " + string(p.Job.Status)
	}
}
