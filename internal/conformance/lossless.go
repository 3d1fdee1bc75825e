// Package conformance holds the library against descriptions of the API: the
// one that it is generated from, and the published ones where they are at
// hand. It is a module of its own because that takes packages that the library
// itself must not depend on.
package conformance

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

// Lost lists the leaves of an answer that its re-encoding lacks or holds with
// another value, and those that the re-encoding adds. "1" equals 1, moments are
// equal whichever way they are written, and null, "", 0, false, [] and {} are
// all the same as nothing.
func Lost(original, encoded []byte) ([]string, error) {
	want, err := leaves(original)
	if err != nil {
		return nil, fmt.Errorf("original: %w", err)
	}
	got, err := leaves(encoded)
	if err != nil {
		return nil, fmt.Errorf("re-encoded: %w", err)
	}
	var differences []string
	for path, value := range want {
		if other, ok := got[path]; !ok {
			differences = append(differences, fmt.Sprintf("%s: %s is lost", path, value))
		} else if other != value && !sameMoment(value, other) {
			differences = append(differences, fmt.Sprintf("%s: %s became %s", path, value, other))
		}
	}
	for path, value := range got {
		if _, ok := want[path]; !ok {
			differences = append(differences, fmt.Sprintf("%s: %s was added", path, value))
		}
	}
	slices.Sort(differences)
	return differences, nil
}

// leaves returns every non-empty scalar of a document by its path.
func leaves(text []byte) (map[string]string, error) {
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	var document any
	if err := decoder.Decode(&document); err != nil {
		return nil, err
	}
	found := map[string]string{}
	collect(found, "", document)
	return found, nil
}

func collect(found map[string]string, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			collect(found, path+"/"+name, member)
		}
	case []any:
		// Empty elements may be left out, so that only the others are counted.
		i := 0
		for _, element := range v {
			before := len(found)
			collect(found, fmt.Sprintf("%s[%d]", path, i), element)
			if len(found) > before {
				i++
			}
		}
	case string:
		if v != "" {
			add(found, path, v)
		}
	case json.Number:
		add(found, path, v.String())
	case bool:
		if v {
			found[path] = "true"
		}
	}
}

// add keeps a scalar; numbers in a form that does not depend on how they were
// written.
func add(found map[string]string, path, text string) {
	if number, ok := new(big.Rat).SetString(text); ok {
		if number.Sign() == 0 {
			return
		}
		text = number.RatString()
	}
	found[path] = text
}

// sameMoment tells whether two texts are the same moment, one as RFC 3339 and
// the other in Unix seconds.
func sameMoment(a, b string) bool {
	x, okX := moment(a)
	y, okY := moment(b)
	return okX && okY && x.Equal(y)
}

func moment(text string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.Truncate(time.Microsecond), true
	}
	seconds, ok := new(big.Rat).SetString(text)
	if !ok {
		return time.Time{}, false
	}
	micros := new(big.Rat).Mul(seconds, big.NewRat(1_000_000, 1))
	if !micros.IsInt() || !micros.Num().IsInt64() {
		return time.Time{}, false
	}
	return time.UnixMicro(micros.Num().Int64()), true
}
