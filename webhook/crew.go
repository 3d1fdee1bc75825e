package webhook

import "sync"

// A crew knows which notifications are in work, and does work beside the
// answers if it has places. It has no goroutine while there is nothing to do.
type crew struct {
	places  int // goroutines at once; 0 if work is done before the answer
	waiting int // length of the queue

	mu      sync.Mutex
	running int
	queue   []func()
	active  int                 // notifications between begin and end
	ids     map[string]struct{} // those of them that have an id
	closed  bool
	drained chan struct{} // closed when closed and nothing is active
}

// begin enters a notification. Each has to end.
func (c *crew) begin(id string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return ErrShutdown
	}
	if _, ok := c.ids[id]; ok {
		return ErrBusy
	}
	if id != "" {
		if c.ids == nil {
			c.ids = make(map[string]struct{})
		}
		c.ids[id] = struct{}{}
	}
	c.active++
	return nil
}

func (c *crew) end(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.ids, id)
	if c.active--; c.closed && c.active == 0 {
		close(c.drained)
	}
}

// submit hands a job to a goroutine or to the queue; false if it is full. Jobs
// begin in the order in which they came.
func (c *crew) submit(job func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.running < c.places:
		c.running++
		go c.work(job)
	case len(c.queue) < c.waiting:
		c.queue = append(c.queue, job)
	default:
		return false
	}
	return true
}

// work does one job and hands its place on, even if the job ends its goroutine.
func (c *crew) work(job func()) {
	defer c.next()
	job()
}

func (c *crew) next() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.queue) == 0 {
		c.running--
		return
	}
	job := c.queue[0]
	c.queue[0] = nil // the array would keep its notification
	c.queue = c.queue[1:]
	go c.work(job)
}

// close lets nothing begin any more. The channel is closed when nothing is
// active.
func (c *crew) close() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.closed = true
		c.drained = make(chan struct{})
		if c.active == 0 {
			close(c.drained)
		}
	}
	return c.drained
}
