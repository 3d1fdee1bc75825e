package intercom

import (
	"errors"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// Drift tells that an answer was not quite what the library expects. The
// answer was read all the same: what did not fit is in its UnknownFields.
type Drift struct {
	// Operation is the method that was called, such as "Contacts.List".
	Operation string
	// Path is the place in the answer, such as data[3].avatar.
	Path string
	// Expected is the kind of value that the field takes; empty if the library
	// does not know the member at all.
	Expected string
	// Got is the kind of value that came.
	Got string
	// Count is how many such places the answer has; Path is the first.
	Count int
}

// DriftOption changes what a drift hook is told.
type DriftOption func(*driftHook)

// DriftUnknownFields tells the hook of members that the library does not know,
// too. The API adds members at any time, so expect to hear of it.
func DriftUnknownFields() DriftOption {
	return func(h *driftHook) { h.unknown = true }
}

// WithDriftHook calls hook, once a call, when an answer held values that did
// not fit the type of their field. The hook runs on the goroutine of the call,
// before it returns; for a list, before the first item of the page. That of a
// client is called by all goroutines that use the client.
func WithDriftHook(hook func(Drift), opts ...DriftOption) Option {
	return sharedOption(func(s *callSettings) error {
		if hook == nil {
			return errors.New("intercom: WithDriftHook: the hook is nil")
		}
		s.drift = &driftHook{report: hook}
		for _, o := range opts {
			if o == nil {
				return errors.New("intercom: WithDriftHook: an option is nil")
			}
			o(s.drift)
		}
		return nil
	})
}

type driftHook struct {
	report  func(Drift)
	unknown bool
}

// inspect reports what the decoder met.
func (h *driftHook) inspect(op *operations.Operation, d *jsonstream.Decoder) {
	if h == nil {
		return
	}
	if m, ok := d.FirstMisfit(); ok {
		h.report(Drift{Operation: op.Name, Path: m.Path, Expected: m.Expected, Got: m.Got.String(), Count: m.Count})
		return
	}
	if !h.unknown {
		return
	}
	if m, ok := d.FirstUnknown(); ok {
		h.report(Drift{Operation: op.Name, Path: m.Path, Got: m.Got.String(), Count: m.Count})
	}
}
