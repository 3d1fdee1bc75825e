package transport

import "sync/atomic"

// Budget stops storms of retries: when a server is down, a client that sends
// everything three times keeps it down. Every retry takes its cost out (5, or
// 10 after a timeout, nothing where the server has named the time to come
// back), a retry that succeeds puts it back, and every success without a retry
// adds 1. With the default of 500 a hundred calls can be saved in a row; in a
// long outage retries add at most a fifth to the load.
type Budget struct {
	capacity int64
	left     atomic.Int64
}

// DefaultBudget is the capacity of a client's own budget.
const DefaultBudget = 500

// NewBudget makes a full budget; several clients may share it.
func NewBudget(capacity int) *Budget {
	b := &Budget{capacity: int64(max(capacity, 0))}
	b.left.Store(b.capacity)
	return b
}

// take takes the cost of a retry out, and tells whether there was enough.
func (b *Budget) take(cost int) bool {
	if cost == 0 {
		return true
	}
	for {
		left := b.left.Load()
		if left < int64(cost) {
			return false
		}
		if b.left.CompareAndSwap(left, left-int64(cost)) {
			return true
		}
	}
}

// succeeded puts back the cost of a retry that was worth it, or 1 for a call
// that needed none. A full budget costs one load.
func (b *Budget) succeeded(cost int) {
	back := int64(max(cost, 1))
	for {
		left := b.left.Load()
		if left >= b.capacity {
			return
		}
		if b.left.CompareAndSwap(left, min(left+back, b.capacity)) {
			return
		}
	}
}
