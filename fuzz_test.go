package intercom_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// FuzzAnswers decodes anything as any type of an answer: what is a JSON object
// is read, whatever is in it, and comes out of its encoding as it was.
func FuzzAnswers(f *testing.F) {
	indexes := map[reflect.Type]uint8{}
	for i, typ := range answerTypes {
		indexes[typ] = uint8(i)
		f.Add(uint8(i), []byte(`{"id":7,"type":[],"created_at":"2024-05-01T10:00:00Z","x":{"y":null},"name":1e999,"tags":{"tags":"x"},"id":""}`))
	}
	require.NoError(f, filepath.WalkDir("testdata", func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel("testdata", path)
		s, known := samples[filepath.ToSlash(name)]
		if err != nil || entry.IsDir() || !known {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var list map[string]json.RawMessage
		var items []json.RawMessage
		if s.items != "" && json.Unmarshal(body, &list) == nil && json.Unmarshal(list[s.items], &items) == nil && len(items) > 0 {
			body = items[0]
		}
		f.Add(indexes[s.typ], body)
		return nil
	}))
	f.Fuzz(func(t *testing.T, index uint8, body []byte) {
		typ := answerTypes[int(index)%len(answerTypes)]
		x := reflect.New(typ).Interface()
		err := json.Unmarshal(body, x)
		if object := bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")); object && json.Valid(body) != (err == nil) {
			t.Fatalf("%s: valid is %v: %v", typ, json.Valid(body), err)
		}
		if err != nil {
			return
		}
		once, err := json.Marshal(x)
		require.NoError(t, err)
		again := reflect.New(typ).Interface()
		require.NoError(t, json.Unmarshal(once, again), "%s", once)
		twice, err := json.Marshal(again)
		require.NoError(t, err)
		assert.Equal(t, string(once), string(twice), typ.Name())
	})
}

// FuzzError answers with any status, header and body: the error tells the
// status, in one line that holds neither the token nor what the call was about.
func FuzzError(f *testing.F) {
	for _, body := range []string{
		``, `null`, `[]`, `{}`, `<html>`, "\xff\xfe{\x00}\x00", `{"type":"error.list","request_id":"r","errors":[{"code":"not_found","message":"a\nb"}]}`,
		`{"errors":{"email":["is taken",3]}}`, `{"error":{"code":"x","message":"y"}}`, `{"status":404,"error":"Not Found"}`, `{"errors":["a","b"]}`, `[{"message":"test-token"}]`,
	} {
		f.Add(uint16(404), "application/json", "req-1", body)
		f.Add(uint16(429), "text/html", "\u202e", body)
	}
	f.Add(uint16(500), "", "test-token", `{"errors":[{"message":"Bearer test-token of c-5083311847"}]}`)
	f.Fuzz(func(t *testing.T, status uint16, contentType, requestID, body string) {
		code := 300 + int(status)%300
		client, err := intercom.NewClient("test-token", intercom.WithoutRetry(), intercom.WithHTTPClient(&http.Client{
			Transport: tripFunc(func(r *http.Request) (*http.Response, error) {
				header := http.Header{"Content-Type": {contentType}, "X-Request-Id": {requestID}}
				return &http.Response{StatusCode: code, Header: header, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1, Request: r}, nil
			}),
		}))
		require.NoError(t, err)
		_, err = client.Contacts.Get(t.Context(), faultID)
		require.Error(t, err)
		text := err.Error()
		if !strings.HasPrefix(text, "intercom: Contacts.Get GET /contacts/{id}: ") || len(text) > 2000 || strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("not a line of ours: %q", text)
		}
		for _, secret := range []string{"test-token", faultID} {
			assert.NotContains(t, text, secret)
		}
		var answer *intercom.Error
		if !errors.As(err, &answer) {
			return // A redirect that was refused.
		}
		assert.Equal(t, code, answer.StatusCode)
		_ = answer.LogValue()
		assert.NotContains(t, string(answer.Body)+answer.RequestID, "test-token")
		for _, detail := range answer.Details {
			assert.NotContains(t, detail.Message+detail.Code+detail.Field, "test-token")
		}
	})
}

