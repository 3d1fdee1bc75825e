package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// hooked collects what a handler reports.
type hooked struct {
	mu     sync.Mutex
	errors []error
	topics []string
}

func (h *hooked) hook(_ context.Context, n *webhook.Notification, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	topic := ""
	if n != nil {
		topic = n.Topic
	}
	h.errors, h.topics = append(h.errors, err), append(h.topics, topic)
}

// only returns the one error that was reported.
func (h *hooked) only(t *testing.T) error {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	require.Len(t, h.errors, 1)
	return h.errors[0]
}

func newHandler(tb testing.TB, opts ...webhook.Option) (*webhook.Handler, *hooked) {
	tb.Helper()
	hook := new(hooked)
	h, err := webhook.NewHandler(secret, append([]webhook.Option{webhook.WithErrorHook(hook.hook)}, opts...)...)
	require.NoError(tb, err)
	return h, hook
}

// eventBody is the notification of an event with an id.
func eventBody(id string) []byte {
	return fmt.Appendf(nil, `{"topic":"event.created","id":%q,"data":{"item":{"type":"event","event_name":"booked-berth"}}}`, id)
}

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestNewHandlerRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		secret string
		opt    webhook.Option
	}{
		"no secret":      {"", nil},
		"no body":        {secret, webhook.WithMaxBody(0)},
		"no workers":     {secret, webhook.WithWorkers(0, 5)},
		"negative queue": {secret, webhook.WithWorkers(1, -1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, err := webhook.NewHandler(c.secret, c.opt)
			require.Error(t, err)
			assert.Nil(t, h)
			assert.Contains(t, err.Error(), "webhook: ")
		})
	}
}

func TestHandlerDispatchesByTopic(t *testing.T) {
	t.Parallel()
	h, hook := newHandler(t)
	var got []string
	webhook.On(h, webhook.EventCreated, func(_ context.Context, e *webhook.Event[intercom.Event]) error {
		got = append(got, e.Topic+" "+e.Item.Name)
		return nil
	})
	webhook.On(h, webhook.ContactUserCreated, func(_ context.Context, e *webhook.Event[intercom.Contact]) error {
		got = append(got, e.Topic+" "+e.Item.Email)
		return nil
	})
	for _, body := range [][]byte{eventBody("n1"), sample(t, "contact_user_created.json"), sample(t, "ticket_admin_replied.json")} {
		w := serve(h, post(body))
		assert.Equal(t, http.StatusOK, w.Code)
		assert.Empty(t, w.Body.String())
	}
	assert.Equal(t, []string{"event.created booked-berth", "contact.user.created grace@harbour.example"}, got)

	h.OnOther(func(_ context.Context, n *webhook.Notification) error {
		got = append(got, "other "+n.Topic)
		return nil
	})
	webhook.On(h, webhook.EventCreated, nil)
	serve(h, post(eventBody("n2")))
	serve(h, post([]byte(`{"topic":"moon.rose"}`)))
	assert.Equal(t, []string{"other event.created", "other moon.rose"}, got[2:])
	assert.Empty(t, hook.errors)
}

func TestHandlerOnReplaces(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t)
	called := ""
	for _, name := range []string{"first", "second"} {
		webhook.On(h, webhook.EventCreated, func(context.Context, *webhook.Event[intercom.Event]) error {
			called += name
			return nil
		})
	}
	serve(h, post(eventBody("n1")))
	assert.Equal(t, "second", called)
}

func TestHandlerMethods(t *testing.T) {
	t.Parallel()
	h, hook := newHandler(t)
	assert.Equal(t, http.StatusOK, serve(h, httptest.NewRequest(http.MethodHead, "/", nil)).Code)
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		w := serve(h, httptest.NewRequest(method, "/", nil))
		assert.Equal(t, http.StatusMethodNotAllowed, w.Code, method)
		assert.Equal(t, "HEAD, POST", w.Header().Get("Allow"))
	}
	assert.Empty(t, hook.errors)
}

