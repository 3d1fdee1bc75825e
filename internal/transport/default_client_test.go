package transport

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestDefaultHTTPClient(t *testing.T) {
	t.Parallel()
	one, two := DefaultHTTPClient(), DefaultHTTPClient()
	transport := one.Transport.(*http.Transport)
	if one.Transport == two.Transport || one.Transport == http.DefaultTransport {
		t.Error("the transport is shared")
	}
	if transport.MaxIdleConnsPerHost < 64 || transport.TLSClientConfig.MinVersion < tls.VersionTLS12 || transport.TLSHandshakeTimeout == 0 || transport.Proxy == nil || !transport.ForceAttemptHTTP2 {
		t.Errorf("got %+v", transport)
	}
	if standard := http.DefaultTransport.(*http.Transport); standard.MaxIdleConnsPerHost == idlePerHost {
		t.Error("the default of net/http was changed")
	}
}

func TestDefaultHTTPClientSpeaksHTTP2(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.Proto)) }))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	trusting := DefaultHTTPClient()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	trusting.Transport.(*http.Transport).TLSClientConfig.RootCAs = roots
	client := newTestClient(t, nil, at(server.URL), func(config *Config) { config.HTTPClient = trusting })
	t.Cleanup(client.CloseIdleConnections)
	response, err := do(client, request(getContact))
	if err != nil || string(response.Body) != "HTTP/2.0" {
		t.Errorf("got %q, %v", response.Body, err)
	}
}

// A server with the wrong certificate is not asked again, and the client says
// that nothing was sent.
func TestUntrustedServer(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = quiet
	server.StartTLS()
	t.Cleanup(server.Close)
	client := newTestClient(t, nil, at(server.URL))
	t.Cleanup(client.CloseIdleConnections)
	_, err := do(client, request(getContact))
	if network := mustBe[*TransportError](t, err); !network.Unsent || network.Attempts != 1 {
		t.Errorf("got %+v", network)
	}
	checkText(t, err)
}
