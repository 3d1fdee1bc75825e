package transport

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
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
			StatusCode: 200, Header: header, ContentLength: benchBody, Request: request,
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

func BenchmarkCall(b *testing.B) {
	server := benchServer(b)
	for _, network := range []string{"loopback", "fake"} {
		for _, body := range [][]byte{nil, []byte(`{"phone":"+353871234567"}`)} {
			method := "GET"
			if body != nil {
				method = "PUT"
			}
			base := server.URL
			httpClient := DefaultHTTPClient()
			if network == "fake" {
				base = "https://api.intercom.test"
				httpClient = &http.Client{Transport: fakeTransport()}
			}
			b.Run(network+"/"+method+"/bare", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := bareCall(httpClient, base, body); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(network+"/"+method+"/call", func(b *testing.B) {
				client := newTestClient(b, nil, at(base), func(config *Config) { config.HTTPClient = httpClient })
				settings := DefaultSettings()
				b.ReportAllocs()
				for b.Loop() {
					if err := ours(client, settings, body); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