func TestHandlerPing(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t)
	h.OnOther(func(context.Context, *webhook.Notification) error { return errors.New("a ping is nobody else's") })
	ping := []byte(`{"topic":"ping","id":null,"data":{"item":{"type":"ping","message":"ahoy"}}}`)
	assert.Equal(t, http.StatusOK, serve(h, post(ping)).Code)

	heard := 0
	webhook.On(h, webhook.Ping, func(_ context.Context, e *webhook.Event[webhook.PingMessage]) error {
		heard++
		assert.Equal(t, "ahoy", e.Item.Message)
		return nil
	})
	assert.Equal(t, http.StatusOK, serve(h, post(ping)).Code)
	assert.Equal(t, http.StatusOK, serve(h, post(ping)).Code)
	assert.Equal(t, 2, heard, "pings have no id and are never repetitions")
}

func TestHandlerRefuses(t *testing.T) {
	t.Parallel()
	body := eventBody("n1")
	with := func(signature string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(webhook.SignatureHeader, signature) }
	}
	for name, c := range map[string]struct {
		body   []byte
		change func(*http.Request)
		status int
		want   error
	}{
		"no signature":        {body, func(r *http.Request) { r.Header.Del(webhook.SignatureHeader) }, 401, webhook.ErrSignature},
		"wrong signature":     {body, with(webhook.Sign("other", body)), 401, webhook.ErrSignature},
		"malformed signature": {body, with("sha1=5"), 401, webhook.ErrSignature},
		"unsigned ping":       {[]byte(`{"topic":"ping"}`), func(r *http.Request) { r.Header.Del(webhook.SignatureHeader) }, 401, webhook.ErrSignature},
		"broken JSON":         {body[:20], nil, 400, webhook.ErrMalformed},
		"too large":           {[]byte(`{"topic":"` + strings.Repeat("x", 300) + `"}`), nil, 413, webhook.ErrTooLarge},
		"too large, of unknown length": {[]byte(`{"topic":"` + strings.Repeat("x", 300) + `"}`), func(r *http.Request) {
			r.ContentLength = -1
		}, 413, webhook.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, hook := newHandler(t, webhook.WithMaxBody(200))
			h.OnOther(func(context.Context, *webhook.Notification) error {
				t.Error("was handled")
				return nil
			})
			r := post(c.body)
			if c.change != nil {
				c.change(r)
			}
			w := serve(h, r)
			assert.Equal(t, c.status, w.Code)
			assert.Equal(t, http.StatusText(c.status)+"\n", w.Body.String(), "answers tell nothing")
			require.ErrorIs(t, hook.only(t), c.want)
		})
	}
}

func TestHandlerLimitIsInclusive(t *testing.T) {
	t.Parallel()
	body := eventBody("n1")
	h, _ := newHandler(t, webhook.WithMaxBody(int64(len(body))))
	assert.Equal(t, http.StatusOK, serve(h, post(body)).Code)
	assert.Equal(t, http.StatusRequestEntityTooLarge, serve(h, post(append(body, ' '))).Code)
}

func TestHandlerRotation(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t, webhook.WithSecret("next"), webhook.WithSecret(""))
	body := eventBody("n1")
	for signer, status := range map[string]int{secret: 200, "next": 200, "": 401, "last": 401} {
		r := post(body)
		r.Header.Set(webhook.SignatureHeader, webhook.Sign(signer, body))
		assert.Equal(t, status, serve(h, r).Code, "signed with %q", signer)
	}
}

