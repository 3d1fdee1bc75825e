package webhook

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync"
)

// Handler is the http.Handler of the URL that Intercom sends notifications to.
// The package's doc tells how it answers. Make one with NewHandler. All of its
// methods, and On, may be called by many goroutines.
type Handler struct {
	keys  keys
	limit int64
	store Store
	hook  func(context.Context, *Notification, error)
	crew  crew

	// abandoned ends when Shutdown waits no longer.
	abandoned context.Context
	abandon   context.CancelFunc

	mu        sync.RWMutex
	functions map[string]function
	other     function
}

type function func(context.Context, *Notification) error

// NewHandler returns a Handler for notifications that are signed with a secret,
// the client secret of the app. It does not work without one.
func NewHandler(secret string, opts ...Option) (*Handler, error) {
	if secret == "" {
		return nil, errors.New("webhook: NewHandler: secret is empty")
	}
	h := &Handler{
		keys:      keysOf(secret).kept(),
		limit:     MaxBody,
		store:     NewMemoryStore(DefaultMemory),
		functions: make(map[string]function),
	}
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(h); err != nil {
			return nil, err
		}
	}
	h.abandoned, h.abandon = context.WithCancel(context.Background())
	return h, nil
}

// On has a function called for the notifications of a topic. A second function
// for the same topic takes the place of the first, nil takes it away.
//
// The function's error is answered with 500, so that the notification is sent
// once more. Its context is that of the request, which ends when Intercom waits
// no longer, after five seconds; see WithWorkers for work that takes longer.
func On[T any](h *Handler, topic Topic[T], handle func(ctx context.Context, e *Event[T]) error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if handle == nil {
		delete(h.functions, string(topic))
		return
	}
	h.functions[string(topic)] = func(ctx context.Context, n *Notification) error {
		e, err := Decode(n, topic)
		if err != nil {
			return err
		}
		return handle(ctx, e)
	}
}

// OnOther has a function called for the notifications of all topics that have
// none of their own, pings apart. Without it they are answered with 200 and
// dropped.
func (h *Handler) OnOther(handle func(ctx context.Context, n *Notification) error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.other = handle
}

// lookup returns the function for a topic, nil if there is none.
func (h *Handler) lookup(topic string) function {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if f := h.functions[topic]; f != nil || topic == string(Ping) {
		return f
	}
	return h.other
}

// ServeHTTP handles a request of Intercom.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodPost:
	case http.MethodHead: // Intercom asks so whether there is anybody.
		w.WriteHeader(http.StatusOK)
		return
	default:
		w.Header().Set("Allow", "HEAD, POST")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	if r.Body != nil {
		// Has the server close the connection instead of reading the rest.
		r.Body = http.MaxBytesReader(w, r.Body, h.limit)
	}
	n, err := receive(r, h.keys, h.limit)
	if err == nil {
		err = h.Dispatch(r.Context(), n)
	} else {
		h.report(r.Context(), nil, err)
	}
	if err != nil {
		status := StatusCode(err)
		http.Error(w, http.StatusText(status), status)
		return
	}
	w.WriteHeader(http.StatusOK)
}

// Dispatch handles a notification as if it had just been received: it is
// dropped if it was handled before, and goes to the function for its topic or
// to the workers. It is for notifications that waited in a queue of your own.
// The error tells why it was not handled; StatusCode knows all of them.
func (h *Handler) Dispatch(ctx context.Context, n *Notification) error {
	if n == nil {
		return errors.New("webhook: Dispatch: notification is nil")
	}
	err := h.accept(ctx, n)
	if err != nil {
		h.report(ctx, n, err)
	}
	return err
}

func (h *Handler) accept(ctx context.Context, n *Notification) error {
	handle := h.lookup(n.Topic)
	if handle == nil {
		return nil
	}
	id := n.ID
	if h.store == nil {
		id = "" // what has no id is never the same as anything
	}
	if err := h.crew.begin(id); err != nil {
		return err
	}
	handedOn := false
	defer func() {
		if !handedOn {
			h.crew.end(id)
		}
	}()
	if seen, err := h.seen(ctx, id); seen || err != nil {
		return err
	}
	if h.crew.places == 0 {
		return h.handle(ctx, n, id, handle)
	}
	handedOn = h.crew.submit(func() {
		defer h.crew.end(id)
		h.handleLater(ctx, n, id, handle)
	})
	if !handedOn {
		return ErrQueueFull
	}
	return nil
}

// handleLater is handle after the answer, when only the hook is left to learn
// of errors.
func (h *Handler) handleLater(ctx context.Context, n *Notification, id string, handle function) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	if h.abandoned.Err() != nil {
		h.report(ctx, n, fmt.Errorf("%w: notification was left in the queue", ErrShutdown))
		return
	}
	stop := context.AfterFunc(h.abandoned, cancel) //nolint:contextcheck // Shutdown ends it, not the request
	defer stop()
	if err := h.handle(ctx, n, id, handle); err != nil {
		h.report(ctx, n, err)
	}
}

func (h *Handler) handle(ctx context.Context, n *Notification, id string, handle function) error {
	if err := guard(func() error { return handle(ctx, n) }); err != nil {
		return &HandlerError{Topic: n.Topic, Err: err}
	}
	if id == "" {
		return nil
	}
	// The work is done, whether or not somebody still waits for the answer.
	ctx = context.WithoutCancel(ctx)
	if err := guard(func() error { return h.store.Mark(ctx, id) }); err != nil {
		h.report(ctx, n, fmt.Errorf("webhook: marking a notification as handled: %w", err))
	}
	return nil
}

func (h *Handler) seen(ctx context.Context, id string) (seen bool, err error) {
	if id == "" {
		return false, nil
	}
	err = guard(func() (err error) {
		seen, err = h.store.Seen(ctx, id)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("webhook: asking whether a notification was handled: %w", err)
	}
	return seen, nil
}

// report tells the hook. A hook that panics must not end the process either,
// and there is nobody left to tell.
func (h *Handler) report(ctx context.Context, n *Notification, err error) {
	if h.hook == nil {
		return
	}
	_ = guard(func() error {
		h.hook(ctx, n, err)
		return nil
	})
}

// guard turns a panic into an error.
func guard(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return f()
}

// Shutdown refuses further notifications with 503 and waits until those that
// were accepted are handled. If ctx ends before, the contexts of functions that
// still run for WithWorkers end too, what waits in the queue goes to the hook
// of WithErrorHook, and the error of ctx is returned. Call it after the Shutdown
// of the http.Server, so that Intercom is not refused without need.
func (h *Handler) Shutdown(ctx context.Context) error {
	drained := h.crew.close()
	select {
	case <-drained:
		return nil
	default:
	}
	select {
	case <-drained:
		return nil
	case <-ctx.Done():
		h.abandon()
		return fmt.Errorf("webhook: Shutdown: %w", context.Cause(ctx))
	}
}
