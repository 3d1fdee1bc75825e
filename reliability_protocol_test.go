package intercom_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// gzipped packs a text.
func gzipped(text string) string {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return packed.String()
}

// encoded answers with a good status and a body under the name of an encoding.
func encoded(encoding, body string) http.HandlerFunc {
	return says(http.StatusOK, body, "Content-Encoding", encoding)
}

func encodingFaults() []fault {
	row := func(what, want string, steps ...http.HandlerFunc) fault {
		f := fault{what: what, wants: all("1 request, at once, " + want)}
		for _, step := range steps {
			f.serve = append(f.serve, inTurn(step))
		}
		return f
	}
	const broken = "connection error (temporary)"
	lost := safe("3 requests, moments, "+broken, "1 request, at once, "+broken)
	return []fault{
		row("gzip", "the contact", encoded("gzip", gzipped(goodContact))),
		row("gzip in two pieces", "the contact", encoded("gzip", gzipped(goodContact[:20])+gzipped(goodContact[20:]))),
		row("gzip of nothing", "an empty contact", encoded("gzip", gzipped(""))),
		row("nothing under gzip's name", "an empty contact", encoded("gzip", "")),
		row("gzip twice under its name once", "DecodeError", encoded("gzip", gzipped(gzipped(goodContact)))),
		row("gzip twice under its name twice", "DecodeError", encoded("gzip, gzip", gzipped(gzipped(goodContact)))),
		row("gzip under no name", "DecodeError", says(http.StatusOK, gzipped(goodContact))),
		row("JSON under the name of br, deflate or something unknown", "the contact", encoded("br", goodContact), encoded("deflate", goodContact), encoded("x-secret", goodContact)),
		row("something else under the name of br", "DecodeError", encoded("br", "\x8b\x02\x80{}\x03")),
		{what: "gzip with a wrong checksum", serve: []way{inTurn(encoded("gzip", gzipped(goodContact)[:len(gzipped(goodContact))-8]+"12345678"))}, wants: lost},
		{what: "something after the gzip", serve: []way{inTurn(encoded("gzip", gzipped(goodContact)+"and more"))}, wants: lost},
	}
}

func protocolFaults() []fault {
	good := head("Content-Length: "+strconv.Itoa(len(goodContact)), "", goodContact)
	hint := "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
	row := func(what, want string, texts ...string) fault {
		return fault{what: what, serve: []way{inTurn(writes(false, 0, texts...))}, wants: all("1 request, at once, " + want)}
	}
	faults := []fault{
		row("100, 102 and 103 before the answer", "the contact", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\n", hint, good),
		row("a thousand times 103 before the answer", "the contact", strings.Repeat(hint, 1000), good),
		row("101 Switching Protocols", "Error 101", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
		row("trailers, with a rate limit among them", "the contact", head("Transfer-Encoding: chunked", "Trailer: X-RateLimit-Remaining", "", chunk(goodContact), "0", "X-RateLimit-Remaining: -7", "Retry-After: 99999", "", "")),
		row("an answer of HTTP/1.0", "the contact", "HTTP/1.0 200 OK\r\n\r\n", goodContact),
		row("a status without its reason", "the contact", "HTTP/1.1 200\r\nConnection: close\r\n\r\n", goodContact),
		row("a status of 999", "Error 999", "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
		{
			what: "cookies are set, which nobody keeps", serve: []way{inTurn(says(429, "", "Set-Cookie", "session=1; Path=/"), withoutCookie)},
			wants: all("2 requests, moments, the contact"),
		},
	}
	const broken = "connection error (temporary)"
	lost := safe("3 requests, "+broken, "1 request, "+broken)
	for _, f := range []fault{
		{what: "HTTP/2: GOAWAY after the answer", http2: []http2Step{answers, goesAway(1, http2NoError)}, wants: all("1 request, the contact")},
		{what: "HTTP/2: GOAWAY without taking the request, then a good answer on another connection", http2: []http2Step{goesAway(0, http2NoError), nil, answers}, wants: all("2 requests, the contact")},
		{what: "HTTP/2: the stream is refused, then a good answer", http2: []http2Step{refuses, nil, answers}, wants: all("2 requests, the contact")},
		{what: "HTTP/2: GOAWAY for an internal error, the request may be carried out", http2: []http2Step{goesAway(1, http2InternalError), hangsUp}, wants: lost},
		{what: "HTTP/2: GOAWAY for too many calls, the request may be carried out", http2: []http2Step{goesAway(1, http2EnhanceYourCalm), hangsUp}, wants: lost},
		{what: "HTTP/2: frames that are none", http2: []http2Step{babbles}, wants: lost},
	} {
		f.real, f.secure = true, true
		faults = append(faults, f)
	}
	return faults
}

// chunk is a text as a piece of a chunked body.
func chunk(text string) string { return strconv.FormatInt(int64(len(text)), 16) + "\r\n" + text }

// withoutCookie answers well, unless a cookie came along.
func withoutCookie(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Cookie") != "" {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	fine(w, r)
}
