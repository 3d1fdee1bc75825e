package intercom_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// Something between us and the API may repeat what it was sent wherever it can:
// neither the token nor what the call was about gets from there into a text.
func TestWhatIsRepeatedStaysOutOfTexts(t *testing.T) {
	t.Parallel()
	for name, serve := range map[string]http.HandlerFunc{
		"header of an error":    says(500, "", "X-Request-Id", faultToken, "Retry-After", faultToken, "X-RateLimit-Limit", faultToken),
		"header of an answer":   says(200, goodContact, "X-Request-Id", faultToken),
		"page of an error":      says(400, "<pre>Bearer "+faultToken+" "+faultID+"</pre>"),
		"code, field, type":     says(400, `{"type":"`+faultToken+`","request_id":"`+faultToken+`","errors":[{"code":"`+faultToken+`","field":"`+faultEmail+`","message":"`+faultID+`"}]}`),
		"fields of Rails":       says(422, `{"errors":{"`+faultEmail+`":["`+faultToken+` is bad"]}}`),
		"media type":            says(200, "<html>", "Content-Type", faultToken+"/"+faultToken),
		"names in broken JSON":  says(200, `{"`+faultEmail+`":{"`+faultID+`":{"`+faultToken+`":x}}}`),
		"values in broken JSON": says(200, `{"id":"`+faultToken+`","name":`+faultToken+`}`),
		"redirect to a host":    says(302, "", "Location", "http://"+faultToken+".example/"+faultID),
		"redirect to a scheme":  says(302, "", "Location", "a"+faultToken+"://x/"),
		"redirect of no sense":  says(302, "", "Location", "http://%zz/"+faultToken+faultID),
		"status line":           writes(false, 0, "HTTP/1.1 500 "+faultToken+" "+faultEmail+"\r\nContent-Length: 0\r\n\r\n"),
		"another protocol":      writes(false, 0, "ERR "+faultToken+"\r\n"),
		"a bad header":          writes(false, 0, head(faultToken+" "+faultID, "", "")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var logged bytes.Buffer
			var told []any
			server := httptest.NewUnstartedServer(serve)
			server.Config.ErrorLog = quietLog
			server.Start()
			t.Cleanup(server.Close)
			client, err := intercom.NewClient(faultToken, intercom.WithBaseURL(server.URL), intercom.WithoutRetry(),
				intercom.WithLogger(slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))),
				intercom.WithCallHook(func(ctx context.Context, start intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
					return ctx, func(end intercom.CallEnd) { told = append(told, start, end) }
				}),
				intercom.WithAttemptHook(func(ctx context.Context, start intercom.AttemptStart) (context.Context, func(intercom.AttemptEnd)) {
					return ctx, func(end intercom.AttemptEnd) { told = append(told, start, end) }
				}))
			require.NoError(t, err)
			t.Cleanup(client.CloseIdleConnections)
			_, readErr := client.Contacts.Get(t.Context(), faultID)
			_, createErr := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: faultEmail})
			for _, text := range []string{fmt.Sprint(readErr), fmt.Sprint(createErr), logged.String()} {
				for _, secret := range []string{faultToken, faultID, faultEmail} {
					assert.NotContains(t, text, secret)
				}
			}
			require.NotEmpty(t, told)
			for _, thing := range told {
				assert.NotContains(t, fmt.Sprintf("%v %+v", thing, thing), faultToken)
			}
		})
	}
}

// The token and the workspace's data go out encrypted, by TLS 1.2 or later.
func TestOldTLSIsRefused(t *testing.T) {
	t.Parallel()
	asked := false
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	server.Config.ErrorLog = quietLog
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	server.StartTLS()
	t.Cleanup(server.Close)
	client, err := intercom.NewClient(faultToken, intercom.WithBaseURL(server.URL), intercom.WithoutRetry())
	require.NoError(t, err)
	t.Cleanup(client.CloseIdleConnections)
	require.Error(t, getContact(client))
	assert.False(t, asked)
}

// A header option can bring no second header along, and none that the library
// sets itself.
func TestHeadersCannotBeSmuggled(t *testing.T) {
	t.Parallel()
	client, requests := requestsOf(t)
	for _, header := range [][2]string{
		{"X-A", "b\r\nAuthorization: Bearer other"},
		{"X-A", "b\nX-B: c"},
		{"X-A\r\nX-B", "c"},
		{"X-A: b", "c"},
		{"X-A", "\x00"},
		{"", "a"},
		{" X", "a"},
		{"Authorization", "Bearer other"},
		{"authorization", "x"},
		{"Host", "evil.example"},
		{"Content-Length", "1"},
		{"Transfer-Encoding", "chunked"},
		{"Intercom-Version", "1.0"},
	} {
		_, err := client.Contacts.Get(t.Context(), "7", intercom.WithHeader(header[0], header[1]))
		require.Error(t, err, "%q", header)
		assert.NotContains(t, err.Error(), "\n")
		assert.NotContains(t, err.Error(), "Bearer other")
	}
	assert.Empty(t, *requests)
}

