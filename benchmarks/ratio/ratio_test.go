package ratio

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	assert.Equal(t, Summary{2, 3, 4}, Summarize([]float64{5, 1, 4, 2, 3}))
	assert.Equal(t, Summary{1.25, 1.5, 1.75}, Summarize([]float64{2, 1}))
	assert.Equal(t, Exact(7), Summarize([]float64{7}))
}

func TestGeometricMean(t *testing.T) {
	t.Parallel()
	assert.InDeltaSlice(t, []float64{4, 6}, GeometricMean([]float64{2, 4}, []float64{8, 9}), 1e-9)
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	var sink []byte
	allocate := func(times int) func() error {
		return func() error {
			for range times {
				sink = make([]byte, 1000)
			}
			return nil
		}
	}
	result, err := Measure([]Case{{"many", allocate(400)}, {"few", allocate(100)}}, Options{Rounds: 5, Slice: 5 * time.Millisecond})
	require.NoError(t, err)
	assert.Len(t, result.Ratio("many", "few"), 5)
	assert.Greater(t, Summarize(result.Ratio("many", "few")).Median, 1.0)
	assert.Positive(t, result.Time("few").Low)
	assert.NotNil(t, sink)
	assert.InDelta(t, 400, result.Allocs("many"), 40)

	text, err := json.Marshal(result)
	require.NoError(t, err)
	copied := new(Result)
	require.NoError(t, json.Unmarshal(text, copied))
	assert.Equal(t, result.Ratio("many", "few"), copied.Ratio("many", "few"))
}

func TestMeasureStopsAtAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	_, err := Measure([]Case{{"case", func() error { return broken }}}, Options{Rounds: 1, Slice: time.Millisecond})
	require.ErrorIs(t, err, broken)
}

func TestClocksGoOn(t *testing.T) {
	t.Parallel()
	wall, processor := WallTime(), ProcessorTime()
	sum := 0
	for i := 0; ProcessorTime()-processor < 5*time.Millisecond; i++ {
		sum += i
	}
	assert.Positive(t, sum)
	assert.GreaterOrEqual(t, WallTime()-wall, time.Millisecond)
}
