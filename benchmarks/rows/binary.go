package rows

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Binary compares the sizes of programs.
var Binary = Group{Name: "binary", Measure: measureBinary}

func measureBinary(o Options) ([]Row, error) {
	folder, err := os.MkdirTemp("", "binaries")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	generated, err := sizeOf(folder, "generated")
	if err != nil {
		return nil, err
	}
	reflection, err := sizeOf(folder, "reflection")
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(o.Notes, "program that reads all types: %.0f bytes with generated decoders, %.0f with reflection\n", generated, reflection)
	return []Row{{
		What: "binary: size with generated decoders over reflection", Goal: 1.02, AtMost: true, Format: "%.3f",
		Got:   ratio.Exact(generated / reflection),
		Limit: "the code and the line tables of the decoders of all types at once, most of which programs leave out",
	}}, nil
}

// sizeOf builds a program and returns its size in bytes.
func sizeOf(folder, program string) (float64, error) {
	out := filepath.Join(folder, program)
	build := exec.Command("go", "build", "-tags", "intercom_benchmarks", "-o", out, "github.com/seed-8b687bef/intercom-go/benchmarks/binaries/"+program)
	if text, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, text)
	}
	info, err := os.Stat(out)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()), nil
}
