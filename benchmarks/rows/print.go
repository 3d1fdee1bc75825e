package rows

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

var header = []string{"what", "goal", "median", "quartiles", "verdict", "beside it"}

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
	var text strings.Builder
	text.WriteString("| " + strings.Join(header, " | ") + " |\n" + strings.Repeat("|---", len(header)) + "|\n")
	for _, r := range list {
		text.WriteString("| " + strings.Join(r.cells(), " | ") + " |\n")
	}
	_, err := io.WriteString(w, text.String())
	return err
}
