package transport

import (
	"sync"
	"testing"
)

func TestBudget(t *testing.T) {
	t.Parallel()
	budget := NewBudget(20)
	for i, step := range []struct {
		take int
		want bool
		back int
	}{
		{take: 10, want: true},
		{take: 10, want: true},
		{take: 5, want: false},
		{take: 0, want: true},
		{take: 0, want: true, back: 5},
		{take: 5, want: true},
		{take: 1, want: false},
	} {
		if step.back > 0 {
			budget.succeeded(step.back)
		}
		if got := budget.take(step.take); got != step.want {
			t.Errorf("step %d: take(%d) is %v", i, step.take, got)
		}
	}
	for range 100 {
		budget.succeeded(0)
	}
	if got := budget.left.Load(); got != 20 {
		t.Errorf("%d left after many successes, want the capacity of 20", got)
	}
}

func TestBudgetIsShared(t *testing.T) {
	t.Parallel()
	budget := NewBudget(1000)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 1000 {
				if budget.take(5) {
					budget.succeeded(5)
				}
			}
		})
	}
	group.Wait()
	if got := budget.left.Load(); got != 1000 {
		t.Errorf("%d left, want 1000", got)
	}
}

// When the server is down, retries end after the budget, however many calls
// come.
func TestBudgetStopsAStorm(t *testing.T) {
	t.Parallel()
	requests := 0
	client := newTestClient(t, counting(&requests, 503), func(config *Config) { config.Budget = NewBudget(50) })
	call := request(getContact, func(s *Settings) { s.MinBackoff = 0 })
	for range 100 {
		if _, err := do(client, call); err == nil {
			t.Fatal("no error")
		}
	}
	if requests != 110 {
		t.Errorf("%d requests for 100 calls, want 10 retries", requests)
	}
}
