package intercom_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// way is one way to answer the nth request.
type way = func(n int, w http.ResponseWriter, r *http.Request)

// goodContact is the answer that the calls are after.
const goodContact = `{"type":"contact","id":"` + faultID + `","email":"` + faultEmail + `"}`

var fine = says(http.StatusOK, goodContact)

func faultGroups() []faultGroup {
	return []faultGroup{
		{"Rate limits", "A 429 was not carried out, so every call is sent again, at the time that the server names by its own clock.", rateFaults()},
		{"Trouble of the server", "What may have been carried out is sent again only where that does no harm.", statusFaults()},
		{"Trouble of the network", "On real sockets, with waits of a millisecond.", networkFaults()},
		{"Slow servers", "An attempt has 30 s, a call five minutes.", slowFaults()},
		{"Answers that are not what they say", "A good status with a body that can't be read is a DecodeError: the call may have done its work.", bodyFaults()},
		{"Encodings", "The library asks for gzip and unpacks that; what comes under another name is read as it is.", encodingFaults()},
		{"Odd HTTP", "What is still HTTP is read.", protocolFaults()},
		{"Odd JSON", "What is JSON is read, odd values aside (see Extra and WithDriftHook).", jsonFaults()},
		{"Redirects", "Only reads follow them, only to the same scheme, host and port.", redirectFaults()},
		{"Ends of the context", "The context of the call is canceled after 3 s, or has a deadline in 3 s, or the call has WithCallTimeout(3 s).", endFaults()},
		{"Lists", "Contacts.All on a list of five, two a page.", listFaults()},
		{"Downloads", "Export.Download: no limit of the whole, but of each wait.", downloadFaults()},
	}
}

// limited answers with a 429 that names the reset of the window.
func limited(in, skew time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		now := time.Now().Add(skew)
		says(http.StatusTooManyRequests, `{"type":"error.list","errors":[{"code":"rate_limit_exceeded"}]}`,
			"Date", now.UTC().Format(http.TimeFormat), "X-RateLimit-Limit", "160", "X-RateLimit-Remaining", "0",
			"X-RateLimit-Reset", strconv.FormatInt(now.Add(in).Unix(), 10))(w, r)
	}
}

// dated gives an answer another Date, or none.
func dated(date string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		next(&datedWriter{w, date}, r)
	}
}

type datedWriter struct {
	http.ResponseWriter

	date string
}

func (w *datedWriter) WriteHeader(code int) {
	w.Header()["Date"] = nil // net/http adds one where there is no such key.
	if w.date != "" {
		w.Header().Set("Date", w.date)
	}
	w.ResponseWriter.WriteHeader(code)
}

// later answers with a status and a Retry-After that is a date.
func later(status int, in time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		says(status, "", "Retry-After", time.Now().Add(in).UTC().Format(http.TimeFormat))(w, r)
	}
}

