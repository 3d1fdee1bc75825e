package rows

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/seed-8b687bef/intercom-go"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
	"github.com/seed-8b687bef/intercom-go/benchmarks/twins"
)

// Lists compares reading a list of ten pages with and without fetching ahead,
// and with a loop written by hand.
var Lists = Group{Name: "lists", Measure: measureLists}

const (
	listPages = 10
	latency   = 50 * time.Millisecond
)

func measureLists(o Options) ([]Row, error) {
	server := newListServer(payload.ContactPages(listPages, payload.PageSize), latency)
	defer server.Close()
	client, err := intercom.NewClient("token", intercom.WithBaseURL(server.URL))
	if err != nil {
		return nil, err
	}
	defer client.CloseIdleConnections()
	works := []time.Duration{0, 10 * time.Millisecond, 50 * time.Millisecond}
	var cases []ratio.Case
	for _, work := range works {
		name := func(kind string) string { return kind + "/" + work.String() }
		cases = append(cases,
			ratio.Case{Name: name("ahead"), Run: func() error { return readAll(client, work) }},
			ratio.Case{Name: name("plain"), Run: func() error { return readAll(client, work, intercom.WithoutPrefetch()) }},
			ratio.Case{Name: name("by hand"), Run: func() error { return readByHand(server.URL, work) }})
	}
	few := o.Options
	few.Rounds = min(few.Rounds, 7) // Nine cases of half a second and more.
	result, err := ratio.Measure(cases, few)
	if err != nil {
		return nil, err
	}
	var list []Row
	for i, goal := range []float64{0.97, 1.1, 1.65} {
		work := works[i].String()
		list = append(list,
			Row{What: "lists: speed-up by fetching ahead, 50 ms server, " + work + " caller a page", Goal: goal, Got: ratio.Summarize(result.Ratio("plain/"+work, "ahead/"+work))},
			Row{What: "– over net/http and encoding/json by hand", Goal: 1, Got: ratio.Summarize(result.Ratio("by hand/"+work, "ahead/"+work))})
	}
	tidy, err := measureTidiness(client, server)
	if err != nil {
		return nil, err
	}
	return append(list, tidy...), nil
}

// measureTidiness counts what is left behind and what grows.
func measureTidiness(client *intercom.Client, server *listServer) ([]Row, error) {
	goroutines := runtime.NumGoroutine()
	before := server.requests.Load()
	seen := 0
	for _, err := range client.Contacts.All(context.Background(), intercom.ContactListParams{}) {
		if err != nil {
			return nil, err
		}
		if seen++; seen == payload.PageSize/2-1 {
			break
		}
	}
	wasted := server.requests.Load() - before - 1
	left := max(0, runtime.NumGoroutine()-goroutines)
	growth, err := measureGrowth()
	if err != nil {
		return nil, err
	}
	return []Row{
		{What: "lists: requests wasted by a break in the first half page", Goal: 0, AtMost: true, Format: "%.0f", Got: ratio.Exact(float64(wasted))},
		{What: "lists: goroutines left by it", Goal: 0, AtMost: true, Format: "%.0f", Got: ratio.Exact(float64(left))},
		{What: "lists: memory in use at page 1,000 over page 10", Goal: 1.1, AtMost: true, Got: ratio.Exact(growth)},
	}, nil
}

// measureGrowth reads a thousand pages and compares the memory in use near the
// end with that near the beginning.
func measureGrowth() (float64, error) {
	const pages = 1000
	server := newListServer(payload.ContactPages(1, payload.PageSize), 0)
	server.endless = pages
	defer server.Close()
	client, err := intercom.NewClient("token", intercom.WithBaseURL(server.URL))
	if err != nil {
		return 0, err
	}
	defer client.CloseIdleConnections()
	var early, late uint64
	page := 0
	for _, err := range client.Contacts.Pages(context.Background(), intercom.ContactListParams{PerPage: payload.PageSize}) {
		if err != nil {
			return 0, err
		}
		switch page++; page {
		case 10:
			early = inUse()
		case pages:
			late = inUse()
		}
	}
	if page != pages {
		return 0, fmt.Errorf("read %d pages of %d", page, pages)
	}
	return float64(late) / float64(early), nil
}

func inUse() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapInuse
}

// readAll reads the list as a caller does who works a while on every page.
func readAll(client *intercom.Client, work time.Duration, opts ...intercom.CallOption) error {
	seen := 0
	for _, err := range client.Contacts.All(context.Background(), intercom.ContactListParams{}, opts...) {
		if err != nil {
			return err
		}
		// The work is spread over the items, in pieces that a timer can measure.
		if seen++; seen%(payload.PageSize/5) == 0 && work > 0 {
			time.Sleep(work / 5)
		}
	}
	if seen != listPages*payload.PageSize {
		return fmt.Errorf("read %d contacts", seen)
	}
	return nil
}

// byHand is what many people write: a page, its items, the next page.
type byHand struct {
	Data  []twins.Contact `json:"data"`
	Pages struct {
		Next *struct {
			StartingAfter string `json:"starting_after"`
		} `json:"next"`
	} `json:"pages"`
}

func readByHand(base string, work time.Duration) error {
	seen, cursor := 0, ""
	for {
		query := url.Values{"per_page": {strconv.Itoa(payload.PageSize)}}
		if cursor != "" {
			query.Set("starting_after", cursor)
		}
		page, err := pageByHand(base + "/contacts?" + query.Encode())
		if err != nil {
			return err
		}
		for range page.Data {
			if seen++; seen%(payload.PageSize/5) == 0 && work > 0 {
				time.Sleep(work / 5)
			}
		}
		if page.Pages.Next == nil {
			break
		}
		cursor = page.Pages.Next.StartingAfter
	}
	if seen != listPages*payload.PageSize {
		return fmt.Errorf("read %d contacts", seen)
	}
	return nil
}

func pageByHand(address string) (*byHand, error) {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer token")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Intercom-Version", "2.8")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, errors.New(response.Status)
	}
	var page byHand
	return &page, json.Unmarshal(body, &page)
}

// listServer answers with pages after a while.
type listServer struct {
	*httptest.Server
	pages    [][]byte
	after    map[string]int // the page behind each cursor
	endless  int            // so many times the first page, 0 for the pages as they are
	requests atomic.Int64
}

func newListServer(pages [][]byte, latency time.Duration) *listServer {
	s := &listServer{pages: pages, after: map[string]int{"": 0}}
	for i, page := range pages {
		var parsed byHand
		if json.Unmarshal(page, &parsed) == nil && parsed.Pages.Next != nil {
			s.after[parsed.Pages.Next.StartingAfter] = i + 1
		}
	}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.requests.Add(1)
		time.Sleep(latency)
		w.Header().Set("Content-Type", "application/json")
		cursor := r.URL.Query().Get("starting_after")
		if s.endless == 0 {
			_, _ = w.Write(s.pages[s.after[cursor]])
			return
		}
		number, _ := strconv.Atoi(cursor)
		_, _ = w.Write(s.numbered(number))
	}))
	return s
}

// numbered is the first page with the cursor of the page after a number.
func (s *listServer) numbered(number int) []byte {
	var members map[string]json.RawMessage
	if json.Unmarshal(s.pages[0], &members) != nil {
		return nil
	}
	members["pages"] = json.RawMessage(`{"type":"pages","next":null}`)
	if number+1 < s.endless {
		members["pages"] = json.RawMessage(fmt.Sprintf(`{"type":"pages","next":{"starting_after":"%d"}}`, number+1))
	}
	text, _ := json.Marshal(members)
	return text
}
