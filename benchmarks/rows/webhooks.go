package rows

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"fmt"
	"io"
	"net/http"

	"github.com/seed-8b687bef/intercom-go/webhook"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Webhooks compares receiving a notification with its signature alone, which is
// what nobody can leave out.
var Webhooks = Group{Name: "webhook", Measure: measureWebhooks}

const webhookSecret = "8f2c1a9e-secret-of-the-app"

func measureWebhooks(o Options) ([]Row, error) {
	body := payload.Notification()
	request, err := http.NewRequest(http.MethodPost, "/", http.NoBody)
	if err != nil {
		return nil, err
	}
	request.Header.Set(webhook.SignatureHeader, webhook.Sign(webhookSecret, body))
	request.ContentLength = int64(len(body))
	result, err := o.compute([]ratio.Case{
		{Name: "hmac", Run: func() error { sign(body); return nil }},
		{Name: "hmac and read", Run: func() error {
			text := make([]byte, len(body))
			_, err := io.ReadFull(bytes.NewReader(body), text)
			sign(text)
			return err
		}},
		{Name: "hmac and ReadAll", Run: func() error {
			text, err := io.ReadAll(bytes.NewReader(body))
			sign(text)
			return err
		}},
		{Name: "parse", Run: func() error {
			request.Body = io.NopCloser(bytes.NewReader(body))
			_, err := webhook.Parse(request, webhookSecret)
			return err
		}},
	})
	if err != nil {
		return nil, err
	}
	over := func(name string) ratio.Summary { return ratio.Summarize(result.Ratio(name, "hmac")) }
	return []Row{{
		What: fmt.Sprintf("webhook: %.1f kB verified and parsed, over HMAC alone", float64(len(body))/1e3), Goal: 2, AtMost: true,
		Got: over("parse"),
		Beside: fmt.Sprintf("%.1f µs, HMAC alone %.1f; with the body read into memory of its size %.2f, with io.ReadAll %.2f",
			result.Time("parse").Median/1e3, result.Time("hmac").Median/1e3, over("hmac and read").Median, over("hmac and ReadAll").Median),
	}}, nil
}

func sign(body []byte) []byte {
	mac := hmac.New(sha1.New, []byte(webhookSecret))
	mac.Write(body)
	return mac.Sum(nil)
}
