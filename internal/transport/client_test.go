package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestDo(t *testing.T) {
	t.Parallel()
	server := newFaultServer(t, func(w http.ResponseWriter, r *http.Request) {
		content, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Request-Id", "r1")
		_, _ = io.WriteString(w, r.Method+" "+r.URL.RequestURI()+" "+r.Header.Get("Authorization")+" "+r.Header.Get("Intercom-Version")+" "+string(content))
	})
	client := newTestClient(t, nil, at(server.URL+"/v1/"))
	t.Cleanup(client.CloseIdleConnections)
	path, err := JoinPath("/contacts/{id}", "a/b")
	if err != nil {
		t.Fatal(err)
	}
	response, err := do(client, &Request{Operation: updateContact, Path: path, Query: "x=1", Body: []byte("{}"), Settings: DefaultSettings()})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(response.Body), "PUT /v1/contacts/a%2Fb?x=1 Bearer "+testToken+" 2.8 {}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if response.Status != 200 || response.RequestID != "r1" || response.Attempts != 1 || response.Duration <= 0 {
		t.Errorf("got %+v", response)
	}
	response.Release(response.Body)
}

// A Response may be used for one call after another.
func TestDoWithAnOldResponse(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, steps(says(200, "first", "X-Request-Id", "r1"), says(204, "")))
	var response Response
	for _, want := range []string{"first", ""} {
		if err := client.Do(context.Background(), request(getContact), &response); err != nil || string(response.Body) != want {
			t.Errorf("got %q, %v, want %q", response.Body, err, want)
		}
	}
	if response.RequestID != "" {
		t.Error("the first answer shows through")
	}
}

func TestDoRefuses(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, steps(fine))
	good := request(getContact)
	var noContext context.Context
	for name, err := range map[string]error{
		"no context":   client.Do(noContext, good, new(Response)),
		"no request":   client.Do(context.Background(), nil, new(Response)),
		"no response":  client.Do(context.Background(), good, nil),
		"no operation": client.Do(context.Background(), &Request{Path: "/me", Settings: good.Settings}, new(Response)),
		"no settings":  client.Do(context.Background(), &Request{Operation: getContact, Path: "/me"}, new(Response)),
		"no path":      client.Do(context.Background(), &Request{Operation: getContact, Settings: good.Settings}, new(Response)),
		"a host":       client.Do(context.Background(), &Request{Operation: getContact, Path: "//evil.test", Settings: good.Settings}, new(Response)),
		"an address":   client.Do(context.Background(), &Request{Operation: getContact, Path: "@evil.test/", Settings: good.Settings}, new(Response)),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		checkText(t, err)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	base, err := ParseBaseURL("https://api.intercom.test")
	if err != nil {
		t.Fatal(err)
	}
	for _, config := range []Config{{}, {BaseURL: base}} {
		_, err := New(config)
		if err == nil {
			t.Fatal("no error")
		}
		checkText(t, err)
	}
}

