package main

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/seed-8b687bef/intercom-go"
)

// scope names what the spans and metrics are about.
const scope = "github.com/seed-8b687bef/intercom-go"

// instrument returns what makes a client report its calls. Nothing that it
// reports is secret or personal: paths are templates such as /contacts/{id}, and
// there are no bodies, headers or addresses.
func instrument(tracers trace.TracerProvider, meters metric.MeterProvider) ([]intercom.ClientOption, error) {
	tracer, meter := tracers.Tracer(scope), meters.Meter(scope)
	duration, err1 := meter.Float64Histogram("intercom.client.call.duration",
		metric.WithUnit("s"), metric.WithDescription("How long calls take, with retries and waits."))
	held, err2 := meter.Float64Counter("intercom.client.wait",
		metric.WithUnit("s"), metric.WithDescription("How long attempts were held back by the rate limit or between retries."))
	remaining, err3 := meter.Int64Gauge("intercom.client.rate_limit.remaining",
		metric.WithUnit("{request}"), metric.WithDescription("What the last answer left of the rate limit."))
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}

	traces := intercom.WithCallHook(func(ctx context.Context, call intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
		ctx, span := tracer.Start(ctx, call.Operation)
		span.SetAttributes(
			attribute.String("http.request.method", call.Method),
			attribute.String("url.template", call.Path),
		)
		return ctx, func(end intercom.CallEnd) {
			span.SetAttributes(
				attribute.Int("intercom.attempts", end.Attempts),
				attribute.String("intercom.request_id", end.RequestID),
			)
			finish(span, end.StatusCode, end.Err)
		}
	})
	attempts := intercom.WithAttemptHook(func(ctx context.Context, attempt intercom.AttemptStart) (context.Context, func(intercom.AttemptEnd)) {
		ctx, span := tracer.Start(ctx, attempt.Method+" "+attempt.Path, trace.WithSpanKind(trace.SpanKindClient))
		span.SetAttributes(
			attribute.String("http.request.method", attempt.Method),
			attribute.String("url.template", attempt.Path),
			attribute.Int("http.request.resend_count", attempt.Attempt-1),
			attribute.Float64("intercom.wait", attempt.Wait.Seconds()),
		)
		held.Add(ctx, attempt.Wait.Seconds(), operation(attempt.Operation))
		labels := new(otelhttp.Labeler) // for httpMetrics
		labels.Add(attribute.String("url.template", attempt.Path))
		return otelhttp.ContextWithClientLabeler(ctx, labels), func(end intercom.AttemptEnd) {
			finish(span, end.StatusCode, end.Err)
		}
	})
	metrics := intercom.WithCallHook(func(ctx context.Context, call intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
		return ctx, func(end intercom.CallEnd) {
			duration.Record(ctx, end.Duration.Seconds(), operation(call.Operation, failure(end.StatusCode, end.Err)...))
			if end.RateLimit.Limit > 0 {
				remaining.Record(ctx, int64(end.RateLimit.Remaining))
			}
		}
	})
	httpClient := intercom.WithHTTPClient(&http.Client{Transport: httpMetrics(meters)})
	return []intercom.ClientOption{traces, attempts, metrics, httpClient}, nil
}

// httpMetrics measures requests as all HTTP clients with OpenTelemetry do. Spans
// of its own would hold url.full, with the ids and email addresses in it, so the
// attempts have theirs from the hook, and it has no tracer.
func httpMetrics(meters metric.MeterProvider) http.RoundTripper {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.MaxIdleConnsPerHost = 64 // net/http keeps 2.
	return otelhttp.NewTransport(base,
		otelhttp.WithMeterProvider(meters),
		otelhttp.WithTracerProvider(noop.NewTracerProvider()),
	)
}

// finish ends a span with what came of it.
func finish(span trace.Span, status int, err error) {
	if status > 0 {
		span.SetAttributes(attribute.Int("http.response.status_code", status))
	}
	if err != nil {
		span.SetAttributes(failure(status, err)...)
		span.SetStatus(codes.Error, err.Error()) // Texts of errors hold nothing personal.
	}
	span.End()
}

// failure is the kind of an error in few words, fit to count by; nothing if
// there was none.
func failure(status int, err error) []attribute.KeyValue {
	kind := "connection"
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		kind = "canceled"
	case intercom.IsTimeout(err):
		kind = "timeout"
	case status > 0:
		kind = strconv.Itoa(status)
	}
	return []attribute.KeyValue{attribute.String("error.type", kind)}
}

// operation labels a measurement with the method that was called.
func operation(name string, more ...attribute.KeyValue) metric.MeasurementOption {
	return metric.WithAttributes(append(more, attribute.String("intercom.operation", name))...)
}
