package rows

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
)

// newClient is a client of a test server as users have one.
func newClient(server *httptest.Server, opts ...intercom.ClientOption) (*intercom.Client, error) {
	return intercom.NewClient("token", append([]intercom.ClientOption{intercom.WithBaseURL(server.URL)}, opts...)...)
}

// rateHeaders are on every answer of the API.
func rateHeaders(header http.Header) {
	header.Set("Content-Type", "application/json")
	header.Set("X-Request-Id", "0003ubcpk2nrm4ep7e5g")
	header.Set("X-RateLimit-Limit", "1000000")
	header.Set("X-RateLimit-Remaining", "999999")
	header.Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Unix()+10, 10))
}

// fixedServer answers everything with one body.
func fixedServer(body []byte) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		rateHeaders(w.Header())
		_, _ = w.Write(body)
	}))
}

// listServer answers with the pages of a list after a while.
type listServer struct {
	*httptest.Server
	pages    []listPage
	after    map[string]int // the page behind each cursor
	requests atomic.Int64
}

// listPage is a page as it is sent.
type listPage struct{ plain, packed []byte }

func newListServer(bodies [][]byte, latency time.Duration) *listServer {
	s := &listServer{after: map[string]int{"": 0}}
	for i, body := range bodies {
		s.pages = append(s.pages, listPage{body, payload.Pack(body)})
		var parsed byHand
		if json.Unmarshal(body, &parsed) == nil && parsed.Pages.Next != nil {
			s.after[parsed.Pages.Next.StartingAfter] = i + 1
		}
	}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.requests.Add(1)
		if latency > 0 {
			time.Sleep(latency)
		}
		s.answer(w, r)
	}))
	return s
}

// answer sends the page that a request asks for, packed under /packed.
func (s *listServer) answer(w http.ResponseWriter, r *http.Request) {
	page := s.pages[s.after[r.URL.Query().Get("starting_after")]]
	body := page.plain
	rateHeaders(w.Header())
	if strings.HasPrefix(r.URL.Path, "/packed/") {
		w.Header().Set("Content-Encoding", "gzip")
		body = page.packed
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

// newEndlessServer answers with the same page again and again, as a list of so
// many pages.
func newEndlessServer(page []byte, pages int) (*httptest.Server, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(page, &members); err != nil {
		return nil, err
	}
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		number, _ := strconv.Atoi(r.URL.Query().Get("starting_after"))
		next := "null"
		if number+1 < pages {
			next = fmt.Sprintf(`{"starting_after":"%d"}`, number+1)
		}
		rateHeaders(w.Header())
		fmt.Fprintf(w, `{"type":"list","data":%s,"pages":{"type":"pages","next":%s}}`, members["data"], next)
	})), nil
}
