// Package rows has the rows of the table that make bench prints, one file a
// group of rows.
package rows

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// A Row is one figure and what it should be.
type Row struct {
	What   string
	Goal   float64
	AtMost bool   // the goal is an upper bound, not a lower one
	Format string // of the numbers, "%.2f" unless told
	Got    ratio.Summary
	// Limit says what stands in the way of a goal that can't be reached; the
	// evidence is in docs/performance.md. It makes a missed goal a limit.
	Limit string
}

// Verdict is ok if the whole interval between the quartiles is on the right
// side of the goal.
func (r Row) Verdict() string {
	switch {
	case !r.AtMost && r.Got.Low >= r.Goal, r.AtMost && r.Got.High <= r.Goal:
		return "ok"
	case r.Limit != "":
		return "limit"
	default:
		return "missed"
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
	return []string{r.What, sign + r.number(r.Goal), r.number(r.Got.Median), r.number(r.Got.Low) + " – " + r.number(r.Got.High), r.Verdict()}
}

// A Group measures the rows of one subject.
type Group struct {
	Name    string
	Measure func(Options) ([]Row, error)
}

// Options hold for all groups.
type Options struct {
	ratio.Options
	Notes io.Writer // gets what a reader of the table may want to know besides
}

// All are the groups in the order of the table.
func All() []Group {
	return []Group{Decode, Binary, Lists}
}

var header = []string{"what", "goal", "median", "quartiles", "verdict"}

// Print writes rows as a table for terminals.
func Print(w io.Writer, list []Row) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, strings.Join(header, "\t"))
	for _, r := range list {
		fmt.Fprintln(table, strings.Join(r.cells(), "\t"))
	}
	return table.Flush()
}

// Markdown writes rows as a table for documents.
func Markdown(w io.Writer, list []Row) error {
	text := "| " + strings.Join(header, " | ") + " |\n" + strings.Repeat("|---", len(header)) + "|\n"
	for _, r := range list {
		text += "| " + strings.Join(r.cells(), " | ") + " |\n"
	}
	_, err := io.WriteString(w, text)
	return err
}
