//go:build unix

package ratio

import (
	"syscall"
	"time"
)

// ProcessorTime is the time that all processors worked for this process,
// collecting its garbage included. Other processes take nothing of it, so that
// it holds on a busy machine; and what is done on another core beside the
// measured function counts, which the wall does not see on an idle one.
func ProcessorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return WallTime()
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
