package transport

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestRedirects(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		target  string
		problem string // "" means it is followed
	}{
		"same server":       {"/contacts/moved?x=secret", ""},
		"named same server": {"https://API.intercom.test:443/contacts/moved", ""},
		"another host":      {"https://evil.test/contacts", "another host (evil.test)"},
		"a subdomain":       {"https://sub.api.intercom.test/contacts", "another host"},
		"another port":      {"https://api.intercom.test:8443/contacts?x=secret", "another port (8443)"},
		"another scheme":    {"http://api.intercom.test/contacts", "another scheme"},
		"no host":           {"//evil.test/contacts", "another host"},
	}
	for name, test := range tests {
		for _, status := range []int{301, 302, 303, 307, 308} {
			for _, jar := range []bool{false, true} {
				var seen []*http.Request
				transport := roundTrip(func(request *http.Request) (*http.Response, error) {
					seen = append(seen, request)
					if len(seen) == 1 {
						return answer(status, "", "Location", test.target), nil
					}
					return answer(200, "{}"), nil
				})
				client := newTestClient(t, transport, func(config *Config) {
					if jar {
						config.HTTPClient.Jar = emptyJar{}
					}
				})
				_, err := do(client, request(getContact))
				if test.problem == "" {
					if err != nil || len(seen) != 2 || seen[1].Header.Get("Authorization") == "" {
						t.Errorf("%s, %d: %v after %d requests", name, status, err, len(seen))
					}
					continue
				}
				refused := mustBe[*RedirectError](t, err)
				if len(seen) != 1 || refused.Status != status || !strings.Contains(err.Error(), test.problem) {
					t.Errorf("%s, %d: %v after %d requests", name, status, err, len(seen))
				}
				checkText(t, err, "secret")
			}
		}
	}
}

// A write does not follow, not even on the same server.
func TestRedirectsOfWrites(t *testing.T) {
	t.Parallel()
	for _, operation := range []struct{ call *Request }{{request(createContact)}, {request(updateContact)}, {request(deleteContact)}, {request(searchContact)}} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			requests := 0
			transport := roundTrip(func(*http.Request) (*http.Response, error) {
				requests++
				return answer(status, "", "Location", "/elsewhere"), nil
			})
			_, err := do(newTestClient(t, transport), operation.call)
			if failure := mustBe[*Failure](t, err); failure.Status != status || requests != 1 {
				t.Errorf("%d: %v after %d requests", status, err, requests)
			}
			checkText(t, err)
		}
	}
}

func TestRedirectsInCircles(t *testing.T) {
	t.Parallel()
	requests := 0
	transport := roundTrip(func(*http.Request) (*http.Response, error) {
		requests++
		return answer(302, "", "Location", "/again"), nil
	})
	_, err := do(newTestClient(t, transport), request(getContact))
	_ = mustBe[*RedirectError](t, err)
	if requests != maxRedirects+1 {
		t.Errorf("%d requests, want %d", requests, maxRedirects+1)
	}
}

// The rules of the caller's http.Client come after ours, and it stays as it is.
func TestRedirectsKeepTheCallersRule(t *testing.T) {
	t.Parallel()
	stop := errors.New("not today")
	transport := roundTrip(func(*http.Request) (*http.Response, error) {
		return answer(302, "", "Location", "/again"), nil
	})
	mine := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return stop }}
	client := newTestClient(t, nil, func(config *Config) { config.HTTPClient = mine })
	if _, err := do(client, request(getContact, func(s *Settings) { s.MaxAttempts = 1 })); !errors.Is(err, stop) {
		t.Errorf("got %v, want the error of the rule", err)
	}
	if err := mine.CheckRedirect(nil, nil); !errors.Is(err, stop) {
		t.Error("the caller's http.Client was changed")
	}
}
