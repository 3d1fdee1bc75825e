// Command export reads all rows of an export from a server and prints how many
// there were, the most memory that the process had of its own, and the most that
// was resident with the pages of the program's file, in bytes.
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
	rows, most := 0, uint64(0)
	for _, err := range client.Export.Rows(context.Background(), "hb3k9qv2") {
		if err != nil {
			log.Fatal(err)
		}
		if rows++; rows%10_000 == 0 {
			most = max(most, fromSystem())
		}
	}
	own, resident := peak(most)
	fmt.Println(rows, own, resident)
}

// fromSystem is what the Go runtime has got from the system and not given back.
func fromSystem() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Sys - stats.HeapReleased
}

// peak is the most memory that the process ever had, as Linux counts it: without
// the pages of files, which it shares with others and can drop at any time, and
// with them. Other systems don't tell, so that both are what Go had.
func peak(otherwise uint64) (own, resident uint64) {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return otherwise, otherwise
	}
	defer file.Close()
	kilobytes := map[string]uint64{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		var n uint64
		if _, err := fmt.Sscan(value, &n); err == nil {
			kilobytes[name] = n
		}
	}
	return (kilobytes["VmHWM"] - kilobytes["RssFile"]) * 1024, kilobytes["VmHWM"] * 1024
}
