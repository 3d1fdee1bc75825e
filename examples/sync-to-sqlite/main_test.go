package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// The tests start themselves as another process, in order to kill it.
func TestMain(m *testing.M) {
	if url := os.Getenv("SYNC_TEST_URL"); url != "" {
		if err := syncAsChild(url, os.Getenv("SYNC_TEST_DB")); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

func syncAsChild(url, path string) error {
	client, err := intercom.NewClient(intercomtest.Token, intercom.WithBaseURL(url))
	if err != nil {
		return err
	}
	return syncInto(context.Background(), client, path, time.Now().AddDate(-3, 0, 0), os.Stdout)
}

// harbour is a workspace and a database to copy it into.
type harbour struct {
	*intercomtest.Server
	client *intercom.Client
	path   string
}

func newHarbour(t *testing.T, contacts, conversations int) *harbour {
	t.Helper()
	server := yesterday(contacts, conversations)
	t.Cleanup(server.Close)
	client, err := server.Client(intercom.WithoutRetry())
	require.NoError(t, err)
	return &harbour{server, client, filepath.Join(t.TempDir(), "copy of all.db")}
}

func (h *harbour) sync(ctx context.Context, client *intercom.Client) (got counts, err error) {
	store, err := openStore(context.WithoutCancel(ctx), h.path)
	if err != nil {
		return got, err
	}
	defer store.close()
	s := syncer{client: client, store: store, since: h.Now().AddDate(-3, 0, 0)}
	return s.all(ctx)
}

// mustSync brings the database up to date and returns what that took.
func (h *harbour) mustSync(t *testing.T) counts {
	t.Helper()
	got, err := h.sync(t.Context(), h.client)
	require.NoError(t, err)
	return got
}

// column reads a column of the database.
func (h *harbour) column(t *testing.T, query string, args ...any) (values []string) {
	t.Helper()
	store, err := openStore(t.Context(), h.path)
	require.NoError(t, err)
	defer store.close()
	rows, err := store.db.QueryContext(t.Context(), query, args...)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var v string
		require.NoError(t, rows.Scan(&v))
		values = append(values, v)
	}
	require.NoError(t, rows.Err())
	return values
}

// same checks that the database has what the workspace has, once.
func (h *harbour) same(t *testing.T) {
	t.Helper()
	var contacts, conversations, parts []string
	for _, c := range h.Contacts() {
		contacts = append(contacts, fmt.Sprint(c.ID, c.Name, c.UpdatedAt.Unix()))
	}
	for _, c := range h.Conversations() {
		conversations = append(conversations, fmt.Sprint(c.ID, c.State, c.UpdatedAt.Unix()))
		for _, p := range c.Parts.Parts {
			parts = append(parts, c.ID+p.ID)
		}
	}
	assert.ElementsMatch(t, contacts, h.column(t, `SELECT id || coalesce(name, '') || updated_at FROM contacts`))
	assert.ElementsMatch(t, conversations, h.column(t, `SELECT id || state || updated_at FROM conversations`))
	assert.ElementsMatch(t, parts, h.column(t, `SELECT conversation_id || id FROM parts`))
}

func TestCopiesAllThenWhatChanged(t *testing.T) {
	t.Parallel()
	h := newHarbour(t, 260, 130)
	assert.Equal(t, counts{contacts: 260, conversations: 130}, h.mustSync(t))
	h.same(t)
	assert.Equal(t, counts{}, h.mustSync(t), "nothing has changed")

	h.Advance(time.Minute)
	require.NoError(t, change(t.Context(), h.client, h.Server))
	created, err := h.client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "new@example.com"})
	require.NoError(t, err)
	h.ForgetRequests()
	assert.Equal(t, counts{contacts: 2, conversations: 2}, h.mustSync(t))
	h.same(t)
	assert.Less(t, len(h.Requests()), 10, "an update costs little")
	assert.Equal(t, []string{"Renamed"}, h.column(t, `SELECT name FROM contacts WHERE id = ?`, h.Contacts()[0].ID))
	assert.Equal(t, []string{"new@example.com"}, h.column(t, `SELECT email FROM contacts WHERE id = ?`, created.ID))
}

