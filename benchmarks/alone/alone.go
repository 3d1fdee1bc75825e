// Package alone measures in a program of its own. Where what is compared makes
// garbage, the price is that of the collector, which looks at everything else
// that a program holds, too.
package alone

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strconv"
	"time"

	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Main is the main function of such a program. Rounds, slice and turn are those
// that Run was told.
func Main(cases []ratio.Case, o ratio.Options) {
	flag.IntVar(&o.Rounds, "rounds", 15, "how often everything is measured")
	flag.DurationVar(&o.Slice, "slice", 100*time.Millisecond, "how long everything is measured each time")
	flag.DurationVar(&o.Turn, "turn", 0, "how long everything is measured before the next is")
	flag.Parse()
	result, err := ratio.Measure(cases, o)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		log.Fatal(err)
	}
}

// Run runs a program that was built from one and returns what it measured.
func Run(program string, o ratio.Options) (*ratio.Result, error) {
	run := exec.Command(program, "-rounds", strconv.Itoa(o.Rounds), "-slice", o.Slice.String(), "-turn", o.Turn.String())
	run.Stderr = os.Stderr
	out, err := run.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", program, err)
	}
	result := new(ratio.Result)
	return result, json.Unmarshal(out, result)
}
