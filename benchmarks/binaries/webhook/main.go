// Command webhook measures how long it takes to receive a notification, and to
// compute nothing but its signature.
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"io"
	"net/http"
	"runtime"

	"github.com/seed-8b687bef/intercom-go/webhook"

	"github.com/seed-8b687bef/intercom-go/benchmarks/alone"
	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

const secret = "8f2c1a9e-secret-of-the-app"

func main() {
	runtime.GOMAXPROCS(1)
	alone.Main(cases(payload.Notification()), ratio.Options{Clock: ratio.ProcessorTime})
}

func cases(text []byte) []ratio.Case {
	sent := new(body)
	request := &http.Request{
		Method: http.MethodPost, Body: sent, ContentLength: int64(len(text)),
		Header: http.Header{webhook.SignatureHeader: {webhook.Sign(secret, text)}},
	}
	return []ratio.Case{
		{Name: "hmac", Run: func() error { sign(text); return nil }},
		{Name: "hmac and read", Run: func() error {
			sent.Reset(text)
			read := make([]byte, len(text))
			_, err := io.ReadFull(sent, read)
			sign(read)
			return err
		}},
		{Name: "hmac and ReadAll", Run: func() error {
			sent.Reset(text)
			read, err := io.ReadAll(sent)
			sign(read)
			return err
		}},
		{Name: "parse", Run: func() error {
			sent.Reset(text)
			_, err := webhook.Parse(request, secret)
			return err
		}},
	}
}

// body is that of a request, again and again.
type body struct{ bytes.Reader }

// Close implements io.Closer.
func (*body) Close() error { return nil }

func sign(text []byte) []byte {
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write(text)
	return mac.Sum(nil)
}
