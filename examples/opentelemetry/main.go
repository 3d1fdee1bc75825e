// Command opentelemetry traces and measures calls with OpenTelemetry: a span for
// each call, one for each attempt below it, and metrics of both.
//
// It works on a fake workspace inside the process, which has a bad day, and
// prints the spans and metrics instead of sending them anywhere. In a service of
// your own, take telemetry.go as it is and replace the two providers below by
// those with your exporter.
package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "opentelemetry:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer) error {
	spans, reader := new(recorder), metric.NewManualReader()
	tracers := trace.NewTracerProvider(trace.WithSyncer(spans)) // yours: trace.WithBatcher(otlptrace…)
	meters := metric.NewMeterProvider(metric.WithReader(reader))
	defer tracers.Shutdown(context.WithoutCancel(ctx))
	defer meters.Shutdown(context.WithoutCancel(ctx))

	server := intercomtest.NewServer(intercomtest.WithRateLimit(1000))
	defer server.Close()
	options, err := instrument(tracers, meters)
	if err != nil {
		return err
	}
	client, err := server.Client(options...)
	if err != nil {
		return err
	}

	fmt.Fprintln(out, "A job works on a fake workspace in this process, which has a bad day.")
	jobCtx, span := tracers.Tracer("job").Start(ctx, "nightly job")
	err = job(jobCtx, client, server)
	span.End()
	if err != nil {
		return err
	}

	fmt.Fprintln(out, "\nIts spans:")
	spans.print(out)
	fmt.Fprintln(out, "\nIts metrics:")
	return printMetrics(ctx, reader, out)
}

// job reads and writes while the workspace answers 503 and 429 now and then.
func job(ctx context.Context, client *intercom.Client, server *intercomtest.Server) error {
	server.SeedContacts(200) // Two pages.
	server.Inject(
		intercomtest.Fault{Operation: "Contacts.Get", Times: 1, Status: http.StatusServiceUnavailable},
		intercomtest.Fault{Operation: "Tags.Upsert", Times: 1, Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"1"}}},
	)
	contact, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "ada@example.com", Name: "Ada Lovelace"})
	if err != nil {
		return err
	}
	if _, err := client.Contacts.Get(ctx, contact.ID); err != nil { // The second attempt succeeds.
		return err
	}
	if _, err := client.Tags.Upsert(ctx, intercom.TagUpsertParams{Name: "vip"}); err != nil { // It waits a second.
		return err
	}
	for _, err := range client.Contacts.All(ctx, intercom.ContactListParams{}) {
		if err != nil {
			return err
		}
	}
	_, err = client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "ada@example.com"})
	if !intercom.IsConflict(err) {
		return fmt.Errorf("a second Ada should be refused, but the error is: %w", err)
	}
	return nil
}
