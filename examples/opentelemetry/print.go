package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/trace"
	oteltrace "go.opentelemetry.io/otel/trace"
)

// recorder is an exporter that keeps the spans.
type recorder struct {
	mu    sync.Mutex
	spans []trace.ReadOnlySpan // in the order they ended
}

// ExportSpans implements trace.SpanExporter.
func (r *recorder) ExportSpans(_ context.Context, spans []trace.ReadOnlySpan) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spans = append(r.spans, spans...)
	return nil
}

// Shutdown implements trace.SpanExporter.
func (r *recorder) Shutdown(context.Context) error { return nil }

// print writes the spans as a tree.
func (r *recorder) print(out io.Writer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	below := map[oteltrace.SpanID][]trace.ReadOnlySpan{}
	for _, span := range r.spans {
		below[span.Parent().SpanID()] = append(below[span.Parent().SpanID()], span)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	defer table.Flush()
	var level func(parent oteltrace.SpanID, depth int)
	level = func(parent oteltrace.SpanID, depth int) {
		for _, span := range below[parent] {
			took := span.EndTime().Sub(span.StartTime()).Round(time.Millisecond)
			fmt.Fprintf(table, "%s%s\t%v\t%s\t%s\n", strings.Repeat("  ", depth+1), span.Name(), took, span.Status().Code, describe(span.Attributes()))
			level(span.SpanContext().SpanID(), depth+1)
		}
	}
	level(oteltrace.SpanID{}, 0)
}

// printMetrics writes what was measured.
func printMetrics(ctx context.Context, reader metric.Reader, out io.Writer) error {
	var data metricdata.ResourceMetrics
	if err := reader.Collect(ctx, &data); err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, scope := range data.ScopeMetrics {
		for _, m := range scope.Metrics {
			switch points := m.Data.(type) {
			case metricdata.Histogram[float64]:
				for _, p := range points.DataPoints {
					fmt.Fprintf(table, "  %s\t%d in %.3f %s\t%s\n", m.Name, p.Count, p.Sum, m.Unit, describe(p.Attributes.ToSlice()))
				}
			case metricdata.Sum[float64]:
				for _, p := range points.DataPoints {
					fmt.Fprintf(table, "  %s\t%.3f %s\t%s\n", m.Name, p.Value, m.Unit, describe(p.Attributes.ToSlice()))
				}
			case metricdata.Gauge[int64]:
				for _, p := range points.DataPoints {
					fmt.Fprintf(table, "  %s\t%d\t%s\n", m.Name, p.Value, describe(p.Attributes.ToSlice()))
				}
			}
		}
	}
	return table.Flush()
}

// describe writes attributes in one line.
func describe(attributes []attribute.KeyValue) string {
	words := make([]string, 0, len(attributes))
	for _, a := range attributes {
		words = append(words, string(a.Key)+"="+a.Value.String())
	}
	return strings.Join(words, " ")
}
