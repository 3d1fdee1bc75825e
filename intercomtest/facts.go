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

	number      bool               // an id that is a number
	numberSince operations.Version // first version where it is one, 0 for all
	numberUntil operations.Version // last version where it is one, 0 for all
}
