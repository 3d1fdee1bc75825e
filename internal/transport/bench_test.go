package transport

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The benchmarks compare a call with net/http written by hand: the same
// request, the same headers, the same time limit, the body read into a pooled
// buffer. A call is to take at most 1.03 of its time and no more allocations.

const benchBody = 2500 // a contact

// rateHeaders are on every answer of the API.
var rateHeaders = []string{
	"X-RateLimit-Limit", "1667", "X-RateLimit-Remaining", "1600", "X-RateLimit-Reset", "2000000000",
	"Date", "Wed, 18 May 2033 03:33:12 GMT", "X-Request-Id", "0003ubcpk2nrm4ep7e5g", "Content-Type", "application/json",
}

func benchServer(b *testing.B) *httptest.Server {
	b.Helper()
	body := bytes.Repeat([]byte("x"), benchBody)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(rateHeaders); i += 2 {
			w.Header().Set(rateHeaders[i], rateHeaders[i+1])
		}
		_, _ = w.Write(body)
	}))
	b.Cleanup(server.Close)
	return server
}

// fakeTransport answers without a network.
func fakeTransport() http.RoundTripper {
	body := strings.Repeat("x", benchBody)
	header := answer(200, "", rateHeaders...).Header
	return roundTrip(func(request *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: http.StatusOK, Header: header, ContentLength: benchBody, Request: request,
			Body: io.NopCloser(strings.NewReader(body)),
		}, nil
	})
}

// bareBuffers is what a careful program would pool.
var bareBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// bareCall is a call written by hand.
func bareCall(client *http.Client, base string, body []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	method, reader := http.MethodGet, io.Reader(nil)
	if body != nil {
		method, reader = http.MethodPut, bytes.NewReader(body)
	}
	request, err := http.NewRequestWithContext(ctx, method, base+"/contacts/"+url.PathEscape("63a07ddf05a32042dffac965")+"?a=b", reader)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+testToken)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Intercom-Version", "2.8")
	request.Header.Set("User-Agent", "bare/1")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	buffer := bareBuffers.Get().(*bytes.Buffer)
	defer bareBuffers.Put(buffer)
	buffer.Reset()
	_, err = buffer.ReadFrom(answer.Body)
	return err
}

// ours is the same call through the handlers.
func ours(client *Client, settings *Settings, body []byte) error {
	operation := getContact
	if body != nil {
		operation = updateContact
	}
	path, err := JoinPath("/contacts/{id}", "63a07ddf05a32042dffac965")
	if err != nil {
		return err
	}
	var response Response
	err = client.Do(context.Background(), &Request{Operation: operation, Path: path, Query: "a=b", Body: body, Settings: settings}, &response)
	response.Release(response.Body)
	return err
}

// benchCases are what is compared, over a socket and without one.
func benchCases(b *testing.B, compare func(b *testing.B, byHand, call func() error)) {
	b.Helper()
	server := benchServer(b)
	for _, network := range []string{"loopback", "fake"} {
		for _, method := range []string{http.MethodGet, http.MethodPut} {
			b.Run(network+"/"+method, func(b *testing.B) {
				base, httpClient := server.URL, DefaultHTTPClient()
				if network == "fake" {
					base, httpClient = "https://api.intercom.test", &http.Client{Transport: fakeTransport()}
				}
				defer httpClient.CloseIdleConnections()
				var body []byte
				if method == http.MethodPut {
					body = []byte(`{"phone":"+353871234567"}`)
				}
				client := newTestClient(b, nil, at(base), func(config *Config) { config.HTTPClient = httpClient })
				settings := DefaultSettings()
				compare(b,
					func() error { return bareCall(httpClient, base, body) },
					func() error { return ours(client, settings, body) })
			})
		}
	}
}

func BenchmarkCall(b *testing.B) {
	benchCases(b, func(b *testing.B, byHand, call func() error) {
		b.Helper()
		for name, send := range map[string]func() error{"bare": byHand, "call": call} {
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := send(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

// BenchmarkCallRatio takes turns, so that what else the machine does falls on
// both, and reports the median of the ratios of time.
func BenchmarkCallRatio(b *testing.B) {
	const turn = 50
	benchCases(b, func(b *testing.B, byHand, call func() error) {
		b.Helper()
		time50 := func(send func() error) float64 {
			began := time.Now()
			for range turn {
				if err := send(); err != nil {
					b.Fatal(err)
				}
			}
			return float64(time.Since(began))
		}
		var ratios []float64
		for b.Loop() {
			hand := time50(byHand)
			ratios = append(ratios, time50(call)/hand)
		}
		slices.Sort(ratios)
		b.ReportMetric(ratios[len(ratios)/2], "time/bare")
	})
}

// A call must not allocate more than the same written by hand.
//
//nolint:paralleltest // It counts allocations.
func TestAllocations(t *testing.T) {
	httpClient := &http.Client{Transport: fakeTransport()}
	client := newTestClient(t, fakeTransport())
	settings := DefaultSettings()
	for name, body := range map[string][]byte{"GET": nil, "PUT": []byte(`{"phone":"+353871234567"}`)} {
		byHand := testing.AllocsPerRun(200, func() { _ = bareCall(httpClient, "https://api.intercom.test", body) })
		call := testing.AllocsPerRun(200, func() { _ = ours(client, settings, body) })
		if call > byHand {
			t.Errorf("%s: %v allocations, %v by hand", name, call, byHand)
		}
	}
}
