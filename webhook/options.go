package webhook

import (
	"context"
	"fmt"
)

// Option changes a Handler: pass it to NewHandler.
type Option func(*Handler) error

// WithSecret adds a secret that signatures may be made with. While a secret is
// changed the Handler has the old and the new one; of which it knows which one
// was used is nothing that anybody learns. An empty secret is passed over.
func WithSecret(secret string) Option {
	return func(h *Handler) error {
		h.keys = append(h.keys, keysOf(secret).kept()...)
		return nil
	}
}

// WithMaxBody changes the largest body that is read from MaxBody, in bytes.
// Longer ones are answered with 413.
func WithMaxBody(bytes int64) Option {
	return func(h *Handler) error {
		if bytes < 1 {
			return fmt.Errorf("webhook: WithMaxBody: %d bytes leave room for no body", bytes)
		}
		h.limit = bytes
		return nil
	}
}

// WithStore changes where handled notifications are remembered from a
// MemoryStore of DefaultMemory ids. With nil nothing is remembered, and what
// is sent twice is handled twice.
func WithStore(store Store) Option {
	return func(h *Handler) error {
		h.store = store
		return nil
	}
}

// WithWorkers lets notifications be answered at once and handled afterwards, n
// at a time, in the order in which they came, with up to queue more waiting.
// When the queue is full, the answer is 503, after which Intercom sends the
// notification once more, a minute later.
//
// What was answered is not sent again: a function that fails afterwards, and
// whatever waits when the process dies, is lost to all but the hook of
// WithErrorHook. Call Shutdown before the process ends. The context of a
// function has the values of the request's, but ends only with Shutdown.
func WithWorkers(n, queue int) Option {
	return func(h *Handler) error {
		if n < 1 || queue < 0 {
			return fmt.Errorf("webhook: WithWorkers: %d workers with a queue of %d do not work", n, queue)
		}
		h.crew.places, h.crew.waiting = n, queue
		return nil
	}
}

// WithErrorHook has a function called with everything that went wrong: requests
// that were refused, functions that failed, stores that did not answer. The
// notification is nil if the request did not get so far. Texts of refusals are
// safe to log; those of your functions are your own.
func WithErrorHook(hook func(ctx context.Context, n *Notification, err error)) Option {
	return func(h *Handler) error {
		h.hook = hook
		return nil
	}
}
