package jsonstream_test

import (
	"testing"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

func TestPointersToElements(t *testing.T) {
	t.Parallel()
	d := jsonstream.Get([]byte(`[{"id":"1"},null,{"id":"2"},7,"",` + repeat(`{"id":"3"}`, 20) + `]`))
	defer d.Release()
	list := jsonstream.Pointers(d, (*child).decode)
	drift, _ := d.FirstMisfit()
	if err := d.Finish(); err != nil || len(list) != 22 || list[0].ID != "1" || list[1].ID != "2" || list[21].ID != "3" {
		t.Errorf("got %d elements, %v", len(list), err)
	}
	if drift.Path != "[3]" || drift.Count != 1 {
		t.Errorf("got %+v", drift)
	}
}

// Members that a type does not name are objects of one type or unknown.
func TestEntries(t *testing.T) {
	t.Parallel()
	d := jsonstream.Get([]byte(`{"id":"1","fr":{"id":"f"},"de":{"id":"d","size":{}},"en":null,"it":[1]}`))
	defer d.Release()
	var x child
	var entries map[string]child
	order := d.Order(&childShape)
	for k := d.First(&childShape, order); k != jsonstream.End; k = d.Next(&childShape, order, k, &x.Extra) {
		switch k {
		case 0:
			x.ID = d.String()
		default:
			jsonstream.Entry(d, &entries, (*child).decode, &x.Extra)
		}
	}
	if err := d.Finish(); err != nil || x.ID != "1" || kept(x.Extra) != `{"it":[1]}` {
		t.Errorf("got %+v, kept %s, %v", x, kept(x.Extra), err)
	}
	if len(entries) != 2 || entries["fr"].ID != "f" || entries["de"].ID != "d" || kept(entries["de"].Extra) != `{"size":{}}` {
		t.Errorf("got %+v", entries)
	}
}
