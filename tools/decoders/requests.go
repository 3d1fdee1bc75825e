package main

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// writeRequests writes, for types of requests, which members must be there,
// which are constant and which the server wants in another form.
func writeRequests(out *bytes.Buffer, list []model) error {
	known := map[string]model{}
	for _, m := range list {
		known[m.name] = m
	}
	for _, m := range list {
		if m.params && m.mapName != "" {
			fmt.Fprintf(out, "\n// MarshalJSON writes the entries of %[2]s beside the other fields.\nfunc (p %[1]s) MarshalJSON() ([]byte, error) {\ntype plain %[1]s\nreturn marshalAnswer(plain(p), withEntries(nil, p.%[2]s))\n}\n", m.name, m.mapName)
		}
		if !m.params || !strings.HasSuffix(m.name, "Params") {
			continue
		}
		if err := writeMissing(out, m, known); err != nil {
			return err
		}
		writeCrowded(out, m)
		writeWire(out, m, known)
	}
	return nil
}

// writeCrowded writes the method that names the first list that is longer than
// the API takes.
func writeCrowded(out *bytes.Buffer, m model) {
	var text strings.Builder
	for _, f := range m.fields {
		if f.maxItems > 0 {
			fmt.Fprintf(&text, "if len(p.%s) > %d {\nreturn %q, %d\n}\n", f.name, f.maxItems, f.json, f.maxItems)
		}
	}
	if text.Len() > 0 {
		fmt.Fprintf(out, "\n// crowded names the first list that is too long, and how long it may be.\nfunc (p %s) crowded() (name string, limit int) {\n%sreturn \"\", 0\n}\n", m.name, text.String())
	}
}

// writeMissing writes the method that names the first required member that is
// not there.
func writeMissing(out *bytes.Buffer, m model, known map[string]model) error {
	var text strings.Builder
	for _, f := range m.fields {
		if contains(m.required, f.json) {
			test, err := isMissing("p."+f.name, f.kind, known)
			if err != nil {
				return fmt.Errorf("%s.%s: %w", m.name, f.name, err)
			}
			fmt.Fprintf(&text, "if %s {\nreturn %q\n}\n", test, f.json)
		}
		nested, ok := known[strings.TrimPrefix(f.kind, "*")]
		if !ok || nested.answer {
			continue
		}
		for _, inner := range nested.fields {
			if !contains(nested.required, inner.json) {
				continue
			}
			test, err := isMissing("p."+f.name+"."+inner.name, inner.kind, known)
			if err != nil {
				return fmt.Errorf("%s.%s: %w", m.name, f.name, err)
			}
			if strings.HasPrefix(f.kind, "*") {
				test = "p." + f.name + " != nil && " + test
			}
			fmt.Fprintf(&text, "if %s {\nreturn %q\n}\n", test, f.json+"."+inner.json)
		}
	}
	if text.Len() > 0 {
		fmt.Fprintf(out, "\n// missing names the first required member that is not there.\nfunc (p %s) missing() string {\n%sreturn \"\"\n}\n", m.name, text.String())
	}
	return nil
}

func isMissing(expression, kind string, known map[string]model) (string, error) {
	switch {
	case known[kind].name != "":
		return "isZero(" + expression + ")", nil
	case strings.HasPrefix(kind, "[]"), strings.HasPrefix(kind, "map["):
		return "len(" + expression + ") == 0", nil
	case strings.HasPrefix(kind, "*"):
		return expression + " == nil", nil
	case strings.HasPrefix(kind, "Opt["), kind == "Timestamp", kind == "CustomAttributes", kind == "ContactIdentity", kind == "ConversationAssignee":
		return expression + ".IsZero()", nil
	case kind == "int", kind == "float64":
		return expression + " == 0", nil
	case kind == "bool":
		return "", errors.New("a required boolean can't be missing: give it x-always instead")
	default:
		return expression + ` == ""`, nil
	}
}

// writeWire writes the method that tells how a request differs on the wire from
// its Go type.
func writeWire(out *bytes.Buffer, m model, known map[string]model) {
	var text strings.Builder
	for _, c := range m.constant {
		writeConstant(&text, c.json, c)
	}
	for _, f := range m.fields {
		if f.inline {
			fmt.Fprintf(out, "\n// inlined is the field whose members stand directly in the body.\nfunc (p %s) inlined() any { return p.%s }\n", m.name, f.name)
		}
		writeRule(&text, f.json, f)
		nested, prefix := elementOf(f, known)
		for _, inner := range nested.fields {
			writeRule(&text, prefix+inner.json, inner)
		}
		for _, c := range nested.constant {
			writeConstant(&text, prefix+c.json, c)
		}
	}
	if text.Len() == 0 {
		return
	}
	fmt.Fprintf(out, "\nvar wireOf%[1]s = wireRules{\n%[2]s}\n\nfunc (p %[1]s) wire() wireRules { return wireOf%[1]s }\n", m.name, text.String())
}

// elementOf returns the type of an object, of the elements of a list or of the
// values of a map, and how rules name what is in it.
func elementOf(f field, known map[string]model) (nested model, prefix string) {
	kind, prefix := f.kind, f.json+"."
	if inner, ok := strings.CutPrefix(kind, "Opt["); ok {
		kind = strings.TrimSuffix(inner, "]")
	}
	for _, container := range []string{"[]", "map[string]"} {
		if inner, ok := strings.CutPrefix(kind, container); ok {
			kind, prefix = inner, f.json+".*."
		}
	}
	return known[strings.TrimPrefix(kind, "*")], prefix
}

// writeRule writes which versions take a field, and which want it in another
// form.
func writeRule(text *strings.Builder, name string, f field) {
	if f.since != "" || f.until != "" {
		fmt.Fprintf(text, "{name: %q, limited: true%s%s},\n", name, bound("since", f.since), bound("until", f.until))
	}
	if f.wire != "" {
		fmt.Fprintf(text, "{name: %q, %s: true%s},\n", name, f.wire, bound("until", f.wireUntil))
	}
}

func writeConstant(text *strings.Builder, name string, c constant) {
	fmt.Fprintf(text, "{name: %q, constant: `%s`%s%s},\n", name, c.value, bound("since", c.since), bound("until", c.until))
}

func bound(name, version string) string {
	if version == "" {
		return ""
	}
	return ", " + name + ": " + asNumber(version)
}

// asNumber is a version as operations.Version writes it.
func asNumber(version string) string {
	var major, minor int
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil {
		return "0"
	}
	return strconv.Itoa(major*1000 + minor)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
