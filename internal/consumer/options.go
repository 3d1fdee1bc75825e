package consumer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// ClientOptions makes a client with every option that one takes.
func ClientOptions(hc *http.Client, logger *slog.Logger) (*intercom.Client, error) {
	return intercom.NewClient("token",
		intercom.WithRegion(intercom.EU),
		intercom.WithBaseURL("https://intercom.example.test"),
		intercom.WithHTTPClient(hc),
		intercom.WithToken("other-token"),
		intercom.WithTokenSource(vault{"newest-token"}),
		intercom.WithAppInfo("consumer/1.0"),
		intercom.WithVersion(intercom.V2_9),
		intercom.WithTimeout(10*time.Second),
		intercom.WithCallTimeout(time.Minute),
		intercom.WithHeader("X-Trace", "1"),
		intercom.WithMaxAnswerSize(8<<20),
		intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 2, MinBackoff: time.Millisecond, MaxBackoff: time.Millisecond, MaxWait: time.Second}),
		intercom.WithoutPrefetch(),
		intercom.WithLogger(logger),
		intercom.WithDriftHook(func(d intercom.Drift) { logger.Warn("drift", "path", d.Path) }, intercom.DriftUnknownFields()),
		intercom.WithCallHook(timeCalls(logger)),
		intercom.WithAttemptHook(timeAttempts(logger)),
		intercom.WithLimiter(intercom.NewLimiter()),
		intercom.WithLimiter(new(counter)),
		intercom.WithoutLimiter(),
	)
}

// CallOptions are all options that a call takes.
func CallOptions(response *intercom.Response) []intercom.CallOption {
	return []intercom.CallOption{
		intercom.WithVersion("2.8"),
		intercom.WithTimeout(time.Second),
		intercom.WithCallTimeout(time.Second),
		intercom.WithHeader("X-Trace", "2"),
		intercom.WithMaxAnswerSize(1 << 20),
		intercom.WithoutRetry(),
		intercom.WithReplay(),
		intercom.WithoutPrefetch(),
		intercom.WithoutDuplicates(),
		intercom.WithResponse(response),
		intercom.WithDownloadTimeouts(time.Second, time.Second),
		intercom.WithPollInterval(time.Second, time.Minute),
		intercom.WithExportProgress(func(p intercom.ExportProgress) { _ = p.Received }),
	}
}

// Derived is a client of another workspace.
func Derived(client *intercom.Client) (*intercom.Client, error) {
	return client.With(intercom.WithToken("third-token"), intercom.WithVersion(intercom.V2_12))
}

// vault is a TokenSource.
type vault struct{ token string }

// Token gives the token of the moment.
func (v vault) Token(context.Context) (string, error) { return v.token, nil }

// counter is a Limiter that only counts.
type counter struct{ sent, limited atomic.Int64 }

// Wait lets everything through.
func (c *counter) Wait(ctx context.Context) error {
	c.sent.Add(1)
	return ctx.Err()
}

// Done counts what was too much.
func (c *counter) Done(usage intercom.LimiterUsage) {
	if usage.RateLimited {
		c.limited.Add(1)
	}
}

func timeCalls(logger *slog.Logger) intercom.CallHook {
	return func(ctx context.Context, start intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
		return ctx, func(end intercom.CallEnd) {
			logger.Info("call", "operation", start.Operation, "took", end.Duration, "attempts", end.Attempts, "err", end.Err)
		}
	}
}

func timeAttempts(logger *slog.Logger) intercom.AttemptHook {
	return func(ctx context.Context, start intercom.AttemptStart) (context.Context, func(intercom.AttemptEnd)) {
		return ctx, func(end intercom.AttemptEnd) {
			logger.Info("attempt", "operation", start.Operation, "attempt", start.Attempt, "waited", start.Wait, "status", end.StatusCode)
		}
	}
}

// Explain asks an error all that can be asked of it.
func Explain(err error) string {
	var (
		failure *intercom.Error
		odd     *intercom.DecodeError
		version *intercom.VersionError
		page    *intercom.PageError
	)
	switch {
	case err == nil:
		return "fine"
	case intercom.IsNotFound(err), intercom.IsUnauthorized(err), intercom.IsForbidden(err), intercom.IsConflict(err), intercom.IsInvalid(err):
		return "refused"
	case intercom.IsRateLimited(err), intercom.IsTimeout(err), intercom.IsTemporary(err):
		return "later"
	case intercom.IsVersion(err), errors.As(err, &version):
		return "version"
	case intercom.HasCode(err, intercom.CodeParameterInvalid, intercom.CodeDataInvalid):
		return "invalid"
	case errors.As(err, &failure):
		return fmt.Sprint(failure.StatusCode, failure.Operation, failure.Details, failure.RequestID)
	case errors.As(err, &odd):
		return odd.Operation
	case errors.Is(err, intercom.ErrCursorLoop), errors.As(err, &page):
		return page.Cursor
	default:
		return err.Error()
	}
}
