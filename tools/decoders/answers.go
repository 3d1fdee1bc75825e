package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ordered returns the names of properties in the document's order.
func ordered(properties map[string]property) []string {
	names := make([]string, 0, len(properties))
	for name := range properties {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(properties[a].Order, properties[b].Order), cmp.Compare(a, b))
	})
	return names
}

// writeDecoders writes the decoder of every type of an answer.
func writeDecoders(out *bytes.Buffer, list []model) error {
	out.WriteString("import (\n\"encoding/json\"\n\n\"github.com/seed-8b687bef/intercom-go/internal/jsonstream\"\n)\n")
	known := map[string]model{}
	for _, m := range list {
		known[m.name] = m
	}
	id := 0
	for _, m := range list {
		if !m.answer {
			continue
		}
		if err := writeDecoder(out, m, id, known); err != nil {
			return err
		}
		id++
	}
	fmt.Fprintf(out, "\n// shapes counts the generated shapes; others number theirs from here.\nconst shapes = %d\n", id)
	return nil
}

func writeDecoder(out *bytes.Buffer, m model, id int, known map[string]model) error {
	lower, near := lowerFirst(m.name), nearby(m, known)
	fmt.Fprintf(out, "\nvar %sShape = jsonstream.Shape{\nID: %d,\nName: %q,\nKeys: []string{\n", lower, id, m.name)
	for _, f := range m.fields {
		fmt.Fprintf(out, "`%q:`,\n", f.json)
	}
	out.WriteString("},\n}\n")
	writeNearby(out, m, near)
	fmt.Fprintf(out, "\nfunc (x *%s) decode(d *jsonstream.Decoder) {\norder := d.Order(&%sShape)\n", m.name, lower)
	if f, k, ok := scalarField(m); ok {
		fmt.Fprintf(out, "if d.Scalar() {\n")
		if err := writeField(out, m, f, k, near, known); err != nil {
			return err
		}
		fmt.Fprintf(out, "return\n}\n")
	}
	if len(near) > 0 {
		fmt.Fprintf(out, "var near *%sNearby\n", lower)
	}
	fmt.Fprintf(out, "for k := d.First(&%[1]sShape, order); k != jsonstream.End; k = d.Next(&%[1]sShape, order, k, %[2]s) {\nswitch k {\n",
		lower, "x.Extra.pointer()")
	for i, f := range m.fields {
		fmt.Fprintf(out, "case %d:\n", i)
		if err := writeField(out, m, f, i, near, known); err != nil {
			return fmt.Errorf("%s.%s: %w", m.name, f.name, err)
		}
	}
	out.WriteString("default:\n")
	if m.mapName != "" {
		fmt.Fprintf(out, "jsonstream.Entry(d, &x.%s, (*%s).decode, x.Extra.pointer())\n", m.mapName, m.mapType)
	} else {
		out.WriteString("d.Unknown(x.Extra.pointer())\n")
	}
	out.WriteString("}\n}\n")
	if f, _, ok := scalarField(m); ok {
		// MarshalJSON would write the scalar in its place. The type, which
		// is nearly always there, makes the question cheap.
		fmt.Fprintf(out, "if x.Type == \"\" {\nrest := *x\nrest.%[1]s = \"\"\nif isZero(rest) {\nx.Extra = loneMember(%[2]q, string(x.%[1]s))\n}\n}\n", f.name, f.json)
	}
	out.WriteString("}\n")
	writeJSONMethods(out, m)
	return nil
}

