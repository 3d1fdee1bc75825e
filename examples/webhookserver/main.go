// Command webhookserver is a reply bot: Intercom tells it by webhook that
// somebody wrote, and it answers.
//
// On a real workspace it needs a URL that Intercom can reach, and two secrets:
//
//	INTERCOM_ACCESS_TOKEN=… INTERCOM_CLIENT_SECRET=… webhookserver -addr :8080
//
// Without them it shows itself on a fake workspace inside the process, whose
// notifications come over HTTP and are signed like the real ones.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "webhookserver:", err)
		os.Exit(1)
	}
}

// path is where the notifications go.
const path = "/intercom"

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("webhookserver", flag.ContinueOnError)
	flags.SetOutput(out)
	addr := flags.String("addr", "127.0.0.1:0", "`address` to listen on")
	if err := flags.Parse(args); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", *addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	log := slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{ReplaceAttr: withoutTime}))

	secret := os.Getenv("INTERCOM_CLIENT_SECRET")
	if secret == "" {
		fmt.Fprintln(out, "No INTERCOM_CLIENT_SECRET: showing it on a fake workspace in this process.")
		return demo(ctx, listener, log, out)
	}
	client, err := intercom.NewClientFromEnv(intercom.WithAppInfo("webhookserver/1.0"))
	if err != nil {
		return err
	}
	h, err := newHandler(ctx, client, secret, log)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Waiting for notifications at http://%s%s. Ctrl-C ends it.\n", listener.Addr(), path)
	return serve(ctx, listener, h)
}

// serve answers requests until the context ends, and does what it has begun.
func serve(ctx context.Context, listener net.Listener, h *webhook.Handler) error {
	mux := http.NewServeMux()
	mux.Handle(path, h)
	server := &http.Server{ // Intercom hangs up after five seconds.
		Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	// First no more requests, then no more work.
	return errors.Join(server.Shutdown(grace), h.Shutdown(grace))
}

// demo has a fake workspace tell the server what happens in it.
func demo(ctx context.Context, listener net.Listener, log *slog.Logger, out io.Writer) error {
	const secret = "the client secret of the app"
	workspace := intercomtest.NewServer()
	defer workspace.Close()
	client, err := workspace.Client()
	if err != nil {
		return err
	}
	h, err := newHandler(ctx, client, secret, log)
	if err != nil {
		return err
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- serve(serving, listener, h) }()
	workspace.AddWebhook("http://"+listener.Addr().String()+path, secret)

	fmt.Fprintln(out, "Somebody signs up, asks two things, and says goodbye.")
	if err := talk(ctx, client, workspace.FlushWebhooks); err != nil {
		return err
	}
	stop()
	if err := <-ended; err != nil { // Its work is done now.
		return err
	}
	fmt.Fprintln(out, "\nWhat was said:")
	for _, c := range workspace.Conversations() {
		fmt.Fprintf(out, "  %-16s %s\n", c.Source.Author.Name+":", plain(c.Source.Body))
		for _, p := range c.Parts.Parts {
			if p.Body != "" {
				fmt.Fprintf(out, "  %-16s %s\n", p.Author.Name+":", plain(p.Body))
			}
		}
		fmt.Fprintf(out, "The conversation is %s.\n", c.State)
	}
	return nil
}

// talk is what a customer does, who waits for the answers.
func talk(ctx context.Context, client *intercom.Client, flush func()) error {
	contact, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Role: intercom.ContactRoleUser, Name: "Ines", Email: "ines@example.com"})
	if err != nil {
		return err
	}
	message, err := client.Conversations.Create(ctx, intercom.ConversationCreateParams{
		From: intercom.ConversationSender{Type: intercom.ConversationSenderTypeUser, ID: contact.ID},
		Body: "Hi, what is the status of the ferry?",
	})
	if err != nil {
		return err
	}
	for _, text := range []string{"And what does a ticket cost?", "Great, bye!"} {
		flush()
		if _, err := client.Conversations.ReplyAsContact(ctx, message.ConversationID, intercom.ConversationContactReplyParams{
			Contact: intercom.ContactByID(contact.ID), Body: text,
		}); err != nil {
			return err
		}
	}
	flush()
	return nil
}

// withoutTime leaves the time out of the log, for a demo whose output is always
// the same.
func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}
