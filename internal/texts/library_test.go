package texts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// root is the folder of the repository.
const root = "../.."

// pkg is a package that others import.
type pkg struct {
	dir   string // below the root, with slashes
	name  string
	files map[string]*ast.File // without tests, by name
	// names are the exported names, with the members of types.
	names map[string]*members
	// examples are the names of the examples, without "Example".
	examples map[string]bool
}

// members are the exported fields and methods of a type, with the name of the
// type that a field has, "" for a method and what has no name.
type members struct {
	of       map[string]string
	embedded []string
}

// public are the packages that others import, by name.
var public = sync.OnceValues(func() (map[string]*pkg, error) {
	found := map[string]*pkg{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		below, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		below = filepath.ToSlash(below)
		if isHidden(below) || slices.Contains([]string{"internal", "tools", "benchmarks", "examples", "docs", "testdata"}, filepath.Base(path)) {
			return filepath.SkipDir
		}
		p, err := parse(path, below)
		if p != nil {
			found[p.name] = p
		}
		return err
	})
	return found, err
})

func isHidden(path string) bool { return path != "." && strings.HasPrefix(filepath.Base(path), ".") }

// parse reads a package, nil if there is none.
func parse(dir, below string) (*pkg, error) {
	p := &pkg{dir: below, files: map[string]*ast.File{}, names: map[string]*members{}, examples: map[string]bool{}}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	files := token.NewFileSet()
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(files, filepath.Base(name), source, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(name, "_test.go") {
			p.takeExamples(file)
			continue
		}
		p.files[filepath.Base(name)], p.name = file, file.Name.Name
	}
	if p.name == "" || p.name == "main" {
		return nil, nil
	}
	for _, file := range p.files {
		for _, decl := range file.Decls {
			p.take(decl)
		}
	}
	return p, nil
}

func (p *pkg) takeExamples(file *ast.File) {
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "Example") {
			p.examples[strings.TrimPrefix(fn.Name.Name, "Example")] = true
		}
	}
}

// take notes what a declaration exports.
func (p *pkg) take(decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv == nil {
			p.member(decl.Name.Name, "", "")
		} else {
			p.member(typeName(decl.Recv.List[0].Type), decl.Name.Name, "")
		}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					p.member(name.Name, "", "")
				}
			case *ast.TypeSpec:
				p.member(spec.Name.Name, "", "")
				for _, field := range fieldsOf(spec.Type) {
					if len(field.Names) == 0 {
						p.names[spec.Name.Name].embedded = append(p.names[spec.Name.Name].embedded, typeName(field.Type))
					}
					for _, name := range field.Names {
						p.member(spec.Name.Name, name.Name, typeName(field.Type))
					}
				}
			}
		}
	}
}

func (p *pkg) member(name, member, typ string) {
	if p.names[name] == nil {
		p.names[name] = &members{of: map[string]string{}}
	}
	if member != "" {
		p.names[name].of[member] = typ
	}
}

// fieldsOf are the fields of a struct or the methods of an interface.
func fieldsOf(typ ast.Expr) []*ast.Field {
	switch typ := typ.(type) {
	case *ast.StructType:
		return typ.Fields.List
	case *ast.InterfaceType:
		return typ.Methods.List
	default:
		return nil
	}
}

// typeName is the name of a type of the package, without * and [T].
func typeName(typ ast.Expr) string {
	switch typ := typ.(type) {
	case *ast.Ident:
		return typ.Name
	case *ast.StarExpr:
		return typeName(typ.X)
	case *ast.IndexExpr:
		return typeName(typ.X)
	default:
		return ""
	}
}

// has tells whether there is an exported name such as Error, Error.StatusCode
// or Contacts.Tags.Attach, which begins with a service of the client.
func (p *pkg) has(path string) bool {
	path = strings.TrimPrefix(path, "Client.")
	first, rest, _ := strings.Cut(path, ".")
	if p.hasMember(first, rest) {
		return true
	}
	client := p.names["Client"]
	return client != nil && client.of[first] != "" && p.hasMember(client.of[first], rest) ||
		client != nil && rest == "" && has(client.of, first)
}

func (p *pkg) hasMember(typ, path string) bool {
	named := p.names[typ]
	if named == nil || !ast.IsExported(typ) && path == "" {
		return false
	}
	if path == "" {
		return true
	}
	first, rest, _ := strings.Cut(path, ".")
	if next, ok := named.of[first]; ok {
		return rest == "" || p.hasMember(next, rest)
	}
	return slices.ContainsFunc(named.embedded, func(inner string) bool { return p.hasMember(inner, path) })
}

func has[V any](m map[string]V, key string) bool { _, ok := m[key]; return ok }

func packages(t *testing.T) map[string]*pkg {
	t.Helper()
	found, err := public()
	require.NoError(t, err)
	for _, name := range []string{"intercom", "intercomtest", "webhook"} {
		require.Contains(t, found, name)
	}
	return found
}

func TestNamesAreFound(t *testing.T) {
	t.Parallel()
	intercom := packages(t)["intercom"]
	for name, want := range map[string]bool{
		"Error": true, "Error.StatusCode": true, "Error.Error": true, "Error.Nothing": false,
		"Client.Do": true, "Contacts": true, "Contacts.Get": true, "Client.Contacts.Tags.Attach": true,
		"Contacts.Tags.Gone": false, "Page.UnknownFields": true, "Null": true, "Nul": false,
		"newClient": false, "Contact.ID.Length": false,
	} {
		require.Equal(t, want, intercom.has(name), name)
	}
	for name, want := range map[string]bool{
		"client.Contacts.Tags.Attach": true, "client.Contacts.Tags.Gone": false, "webhook.Sign": true, "webhook.Gone": false,
		"intercom.NewClient": true, "intercom.New": false, "Parts.TotalCount": true, "Contacts.Gone": false,
		"contact.Email": true, "http.Client": true, "server.Seed": true, "server.Gone": false,
	} {
		require.Equal(t, want, exists(packages(t), intercom, name), name)
	}
}
