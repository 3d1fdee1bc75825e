//go:build !unix

package ratio

import "time"

// ProcessorTime is the time on the wall where there is no other.
func ProcessorTime() time.Duration { return WallTime() }
