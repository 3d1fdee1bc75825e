package transport

import (
	"io"
	"sync"
)

const (
	// maxPooled is the largest buffer that is kept for another call: a rare
	// huge answer must not pin its memory for ever.
	maxPooled = 1 << 20
	// maxAhead bounds what a Content-Length alone can make us allocate; beyond
	// it the buffer grows as bytes really come.
	maxAhead = 1 << 20
	// minBuffer fits most single objects without growing.
	minBuffer = 16 << 10
	// minRead is the room that is kept for one Read.
	minRead = 512
)

// buffer is a pooled body.
type buffer struct{ bytes []byte }

var buffers sync.Pool

// newBuffer takes an empty buffer out of the pool.
func newBuffer() *buffer {
	if b, ok := buffers.Get().(*buffer); ok {
		return b
	}
	return &buffer{bytes: make([]byte, 0, minBuffer)}
}

// free puts the buffer back unless it has grown too large.
func (b *buffer) free() {
	if cap(b.bytes) <= maxPooled {
		b.bytes = b.bytes[:0]
		buffers.Put(b)
	}
}

// readAll reads the rest of r, at most limit bytes of it. announced is the
// Content-Length, negative if unknown. more tells that r has bytes beyond the
// limit.
func (b *buffer) readAll(r io.Reader, announced, limit int64) (more bool, err error) {
	b.reserve(announced, limit)
	for {
		if len(b.bytes) == cap(b.bytes) {
			b.grow()
		}
		n, err := r.Read(b.bytes[len(b.bytes):cap(b.bytes)])
		b.bytes = b.bytes[:len(b.bytes)+n]
		if int64(len(b.bytes)) > limit {
			b.bytes = b.bytes[:limit]
			return true, nil
		}
		switch err {
		case nil:
		case io.EOF:
			return false, nil
		default:
			return false, err
		}
	}
}

// reserve makes room for an announced body and one last Read that finds the
// end, within reason: servers lie.
func (b *buffer) reserve(announced, limit int64) {
	want := min(announced, limit, maxAhead) + minRead
	if announced < 0 || int64(cap(b.bytes)) >= want {
		return
	}
	b.bytes = make([]byte, 0, want)
}

// grow doubles the room and keeps the content.
func (b *buffer) grow() {
	grown := make([]byte, len(b.bytes), 2*cap(b.bytes)+minRead)
	copy(grown, b.bytes)
	b.bytes = grown
}
