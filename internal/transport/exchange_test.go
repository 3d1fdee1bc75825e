package transport

import (
	"io"
	"net/http"
	"net/url"
	"testing"
)

func TestBuildRequest(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		base, path, query, want string
	}{
		"plain":              {"https://api.intercom.test", "/contacts/1", "a=b", "https://api.intercom.test/contacts/1?a=b"},
		"escaped slash":      {"https://api.intercom.test", "/contacts/a%2Fb", "", "https://api.intercom.test/contacts/a%2Fb"},
		"escaped percent":    {"https://api.intercom.test", "/contacts/a%25b", "", "https://api.intercom.test/contacts/a%25b"},
		"base with a path":   {"https://proxy.test/intercom/", "/contacts/a%2Fb", "", "https://proxy.test/intercom/contacts/a%2Fb"},
		"base with escapes":  {"https://proxy.test/a%2Fb", "/me", "", "https://proxy.test/a%2Fb/me"},
		"base with a port":   {"http://127.0.0.1:8080", "/me", "", "http://127.0.0.1:8080/me"},
		"question mark in a": {"https://api.intercom.test", "/contacts/a%3Fb", "", "https://api.intercom.test/contacts/a%3Fb"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got *http.Request
			transport := roundTrip(func(request *http.Request) (*http.Response, error) {
				got = request
				return answer(200, ""), nil
			})
			client := newTestClient(t, transport, func(config *Config) {
				base, err := ParseBaseURL(test.base)
				if err != nil {
					t.Fatal(err)
				}
				config.BaseURL = base
			})
			call := request(getContact)
			call.Path, call.Query = test.path, test.query
			if _, err := do(client, call); err != nil {
				t.Fatal(err)
			}
			if got.URL.String() != test.want {
				t.Errorf("sent %s, want %s", got.URL, test.want)
			}
			parsed, err := url.Parse(test.want)
			if err != nil || parsed.Path != got.URL.Path || got.Host != parsed.Host {
				t.Errorf("path %q at host %q, want %q at %q", got.URL.Path, got.Host, parsed.Path, parsed.Host)
			}
		})
	}
}

func TestRequestBody(t *testing.T) {
	t.Parallel()
	transport := roundTrip(func(request *http.Request) (*http.Response, error) {
		first, _ := io.ReadAll(request.Body)
		again, err := request.GetBody()
		if err != nil {
			return nil, err
		}
		second, _ := io.ReadAll(again)
		if string(first) != string(second) || request.ContentLength != int64(len(first)) {
			t.Errorf("body %q, then %q, of announced %d bytes", first, second, request.ContentLength)
		}
		return answer(200, ""), nil
	})
	if _, err := do(newTestClient(t, transport), request(createContact)); err != nil {
		t.Fatal(err)
	}
}
