// Command sync-to-sqlite keeps a SQLite database up to date with the contacts
// and conversations of a workspace.
//
//	INTERCOM_ACCESS_TOKEN=… sync-to-sqlite -db intercom.db
//
// The first time it copies everything, later what has changed since. How far it
// came is in the database, written together with what it got, so it may be
// killed at any moment: the next run goes on from there, and nothing is missed
// or done twice. Run it by cron as often as you like.
//
// What changed in the last five minutes is left for the next run, because the
// API's search is late by that much. Contacts that were deleted or merged stay
// in the database: the API doesn't tell of them. Webhooks do.
//
// Without a token it works on a fake workspace inside the process.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "sync-to-sqlite:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("sync-to-sqlite", flag.ContinueOnError)
	flags.SetOutput(out)
	path := flags.String("db", "intercom.db", "`file` of the database; it is made if it is not there")
	since := flags.String("since", "2011-01-01", "`day` to begin with the first time")
	flags.Usage = func() {
		fmt.Fprint(out, "Usage: sync-to-sqlite [flags]\n\n",
			"Copies contacts and conversations of the workspace of INTERCOM_ACCESS_TOKEN (and\n",
			"INTERCOM_REGION) into a SQLite database, the first time all, then what changed.\n",
			"Without a token it shows what it does on a fake workspace.\n\n")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("there is nothing to do with %q; -h shows the flags", flags.Arg(0))
	}
	begin, err := time.Parse(time.DateOnly, *since)
	if err != nil {
		return fmt.Errorf("-since: %q is no day such as 2026-01-31", *since)
	}
	if os.Getenv("INTERCOM_ACCESS_TOKEN") == "" {
		fmt.Fprintln(out, "No INTERCOM_ACCESS_TOKEN: showing it on a fake workspace in this process.")
		return demo(ctx, out)
	}
	client, err := intercom.NewClientFromEnv(
		intercom.WithAppInfo("sync-to-sqlite/1.0"),
		intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 6}),
	)
	if err != nil {
		return err
	}
	return syncInto(ctx, client, *path, begin, out)
}

// syncInto brings a database up to date, and says what that took.
func syncInto(ctx context.Context, client *intercom.Client, path string, since time.Time, out io.Writer) error {
	store, err := openStore(ctx, path)
	if err != nil {
		return err
	}
	defer store.close()
	s := syncer{client: client, store: store, since: since}
	got, err := s.all(ctx)
	fmt.Fprintf(out, "  got %d contacts, %d conversations", got.contacts, got.conversations)
	if err != nil {
		fmt.Fprintf(out, "; stopped: %v\n", err)
		return err
	}
	total, err := store.count(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "; the database has %d contacts, %d conversations with %d parts\n",
		total.contacts, total.conversations, total.parts)
	return nil
}