func TestHandlerFailures(t *testing.T) {
	t.Parallel()
	storm := errors.New("storm")
	for name, handle := range map[string]func(context.Context, *webhook.Event[intercom.Event]) error{
		"error":          func(context.Context, *webhook.Event[intercom.Event]) error { return storm },
		"panic":          func(context.Context, *webhook.Event[intercom.Event]) error { panic(storm) },
		"abort":          func(context.Context, *webhook.Event[intercom.Event]) error { panic(http.ErrAbortHandler) },
		"error of Parse": func(context.Context, *webhook.Event[intercom.Event]) error { return webhook.ErrSignature },
		"panic with a nil": func(context.Context, *webhook.Event[intercom.Event]) error {
			var e *intercom.Event
			e.ID = ""
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, hook := newHandler(t)
			webhook.On(h, webhook.EventCreated, handle)
			w := serve(h, post(eventBody("n1")))
			assert.Equal(t, http.StatusInternalServerError, w.Code)
			assert.NotContains(t, w.Body.String(), "storm")

			var failed *webhook.HandlerError
			require.ErrorAs(t, hook.only(t), &failed)
			assert.Equal(t, "event.created", failed.Topic)
			var panicked *webhook.PanicError
			if errors.As(failed, &panicked) {
				assert.Contains(t, string(panicked.Stack), "handler_test.go")
				assert.Contains(t, failed.Error(), "panic: ")
			}
			if name == "error" || name == "panic" {
				require.ErrorIs(t, failed, storm)
			}

			webhook.On(h, webhook.EventCreated, func(context.Context, *webhook.Event[intercom.Event]) error { return nil })
			assert.Equal(t, http.StatusOK, serve(h, post(eventBody("n1"))).Code, "what failed may come again")
		})
	}
}

func TestHandlerHookPanics(t *testing.T) {
	t.Parallel()
	h, err := webhook.NewHandler(secret, webhook.WithErrorHook(func(context.Context, *webhook.Notification, error) { panic("hook") }))
	require.NoError(t, err)
	h.OnOther(func(context.Context, *webhook.Notification) error { panic("function") })
	assert.Equal(t, http.StatusInternalServerError, serve(h, post(eventBody("n1"))).Code)
}

func TestHandlerItemThatDoesNotFit(t *testing.T) {
	t.Parallel()
	h, hook := newHandler(t)
	webhook.On(h, webhook.Topic[[]string]("event.created"), func(context.Context, *webhook.Event[[]string]) error { return nil })
	assert.Equal(t, http.StatusInternalServerError, serve(h, post(eventBody("n1"))).Code)
	assert.Contains(t, hook.only(t).Error(), `decoding the item of "event.created"`)
}

func TestHandlerDropsRepetitions(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t)
	calls, fail := 0, true
	webhook.On(h, webhook.EventCreated, func(context.Context, *webhook.Event[intercom.Event]) error {
		calls++
		if fail {
			return errors.New("not yet")
		}
		return nil
	})
	assert.Equal(t, http.StatusInternalServerError, serve(h, post(eventBody("n1"))).Code)
	fail = false
	assert.Equal(t, http.StatusOK, serve(h, post(eventBody("n1"))).Code)
	assert.Equal(t, 2, calls, "what failed is not marked")
	assert.Equal(t, http.StatusOK, serve(h, post(eventBody("n1"))).Code)
	assert.Equal(t, 2, calls, "what succeeded is")
	assert.Equal(t, http.StatusOK, serve(h, post(eventBody("n2"))).Code)
	assert.Equal(t, 3, calls)
}

func TestHandlerWithoutStore(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t, webhook.WithStore(nil))
	calls := 0
	h.OnOther(func(context.Context, *webhook.Notification) error { calls++; return nil })
	serve(h, post(eventBody("n1")))
	serve(h, post(eventBody("n1")))
	assert.Equal(t, 2, calls)
}

// brokenStore fails, or panics, where it is told to.
type brokenStore struct{ seen, mark func() error }

func (s brokenStore) Seen(context.Context, string) (bool, error) { return false, s.seen() }
func (s brokenStore) Mark(context.Context, string) error         { return s.mark() }

func TestHandlerBrokenStore(t *testing.T) {
	t.Parallel()
	fine := func() error { return nil }
	gone := func() error { return errors.New("store is gone") }
	explode := func() error { panic("store is gone") }
	for name, c := range map[string]struct {
		store  brokenStore
		status int
		calls  int
	}{
		"Seen fails":  {brokenStore{gone, fine}, 500, 0},
		"Seen panics": {brokenStore{explode, fine}, 500, 0},
		"Mark fails":  {brokenStore{fine, gone}, 200, 1},
		"Mark panics": {brokenStore{fine, explode}, 200, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, hook := newHandler(t, webhook.WithStore(c.store))
			calls := 0
			h.OnOther(func(context.Context, *webhook.Notification) error { calls++; return nil })
			assert.Equal(t, c.status, serve(h, post(eventBody("n1"))).Code)
			assert.Equal(t, c.calls, calls)
			assert.Contains(t, hook.only(t).Error(), "store is gone")
		})
	}
}

