package intercomtest

import (
	"cmp"
	"slices"

	"github.com/seed-8b687bef/intercom-go"
)

// shelf keeps the objects of one kind: it finds them by id and knows the order
// in which they were created. The zero shelf is empty.
type shelf[T any] struct {
	byID  map[string]*item[T]
	items []*item[T] // from the oldest to the newest, unless messy
	last  uint64
	messy bool
}

// item is an object on a shelf.
type item[T any] struct {
	id      string
	created int64  // Unix seconds
	seq     uint64 // tells apart what was created in the same second
	value   T
}

// put adds an object; one with the same id is replaced.
func (s *shelf[T]) put(id string, created intercom.Timestamp, value T) *item[T] {
	s.remove(id)
	if s.byID == nil {
		s.byID = map[string]*item[T]{}
	}
	s.last++
	it := &item[T]{id: id, created: created.Unix(), seq: s.last, value: value}
	if n := len(s.items); n > 0 && s.items[n-1].created > it.created {
		s.messy = true
	}
	s.items = append(s.items, it)
	s.byID[id] = it
	return it
}

// get returns an object, nil if there is none.
func (s *shelf[T]) get(id string) *item[T] { return s.byID[id] }

// value returns a pointer to the object itself, nil if there is none.
func (s *shelf[T]) value(id string) *T {
	if it := s.byID[id]; it != nil {
		return &it.value
	}
	return nil
}

// remove takes an object away.
func (s *shelf[T]) remove(id string) {
	it := s.byID[id]
	if it == nil {
		return
	}
	delete(s.byID, id)
	if i, ok := slices.BinarySearchFunc(s.all(), it, compareItems[T]); ok {
		s.items = slices.Delete(s.items, i, i+1)
	}
}

// all returns the objects from the oldest to the newest. The slice is the
// shelf's own.
func (s *shelf[T]) all() []*item[T] {
	if s.messy {
		slices.SortFunc(s.items, compareItems[T])
		s.messy = false
	}
	return s.items
}

// newest returns the objects from the newest to the oldest, in a slice of its
// own.
func (s *shelf[T]) newest() []*item[T] {
	list := slices.Clone(s.all())
	slices.Reverse(list)
	return list
}

func (s *shelf[T]) size() int { return len(s.items) }

func compareItems[T any](a, b *item[T]) int {
	return cmp.Or(cmp.Compare(a.created, b.created), cmp.Compare(a.seq, b.seq))
}
