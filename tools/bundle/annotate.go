package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// oldest is the first version that the document covers: what exists since then
// needs no word about it.
const oldest = "2.7"

// annotate checks the document and adds what the generators read.
func annotate(doc *document) error {
	var problems []error
	answers := map[string]bool{}
	for path, item := range members(doc.paths) {
		for method, operation := range members(item) {
			for _, problem := range annotateOperation(operation) {
				problems = append(problems, fmt.Errorf("%s: %s %s: %s", doc.file[operation], strings.ToUpper(method), path, problem))
			}
			doc.reach(get(operation, "responses"), answers)
		}
	}
	for _, name := range doc.dangling(doc.paths) {
		problems = append(problems, fmt.Errorf("paths: there is no schema %s", name))
	}
	order := 0
	for name, schema := range members(doc.schemas) {
		order++
		set(schema, "x-order", number(order))
		if answers[name] && !is(schema, "x-envelope") {
			set(schema, "x-answer", boolean(true))
		}
		if !is(schema, "x-envelope") && get(schema, "x-go-type") == nil {
			set(schema, "x-go-model", boolean(true))
		}
		for _, problem := range doc.annotateSchema(name, schema) {
			problems = append(problems, fmt.Errorf("%s: %s: %s", doc.file[schema], name, problem))
		}
	}
	return errors.Join(problems...)
}

// reach collects the names of all schemas that can be reached from a node.
func (doc *document) reach(node *yaml.Node, found map[string]bool) {
	if node == nil {
		return
	}
	if name, ok := strings.CutPrefix(text(node, "$ref"), "#/components/schemas/"); ok && !found[name] {
		found[name] = true
		doc.reach(get(doc.schemas, name), found)
	}
	for _, child := range node.Content {
		doc.reach(child, found)
	}
}

// dangling lists the names of schemas that are referred to but do not exist.
func (doc *document) dangling(node *yaml.Node) (names []string) {
	if name, ok := strings.CutPrefix(text(node, "$ref"), "#/components/schemas/"); ok && get(doc.schemas, name) == nil {
		names = append(names, name)
	}
	for _, child := range node.Content {
		names = append(names, doc.dangling(child)...)
	}
	return names
}

// annotateOperation returns what is wrong with an operation.
func annotateOperation(operation *yaml.Node) (problems []string) {
	for _, key := range []string{"operationId", "summary", "x-published-id", "x-idempotent", "tags", "responses"} {
		if get(operation, key) == nil {
			problems = append(problems, key+" is missing")
		}
	}
	if s := text(operation, "x-idempotent"); !strings.HasPrefix(s, "yes: ") && !strings.HasPrefix(s, "no: ") {
		problems = append(problems, "x-idempotent must say yes or no and the reason")
	}
	if paging := text(operation, "x-paging"); paging != "" {
		if !slices.Contains([]string{"cursor", "number", "scroll", "url", "whole"}, paging) {
			problems = append(problems, "unknown x-paging "+paging)
		}
		if text(operation, "x-items") == "" {
			problems = append(problems, "x-items is missing")
		}
	}
	for _, parameter := range elements(get(operation, "parameters")) {
		if !strings.HasSuffix(text(parameter, "description"), ".") {
			problems = append(problems, "parameter "+text(parameter, "name")+" needs a description")
		}
	}
	if responses := get(operation, "responses"); responses != nil {
		set(responses, "default", mapping("$ref", "#/components/responses/Error"))
	}
	set(operation, "x-go-methods", methods(operation))
	set(operation, "x-go-replay", boolean(strings.HasPrefix(text(operation, "x-idempotent"), "yes: ")))
	return problems
}

// methods lists the Go methods that send an operation: the one that it is
// named after and those of x-methods.
func methods(operation *yaml.Node) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode}
	since, until := text(operation, "x-since"), text(operation, "x-until")
	if since == "" {
		since = oldest
	}
	add := func(name, since string) {
		method := mapping("name", name, "variable", strings.ReplaceAll(name, ".", ""), "since", number(asNumber(since)))
		if until != "" {
			set(method, "until", number(asNumber(until)))
		}
		list.Content = append(list.Content, method)
	}
	add(text(operation, "operationId"), since)
	for _, method := range elements(get(operation, "x-methods")) {
		switch {
		case method.Kind == yaml.ScalarNode:
			add(method.Value, since)
		case text(method, "since") != "":
			add(text(method, "name"), text(method, "since"))
		default:
			add(text(method, "name"), since)
		}
	}
	return list
}

// asNumber is a version as operations.Version writes it.
func asNumber(version string) int {
	var major, minor int
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil {
		return 0
	}
	return major*1000 + minor
}

// annotateSchema returns what is wrong with a schema after adding Go names,
// types, order and comments to it.
func (doc *document) annotateSchema(name string, schema *yaml.Node) (problems []string) {
	description := text(schema, "description")
	if !strings.HasPrefix(description, name+" ") || !strings.HasSuffix(description, ".") {
		problems = append(problems, "description must be a sentence that begins with the name")
	}
	set(schema, "x-go-doc", scalar(goDoc(description+versions(schema))))
	if enum := get(schema, "enum"); enum != nil {
		return append(problems, annotateEnum(name, schema, enum)...)
	}
	params := strings.HasSuffix(name, "Params")
	update := strings.HasSuffix(name, "UpdateParams")
	fields := map[string]bool{}
	order := 0
	for field, property := range members(get(schema, "properties")) {
		order++
		set(property, "x-order", number(order))
		for _, problem := range doc.annotateProperty(field, property, params, update) {
			problems = append(problems, field+": "+problem)
		}
		goName := text(property, "x-go-name")
		if fields[goName] && goName != "" {
			problems = append(problems, field+": a second field called "+goName)
		}
		fields[goName] = true
	}
	return problems
}

