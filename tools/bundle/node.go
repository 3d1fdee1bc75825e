package main

import (
	"iter"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// get returns a member of a mapping, nil if there is none.
func get(node *yaml.Node, key string) *yaml.Node {
	for k, v := range members(node) {
		if k == key {
			return v
		}
	}
	return nil
}

// text returns a scalar member of a mapping, "" if there is none.
func text(node *yaml.Node, key string) string {
	if v := get(node, key); v != nil && v.Kind == yaml.ScalarNode {
		return v.Value
	}
	return ""
}

// is tells whether a member of a mapping is true.
func is(node *yaml.Node, key string) bool { return text(node, key) == "true" }

// set adds a member to a mapping or replaces it.
func set(node *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			node.Content[i+1] = value
			return
		}
	}
	node.Content = append(node.Content, scalar(key), value)
}

// members iterates over a mapping; over nothing for nil.
func members(node *yaml.Node) iter.Seq2[string, *yaml.Node] {
	return func(yield func(string, *yaml.Node) bool) {
		if node == nil || node.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			if !yield(node.Content[i].Value, node.Content[i+1]) {
				return
			}
		}
	}
}

// elements returns the elements of a sequence; none for nil.
func elements(node *yaml.Node) []*yaml.Node {
	if node == nil || node.Kind != yaml.SequenceNode {
		return nil
	}
	return node.Content
}

func scalar(s string) *yaml.Node {
	node := &yaml.Node{}
	node.SetString(s)
	return node
}

func number(n int) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(n)}
}

func boolean(b bool) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(b)}
}

func mapping(pairs ...any) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode}
	for i := 0; i+1 < len(pairs); i += 2 {
		value, ok := pairs[i+1].(*yaml.Node)
		if !ok {
			value = scalar(pairs[i+1].(string))
		}
		set(node, pairs[i].(string), value)
	}
	return node
}
