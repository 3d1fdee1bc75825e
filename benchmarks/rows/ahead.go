package rows

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Ahead compares reading a list with and without fetching ahead, by how long
// the caller works on a page, and looks at what fetching ahead leaves behind.
var Ahead = Group{Name: "ahead", Measure: measureAhead}

const latency = 50 * time.Millisecond

func measureAhead(o Options) ([]Row, error) {
	server := newListServer(payload.ContactPages(listPages, payload.PageSize), latency)
	defer server.Close()
	client, err := newClient(server.Server)
	if err != nil {
		return nil, err
	}
	defer client.CloseIdleConnections()
	works := []time.Duration{0, 10 * time.Millisecond, 50 * time.Millisecond}
	var cases []ratio.Case
	for _, work := range works {
		cases = append(cases,
			ratio.Case{Name: "ahead/" + work.String(), Run: func() error { return readAll(client, work) }},
			ratio.Case{Name: "plain/" + work.String(), Run: func() error { return readAll(client, work, intercom.WithoutPrefetch()) }})
	}
	result, err := ratio.Measure(cases, o.few(9)) // Six cases of half a second and more.
	if err != nil {
		return nil, err
	}
	var list []Row
	// Without work there is nothing to gain and little to lose; with as much as
	// the server takes a chain of cursors can gain 1.8 in ten pages at most.
	for i, goal := range []float64{0.97, 1.1, 1.65} {
		work := works[i]
		most := float64(listPages*(latency+work)) / float64(listPages*max(latency, work)+min(latency, work))
		list = append(list, Row{
			What: fmt.Sprintf("fetching ahead: speed-up with 50 ms server, %d ms caller a page", work.Milliseconds()),
			Goal: goal, Got: ratio.Summarize(result.Ratio("plain/"+work.String(), "ahead/"+work.String())),
			Beside: fmt.Sprintf("at most %.2f", most),
		})
	}
	tidy, err := measureTidiness(client, server)
	if err != nil {
		return nil, err
	}
	return append(list, tidy...), nil
}

// measureTidiness counts what is left behind and what grows.
func measureTidiness(client *intercom.Client, server *listServer) ([]Row, error) {
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
	left := ownGoroutines()
	time.Sleep(2 * latency) // A request that is on its way gets there.
	wasted := server.requests.Load() - before - 1
	early, late, err := measureGrowth()
	if err != nil {
		return nil, err
	}
	return []Row{
		{What: "fetching ahead: requests wasted by a break in the first half page", Goal: 0, AtMost: true, Format: "%.0f", Got: ratio.Exact(float64(wasted))},
		{What: "fetching ahead: goroutines left by it", Goal: 0, AtMost: true, Format: "%.0f", Got: ratio.Exact(float64(left))},
		{
			What: "lists: memory in use at page 1,000 over page 10", Goal: 1.1, AtMost: true, Got: ratio.Exact(late / early),
			Beside: fmt.Sprintf("%.1f MB, then %.1f MB", early/1e6, late/1e6),
		},
	}, nil
}

// ownGoroutines counts the goroutines that run the library's code, beside the
// one that asks. Those of connections are net/http's, and are kept on purpose.
func ownGoroutines() (n int) {
	all := make([]byte, 1<<20)
	all = all[:runtime.Stack(all, true)]
	for _, stack := range strings.Split(string(all), "\n\n")[1:] {
		if strings.Contains(stack, "intercom-go.") || strings.Contains(stack, "intercom-go/internal/") {
			n++
		}
	}
	return n
}

// measureGrowth reads a thousand pages and tells the memory in use near the
// beginning and at the end.
func measureGrowth() (early, late float64, err error) {
	const pages = 1000
	server, err := newEndlessServer(payload.ContactPages(1, payload.PageSize)[0], pages)
	if err != nil {
		return 0, 0, err
	}
	defer server.Close()
	client, err := newClient(server)
	if err != nil {
		return 0, 0, err
	}
	defer client.CloseIdleConnections()
	page := 0
	for _, err := range client.Contacts.Pages(context.Background(), intercom.ContactListParams{PerPage: payload.PageSize}) {
		if err != nil {
			return 0, 0, err
		}
		switch page++; page {
		case 10:
			early = memoryInUse()
		case pages:
			late = memoryInUse()
		}
	}
	if page != pages {
		return 0, 0, fmt.Errorf("read %d pages of %d", page, pages)
	}
	return early, late, nil
}

// memoryInUse is what the heap takes once everything unused is collected.
func memoryInUse() float64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapInuse)
}