// writeJSONMethods makes a type work with encoding/json.
func writeJSONMethods(out *bytes.Buffer, m model) {
	fmt.Fprintf(out, "\n// UnmarshalJSON reads %[2]s leniently, see Extra.\nfunc (x *%[1]s) UnmarshalJSON(data []byte) error { return unmarshalAnswer(data, x) }\n", m.name, article(m.name))
	fmt.Fprintf(out, "\n// MarshalJSON writes what is not zero, and the members in Extra.\nfunc (x %[1]s) MarshalJSON() ([]byte, error) {\ntype plain %[1]s\n", m.name)
	if f, _, ok := scalarField(m); ok {
		fmt.Fprintf(out, "if rest := x; x.%[1]s != \"\" {\nrest.%[1]s = \"\"\nif isZero(rest) {\nreturn json.Marshal(x.%[1]s)\n}\n}\n", f.name)
	}
	if m.mapName != "" {
		fmt.Fprintf(out, "return marshalAnswer((*plain)(&x), withEntries(x.Extra, x.%s))\n}\n", m.mapName)
		return
	}
	out.WriteString("return marshalAnswer((*plain)(&x), x.Extra)\n}\n")
}

func article(name string) string {
	if strings.ContainsRune("AEIOU", rune(name[0])) {
		return "an " + name
	}
	return "a " + name
}

// scalarField is the member that comes alone instead of the object, if the type
// has one, and its index.
func scalarField(m model) (f field, k int, ok bool) {
	for k, f := range m.fields {
		if m.scalar != "" && f.json == m.scalar {
			return f, k, true
		}
	}
	return field{}, 0, false
}

// scalars are the methods that read values of predeclared and hand-written
// types.
var scalars = map[string]string{
	"int":       "d.Int()",
	"float64":   "d.Float()",
	"bool":      "d.Bool()",
	"*int":      "d.IntPointer()",
	"*float64":  "d.FloatPointer()",
	"*bool":     "d.BoolPointer()",
	"Timestamp": "readTime(d)",
}

// writeField writes the statement that reads one field, member k.
func writeField(out *bytes.Buffer, m model, f field, k int, near map[string]bool, known map[string]model) error {
	read, ok := scalars[f.kind]
	element, isList := strings.CutPrefix(f.kind, "[]")
	value, isMap := strings.CutPrefix(f.kind, "map[string]")
	pointed, isPointer := strings.CutPrefix(f.kind, "*")
	switch {
	case ok:
		fmt.Fprintf(out, "x.%s = %s\n", f.name, read)
	case f.kind == "string" && f.nobody:
		fmt.Fprintf(out, "x.%s = someone(d.Word())\n", f.name)
	case f.kind == "string" && f.intern:
		fmt.Fprintf(out, "d.ReadWord(&x.%s, order, %d)\n", f.name, k)
	case f.kind == "string":
		fmt.Fprintf(out, "d.ReadString(&x.%s)\n", f.name)
	case f.kind == "CustomAttributes":
		fmt.Fprintf(out, "x.%s.decode(d)\n", f.name)
	case isList && element == "string":
		fmt.Fprintf(out, "x.%s = jsonstream.List(d, (*jsonstream.Decoder).Word)\n", f.name)
	case isList && element == "int":
		fmt.Fprintf(out, "x.%s = jsonstream.List(d, (*jsonstream.Decoder).Int)\n", f.name)
	case isList && known[element].answer:
		fmt.Fprintf(out, "x.%s = jsonstream.Objects(d, (*%s).decode)\n", f.name, element)
	case isList && known[element].name == "":
		fmt.Fprintf(out, "x.%s = jsonstream.List(d, readWord[%s])\n", f.name, element)
	case isMap && known[value].answer:
		fmt.Fprintf(out, "x.%s = jsonstream.ObjectMap(d, (*%s).decode)\n", f.name, value)
	case isPointer && known[pointed].answer && known[pointed].scalar != "":
		out.WriteString("if d.Scalar() || d.Object() {\n")
		writeNew(out, m, f, near)
		fmt.Fprintf(out, "x.%s.decode(d)\n}\n", f.name)
	case isPointer && known[pointed].answer:
		out.WriteString("if d.Object() {\n")
		writeNew(out, m, f, near)
		fmt.Fprintf(out, "x.%s.decode(d)\n}\n", f.name)
	case known[f.kind].name == "" && !isList && !isMap && !isPointer:
		fmt.Fprintf(out, "d.ReadWord((*string)(&x.%s), order, %d)\n", f.name, k)
	default:
		return fmt.Errorf("no way to read a %s", f.kind)
	}
	return nil
}
