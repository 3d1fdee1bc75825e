// Command bench measures the library against its goals and prints one table.
//
//	go run -tags intercom_benchmarks ./cmd/bench
package main

import (
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
	rounds := flag.Int("rounds", 25, "how often everything is measured")
	slice := flag.Duration("slice", 40*time.Millisecond, "how long everything is measured each time")
	only := flag.String("only", "", "groups of rows to measure, with commas between them; all if empty")
	trace := flag.String("log", "", "file for the single measurements, for benchstat")
	markdown := flag.String("markdown", "", "file for the table")
	flag.Parse()
	o := rows.Options{Options: ratio.Options{Rounds: *rounds, Slice: *slice}, Notes: os.Stdout}
	missed, err := run(o, *only, *trace, *markdown)
	if err != nil {
		log.Fatal(err)
	}
	if missed > 0 {
		log.Fatalf("%d goals are missed", missed)
	}
}

// run measures and returns how many goals are missed.
func run(o rows.Options, only, trace, markdown string) (missed int, err error) {
	if trace != "" {
		file, err := os.Create(trace)
		if err != nil {
			return 0, err
		}
		defer file.Close()
		o.Log = file
	}
	start := time.Now()
	var list []rows.Row
	for _, group := range rows.All() {
		if only != "" && !slices.Contains(strings.Split(only, ","), group.Name) {
			continue
		}
		measured, err := group.Measure(o)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", group.Name, err)
		}
		list = append(list, measured...)
	}
	for _, row := range list {
		if row.Verdict() == "missed" {
			missed++
		}
	}
	fmt.Println()
	if err := rows.Print(os.Stdout, list); err != nil {
		return missed, err
	}
	fmt.Printf("\nmeasured in %s\n", time.Since(start).Round(time.Second))
	if markdown == "" {
		return missed, nil
	}
	return missed, writeFile(markdown, func(w io.Writer) error { return rows.Markdown(w, list) })
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
