// Command inboxbot answers new conversations by simple rules: it replies, tags,
// assigns, snoozes and closes.
//
// It shows what it does on a fake workspace inside the process. On a real one it
// writes to real people, so that takes a token and a flag:
//
//	INTERCOM_ACCESS_TOKEN=… inboxbot -live -every 30s
//
// The rules are in rules.go: make them yours first.
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
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "inboxbot:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("inboxbot", flag.ContinueOnError)
	flags.SetOutput(out)
	live := flags.Bool("live", false, "work on the workspace of INTERCOM_ACCESS_TOKEN")
	every := flags.Duration("every", 30*time.Second, "how often to look for new conversations")
	flags.Usage = func() {
		fmt.Fprint(out, "Usage: inboxbot [flags]\n\n",
			"Answers new conversations by the rules in rules.go. Without -live it shows what it\n",
			"does on a fake workspace.\n\n")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("there is nothing to do with %q; -h shows the flags", flags.Arg(0))
	case *every <= 0:
		return errors.New("-every has to be positive")
	}
	if !*live {
		return demo(ctx, out)
	}
	client, err := intercom.NewClientFromEnv(intercom.WithAppInfo("inboxbot/1.0"))
	if err != nil {
		return err
	}
	b, err := newBot(ctx, client, houseRules, time.Now, out)
	if err != nil {
		return err
	}
	return b.run(ctx, *every)
}

// demo lets four people write to a fake workspace.
func demo(ctx context.Context, out io.Writer) error {
	evening := time.Date(2026, time.March, 3, 21, 30, 0, 0, time.UTC)
	server := intercomtest.NewServer(intercomtest.WithClock(func() time.Time { return evening }))
	defer server.Close()
	server.Seed(intercom.Team{ID: "501", Name: "Billing"}, intercom.Team{ID: "502", Name: "Support"})
	client, err := server.Client()
	if err != nil {
		return err
	}
	b, err := newBot(ctx, client, houseRules, server.Now, out)
	if err != nil {
		return err
	}

	fmt.Fprintln(out, "No -live: four people write to a fake workspace in this process, on a Tuesday at 21:30.")
	for _, message := range [][2]string{
		{"Ada", "When do you open tomorrow?"},
		{"Boris", "My invoice has the wrong address."},
		{"Carmen", "The app crashes when I open the map."},
		{"Dora", "Please call me back."},
	} {
		if err := write(ctx, client, message[0], message[1]); err != nil {
			return err
		}
	}
	if _, err := b.pass(ctx); err != nil {
		return err
	}

	fmt.Fprintln(out, "\nA second look finds nothing that is new:")
	if _, err := b.pass(ctx); err != nil {
		return err
	}
	server.Advance(11 * time.Hour)
	fmt.Fprintln(out, "\nThe inbox in the morning:")
	for _, c := range server.Conversations() {
		fmt.Fprintf(out, "  %-6s %-36q %-7s", c.Source.Author.Name, plain(c.Source.Body), c.State)
		for _, tag := range c.Tags.Tags {
			fmt.Fprintf(out, " #%s", tag.Name)
		}
		fmt.Fprintln(out)
	}
	return nil
}

// write lets somebody begin a conversation.
func write(ctx context.Context, client *intercom.Client, name, text string) error {
	contact, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Role: intercom.ContactRoleUser, Name: name, ExternalID: name})
	if err != nil {
		return err
	}
	_, err = client.Conversations.Create(ctx, intercom.ConversationCreateParams{
		From: intercom.ConversationSender{Type: intercom.ConversationSenderTypeUser, ID: contact.ID}, Body: text,
	})
	return err
}
