package intercom

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// queryFilter compares one field.
type queryFilter struct {
	field    FieldCondition
	operator string
	value    any
}

// typeIn is the type of the field, "" if it is not known.
func (f queryFilter) typeIn(kind *searchKind) fieldType {
	if f.field.attribute {
		return ""
	}
	return kind.types[f.field.name]
}

func (f queryFilter) check(kind *searchKind, _ int) error {
	if f.field.name == "" {
		return errors.New("a condition names no field")
	}
	values, isList := f.value.([]any)
	if !isList {
		values = []any{f.value}
	}
	if err := f.checkValues(kind, values); err != nil {
		return fmt.Errorf("%s %s: %w", f.field.name, f.operator, err)
	}
	return nil
}

func (f queryFilter) checkValues(kind *searchKind, values []any) error {
	if len(values) == 0 {
		return errors.New("the list is empty")
	}
	typ := f.typeIn(kind)
	for _, value := range values {
		w, err := queryValue(typ, value)
		if err != nil {
			return err
		}
		if w == nil && !slices.Contains(operators[switchField], f.operator) {
			return errors.New("null is neither less nor greater than anything")
		}
		if err := f.checkOperator(kind, orTypeOf(typ, value)); err != nil {
			return err
		}
	}
	return nil
}

// checkOperator refuses what the field does not take.
func (f queryFilter) checkOperator(kind *searchKind, typ fieldType) error {
	allowed, known := operators[typ]
	if only, ok := kind.only[f.field.name]; ok && !f.field.attribute {
		allowed, known = only, true
	}
	if kind.wholeDays && typ == momentField {
		allowed = dayOperators
	}
	if !known || slices.Contains(allowed, f.operator) {
		return nil
	}
	return fmt.Errorf("a search for %s takes only %s here", kind.name, strings.Join(allowed, " "))
}

// orTypeOf is the type of a field, or where that is not known what the value
// tells of it. Text tells nothing: it may be a number or a moment as well.
func orTypeOf(typ fieldType, value any) fieldType {
	if typ != "" {
		return typ
	}
	if _, ok := moment(value); ok {
		return momentField
	}
	switch reflect.ValueOf(value).Kind() {
	case reflect.Invalid, reflect.String:
		return ""
	case reflect.Bool:
		return switchField
	default:
		return numberField
	}
}

func (f queryFilter) wire(kind *searchKind) any {
	name := f.field.name
	if f.field.attribute {
		name = kind.attribute + name
	}
	return struct {
		Field    string `json:"field"`
		Operator string `json:"operator"`
		Value    any    `json:"value"`
	}{name, f.operator, f.wireValue(kind)}
}

// wireValue is the value as it is sent; check has seen the errors.
func (f queryFilter) wireValue(kind *searchKind) any {
	typ := f.typeIn(kind)
	values, ok := f.value.([]any)
	if !ok {
		w, _ := queryValue(typ, f.value)
		return w
	}
	list := make([]any, len(values))
	for i, v := range values {
		list[i], _ = queryValue(typ, v)
	}
	return list
}

func moment(value any) (time.Time, bool) {
	switch v := value.(type) {
	case time.Time:
		return v, true
	case Timestamp:
		return v.Time(), true
	default:
		return time.Time{}, false
	}
}

// queryValue is a value as a field of a type takes it: ids that are text here
// are numbers for some fields, and the API finds nothing by the wrong one.
func queryValue(typ fieldType, value any) (any, error) {
	w, err := plainValue(value)
	if err != nil || w == nil {
		return nil, err
	}
	text, isText := w.(string)
	_, isBool := w.(bool)
	switch {
	case typ == "":
		return w, nil
	case isBool != (typ == switchField):
		return nil, fmt.Errorf("the field holds %s, which %s is not", typ, printValue(value))
	case typ == textField && !isText:
		return fmt.Sprint(w), nil
	case isText && (typ == numberField || typ == momentField):
		if !isNumber(text) {
			return nil, fmt.Errorf("the field holds %s, which %s is not", typ, printValue(value))
		}
		return json.Number(text), nil
	}
	return w, nil
}

// isNumber tells whether text is a number as JSON writes it.
func isNumber(text string) bool {
	if _, err := strconv.ParseFloat(text, 64); err != nil {
		return false
	}
	return json.Valid([]byte(text))
}

// plainValue is a value as encoding/json writes it: nil, a string, a boolean or
// a number.
func plainValue(value any) (any, error) {
	if t, ok := moment(value); ok {
		if t.IsZero() {
			return nil, errors.New("the moment is zero")
		}
		return t.Unix(), nil
	}
	if n, ok := value.(json.Number); ok {
		if !isNumber(n.String()) {
			return nil, fmt.Errorf("%q is no number", n.String())
		}
		return n, nil
	}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Invalid:
		return nil, nil
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return v.Uint(), nil
	case reflect.Float32, reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, fmt.Errorf("%v is no JSON number", f)
		}
		return v.Interface(), nil
	case reflect.Slice, reflect.Array:
		return nil, errors.New("a list can only be used with In and NotIn")
	default:
		return nil, fmt.Errorf("a %T can't be compared with", value)
	}
}

func (f queryFilter) String() string {
	name := f.field.name
	if f.field.attribute {
		name = "attribute " + strconv.Quote(name)
	}
	return name + " " + f.operator + " " + printValue(f.value)
}

func printValue(value any) string {
	if t, ok := moment(value); ok {
		return t.UTC().Format(time.RFC3339)
	}
	switch v := value.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = printValue(x)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case nil:
		return "null"
	case json.Number:
		return v.String()
	default:
		if r := reflect.ValueOf(v); r.Kind() == reflect.String {
			return strconv.Quote(r.String())
		}
		return fmt.Sprint(v)
	}
}
