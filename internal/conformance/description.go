package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// Description is a description of the API that answers can be held against.
type Description struct {
	document *openapi3.T
	failure  *openapi3.SchemaRef // what any failure may look like, nil for what is described only
	strict   bool                // null is not the same as nothing
	loose    bool                // an answer may be empty
}

// Ours reads our own document as it is for one version, so that nothing passes
// that it does not say: members that the version lacks and members that nobody
// described are mistakes, and ids are of the kind that the server sends.
func Ours(data []byte, version operations.Version) (*Description, error) {
	document, err := parse(data)
	if err != nil {
		return nil, err
	}
	o := ours{version: version, schemas: at(document, "components", "schemas")}
	for _, schema := range o.schemas {
		o.object(schema.(map[string]any))
	}
	o.references(document)
	loaded, err := load(document)
	if err != nil {
		return nil, err
	}
	return &Description{document: loaded, strict: true}, nil
}

// Loose reads our own document with all the habits of the real API that it does
// not tell of: any scalar may be a string or a number, anything may be null, an
// object may come as its main member alone or, empty, as a list, there are
// members that nobody knows, and answers that are empty, with another status of success or not.
func Loose(data []byte) (*Description, error) {
	document, err := parse(data)
	if err != nil {
		return nil, err
	}
	schemas := at(document, "components", "schemas")
	each(document, loosen)
	for name, schema := range schemas {
		if schema := schema.(map[string]any); schema["x-scalar"] != nil {
			schemas[name] = map[string]any{"anyOf": append(scalars(), schema)}
		}
	}
	loaded, err := load(document)
	if err != nil {
		return nil, err
	}
	return &Description{document: loaded, loose: true}, nil
}

func loosen(node map[string]any) {
	if of, ok := node["oneOf"]; ok {
		node["anyOf"] = of
		delete(node, "oneOf")
	}
	switch node["type"] {
	case "string", "integer", "number":
		delete(node, "type")
		delete(node, "format")
		delete(node, "enum")
		node["anyOf"] = scalars()
	case "object", "array", "boolean":
		node["nullable"] = true
	}
}

func scalars() []any {
	return []any{
		map[string]any{"type": "string", "nullable": true}, map[string]any{"type": "number", "nullable": true},
	}
}

// Published reads a published description. Those refer to schemas that are not
// there, which then may be anything; they say of few members that they may be
// null and have null in their own examples of others, so that null counts as
// nothing; and they leave out most ways in which an operation can fail, which
// always look the same.
func Published(data []byte) (*Description, error) {
	document, err := parse(data)
	if err != nil {
		return nil, err
	}
	schemas := at(document, "components", "schemas")
	each(document, func(node map[string]any) {
		name, ok := strings.CutPrefix(fmt.Sprint(node["$ref"]), "#/components/schemas/")
		if ok && schemas[name] == nil {
			schemas[name] = map[string]any{}
		}
		delete(node, "example") // The examples are not always true to the schemas.
		delete(node, "examples")
	})
	loaded, err := load(document)
	if err != nil {
		return nil, err
	}
	return &Description{document: loaded, failure: loaded.Components.Schemas["error"]}, nil
}

func parse(data []byte) (map[string]any, error) {
	var document any
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	m, ok := plain(document).(map[string]any)
	if !ok {
		return nil, errors.New("the description is no object")
	}
	return m, nil
}

func load(document map[string]any) (*openapi3.T, error) {
	data, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	return openapi3.NewLoader().LoadFromData(data)
}

// notDescribed is the complaint about an operation that a description lacks.
const notDescribed = "the operation is not described"

// Complaints lists what is wrong with the answer to an operation: a place and
// the reason, for each mistake.
func (d *Description) Complaints(op *operations.Operation, status int, body []byte) []string {
	item := d.document.Paths.Value(op.Path)
	if item == nil || item.GetOperation(op.Method) == nil {
		return []string{notDescribed}
	}
	if len(body) == 0 && d.loose && status >= 200 && status < 300 {
		return nil
	}
	schema, complaint := d.schema(item.GetOperation(op.Method).Responses, status)
	switch {
	case complaint != "":
		return []string{complaint}
	case schema == nil && len(body) > 0:
		return []string{"nothing is to be answered"}
	case schema == nil:
		return nil
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return []string{"the answer is no JSON: " + err.Error()}
	}
	if !d.strict {
		value = d.without(value)
	}
	return reasons(schema.VisitJSON(value, openapi3.MultiErrors(), openapi3.VisitAsResponse()), nil)
}

// schema finds what an answer looks like, nil if there is none.
func (d *Description) schema(responses *openapi3.Responses, status int) (schema *openapi3.Schema, complaint string) {
	response := responses.Status(status)
	if response == nil && status >= 300 {
		response = responses.Default()
	}
	if response != nil {
		if media := response.Value.Content.Get("application/json"); media != nil && media.Schema != nil {
			return media.Schema.Value, ""
		}
	}
	switch {
	case status >= 300 && d.failure != nil:
		return d.failure.Value, ""
	case response == nil:
		return nil, "the status " + strconv.Itoa(status) + " is not described"
	}
	return nil, ""
}