func rateFaults() []fault {
	const pending = `{"type":"error.list","errors":[{"code":"rate_limit_exceeded","message":"Exceeded rate limit of 1 pending message data export jobs"}]}`
	return []fault{
		{what: "429 with X-RateLimit-Reset in 8 s, then a good answer", serve: []way{inTurn(limited(8*time.Second, 0), fine)}, wants: all("2 requests, 8s, the contact")},
		{what: "the same by a clock that is five hours behind or before", serve: []way{inTurn(limited(8*time.Second, -5*time.Hour), fine), inTurn(limited(8*time.Second, 5*time.Hour), fine)}, wants: all("2 requests, 8s, the contact")},
		{what: "the same without a Date, or with one that is none", serve: []way{inTurn(dated("", limited(8*time.Second, 0)), fine), inTurn(dated("yesterday", limited(8*time.Second, 0)), fine)}, wants: all("2 requests, 8s, the contact")},
		{what: "429 with a reset in the year 9999, then a good answer", serve: []way{inTurn(says(429, "", "X-RateLimit-Limit", "160", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "253402300799"), fine)}, wants: all("2 requests, moments, the contact")},
		{what: "429 with a reset in the past, then a good answer", serve: []way{inTurn(limited(-8*time.Second, 0), fine)}, wants: all("2 requests, moments, the contact")},
		{what: "429 with Retry-After: 7, then a good answer", serve: []way{inTurn(says(429, "", "Retry-After", "7"), fine)}, wants: all("2 requests, 7s, the contact")},
		{what: "429 with Retry-After as a date in 6 s, then a good answer", serve: []way{inTurn(later(429, 6*time.Second), fine)}, wants: all("2 requests, 6s, the contact")},
		{what: "429 with a Retry-After that is no time, negative or past, then a good answer", serve: []way{inTurn(says(429, "", "Retry-After", "soon"), fine), inTurn(says(429, "", "Retry-After", "-5"), fine), inTurn(later(429, -time.Hour), fine)}, wants: all("2 requests, moments, the contact")},
		{what: "429 without any hint, then a good answer", serve: []way{inTurn(says(429, ""), fine)}, wants: all("2 requests, moments, the contact")},
		{what: "429 for ever, Retry-After: 4", serve: []way{inTurn(says(429, "", "Retry-After", "4"))}, wants: all("3 requests, 8s, Error 429 (temporary)")},
		{what: "429 for ever, no hint", serve: []way{inTurn(says(429, ""))}, wants: all("3 requests, moments, Error 429 (temporary)")},
		{what: "429 with Retry-After of a day, of 80 years, of 1e300 s or without an end", serve: []way{inTurn(says(429, "", "Retry-After", "86400")), inTurn(says(429, "", "Retry-After", "1e300")), inTurn(says(429, "", "Retry-After", "Infinity")), inTurn(later(429, 80*365*24*time.Hour))}, wants: all("1 request, at once, Error 429 (temporary)")},
		{what: "429 with Retry-After: 20, and a deadline in 10 s", serve: []way{inTurn(says(429, "", "Retry-After", "20"))}, within: deadlineIn(10 * time.Second), wants: all("1 request, at once, timeout with Error 429 in its chain (temporary)")},
		{what: "429 with Retry-After: 20, canceled after 3 s", serve: []way{inTurn(says(429, "", "Retry-After", "20"))}, within: canceledAfter(3 * time.Second), wants: all("1 request, 3s, canceled with Error 429 in its chain")},
		{what: "429, WithoutRetry", serve: []way{inTurn(says(429, "", "Retry-After", "7"))}, opts: []intercom.ClientOption{intercom.WithoutRetry()}, wants: all("1 request, at once, Error 429 (temporary)")},
		{what: "429 for a second export job", serve: []way{inTurn(says(429, pending))}, wants: only(exports, "1 request, at once, Error 429 (temporary)")},
	}
}

