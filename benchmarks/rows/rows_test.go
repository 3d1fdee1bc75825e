package rows

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

func TestVerdictLooksAtTheInterval(t *testing.T) {
	t.Parallel()
	atLeast := func(low, median, high float64) Row {
		return Row{Goal: 2, Got: ratio.Summary{Low: low, Median: median, High: high}}
	}
	atMost := func(low, median, high float64) Row {
		r := atLeast(low, median, high)
		r.AtMost = true
		return r
	}
	assert.Equal(t, OK, atLeast(2, 3, 4).Verdict())
	assert.Equal(t, Missed, atLeast(1.9, 3, 4).Verdict())
	assert.Equal(t, OK, atMost(1, 1.5, 2).Verdict())
	assert.Equal(t, Missed, atMost(1, 1.5, 2.1).Verdict())
	limited := atMost(1, 1.5, 2.1)
	limited.Limit = "physics"
	assert.Equal(t, Limit, limited.Verdict())
	limited.Got.High = 2
	assert.Equal(t, OK, limited.Verdict())
}

func TestRoundsOnTwoCores(t *testing.T) {
	t.Parallel()
	good := Row{Goal: 0.95}
	good.onTwoCores([]float64{1, 0.8, 0.96, 0.7}, []float64{1, 0.6, 0.95, 0.94})
	assert.Equal(t, ratio.Summarize([]float64{1, 0.96}), good.Got)
	assert.Equal(t, OK, good.Verdict())
	assert.Equal(t, "all rounds 0.88, in 2 of 4 the machine had two cores (unpacking twice at once 0.94)", good.Beside)

	slow := Row{Goal: 0.95}
	slow.onTwoCores([]float64{0.9, 0.8, 0.9, 2}, []float64{1, 1, 1, 0.5})
	assert.Equal(t, Missed, slow.Verdict(), "the cores were there")

	alone := Row{Goal: 0.95}
	alone.onTwoCores([]float64{1, 0.8, 0.8, 0.7}, []float64{1, 0.6, 0.7, 0.7})
	assert.Equal(t, ratio.Summarize([]float64{1, 0.8, 0.8, 0.7}), alone.Got, "one round tells nothing")
	assert.Equal(t, Limit, alone.Verdict())

	worse := Row{Goal: 0.95}
	worse.onTwoCores([]float64{1, 0.8, 0.8, 0.7}, []float64{1, 0.6, 0.9, 0.9})
	assert.Equal(t, Missed, worse.Verdict(), "the machine is not all that stands in the way")
}

func TestTable(t *testing.T) {
	t.Parallel()
	list := []Row{{What: "speed", Goal: 2, Got: ratio.Exact(3), Beside: "by hand 1"}, {What: "size", Goal: 5, AtMost: true, Format: "%.0f", Got: ratio.Exact(6)}}
	var text strings.Builder
	require.NoError(t, Markdown(&text, list))
	assert.Equal(t, `| what | goal | median | quartiles | verdict | beside it |
|---|---|---|---|---|---|
| speed | ≥ 2.00 | 3.00 | 3.00 – 3.00 | ok | by hand 1 |
| size | ≤ 5 | 6 | 6 – 6 | missed |  |
`, text.String())
	text.Reset()
	require.NoError(t, Print(&text, list))
	assert.Contains(t, text.String(), "speed  ≥ 2.00  3.00    3.00 – 3.00  ok       by hand 1")
}

// All ways to read the list see all of it, plain and packed.
func TestListsAreReadToTheirEnd(t *testing.T) {
	t.Parallel()
	server := newListServer(payload.ContactPages(listPages, payload.PageSize), 0)
	defer server.Close()
	cases, done, err := listCases(server)
	require.NoError(t, err)
	defer done()
	require.Len(t, cases, 8)
	for _, c := range cases {
		before := server.requests.Load()
		require.NoError(t, c.Run(), c.Name)
		assert.Equal(t, int64(listPages), server.requests.Load()-before, c.Name)
	}
}
