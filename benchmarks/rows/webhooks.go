package rows

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Webhooks compares receiving a notification with its signature alone, which is
// what nobody can leave out.
var Webhooks = Group{Name: "webhook", Measure: measureWebhooks}

func measureWebhooks(o Options) ([]Row, error) {
	result, err := o.inProgram("webhook")
	if err != nil {
		return nil, err
	}
	over := func(name string) ratio.Summary { return ratio.Summarize(result.Ratio(name, "hmac")) }
	return []Row{{
		What: fmt.Sprintf("webhook: %.1f kB verified and parsed, over HMAC alone", float64(len(payload.Notification()))/1e3), Goal: 2, AtMost: true,
		Got: over("parse"),
		Beside: fmt.Sprintf("%.1f µs, HMAC alone %.1f; with the body read into memory of its size %.2f, with io.ReadAll %.2f",
			result.Time("parse").Median/1e3, result.Time("hmac").Median/1e3, over("hmac and read").Median, over("hmac and ReadAll").Median),
	}}, nil
}

// inProgram measures in a program of its own.
func (o Options) inProgram(name string) (*ratio.Result, error) {
	folder, err := os.MkdirTemp("", name)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, name)
	if _, err := build(nil, program, name); err != nil {
		return nil, err
	}
	run := exec.Command(program, "-rounds", strconv.Itoa(o.Rounds), "-slice", (5 * o.Slice).String())
	run.Stderr = os.Stderr
	out, err := run.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	result := new(ratio.Result)
	return result, json.Unmarshal(out, result)
}
