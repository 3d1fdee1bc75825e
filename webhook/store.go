package webhook

import (
	"context"
	"sync"
)

// Store remembers which notifications were handled, so that one that is sent
// again is not handled twice. Its methods are called by many goroutines. A
// store that several processes share (a table with the id as its key and a date
// to delete old rows by) makes up for the memory of a process.
type Store interface {
	// Seen tells whether a notification was marked. An error refuses the
	// delivery, which is then sent again.
	Seen(ctx context.Context, id string) (bool, error)
	// Mark remembers a notification. It is called only after the function for
	// it has succeeded. An error is told to the hook of WithErrorHook and
	// changes nothing else: the work is done.
	Mark(ctx context.Context, id string) error
}

// DefaultMemory is how many ids the store of a Handler without WithStore
// remembers. They take about a megabyte.
const DefaultMemory = 10_000

// MemoryStore is a Store in memory for the newest ids.
type MemoryStore struct {
	mu    sync.Mutex
	known map[string]struct{}
	ids   []string // ring, filled up to its capacity first
	next  int      // place of the oldest id once the ring is full
}

// NewMemoryStore returns a store for n ids; each further one takes the place of
// the oldest. Intercom sends again after a minute, so n has to cover a few
// minutes of notifications. If n is less than one, it is DefaultMemory.
func NewMemoryStore(n int) *MemoryStore {
	if n < 1 {
		n = DefaultMemory
	}
	return &MemoryStore{known: make(map[string]struct{}), ids: make([]string, 0, n)}
}

// Seen tells whether the id is among those remembered.
func (s *MemoryStore) Seen(_ context.Context, id string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.known[id]
	return ok, nil
}

// Mark remembers the id.
func (s *MemoryStore) Mark(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.known[id]; ok {
		return nil
	}
	s.known[id] = struct{}{}
	if len(s.ids) < cap(s.ids) {
		s.ids = append(s.ids, id)
		return nil
	}
	delete(s.known, s.ids[s.next])
	s.ids[s.next] = id
	s.next = (s.next + 1) % len(s.ids)
	return nil
}
