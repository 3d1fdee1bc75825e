// Command bench measures the library against its goals and prints one table. It
// is run in the folder of its module.
//
//	go run -tags intercom_benchmarks ./cmd/bench
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
	"github.com/seed-8b687bef/intercom-go/benchmarks/rows"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	var out outputs
	rounds := flag.Int("rounds", 15, "how often everything is measured")
	slice := flag.Duration("slice", 100*time.Millisecond, "how long everything is measured each time")
	only := flag.String("only", "", "groups of rows to measure, with commas between them; all if empty")
	flag.StringVar(&out.trace, "log", "", "file for the single measurements, for benchstat")
	flag.StringVar(&out.markdown, "markdown", "", "file for the tables")
	flag.StringVar(&out.text, "text", "", "file with a text to put the tables into")
	flag.StringVar(&out.rows, "json", "", "file for the rows")
	flag.Parse()
	o := rows.Options{Options: ratio.Options{Rounds: *rounds, Slice: *slice}}
	missed, err := run(o, strings.FieldsFunc(*only, func(r rune) bool { return r == ',' }), out)
	if err != nil {
		log.Fatal(err)
	}
	if missed > 0 {
		log.Fatalf("%d goals are missed", missed)
	}
}

// outputs are the files to write, none where the name is empty.
type outputs struct{ trace, markdown, text, rows string }

// run measures and returns how many goals are missed.
func run(o rows.Options, only []string, out outputs) (missed int, err error) {
	if out.trace != "" {
		file, err := os.Create(out.trace)
		if err != nil {
			return 0, err
		}
		defer file.Close()
		o.Log = file
	}
	r, err := measure(o, only)
	if err != nil {
		return 0, err
	}
	if err := r.print(os.Stdout); err != nil {
		return 0, err
	}
	return r.missed(), out.write(r)
}

// write writes the files.
func (out outputs) write(r *report) error {
	if out.markdown != "" {
		if err := writeFile(out.markdown, r.markdown); err != nil {
			return err
		}
	}
	if out.text != "" {
		text, err := os.ReadFile(out.text)
		if err != nil {
			return err
		}
		embedded, err := r.embed(string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", out.text, err)
		}
		if err := os.WriteFile(out.text, []byte(embedded), 0o644); err != nil {
			return err
		}
	}
	if out.rows == "" {
		return nil
	}
	return writeFile(out.rows, func(w io.Writer) error { return json.NewEncoder(w).Encode(r.rows()) })
}

// measure measures the groups that are asked for.
func measure(o rows.Options, only []string) (*report, error) {
	r := newReport()
	o.Notes = &r.notes
	for _, group := range rows.All() {
		if len(only) > 0 && !slices.Contains(only, group.Name) {
			continue
		}
		began := time.Now()
		list, err := group.Measure(o)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", group.Name, err)
		}
		log.Printf("%s measured in %s", group.Name, time.Since(began).Round(time.Second))
		r.add(group.Apart, list)
	}
	return r, nil
}

func writeFile(name string, write func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(file); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
