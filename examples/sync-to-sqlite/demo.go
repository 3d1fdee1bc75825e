package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// demo syncs a fake workspace three times: cut off in the middle, on to the
// end, and after changes.
func demo(ctx context.Context, out io.Writer) error {
	dir, err := os.MkdirTemp("", "sync-to-sqlite")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "intercom.db")

	server := yesterday(1_000, 300)
	defer server.Close()
	client, err := server.Client()
	if err != nil {
		return err
	}
	since := server.Now().AddDate(-3, 0, 0)

	fmt.Fprintln(out, "\nThe first run is stopped in the middle:")
	interrupted, kill := context.WithCancelCause(ctx)
	watched, err := client.With(intercom.WithCallHook(func(ctx context.Context, _ intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
		if len(server.Requests("Conversations.Get")) > 150 {
			kill(errors.New("killed"))
		}
		return ctx, func(intercom.CallEnd) {}
	}))
	if err != nil {
		return err
	}
	if err := syncInto(interrupted, watched, path, since, out); err == nil {
		return errors.New("nothing stopped the first run")
	}

	fmt.Fprintln(out, "\nThe second run goes on where it was:")
	if err := syncInto(ctx, client, path, since, out); err != nil {
		return err
	}

	server.Advance(time.Hour)
	if err := change(ctx, client, server); err != nil {
		return err
	}
	fmt.Fprintln(out, "\nOne contact and two conversations changed. The third run gets no more than those:")
	if err := syncInto(ctx, client, path, since, out); err != nil {
		return err
	}
	fmt.Fprintln(out, "\nConversations by state:")
	return states(ctx, path, out)
}

// yesterday makes a workspace whose clock is a day late, so that nothing in it
// is too new to be synced.
func yesterday(contacts, conversations int) *intercomtest.Server {
	clock := func() time.Time { return time.Now().AddDate(0, 0, -1) }
	server := intercomtest.NewServer(intercomtest.WithClock(clock))
	ids := server.SeedContacts(contacts)
	for i := range conversations {
		at := intercom.TimestampOf(server.Now().Add(-time.Duration(conversations-i) * time.Minute))
		server.Seed(intercom.Conversation{
			CreatedAt: at,
			Contacts:  &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: ids[i%len(ids)]}}},
			Source:    &intercom.ConversationSource{Body: fmt.Sprintf("<p>Question %d</p>", i)},
			Parts: &intercom.ConversationPartList{Parts: []intercom.ConversationPart{
				{Body: "<p>Let me look.</p>", Author: &intercom.Author{Type: intercom.AuthorTypeAdmin, ID: server.Me().ID}},
				{Body: "<p>Thank you!</p>", Author: &intercom.Author{Type: intercom.AuthorTypeUser, ID: ids[i%len(ids)]}},
			}},
		})
	}
	return server
}

// change changes a contact and two conversations.
func change(ctx context.Context, client *intercom.Client, server *intercomtest.Server) error {
	contact, conversations := server.Contacts()[0], server.Conversations()
	if _, err := client.Contacts.Update(ctx, contact.ID, intercom.ContactUpdateParams{Name: intercom.Set("Renamed")}); err != nil {
		return err
	}
	for _, c := range conversations[:2] {
		if _, err := client.Conversations.Close(ctx, c.ID, intercom.ConversationCloseParams{AdminID: server.Me().ID}); err != nil {
			return err
		}
	}
	return nil
}

// states reads the database.
func states(ctx context.Context, path string, out io.Writer) error {
	store, err := openStore(ctx, path)
	if err != nil {
		return err
	}
	defer store.close()
	rows, err := store.db.QueryContext(ctx, `SELECT state, count(*) FROM conversations GROUP BY state ORDER BY state`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return err
		}
		fmt.Fprintf(out, "  %-8s %d\n", state, n)
	}
	return rows.Err()
}
