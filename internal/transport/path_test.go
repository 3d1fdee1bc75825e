package transport

import (
	"net/url"
	"strings"
	"testing"
)

func TestJoinPath(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		template string
		args     []string
		want     string
	}{
		{"/me", nil, "/me"},
		{"/contacts/{id}", []string{"63a07ddf05a32042dffac965"}, "/contacts/63a07ddf05a32042dffac965"},
		{"/contacts/{contact_id}/tags/{id}", []string{"a", "b"}, "/contacts/a/tags/b"},
		{"/contacts/{id}", []string{"a/../b?c#d%e f"}, "/contacts/a%2F..%2Fb%3Fc%23d%25e%20f"},
		{"/contacts/{id}", []string{"%2e%2e"}, "/contacts/%252e%252e"},
		{"/contacts/{id}", []string{"..."}, "/contacts/..."},
		{"/contacts/{id}", []string{"ada@example.com"}, "/contacts/ada@example.com"},
		{"/contacts/{id}", []string{"Zoë\xff\\"}, "/contacts/Zo%C3%AB%FF%5C"},
		{"/contacts/{id}/archive", []string{"{id}"}, "/contacts/%7Bid%7D/archive"},
	} {
		got, err := JoinPath(test.template, test.args...)
		if err != nil || got != test.want {
			t.Errorf("%s with %q: got %q, %v, want %q", test.template, test.args, got, err, test.want)
		}
	}
}

func TestJoinPathRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		template string
		args     []string
		names    string
	}{
		{"/contacts/{id}", nil, "id"},
		{"/contacts/{contact_id}/tags/{id}", []string{"secret@example.com"}, "id"},
		{"/contacts/{contact_id}/tags/{id}", []string{"", "1"}, "contact_id"},
		{"/contacts/{id}", []string{"."}, "id"},
		{"/contacts/{id}", []string{".."}, "id"},
		{"/contacts/{id}", []string{"secret@example.com\n"}, "id"},
		{"/contacts/{id}", []string{"\x00"}, "id"},
		{"/contacts/{id}", []string{"1", "secret@example.com"}, "/contacts/{id}"},
		{"/contacts/{id", []string{"1"}, "/contacts/{id"},
	} {
		got, err := JoinPath(test.template, test.args...)
		if err == nil {
			t.Errorf("%s with %q passed as %q", test.template, test.args, got)
			continue
		}
		checkText(t, err, "secret")
		if !strings.Contains(err.Error(), test.names) {
			t.Errorf("%v does not name %s", err, test.names)
		}
	}
}

//nolint:paralleltest // It counts allocations.
func TestJoinPathAllocatesTheResultOnly(t *testing.T) {
	if got := testing.AllocsPerRun(100, func() { _, _ = JoinPath("/contacts/{id}/tags/{tag}", "a/b", "c") }); got > 1 {
		t.Errorf("%v allocations, want 1", got)
	}
}

func FuzzJoinPath(f *testing.F) {
	for _, seed := range []string{"1", "a/b", "..", "%2e", "ada@example.com", "\x00", "?", "#", "é"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, arg string) {
		path, err := JoinPath("/contacts/{id}/tags", arg)
		if err != nil {
			return
		}
		parsed, err := url.Parse("https://api.intercom.test" + path)
		if err != nil || parsed.Path != "/contacts/"+arg+"/tags" || parsed.RawQuery != "" || parsed.Fragment != "" {
			t.Errorf("%q became %q: %v %v", arg, path, parsed, err)
		}
		if strings.Count(parsed.EscapedPath(), "/") != 3 {
			t.Errorf("%q left its segment: %q", arg, path)
		}
		if err := CheckRawPath(path); err != nil && !strings.Contains(err.Error(), "backslash") {
			t.Errorf("%q: %v", path, err)
		}
	})
}

func TestCheckRawPath(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"/", "/contacts", "/contacts?per_page=5", "/contacts/a%2Fb", "/contacts/?q=../..", "/a//b", "/contacts/...", "/contacts/ada@example.com", "/x?q={\"a\":[1]}", "/a(b)'c!*[d];,"} {
		if err := CheckRawPath(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "contacts", "https://evil.test/contacts", "//evil.test/contacts", "/\\evil.test", "\\\\evil.test", "/contacts/../me", "/contacts/..", "/./x",
		"/contacts/%2e%2E", "/contacts/%2e", "/contacts/.%2E/x", "/contacts\r\nX: 1", "/contacts/%0d%0a", "/contacts/%5c", "/contacts#x", "/con tacts", "/contacts/é", "/contacts/%", "/contacts/%2", "/contacts/%zz", "/x?a=%", "/x?a=b c",
		"/contacts/{id}", "/a%2Fb\"c", "/a<b", "/a|b", "/a^b", "/a`b",
	} {
		err := CheckRawPath(bad)
		if err == nil {
			t.Errorf("%q passed", bad)
			continue
		}
		checkText(t, err)
	}
}