// without leaves the members of objects out that say nothing: null, and where
// all habits are allowed a list without elements, which can stand for an object.
func (d *Description) without(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if list, ok := member.([]any); member == nil || ok && len(list) == 0 && d.loose {
				delete(v, name)
			} else {
				v[name] = d.without(member)
			}
		}
	case []any:
		for i, element := range v {
			v[i] = d.without(element)
		}
	}
	return value
}

// reasons collects the mistakes of an error, with the elements of lists all
// called [].
func reasons(err error, found []string) []string {
	switch err := err.(type) { //nolint:errorlint // every layer is looked at by itself
	case nil:
	case openapi3.MultiError:
		for _, e := range err {
			found = reasons(e, found)
		}
	case *openapi3.SchemaError:
		place := err.JSONPointer()
		for i, part := range place {
			if _, e := strconv.Atoi(part); e == nil {
				place[i] = "[]"
			}
		}
		reason := "/" + strings.Join(place, "/") + ": " + err.Reason
		if inner := reasons(err.Origin, nil); len(inner) > 0 {
			reason += " (" + strings.Join(inner, "; ") + ")"
		}
		if !slices.Contains(found, reason) {
			found = append(found, reason)
		}
	default:
		first, _, _ := strings.Cut(err.Error(), "\n")
		found = append(found, first)
	}
	return found
}

// ours turns the document into what OpenAPI 3.0 makes of it.
type ours struct {
	version operations.Version
	schemas map[string]any
}

// object brings a schema into the form of the version.
func (o *ours) object(schema map[string]any) {
	properties, _ := schema["properties"].(map[string]any)
	for name, p := range properties {
		property := p.(map[string]any)
		if !o.within(property, "x-since", "x-until") {
			delete(properties, name)
			continue
		}
		if o.within(property, "x-wire-since", "x-wire-until") {
			o.wire(property)
		}
	}
	if len(properties) > 0 && schema["additionalProperties"] == nil {
		schema["additionalProperties"] = false
	}
}

// wire gives a property the kind that the server sends.
func (o *ours) wire(property map[string]any) {
	switch property["x-wire"] {
	case "integer":
		kind := property
		if items, ok := property["items"].(map[string]any); ok {
			kind = items
		}
		kind["type"] = "integer"
	case "string":
		delete(property, "format")
		property["type"], property["pattern"] = "string", "^[0-9]*$"
	case "date":
		property["type"], property["format"] = "string", "date-time"
	case "scalar":
		name, _ := strings.CutPrefix(property["$ref"].(string), "#/components/schemas/")
		target := o.schemas[name].(map[string]any)
		scalar := at(target, "properties")[target["x-scalar"].(string)].(map[string]any)
		property["$ref"] = scalar["$ref"]
	}
}

// within tells whether the version lies between the bounds that a property has.
func (o *ours) within(property map[string]any, since, until string) bool {
	bound := func(name string, none operations.Version) operations.Version {
		text, ok := property[name].(string)
		if !ok {
			return none
		}
		_, minor, _ := strings.Cut(text, ".")
		n, _ := strconv.Atoi(minor)
		return operations.Version(2000 + n)
	}
	return o.version >= bound(since, 0) && o.version <= bound(until, 1<<30)
}

// references gives those that are beside other keywords, which OpenAPI 3.0
// overlooks, the schema itself.
func (o *ours) references(document map[string]any) {
	each(document, func(node map[string]any) {
		name, ok := strings.CutPrefix(fmt.Sprint(node["$ref"]), "#/components/schemas/")
		if !ok || node["nullable"] != true {
			return
		}
		delete(node, "$ref")
		for key, value := range o.schemas[name].(map[string]any) {
			if node[key] == nil {
				node[key] = value
			}
		}
		if values, ok := node["enum"].([]any); ok {
			node["enum"] = append(slices.Clone(values), nil)
		}
	})
}

// at walks down into a document.
func at(node map[string]any, path ...string) map[string]any {
	for _, name := range path {
		node, _ = node[name].(map[string]any)
	}
	return node
}

// each visits all objects of a document, what is in them first.
func each(node any, visit func(map[string]any)) {
	switch node := node.(type) {
	case map[string]any:
		for _, child := range node {
			each(child, visit)
		}
		visit(node)
	case []any:
		for _, child := range node {
			each(child, visit)
		}
	}
}

// plain turns what the YAML reader makes into what JSON takes.
func plain(value any) any {
	switch v := value.(type) {
	case map[any]any:
		object := make(map[string]any, len(v))
		for name, member := range v {
			object[fmt.Sprint(name)] = plain(member)
		}
		return object
	case map[string]any:
		object := make(map[string]any, len(v))
		for name, member := range v {
			object[name] = plain(member)
		}
		return object
	case []any:
		list := make([]any, len(v))
		for i, element := range v {
			list[i] = plain(element)
		}
		return list
	default:
		return value
	}
}
