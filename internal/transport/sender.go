package transport

import (
	"fmt"
	"net/http"
	"net/url"
)

// sender sends single requests to one place.
type sender struct {
	client *http.Client
	base   *url.URL
	// template is copied for every request: much cheaper than
	// http.NewRequest, which parses the URL each time.
	template *http.Request
	// direct says that nothing of the http.Client is needed but its transport,
	// unless the answer is a redirect. Client.Do copies the header of every
	// request in case it will be one.
	direct bool
	// cloneHeader is set where the header may be written on its way: by a
	// cookie jar, or by a RoundTripper that is not net/http's own and may not
	// keep to the rule that requests are only read.
	cloneHeader bool
}

// newSender prepares what all requests to base have in common.
func newSender(client *http.Client, base *url.URL) *sender {
	_, isOwn := client.Transport.(*http.Transport)
	return &sender{
		client: client, base: base,
		template:    &http.Request{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Host: base.Host},
		direct:      client.Jar == nil && client.Timeout == 0,
		cloneHeader: !isOwn || client.Jar != nil,
	}
}

// send gives the head of the answer, after redirects.
func (s *sender) send(request *http.Request) (*http.Response, error) {
	if !s.direct {
		return s.client.Do(request)
	}
	transport := s.client.Transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	answer, err := transport.RoundTrip(request)
	switch {
	case err != nil:
		return nil, err
	case answer == nil:
		return nil, fmt.Errorf("the RoundTripper %T gave neither an answer nor an error", transport)
	case answer.Body == nil:
		answer.Body = http.NoBody
	}
	if isRedirect(answer.StatusCode) {
		return s.follow(request, answer, transport)
	}
	return answer, nil
}

// isRedirect tells whether net/http would follow an answer.
func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// follow lets the http.Client do what it does with a redirect, by giving it the
// answer that is there already as the first one.
func (s *sender) follow(request *http.Request, answer *http.Response, transport http.RoundTripper) (*http.Response, error) {
	client := *s.client
	client.Transport = &answered{first: answer, transport: transport}
	return client.Do(request)
}

// answered is a RoundTripper whose first answer is there already.
type answered struct {
	first     *http.Response
	transport http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (a *answered) RoundTrip(request *http.Request) (*http.Response, error) {
	if first := a.first; first != nil {
		a.first = nil
		return first, nil
	}
	return a.transport.RoundTrip(request)
}
