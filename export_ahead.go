package intercom

import (
	"io"
	"time"
)

// aheadReader reads on another goroutine while what it has read is worked on,
// so that unpacking and parsing share the work of two cores.
type aheadReader struct {
	full  chan []byte   // what was read
	empty chan []byte   // buffers to read into
	ended *aside[error] // how it ended, to be waited for when full is closed
	chunk []byte        // the buffer that is being given
	rest  []byte        // what is left in it
}

const (
	// aheadChunks is how many buffers are read ahead at most, and aheadSize how
	// large they are. Handing small ones over would cost more than the work in
	// them: each time the other core has to be woken up. And the more there is of
	// them, the longer one side goes on while the other is held up.
	aheadChunks = 4
	aheadSize   = 512 << 10
	// aheadPause is after how long a buffer is handed over that is not full.
	aheadPause = 10 * time.Millisecond
)

// readAhead begins to read. Nobody else may use source until stop.
func readAhead(source io.Reader) *aheadReader {
	a := &aheadReader{full: make(chan []byte, aheadChunks), empty: make(chan []byte, aheadChunks)}
	a.ended = runAside(func() error { return a.fill(source) })
	return a
}

// fill reads until the end, or until there are no more buffers. It returns how
// the source ended.
func (a *aheadReader) fill(source io.Reader) error {
	defer close(a.full)
	for made := 0; ; {
		buffer, ok := a.buffer(&made)
		if !ok {
			return nil
		}
		n, err := readFor(aheadPause, source, buffer)
		a.full <- buffer[:n] // There is room for all buffers.
		if err != nil {
			return err
		}
	}
}

// buffer gives one to read into: a new one as long as none is left and few were
// made, so that a small file takes one only. It is not ok when stop was called.
func (a *aheadReader) buffer(made *int) (buffer []byte, ok bool) {
	select {
	case buffer, ok = <-a.empty:
		return buffer, ok
	default:
	}
	if *made < aheadChunks {
		*made++
		return make([]byte, aheadSize), true
	}
	buffer, ok = <-a.empty
	return buffer, ok
}

// readFor fills a buffer, or as much of it as comes before the pause is over.
func readFor(pause time.Duration, source io.Reader, buffer []byte) (n int, err error) {
	for began := time.Now(); ; {
		m, err := source.Read(buffer[n:])
		if n += m; err != nil || n == len(buffer) || time.Since(began) >= pause {
			return n, err
		}
	}
}

// Read implements io.Reader.
func (a *aheadReader) Read(p []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.chunk != nil {
			a.empty <- a.chunk[:cap(a.chunk)]
			a.chunk = nil
		}
		chunk, ok := <-a.full
		if !ok {
			return 0, a.ended.wait()
		}
		a.chunk, a.rest = chunk, chunk
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// stop ends the reading and waits until it has ended.
func (a *aheadReader) stop() {
	close(a.empty)
	for range a.full {
		// It ends when the goroutine does.
	}
	<-a.ended.done
}
