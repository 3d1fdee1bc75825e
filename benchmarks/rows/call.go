package rows

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
)

// Call compares one call with the same on net/http by hand, with the same
// decoder, over TCP on this machine.
var Call = Group{Name: "call", Measure: measureCall}

func measureCall(o Options) ([]Row, error) {
	server := fixedServer(payload.OneContact())
	defer server.Close()
	client, err := newClient(server)
	if err != nil {
		return nil, err
	}
	defer client.CloseIdleConnections()
	byHand := &handCall{client: http.DefaultClient, base: server.URL, decode: ours(payload.Contact)}
	cases := []ratio.Case{
		{Name: "by hand", Run: func() error { return byHand.get("63a07ddf05a32042dffac965") }},
		{Name: "call", Run: func() error {
			_, err := client.Contacts.Get(context.Background(), "63a07ddf05a32042dffac965")
			return err
		}},
	}
	wall, err := ratio.Measure(cases, o.long())
	if err != nil {
		return nil, err
	}
	inWork := o.long()
	inWork.Slice /= 4
	inWork.Clock = ratio.ProcessorTime
	work, err := ratio.Measure(cases, inWork)
	if err != nil {
		return nil, err
	}
	beside := fmt.Sprintf("%.1f µs by hand; %.2f in processor time", wall.Time("by hand").Median/1e3, ratio.Summarize(work.Ratio("call", "by hand")).Median)
	return []Row{
		{What: "call: time over net/http by hand, TCP", Goal: 1.03, AtMost: true, Got: ratio.Summarize(wall.Ratio("call", "by hand")), Beside: beside},
		{
			What: "call: allocations over those by hand", Goal: 1, AtMost: true, Got: ratio.Exact(work.Allocs("call") / work.Allocs("by hand")),
			Beside: fmt.Sprintf("%.0f, %.0f by hand", work.Allocs("call"), work.Allocs("by hand")),
		},
	}, nil
}

// handCall is what a careful program does: with a time limit, and with buffers
// that are used again.
type handCall struct {
	client  *http.Client
	base    string
	decode  func([]byte) error
	buffers sync.Pool
}

func (h *handCall) get(id string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.base+"/contacts/"+url.PathEscape(id), nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer token")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Intercom-Version", "2.8")
	request.Header.Set("User-Agent", "by-hand/1")
	response, err := h.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	buffer, ok := h.buffers.Get().(*bytes.Buffer)
	if !ok {
		buffer = new(bytes.Buffer)
	}
	defer h.buffers.Put(buffer)
	buffer.Reset()
	if _, err := buffer.ReadFrom(response.Body); err != nil {
		return err
	}
	return h.decode(buffer.Bytes())
}
