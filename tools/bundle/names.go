package main

import (
	"strings"
	"unicode"
)

// initialisms are words that Go writes in capitals, in the form Go wants.
var initialisms = map[string]string{
	"ai": "AI", "api": "API", "csat": "CSAT", "csv": "CSV", "html": "HTML",
	"id": "ID", "ids": "IDs", "ios": "IOS", "ip": "IP", "json": "JSON",
	"os": "OS", "sdk": "SDK", "sla": "SLA", "sms": "SMS", "ui": "UI",
	"url": "URL", "urls": "URLs", "utm": "UTM", "uuid": "UUID",
}

// goName makes the Go name of a JSON member or an enum value.
func goName(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	var b strings.Builder
	for _, word := range words {
		if known, ok := initialisms[strings.ToLower(word)]; ok {
			b.WriteString(known)
			continue
		}
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// goDoc wraps a description into a Go comment. An empty line in it parts
// paragraphs.
func goDoc(description string) string {
	const width = 77
	var lines []string
	for i, paragraph := range strings.Split(strings.TrimSpace(description), "\n\n") {
		if i > 0 {
			lines = append(lines, "//")
		}
		line := "//"
		for _, word := range strings.Fields(paragraph) {
			if len(line)+1+len(word) > width && line != "//" {
				lines = append(lines, line)
				line = "//"
			}
			line += " " + word
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