// Tokens that could not stand in a header are refused without being shown.
func TestTokensCannotSmuggleHeaders(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"secret\r\nX: 1", "secret\n", "se cret", "secret\x00", "sécret"} {
		_, err := intercom.NewClient(token)
		require.Error(t, err)
		assert.NotContains(t, err.Error(), "cret")

		client, requests := requestsOf(t, intercom.WithTokenSource(&tokens{list: []string{token}}))
		err = getContact(client)
		require.Error(t, err)
		assert.NotContains(t, err.Error(), "cret")
		assert.Empty(t, *requests)
	}
}

// Plain http is for the local machine.
func TestTokensAreNotSentInTheOpen(t *testing.T) {
	t.Parallel()
	for base, ok := range map[string]bool{
		"http://api.intercom.io": false, "http://10.0.0.1": false, "http://localhost.evil.example": false, "http://127.0.0.1.evil.example": false, "http://[::2]": false,
		"ftp://localhost": false, "https://user:secret@proxy.example": false, "//proxy.example": false, "https://": false, "http://localhost@evil.example": false,
		"http://localhost:8080": true, "http://127.0.0.1": true, "http://[::1]:80": true, "https://proxy.example/intercom": true,
	} {
		_, err := intercom.NewClient(faultToken, intercom.WithBaseURL(base))
		assert.Equal(t, ok, err == nil, "%s: %v", base, err)
		if err != nil {
			assert.NotContains(t, err.Error(), "secret")
		}
	}
}

// A redirect to the same server written in another way keeps the token, and
// only there.
func TestRedirectsToTheSameServer(t *testing.T) {
	t.Parallel()
	for target, ok := range map[string]bool{
		"https://API.intercom.io/x": true, "https://api.intercom.io:443/x": true, "HTTPS://api.intercom.io/x": true, "/x": true, "x": true, "//api.intercom.io/x": true,
		"https://api.intercom.io:8443/x": false, "https://api.intercom.io./x": false, "https://api.intercom.io@evil.example/x": false, "https://api.eu.intercom.io/x": false,
		"https://intercom.io/x": false, "http://api.intercom.io/x": false, "http://api.intercom.io:443/x": false,
	} {
		var hosts []string
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			hosts = append(hosts, r.Header.Get("Authorization"))
			if len(hosts) == 1 {
				w.Header().Set("Location", target)
				w.WriteHeader(http.StatusFound)
				return
			}
			answer(`{}`)(w, r)
		})
		err := getContact(client)
		if !ok {
			require.ErrorContains(t, err, "a redirect was refused", target)
			assert.Len(t, hosts, 1, target)
			continue
		}
		require.NoError(t, err, target)
		assert.Equal(t, []string{"Bearer test-token", "Bearer test-token"}, hosts, target)
	}
}

// Nothing that is given to a call is changed or kept.
func TestWhatIsGivenIsNotChanged(t *testing.T) {
	t.Parallel()
	body := map[string]any{"name": "Ada", "tags": []any{"a"}}
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Authorization", "gone") // A RoundTripper that does not keep to the rules.
		r.Header.Del("Intercom-Version")
		content, _ := io.ReadAll(r.Body)
		for i := range content {
			content[i] = 'x'
		}
		answer(`{}`)(w, r)
	})
	for range 3 {
		require.NoError(t, client.Do(t.Context(), http.MethodPost, "/anything", body, nil))
	}
	assert.Equal(t, map[string]any{"name": "Ada", "tags": []any{"a"}}, body)
	var header string
	seen := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		header = r.Header.Get("Authorization")
		answer(`{}`)(w, r)
	})
	require.NoError(t, getContact(seen))
	assert.Equal(t, "Bearer test-token", header)
}

// The default client is nobody else's, and the standard library's stays as it
// is.
func TestTheDefaultTransportIsNotTouched(t *testing.T) {
	t.Parallel()
	standard := http.DefaultTransport.(*http.Transport)
	idle, handshake := standard.MaxIdleConnsPerHost, standard.TLSHandshakeTimeout
	first, err := intercom.NewClient(faultToken)
	require.NoError(t, err)
	second, err := intercom.NewClient(faultToken)
	require.NoError(t, err)
	first.CloseIdleConnections()
	second.CloseIdleConnections()
	assert.Equal(t, idle, standard.MaxIdleConnsPerHost)
	assert.Equal(t, handshake, standard.TLSHandshakeTimeout)
	assert.Zero(t, http.DefaultClient.Timeout)
	assert.Nil(t, http.DefaultClient.CheckRedirect)
}

// A limit of the client's http.Client holds, too, and is a timeout that says so.
func TestTheTimeoutOfTheCallersClientHolds(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(server.Close)
	client, err := intercom.NewClient(faultToken, intercom.WithBaseURL(server.URL), intercom.WithoutRetry(),
		intercom.WithHTTPClient(&http.Client{Timeout: 20 * time.Millisecond, Transport: &http.Transport{}}))
	require.NoError(t, err)
	t.Cleanup(client.CloseIdleConnections)
	err = getContact(client)
	assert.True(t, intercom.IsTimeout(err), "%v", err)
	assert.True(t, intercom.IsTemporary(err))
	assert.NotContains(t, err.Error(), server.URL)
}
