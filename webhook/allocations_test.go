//go:build !race

package webhook_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-8b687bef/intercom-go/webhook"
)

// TestParseBudget holds that a notification costs the list of secrets, its body,
// itself, and a place for its texts. The race detector makes sync.Pool forget at
// random, so that allocations can't be counted under it.
func TestParseBudget(t *testing.T) { //nolint:paralleltest // Allocations of other tests would be counted.
	for _, name := range benchmarks {
		body, sent := sample(t, name), new(sentBody)
		r := post(body)
		r.Body = sent
		got := testing.AllocsPerRun(100, func() {
			sent.Reset(body)
			if _, err := webhook.Parse(r, secret); err != nil {
				t.Error(err)
			}
		})
		assert.LessOrEqual(t, got, 4.0, name)
	}
}
