package intercom

import "runtime"

// aside is work on a goroutine of the library. Code of the caller runs there,
// too, such as hooks and RoundTrippers: what it panics with, or that it ends the
// goroutine, comes out of wait, on the goroutine of the caller, where it can be
// recovered.
type aside[T any] struct {
	done     chan struct{}
	result   T
	returned bool
	panicked any
}

// runAside begins with the work.
func runAside[T any](work func() T) *aside[T] {
	a := &aside[T]{done: make(chan struct{})}
	go func() {
		defer close(a.done)
		defer func() {
			if !a.returned {
				a.panicked = recover()
			}
		}()
		a.result = work()
		a.returned = true
	}()
	return a
}

// wait returns the result of the work when it has ended.
func (a *aside[T]) wait() T {
	<-a.done
	switch {
	case a.returned:
	case a.panicked != nil:
		panic(a.panicked)
	default:
		runtime.Goexit() // As the work has done, by testing.T.FailNow for one.
	}
	return a.result
}
