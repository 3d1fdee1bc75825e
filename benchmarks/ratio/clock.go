package ratio

import "time"

var epoch = time.Now()

// WallTime is the time on the wall.
func WallTime() time.Duration { return time.Since(epoch) }
