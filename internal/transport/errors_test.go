package transport

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"
)

func TestErrorTexts(t *testing.T) {
	t.Parallel()
	failure := &Failure{Operation: getContact, Status: 503, RequestID: "r"}
	for _, test := range []struct {
		err  error
		want string
	}{
		{&TransportError{Operation: getContact, Attempts: 3, text: "EOF"}, "intercom: Contacts.Get GET /contacts/{id}: the connection broke (EOF), tried 3 times; check the network, the proxy and the base URL"},
		{&TransportError{Operation: getContact, Unsent: true, text: "x"}, "intercom: Contacts.Get GET /contacts/{id}: the connection could not be made (x); check the network, the proxy and the base URL"},
		{&TransportError{Operation: getContact, Status: 200, text: "x"}, "intercom: Contacts.Get GET /contacts/{id}: the answer was cut (x); check the network, the proxy and the base URL"},
		{&TimeoutError{Operation: getContact, Phase: PhaseAttempt, Limit: time.Second}, "intercom: Contacts.Get GET /contacts/{id}: no whole answer came within 1s; raise the timeout of an attempt or try later"},
		{&TimeoutError{Operation: getContact, Phase: PhaseCall, Limit: time.Minute, Wait: 80 * time.Second, Cause: failure}, "intercom: Contacts.Get GET /contacts/{id}: the call did not end within 1m0s, a wait of 1m20s would not have ended in time, after: 503 Service Unavailable (request r); try later; raise the timeout of the call or send less at once"},
		{&InterruptedError{Operation: getContact, Reason: context.Canceled}, "intercom: Contacts.Get GET /contacts/{id}: the context was canceled"},
		{&BodyTooLargeError{Operation: getContact, Limit: 5, RequestID: "r"}, "intercom: Contacts.Get GET /contacts/{id}: the answer is larger than 5 bytes (request r); ask for less at once or raise the limit of bodies"},
		{&TokenError{Operation: getContact, Cause: errors.New("vault\nsealed")}, "intercom: Contacts.Get GET /contacts/{id}: no access token: vault sealed; check the token source"},
	} {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
		checkText(t, test.err)
	}
}

func TestErrorsAreNetErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err     error
		timeout bool
	}{
		{&TransportError{Operation: getContact, Cause: errors.New("x")}, false},
		{&TransportError{Operation: getContact, Cause: fmt.Errorf("x: %w", &net.DNSError{IsTimeout: true})}, true},
		{&TimeoutError{Operation: getContact}, true},
		{&InterruptedError{Operation: getContact, Reason: context.Canceled}, false},
		{&InterruptedError{Operation: getContact, Reason: context.DeadlineExceeded}, true},
	} {
		var network net.Error
		if !errors.As(test.err, &network) || network.Timeout() != test.timeout {
			t.Errorf("%v: timeout is not %v", test.err, test.timeout)
		}
	}
}

func TestSafePath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/contacts/{id}/tags":               "/contacts/{id}/tags",
		"/contacts/63a07ddf/tags?x=secret":  "/contacts/{...}/tags",
		"/contacts/ada@example.com":         "/contacts/{...}",
		"/contacts/a%2Fb":                   "/contacts/{...}",
		"/contacts/\r\nx":                   "/contacts/{...}",
		"/export/content/data/{identifier}": "/export/content/data/{identifier}",
	} {
		if got := SafePath(path); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		}
	}
}

// What a transport says about its trouble may quote the request.
func TestTransportErrorHidesTheRequest(t *testing.T) {
	t.Parallel()
	server := roundTrip(func(request *http.Request) (*http.Response, error) {
		inner := fmt.Errorf("no responder found for %s %s with %s\r\nand more", request.Method, request.URL, request.Header.Get("Authorization"))
		return nil, &url.Error{Op: "Get", URL: request.URL.String(), Err: inner}
	})
	call := request(getContact)
	call.Path, call.Query = "/contacts/id-1", "email=ada%40example.com&name=secret"
	_, err := do(newTestClient(t, server), call)
	network := mustBe[*TransportError](t, err)
	checkText(t, err, "secret")
	var wrapped *url.Error
	if errors.As(err, &wrapped) || network.Unwrap() == nil {
		t.Error("the *url.Error is still there")
	}
}
