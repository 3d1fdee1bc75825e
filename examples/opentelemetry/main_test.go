package main

import (
	"bytes"
	"context"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestRun(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out))
	for _, want := range []string{
		`(?m)^  nightly job +1\.`,
		`(?m)^    Contacts\.Get .* Unset .*intercom\.attempts=2`,
		`(?m)^      GET /contacts/\{id\} .* Error .*http\.response\.status_code=503 error\.type=503`,
		`(?m)^      GET /contacts/\{id\} .* Unset .*http\.request\.resend_count=1`,
		`(?m)^      POST /tags .*intercom\.wait=1\.`,
		`(?m)^    Contacts\.Create .* Error .*error\.type=409`,
		`(?m)^  intercom\.client\.call\.duration +2 in .* intercom\.operation=Contacts\.List`,
		`(?m)^  intercom\.client\.rate_limit\.remaining +99\d`,
		`(?m)^  http\.client\.request\.duration +1 in .*http\.response\.status_code=429 .*url\.template=/tags`,
	} {
		assert.Regexp(t, want, out.String())
	}
}

// Spans and metrics may go to anybody's system: nothing personal is in them.
func TestNothingPersonalIsTold(t *testing.T) {
	t.Parallel()
	spans, reader := new(recorder), metric.NewManualReader()
	options, err := instrument(trace.NewTracerProvider(trace.WithSyncer(spans)), metric.NewMeterProvider(metric.WithReader(reader)))
	require.NoError(t, err)
	server := intercomtest.New(t)
	client, err := server.Client(options...)
	require.NoError(t, err)
	ctx := t.Context()
	ada, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "ada@example.com", ExternalID: "ext-1815"})
	require.NoError(t, err)
	_, err = client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "ada@example.com"})
	require.True(t, intercom.IsConflict(err))
	_, err = client.Contacts.FindByEmail(ctx, "ada@example.com")
	require.NoError(t, err)
	_, err = client.Contacts.GetByExternalID(ctx, "ext-1815")
	require.NoError(t, err)
	require.NoError(t, client.Do(ctx, http.MethodGet, "/contacts/"+ada.ID+"?x=ext-1815", nil, nil))
	server.Close()
	_, err = client.Contacts.Get(ctx, ada.ID, intercom.WithoutRetry())
	require.Error(t, err)

	var out bytes.Buffer
	spans.print(&out)
	require.NoError(t, printMetrics(ctx, reader, &out))
	for _, span := range spans.spans {
		out.WriteString(span.Status().Description)
		assert.Empty(t, span.Events())
	}
	assert.Contains(t, out.String(), "error.type=connection")
	for _, secret := range []string{"ada", "1815", ada.ID, intercomtest.Token} {
		assert.NotContains(t, out.String(), secret)
	}
}

// Attempts are below their call, and the call below the span of the caller.
func TestSpansAreNested(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		spans := new(recorder)
		tracers := trace.NewTracerProvider(trace.WithSyncer(spans))
		options, err := instrument(tracers, metric.NewMeterProvider())
		require.NoError(t, err)
		server := intercomtest.New(t, intercomtest.WithoutSocket())
		options = append(options, intercom.WithHTTPClient(&http.Client{Transport: server.Transport()}))
		client, err := server.Client(options...)
		require.NoError(t, err)
		server.Inject(intercomtest.Fault{Times: -1, Status: http.StatusBadGateway})
		ctx, mine := tracers.Tracer("test").Start(t.Context(), "mine")
		_, err = client.Tags.List(ctx)
		require.Error(t, err)
		mine.End()

		require.Len(t, spans.spans, 5)
		attempts, call := spans.spans[:3], spans.spans[3]
		for _, attempt := range attempts {
			assert.Equal(t, call.SpanContext().SpanID(), attempt.Parent().SpanID())
			assert.Equal(t, codes.Error, attempt.Status().Code)
			assert.False(t, attempt.EndTime().After(call.EndTime()))
		}
		assert.Equal(t, mine.SpanContext().SpanID(), call.Parent().SpanID())
		assert.Equal(t, mine.SpanContext().TraceID(), call.SpanContext().TraceID())
		assert.Equal(t, "intercom: Tags.List GET /tags: 502", call.Status().Description[:len("intercom: Tags.List GET /tags: 502")])
	})
}

func TestKindsOfErrors(t *testing.T) {
	t.Parallel()
	spans := new(recorder)
	options, err := instrument(trace.NewTracerProvider(trace.WithSyncer(spans)), metric.NewMeterProvider())
	require.NoError(t, err)
	server := intercomtest.New(t)
	client, err := server.Client(options...)
	require.NoError(t, err)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = client.Tags.List(canceled)
	require.Error(t, err)
	server.Inject(intercomtest.Fault{Times: -1, Reset: true})
	_, err = client.Tags.List(t.Context(), intercom.WithoutRetry())
	require.Error(t, err)

	var kinds []string
	for _, span := range spans.spans {
		for _, a := range span.Attributes() {
			if a.Key == "error.type" {
				kinds = append(kinds, a.Value.AsString())
			}
		}
	}
	assert.Contains(t, kinds, "canceled")
	assert.Contains(t, kinds, "connection")
}
