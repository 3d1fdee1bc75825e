package rows

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Newest compares decoding with encoding/json as it is from Go 1.27 on, where
// it runs on its second version. It needs that toolchain, which go downloads,
// and has no rows where it can't be had.
var Newest = Group{Name: "newest", Measure: measureNewest, Apart: "Decoding with Go 1.27"}

const newestToolchain = "go1.27.1"

// Inside is set in the process that was started with the newer toolchain.
const Inside = "INTERCOM_BENCHMARKS_INSIDE"

func measureNewest(o Options) ([]Row, error) {
	if os.Getenv(Inside) != "" {
		return measureStandard(o)
	}
	folder, err := os.MkdirTemp("", "newest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	environment := append(os.Environ(), "GOTOOLCHAIN="+newestToolchain, Inside+"=1")
	program := filepath.Join(folder, "bench")
	compile := exec.Command("go", "build", "-tags", "intercom_benchmarks", "-o", program, "./cmd/bench")
	compile.Env = environment
	if text, err := compile.CombinedOutput(); err != nil {
		fmt.Fprintf(o.Notes, "Decoding with Go 1.27 was not measured, because that toolchain can't be had: %s\n", text)
		return nil, nil
	}
	file := filepath.Join(folder, "rows.json")
	run := exec.Command(program, "-only", "newest", "-json", file, "-rounds", strconv.Itoa(o.Rounds), "-slice", o.Slice.String())
	run.Env = environment
	if text, err := run.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, text)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []Row
	return list, json.Unmarshal(text, &list)
}

// measureStandard compares with encoding/json alone.
func measureStandard(o Options) ([]Row, error) {
	payloads := payload.All()
	result, err := measureDecoders(o, payloads, rivals[:1], false)
	if err != nil {
		return nil, err
	}
	var each [][]float64
	for _, p := range payloads {
		each = append(each, result.Ratio(rivals[0].name+"/"+p.Name, "ours/"+p.Name))
	}
	return []Row{{
		What: "decode: speed over encoding/json of Go 1.27, geometric mean", Goal: 3.7,
		Got: ratio.Summarize(ratio.GeometricMean(each...)), Beside: medians(payloads, each),
	}}, nil
}
