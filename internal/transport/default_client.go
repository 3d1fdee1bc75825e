package transport

import (
	"crypto/tls"
	"net"
	"net/http"
	"runtime"
	"time"
)

const (
	// idlePerHost is how many connections are kept. net/http keeps two, which
	// makes sixteen concurrent callers pay for a new handshake most of the
	// time.
	idlePerHost = 128
	idleTotal   = 512
	// maxHeaderBytes is far more than any honest answer's header.
	maxHeaderBytes = 256 << 10
)

// DefaultHTTPClient makes the http.Client that is used where the caller brings
// none. It starts from a copy of net/http's default transport, so that proxies
// from the environment work, and never touches the original. There is no
// timeout on the client or on the header of an answer: the handlers bound every
// attempt and every stream themselves, where call options can change it.
func DefaultHTTPClient() *http.Client {
	var transport *http.Transport
	if standard, ok := http.DefaultTransport.(*http.Transport); ok {
		transport = standard.Clone()
	} else {
		// Some test kits replace the global transport with a type of theirs.
		transport = &http.Transport{Proxy: http.ProxyFromEnvironment, IdleConnTimeout: 90 * time.Second}
	}
	transport.ForceAttemptHTTP2 = true
	transport.MaxIdleConns = idleTotal
	transport.MaxIdleConnsPerHost = idlePerHost
	transport.TLSHandshakeTimeout = 10 * time.Second
	transport.MaxResponseHeaderBytes = maxHeaderBytes
	if transport.TLSClientConfig == nil {
		transport.TLSClientConfig = new(tls.Config)
	}
	if transport.TLSClientConfig.MinVersion < tls.VersionTLS12 {
		transport.TLSClientConfig.MinVersion = tls.VersionTLS12
	}
	// All calls to one host share one HTTP/2 connection: pings find out that it
	// is dead before every one of them has waited for its timeout.
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: 30 * time.Second, PingTimeout: 15 * time.Second}
	if runtime.GOOS != "js" {
		// In a browser the presence of a dialer turns fetch off.
		transport.DialContext = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	}
	return &http.Client{Transport: transport}
}