func TestHandlerMarksAfterTheClientIsGone(t *testing.T) {
	t.Parallel()
	h, hook := newHandler(t)
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	h.OnOther(func(context.Context, *webhook.Notification) error {
		calls++
		cancel()
		return nil
	})
	serve(h, post(eventBody("n1")).WithContext(ctx))
	serve(h, post(eventBody("n1")))
	assert.Equal(t, 1, calls)
	assert.Empty(t, hook.errors)
}

func TestHandlerBusy(t *testing.T) {
	t.Parallel()
	h, hook := newHandler(t)
	begun, finish := make(chan struct{}), make(chan struct{})
	h.OnOther(func(context.Context, *webhook.Notification) error {
		close(begun)
		<-finish
		return nil
	})
	var first atomic.Int32
	var group sync.WaitGroup
	group.Go(func() { first.Store(int32(serve(h, post(eventBody("n1"))).Code)) })
	<-begun
	assert.Equal(t, http.StatusConflict, serve(h, post(eventBody("n1"))).Code)
	require.ErrorIs(t, hook.only(t), webhook.ErrBusy)
	close(finish)
	group.Wait()
	assert.Equal(t, int32(http.StatusOK), first.Load())
	assert.Equal(t, http.StatusOK, serve(h, post(eventBody("n1"))).Code, "handled by now")
}

func TestHandlerConcurrent(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t, webhook.WithSecret("next"))
	var handled sync.Map
	var twice atomic.Int32
	webhook.On(h, webhook.EventCreated, func(_ context.Context, e *webhook.Event[intercom.Event]) error {
		if _, known := handled.LoadOrStore(e.ID, true); known {
			twice.Add(1)
		}
		return nil
	})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range 100 {
				webhook.On(h, webhook.ArticleCreated, nil)
				code := serve(h, post(eventBody(fmt.Sprint("n", i)))).Code
				assert.Contains(t, []int{http.StatusOK, http.StatusConflict}, code)
			}
		})
	}
	group.Wait()
	assert.Zero(t, twice.Load())
	count := 0
	handled.Range(func(any, any) bool { count++; return true })
	assert.Equal(t, 100, count)
}

func TestDispatch(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t)
	calls := 0
	h.OnOther(func(context.Context, *webhook.Notification) error { calls++; return nil })
	n := &webhook.Notification{ID: "n1", Topic: "moon.rose"}
	require.NoError(t, h.Dispatch(t.Context(), n))
	require.NoError(t, h.Dispatch(t.Context(), n))
	assert.Equal(t, 1, calls)
	require.Error(t, h.Dispatch(t.Context(), nil))
}

// TestZeroHandler holds that a Handler that nobody made lets nothing in.
func TestZeroHandler(t *testing.T) {
	t.Parallel()
	assert.Equal(t, http.StatusInternalServerError, serve(new(webhook.Handler), post(eventBody("n1"))).Code)
}

func TestHandlerHidesTheSecret(t *testing.T) {
	t.Parallel()
	h, _ := newHandler(t)
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		assert.NotContains(t, fmt.Sprintf(format, h), secret)
	}
}

func TestStatusCode(t *testing.T) {
	t.Parallel()
	assert.Equal(t, http.StatusOK, webhook.StatusCode(nil))
	assert.Equal(t, http.StatusInternalServerError, webhook.StatusCode(errors.New("storm")))
	assert.Equal(t, http.StatusServiceUnavailable, webhook.StatusCode(fmt.Errorf("wrapped: %w", webhook.ErrQueueFull)))
	assert.Equal(t, http.StatusServiceUnavailable, webhook.StatusCode(webhook.ErrShutdown))
	assert.Equal(t, http.StatusConflict, webhook.StatusCode(webhook.ErrBusy))
}
