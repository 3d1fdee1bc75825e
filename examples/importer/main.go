// Command importer brings contacts from a CSV file into a workspace: it creates
// those that are new and updates those that are known, several at a time and
// within the rate limit.
//
//	INTERCOM_ACCESS_TOKEN=… importer contacts.csv
//
// The first line names the columns: external_id, which is required, role,
// email, phone, name, avatar, signed_up_at, last_seen_at, owner_id,
// unsubscribed_from_emails, or any custom attribute of contacts that the
// workspace has. An empty cell leaves the field alone, the word null clears it.
//
// Rows that fail are written to a CSV of their own, with the reason and the id
// of the request, in a form that can be mended and imported. An import that was
// interrupted goes on where it stopped when the command is given again.
//
// Without any argument it imports a made up file into a fake workspace inside
// the process.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "importer:", err)
		os.Exit(1)
	}
}

// settings are what the flags say.
type settings struct {
	file    string // the CSV
	failed  string // where rows that failed are written
	null    string // the word that clears a field
	clear   bool   // whether empty cells clear, too
	workers int
}

func parse(args []string, out io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("importer", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&s.failed, "failed", "", "`file` for the rows that failed (default: the name of the CSV with .failed.csv)")
	flags.StringVar(&s.null, "null", "null", "`word` that clears a field")
	flags.BoolVar(&s.clear, "clear-empty", false, "let empty cells clear their fields instead of leaving them alone")
	flags.IntVar(&s.workers, "workers", 8, "`how many` rows to import at a time")
	flags.Usage = func() {
		fmt.Fprint(out, "Usage: importer [flags] [contacts.csv]\n\n",
			"Imports contacts into the workspace of INTERCOM_ACCESS_TOKEN (and INTERCOM_REGION).\n",
			"Without a file it shows what it does on a fake workspace.\n\n")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	s.file = flags.Arg(0)
	s.failed = cmp.Or(s.failed, strings.TrimSuffix(s.file, ".csv")+".failed.csv")
	switch {
	case flags.NArg() > 1:
		return s, errors.New("one file at a time, please")
	case s.workers < 1:
		return s, errors.New("-workers has to be at least 1")
	case s.failed == s.file:
		return s, errors.New("-failed would overwrite the file that is imported")
	}
	return s, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	s, err := parse(args, out)
	if err != nil {
		return err
	}
	if s.file == "" {
		return demo(ctx, s, out)
	}
	client, err := intercom.NewClientFromEnv(
		intercom.WithAppInfo("csv-importer/1.0"),
		intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 6}),
	)
	if err != nil {
		return fmt.Errorf("%w (set INTERCOM_ACCESS_TOKEN)", err)
	}
	_, err = importFile(ctx, client, s, out)
	return err
}

// importFile imports a file and says what became of it.
func importFile(ctx context.Context, client *intercom.Client, s settings, out io.Writer) (summary, error) {
	began := time.Now()
	attributes, err := customAttributes(ctx, client)
	if err != nil {
		return summary{}, err
	}
	table, err := openTable(s, attributes)
	if err != nil {
		return summary{}, err
	}
	defer table.close()
	journal, err := openJournal(s.file + ".done")
	if err != nil {
		return summary{}, err
	}
	failures := &failures{path: s.failed, header: table.header}
	i := importer{client: client, workers: s.workers, journal: journal, failures: failures, progress: newProgress(out, table.rows)}
	sum, err := i.run(ctx, table)
	err = errors.Join(err, failures.close(), journal.close(err == nil))
	sum.tell(out, time.Since(began), s.failed, err)
	return sum, err
}

// customAttributes returns the attributes that contacts of the workspace have,
// by name.
func customAttributes(ctx context.Context, client *intercom.Client) (map[string]intercom.DataAttribute, error) {
	attributes := map[string]intercom.DataAttribute{}
	params := intercom.DataAttributeListParams{Model: intercom.DataAttributeModelContact}
	for attribute, err := range client.DataAttributes.All(ctx, params) {
		if err != nil {
			return nil, err
		}
		if attribute.Custom && attribute.APIWritable {
			attributes[attribute.Name] = *attribute
		}
	}
	return attributes, nil
}
