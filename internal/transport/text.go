package transport

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is how much of a foreign text goes into a text of ours.
const maxText = 240

// shorten makes a foreign text fit for one line of a log: no line ends, no
// control characters, nothing endless.
func shorten(text string) string {
	if len(text) <= maxText && isPlain(text) {
		return text
	}
	cut := len(text) > 4*maxText
	if cut {
		text = text[:4*maxText]
	}
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "?"), isBreak), " ")
	if len(text) > maxText {
		end := maxText
		for !utf8.RuneStart(text[end]) {
			end--
		}
		text, cut = text[:end], true
	}
	if cut {
		text += "..."
	}
	return text
}

// isBreak finds what may not stand inside a line: blanks, control characters
// and those that turn the direction of the text around them.
func isBreak(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError
}

// discreet is shorten for a text that the server wrote about someone's data:
// addresses and long ids are left out. The full text stays in the fields of
// the error.
func discreet(text string) string {
	words := strings.Fields(shorten(text))
	for i, word := range words {
		switch {
		case strings.Contains(word, "@"):
			words[i] = "[address]"
		case looksLikeID(word):
			words[i] = "[id]"
		}
	}
	return strings.Join(words, " ")
}

// looksLikeID finds words with at least eight digits or hexadecimal letters in
// a row, one of them a digit.
func looksLikeID(word string) bool {
	run, digits := 0, 0
	for i := range len(word) {
		switch c := word[i]; {
		case c >= '0' && c <= '9':
			run++
			digits++
		case c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == '-':
			run++
		default:
			run, digits = 0, 0
		}
		if run >= 8 && digits > 0 {
			return true
		}
	}
	return false
}
