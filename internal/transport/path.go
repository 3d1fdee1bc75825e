package transport

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// JoinPath puts args, in their order, in place of the parameters of a path
// template such as "/contacts/{id}". Every arg stays inside its segment,
// whatever is in it: slashes, question marks and percent signs are escaped.
//
// An empty arg is refused, and so is one with control characters. "." and ".."
// are refused too: escaping does not help, since servers and proxies undo it
// before they resolve them, and a DELETE of a contact's tag ".." would become a
// DELETE of the contact. No id is called that.
func JoinPath(template string, args ...string) (string, error) {
	size, err := measure(template, args)
	if err != nil {
		return "", err
	}
	if len(args) == 0 {
		return template, nil
	}
	var path strings.Builder
	path.Grow(size)
	rest := template
	for _, arg := range args {
		open := strings.IndexByte(rest, '{')
		path.WriteString(rest[:open])
		writeEscaped(&path, arg)
		rest = rest[open+strings.IndexByte(rest[open:], '}')+1:]
	}
	path.WriteString(rest)
	return path.String(), nil
}

// measure checks the args against the template and computes the length of the
// result.
func measure(template string, args []string) (int, error) {
	size, rest := len(template), template
	for i := 0; ; i++ {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			if i < len(args) {
				return 0, fmt.Errorf("intercom: the path %s has %d parameters, but %d were given", template, i, len(args))
			}
			return size, nil
		}
		end := strings.IndexByte(rest[open:], '}')
		if end < 0 {
			return 0, fmt.Errorf("intercom: the path %s has a brace that is not closed", template)
		}
		name := rest[open+1 : open+end]
		if i >= len(args) {
			return 0, fmt.Errorf("intercom: the path %s needs a value for %s", template, name)
		}
		if problem := problemOf(args[i]); problem != "" {
			return 0, fmt.Errorf("intercom: %s %s; pass the id as the API gave it (path %s)", name, problem, template)
		}
		size += escapedLen(args[i]) - end - 1
		rest = rest[open+end+1:]
	}
}

// problemOf says why arg can't be a segment, "" if it can. It does not quote
// arg, which may be an address.
func problemOf(arg string) string {
	switch arg {
	case "":
		return "is empty"
	case ".", "..":
		return "is made of dots only, which means another path"
	}
	for i := range len(arg) {
		if arg[i] < ' ' || arg[i] == 0x7f {
			return "contains a control character"
		}
	}
	return ""
}

// escapedLen is the length of text when it is escaped.
func escapedLen(text string) int {
	n := len(text)
	for i := range len(text) {
		if !isSegmentByte(text[i]) {
			n += 2
		}
	}
	return n
}

// writeEscaped writes text with everything escaped that has a meaning in a URL.
func writeEscaped(path *strings.Builder, text string) {
	const digits = "0123456789ABCDEF"
	for i := range len(text) {
		c := text[i]
		if isSegmentByte(c) {
			path.WriteByte(c)
			continue
		}
		path.WriteByte('%')
		path.WriteByte(digits[c>>4])
		path.WriteByte(digits[c&15])
	}
}

// isSegmentByte tells whether a byte stands for itself in a segment. It is the
// same set that url.PathEscape leaves alone.
func isSegmentByte(c byte) bool { return segmentBytes[c] }

// segmentBytes is a table because every id of every call is looked up in it.
var segmentBytes = func() (table [256]bool) {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for _, c := range []byte(letters + "0123456789-_.~$&+:=@") {
		table[c] = true
	}
	return table
}()

// CheckRawPath refuses a path, with or without a query, that can't go through
// the raw door: it must begin with one slash, be escaped, and lead nowhere but
// to the API.
func CheckRawPath(path string) error {
	switch {
	case path == "":
		return errors.New("intercom: the path is empty; pass one such as /contacts")
	case path[0] != '/':
		return errors.New("intercom: the path does not begin with a slash; pass a path such as /contacts, not a URL")
	case strings.HasPrefix(path, "//"):
		return errors.New("intercom: the path begins with two slashes, which would name a host; begin it with one")
	}
	for i := range len(path) {
		switch c := path[i]; {
		case c < ' ' || c == 0x7f:
			return errors.New("intercom: the path contains a control character; remove it")
		case c == ' ' || c > 0x7f:
			return errors.New("intercom: the path contains a space or a letter outside ASCII; escape it with url.PathEscape")
		case c == '\\':
			return errors.New("intercom: the path contains a backslash; use slashes")
		case c == '#':
			return errors.New("intercom: the path contains a fragment; escape the # or leave it out")
		case c == '%' && (i+2 >= len(path) || !isHex(path[i+1]) || !isHex(path[i+2])):
			return errors.New("intercom: the path contains a % that escapes nothing; write %25")
		}
	}
	plain, _, _ := strings.Cut(path, "?")
	if i := strings.IndexAny(plain, "\"<>^`{|}"); i >= 0 {
		// net/url would escape the whole path anew, and lose escaped slashes.
		return errors.New("intercom: the path contains " + strconv.Quote(plain[i:i+1]) + "; escape it with url.PathEscape")
	}
	return checkSegments(plain)
}

// checkSegments refuses segments that mean another path, escaped ones as well,
// and escaped control characters.
func checkSegments(path string) error {
	for segment := range strings.SplitSeq(path, "/") {
		decoded := decode(segment)
		if decoded == "." || decoded == ".." {
			return errors.New("intercom: the path contains a segment made of dots; write the path without it")
		}
		for i := range len(decoded) {
			if decoded[i] < ' ' || decoded[i] == 0x7f || decoded[i] == '\\' {
				return errors.New("intercom: the path contains an escaped control character or backslash; remove it")
			}
		}
	}
	return nil
}

// decode undoes the escapes of a segment, all of which are valid.
func decode(segment string) string {
	if strings.IndexByte(segment, '%') < 0 {
		return segment
	}
	plain := make([]byte, 0, len(segment))
	for i := 0; i < len(segment); i++ {
		if segment[i] == '%' {
			plain = append(plain, unhex(segment[i+1])<<4|unhex(segment[i+2]))
			i += 2
			continue
		}
		plain = append(plain, segment[i])
	}
	return string(plain)
}

// isHex tells whether c is a hexadecimal digit.
func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// unhex is the value of a hexadecimal digit.
func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
