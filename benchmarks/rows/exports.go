package rows

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Exports compares reading the rows of an export with unpacking its file, which
// nobody who reads them can leave out.
var Exports = Group{Name: "export", Measure: measureExports}

func measureExports(o Options) ([]Row, error) {
	speed, err := measureExportRows(o)
	if err != nil {
		return nil, err
	}
	memory, err := measureExportMemory(payload.NewExportFile(payload.ExportPartRows))
	if err != nil {
		return nil, err
	}
	return []Row{speed, memory}, nil
}

func measureExportRows(o Options) (Row, error) {
	result, err := measureAlone("exportrows", o.long())
	if err != nil {
		return Row{}, err
	}
	size := float64(payload.ExportParts * len(payload.ExportRows(payload.ExportPartRows)))
	row := Row{
		What: "export: rows over gunzip alone, two cores", Goal: 0.95,
		Beside: fmt.Sprintf("%.2f million rows/s, %.0f MB/s of CSV; gunzip and encoding/csv %.2f; ",
			payload.ExportParts*payload.ExportPartRows*1e3/result.Time("rows").Median, size*1e3/result.Time("rows").Median,
			ratio.Summarize(result.Ratio("gunzip", "gunzip and encoding/csv")).Median),
	}
	row.onTwoCores(result.Ratio("gunzip", "rows"), result.Ratio("gunzip again", "gunzip twice at once"))
	return row, nil
}

// onTwoCores takes the rounds in which the machine had two cores: when two who
// unpack at once were as fast as one, or nearly, as the goal is for the rows.
// What are two cores to a virtual machine may be two threads of one core at
// times, or be shared with another. Rounds are chosen by that alone, whatever the
// rows took in them. If there are few, all are taken, and what the machine lacks
// is the limit, as long as it holds up two who have nothing to do with each other
// no less than the rows.
func (r *Row) onTwoCores(ratios, cores []float64) {
	var taken []float64
	for i, c := range cores {
		if c >= r.Goal {
			taken = append(taken, ratios[i])
		}
	}
	r.Beside += fmt.Sprintf("all rounds %.2f, in %d of %d the machine had two cores", ratio.Summarize(ratios).Median, len(taken), len(ratios))
	twice := ratio.Summarize(cores).Median
	if len(taken) < (len(ratios)+2)/3 {
		taken = ratios
		if ratio.Summarize(ratios).Median >= twice {
			r.Limit = "the machine did not have two cores: two who unpack at once are slower than one"
		}
	}
	r.Got = ratio.Summarize(taken)
	r.Beside += fmt.Sprintf(" (unpacking twice at once %.2f)", twice)
}

// measureExportMemory lets a program of its own read a gigabyte and tell the
// most memory that it ever had.
func measureExportMemory(file *payload.ExportFile) (Row, error) {
	const gigabyte = 1_000_000_000
	parts := (gigabyte + file.Size - 1) / file.Size
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = io.Copy(w, file.Open(parts))
	}))
	defer server.Close()
	folder, err := os.MkdirTemp("", "export")
	if err != nil {
		return Row{}, err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, "export")
	if _, err := build(nil, program, "export"); err != nil {
		return Row{}, err
	}
	out, err := exec.Command(program, server.URL).Output()
	if err != nil {
		return Row{}, fmt.Errorf("export: %w: %s", err, out)
	}
	var rows int
	var own, resident float64
	if _, err := fmt.Sscan(string(out), &rows, &own, &resident); err != nil || rows != parts*file.Rows {
		return Row{}, fmt.Errorf("export: read %d rows of %d: %s", rows, parts*file.Rows, strings.TrimSpace(string(out)))
	}
	return Row{
		What: "export: megabytes of memory at most for 1 GB of CSV", Goal: 16, AtMost: true, Format: "%.1f", Got: ratio.Exact(own / 1e6),
		Beside: fmt.Sprintf("of the process's own; %.1f with the pages of its program file", resident/1e6),
	}, nil
}
