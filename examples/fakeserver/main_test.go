package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"io"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// program is a fakeserver that runs.
type program struct {
	url   string
	intro string
	stop  func() (rest string) // ends it, once, and returns what it said after the intro
}

func start(t *testing.T, args ...string) program {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	read, write := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"-addr", "127.0.0.1:0"}, args...), write)
		_ = write.CloseWithError(err)
		ended <- err
	}()
	lines := bufio.NewReader(read)
	var intro strings.Builder
	for !strings.Contains(intro.String(), "Ctrl-C") {
		line, err := lines.ReadString('\n')
		require.NoError(t, err)
		intro.WriteString(line)
	}
	return program{
		url:   regexp.MustCompile(`http://[0-9.:]+`).FindString(intro.String()),
		intro: intro.String(),
		stop: sync.OnceValue(func() string {
			cancel()
			rest, err := io.ReadAll(lines)
			require.NoError(t, err)
			require.NoError(t, <-ended)
			return string(rest)
		}),
	}
}

func (p program) client(t *testing.T, token string) *intercom.Client {
	t.Helper()
	client, err := intercom.NewClient(token, intercom.WithBaseURL(p.url), intercom.WithoutRetry())
	require.NoError(t, err)
	t.Cleanup(client.CloseIdleConnections)
	return client
}

func TestServesAWorkspace(t *testing.T) {
	t.Parallel()
	p := start(t, "-contacts", "30", "-companies", "4", "-token", "sesame", "-quirks")
	assert.Contains(t, p.intro, "34 contacts and 4 companies")
	assert.Contains(t, p.intro, "curl -H 'Authorization: Bearer sesame' '"+p.url+"/contacts?per_page=2'")

	client := p.client(t, "sesame")
	created, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "nadia@example.com"})
	require.NoError(t, err)
	read, err := client.Contacts.Get(t.Context(), created.ID)
	require.NoError(t, err)
	assert.Equal(t, "nadia@example.com", read.Email)
	assert.Contains(t, read.UnknownFields(), "insights_preview", "quirks are on")

	_, err = p.client(t, "wrong").Contacts.Get(t.Context(), created.ID)
	assert.True(t, intercom.IsUnauthorized(err), "%v", err)

	assert.Equal(t, "\nAnswered 3 requests. The workspace is gone.\n", p.stop())
}

func TestSameSeedSameData(t *testing.T) {
	t.Parallel()
	ids := func(seed string) (ids []string) {
		p := start(t, "-seed", seed, "-contacts", "5", "-token", "t")
		defer p.stop()
		for contact, err := range p.client(t, "t").Contacts.All(t.Context(), intercom.ContactListParams{}) {
			require.NoError(t, err)
			ids = append(ids, contact.ID)
		}
		return ids
	}
	seven := ids("7")
	assert.Equal(t, seven, ids("7"))
	assert.NotEqual(t, seven, ids("8"))
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	p := start(t, "-rate", "2", "-token", "t")
	defer p.stop()
	client, err := p.client(t, "t").With(intercom.WithoutLimiter())
	require.NoError(t, err)
	passed := 0
	for err == nil {
		if _, err = client.Admins.Me(t.Context()); err == nil {
			passed++
		}
	}
	assert.True(t, intercom.IsRateLimited(err), "%v", err)
	assert.GreaterOrEqual(t, passed, 2)
}

func TestTellsAWebhook(t *testing.T) {
	t.Parallel()
	heard := make(chan string, 1)
	h, err := webhook.NewHandler("s3cret")
	require.NoError(t, err)
	webhook.On(h, webhook.ContactUserCreated, func(_ context.Context, e *webhook.Event[intercom.Contact]) error {
		heard <- e.Item.Email
		return nil
	})
	receiver := httptest.NewServer(h)
	defer receiver.Close()
	p := start(t, "-webhook", receiver.URL, "-webhook-secret", "s3cret", "-token", "t")
	defer p.stop()
	_, err = p.client(t, "t").Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "nadia@example.com"})
	require.NoError(t, err)
	p.stop() // waits until all is told
	assert.Equal(t, "nadia@example.com", <-heard)
}

func TestHelp(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.ErrorIs(t, run(t.Context(), []string{"-h"}, &out), flag.ErrHelp)
	for _, want := range []string{"-addr", "-seed", "-contacts", "-companies", "-quirks", "-rate", "-token", "-webhook", "curl -H", "intercom.WithBaseURL"} {
		assert.Contains(t, out.String(), want)
	}
}

func TestFlagsThatWontDo(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"an unknown flag":  {"-fast"},
		"a stray argument": {"8080"},
		"a negative rate":  {"-rate", "-1"},
		"no token":         {"-token", ""},
		"a bad address":    {"-addr", "nowhere:at:all"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			require.Error(t, run(t.Context(), args, &out))
			assert.NotContains(t, out.String(), "is at http")
		})
	}
}
