package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
	"github.com/seed-8b687bef/intercom-go/benchmarks/rows"
)

func sample() *report {
	r := newReport()
	r.add("", []rows.Row{{What: "speed", Goal: 2, Got: ratio.Exact(3)}})
	r.add("Apart", []rows.Row{{What: "size", Goal: 2, AtMost: true, Got: ratio.Exact(3)}})
	r.add("", []rows.Row{{What: "more speed", Goal: 4, Got: ratio.Exact(3), Limit: "light"}})
	r.add("Nothing", nil)
	return r
}

func TestReportCountsWhatIsMissed(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 1, sample().missed())
	assert.Len(t, sample().rows(), 3)
}

func TestReportHasATableForEachTitle(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	require.NoError(t, sample().markdown(&text))
	assert.Regexp(t, `(?s)### All\n.*\| speed .*\| more speed .*### Apart\n.*\| size `, text.String())
	assert.NotContains(t, text.String(), "Nothing")
	text.Reset()
	require.NoError(t, sample().print(&text))
	assert.Regexp(t, `(?s)speed .*more speed .*Apart\n.*size .*missed`, text.String())
}

func TestTablesTakeTheirPlaceInAText(t *testing.T) {
	t.Parallel()
	text := "before\n" + resultsBegin + "old\n" + resultsEnd + "after\n"
	for range 2 {
		var err error
		text, err = sample().embed(text)
		require.NoError(t, err)
		assert.Regexp(t, `(?s)^before\n<!-- results.*\| size .*-->\nafter\n$`, text)
		assert.Equal(t, 1, strings.Count(text, "| size "))
		assert.NotContains(t, text, "old")
	}
	_, err := sample().embed("no place")
	require.Error(t, err)
}
