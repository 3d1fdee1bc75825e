package webhook_test

import (
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go/webhook"
)

func TestMemoryStore(t *testing.T) {
	t.Parallel()
	s := webhook.NewMemoryStore(3)
	seen := func(id string) bool {
		known, err := s.Seen(t.Context(), id)
		require.NoError(t, err)
		return known
	}
	assert.False(t, seen("1"))
	for i := range 3 {
		require.NoError(t, s.Mark(t.Context(), strconv.Itoa(i)))
		require.NoError(t, s.Mark(t.Context(), strconv.Itoa(i)), "twice takes one place")
	}
	assert.True(t, seen("0"))
	for i := 3; i < 11; i++ {
		require.NoError(t, s.Mark(t.Context(), strconv.Itoa(i)))
		assert.False(t, seen(strconv.Itoa(i-3)), "the oldest goes")
		for kept := i - 2; kept <= i; kept++ {
			assert.True(t, seen(strconv.Itoa(kept)))
		}
	}
}

func TestMemoryStoreDefault(t *testing.T) {
	t.Parallel()
	s := webhook.NewMemoryStore(0)
	for i := range webhook.DefaultMemory + 1 {
		require.NoError(t, s.Mark(t.Context(), strconv.Itoa(i)))
	}
	oldest, _ := s.Seen(t.Context(), "0")
	next, _ := s.Seen(t.Context(), "1")
	assert.False(t, oldest)
	assert.True(t, next)
}

func TestMemoryStoreConcurrent(t *testing.T) {
	t.Parallel()
	s := webhook.NewMemoryStore(16)
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 200 {
				id := strconv.Itoa(g*1000 + i + 10)
				_ = s.Mark(t.Context(), id)
				if known, err := s.Seen(t.Context(), "9"); known || err != nil {
					t.Errorf("9 was never marked: %v %v", known, err)
				}
			}
		})
	}
	group.Wait()
}
