package intercomtest

import (
	"sync/atomic"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// clock tells the time of the workspace.
type clock struct {
	base  func() time.Time
	ahead atomic.Int64 // nanoseconds
}

func (c *clock) now() time.Time { return c.base().Add(time.Duration(c.ahead.Load())) }

func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

// stamp is now as objects hold it.
func (c *clock) stamp() intercom.Timestamp { return intercom.TimestampOf(c.now()) }
