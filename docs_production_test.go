package intercom_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// The functions below hold the code of docs/production.md, each block as it
// stands there, so that it is compiled and run.

func docsFromEnv() (*intercom.Client, error) {
	client, err := intercom.NewClientFromEnv(
		intercom.WithAppInfo("acme-sync/1.4"), // shows up in the User-Agent
		intercom.WithLogger(slog.Default()),
	)
	return client, err
}

func docsOther(client *intercom.Client, token string) (*intercom.Client, error) {
	other, err := client.With(intercom.WithToken(token))
	return other, err
}

func docsDeadline(r *http.Request, client *intercom.Client, id string) (*intercom.Contact, error) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	contact, err := client.Contacts.Get(ctx, id)
	return contact, err
}

func docsPatience(ctx context.Context, client *intercom.Client, params intercom.ContactCreateParams) error {
	patient := intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 6, MaxWait: 2 * time.Minute})
	_, err := client.Contacts.Create(ctx, params, patient, intercom.WithReplay())
	return err
}

func docsLimiter(token string) (*intercom.Client, error) {
	limiter := intercom.NewLimiter()
	first, err := intercom.NewClient(token, intercom.WithLimiter(limiter))
	return first, err
}

type share struct {
	intercom.Limiter
	slots chan struct{}
}

func (s share) Wait(ctx context.Context) error {
	select {
	case s.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	err := s.Limiter.Wait(ctx)
	if err != nil {
		<-s.slots
	}
	return err
}

func (s share) Done(usage intercom.LimiterUsage) {
	s.Limiter.Done(usage)
	<-s.slots
}

// meter stands for a library of metrics.
type meter struct{ calls []string }

func (m *meter) Add(operation string, status int, _ time.Duration) {
	m.calls = append(m.calls, operation+" "+strconv.Itoa(status))
}

type gauge struct{ value int }

func (g *gauge) Set(value int) { g.value = value }

func docsMetrics(requests *meter, remaining *gauge) intercom.Option {
	metrics := intercom.WithCallHook(func(ctx context.Context, call intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
		return ctx, func(end intercom.CallEnd) {
			requests.Add(call.Operation, end.StatusCode, end.Duration)
			if end.RateLimit.Limit > 0 {
				remaining.Set(end.RateLimit.Remaining)
			}
		}
	})
	return metrics
}

func docsProxy(token string, proxy *url.URL, roots *x509.CertPool) (*intercom.Client, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = http.ProxyURL(proxy)
	transport.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	transport.MaxIdleConnsPerHost = 64 // net/http keeps 2
	client, err := intercom.NewClient(token, intercom.WithHTTPClient(&http.Client{Transport: transport}))
	return client, err
}

func docsShutdown(client *intercom.Client, yesterday time.Time, saved intercom.Checkpoint, store func(*intercom.Contact) error) (intercom.Checkpoint, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	since := intercom.UpdatedSinceParams{Since: yesterday, Checkpoint: saved}
	for updated, err := range client.Contacts.UpdatedSince(ctx, since) {
		if err != nil {
			return saved, err // canceled, or worse: go on from here next time
		}
		if err := store(updated.Item); err != nil {
			return saved, err
		}
		saved = updated.Checkpoint
	}
	return saved, nil
}

func TestProductionTextRuns(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t, intercomtest.WithRateLimit(1_000))
	ids := server.SeedContacts(5)
	requests, remaining := new(meter), new(gauge)
	client, err := server.Client(docsMetrics(requests, remaining))
	require.NoError(t, err)

	contact, err := docsDeadline(httptest.NewRequest(http.MethodGet, "/", nil), client, ids[0])
	require.NoError(t, err)
	assert.Equal(t, ids[0], contact.ID)
	require.NoError(t, docsPatience(t.Context(), client, intercom.ContactCreateParams{Email: "ada@example.com"}))
	_, err = client.Contacts.Get(t.Context(), "5f0000000000000000000000")
	require.True(t, intercom.IsNotFound(err))

	assert.Equal(t, []string{"Contacts.Get 200", "Contacts.Create 200", "Contacts.Get 404"}, requests.calls)
	assert.Equal(t, 997, remaining.value)

	_, err = docsOther(client, "of-another-workspace")
	require.NoError(t, err)
	_, err = docsLimiter("token")
	require.NoError(t, err)
	_, err = docsProxy("token", &url.URL{Scheme: "http", Host: "proxy.example.com:3128"}, x509.NewCertPool())
	require.NoError(t, err)
	if os.Getenv("INTERCOM_ACCESS_TOKEN") == "" {
		_, err = docsFromEnv()
		require.Error(t, err)
	}
}

func TestProductionTextShare(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t)
	slots := share{intercom.NewLimiter(), make(chan struct{}, 2)}
	client, err := server.Client(intercom.WithLimiter(slots))
	require.NoError(t, err)
	server.Inject(intercomtest.Fault{Delay: time.Millisecond, Times: -1})
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			_, err := client.Tags.List(t.Context())
			assert.NoError(t, err)
		})
	}
	work.Wait()
	assert.Empty(t, slots.slots, "each request gave its place back")
	assert.Len(t, server.Requests("Tags.List"), 8)
}

func TestProductionTextShutdown(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t)
	yesterday := time.Now().AddDate(0, 0, -1)
	changed := intercom.TimestampOf(yesterday.Add(time.Hour))
	server.Seed(
		intercom.Contact{ID: "c-1", Email: "ada@example.com", UpdatedAt: changed},
		intercom.Contact{ID: "c-2", Email: "grace@example.com", UpdatedAt: changed},
	)
	client, err := server.Client()
	require.NoError(t, err)
	var stored []string
	store := func(c *intercom.Contact) error {
		if len(stored) == 1 {
			return context.Canceled
		}
		stored = append(stored, c.ID)
		return nil
	}
	saved, err := docsShutdown(client, yesterday, intercom.Checkpoint{}, store)
	require.ErrorIs(t, err, context.Canceled)
	rest := func(c *intercom.Contact) error {
		stored = append(stored, c.ID)
		return nil
	}
	_, err = docsShutdown(client, yesterday, saved, rest)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"c-1", "c-2"}, stored)
}
