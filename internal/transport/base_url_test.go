package transport

import (
	"net/url"
	"testing"
)

func TestParseBaseURL(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://api.intercom.io":         "https://api.intercom.io",
		"https://api.eu.intercom.io/":     "https://api.eu.intercom.io",
		"https://proxy.test/intercom/v1/": "https://proxy.test/intercom/v1",
		"http://localhost:8080":           "http://localhost:8080",
	} {
		base, err := ParseBaseURL(text)
		if err != nil || base.String() != want {
			t.Errorf("%s: got %v, %v", text, base, err)
		}
	}
	for _, text := range []string{
		"", "api.intercom.io", "//api.intercom.io", "ftp://api.intercom.io", "https://", "https:api", "https://user:pa55word@api.intercom.io",
		"https://api.intercom.io?x=1", "https://api.intercom.io?", "https://api.intercom.io#x", "https://a b", "https://[::1", "https://x:pa55word\x7f@y",
	} {
		base, err := ParseBaseURL(text)
		if err == nil {
			t.Errorf("%q passed as %v", text, base)
			continue
		}
		checkText(t, err, "pa55word")
	}
}

func TestPlainHTTPIsForThisMachine(t *testing.T) {
	t.Parallel()
	token, err := StaticToken(testToken)
	if err != nil {
		t.Fatal(err)
	}
	for host, local := range map[string]bool{
		"localhost": true, "LOCALHOST.": true, "app.localhost": true, "127.0.0.1": true, "127.9.9.9:80": true, "[::1]:80": true,
		"api.intercom.io": false, "10.0.0.1": false, "localhost.evil.test": false, "127.0.0.1.evil.test": false,
	} {
		config := Config{BaseURL: &url.URL{Scheme: "http", Host: host}, Token: token}
		if _, err := New(config); (err == nil) != local {
			t.Errorf("%s: %v", host, err)
		}
		config.AllowInsecure = true
		if _, err := New(config); err != nil {
			t.Errorf("%s, allowed: %v", host, err)
		}
	}
}
