package rows

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/bytedance/sonic"
	"github.com/go-faster/jx"
	goccy "github.com/goccy/go-json"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
	"github.com/seed-8b687bef/intercom-go/benchmarks/twins"
)

// Decode compares the decoding of whole answers with that of other packages.
var Decode = Group{Name: "decode", Measure: measureDecode}

// rival is another package with the factor that is to be reached.
type rival struct {
	name   string
	goal   float64
	decode func(payload.Kind) func([]byte) error
}

var rivals = []rival{
	{"encoding/json", 7, into(json.Unmarshal)},
	{"goccy/go-json", 1.2, into(goccy.Unmarshal)},
	{"bytedance/sonic", 1.2, into(sonic.Unmarshal)},
	{"go-faster/jx", 1.8, intoJX},
}

func measureDecode(o Options) ([]Row, error) {
	payloads := payload.All()
	result, err := measureDecoders(o, payloads, rivals, true)
	if err != nil {
		return nil, err
	}
	for _, p := range payloads {
		ns := result.Time("ours/" + p.Name).Median
		fmt.Fprintf(o.Notes, "%-28s %7d bytes %9.1f µs %6.0f MB/s %7.0f allocations\n", p.Name, len(p.Native), ns/1e3, float64(len(p.Native))*1e3/ns, result.Allocs("ours/"+p.Name))
	}
	over := func(a, b string) (lists [][]float64) {
		for _, p := range payloads {
			lists = append(lists, result.Ratio(a+"/"+p.Name, b+"/"+p.Name))
		}
		return lists
	}
	var list []Row
	for _, rival := range rivals {
		each := over(rival.name, "ours")
		list = append(list, Row{What: "decode: speed over " + rival.name + ", geometric mean", Goal: rival.goal, Got: ratio.Summarize(ratio.GeometricMean(each...))})
		if rival.name != "encoding/json" {
			continue
		}
		for i, p := range payloads {
			list = append(list, Row{What: "– " + p.Name, Goal: 6, Got: ratio.Summarize(each[i])})
		}
	}
	return append(
		list,
		formRow("decode: time of odd over clean data", payloads, over("odd", "ours")),
		formRow("decode: time of sorted over native key order", payloads, over("sorted", "ours")),
		Row{What: "decode: allocations per listed contact", Goal: 16, AtMost: true, Got: ratio.Exact(result.Allocs("ours/150 contacts") / payload.PageSize)},
	), nil
}

// formRow is how much longer another form of the documents takes.
func formRow(what string, payloads []payload.Payload, each [][]float64) Row {
	return Row{What: what, Goal: 1.05, AtMost: true, Got: ratio.Summarize(ratio.GeometricMean(each...)), Beside: medians(payloads, each)}
}

// medians lists the ratios of all documents.
func medians(payloads []payload.Payload, each [][]float64) string {
	list := make([]string, len(each))
	for i, ratios := range each {
		list[i] = fmt.Sprintf("%s %.2f", payloads[i].Name, ratio.Summarize(ratios).Median)
	}
	return strings.Join(list, ", ")
}

// measureDecoders measures one document after the other, so that what is
// compared is not far apart in time.
func measureDecoders(o Options, payloads []payload.Payload, rivals []rival, forms bool) (*ratio.Result, error) {
	all := &ratio.Result{}
	for _, p := range payloads {
		result, err := o.compute(decodeCases(p, rivals, forms))
		if err != nil {
			return nil, err
		}
		all.Add(result)
	}
	return all, nil
}

// decodeCases are our decoders on the forms of a document, and the rivals on
// the one that they can read.
func decodeCases(p payload.Payload, rivals []rival, forms bool) []ratio.Case {
	var cases []ratio.Case
	add := func(name string, decode func([]byte) error, body []byte) {
		cases = append(cases, ratio.Case{Name: name + "/" + p.Name, Run: func() error { return decode(body) }})
	}
	add("ours", ours(p.Kind), spacious(p.Native))
	if forms {
		add("odd", ours(p.Kind), spacious(p.Odd))
		add("sorted", ours(p.Kind), spacious(p.Sorted))
	}
	for _, rival := range rivals {
		add(rival.name, rival.decode(p.Kind), p.Native)
	}
	return cases
}

// spacious is the document in a buffer with room at its end, like those that
// bodies are read into.
func spacious(document []byte) []byte {
	return append(make([]byte, 0, len(document)+512), document...)
}

// jxValue is what the twins that jx decodes have in common.
type jxValue interface{ DecodeJX(*jx.Decoder) error }

// newTwin is a new value for a kind of document.
func newTwin(kind payload.Kind) jxValue {
	switch kind {
	case payload.Contact:
		return new(twins.Contact)
	case payload.ContactList:
		return new(twins.ContactPage)
	case payload.Conversation:
		return new(twins.Conversation)
	case payload.ConversationList:
		return new(twins.ConversationPage)
	default:
		return new(twins.CompanyPage)
	}
}

func into(unmarshal func([]byte, any) error) func(payload.Kind) func([]byte) error {
	return func(kind payload.Kind) func([]byte) error {
		return func(body []byte) error { return unmarshal(body, newTwin(kind)) }
	}
}

// intoJX keeps one decoder, as those do who care for speed.
func intoJX(kind payload.Kind) func([]byte) error {
	d := jx.DecodeBytes(nil)
	return func(body []byte) error {
		d.ResetBytes(body)
		return newTwin(kind).DecodeJX(d)
	}
}
