package webhook

import (
	"encoding/json"
	"strconv"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// firstShape leaves the lower numbers to the generated types: types that share
// a number forget each other's order.
const firstShape = 200

// shape returns the shape of a type with these members.
func shape(number int, name string, members ...string) *jsonstream.Shape {
	s := &jsonstream.Shape{ID: firstShape + number, Name: name}
	for _, member := range members {
		s.Keys = append(s.Keys, `"`+member+`":`)
	}
	return s
}

// unmarshal reads a value with a decode method.
func unmarshal(data []byte, decode func(*jsonstream.Decoder)) error {
	d := jsonstream.GetCopy(data)
	defer d.Release()
	decode(d)
	return d.Finish()
}

// readTime reads a moment.
func readTime(d *jsonstream.Decoder) intercom.Timestamp {
	microseconds := d.UnixMicro()
	if microseconds%1e6 == 0 {
		return intercom.UnixTimestamp(microseconds / 1e6)
	}
	var t intercom.Timestamp
	// A number always fits.
	_ = t.UnmarshalJSON(strconv.AppendFloat(nil, float64(microseconds)/1e6, 'f', 6, 64))
	return t
}

// decodable is a pointer to a model of the API.
type decodable[T any] interface {
	*T
	json.Unmarshaler
}

// readModel reads an object of the API, nil if none comes.
func readModel[T any, P decodable[T]](d *jsonstream.Decoder) *T {
	if !d.Object() {
		return nil
	}
	text := d.Raw()
	if text == nil {
		return nil // a syntax error, which Finish tells
	}
	model := new(T)
	// The text was checked when it was read, and models take anything that is
	// JSON.
	_ = P(model).UnmarshalJSON(text)
	return model
}

func rest(e *intercom.Extra) *map[string]json.RawMessage {
	return (*map[string]json.RawMessage)(e)
}
