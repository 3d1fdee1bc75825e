package rows

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
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
	server := newSlowServer(payload.OneContact(), serverTakes)
	defer server.Close()
	client, err := newClient(server.Server)
	if err != nil {
		return Row{}, err
	}
	defer client.CloseIdleConnections()
	wide := &http.Transport{MaxIdleConnsPerHost: callers}
	defer wide.CloseIdleConnections()
	byHand := &handCall{client: &http.Client{Transport: wide}, base: server.URL, decode: ours(payload.Contact)}
	get := func() error { _, err := client.Contacts.Get(context.Background(), "1"); return err }
	getByHand := func() error { return byHand.get("1") }
	var rates, ratesByHand, nominal, slept []float64
	for range min(o.Rounds, 9) + 1 { // The first one opens the connections.
		for _, way := range []struct {
			call  func() error
			rates *[]float64
		}{{get, &rates}, {getByHand, &ratesByHand}} {
			server.took.Store(0)
			took, err := together(way.call)
			if err != nil {
				return Row{}, err
			}
			inServer := time.Duration(server.took.Load())
			*way.rates = append(*way.rates, float64(inServer)/float64(took))
			nominal = append(nominal, float64(callers*callsEach*serverTakes)/float64(took))
			slept = append(slept, float64(inServer.Microseconds())/(callers*callsEach))
		}
	}
	return Row{
		What: "64 goroutines, 20 ms server: calls per second over the ideal", Goal: 0.95, Format: "%.3f",
		Got: ratio.Summarize(rates[1:]),
		Beside: fmt.Sprintf("%.3f on net/http by hand; 20 ms were %.1f in the server, and both come to %.3f of what 20.0 would allow",
			ratio.Summarize(ratesByHand[1:]).Median, ratio.Summarize(slept[2:]).Median/1e3, ratio.Summarize(nominal[2:]).Median),
	}, nil
}

// slowServer takes a while for every answer, and tells how long that was in all:
// timers are late by up to a millisecond.
type slowServer struct {
	*httptest.Server
	took atomic.Int64
}

func newSlowServer(body []byte, latency time.Duration) *slowServer {
	s := new(slowServer)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		began := time.Now()
		time.Sleep(latency)
		s.took.Add(int64(time.Since(began)))
		rateHeaders(w.Header())
		_, _ = w.Write(body)
	}))
	return s
}

// together makes all calls of all callers and returns how long they waited for
// them, the times of all callers added up. Callers begin one after the other, as
// they do when they have nothing to do with each other: all at once, each would
// wait for the others' turn on the few cores of the machine.
func together(call func() error) (took time.Duration, err error) {
	var group sync.WaitGroup
	var sum atomic.Int64
	failed := make(chan error, callers)
	for i := range callers {
		group.Go(func() {
			time.Sleep(serverTakes * time.Duration(i) / callers)
			began := time.Now()
			for range callsEach {
				if err := call(); err != nil {
					failed <- err
					return
				}
			}
			sum.Add(int64(time.Since(began)))
		})
	}
	group.Wait()
	close(failed)
	return time.Duration(sum.Load()), <-failed
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
