package intercom_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

const attachmentURL = "https://files.harbour.test/o/sail%20plan/mast-771204.png?signature=90210abc"

func TestDownloadAttachmentGoesWithoutTheToken(t *testing.T) {
	t.Parallel()
	var asked []string
	var log bytes.Buffer
	client := clientOf(t, nil, intercom.WithHeader("X-Of-Mine", "secret"), intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.String())
		for name, values := range r.Header {
			assert.Contains(t, []string{"Accept", "User-Agent"}, name)
			assert.NotContains(t, strings.Join(values, " "), "test-token")
		}
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"image/png"}}, Body: io.NopCloser(strings.NewReader("mast")), Request: r}, nil
	})}), intercom.WithLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
	var response intercom.Response
	// The API's own host is no exception.
	for _, url := range []string{attachmentURL, "https://api.intercom.io/attachment/1"} {
		file, err := client.DownloadAttachment(t.Context(), url, intercom.WithResponse(&response))
		require.NoError(t, err)
		content, err := io.ReadAll(file)
		require.NoError(t, err)
		assert.Equal(t, "mast", string(content))
		require.NoError(t, file.Close())
	}
	assert.Equal(t, []string{attachmentURL, "https://api.intercom.io/attachment/1"}, asked)
	assert.Equal(t, "image/png", response.Header.Get("Content-Type"))
	assert.Contains(t, log.String(), "DownloadAttachment")
	assert.NotContains(t, log.String(), "771204")
	assert.NotContains(t, log.String(), "90210")
}

func TestDownloadAttachmentFails(t *testing.T) {
	t.Parallel()
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, "<Error><Code>AccessDenied</Code></Error>")
	})
	file, err := client.DownloadAttachment(t.Context(), attachmentURL)
	assert.Nil(t, file)
	assert.True(t, intercom.IsForbidden(err))
	for _, secret := range []string{"771204", "90210", "sail"} {
		assert.NotContains(t, err.Error(), secret)
	}
	for want, url := range map[string]string{
		"the URL is empty":                   "",
		"the URL has the scheme":             "/attachment/1",
		"the URL is not encrypted":           "http://files.harbour.test/1",
		"the URL has a user in it":           "https://ines:sail@files.harbour.test/1",
		"the URL has no host":                "https:///1",
		"the URL has the scheme ftp; it mus": "ftp://files.harbour.test",
	} {
		_, err = client.DownloadAttachment(t.Context(), url)
		require.ErrorContains(t, err, "intercom: DownloadAttachment: "+want)
		assert.NotContains(t, err.Error(), "sail")
	}
	_, err = client.DownloadAttachment(nil, attachmentURL) //nolint:staticcheck // The nil is what is tested.
	require.ErrorContains(t, err, "the context is nil")
	_, err = client.DownloadAttachment(t.Context(), attachmentURL, nil)
	require.ErrorContains(t, err, "an option is nil")
	_, err = (&intercom.Client{}).DownloadAttachment(t.Context(), attachmentURL)
	require.ErrorContains(t, err, "make one with NewClient")
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = client.DownloadAttachment(canceled, attachmentURL)
	require.ErrorIs(t, err, context.Canceled)
}

func TestDownloadAttachmentStalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := clientOf(t, nil, intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			body, server := io.Pipe()
			go func() {
				_, _ = io.WriteString(server, "ma")
				<-r.Context().Done()
				_ = server.CloseWithError(r.Context().Err())
			}()
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body, Request: r}, nil
		})}))
		began := time.Now()
		file, err := client.DownloadAttachment(t.Context(), attachmentURL)
		require.NoError(t, err)
		content, err := io.ReadAll(file)
		assert.Equal(t, "ma", string(content))
		assert.True(t, intercom.IsTimeout(err), "%v", err)
		assert.Equal(t, time.Minute, time.Since(began))
		require.NoError(t, file.Close())
	})
}
