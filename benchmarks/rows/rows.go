// Package rows has the rows of the table that make bench prints, one file a
// group of rows.
package rows

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/seed-8b687bef/intercom-go/benchmarks/alone"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// A Row is one figure and what it should be.
type Row struct {
	What   string
	Goal   float64
	AtMost bool   // the goal is an upper bound, not a lower one
	Format string // of the numbers, "%.2f" unless told
	Got    ratio.Summary
	// Beside is what else a reader should know to judge the figure, such as what
	// the same costs without the library.
	Beside string
	// Limit says what stands in the way of a goal that can't be reached; the
	// evidence is in docs/performance.md. It makes a missed goal a limit.
	Limit string
}

// The verdicts.
const (
	OK     = "ok"
	Missed = "missed"
	Limit  = "limit"
)

// Verdict is OK if the whole interval between the quartiles is on the right
// side of the goal.
func (r Row) Verdict() string {
	switch {
	case !r.AtMost && r.Got.Low >= r.Goal, r.AtMost && r.Got.High <= r.Goal:
		return OK
	case r.Limit != "":
		return Limit
	default:
		return Missed
	}
}

func (r Row) number(v float64) string {
	if r.Format == "" {
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf(r.Format, v)
}

// cells are the columns of the table.
func (r Row) cells() []string {
	sign := "≥ "
	if r.AtMost {
		sign = "≤ "
	}
	return []string{r.What, sign + r.number(r.Goal), r.number(r.Got.Median), r.number(r.Got.Low) + " – " + r.number(r.Got.High), r.Verdict(), r.Beside}
}

// A Group measures the rows of one subject.
type Group struct {
	Name    string
	Measure func(Options) ([]Row, error)
	// Apart is the title of the table that the rows have for themselves; they
	// are part of the common one if it is empty.
	Apart string
}

// Options hold for all groups.
type Options struct {
	ratio.Options
	Notes io.Writer // gets what a reader of the table may want to know besides
}

// few are the options for cases that take long: their runs are slices.
func (o Options) few(rounds int) ratio.Options {
	few := o.Options
	few.Rounds = min(few.Rounds, rounds)
	return few
}

// long are the options for cases that are close to each other, so that it takes
// many runs to tell them apart.
func (o Options) long() ratio.Options {
	long := o.Options
	long.Slice, long.Turn = 16*long.Slice, 5*time.Millisecond
	return long
}

// compute measures what only computes: in processor time, which holds on a busy
// machine, and on one core, where the collector's work counts once and in full;
// on two it also does what it has idle time for.
func (o Options) compute(cases []ratio.Case) (*ratio.Result, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	o.Clock = ratio.ProcessorTime
	return ratio.Measure(cases, o.Options)
}

// measureAlone measures in a program of its own.
func measureAlone(name string, o ratio.Options) (*ratio.Result, error) {
	folder, err := os.MkdirTemp("", name)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, name)
	if _, err := build(nil, program, name); err != nil {
		return nil, err
	}
	return alone.Run(program, o)
}

// All are the groups in the order of the table.
func All() []Group {
	return []Group{Decode, Newest, Call, Lists, Ahead, Exports, Load, Webhooks, Fake, Build}
}
