package conformance

import (
	"slices"
	"testing"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

func TestComplaints(t *testing.T) {
	t.Parallel()
	data := ourDocument(t)
	loose, err := Loose(data)
	if err != nil {
		t.Fatal(err)
	}
	strict := map[operations.Version]*Description{}
	for _, version := range []operations.Version{2008, 2009, 2012, 2015, 2016} {
		if strict[version], err = Ours(data, version); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name    string
		op      *operations.Operation
		version operations.Version
		status  int
		body    string
		want    []string // of our document as it is
		loose   []string // of our document with all habits
	}{
		{name: "right", op: operations.TagsGet, version: 2008, status: 200, body: `{"id":"1","name":"x","type":"tag"}`},
		{
			name: "unknown member", op: operations.TagsGet, version: 2008, status: 200, body: `{"id":"1","colour":"red"}`,
			want: []string{`/: property "colour" is unsupported`},
		},
		{
			name: "another kind", op: operations.TagsGet, version: 2008, status: 200, body: `{"id":1}`,
			want: []string{"/id: value must be a string"},
		},
		{
			name: "another kind altogether", op: operations.TagsGet, version: 2008, status: 200, body: `{"id":{}}`,
			want:  []string{"/id: value must be a string"},
			loose: []string{`/id: doesn't match any schema from "anyOf"`},
		},
		{name: "number", op: operations.ContactsGet, version: 2015, status: 200, body: `{"owner_id":7}`},
		{
			name: "string from then on", op: operations.ContactsGet, version: 2016, status: 200, body: `{"owner_id":7}`,
			want: []string{"/owner_id: value must be a string"},
		},
		{
			name: "member of a newer version", op: operations.ContactsGet, version: 2008, status: 200, body: `{"merge_history":[]}`,
			want: []string{`/: property "merge_history" is unsupported`},
		},
		{
			name: "null", op: operations.ContactsGet, version: 2008, status: 200, body: `{"id":null,"name":null,"location":null}`,
			want: []string{"/id: Value is not nullable", "/location: Value is not nullable"},
		},
		{name: "word for an object", op: operations.TicketsGet, version: 2009, status: 200, body: `{"ticket_state":"submitted"}`},
		{
			name: "object from then on", op: operations.TicketsGet, version: 2012, status: 200, body: `{"ticket_state":"submitted"}`,
			want: []string{"/ticket_state: value must be an object"},
		},
		{
			name: "failure", op: operations.TagsGet, version: 2008, status: 404, body: `{"errors":[{"code":5}]}`,
			want: []string{"/errors/[]/code: value must be a string"},
		},
		{
			name: "another status", op: operations.TagsGet, version: 2008, status: 201, body: `{}`,
			want: []string{"the status 201 is not described"}, loose: []string{"the status 201 is not described"},
		},
		{
			name: "list for an object", op: operations.ContactsGet, version: 2008, status: 200, body: `{"custom_attributes":[]}`,
			want: []string{"/custom_attributes: value must be an object"},
		},
		{
			name: "another status of success", op: operations.TagsDelete, version: 2008, status: 204,
			want: []string{"the status 204 is not described"},
		},
		{
			name: "nothing", op: operations.TagsGet, version: 2008, status: 200,
			want: []string{"the answer is no JSON: unexpected end of JSON input"},
		},
		{
			name: "something", op: operations.TagsDelete, version: 2008, status: 200, body: `{}`,
			want: []string{"nothing is to be answered"}, loose: []string{"nothing is to be answered"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := strict[test.version].Complaints(test.op, test.status, []byte(test.body))
			if slices.Sort(got); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if got := loose.Complaints(test.op, test.status, []byte(test.body)); !slices.Equal(got, test.loose) {
				t.Errorf("with habits: got %q, want %q", got, test.loose)
			}
		})
	}
}
