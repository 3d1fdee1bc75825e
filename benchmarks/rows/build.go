package rows

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Build measures what the library adds to building a program, and to the
// program.
var Build = Group{Name: "build", Measure: measureBuild}

const programs = "github.com/seed-8b687bef/intercom-go/benchmarks/binaries/"

func measureBuild(o Options) ([]Row, error) {
	folder, err := os.MkdirTemp("", "binaries")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	sizes := map[string]float64{}
	for _, program := range []string{"hello", "bare", "stock", "generated", "reflection"} {
		if sizes[program], err = build(nil, filepath.Join(folder, program), program); err != nil {
			return nil, err
		}
	}
	foreign, err := foreignModules(filepath.Join(folder, "hello"))
	if err != nil {
		return nil, err
	}
	first, err := measureFirstBuild(folder, min(o.Rounds, 7))
	if err != nil {
		return nil, err
	}
	megabytes := func(program string) string { return fmt.Sprintf("%.2f MB", sizes[program]/1e6) }
	return []Row{
		{
			What: "build: seconds for a hello world, standard library cached", Goal: 1, AtMost: true, Got: ratio.Summarize(first["hello"].wall),
			Beside: fmt.Sprintf("%s; net/http and encoding/json %s; stock oapi-codegen %s", first["hello"], first["bare"], first["stock"]),
			Limit:  "the compiler's time for the code of all operations, which a package has at once",
		},
		{
			What: "binary: hello world over the same on net/http and encoding/json", Goal: 1.03, AtMost: true, Format: "%.3f", Got: ratio.Exact(sizes["hello"] / sizes["bare"]),
			Beside: megabytes("hello") + ", " + megabytes("bare") + "; stock oapi-codegen " + megabytes("stock"),
			Limit:  "retries, the rate limit, errors and lenient decoding are code, and each byte of code brings two of tables",
		},
		{
			What: "binary: modules linked beside oapi-codegen/runtime and what it needs", Goal: 0, AtMost: true, Format: "%.0f", Got: ratio.Exact(float64(len(foreign))),
			Beside: strings.Join(foreign, ", "),
		},
		{
			What: "binary: all types with generated decoders over reflection", Goal: 1.02, AtMost: true, Format: "%.3f", Got: ratio.Exact(sizes["generated"] / sizes["reflection"]),
			Beside: megabytes("generated") + ", " + megabytes("reflection"),
			Limit:  "the code and the line tables of the decoders of all types at once, most of which programs leave out",
		},
	}, nil
}

// build builds a program and returns its size in bytes.
func build(flags []string, out, program string) (float64, error) {
	if _, err := compile(flags, out, program); err != nil {
		return 0, err
	}
	info, err := os.Stat(out)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()), nil
}

// compile builds a program and returns the processor time that it took.
func compile(flags []string, out, program string) (time.Duration, error) {
	args := append([]string{"build", "-tags", "intercom_benchmarks", "-o", out}, flags...)
	command := exec.Command("go", append(args, programs+program)...)
	if text, err := command.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, text)
	}
	return command.ProcessState.UserTime() + command.ProcessState.SystemTime(), nil
}

// builds are the seconds that builds of a program took.
type builds struct{ wall, processor []float64 }

func (b builds) String() string {
	return fmt.Sprintf("%.2f s, %.2f of processor time", ratio.Summarize(b.wall).Median, ratio.Summarize(b.processor).Median)
}

// measureFirstBuild builds programs as if nothing but the standard library was
// built before.
func measureFirstBuild(folder string, rounds int) (map[string]builds, error) {
	measured := map[string]builds{}
	for round := range rounds {
		for _, program := range []string{"hello", "bare", "stock"} {
			flags, err := uncached(program, round)
			if err != nil {
				return nil, err
			}
			out := filepath.Join(folder, "first")
			if err := os.RemoveAll(out); err != nil {
				return nil, err
			}
			began := time.Now()
			processor, err := compile(flags, out, program)
			if err != nil {
				return nil, err
			}
			b := measured[program]
			b.wall = append(b.wall, time.Since(began).Seconds())
			b.processor = append(b.processor, processor.Seconds())
			measured[program] = b
		}
	}
	return measured, nil
}

// uncached are flags with which nothing but the standard library is found in
// the build cache. The flag has no effect without another one, but the cache
// does not know that; its number was never used before.
func uncached(program string, round int) ([]string, error) {
	list := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", programs+program)
	out, err := list.Output()
	if err != nil {
		return nil, err
	}
	var flags []string
	for _, pkg := range strings.Fields(string(out)) {
		flags = append(flags, fmt.Sprintf("-gcflags=%s=-memprofilerate=%d", pkg, time.Now().Unix()+int64(round)))
	}
	return flags, nil
}

// foreignModules are the modules in a binary that are neither ours nor
// oapi-codegen/runtime nor needed by that.
func foreignModules(binary string) ([]string, error) {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", "github.com/oapi-codegen/runtime").Output()
	if err != nil {
		return nil, err
	}
	expected := append(strings.Fields(string(out)), "github.com/seed-8b687bef/intercom-go")
	var foreign []string
	for _, module := range info.Deps {
		if !slices.Contains(expected, module.Path) {
			foreign = append(foreign, module.Path)
		}
	}
	return foreign, nil
}
