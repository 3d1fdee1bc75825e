package transport

import (
	"net/http"
	"testing"
	"time"
)

func TestSenderWithAnOddTransport(t *testing.T) {
	t.Parallel()
	for name, transport := range map[string]roundTrip{
		"no answer": func(*http.Request) (*http.Response, error) { return nil, nil },
		"no body":   func(*http.Request) (*http.Response, error) { return &http.Response{StatusCode: http.StatusOK}, nil },
	} {
		_, err := do(newTestClient(t, transport), request(createContact))
		if (err == nil) != (name == "no body") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the caller's http.Client can do besides its transport still works.
func TestSenderKeepsTheClientsTimeoutAndJar(t *testing.T) {
	t.Parallel()
	timedOut := newTestClient(t, nil, func(config *Config) {
		config.HTTPClient = &http.Client{Transport: stall, Timeout: 20 * time.Millisecond}
	})
	_, err := do(timedOut, request(createContact))
	if network := mustBe[*TransportError](t, err); !network.Timeout() {
		t.Errorf("got %v", err)
	}
	checkText(t, err)

	stored := newTestClient(t, nil, func(config *Config) {
		config.HTTPClient = &http.Client{Transport: roundTrip(says(200, "", "Set-Cookie", "a=b")), Jar: emptyJar{}}
	})
	if _, err := do(stored, request(getContact)); err != nil {
		t.Error(err)
	}
}

// A client without a transport uses net/http's, whatever that is by then.
func TestSenderWithoutATransport(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, nil, func(config *Config) {
		config.HTTPClient = &http.Client{}
		config.BaseURL.Host, config.BaseURL.Scheme = "127.0.0.1:1", "http"
	})
	_, err := do(client, request(createContact, func(s *Settings) { s.MinBackoff = 0 }))
	if network := mustBe[*TransportError](t, err); !network.Unsent || network.Attempts != 3 {
		t.Errorf("got %+v", network)
	}
}