func annotateEnum(name string, schema, enum *yaml.Node) (problems []string) {
	descriptions := elements(get(schema, "x-enum-descriptions"))
	given := elements(get(schema, "x-enum-varnames"))
	if len(descriptions) != len(enum.Content) {
		return []string{fmt.Sprintf("%d values, %d descriptions", len(enum.Content), len(descriptions))}
	}
	constants := &yaml.Node{Kind: yaml.SequenceNode}
	for i, value := range enum.Content {
		constant := name + goName(value.Value)
		if i < len(given) {
			constant = given[i].Value
			if !strings.HasPrefix(constant, name) {
				constant = name + constant
			}
		}
		constants.Content = append(constants.Content, mapping(
			"name", constant, "value", value.Value, "doc", goDoc(descriptions[i].Value)))
	}
	set(schema, "x-go-constants", constants)
	set(schema, "x-intern", boolean(true))
	return nil
}

// interned are members that take few values in a workspace.
var interned = []string{"type", "workspace_id", "app_id", "object", "locale", "content_type"}

func (doc *document) annotateProperty(field string, property *yaml.Node, params, update bool) (problems []string) {
	if get(property, "x-constant") != nil {
		return nil
	}
	description := text(property, "description")
	if description == "" || !strings.HasSuffix(description, ".") {
		problems = append(problems, "needs a description that ends with a full stop")
	}
	set(property, "x-go-doc", scalar(goDoc(description+versions(property))))
	if get(property, "x-go-name") == nil {
		set(property, "x-go-name", scalar(goName(field)))
	}
	if slices.Contains(interned, field) {
		set(property, "x-intern", boolean(true))
	}
	if (update && !is(property, "x-plain")) || is(property, "x-opt") {
		set(property, "x-opt", boolean(true))
	}
	return append(problems, doc.annotateType(property, params)...)
}

// annotateType says which Go type a property gets where oapi-codegen's own
// choice would be another.
func (doc *document) annotateType(property *yaml.Node, params bool) (problems []string) {
	pointer := false
	name, isRef := strings.CutPrefix(text(property, "$ref"), "#/components/schemas/")
	kind := text(property, "type")
	switch {
	case isRef:
		target := get(doc.schemas, name)
		if target == nil {
			return []string{"there is no schema " + name}
		}
		pointer = text(target, "type") == "object" && get(target, "x-go-type") == nil
		doc.nameGoType(property, name)
		if is(target, "x-intern") {
			set(property, "x-intern", boolean(true))
		}
	case text(property, "format") == "timestamp":
		set(property, "x-go-type", scalar("Timestamp"))
	case kind == "integer" || kind == "number" || kind == "boolean":
		pointer = is(property, "nullable") && !params
		if kind == "number" {
			set(property, "format", scalar("double"))
		}
	case kind == "array":
		problems = doc.checkElement(get(property, "items"))
	case kind == "object":
		problems = doc.checkElement(get(property, "additionalProperties"))
	case kind != "string" && get(property, "oneOf") == nil && get(property, "nullable") == nil:
		problems = []string{"has no type"}
	}
	set(property, "x-go-type-skip-optional-pointer", boolean(!pointer))
	return problems
}

// nameGoType repeats beside a reference that the Go type of the schema is
// written by hand, where its name is another.
func (doc *document) nameGoType(reference *yaml.Node, name string) {
	if goType := text(get(doc.schemas, name), "x-go-type"); goType != "" && goType != name {
		set(reference, "x-go-type", scalar(goType))
	}
}

func (doc *document) checkElement(items *yaml.Node) []string {
	if items == nil {
		return []string{"does not say what it holds"}
	}
	if name, ok := strings.CutPrefix(text(items, "$ref"), "#/components/schemas/"); ok {
		if get(doc.schemas, name) == nil {
			return []string{"there is no schema " + name}
		}
		doc.nameGoType(items, name)
	}
	if get(items, "properties") != nil {
		return []string{"holds a nameless object: give it a name"}
	}
	if text(items, "format") == "timestamp" {
		set(items, "x-go-type", scalar("Timestamp"))
	}
	return nil
}

// versions is the sentence about the versions that have something.
func versions(node *yaml.Node) string {
	since, until := text(node, "x-since"), text(node, "x-until")
	switch {
	case since != "" && since != oldest && until != "":
		return fmt.Sprintf("\n\nAvailable from Intercom-Version %s to %s.", since, until)
	case since != "" && since != oldest:
		return fmt.Sprintf("\n\nAvailable since Intercom-Version %s.", since)
	case until != "":
		return fmt.Sprintf("\n\nAvailable up to Intercom-Version %s.", until)
	}
	return ""
}
