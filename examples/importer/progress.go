package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far an import has come. It is used by one goroutine at a
// time.
type progress interface {
	step()
	finish()
}

// newProgress shows a bar on a terminal, and a line now and then elsewhere.
func newProgress(out io.Writer, total int) progress {
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return newBar(out, total)
	}
	return &lines{out: out, total: total}
}

func newBar(out io.Writer, total int) bar {
	return bar{progressbar.NewOptions(total,
		progressbar.OptionSetWriter(out),
		progressbar.OptionSetDescription("importing"),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("rows"),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

type bar struct{ *progressbar.ProgressBar }

func (b bar) step()   { _ = b.Add(1) }
func (b bar) finish() { _ = b.Clear() }

// lines writes a line for every tenth part.
type lines struct {
	out         io.Writer
	total, done int
}

func (l *lines) step() {
	l.done++
	if tenth := max(l.total/10, 1); l.done%tenth == 0 || l.done == l.total {
		fmt.Fprintf(l.out, "  %d of %d rows\n", l.done, l.total)
	}
}

func (l *lines) finish() {}