func TestWith(t *testing.T) {
	t.Parallel()
	var sent []string
	transport := roundTrip(func(request *http.Request) (*http.Response, error) {
		sent = append(sent, request.URL.Host+" "+request.Header.Get("Authorization")+" "+request.UserAgent())
		return answer(200, ""), nil
	})
	client := newTestClient(t, transport)
	other, err := StaticToken("other")
	if err != nil {
		t.Fatal(err)
	}
	eu, err := ParseBaseURL("https://api.eu.intercom.test")
	if err != nil {
		t.Fatal(err)
	}
	same, err := client.With(Changes{UserAgent: "mine/1"})
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := client.With(Changes{Token: other, BaseURL: eu})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*Client{client, same, foreign, client} {
		if _, err := do(c, request(getContact)); err != nil {
			t.Fatal(err)
		}
	}
	want := "api.intercom.test Bearer " + testToken + " intercom-go/test\napi.intercom.test Bearer " + testToken + " mine/1\n" +
		"api.eu.intercom.test Bearer other intercom-go/test\napi.intercom.test Bearer " + testToken + " intercom-go/test"
	if got := strings.Join(sent, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if same.http != client.http || same.Limiter() != client.Limiter() || same.budget != client.budget {
		t.Error("a client of the same workspace does not share what it should")
	}
	if foreign.http != client.http || foreign.Limiter() == client.Limiter() || foreign.budget == client.budget {
		t.Error("a client of another workspace shares the limits, or not the connections")
	}
	if base := foreign.BaseURL(); base.Host != eu.Host {
		t.Errorf("the base URL is %v", base)
	}
	free, err := client.With(Changes{Limiter: Unlimited{}, Budget: NewBudget(0)})
	if err != nil {
		t.Fatal(err)
	}
	if free, err = free.With(Changes{Token: other}); err != nil || free.Limiter() != (Unlimited{}) {
		t.Errorf("the limiter is %T, %v", free.Limiter(), err)
	}
	if _, err := do(free, request(getContact)); err != nil {
		t.Error(err)
	}
	plain := *eu
	plain.Scheme = "http"
	if _, err := client.With(Changes{BaseURL: &plain}); err == nil {
		t.Error("plain http to another machine passed")
	}
}

func TestClientPrintsItsPlace(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, steps(fine))
	if got := fmt.Sprintf("%v", client); got != "transport.Client{https://api.intercom.test}" {
		t.Errorf("got %s", got)
	}
	var none *Client
	if got := fmt.Sprint(none); got != "<nil>" {
		t.Errorf("got %s", got)
	}
}

// The caller's request and http.Client are the same after as before.
func TestNothingOfTheCallersIsChanged(t *testing.T) {
	t.Parallel()
	mine := &http.Client{Transport: steps(reset, fine)}
	client := newTestClient(t, nil, func(config *Config) { config.HTTPClient = mine })
	call := request(createContact, func(s *Settings) {
		s.MinBackoff = 0
		s.Header = http.Header{"X-Mine": {"1"}}
	})
	call.Replay = true
	before, settings := fmt.Sprintf("%#v", call), fmt.Sprintf("%#v", *call.Settings)
	if _, err := do(client, call); err != nil {
		t.Fatal(err)
	}
	if after := fmt.Sprintf("%#v", call); after != before {
		t.Errorf("the request was changed\nfrom %s\nto   %s", before, after)
	}
	if after := fmt.Sprintf("%#v", *call.Settings); after != settings {
		t.Errorf("the settings were changed\nfrom %s\nto   %s", settings, after)
	}
	if mine.CheckRedirect != nil {
		t.Error("the http.Client was changed")
	}
}

func TestClone(t *testing.T) {
	t.Parallel()
	settings := DefaultSettings()
	settings.Header = http.Header{"X-Mine": {"1"}}
	clone := settings.Clone()
	clone.Header.Set("X-Mine", "2")
	clone.MaxAttempts = 9
	if settings.Header.Get("X-Mine") != "1" || settings.MaxAttempts != 3 {
		t.Error("the clone is not independent")
	}
}

// Limits that are off do not bound anything, and do not break anything.
func TestSettingsOfNothing(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, steps(says(200, strings.Repeat("x", 1<<20))))
	for _, operation := range []*Request{request(getContact), request(download)} {
		operation.Settings = new(Settings)
		response, err := do(client, operation)
		if err != nil {
			t.Fatal(err)
		}
		content := response.Body
		if operation.Stream {
			content, err = io.ReadAll(response.Stream)
		}
		if err != nil || len(content) != 1<<20 {
			t.Errorf("got %d bytes, %v", len(content), err)
		}
	}
	broken := newTestClient(t, steps(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, ContentLength: -1, Body: io.NopCloser(errReader{errors.New("broken")})}, nil
	}))
	call := request(download)
	call.Settings = new(Settings)
	response, err := do(broken, call)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.ReadAll(response.Stream)
	_ = mustBe[*TransportError](t, err)
}
