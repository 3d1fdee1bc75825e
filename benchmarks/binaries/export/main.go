// Command export reads all rows of an export from a server and prints how many
// there were, the most memory that the process had, and the most of Go's own,
// in bytes.
package main

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
)

func main() {
	client, err := intercom.NewClient("token", intercom.WithBaseURL(os.Args[1]))
	if err != nil {
		log.Fatal(err)
	}
	rows, heap := 0, uint64(0)
	for _, err := range client.Export.Rows(context.Background(), "hb3k9qv2") {
		if err != nil {
			log.Fatal(err)
		}
		if rows++; rows%100_000 == 0 {
			heap = max(heap, fromSystem())
		}
	}
	heap = max(heap, fromSystem())
	fmt.Println(rows, peak(heap), heap)
}

// fromSystem is what the Go runtime has got from the system and not given back.
func fromSystem() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Sys - stats.HeapReleased
}

// peak is the most memory that the process ever had, as Linux counts it; other
// systems don't tell, so that it is what Go had.
func peak(otherwise uint64) uint64 {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return otherwise
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var kilobytes uint64
		if name, value, _ := strings.Cut(lines.Text(), ":"); name == "VmHWM" {
			if _, err := fmt.Sscan(value, &kilobytes); err == nil {
				return kilobytes * 1024
			}
		}
	}
	return otherwise
}