func statusFaults() []fault {
	again := func(codes ...int) (ways []way) {
		for _, code := range codes {
			ways = append(ways, inTurn(says(code, "")))
		}
		return ways
	}
	failing := func(code int) []faultWant {
		text := fmt.Sprintf("Error %d (temporary)", code)
		return append(safe("3 requests, moments, "+text, "1 request, at once, "+text), faultWant{[]faultCall{searches}, "3 requests, moments, " + text})
	}
	once := func(code int) fault {
		return fault{
			what: fmt.Sprintf("%d, then a good answer", code), serve: []way{inTurn(says(code, `{"type":"error.list","errors":[]}`), fine)},
			wants: safe("2 requests, moments, the contact", fmt.Sprintf("1 request, at once, Error %d (temporary)", code)),
		}
	}
	return []fault{
		once(500), once(502), once(503), once(504), once(408),
		{what: "500 for ever", serve: again(500), wants: failing(500)},
		{what: "502 for ever", serve: again(502), wants: failing(502)},
		{what: "503 for ever", serve: again(503), wants: failing(503)},
		{what: "504 for ever", serve: again(504), wants: failing(504)},
		{what: "502 with the page of a proxy", serve: []way{inTurn(says(502, "<html><h1>Bad Gateway</h1>", "Content-Type", "text/html"))}, wants: safe("3 requests, moments, Error 502 (temporary)", "1 request, at once, Error 502 (temporary)")},
		{what: "503 with Retry-After: 7, then a good answer", serve: []way{inTurn(says(503, "", "Retry-After", "7"), fine)}, wants: safe("2 requests, 7s, the contact", "1 request, at once, Error 503 (temporary)")},
		{what: "503, then a good answer, WithReplay", serve: []way{inTurn(says(503, ""), fine)}, twice: true, wants: only(createsWithReplay, "2 requests, moments, the contact")},
		{what: "504, then 404", serve: []way{inTurn(says(504, ""), says(404, ""))}, wants: []faultWant{{[]faultCall{deletes}, "2 requests, moments, done"}, {[]faultCall{reads, replays}, "2 requests, moments, Error 404"}}},
		{what: "501", serve: again(501), wants: all("1 request, at once, Error 501")},
		{what: "400", serve: again(400), wants: all("1 request, at once, Error 400")},
		{what: "401", serve: again(401), wants: all("1 request, at once, Error 401")},
		{what: "404", serve: again(404), wants: all("1 request, at once, Error 404")},
		{what: "409", serve: again(409), wants: all("1 request, at once, Error 409")},
		{what: "an error of 10 MB", serve: []way{inTurn(says(422, strings.Repeat("x", 10<<20)))}, wants: all("1 request, at once, Error 422")},
		{what: "an error whose body breaks off", serve: []way{inTurn(says(422, "{", "Content-Length", "500"))}, wants: all("1 request, at once, Error 422")},
		{what: "an error whose body never ends", serve: []way{inTurn(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusUnprocessableEntity)
			drips("x", time.Second)(w, r)
		})}, wants: all("1 request, 30s, Error 422")},
	}
}

func networkFaults() []fault {
	const broken = "connection error (temporary)"
	lost := safe("3 requests, "+broken, "1 request, "+broken)
	row := func(what string, wants []faultWant, steps ...http.HandlerFunc) fault {
		return fault{what: what, real: true, serve: []way{inTurn(steps...)}, wants: wants}
	}
	good := head("Content-Length: "+strconv.Itoa(len(goodContact)), "", "")
	abort := func(beginning string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if beginning != "" {
				_, _ = w.Write([]byte(beginning))
				_ = http.NewResponseController(w).Flush()
			}
			panic(http.ErrAbortHandler)
		}
	}
	return []fault{
		{what: "nobody listens", dial: closedDoor, wants: all("0 requests, moments, " + broken)},
		{what: "a certificate of somebody else", real: true, secure: true, opts: []intercom.ClientOption{intercom.WithHTTPClient(&http.Client{Transport: &http.Transport{}})}, wants: all("0 requests, connection error")},
		row("reset before the answer", lost, writes(true, 0, "")),
		row("closed before the answer", lost, writes(false, 0, "")),
		row("reset in the header", lost, writes(true, 0, head("X-Requ"))),
		row("reset in the body", lost, writes(true, 0, good+goodContact[:20])),
		row("reset in the body, then a good answer", safe("2 requests, the contact", "1 request, "+broken), writes(true, 0, good+goodContact[:20]), fine),
		row("reset after the body", all("1 request, the contact"), writes(true, 20*time.Millisecond, good+goodContact, "")),
		row("cut in the body", lost, writes(false, 0, good+goodContact[:20])),
		row("cut between chunks", lost, writes(false, 0, head("Transfer-Encoding: chunked", "", "5\r\n{\"id\"\r\n"))),
		row("cut in gzip", lost, writes(false, 0, head("Content-Encoding: gzip", "Connection: close", "", "\x1f\x8b\x08\x00\x00\x00"))),
		row("something else under gzip's name", lost, writes(false, 0, head("Content-Encoding: gzip", "Content-Length: 8", "", `{"id":1}`))),
		row("a Content-Length that is too long", lost, says(200, goodContact, "Content-Length", "500")),
		row("a Content-Length of a terabyte", all("1 request, DecodeError"), writes(false, 0, head("Content-Length: 1099511627776", "", "{}"))),
		row("a Content-Length that is too short", all("1 request, DecodeError"), writes(false, 0, head("Content-Length: 20", "Connection: close", "", goodContact))),
		row("two different Content-Lengths", lost, writes(false, 0, head("Content-Length: 2", "Content-Length: 3", "", "{}"))),
		row("headers of 1 MB", lost, writes(false, 0, head("X-Pad: "+strings.Repeat("x", 1<<20), "", goodContact))),
		row("a header without a colon", lost, writes(false, 0, head("Bad Header", "", goodContact))),
		row("another protocol", lost, writes(false, 0, "SSH-2.0-OpenSSH_9.6\r\n")),
		{what: "an HTTP/2 stream that is reset before the answer", real: true, secure: true, serve: []way{inTurn(abort(""))}, wants: lost},
		{what: "an HTTP/2 stream that is reset in the body", real: true, secure: true, serve: []way{inTurn(abort(goodContact[:20]))}, wants: lost},
	}
}

