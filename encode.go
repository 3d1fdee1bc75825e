package intercom

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strconv"
	"strings"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// marshalAnswer writes the fields of an answer and, in their place or beside
// them, what Extra holds.
func marshalAnswer(plain any, extra Extra) ([]byte, error) {
	text, err := json.Marshal(plain)
	if err != nil || len(extra) == 0 {
		return text, err
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	maps.Copy(members, extra)
	return json.Marshal(members)
}

// withEntries adds the entries of a map field to what is written beside the
// fields.
func withEntries[T any](extra Extra, entries map[string]T) Extra {
	all := make(Extra, len(extra)+len(entries))
	for name, entry := range entries {
		text, err := json.Marshal(entry)
		if err != nil {
			text = []byte(err.Error()) // No JSON: the whole can't be encoded, either.
		}
		all[name] = text
	}
	maps.Copy(all, extra)
	return all
}

// loneMember keeps the one member of an object that came without any other as it
// stood, so that the object is not taken for the scalar that the API sends in
// its place now and then.
func loneMember(name, text string) Extra {
	if text == "" {
		return nil
	}
	value, err := json.Marshal(text)
	if err != nil {
		return nil
	}
	return Extra{name: value}
}

func isZero(x any) bool { return reflect.ValueOf(x).IsZero() }

// versioned is a request whose form depends on the version: forVersion returns
// what is encoded in its place. Where a member is only sent as a number in some
// versions, or only there in some, a rule is enough.
type versioned interface {
	forVersion(version operations.Version) (any, error)
}

// wireRules tell how a request differs on the wire from its Go type.
type wireRules []wireRule

// wireRule is about one member of a request.
type wireRule struct {
	name     string             // the member, with dots for nested ones
	constant string             // JSON that is always sent
	integer  bool               // a string that the server wants as a number
	single   bool               // a list of which the server takes one element, without the list
	limited  bool               // a member that only the versions from since to until take
	since    operations.Version // the first version that the rule is about
	until    operations.Version // the last version that the rule is about, 0 for all
}

// holds tells whether the rule has anything to say in a version.
func (r wireRule) holds(version operations.Version) bool {
	within := version >= r.since && (r.until == 0 || version <= r.until)
	return within != r.limited
}

// apply brings an encoded request into the form that the version wants.
func (rules wireRules) apply(text []byte, version operations.Version) ([]byte, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	for _, rule := range rules {
		if !rule.holds(version) {
			continue
		}
		if err := rule.apply(members, rule.name); err != nil {
			return nil, err
		}
	}
	return json.Marshal(members)
}

func (r wireRule) apply(members map[string]json.RawMessage, name string) error {
	if outer, inner, nested := strings.Cut(name, "."); nested {
		return r.applyNested(members, outer, inner)
	}
	if r.constant != "" {
		members[name] = json.RawMessage(r.constant)
		return nil
	}
	value, ok := members[name]
	if !ok {
		return nil
	}
	var err error
	switch {
	case r.limited:
		return unknownField(r.name, r.since, r.until)
	case r.single:
		members[name], err = r.only(value)
	default:
		members[name], err = r.numeric(value)
	}
	return err
}

// only takes the one element out of a list.
func (r wireRule) only(value json.RawMessage) (json.RawMessage, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(value, &list); err != nil {
		return nil, err
	}
	if len(list) != 1 {
		return nil, fmt.Errorf("%s has %d elements; up to Intercom-Version %s it takes one, set a later one with WithVersion(%q)", r.name, len(list), apiVersion(r.until), apiVersion(r.until+1))
	}
	return list[0], nil
}

// numeric turns an id, or a list of ids, into numbers.
func (r wireRule) numeric(value json.RawMessage) (json.RawMessage, error) {
	switch firstByte(value) {
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(value, &list); err != nil {
			return nil, err
		}
		for i := range list {
			var err error
			if list[i], err = r.numeric(list[i]); err != nil {
				return nil, err
			}
		}
		return json.Marshal(list)
	case '"':
		var id string
		if err := json.Unmarshal(value, &id); err != nil {
			return nil, err
		}
		if n, err := strconv.ParseInt(id, 10, 64); err != nil || strconv.FormatInt(n, 10) != id {
			return nil, fmt.Errorf("%s: %q is no number, as the API wants it", r.name, id)
		}
		return json.RawMessage(id), nil
	default:
		return value, nil
	}
}

// applyNested goes into an object; the name * goes into every element of a list
// or every value of an object.
func (r wireRule) applyNested(members map[string]json.RawMessage, outer, inner string) error {
	value, ok := members[outer]
	if !ok {
		return nil
	}
	rest, each := strings.CutPrefix(inner, "*.")
	var err error
	switch first := firstByte(value); {
	case first == '[' && each:
		var list []json.RawMessage
		if err = json.Unmarshal(value, &list); err != nil {
			return err
		}
		for i := range list {
			if list[i], err = r.applyObject(list[i], rest); err != nil {
				return err
			}
		}
		members[outer], err = json.Marshal(list)
	case first == '{' && each:
		var object map[string]json.RawMessage
		if err = json.Unmarshal(value, &object); err != nil {
			return err
		}
		for name := range object {
			if object[name], err = r.applyObject(object[name], rest); err != nil {
				return err
			}
		}
		members[outer], err = json.Marshal(object)
	case first == '{':
		members[outer], err = r.applyObject(value, inner)
	}
	return err
}

func (r wireRule) applyObject(value json.RawMessage, name string) (json.RawMessage, error) {
	if firstByte(value) != '{' {
		return value, nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(value, &members); err != nil {
		return nil, err
	}
	if err := r.apply(members, name); err != nil {
		return nil, err
	}
	return json.Marshal(members)
}

// inline puts the members of a field directly into the body.
func inline(text []byte, field any) ([]byte, error) {
	inner, err := json.Marshal(field)
	if err != nil {
		return nil, err
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(inner, &members); err != nil {
		return nil, err
	}
	return json.Marshal(members)
}
