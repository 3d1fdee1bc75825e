package intercom

import (
	"context"
	"errors"
	"time"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// CallHook is called before each call. The context that it returns goes on with
// the call, so that a span can travel in it (nil keeps the one it got); the
// function that it returns, which may be nil, is called when the call has
// ended. Hooks run on the goroutine of the call (pages that are fetched ahead
// have one of their own) and must be safe for concurrent use. A panic comes to
// the goroutine of the caller.
//
// What a hook receives holds no token, no ids and no bodies, except for the
// fields of an *Error in it.
type CallHook func(ctx context.Context, start CallStart) (context.Context, func(CallEnd))

// CallStart tells of a call that begins: what the library refuses by itself,
// such as an empty id, does not get so far.
type CallStart struct {
	// Operation is the method that was called, such as "Contacts.Get"; "Do" for
	// the raw door.
	Operation string
	// Method and Path are what is sent; the path is the template, such as
	// /contacts/{id}, fit to count by.
	Method, Path string
	// Version is the API version asked for.
	Version APIVersion
}

// CallEnd tells how a call ended.
type CallEnd struct {
	// StatusCode is the HTTP status of the last answer, 0 if there was none.
	StatusCode int
	// RequestID is Intercom's id of the last request, empty if there was none.
	RequestID string
	// RateLimit is what the last answer told about the rate limit.
	RateLimit RateLimit
	// Attempts is how often the request was sent.
	Attempts int
	// Duration is how long the whole call took, waits included; for downloads,
	// until the file began.
	Duration time.Duration
	// Err is how the call failed, nil if a good answer came. Whether it can be
	// read is found out after that: a *DecodeError goes to the caller only.
	Err error
}

// AttemptHook is called before each attempt of a call, as CallHook is before
// each call, and in the context that CallHook returned.
type AttemptHook func(ctx context.Context, start AttemptStart) (context.Context, func(AttemptEnd))

// AttemptStart tells of an attempt that begins.
type AttemptStart struct {
	CallStart
	// Attempt counts the attempts of the call from 1.
	Attempt int
	// Wait is how long the call was held back before this attempt, by the rate
	// limit or by the wait between two attempts.
	Wait time.Duration
}

// AttemptEnd tells how an attempt ended.
type AttemptEnd struct {
	// StatusCode is the HTTP status of the answer, 0 if there was none.
	StatusCode int
	// RequestID is Intercom's id of the request, empty if there was none.
	RequestID string
	// RateLimit is what the answer told about the rate limit.
	RateLimit RateLimit
	// Duration is how long the attempt took, with the reading of its body.
	Duration time.Duration
	// Err is how the attempt failed, nil if it did not. It may be tried again.
	Err error
}

// WithCallHook calls hook around each call, for traces and metrics. Hooks add
// up: those of a client run around those of Client.With, and these around those
// of the call.
func WithCallHook(hook CallHook) Option {
	return sharedOption(func(s *callSettings) error {
		if hook == nil {
			return errors.New("intercom: WithCallHook: the hook is nil")
		}
		settings := s.settings()
		settings.AroundCall = within(settings.AroundCall, hook.inside)
		return nil
	})
}

// WithAttemptHook calls hook around each attempt of each call. Hooks add up, as
// those of WithCallHook.
func WithAttemptHook(hook AttemptHook) Option {
	return sharedOption(func(s *callSettings) error {
		if hook == nil {
			return errors.New("intercom: WithAttemptHook: the hook is nil")
		}
		settings := s.settings()
		settings.AroundAttempt = within(settings.AroundAttempt, hook.inside)
		return nil
	})
}

// around is a hook of the transport around something that starts and ends.
type around[S, E any] interface {
	~func(context.Context, S) (context.Context, func(E))
}

// within makes one hook of an outer one, which may be nil, and an inner one.
func within[H around[S, E], S, E any](outer H, inner func(context.Context, S) (context.Context, func(E))) H {
	if outer == nil {
		return inner
	}
	return func(ctx context.Context, start S) (context.Context, func(E)) {
		middle, outerEnd := outer(ctx, start)
		if middle == nil {
			middle = ctx
		}
		within, innerEnd := inner(middle, start)
		if within == nil {
			within = middle
		}
		return within, func(end E) {
			if innerEnd != nil {
				innerEnd(end)
			}
			if outerEnd != nil {
				outerEnd(end)
			}
		}
	}
}

// inside is the hook as the transport calls it.
func (h CallHook) inside(ctx context.Context, start transport.CallStart) (context.Context, func(transport.CallEnd)) {
	ctx, ended := h(ctx, callStart(start.Operation, start.Version))
	if ended == nil {
		return ctx, nil
	}
	return ctx, func(end transport.CallEnd) {
		ended(CallEnd{
			StatusCode: end.Status,
			RequestID:  end.RequestID,
			RateLimit:  RateLimit(end.RateLimit),
			Attempts:   end.Attempts,
			Duration:   end.Duration,
			Err:        publicError(end.Err),
		})
	}
}

// inside is the hook as the transport calls it.
func (h AttemptHook) inside(ctx context.Context, start transport.AttemptStart) (context.Context, func(transport.AttemptEnd)) {
	ctx, ended := h(ctx, AttemptStart{
		CallStart: callStart(start.Operation, start.Version),
		Attempt:   start.Attempt,
		Wait:      start.Wait,
	})
	if ended == nil {
		return ctx, nil
	}
	return ctx, func(end transport.AttemptEnd) {
		ended(AttemptEnd{
			StatusCode: end.Status,
			RequestID:  end.RequestID,
			RateLimit:  RateLimit(end.RateLimit),
			Duration:   end.Duration,
			Err:        publicError(end.Err),
		})
	}
}

func callStart(op *operations.Operation, version string) CallStart {
	return CallStart{
		Operation: op.Name,
		Method:    op.Method,
		Path:      transport.SafePath(op.Path), // That of the raw door is no template.
		Version:   APIVersion(version),
	}
}
