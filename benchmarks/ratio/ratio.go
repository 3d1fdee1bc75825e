// Package ratio compares the speed of functions on machines that are never
// quiet: all are run in short turns, one after the other and in an order that is
// shuffled anew every time, and only what was measured in the same round is
// compared. Whatever slows the machine down for a while slows all of them down.
package ratio

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"time"
)

// A Case is one function to measure.
type Case struct {
	Name string
	Run  func() error
}

// Options say how long to measure.
type Options struct {
	Rounds int
	Slice  time.Duration // of one case in one round, all of its turns together
	// Turn is how long a case runs before the next one does. It should be shorter
	// than a machine stays as fast as it is, and longer than it takes to collect
	// the garbage, so that mostly everybody collects his own. It is ten
	// milliseconds unless told.
	Turn time.Duration
	Log  io.Writer // gets what was measured as lines for benchstat; nil for none
	// Clock tells the time that is measured, WallTime unless told. What only
	// computes is better measured in ProcessorTime.
	Clock func() time.Duration
}

// Result is what was measured.
type Result struct {
	cases map[string]*samples
}

type samples struct {
	Times  []float64 // nanoseconds of one run, by round
	Allocs float64   // allocations of one run
	Bytes  float64   // and their bytes

	takes time.Duration // what one run took at first
}

// MarshalJSON writes a result for another process.
func (r *Result) MarshalJSON() ([]byte, error) { return json.Marshal(r.cases) }

// UnmarshalJSON reads the result of another process.
func (r *Result) UnmarshalJSON(text []byte) error { return json.Unmarshal(text, &r.cases) }

// Measure runs the cases.
func Measure(cases []Case, o Options) (*Result, error) {
	if o.Clock == nil {
		o.Clock = WallTime
	}
	if o.Turn == 0 {
		o.Turn = 10 * time.Millisecond
	}
	result := &Result{cases: map[string]*samples{}}
	longest := o.Turn
	for _, c := range cases {
		if result.cases[c.Name] != nil {
			return nil, fmt.Errorf("ratio: two cases are called %s", c.Name)
		}
		s, err := calibrate(c, o)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		result.cases[c.Name] = s
		longest = max(longest, s.takes)
	}
	turns := max(int(o.Slice/longest), 1)
	random := rand.New(rand.NewPCG(1, 2))
	for range o.Rounds {
		if err := result.round(cases, turns, min(longest, o.Slice), random, o); err != nil {
			return nil, err
		}
	}
	return result, nil
}

// calibrate warms a case up and finds out how long a run takes, and what it
// allocates.
func calibrate(c Case, o Options) (*samples, error) {
	if err := c.Run(); err != nil {
		return nil, err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start, n := o.Clock(), 0
	for n == 0 || o.Clock()-start < o.Slice {
		if err := c.Run(); err != nil {
			return nil, err
		}
		n++
	}
	takes := (o.Clock() - start) / time.Duration(n)
	runtime.ReadMemStats(&after)
	return &samples{
		takes:  takes,
		Allocs: float64(after.Mallocs-before.Mallocs) / float64(n),
		Bytes:  float64(after.TotalAlloc-before.TotalAlloc) / float64(n),
	}, nil
}

// round measures all cases in turns.
func (r *Result) round(cases []Case, turns int, turn time.Duration, random *rand.Rand, o Options) error {
	elapsed := make([]time.Duration, len(cases))
	runs := func(i int) int { return max(int(turn/max(r.cases[cases[i].Name].takes, 1)), 1) }
	for range turns {
		for _, i := range random.Perm(len(cases)) {
			start := o.Clock()
			for range runs(i) {
				if err := cases[i].Run(); err != nil {
					return fmt.Errorf("%s: %w", cases[i].Name, err)
				}
			}
			elapsed[i] += o.Clock() - start
		}
	}
	for i, c := range cases {
		s, n := r.cases[c.Name], turns*runs(i)
		s.Times = append(s.Times, float64(elapsed[i].Nanoseconds())/float64(n))
		if o.Log != nil {
			fmt.Fprintf(o.Log, "Benchmark%s %d %.1f ns/op %.0f B/op %.0f allocs/op\n", strings.ReplaceAll(c.Name, " ", "_"), n, s.Times[len(s.Times)-1], s.Bytes, s.Allocs)
		}
	}
	return nil
}

// Add takes the cases of another result in.
func (r *Result) Add(other *Result) {
	if r.cases == nil {
		r.cases = map[string]*samples{}
	}
	maps.Copy(r.cases, other.cases)
}

// Time is how long one run of a case takes, in nanoseconds.
func (r *Result) Time(name string) Summary { return Summarize(r.get(name).Times) }

// Allocs is how many allocations one run of a case makes.
func (r *Result) Allocs(name string) float64 { return r.get(name).Allocs }

// Ratio is the time of a over the time of b, round by round: how many times as
// fast b is.
func (r *Result) Ratio(a, b string) []float64 {
	x, y := r.get(a).Times, r.get(b).Times
	ratios := make([]float64, len(x))
	for i := range x {
		ratios[i] = x[i] / y[i]
	}
	return ratios
}

func (r *Result) get(name string) *samples {
	s, ok := r.cases[name]
	if !ok {
		panic("ratio: there is no case " + name)
	}
	return s
}

// GeometricMean is the mean of several ratios, round by round.
func GeometricMean(lists ...[]float64) []float64 {
	means := make([]float64, len(lists[0]))
	for i := range means {
		logs := 0.0
		for _, list := range lists {
			logs += math.Log(list[i])
		}
		means[i] = math.Exp(logs / float64(len(lists)))
	}
	return means
}

// Summary is the median of some numbers and their quartiles.
type Summary struct{ Low, Median, High float64 }

// Exact is the summary of a number that is the same every time.
func Exact(v float64) Summary { return Summary{v, v, v} }

// Summarize sorts a copy of the numbers; there is at least one.
func Summarize(numbers []float64) Summary {
	list := slices.Sorted(slices.Values(numbers))
	return Summary{quantile(list, .25), quantile(list, .5), quantile(list, .75)}
}

// quantile interpolates between the two numbers around the place.
func quantile(list []float64, q float64) float64 {
	place := q * float64(len(list)-1)
	i := int(place)
	if i+1 >= len(list) {
		return list[len(list)-1]
	}
	return list[i] + (place-float64(i))*(list[i+1]-list[i])
}
