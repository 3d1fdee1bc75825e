package rows

import (
	"fmt"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Webhooks compares receiving a notification with its signature alone, which is
// what nobody can leave out.
var Webhooks = Group{Name: "webhook", Measure: measureWebhooks}

func measureWebhooks(o Options) ([]Row, error) {
	long := o.Options
	long.Slice *= 4
	result, err := measureAlone("webhook", long)
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
