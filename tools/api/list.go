package main

import (
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// writeLists writes a file for each package and removes those of packages that
// are gone.
func writeLists(out string, pkgs map[string]*types.Package) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	stale, err := filepath.Glob(filepath.Join(out, "*.txt"))
	if err != nil {
		return err
	}
	for _, name := range stale {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	for path, pkg := range pkgs {
		text := strings.Join(list(pkg), "\n") + "\n"
		if err := os.WriteFile(filepath.Join(out, fileName(path)), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// fileName is intercom.txt for the root, and webhook.txt, limiters_redis.txt.
func fileName(path string) string {
	elements := strings.Split(path, "/")
	if len(elements) <= 3 {
		return "intercom.txt"
	}
	return strings.Join(elements[3:], "_") + ".txt"
}

// list has a line for each exported name, for the exported fields of structs
// and for the methods of types, sorted.
func list(pkg *types.Package) []string {
	l := lister{qualifier: func(other *types.Package) string {
		if other == pkg {
			return ""
		}
		return other.Name()
	}}
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		object := scope.Lookup(name)
		if !object.Exported() {
			continue
		}
		switch object := object.(type) {
		case *types.Const:
			l.addf("const %s %s = %s", name, l.of(object.Type()), object.Val().ExactString())
		case *types.Var:
			l.addf("var %s %s", name, l.of(object.Type()))
		case *types.Func:
			l.addf("func %s%s", name, l.signature(object))
		case *types.TypeName:
			l.addType(object)
		}
	}
	slices.Sort(l.lines)
	return l.lines
}

type lister struct {
	qualifier types.Qualifier
	lines     []string
}

func (l *lister) addf(format string, args ...any) {
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}

func (l *lister) of(t types.Type) string { return types.TypeString(t, l.qualifier) }

// signature is what stands behind the name of a function.
func (l *lister) signature(f *types.Func) string {
	return strings.TrimPrefix(l.of(f.Type()), "func")
}

func (l *lister) addType(object *types.TypeName) {
	name := object.Name()
	if object.IsAlias() {
		l.addf("type %s = %s", name, l.of(types.Unalias(object.Type())))
		return
	}
	named := object.Type().(*types.Named)
	parameters := typeParameters(named, l.qualifier)
	switch under := named.Underlying().(type) {
	case *types.Struct:
		l.addf("type %s%s struct", name, parameters)
		for field := range under.Fields() {
			switch {
			case field.Embedded() && field.Exported():
				l.addf("type %s struct, embeds %s", name, l.of(field.Type()))
			case field.Exported():
				l.addf("type %s struct, %s %s", name, field.Name(), l.of(field.Type()))
			}
		}
	case *types.Interface:
		l.addInterface(name, parameters, under)
	default:
		l.addf("type %s%s %s", name, parameters, l.of(under))
	}
	for method := range named.Methods() {
		if method.Exported() {
			receiver := l.of(method.Signature().Recv().Type())
			l.addf("method (%s) %s%s", receiver, method.Name(), l.signature(method))
		}
	}
}

// addInterface tells also whether others can implement it.
func (l *lister) addInterface(name, parameters string, under *types.Interface) {
	closed := ""
	for method := range under.Methods() {
		if method.Exported() {
			l.addf("type %s interface, %s%s", name, method.Name(), l.signature(method))
		} else {
			closed = ", with unexported methods"
		}
	}
	l.addf("type %s%s interface%s", name, parameters, closed)
}

// typeParameters is [T any] or nothing.
func typeParameters(named *types.Named, qualifier types.Qualifier) string {
	var parameters []string
	for parameter := range named.TypeParams().TypeParams() {
		parameters = append(parameters, parameter.Obj().Name()+" "+types.TypeString(parameter.Constraint(), qualifier))
	}
	if parameters == nil {
		return ""
	}
	return "[" + strings.Join(parameters, ", ") + "]"
}
