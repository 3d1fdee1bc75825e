package conformance

import (
	"slices"
	"testing"
)

func TestLost(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, original, encoded string
		want                    []string
	}{
		{"same", `{"a":{"b":[1,"x"]}}`, `{"a":{"b":["1","x"]}}`, nil},
		{"empties are nothing", `{"a":null,"b":"","c":0,"d":false,"e":[],"f":{},"g":[null,1]}`, `{"g":[1]}`, nil},
		{"moments", `{"t":"2024-01-02T03:04:05Z","u":1704164645.5}`, `{"t":1704164645,"u":"2024-01-02T03:04:05.5Z"}`, nil},
		{"numbers as written", `{"n":1.50,"m":1e2}`, `{"n":1.5,"m":100}`, nil},
		{"lost", `{"a":1,"b":{"c":"x"}}`, `{"a":1}`, []string{"/b/c: x is lost"}},
		{"changed", `{"a":"x"}`, `{"a":"y"}`, []string{"/a: x became y"}},
		{"added", `{}`, `{"a":[true]}`, []string{"/a[0]: true was added"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := Lost([]byte(test.original), []byte(test.encoded))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