func TestDataIsWhole(t *testing.T) {
	t.Parallel()
	h := newHarbour(t, 3, 1)
	h.mustSync(t)
	want := h.Contacts()[0]
	var got intercom.Contact
	require.NoError(t, json.Unmarshal([]byte(h.column(t, `SELECT data FROM contacts WHERE id = ?`, want.ID)[0]), &got))
	assert.True(t, want.CustomAttributes.Equal(got.CustomAttributes))
	assert.Equal(t, want.Location, got.Location)
	assert.Equal(t, []string{"Let me look.", "Thank you!"}, h.column(t, `SELECT body FROM parts ORDER BY id`), "plain text")
	assert.Equal(t, []string{"admin", "user"}, h.column(t, `SELECT author_type FROM parts ORDER BY id`))
	assert.Equal(t, []string{"Question 0"}, h.column(t, `SELECT data->>'$.source.body' FROM conversations`))
}

func TestCanceledAnywhere(t *testing.T) {
	t.Parallel()
	for _, requests := range []int{1, 2, 3, 4, 20, 110, 115, 190, 225} {
		t.Run(fmt.Sprint("after ", requests, " requests"), func(t *testing.T) {
			t.Parallel()
			h := newHarbour(t, 250, 230)
			ctx, cancel := context.WithCancel(t.Context())
			client, err := h.Client(intercom.WithCallHook(func(ctx context.Context, _ intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
				if len(h.Requests()) >= requests {
					cancel()
				}
				return ctx, func(intercom.CallEnd) {}
			}))
			require.NoError(t, err)
			first, err := h.sync(ctx, client)
			require.ErrorIs(t, err, context.Canceled)

			// Life goes on in the meantime.
			h.Advance(time.Minute)
			require.NoError(t, change(t.Context(), h.client, h.Server))

			second := h.mustSync(t)
			h.same(t)
			// What was read and is read again has changed since; no other is.
			assert.InDelta(t, 250, first.contacts+second.contacts, 1)
			assert.InDelta(t, 230, first.conversations+second.conversations, 2)
		})
	}
}

func TestKilledProcess(t *testing.T) {
	t.Parallel()
	h := newHarbour(t, 250, 230)
	h.Inject(intercomtest.Fault{Operation: "Conversations.Get", After: 130, Times: -1, Delay: time.Hour})
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), "SYNC_TEST_URL="+h.URL, "SYNC_TEST_DB="+h.path)
	require.NoError(t, child.Start())
	require.Eventually(t, func() bool { return len(h.Requests("Conversations.Get")) > 130 }, time.Minute, 10*time.Millisecond)
	require.NoError(t, child.Process.Kill())
	require.Error(t, child.Wait())

	h.ClearFaults()
	assert.Equal(t, counts{conversations: 130}, h.mustSync(t), "250 contacts and 100 conversations were safe")
	h.same(t)
}

func TestConversationThatIsGone(t *testing.T) {
	t.Parallel()
	h := newHarbour(t, 1, 5)
	h.Inject(intercomtest.Fault{Operation: "Conversations.Get", Status: 404})
	h.mustSync(t)
	assert.Len(t, h.column(t, `SELECT id FROM conversations`), 4)
}

func TestFailureLosesNothing(t *testing.T) {
	t.Parallel()
	h := newHarbour(t, 10, 120)
	h.Inject(intercomtest.Fault{Operation: "Conversations.Get", After: 110, Status: 500})
	got, err := h.sync(t.Context(), h.client)
	require.True(t, intercom.IsTemporary(err), "%v", err)
	assert.Equal(t, counts{contacts: 10, conversations: 100}, got)
	assert.Equal(t, counts{conversations: 20}, h.mustSync(t))
	h.same(t)
}

func TestDemo(t *testing.T) {
	t.Setenv("INTERCOM_ACCESS_TOKEN", "")
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), nil, &out))
	for _, want := range []string{
		"got 1000 contacts, 100 conversations; stopped",
		"got 0 contacts, 200 conversations; the database has 1000 contacts, 300 conversations with 600 parts",
		"got 1 contacts, 2 conversations",
		"closed   2",
	} {
		assert.Contains(t, out.String(), want)
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.ErrorIs(t, run(t.Context(), []string{"-h"}, &out), flag.ErrHelp)
	assert.Contains(t, out.String(), "-since")
	assert.Contains(t, out.String(), "INTERCOM_ACCESS_TOKEN")
	require.ErrorContains(t, run(t.Context(), []string{"intercom.db"}, &out), `nothing to do with "intercom.db"`)
	require.ErrorContains(t, run(t.Context(), []string{"-since", "yesterday"}, &out), "no day")
	require.Error(t, run(t.Context(), []string{"-fast"}, &out))
}
