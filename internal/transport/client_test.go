package transport

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestDo(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(r.Method + " " + r.URL.EscapedPath() + "?" + r.URL.RawQuery + " " + r.Header.Get("Authorization") + " " + r.Header.Get("Intercom-Version")))
	}))
	t.Cleanup(server.Close)
	base, err := ParseBaseURL(server.URL + "/v1/")
	if err != nil {
		t.Fatal(err)
	}
	token, err := StaticToken(testToken)
	if err != nil {
		t.Fatal(err)
	}
	client, err := New(Config{BaseURL: base, Token: token, UserAgent: "test/1"})
	if err != nil {
		t.Fatal(err)
	}
	path, err := JoinPath("/contacts/{id}", "a/b")
	if err != nil {
		t.Fatal(err)
	}
	var response Response
	if err := client.Do(context.Background(), &Request{Operation: getContact, Path: path, Query: "x=1", Settings: DefaultSettings()}, &response); err != nil {
		t.Fatal(err)
	}
	if got, want := string(response.Body), "GET /v1/contacts/a%2Fb?x=1 Bearer "+testToken+" 2.8"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	response.Release(response.Body)
}
