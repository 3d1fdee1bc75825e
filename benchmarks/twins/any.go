package twins

import "github.com/go-faster/jx"

// readAny reads a value as encoding/json does when it has no type to go by.
func readAny(d *jx.Decoder) (any, error) {
	switch d.Next() {
	case jx.String:
		return d.Str()
	case jx.Number:
		return d.Float64()
	case jx.Bool:
		return d.Bool()
	case jx.Array:
		list := []any{}
		err := d.Arr(func(d *jx.Decoder) error {
			v, err := readAny(d)
			list = append(list, v)
			return err
		})
		return list, err
	case jx.Object:
		values := map[string]any{}
		err := d.Obj(func(d *jx.Decoder, key string) error {
			v, err := readAny(d)
			values[key] = v
			return err
		})
		return values, err
	default:
		return nil, d.Null()
	}
}