func slowFaults() []fault {
	const late = "timeout (temporary)"
	stalled := safe("3 requests, 1m30s, "+late, "1 request, 30s, "+late)
	row := func(what string, wants []faultWant, steps ...http.HandlerFunc) fault {
		return fault{what: what, serve: []way{inTurn(steps...)}, wants: wants}
	}
	return []fault{
		row("no answer", stalled, stalls("")),
		row("stands still in the header", stalled, stalls(head("X-Requ"))),
		row("stands still in the body", stalled, stalls(head("Content-Length: 500", "", goodContact[:20]))),
		row("stands still in the body, then a good answer", safe("2 requests, 30s, the contact", "1 request, 30s, "+late), stalls(head("Content-Length: 500", "", goodContact[:20])), fine),
		row("a byte every 100 ms", all("1 request, 6s, the contact"), byteByByte(100*time.Millisecond)),
		row("a byte a second, without an end", stalled, drips(" ", time.Second)),
		row("a header line a second, without an end", stalled, func(w http.ResponseWriter, r *http.Request) {
			writes(false, time.Second, append([]string{head("X: 1\r\n")}, strings.SplitAfter(strings.Repeat("X: 1\r\n", 3600), "\n")...)...)(w, r)
		}),
		row("102 Processing every second", stalled, writes(false, time.Second, strings.SplitAfter(strings.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 3600), "\r\n\r\n")...)),
		{what: "does not take the request", dial: nobody, wants: safe("0 requests, 1m30s, "+late, "0 requests, 30s, "+late)},
		{what: "the connection can't be made in time", dial: unreachable, wants: safe("0 requests, 1m30s, "+late, "0 requests, 30s, "+late)},
	}
}

// byteByByte writes a good answer slowly.
func byteByByte(pause time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := range len(goodContact) {
			_, _ = w.Write([]byte{goodContact[i]})
			_ = http.NewResponseController(w).Flush()
			<-time.After(pause)
		}
	}
}

// packedNothing is 16 MiB of nothing under gzip.
var packedNothing = sync.OnceValue(func() []byte {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write(make([]byte, 16<<20))
	_ = w.Close()
	return packed.Bytes()
})

// bomb sends a gigabyte of nothing, well packed.
func bomb(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(status)
		for range 64 {
			if _, err := w.Write(packedNothing()); err != nil || r.Context().Err() != nil {
				return
			}
		}
	}
}

func bodyFaults() []fault {
	endless := drips(strings.Repeat(" ", 1<<20), 0)
	row := func(what, want string, steps ...http.HandlerFunc) fault {
		return fault{what: what, serve: []way{inTurn(steps...)}, wants: all("1 request, at once, " + want)}
	}
	return []fault{
		row("HTML under JSON's name", "DecodeError", says(200, "<!DOCTYPE html><title>Sign in</title>")),
		row("text under JSON's name", "DecodeError", says(200, "OK")),
		row("UTF-16 under JSON's name", "DecodeError", says(200, "\xff\xfe{\x00}\x00")),
		row("binary under JSON's name", "DecodeError", says(200, "\x00\x01\xff\xfe\x7fELF")),
		row("JSON under the name of HTML", "the contact", says(200, goodContact, "Content-Type", "text/html")),
		row("a body of nothing", "an empty contact", says(200, "")),
		row("202 with the contact where 200 is said", "the contact", says(202, goodContact)),
		row("202 with nothing where 200 is said", "an empty contact", says(202, "")),
		row("204 where 200 is said", "an empty contact", says(204, "")),
		row("206 with the contact", "the contact", says(206, goodContact)),
		row("304 without being asked", "Error 304", says(304, "")),
		row("a gzip bomb in an error", "Error 400", bomb(400)),
		{what: "a gzip bomb of 1 GB", serve: []way{inTurn(bomb(200))}, wants: only(reads, "1 request, at once, DecodeError")},
		{what: "a body without an end", serve: []way{inTurn(endless)}, wants: only(reads, "1 request, at once, DecodeError")},
		{what: "either, WithMaxAnswerSize(1 MiB)", serve: []way{inTurn(bomb(200)), inTurn(endless)}, opts: []intercom.ClientOption{intercom.WithMaxAnswerSize(1 << 20)}, wants: all("1 request, at once, DecodeError")},
	}
}

func jsonFaults() []fault {
	row := func(what, want string, bodies ...string) fault {
		f := fault{what: what, wants: all("1 request, at once, " + want)}
		for _, body := range bodies {
			f.serve = append(f.serve, inTurn(says(200, body)))
		}
		return f
	}
	// with is the contact with another member before the others.
	with := func(member string) string { return `{` + member + `,` + goodContact[1:] }
	deep := func(open, end string, n int) string { return strings.Repeat(open, n) + strings.Repeat(end, n) }
	return []fault{
		row("null, an empty string or an empty list in the place of the object", "an empty contact", "null", `""`, "[]", " null\n"),
		row("a list, a number or a boolean in the place of the object", "DecodeError", "["+goodContact+"]", "17", "true"),
		row("cut at any place", "DecodeError", goodContact[:1], goodContact[:10], goodContact[:25], goodContact[:len(goodContact)-1]),
		row("something after the object", "DecodeError", goodContact+goodContact, goodContact+"x", goodContact+"\x00"),
		row("a comma too many, single quotes, NaN, a comment", "DecodeError", goodContact[:len(goodContact)-1]+",}", `{'id':1}`, `{"id":NaN}`, `{/**/}`),
		row("control characters in strings", "DecodeError", with("\"name\":\"a\nb\""), with("\"name\":\"a\x00b\"")),
		row("bad escapes", "DecodeError", with(`"name":"\x41"`), with(`"name":"\u12"`)),
		row("lone surrogates and bad UTF-8 in strings", "the contact", with(`"name":"\ud800"`), with("\"name\":\"a\xffb\xc3\"")),
		row("a byte order mark before the object", "DecodeError", "\xef\xbb\xbf"+goodContact),
		row("100 levels of nesting", "the contact", with(`"later":`+deep("[", "]", 100)), with(`"custom_attributes":{"a":`+deep("[", "]", 100)+"}")),
		row("10,000 levels of nesting", "DecodeError", with(`"later":`+deep("[", "]", 10_000)), with(`"location":`+deep(`{"a":[`, "0]}", 10_000)), deep(`{"companies":`, "}", 10_000), with(`"custom_attributes":{"a":`+deep("[", "]", 10_000)+"}")),
		row("a million levels that don't end", "DecodeError", strings.Repeat(`{"data":`, 1_000_000), with(`"later":`+strings.Repeat("[", 1_000_000))),
		row("a member twice: the last counts", "the contact", with(`"id":"c-1"`)),
		row("members of another type", "the contact", with(`"email":{"a":[1]},"tags":"none","location":[],"signed_up_at":true,"owner_id":[],"has_hard_bounced":"yes"`)),
		row("numbers beyond all bounds", "the contact", with(`"owner_id":1e999,"created_at":-1e999,"later":`+strings.Repeat("9", 1000))),
		row("times beyond all bounds", "the contact", with(`"created_at":9223372036854775807,"updated_at":"yesterday","signed_up_at":-9223372036854775808`)),
		row("an empty name, a name with quotes, a very long one", "the contact", with(`"":1,"a\"b":2,"`+strings.Repeat("n", 1<<16)+`":3`)),
		row("100,000 unknown members", "the contact", with(strings.TrimSuffix(strings.Repeat(`"m":[1,{}],`, 100_000), ","))),
	}
}

func redirectFaults() []fault {
	codes := []int{301, 302, 303, 307, 308}
	to := func(code int, target string) http.HandlerFunc { return says(code, "", "Location", target) }
	var faults []fault
	for _, target := range [][2]string{
		{"another host", "http://thief.example/contacts"},
		{"another port", "http://localhost:8080/contacts"},
		{"another scheme", "https://localhost:80/contacts"},
		{"a host of a like name", "http://localhost.thief.example/contacts"},
		{"another host, without a scheme", "//thief.example/contacts"},
		{"a scheme that is not HTTP", "file:///etc/passwd"},
	} {
		f := fault{what: "to " + target[0]}
		for _, code := range codes {
			f.serve = append(f.serve, inTurn(to(code, target[1])))
		}
		f.wants = []faultWant{{[]faultCall{reads}, "1 request, at once, redirect refused"}}
		faults = append(faults, f)
	}
	same := fault{what: "to another path of the same server, by 301, 302, 303, 307 or 308", wants: only(reads, "2 requests, at once, the contact")}
	circle := fault{what: "in circles", wants: only(reads, "6 requests, at once, redirect refused")}
	for _, code := range codes {
		same.serve = append(same.serve, inTurn(to(code, "/moved"), fine))
		circle.serve = append(circle.serve, inTurn(to(code, "/contacts/"+faultID)))
	}
	faults = append(faults, same, circle)
	for _, code := range codes {
		f := fault{what: fmt.Sprintf("a write is redirected by %d, to anywhere", code)}
		for _, target := range []string{"http://thief.example/", "http://localhost:8080/", "https://localhost:80/", "/moved"} {
			f.serve = append(f.serve, inTurn(to(code, target), fine))
		}
		f.wants = []faultWant{{[]faultCall{replays, creates, searches}, fmt.Sprintf("1 request, at once, Error %d", code)}}
		faults = append(faults, f)
	}
	return append(faults, fault{
		what: "without a place to go to", serve: []way{inTurn(says(302, ""))},
		wants: []faultWant{{[]faultCall{replays, creates}, "1 request, at once, Error 302"}},
	})
}

func deadlineIn(d time.Duration) func(context.Context) (context.Context, context.CancelFunc) {
	return func(ctx context.Context) (context.Context, context.CancelFunc) { return context.WithTimeout(ctx, d) }
}

func canceledAfter(d time.Duration) func(context.Context) (context.Context, context.CancelFunc) {
	return func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		if d == 0 {
			cancel()
			return ctx, cancel
		}
		timer := time.AfterFunc(d, cancel)
		return ctx, func() {
			timer.Stop()
			cancel()
		}
	}
}
