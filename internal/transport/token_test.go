package transport

import (
	"fmt"
	"strings"
	"testing"
)

func TestStaticToken(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", " ", "a b", "a\n", "a\r\nX: 1", "a\x00", "tökén"} {
		source, err := StaticToken(bad)
		if err == nil {
			t.Errorf("%q passed", bad)
			continue
		}
		if source != nil || bad != "" && bad != " " && strings.Contains(err.Error(), bad) {
			t.Errorf("%q: %v, %v", bad, source, err)
		}
		checkText(t, err)
	}
}

// What holds the token may be printed in any way.
func TestTokenIsNotPrinted(t *testing.T) {
	t.Parallel()
	source, err := StaticToken(testToken)
	if err != nil {
		t.Fatal(err)
	}
	client := newTestClient(t, fakeTransport())
	call := request(getContact)
	for range 3 { // so that a header is kept
		if _, err := do(client, call); err != nil {
			t.Fatal(err)
		}
	}
	holder := struct {
		source TokenSource
		Client *Client
		value  any
		config Config
	}{source, client, *client, Config{Token: source}}
	for _, value := range []any{source, &source, client, *client, holder, &holder, call, call.Settings, Config{Token: source}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			text := fmt.Sprintf(verb, value)
			if strings.Contains(text, testToken) || strings.Contains(text, fmt.Sprintf("%x", testToken)) {
				t.Errorf("%s of %T shows the token: %s", verb, value, text)
			}
		}
	}
}
