package transport

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReadAll(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, minBuffer - 1, minBuffer, minBuffer + 1, 3*minBuffer + 7, maxPooled + 5} {
		content := bytes.Repeat([]byte("x"), size)
		for _, announced := range []int64{-1, 0, int64(size), 1 << 50} {
			for name, reader := range map[string]io.Reader{"whole": bytes.NewReader(content), "end with the data": iotest.DataErrReader(bytes.NewReader(content))} {
				held := newBuffer()
				more, err := held.readAll(reader, announced, 64<<20)
				if more || err != nil || !bytes.Equal(held.bytes, content) {
					t.Errorf("%s, %d bytes, announced %d: got %d, %v, %v", name, size, announced, len(held.bytes), more, err)
				}
				held.free()
			}
		}
	}
}

func TestReadAllStopsAtTheLimit(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		size  int
		limit int64
		more  bool
	}{{99, 100, false}, {100, 100, false}, {101, 100, true}, {1 << 20, 100, true}, {1, 0, true}, {0, 0, false}} {
		held := &buffer{}
		more, err := held.readAll(strings.NewReader(strings.Repeat("x", test.size)), -1, test.limit)
		if more != test.more || err != nil || int64(len(held.bytes)) > test.limit {
			t.Errorf("%+v: got %d bytes, %v, %v", test, len(held.bytes), more, err)
		}
	}
}

func TestReadAllKeepsTheError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	held := newBuffer()
	_, err := held.readAll(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken)), 10, 100)
	if !errors.Is(err, broken) || string(held.bytes) != "abc" {
		t.Errorf("got %q, %v", held.bytes, err)
	}
}

// A Content-Length is a promise, not a reason to fill the memory.
func TestReserveDoesNotTrustTheServer(t *testing.T) {
	t.Parallel()
	held := &buffer{}
	held.reserve(1<<50, 64<<20)
	if cap(held.bytes) > maxAhead+minRead {
		t.Errorf("%d bytes were allocated ahead", cap(held.bytes))
	}
}

//nolint:paralleltest // It looks at a buffer that others could take from the pool.
func TestRelease(t *testing.T) {
	response := &Response{buffer: &buffer{bytes: make([]byte, 0, 10)}}
	body := append(make([]byte, 0, 100), "grown by the decoder"...)
	held := response.buffer
	response.Release(body)
	if cap(held.bytes) != 100 || response.Body != nil {
		t.Error("the grown buffer was not taken back")
	}
	response.Release(body)
	response.Release(nil)
	new(Response).Release([]byte("x"))

	large := &buffer{bytes: make([]byte, 0, 2*maxPooled)}
	large.free()
	for range 10 {
		if cap(newBuffer().bytes) > maxPooled {
			t.Fatal("a buffer that has grown too large was kept")
		}
	}
}
