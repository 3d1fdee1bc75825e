// Command export writes who got which messages, and what they did with them,
// into a file of CSV. It shows a progress bar on a terminal and plain lines
// elsewhere.
//
// Without a token it exports from a fake workspace inside the process. With
// INTERCOM_ACCESS_TOKEN set (and INTERCOM_REGION, for regions other than US) it
// exports from your real workspace, where it creates a job and changes nothing
// else.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"golang.org/x/term"

	"github.com/seed-8b687bef/intercom-go"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var progress progress = &lines{out: os.Stderr}
	if term.IsTerminal(int(os.Stderr.Fd())) {
		progress = &bar{out: os.Stderr}
	}
	if err := run(ctx, os.Args[1:], os.Stdout, progress); err != nil {
		fmt.Fprintln(os.Stderr, "export:", err)
		os.Exit(1)
	}
}

// run reads the arguments, chooses the workspace and exports.
func run(ctx context.Context, args []string, out io.Writer, progress progress) error {
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	flags.SetOutput(out)
	name := flags.String("o", "messages.csv", "the `file` to write")
	days := flags.Int("days", 30, "how many `days` to export, up to now")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	case *days < 1:
		return fmt.Errorf("-days is %d; it must be 1 or more", *days)
	}
	client, closeWorkspace, err := workspace(ctx, out)
	if err != nil {
		return err
	}
	defer closeWorkspace()
	now := time.Now()
	return export(ctx, client, *name, intercom.ExportCreateParams{
		CreatedAtAfter:  intercom.TimestampOf(now.AddDate(0, 0, -*days)),
		CreatedAtBefore: intercom.TimestampOf(now),
	}, out, progress)
}

// export writes the messages of a span of time into a file. The file gets its
// name only when it is whole.
func export(ctx context.Context, client *intercom.Client, name string, span intercom.ExportCreateParams, out io.Writer, progress progress) error {
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }() // It is gone if all went well.
	job, err := client.Export.Run(ctx, span, file, intercom.WithExportProgress(progress.show),
		intercom.WithPollInterval(500*time.Millisecond, 15*time.Second))
	progress.end()
	if closed := file.Close(); err == nil {
		err = closed
	}
	switch {
	case errors.Is(err, intercom.ErrExportNoData):
		fmt.Fprintln(out, "Nobody got a message in that time: no file was written.")
		return nil
	case intercom.IsJobPending(err):
		return fmt.Errorf("another export is running in this workspace, try again when it has ended: %w", err)
	case err != nil:
		if job != nil && ctx.Err() != nil {
			cancelJob(client, job.ID, out)
		}
		return err
	}
	if err := os.Rename(file.Name(), name); err != nil {
		return err
	}
	fmt.Fprintf(out, "Wrote %s.\n", name)
	return nil
}

// cancelJob stops a job that nobody waits for any more: it would be in the way
// of the next one. The context of the program has ended by then.
func cancelJob(client *intercom.Client, id string, out io.Writer) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if _, err := client.Export.Cancel(ctx, id); err != nil {
		fmt.Fprintln(out, "The job could not be canceled:", err)
	}
}
