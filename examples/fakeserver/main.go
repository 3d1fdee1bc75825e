// Command fakeserver is a whole Intercom workspace on a port: package
// intercomtest as a program, for clients in any language and for curl.
//
// It keeps everything in memory, needs no account and forgets all when it ends.
// `go run . -h` explains its flags.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "fakeserver:", err)
		os.Exit(1)
	}
}

// settings are what the flags say.
type settings struct {
	addr                string
	token               string
	seed                uint64
	contacts, companies int
	rate                int
	quirks              bool
	webhook, secret     string
}

const help = `fakeserver is an Intercom workspace on a port. It answers every call of the API
versions 2.7 to 2.16, remembers what it is told, and forgets it when it ends.

Usage: fakeserver [flags]

`

const moreHelp = `
To try it:

  fakeserver -contacts 500 -companies 20 &
  curl -H 'Authorization: Bearer %s' 'http://127.0.0.1:8080/contacts?per_page=2'

A Go program that makes its client with intercom.NewClientFromEnv talks to it with

  INTERCOM_BASE_URL=http://127.0.0.1:8080 INTERCOM_ACCESS_TOKEN=%s

and any other with intercom.WithBaseURL("http://127.0.0.1:8080").

Ctrl-C ends it.
`

func parse(args []string, out io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("fakeserver", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&s.addr, "addr", "127.0.0.1:8080", "`address` to listen on; port 0 takes a free one")
	flags.StringVar(&s.token, "token", intercomtest.Token, "access `token` that requests must have")
	flags.Uint64Var(&s.seed, "seed", 1, "`number` that ids and made up data derive from: the same number, the same data")
	flags.IntVar(&s.contacts, "contacts", 100, "`how many` contacts to make up")
	flags.IntVar(&s.companies, "companies", 10, "`how many` companies to make up, each with a contact of its own")
	flags.IntVar(&s.rate, "rate", 0, "`requests` that are let through in ten seconds; 0 means any number")
	flags.BoolVar(&s.quirks, "quirks", false, "answer with the habits of the real API that its description does not tell of,\nsuch as ids that are numbers and null for empty lists")
	flags.StringVar(&s.webhook, "webhook", "", "`URL` to tell, by signed POST, what happens in the workspace")
	flags.StringVar(&s.secret, "webhook-secret", "secret", "`text` that notifications are signed with")
	flags.Usage = func() {
		fmt.Fprint(out, help)
		flags.PrintDefaults()
		fmt.Fprintf(out, moreHelp, intercomtest.Token, intercomtest.Token)
	}
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	switch {
	case flags.NArg() > 0:
		return s, fmt.Errorf("there is nothing to do with %q; -h shows the flags", flags.Arg(0))
	case s.token == "":
		return s, errors.New("-token is empty")
	case s.contacts < 0 || s.companies < 0 || s.rate < 0:
		return s, errors.New("-contacts, -companies and -rate can't be negative")
	}
	return s, nil
}

// run serves a workspace until the context ends.
func run(ctx context.Context, args []string, out io.Writer) error {
	s, err := parse(args, out)
	if err != nil {
		return err
	}
	workspace := open(s)
	defer workspace.Close()

	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.addr)
	if err != nil {
		return err
	}
	var answered atomic.Int64
	count := func(w http.ResponseWriter, r *http.Request) {
		answered.Add(1)
		workspace.ServeHTTP(w, r)
	}
	server := &http.Server{Handler: http.HandlerFunc(count), ReadHeaderTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	welcome(out, workspace, "http://"+listener.Addr().String(), s)

	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	// Answers that are under way get a moment to finish.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err = server.Shutdown(grace)
	fmt.Fprintf(out, "\nAnswered %d requests. The workspace is gone.\n", answered.Load())
	return err
}

// open makes the workspace. It has no socket of its own: the http.Server of
// this program serves it.
func open(s settings) *intercomtest.Server {
	opts := []intercomtest.Option{
		intercomtest.WithoutSocket(),
		intercomtest.WithToken(s.token),
		intercomtest.WithSeed(s.seed),
		intercomtest.WithRateLimit(s.rate),
	}
	if s.quirks {
		opts = append(opts, intercomtest.WithQuirks())
	}
	if s.webhook != "" {
		opts = append(opts, intercomtest.WithWebhook(s.webhook, s.secret))
	}
	workspace := intercomtest.NewServer(opts...)
	workspace.SeedCompanies(s.companies)
	workspace.SeedContacts(s.contacts)
	return workspace
}

func welcome(out io.Writer, workspace *intercomtest.Server, url string, s settings) {
	fmt.Fprintf(out, "A workspace with %d contacts and %d companies is at %s\n",
		len(workspace.Contacts()), len(workspace.Companies()), url)
	fmt.Fprintf(out, "\nTry:\n\n  curl -H 'Authorization: Bearer %s' '%s/contacts?per_page=2'\n", s.token, url)
	fmt.Fprintf(out, "  INTERCOM_ACCESS_TOKEN=%s INTERCOM_BASE_URL=%s go run ./examples/quickstart\n\n", s.token, url)
	fmt.Fprintln(out, "Ctrl-C ends it.")
}
