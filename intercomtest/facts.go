package intercomtest

import "github.com/seed-8b687bef/intercom-go/internal/operations"

// fact is what the OpenAPI document says about a field of a model. TestFacts
// writes them down in facts.gen.go:
//
//	go test ./intercomtest -run TestFacts -update
type fact struct {
	nullable bool
	none     bool               // an id that is 0 where there is none
	since    operations.Version // first version that has it, 0 for all
	until    operations.Version // last version that has it, 0 for all

	wire      wireKind           // how it is written, where that differs from its Go type
	wireSince operations.Version // first version that writes it so, 0 for all
	wireUntil operations.Version // last version that writes it so, 0 for all
}

// wireKind is how a value is written.
type wireKind uint8

const (
	asIs     wireKind = iota
	asNumber          // a string as a number
	asText            // seconds in a string
	asDate            // a moment as RFC 3339
	asScalar          // of an object only its main member
)

// as is how a value is written in a version.
func (f *fact) as(v operations.Version) wireKind {
	if v < f.wireSince || f.wireUntil != 0 && v > f.wireUntil {
		return asIs
	}
	return f.wire
}
