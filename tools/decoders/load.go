package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// model is a type of models.gen.go with what the document says about it.
type model struct {
	name     string
	answer   bool
	params   bool   // a request body or a part of one
	scalar   string // JSON name of the member that stands for the whole object
	mapName  string // Go name of the field that takes members of any name
	mapType  string // Go type of its values
	fields   []field
	constant []constant
	required []string // JSON names
}

// field is a field of a model.
type field struct {
	name      string // Go name
	json      string // JSON name
	kind      string // Go type
	intern    bool
	nobody    bool // "0" means that there is none
	inline    bool
	wire      string // form that the server wants: "integer", "single" or ""
	wireUntil string // last version that wants it, "" for all
	since     string // first version that has the field, "" for all
	until     string // last version that has it, "" for all
	maxItems  int    // most elements of a list, 0 for any number
}

// constant is a member of a request that always has the same value.
type constant struct{ json, value, since, until string }

// schema is what the bundled document says about a type.
type schema struct {
	Answer     bool                `yaml:"x-answer"`
	Model      bool                `yaml:"x-go-model"`
	Scalar     string              `yaml:"x-scalar"`
	MapName    string              `yaml:"x-map-name"`
	Required   []string            `yaml:"required"`
	Properties map[string]property `yaml:"properties"`
	Order      int                 `yaml:"x-order"`
}

type property struct {
	Name      string    `yaml:"x-go-name"`
	Intern    bool      `yaml:"x-intern"`
	Nobody    bool      `yaml:"x-zero-is-none"`
	Inline    bool      `yaml:"x-inline"`
	Wire      string    `yaml:"x-wire"`
	WireUntil string    `yaml:"x-wire-until"`
	Since     string    `yaml:"x-since"`
	Until     string    `yaml:"x-until"`
	MaxItems  int       `yaml:"maxItems"`
	Constant  yaml.Node `yaml:"x-constant"`
	Order     int       `yaml:"x-order"`
}

// load reads types from the Go code and what the code can't say from the
// document.
func load(openapi, models string) ([]model, error) {
	data, err := os.ReadFile(openapi)
	if err != nil {
		return nil, err
	}
	var document struct {
		Components struct {
			Schemas map[string]schema `yaml:"schemas"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), models, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var list []model
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		for _, spec := range general.Specs {
			named := spec.(*ast.TypeSpec)
			structure, ok := named.Type.(*ast.StructType)
			if !ok {
				continue
			}
			s, ok := document.Components.Schemas[named.Name.Name]
			if !ok {
				return nil, fmt.Errorf("%s: no schema of this name", named.Name.Name)
			}
			m, err := newModel(named.Name.Name, structure, s)
			if err != nil {
				return nil, err
			}
			list = append(list, m)
		}
	}
	return list, nil
}

func newModel(name string, structure *ast.StructType, s schema) (model, error) {
	m := model{name: name, answer: s.Answer, params: !s.Answer, scalar: s.Scalar, mapName: s.MapName, required: s.Required}
	byName := map[string]string{}
	for json, p := range s.Properties {
		byName[p.Name] = json
	}
	for _, f := range structure.Fields.List {
		if len(f.Names) != 1 {
			continue // the embedded Extra
		}
		goName, kind := f.Names[0].Name, types.ExprString(f.Type)
		if goName == m.mapName {
			m.mapType = strings.TrimPrefix(kind, "map[string]")
			continue
		}
		json, ok := byName[goName]
		if !ok {
			return m, fmt.Errorf("%s.%s: no property of this name", name, goName)
		}
		p := s.Properties[json]
		m.fields = append(m.fields, field{
			name: goName, json: json, kind: kind, intern: p.Intern, nobody: p.Nobody, inline: p.Inline,
			wire: p.Wire, wireUntil: p.WireUntil, since: p.Since, until: p.Until, maxItems: p.MaxItems,
		})
	}
	for _, json := range ordered(s.Properties) {
		p := s.Properties[json]
		if p.Constant.Kind == 0 {
			continue
		}
		value := p.Constant.Value
		if p.Constant.Tag == "!!str" {
			value = strconv.Quote(value)
		}
		m.constant = append(m.constant, constant{json, value, p.Since, p.Until})
	}
	return m, nil
}
