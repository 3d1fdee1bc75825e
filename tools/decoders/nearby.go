package main

import (
	"bytes"
	"fmt"
	"strings"
)

// maxNearby is the size in bytes of the largest object that shares memory with
// others: of one that is not there all of it is wasted.
const maxNearby = 320

// nearby returns the fields of a type that hold objects which come with nearly
// every answer: those of every version, if there are several and none is large.
// Their objects share one allocation, which is most of what decoding costs
// otherwise; whoever keeps one of them keeps its neighbours, but nothing of
// another answer.
func nearby(m model, known map[string]model) map[string]bool {
	fields := map[string]bool{}
	for _, f := range m.fields {
		pointed, isPointer := strings.CutPrefix(f.kind, "*")
		if isPointer && f.since == "" && known[pointed].answer && sizeOf(known[pointed]) <= maxNearby {
			fields[f.name] = true
		}
	}
	if len(fields) < 2 {
		return nil
	}
	return fields
}

// sizeOf is about the size of a value of the type.
func sizeOf(m model) int {
	size := 8 // Extra
	for _, f := range m.fields {
		switch {
		case strings.HasPrefix(f.kind, "[]"):
			size += 24
		case f.kind == "CustomAttributes":
			size += 40
		case f.kind == "int", f.kind == "float64", f.kind == "bool", f.kind == "Timestamp", strings.HasPrefix(f.kind, "*"), strings.HasPrefix(f.kind, "map["):
			size += 8
		default:
			size += 16 // strings and enums
		}
	}
	return size
}

// writeNearby writes the type that holds the objects of the fields.
func writeNearby(out *bytes.Buffer, m model, fields map[string]bool) {
	if len(fields) == 0 {
		return
	}
	fmt.Fprintf(out, "\n// %[1]sNearby is the memory of the objects that come with nearly every %[2]s.\ntype %[1]sNearby struct {\n", lowerFirst(m.name), m.name)
	for _, f := range m.fields {
		if fields[f.name] {
			fmt.Fprintf(out, "%s %s\n", lowerFirst(f.name), strings.TrimPrefix(f.kind, "*"))
		}
	}
	out.WriteString("}\n")
}

// writeNew writes the statements that give a field a new object.
func writeNew(out *bytes.Buffer, m model, f field, fields map[string]bool) {
	if !fields[f.name] {
		fmt.Fprintf(out, "x.%s = new(%s)\n", f.name, strings.TrimPrefix(f.kind, "*"))
		return
	}
	fmt.Fprintf(out, "if near == nil {\nnear = new(%sNearby)\n}\nx.%s = &near.%s\n", lowerFirst(m.name), f.name, lowerFirst(f.name))
}

func lowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }
