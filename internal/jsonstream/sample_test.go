package jsonstream_test

import (
	"encoding/json"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// A sample has a field of every kind, decoded as generated code does it.
type sample struct {
	Text    string
	Word    string
	Count   int
	Ratio   float64
	Flag    bool
	At      int64
	PCount  *int
	PRatio  *float64
	PFlag   *bool
	Child   *child
	Value   child
	Owner   *child
	List    []child
	Names   []string
	Numbers []int
	Times   []int64
	Teams   map[string]child
	Counts  map[string]int
	Free    []jsonstream.Member
	Raw     json.RawMessage
	Any     any
	Extra   map[string]json.RawMessage
}

type child struct {
	ID    string
	Size  int
	Child *child
	Extra map[string]json.RawMessage
}

var sampleShape = jsonstream.Shape{
	ID:   0,
	Name: "sample",
	Keys: []string{
		`"text":`, `"word":`, `"count":`, `"ratio":`, `"flag":`, `"at":`, `"pcount":`, `"pratio":`,
		`"pflag":`, `"child":`, `"value":`, `"owner":`, `"list":`, `"names":`, `"numbers":`, `"times":`,
		`"teams":`, `"counts":`, `"free":`, `"raw":`, `"any":`,
	},
}

var sampleNames = []string{
	"text", "word", "count", "ratio", "flag", "at", "pcount", "pratio", "pflag", "child", "value",
	"owner", "list", "names", "numbers", "times", "teams", "counts", "free", "raw", "any",
}

var childShape = jsonstream.Shape{
	ID:   1,
	Name: "child",
	Keys: []string{`"id":`, `"size":`, `"child":`},
}

var childNames = []string{"id", "size", "child"}

func find(names []string, key []byte) int {
	for i, name := range names {
		if name == string(key) {
			return i
		}
	}
	return -1
}

func (x *sample) decode(d *jsonstream.Decoder) {
	s := &sampleShape
	order := d.Order(s)
	for k := d.First(s, order); k != jsonstream.End; k = d.Next(s, order, k, &x.Extra) {
		switch k {
		case 0:
			x.Text = d.String()
		case 1:
			d.ReadWord(&x.Word, order, k)
		case 2:
			x.Count = d.Int()
		case 3:
			x.Ratio = d.Float()
		case 4:
			x.Flag = d.Bool()
		case 5:
			x.At = d.UnixMicro()
		case 6:
			x.PCount = d.IntPointer()
		case 7:
			x.PRatio = d.FloatPointer()
		case 8:
			x.PFlag = d.BoolPointer()
		case 9:
			if x.Child = nil; d.Object() {
				x.Child = new(child)
				x.Child.decode(d)
			}
		case 10:
			x.Value.decode(d)
		case 11:
			switch x.Owner = nil; {
			case d.Scalar():
				x.Owner = &child{ID: d.String()}
			case d.Object():
				x.Owner = new(child)
				x.Owner.decode(d)
			}
		case 12:
			x.List = jsonstream.Objects(d, (*child).decode)
		case 13:
			x.Names = jsonstream.List(d, (*jsonstream.Decoder).String)
		case 14:
			x.Numbers = jsonstream.List(d, (*jsonstream.Decoder).Int)
		case 15:
			x.Times = jsonstream.List(d, (*jsonstream.Decoder).UnixMicro)
		case 16:
			x.Teams = jsonstream.ObjectMap(d, (*child).decode)
		case 17:
			x.Counts = jsonstream.Map(d, (*jsonstream.Decoder).Int)
		case 18:
			x.Free = d.Members()
		case 19:
			x.Raw = d.Raw()
		case 20:
			x.Any = d.Any()
		default:
			d.Unknown(&x.Extra)
		}
	}
}

func (x *child) decode(d *jsonstream.Decoder) {
	s := &childShape
	order := d.Order(s)
	for k := d.First(s, order); k != jsonstream.End; k = d.Next(s, order, k, &x.Extra) {
		switch k {
		case 0:
			x.ID = d.String()
		case 1:
			x.Size = d.Int()
		case 2:
			if x.Child = nil; d.Object() {
				x.Child = new(child)
				x.Child.decode(d)
			}
		default:
			d.Unknown(&x.Extra)
		}
	}
}

func (x *sample) UnmarshalJSON(data []byte) error {
	d := jsonstream.GetCopy(data)
	defer d.Release()
	x.decode(d)
	return d.Finish()
}

// read decodes a document with one method of the decoder.
func read[T any](document string, method func(*jsonstream.Decoder) T) (value T, misfit bool, err error) {
	d := jsonstream.Get([]byte(document))
	defer d.Release()
	value = method(d)
	_, misfit = d.FirstMisfit()
	return value, misfit, d.Finish()
}

// decodeSample decodes a document that has to be JSON.
func decodeSample(document string) (x sample, drift jsonstream.Drift, err error) {
	d := jsonstream.Get([]byte(document))
	defer d.Release()
	x.decode(d)
	drift, _ = d.FirstMisfit()
	return x, drift, d.Finish()
}
