package transport

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		transport := roundTrip(func(*http.Request) (*http.Response, error) {
			requests++
			time.Sleep(20 * time.Millisecond)
			if requests == 1 {
				return answer(429, `{"type":"error.list","request_id":"0003ubcpk2nrm4ep7e5g","errors":[{"code":"rate_limit_exceeded","message":"ada@example.com `+testToken+`"}]}`, "Retry-After", "4"), nil
			}
			return answer(200, `{"email":"ada@example.com"}`, "X-Request-Id", "r2"), nil
		})
		var out bytes.Buffer
		logger := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
		call := request(getContact, func(s *Settings) { s.Log = LogTo(logger) })
		call.Query = "email=ada%40example.com"
		if _, err := do(newTestClient(t, transport), call); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 2 {
			t.Fatalf("got %d lines, want one an attempt:\n%s", len(lines), out.String())
		}
		type line struct {
			Level, Operation, Path, Error string
			Status, Attempt               int
			RequestID                     string `json:"request_id"`
			Wait, Duration                time.Duration
		}
		var first, second line
		if err := json.Unmarshal([]byte(lines[0]), &first); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(lines[1]), &second); err != nil {
			t.Fatal(err)
		}
		if first.Level != "WARN" || first.Operation != "Contacts.Get" || first.Path != "/contacts/{id}" || first.Status != 429 || first.Attempt != 1 || first.RequestID != "0003ubcpk2nrm4ep7e5g" || first.Wait != 0 || first.Duration != 20*time.Millisecond {
			t.Errorf("first line: %+v", first)
		}
		if second.Level != "DEBUG" || second.Status != 200 || second.Attempt != 2 || second.Wait < 4*time.Second || second.Wait > 5*time.Second || second.Error != "" {
			t.Errorf("second line: %+v", second)
		}
		for _, secret := range []string{testToken, "ada@", "ada%40", "id-1"} {
			if strings.Contains(out.String(), secret) {
				t.Errorf("the log shows %s:\n%s", secret, out.String())
			}
		}
	})
}

func TestLogLevels(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{200: "DEBUG", 404: "INFO", 422: "INFO", 429: "WARN", 500: "WARN"} {
		var out bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
		requests := 0
		_, _ = do(newTestClient(t, counting(&requests, status)), request(getContact, func(s *Settings) { s.Log, s.MaxAttempts = LogTo(logger), 1 }))
		if !strings.Contains(out.String(), "level="+want) {
			t.Errorf("%d: got %s, want %s", status, out.String(), want)
		}
	}
}
