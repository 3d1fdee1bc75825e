package transport

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
)

func TestHeaders(t *testing.T) {
	t.Parallel()
	var got http.Header
	transport := roundTrip(func(request *http.Request) (*http.Response, error) {
		got = request.Header
		return answer(200, ""), nil
	})
	client := newTestClient(t, transport)
	tests := map[string]struct {
		request *Request
		want    http.Header
	}{
		"read": {request(getContact), http.Header{
			"Authorization": {"Bearer " + testToken}, "Accept": {"application/json"},
			"Intercom-Version": {"2.8"}, "User-Agent": {"intercom-go/test"},
		}},
		"write with settings": {request(createContact, func(s *Settings) {
			s.Version, s.UserAgent = "2.10", "mine/1"
			s.Header = http.Header{"x-mine": {"1", "2"}}
		}), http.Header{
			"Authorization": {"Bearer " + testToken}, "Accept": {"application/json"}, "Content-Type": {"application/json"},
			"Intercom-Version": {"2.10"}, "User-Agent": {"mine/1"}, "X-Mine": {"1", "2"},
		}},
		"download": {&Request{Operation: getContact, Path: "/x", Accept: "application/octet-stream", Settings: &Settings{}}, http.Header{
			"Authorization": {"Bearer " + testToken}, "Accept": {"application/octet-stream"}, "User-Agent": {"intercom-go/test"},
		}},
	}
	for name, test := range tests {
		for range 3 { // built, kept, shared
			if _, err := do(client, test.request); err != nil {
				t.Fatal(err)
			}
			if len(got) != len(test.want) {
				t.Errorf("%s: got %v", name, got)
			}
			for key, values := range test.want {
				if !slices.Equal(got[key], values) {
					t.Errorf("%s: %s is %v, want %v", name, key, got[key], values)
				}
			}
		}
	}
}

// A RoundTripper that breaks the rules must not reach the header of others.
func TestHeadersAreSafeFromTheTransport(t *testing.T) {
	t.Parallel()
	transport := roundTrip(func(request *http.Request) (*http.Response, error) {
		if len(request.Header["X-Trace"]) > 0 || request.Header.Get("Authorization") != "Bearer "+testToken {
			t.Errorf("got a header that was changed before: %v", request.Header)
		}
		request.Header.Add("X-Trace", "1")
		request.Header.Set("Authorization", "gone")
		request.Header["Accept"][0] = "gone"
		return answer(200, ""), nil
	})
	client := newTestClient(t, transport)
	call := request(getContact)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 20 {
				if _, err := do(client, call); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// rotating gives another token, or an error, each time.
type rotating struct{ next func() (string, error) }

func (r rotating) Token(context.Context) (string, error) { return r.next() }

func TestTokenRotates(t *testing.T) {
	t.Parallel()
	var sent []string
	transport := roundTrip(func(request *http.Request) (*http.Response, error) {
		sent = append(sent, request.Header.Get("Authorization"))
		return answer(200, ""), nil
	})
	tokens := []string{"one", "one", "one", "two", "two\r\nX-Injected: 1", ""}
	refused := errors.New("no token today")
	client := newTestClient(t, transport, func(config *Config) {
		config.Token = rotating{func() (string, error) {
			if len(tokens) == 0 {
				return "", refused
			}
			token := tokens[0]
			tokens = tokens[1:]
			return token, nil
		}}
	})
	call := request(getContact)
	for range 4 {
		if _, err := do(client, call); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		_, err := do(client, call)
		_ = mustBe[*TokenError](t, err)
		if len(tokens) == 0 && errors.Is(err, refused) {
			break
		}
	}
	if want := []string{"Bearer one", "Bearer one", "Bearer one", "Bearer two"}; !slices.Equal(sent, want) {
		t.Errorf("sent %v, want %v", sent, want)
	}
}
