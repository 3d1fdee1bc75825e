package main

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

const source = `package boat

import "unsafe"

const Version = "1.2.0"

const (
	KindSail Kind = "sail"
	hidden        = 1
)

type Kind string

type Hull struct {
	Kind
	Name string
	Anchor unsafe.Pointer
	draft int
}

func (h *Hull) Float(depth int) (ok bool) { return depth > h.draft }

type Pair[T any] struct{ A, B T }

func (p Pair[T]) First() T { return p.A }

type Closed interface{ Open() error; closed() }

type Same = Hull

var ErrSunk error

func Launch(name string, more ...Kind) (*Hull, error) { return nil, nil }
`

const wanted = `const KindSail Kind = "sail"
const Version untyped string = "1.2.0"
func Launch(name string, more ...Kind) (*Hull, error)
method (*Hull) Float(depth int) (ok bool)
method (Pair[T]) First() T
type Closed interface, Open() error
type Closed interface, with unexported methods
type Hull struct
type Hull struct, Anchor unsafe.Pointer
type Hull struct, Name string
type Hull struct, embeds Kind
type Kind string
type Pair struct, A T
type Pair struct, B T
type Pair[T any] struct
type Same = Hull
var ErrSunk error`

// onlyUnsafe imports the one package that needs no files.
type onlyUnsafe struct{}

func (onlyUnsafe) Import(path string) (*types.Package, error) {
	if path != "unsafe" {
		return nil, errors.New(path + " is not at hand")
	}
	return types.Unsafe, nil
}

func load(t *testing.T, text string) *types.Package {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "boat.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: onlyUnsafe{}}
	pkg, err := config.Check("example.com/boats/boat", files, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

func TestList(t *testing.T) {
	t.Parallel()
	if got := strings.Join(list(load(t, source)), "\n"); got != wanted {
		t.Errorf("got\n%s\nwant\n%s", got, wanted)
	}
}

func TestFileName(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"github.com/someone/intercom-go":                "intercom.txt",
		"github.com/someone/intercom-go/webhook":        "webhook.txt",
		"github.com/someone/intercom-go/limiters/redis": "limiters_redis.txt",
	} {
		if got := fileName(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	const added = "\nfunc Moor() {}\n"
	without := strings.Replace(source, "Name string", "", 1)
	for name, test := range map[string]struct {
		now, version string
		ok           bool
		want         string
	}{
		"the same":             {now: source, version: "1.2.0", ok: true},
		"more":                 {now: source + added, version: "1.2.1", ok: true, want: "compatible: Moor: added"},
		"less":                 {now: without, version: "1.3.0", want: "INCOMPATIBLE: Hull.Name: removed"},
		"less, allowed":        {now: without, version: "2.0.0", ok: true, want: "INCOMPATIBLE: Hull.Name: removed"},
		"no version to go by":  {now: source, version: ""},
		"less, with no signal": {now: without, version: ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(test.now, `Version = "1.2.0"`, `Version = "`+test.version+`"`, 1)
			if test.version == "" {
				text = strings.Replace(test.now, `const Version = "1.2.0"`, "", 1)
			}
			var report bytes.Buffer
			err := compare(map[string]*types.Package{"boat": load(t, source)}, map[string]*types.Package{"boat": load(t, text)}, &report)
			if (err == nil) != test.ok || !strings.Contains(report.String(), test.want) {
				t.Errorf("%v\n%s", err, report.String())
			}
		})
	}
}

func TestPackageIsGone(t *testing.T) {
	t.Parallel()
	pkg := load(t, source)
	err := compare(map[string]*types.Package{"boat": pkg, "boat/oar": pkg}, map[string]*types.Package{"boat": pkg}, new(bytes.Buffer))
	if err == nil {
		t.Error("it should not do")
	}
}

func TestMayBreak(t *testing.T) {
	t.Parallel()
	for versions, want := range map[[2]string]bool{
		{"0.1.0", "0.1.1"}: false,
		{"0.1.0", "0.2.0"}: true,
		{"0.9.0", "1.0.0"}: true,
		{"1.0.0", "1.1.0"}: false,
		{"1.9.0", "2.0.0"}: true,
	} {
		if got := mayBreak(versions[0], versions[1]); got != want {
			t.Errorf("%v: %t", versions, got)
		}
	}
}
