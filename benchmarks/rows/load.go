package rows

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Load measures many goroutines at once: against a server that takes a while,
// and under a rate limit.
var Load = Group{Name: "load", Measure: measureLoad}

const (
	callers      = 64
	callsEach    = 25
	serverTakes  = 20 * time.Millisecond
	windowTest   = "TestWindowIsShared"
	windowUsed   = "used"
	windowDenied = "refused"
)

func measureLoad(o Options) ([]Row, error) {
	calls, err := measureConcurrency(o)
	if err != nil {
		return nil, err
	}
	used, refused, err := measureWindow()
	if err != nil {
		return nil, err
	}
	return []Row{
		calls,
		{What: "rate limit: share of the windows used by 64 goroutines, after the first", Goal: 0.95, Format: "%.3f", Got: ratio.Exact(used), Beside: "30 windows in virtual time"},
		{What: "rate limit: share of 429 after the first window", Goal: 0.01, AtMost: true, Format: "%.3f", Got: ratio.Exact(refused), Beside: "the same"},
	}, nil
}

// measureConcurrency lets 64 goroutines call a server that takes 20 ms.
func measureConcurrency(o Options) (Row, error) {
	server := fixedServer(payload.OneContact(), serverTakes)
	defer server.Close()
	client, err := newClient(server)
	if err != nil {
		return Row{}, err
	}
	defer client.CloseIdleConnections()
	wide := &http.Transport{MaxIdleConnsPerHost: callers}
	defer wide.CloseIdleConnections()
	byHand := &handCall{client: &http.Client{Transport: wide}, base: server.URL, decode: ours(payload.Contact)}
	result, err := ratio.Measure([]ratio.Case{
		{Name: "ours", Run: func() error {
			return together(func() error { _, err := client.Contacts.Get(context.Background(), "1"); return err })
		}},
		{Name: "by hand", Run: func() error { return together(func() error { return byHand.get("1") }) }},
	}, o.few(9))
	if err != nil {
		return Row{}, err
	}
	ideal := float64(callsEach * serverTakes)
	over := func(name string) ratio.Summary {
		time := result.Time(name)
		return ratio.Summary{Low: ideal / time.High, Median: ideal / time.Median, High: ideal / time.Low}
	}
	return Row{
		What: "64 goroutines, 20 ms server: calls per second over the ideal", Goal: 0.95, Format: "%.3f", Got: over("ours"),
		Beside: fmt.Sprintf("%.3f on net/http by hand", over("by hand").Median),
	}, nil
}

// together makes all calls of all callers.
func together(call func() error) error {
	var group sync.WaitGroup
	failed := make(chan error, callers)
	for range callers {
		group.Go(func() {
			for range callsEach {
				if err := call(); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	group.Wait()
	close(failed)
	return <-failed
}

// attribute is how a test tells a figure.
var attribute = regexp.MustCompile(`=== ATTR +` + windowTest + ` (\w+) ([0-9.]+)`)

// measureWindow runs the test that shares the windows of a rate limit, because
// virtual time is for tests only.
func measureWindow() (used, refused float64, err error) {
	test := exec.Command("go", "test", "-tags", "intercom_benchmarks", "-count=1", "-v", "-run", "^"+windowTest+"$", "./rows")
	test.Stderr = os.Stderr
	out, err := test.Output()
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %s", err, out)
	}
	figures := map[string]float64{}
	for _, match := range attribute.FindAllSubmatch(out, -1) {
		figures[string(match[1])], _ = strconv.ParseFloat(string(match[2]), 64)
	}
	if len(figures) != 2 {
		return 0, 0, errors.New("the test told no figures")
	}
	return figures[windowUsed], figures[windowDenied], nil
}
