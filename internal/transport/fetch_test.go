package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var fetchFile = &operations.Operation{Name: "DownloadAttachment", Method: "GET", Path: "{url}", Reads: true, Stream: true}

// fetch fetches a URL and reads all of it.
func fetch(t *testing.T, client *Client, address string) (string, error) {
	t.Helper()
	file, err := ParseFileURL(address)
	if err != nil {
		return "", err
	}
	settings := DefaultSettings()
	settings.Header = http.Header{"X-Of-Mine": {"secret"}}
	var response Response
	if err := client.Fetch(context.Background(), &Request{Operation: fetchFile, Settings: settings}, file, &response); err != nil {
		return "", err
	}
	defer func() { _ = response.Stream.Close() }()
	content, err := io.ReadAll(response.Stream)
	return string(content), err
}

func TestFetchGoesWithoutTheWorkspace(t *testing.T) {
	t.Parallel()
	var asked []string
	client := newTestClient(t, roundTrip(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.String())
		for name := range r.Header {
			if name != "Accept" && name != "User-Agent" {
				t.Errorf("%s was sent to %s", name, r.URL.Host)
			}
		}
		switch r.URL.Path {
		case "/a b/%2F/mast.png":
			return answer(302, "", "Location", "https://store.harbour.test:8443/x?signature=2"), nil
		default:
			return answer(200, "mast"), nil
		}
	}))
	for _, address := range []string{
		"https://files.harbour.test/a%20b/%252F/mast.png?signature=1", "https://api.intercom.test", "http://localhost:99/f",
	} {
		if content, err := fetch(t, client, address); err != nil || content != "mast" {
			t.Errorf("%s: got %q, %v", address, content, err)
		}
	}
	if got := strings.Join(asked, " "); got != "https://files.harbour.test/a%20b/%252F/mast.png?signature=1 "+
		"https://store.harbour.test:8443/x?signature=2 https://api.intercom.test/ http://localhost:99/f" {
		t.Errorf("asked for %s", got)
	}
}

func TestFetchIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		content, err := fetch(t, newTestClient(t, roundTrip(func(*http.Request) (*http.Response, error) {
			if requests++; requests == 1 {
				return answer(503, ""), nil
			}
			return answer(200, "mast"), nil
		})), "https://files.harbour.test/mast.png")
		if err != nil || content != "mast" || requests != 2 {
			t.Errorf("got %q, %v after %d requests", content, err, requests)
		}
	})
}

func TestFetchFails(t *testing.T) {
	t.Parallel()
	_, err := fetch(t, newTestClient(t, counting(new(int), 403)), "https://files.harbour.test/sail-771204/mast.png?signature=90210")
	if failure := mustBe[*Failure](t, err); failure.Status != 403 {
		t.Errorf("got %+v", failure)
	}
	checkText(t, err, "sail", "90210")

	broken := roundTrip(func(r *http.Request) (*http.Response, error) {
		return nil, errors.New("bad answer from " + r.URL.String())
	})
	_, err = fetch(t, newTestClient(t, broken), "https://files.harbour.test/sail-771204/mast.png?signature=90210")
	_ = mustBe[*TransportError](t, err)
	checkText(t, err, "sail", "90210")
}

func TestFetchRefusesRedirects(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"http://files.harbour.test/mast.png":    "is not encrypted",
		"file:///etc/hosts":                     "has the scheme file",
		"https://a:b@files.harbour.test/":       "has a user",
		"http://127.0.0.1/mast.png":             "is this machine",
		"https://files.harbour.test/round.html": "in circles",
	} {
		client := newTestClient(t, counting(new(int), 307, "Location", target))
		_, err := fetch(t, client, "https://files.harbour.test/mast.png")
		if redirect := mustBe[*RedirectError](t, err); !strings.Contains(redirect.Problem, want) {
			t.Errorf("%s: got %v", target, err)
		}
		checkText(t, err)
	}
}

func TestParseFileURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"":                             "is empty",
		"https://%zz":                  "can't be read",
		"/mast.png":                    "has the scheme",
		"mailto:ada@example.com":       "has the scheme",
		"https:///mast.png":            "has no host",
		"https:mast.png":               "has no host",
		"https://ada@harbour.test/":    "has a user",
		"http://harbour.test/mast.png": "is not encrypted",
	} {
		if _, err := ParseFileURL(address); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "ada") {
			t.Errorf("%q: got %v", address, err)
		}
	}
}

func TestFetchWithoutWhatItNeeds(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, counting(new(int), 200))
	file, _ := ParseFileURL("https://harbour.test")
	good := &Request{Operation: fetchFile, Settings: DefaultSettings()}
	//nolint:staticcheck // The nil context is what is tested.
	if err := client.Fetch(nil, good, file, new(Response)); err == nil {
		t.Error("a nil context went through")
	}
	if err := client.Fetch(context.Background(), good, nil, new(Response)); err == nil {
		t.Error("a nil URL went through")
	}
}
