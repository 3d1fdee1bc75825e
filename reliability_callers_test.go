package intercom_test

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// onLibraryGoroutines are the iterations that send requests on goroutines of the
// library from the second on.
func onLibraryGoroutines() map[string]func(ctx context.Context, client *intercom.Client) {
	return map[string]func(ctx context.Context, client *intercom.Client){
		"pages fetched ahead": func(ctx context.Context, client *intercom.Client) {
			for range client.Contacts.All(ctx, intercom.ContactListParams{PerPage: 2}) {
			}
		},
		"pages fetched ahead, left early": func(ctx context.Context, client *intercom.Client) {
			n := 0
			for range client.Contacts.All(ctx, intercom.ContactListParams{PerPage: 2}) {
				if n++; n == 2 {
					return // The next page is on its way.
				}
			}
		},
		"a scroll": func(ctx context.Context, client *intercom.Client) {
			for range client.Companies.Scroll(ctx) {
			}
		},
		"several at once": func(ctx context.Context, client *intercom.Client) {
			ids := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
			for range client.Conversations.GetMany(ctx, ids, intercom.ConversationGetManyParams{}) {
			}
		},
	}
}

// secondPanics is a client with a hook that does something odd before the second
// request and those after it.
func secondPanics(t *testing.T, odd func()) *intercom.Client {
	t.Helper()
	var requests atomic.Int64
	return clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/companies/scroll" {
			says(http.StatusOK, `{"type":"list","data":[{"type":"company","id":"1"}],"scroll_param":"s"}`)(w, r)
			return
		}
		page(w, r)
	}, intercom.WithAttemptHook(func(context.Context, intercom.AttemptStart) (context.Context, func(intercom.AttemptEnd)) {
		if requests.Add(1) >= 2 {
			odd()
		}
		return nil, nil
	}))
}

// A hook that panics on a goroutine of the library panics on that of the
// caller, who can recover, and leaves nothing behind.
func TestPanicsComeToTheCaller(t *testing.T) {
	t.Parallel()
	for name, iterate := range onLibraryGoroutines() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := secondPanics(t, func() { panic(http.ErrAbortHandler) })
			call := func() { iterate(t.Context(), client) }
			if name == "pages fetched ahead, left early" {
				assert.NotPanics(t, call, "nobody waits for that page any more")
				return
			}
			assert.PanicsWithValue(t, http.ErrAbortHandler, call)
			assert.PanicsWithValue(t, http.ErrAbortHandler, call, "nothing is locked")
		})
	}
}

// A RoundTripper or hook of a test may end its goroutine, as t.FailNow does.
func TestEndsOfGoroutinesComeToTheCaller(t *testing.T) {
	t.Parallel()
	for name, iterate := range onLibraryGoroutines() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := secondPanics(t, runtime.Goexit)
			cameBack := false
			var group sync.WaitGroup
			group.Go(func() {
				iterate(t.Context(), client)
				cameBack = true
			})
			group.Wait()
			assert.Equal(t, name == "pages fetched ahead, left early", cameBack)
		})
	}
}

// panickingBody panics in the middle of a download.
type panickingBody struct{ reads int }

func (b *panickingBody) Read(p []byte) (int, error) {
	if b.reads++; b.reads > 1 {
		panic("a RoundTripper of the caller")
	}
	return copy(p, "user_id,email\nu-1,ada@harbour.test\n"), nil
}

func (b *panickingBody) Close() error { return nil }

func TestPanicsOfADownloadComeToTheCaller(t *testing.T) {
	t.Parallel()
	client, err := intercom.NewClient("test-token", intercom.WithHTTPClient(&http.Client{
		Transport: tripFunc(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: &panickingBody{}, ContentLength: -1, Request: r}, nil
		}),
	}))
	require.NoError(t, err)
	assert.PanicsWithValue(t, "a RoundTripper of the caller", func() {
		for range client.Export.Rows(t.Context(), "job-1") {
		}
	})
	assert.PanicsWithValue(t, "a RoundTripper of the caller", func() {
		stream, err := client.Export.Download(t.Context(), "job-1")
		require.NoError(t, err)
		defer stream.Close()
		_, _ = io.Copy(io.Discard, stream)
	})
}
