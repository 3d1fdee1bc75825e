// Command webhook measures how long it takes to receive a notification, and to
// compute nothing but its signature. It is a program of its own because half of
// what is to be measured is memory for the notification: its price is that of
// the garbage collector, which looks at everything else that a program holds.
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/json"
	"flag"
	"io"
	"log"
	"net/http"
	"os"
	"runtime"
	"time"

	"github.com/seed-8b687bef/intercom-go/webhook"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

const secret = "8f2c1a9e-secret-of-the-app"

func main() {
	rounds := flag.Int("rounds", 25, "how often everything is measured")
	slice := flag.Duration("slice", 40*time.Millisecond, "how long everything is measured each time")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	result, err := ratio.Measure(cases(payload.Notification()), ratio.Options{Rounds: *rounds, Slice: *slice, Clock: ratio.ProcessorTime})
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		log.Fatal(err)
	}
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
