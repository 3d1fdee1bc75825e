// Command api writes down what the packages of the library export, one line a
// name, so that a change of it shows in a diff; and compares that with an older
// checkout.
//
//	api -root .. -out ../internal/api .
//	api -root .. -old /path/to/checkout/of/v0.1.0 .
//
// The arguments are the folders of modules below the root.
package main

import (
	"errors"
	"flag"
	"fmt"
	"go/types"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("api: ")
	root := flag.String("root", ".", "root of the repository")
	out := flag.String("out", "", "folder to write the lists to")
	old := flag.String("old", "", "root of an older checkout to compare with")
	flag.Parse()
	if err := run(*root, *out, *old, flag.Args(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(root, out, old string, modules []string, report io.Writer) error {
	if (out == "") == (old == "") || len(modules) == 0 {
		return errors.New("either -out or -old is needed, and the folders of modules")
	}
	now, err := loadAll(root, modules)
	if err != nil {
		return err
	}
	if out != "" {
		return writeLists(out, now)
	}
	before, err := loadAll(old, modules)
	if err != nil {
		return err
	}
	return compare(before, now, report)
}

// loadAll loads the packages of several modules that other modules can import,
// by import path. Modules that are not there are left out: they are new.
func loadAll(root string, modules []string) (map[string]*types.Package, error) {
	found := map[string]*types.Package{}
	for _, module := range modules {
		dir := filepath.Join(root, module)
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); errors.Is(err, os.ErrNotExist) {
			continue
		}
		loaded, err := packages.Load(&packages.Config{
			Dir:  dir,
			Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedSyntax | packages.NeedTypesInfo,
		}, "./...")
		if err != nil {
			return nil, err
		}
		for _, pkg := range loaded {
			if len(pkg.Errors) > 0 {
				return nil, fmt.Errorf("%s: %w", pkg.PkgPath, pkg.Errors[0])
			}
			if pkg.Name != "main" && !strings.Contains(pkg.PkgPath+"/", "/internal/") && !strings.Contains(pkg.PkgPath, "/examples/") {
				found[pkg.PkgPath] = pkg.Types
			}
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s: no packages in %s", root, strings.Join(modules, ", "))
	}
	return found, nil
}
