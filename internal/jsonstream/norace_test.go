//go:build !race

package jsonstream_test

// raceEnabled tells tests that count allocations to stay away: the race
// detector makes sync.Pool forget at random.
const raceEnabled = false
