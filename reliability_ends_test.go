package intercom_test

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// phase is a part of a call in which it can be made to stay.
type phase struct {
	name     string
	fault    fault
	requests string
	// named tells that the phase is a wait whose end is known beforehand, for
	// an answer that is the reason of it.
	named bool
	// status tells that the answer was known to be a failure before.
	status bool
}

// waitingToken is a TokenSource that never has one.
type waitingToken struct{}

func (waitingToken) Token(ctx context.Context) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

// waitingLimiter is a Limiter that never lets anything through.
type waitingLimiter struct{}

func (waitingLimiter) Wait(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func (waitingLimiter) Done(intercom.LimiterUsage) {}

func phases() []phase {
	serving := func(step http.HandlerFunc) fault { return fault{serve: []way{inTurn(step)}} }
	return []phase{
		{name: "while the token is waited for", fault: fault{opts: []intercom.ClientOption{intercom.WithTokenSource(waitingToken{})}}, requests: "0 requests"},
		{name: "while the limiter holds it back", fault: fault{opts: []intercom.ClientOption{intercom.WithLimiter(waitingLimiter{})}}, requests: "0 requests"},
		{name: "while the connection is made", fault: fault{dial: unreachable}, requests: "0 requests"},
		{name: "while the request is sent", fault: fault{dial: nobody}, requests: "0 requests"},
		{name: "before the answer", fault: serving(stalls("")), requests: "1 request"},
		{name: "in the header", fault: serving(stalls(head("X-Requ"))), requests: "1 request"},
		{name: "in the body", fault: serving(stalls(head("Content-Length: 500", "", goodContact[:20]))), requests: "1 request"},
		{name: "in the body of an error", fault: serving(stalls("HTTP/1.1 500 Oh\r\nContent-Length: 500\r\n\r\n{")), requests: "1 request", status: true},
		{name: "between two attempts", fault: serving(says(429, "", "Retry-After", "20")), requests: "1 request", named: true},
	}
}

func endFaults() []fault {
	faults := []fault{
		{what: "canceled before the call", within: canceledAfter(0), wants: all("0 requests, at once, canceled")},
		{what: "deadline before the call", within: deadlineIn(0), wants: all("0 requests, at once, timeout (temporary)")},
	}
	for _, phase := range phases() {
		for _, end := range []string{"canceled", "deadline", "WithCallTimeout"} {
			f, text := phase.fault, ", 3s, timeout (temporary)"
			f.what = end + " " + phase.name
			switch end {
			case "canceled":
				f.within, text = canceledAfter(3*time.Second), ", 3s, canceled"
				if phase.named {
					text += " with Error 429 in its chain"
				}
			case "deadline":
				f.within = deadlineIn(3 * time.Second)
			default:
				f.opts = append([]intercom.ClientOption{intercom.WithCallTimeout(3 * time.Second)}, f.opts...)
			}
			if phase.named && end != "canceled" {
				text = ", at once, timeout with Error 429 in its chain (temporary)"
			}
			f.wants = all(phase.requests + text)
			if phase.status && end == "WithCallTimeout" {
				// What the answer was is known before its body has come.
				f.wants = safe("1 request, 3s, timeout with Error 500 in its chain (temporary)", "1 request, 3s, Error 500 (temporary)")
			}
			faults = append(faults, f)
		}
	}
	return faults
}

// lists reads a list of contacts to its end.
var lists = faultCall{"lists", func(ctx context.Context, client *intercom.Client) (string, error) {
	given := map[string]bool{}
	n := 0
	for contact, err := range client.Contacts.All(ctx, intercom.ContactListParams{PerPage: 2}) {
		if err != nil {
			return itemsText(len(given)), err
		}
		given[contact.ID] = true
		n++
	}
	if n != len(given) {
		return itemsText(len(given)) + " and some of them twice", nil
	}
	return itemsText(len(given)), nil
}}

// page gives a page of a list of five.
func page(w http.ResponseWriter, r *http.Request) { pageBefore("")(w, r) }

// pageBefore gives a page that points to another one as the next; "" for the
// right one.
func pageBefore(next string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		start, _ := strconv.Atoi(r.FormValue("starting_after"))
		size, _ := strconv.Atoi(r.FormValue("per_page"))
		var items []string
		end := min(start+size, 5)
		for i := start; i < end; i++ {
			items = append(items, `{"type":"contact","id":"`+strconv.Itoa(i)+`"}`)
		}
		body := `{"type":"list","data":[` + strings.Join(items, ",") + `],"pages":{"type":"pages"`
		switch {
		case next != "":
			body += `,"next":` + next
		case end < 5:
			body += `,"next":{"starting_after":"` + strconv.Itoa(end) + `"}`
		}
		says(http.StatusOK, body+"}}")(w, r)
	}
}

func listFaults() []fault {
	row := func(what, want string, steps ...http.HandlerFunc) fault {
		return fault{what: what, serve: []way{inTurn(steps...)}, wants: only(lists, want)}
	}
	return []fault{
		row("nothing is wrong", "3 requests, at once, 5 items", page),
		row("the second page is a 429 with Retry-After: 7", "4 requests, 7s, 5 items", page, says(429, "", "Retry-After", "7"), page),
		row("the second page is cut, then comes", "4 requests, moments, 5 items", page, says(200, "{", "Content-Length", "500"), page),
		row("the second page is a 502 until it is asked for smaller", "7 requests, moments, 5 items", page, says(502, ""), says(502, ""), says(502, ""), page),
		row("the second page is a 502 for ever", "7 requests, moments, 2 items, Error 502 (temporary)", page, says(502, "")),
		row("the second page is a 400", "2 requests, at once, 2 items, Error 400", page, says(400, "")),
		row("the second page is HTML", "2 requests, at once, 2 items, DecodeError", page, says(200, "<html>")),
		row("the second page is empty, as a 200", "2 requests, at once, 2 items, empty answer refused", page, says(200, "")),
		row("the second page has something else in the place of its items", "2 requests, at once, 2 items, items not understood", page, says(200, `{"type":"list","data":{"2":{"id":"2"}},"pages":{"next":null}}`)),
		row("the second page leads on in an unknown way", "2 requests, at once, 2 items, next page not understood", page, pageBefore(`["4"]`)),
		row("the second page leads to itself", "2 requests, at once, 4 items, ErrCursorLoop", page, pageBefore(`{"starting_after":"2"}`)),
		row("every page leads to the first", "2 requests, at once, 4 items, ErrCursorLoop", page, pageBefore(`"https://api.intercom.io/contacts?per_page=2&starting_after=2"`)),
		row("the second page leads to another host", "2 requests, at once, 4 items, next page refused", page, pageBefore(`"https://thief.example/contacts?starting_after=4"`)),
		{what: "canceled after 3 s, while the second page is awaited", serve: []way{inTurn(page, stalls(""))}, within: canceledAfter(3 * time.Second), wants: only(lists, "2 requests, 3s, 2 items, canceled")},
		{what: "deadline in 3 s, while the second page is awaited", serve: []way{inTurn(page, stalls(""))}, within: deadlineIn(3 * time.Second), wants: only(lists, "2 requests, 3s, 2 items, timeout (temporary)")},
	}
}

// downloads reads an export to its end.
var downloads = faultCall{"downloads", func(ctx context.Context, client *intercom.Client) (string, error) {
	stream, err := client.Export.Download(ctx, faultID)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(stream)
	if closed := stream.Close(); err == nil {
		err = closed
	}
	return strconv.Itoa(len(text)) + " bytes", err
}}

func downloadFaults() []fault {
	row := func(what, want string, steps ...http.HandlerFunc) fault {
		return fault{what: what, serve: []way{inTurn(steps...)}, wants: only(downloads, want)}
	}
	const csv = "user_id,email\nu-1,ada@harbour.test\n" // 35 bytes
	slowly := func(w http.ResponseWriter, _ *http.Request) {
		for range 600 {
			_, _ = io.WriteString(w, csv)
			_ = http.NewResponseController(w).Flush()
			<-time.After(time.Second)
		}
	}
	return []fault{
		row("nothing is wrong", "1 request, at once, 35 bytes", says(200, csv)),
		row("takes ten minutes", "1 request, 10m0s, 21000 bytes", slowly),
		row("503, then comes", "2 requests, moments, 35 bytes", says(503, ""), says(200, csv)),
		row("no answer", "3 requests, 3m0s, timeout (temporary)", stalls("")),
		row("stands still in the body", "1 request, 1m0s, 35 bytes, timeout (temporary)", stalls(head("Content-Length: 500", "", csv))),
		row("breaks off in the body", "1 request, at once, 35 bytes, connection error (temporary)", says(200, csv, "Content-Length", "500")),
		{what: "canceled after 3 s, in the body", serve: []way{inTurn(stalls(head("Content-Length: 500", "", csv)))}, within: canceledAfter(3 * time.Second), wants: only(downloads, "1 request, 3s, 35 bytes, canceled")},
		{what: "deadline in 3 s, in the body", serve: []way{inTurn(stalls(head("Content-Length: 500", "", csv)))}, within: deadlineIn(3 * time.Second), wants: only(downloads, "1 request, 3s, 35 bytes, timeout (temporary)")},
	}
}