// FuzzPath gives any ids to a method: it refuses them, or they are in their own
// segments, unchanged.
func FuzzPath(f *testing.F) {
	for _, id := range []string{"", "1", "..", ".", "a/b", "%2e%2e", "a?b#c", "\x00", "é", "\xff", " ", "//x", "a\\b", "%", ";a=b", "http://x.example/"} {
		f.Add(id, "7")
		f.Add("7", id)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		var sent *url.URL
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			sent = r.URL
			answer(`{}`)(w, r)
		})
		_, err := client.Contacts.Tags.Detach(t.Context(), first, second)
		if err != nil {
			assert.Nil(t, sent)
			assert.NotContains(t, err.Error(), "\n")
			return
		}
		require.NotNil(t, sent)
		assert.Equal(t, "api.intercom.io", sent.Host)
		assert.Empty(t, sent.RawQuery)
		segments := strings.Split(sent.EscapedPath(), "/")
		require.Len(t, segments, 5, sent.EscapedPath())
		for i, want := range []string{"", "contacts", first, "tags", second} {
			got, err := url.PathUnescape(segments[i])
			require.NoError(t, err)
			assert.Equal(t, want, got)
			assert.NotContains(t, []string{".", ".."}, got)
		}
	})
}

// FuzzDoPath gives any path to the raw door: it refuses it, or the request goes
// to the API, along that path.
func FuzzDoPath(f *testing.F) {
	for _, path := range []string{"", "/", "/contacts", "//evil.example/x", "/\\evil.example", "https://evil.example/", "/a/../b", "/a/%2e%2e/b", "/a?b=c&d", "/a#b", "/%zz", "/é", "/a b", "/@evil.example", "/:80", "/a\r\nX: 1", "/!", "/a%2fb", "/a%2fb\"c", "/{id}"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		var sent *http.Request
		client := clientOf(t, func(_ http.ResponseWriter, r *http.Request) { sent = r })
		if err := client.Do(t.Context(), http.MethodGet, path, nil, nil); err != nil {
			assert.Nil(t, sent)
			return
		}
		require.NotNil(t, sent)
		assert.Equal(t, "api.intercom.io", sent.URL.Host)
		assert.Equal(t, "https", sent.URL.Scheme)
		plain, query, _ := strings.Cut(path, "?")
		assert.Equal(t, query, sent.URL.RawQuery)
		want, err := url.PathUnescape(plain)
		require.NoError(t, err)
		assert.Equal(t, want, sent.URL.Path)
		assert.Equal(t, strings.Count(plain, "/"), strings.Count(sent.URL.EscapedPath(), "/"), "an escaped slash stays one")
	})
}

// FuzzTimestamp reads any JSON as a time: it is one or it is none, and comes
// out of its encoding as it was.
func FuzzTimestamp(f *testing.F) {
	for _, text := range []string{
		`null`, `0`, `1714557600`, `1714557600.25`, `-1`, `"1714557600"`, `"2024-05-01T10:00:00Z"`, `"2024-05-01T10:00:00.123456789+02:00"`, `"2024-05-01 10:00:00"`,
		`1e999`, `-1e-999`, `9223372036854775807`, `9223372036854`, `"9999-12-31T23:59:59Z"`, `"0000-01-01T00:00:00Z"`, `true`, `{}`, `[1]`, `""`, `"never"`, `1714557600000`,
		`"0001-01-01T00:00:00Z"`, `"0001-01-01T0:00:00Z"`, `-62135596800`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var at intercom.Timestamp
		if err := json.Unmarshal([]byte(text), &at); err != nil {
			assert.False(t, json.Valid([]byte(text)), "%v", err)
			return
		}
		encoded, err := json.Marshal(at)
		require.NoError(t, err)
		var again intercom.Timestamp
		require.NoError(t, json.Unmarshal(encoded, &again))
		assert.Equal(t, at, again, "%s", encoded)
		assert.Equal(t, at.IsZero(), at.Time().Equal(time.Time{}))
		if at.String() != "never" {
			parsed, err := time.Parse(time.RFC3339Nano, at.String())
			if year := at.Time().Year(); year >= 0 && year <= 9999 {
				require.NoError(t, err)
				assert.True(t, parsed.Equal(at.Time()))
			}
		}
	})
}
