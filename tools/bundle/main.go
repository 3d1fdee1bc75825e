// Command bundle joins the files of the OpenAPI document into one, checks that
// nothing a reader or the generators need is missing, and writes down for
// oapi-codegen what follows from our conventions: Go names, Go types, order,
// doc comments and constants.
//
//	bundle -in internal/openapi -out internal/openapi/openapi.gen.yaml
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bundle: ")
	in := flag.String("in", "internal/openapi", "folder of the document's files")
	out := flag.String("out", "internal/openapi/openapi.gen.yaml", "file to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		log.Fatal(err)
	}
}

func run(in, out string) error {
	doc, err := load(in)
	if err != nil {
		return err
	}
	if err := annotate(doc); err != nil {
		return err
	}
	var text bytes.Buffer
	text.WriteString("# Code generated from the files beside it by tools/bundle. DO NOT EDIT.\n")
	enc := yaml.NewEncoder(&text)
	enc.SetIndent(2)
	if err := enc.Encode(doc.root); err != nil {
		return err
	}
	return os.WriteFile(out, text.Bytes(), 0o644)
}

// document is the joined document and its two long lists.
type document struct {
	root    *yaml.Node
	paths   *yaml.Node
	schemas *yaml.Node
	file    map[*yaml.Node]string // schema or operation: the file it stands in
}

// load reads openapi.yaml and joins all other files into it, in the order of
// their names.
func load(folder string) (*document, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	root, err := read(filepath.Join(folder, "openapi.yaml"))
	if err != nil {
		return nil, err
	}
	doc := &document{
		root:    root,
		paths:   get(root, "paths"),
		schemas: get(get(root, "components"), "schemas"),
		file:    map[*yaml.Node]string{},
	}
	doc.paths.Style = 0
	for _, name := range names {
		base := filepath.Base(name)
		if base == "openapi.yaml" || strings.HasSuffix(base, ".gen.yaml") {
			continue
		}
		part, err := read(name)
		if err != nil {
			return nil, err
		}
		if err := doc.join(base, part); err != nil {
			return nil, err
		}
	}
	return doc, nil
}

func read(name string) (*yaml.Node, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var node yaml.Node
	if err := yaml.Unmarshal(data, &node); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(node.Content) != 1 || node.Content[0].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s: not a mapping", name)
	}
	return node.Content[0], nil
}

// join adds one resource's paths and schemas.
func (doc *document) join(file string, part *yaml.Node) error {
	for path, item := range members(get(part, "paths")) {
		known := get(doc.paths, path)
		if known == nil {
			known = &yaml.Node{Kind: yaml.MappingNode}
			set(doc.paths, path, known)
		}
		for method, operation := range members(item) {
			if get(known, method) != nil {
				return fmt.Errorf("%s: %s %s is there twice", file, strings.ToUpper(method), path)
			}
			set(known, method, operation)
			doc.file[operation] = file
		}
	}
	for name, schema := range members(get(get(part, "components"), "schemas")) {
		if get(doc.schemas, name) != nil {
			return fmt.Errorf("%s: schema %s is there twice", file, name)
		}
		set(doc.schemas, name, schema)
		doc.file[schema] = file
	}
	return nil
}
