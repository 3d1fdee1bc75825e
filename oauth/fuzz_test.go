package oauth_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed-8b687bef/intercom-go/oauth"
)

// FuzzExchange has the token endpoint answer anything: whatever comes, the error
// is one line without the secret and the code, or there is a token.
func FuzzExchange(f *testing.F) {
	f.Add(401, "application/json", `{"errors":[{"code":"unauthorized","message":"c0de-4711"}],"request_id":"b4c1"}`)
	f.Add(200, "application/json", `{"access_token":"abc","token_type":"Bearer","expires_in":"x"}`)
	f.Add(400, "application/x-www-form-urlencoded", "error=%zz")
	f.Add(500, "text/html", "<p>\xff")
	f.Fuzz(func(t *testing.T, status int, kind, body string) {
		if status < 200 || status > 599 {
			status = 200
		}
		answer := roundTrip(func(*http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			w.WriteString(body)
			return w.Result(), nil
		})
		app, err := oauth.New(oauth.Config{ClientID: clientID, ClientSecret: clientSecret, HTTPClient: &http.Client{Transport: answer}})
		if err != nil {
			t.Fatal(err)
		}
		token, err := app.Exchange(t.Context(), goodCode)
		if err == nil {
			if token.AccessToken == "" {
				t.Error("a token that is empty")
			}
			return
		}
		text := err.Error()
		if strings.ContainsAny(text, "\n\r") || strings.Contains(text, goodCode) || strings.Contains(text, clientSecret) || !utf8.ValidString(text) {
			t.Errorf("the text of the error is not fit for a log: %q", text)
		}
		if refused := (*oauth.Error)(nil); errors.As(err, &refused) && refused.StatusCode != status {
			t.Errorf("status %d became %d", status, refused.StatusCode)
		}
	})
}
