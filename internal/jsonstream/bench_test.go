package jsonstream_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// compact is a document without white space, as a server sends it.
func compact(b *testing.B, document string) []byte {
	var out bytes.Buffer
	if err := json.Compact(&out, []byte(document)); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// compare measures decode and encoding/json on the same document.
func compare(b *testing.B, document []byte, decode func(*jsonstream.Decoder), reference func() any) {
	b.Run("jsonstream", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(document)))
		body := make([]byte, 0, len(document)+64)
		for b.Loop() {
			d := jsonstream.Get(append(body, document...))
			decode(d)
			if err := d.Finish(); err != nil {
				b.Fatal(err)
			}
			d.Release()
		}
	})
	b.Run("encoding", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(document)))
		for b.Loop() {
			if err := json.Unmarshal(document, reference()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkObject(b *testing.B) {
	compare(b, compact(b, plain), func(d *jsonstream.Decoder) { new(sample).decode(d) }, func() any { return new(twin) })
}

func BenchmarkPage(b *testing.B) {
	element := `{"id":"63f5c1b2a7e4d9001c8b4567","size":42,"child":{"id":"12","size":null,"child":null}}`
	document := []byte(`{"list":[` + repeat(element, 1000) + `]}`)
	compare(b, document, func(d *jsonstream.Decoder) { new(sample).decode(d) }, func() any { return new(twin) })
}

func BenchmarkStrings(b *testing.B) {
	for name, text := range map[string]string{
		"plain":   strings.Repeat("lorem ipsum dolor sit amet ", 40),
		"unicode": strings.Repeat("Zażółć gęślą jaźń – naïve ", 40),
		"escapes": strings.Repeat(`\u003cp class=\"no-margin\"\u003etext\n`, 30),
	} {
		document := []byte(`[` + repeat(`"`+text+`"`, 100) + `]`)
		b.Run(name, func(b *testing.B) {
			compare(b, document, func(d *jsonstream.Decoder) {
				jsonstream.List(d, (*jsonstream.Decoder).String)
			}, func() any { return new([]string) })
		})
	}
}

func BenchmarkNumbers(b *testing.B) {
	b.Run("integers", func(b *testing.B) {
		compare(b, []byte(`[`+repeat(`1700000000,7,-345`, 500)+`]`), func(d *jsonstream.Decoder) {
			jsonstream.List(d, (*jsonstream.Decoder).Int)
		}, func() any { return new([]int) })
	})
	b.Run("floats", func(b *testing.B) {
		compare(b, []byte(`[`+repeat(`0.5,123.25,1e3`, 500)+`]`), func(d *jsonstream.Decoder) {
			jsonstream.List(d, (*jsonstream.Decoder).Float)
		}, func() any { return new([]float64) })
	})
	b.Run("times", func(b *testing.B) {
		compare(b, []byte(`[`+repeat(`1700000000`, 1500)+`]`), func(d *jsonstream.Decoder) {
			jsonstream.List(d, (*jsonstream.Decoder).UnixMicro)
		}, func() any { return new([]int64) })
	})
}

// BenchmarkSkip reads into types that have none of the members.
func BenchmarkSkip(b *testing.B) {
	document := []byte(`[` + repeat(string(compact(b, plain)), 100) + `]`)
	compare(b, document, (*jsonstream.Decoder).Skip, func() any { return new([]struct{}) })
}
