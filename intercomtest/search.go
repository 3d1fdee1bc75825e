package intercomtest

import (
	"slices"
	"strconv"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// searchable tells how the objects of one kind are searched.
type searchable[T any] struct {
	fields map[string]searchField[T]
	// attribute makes the field of an attribute that the workspace defined; its
	// name begins with prefix.
	prefix    string
	attribute func(name string) searchField[T]
	// wholeDays says that moments are compared by the day, as the search for
	// contacts does.
	wholeDays bool
}

const (
	maxSearchDepth   = 2
	maxSearchFilters = 15
)

// search answers a search. The list holds what is searched, from the oldest to
// the newest.
func search[T any](w *workspace, r *request, s *searchable[T], list []*item[T], show func(*item[T]) any) (any, error) {
	if r.body.require("query"); r.body.err != nil {
		return nil, r.body.err
	}
	query := r.body.object("query")
	r.body.check(query)
	if r.body.err != nil {
		return nil, r.body.err
	}
	keep, err := s.compile(query, 0)
	if err != nil {
		return nil, err
	}
	order, byAge, err := s.order(r.body.object("sort"))
	if err != nil {
		return nil, err
	}
	size, cursor, err := searchPage(r.operation(), r.body.object("pagination"))
	if err != nil {
		return nil, err
	}
	found := s.find(list, keep, order, byAge)
	return cursorPageAt(w, r, found, order, show, size, cursor)
}

// searchPage reads which page of the findings is wanted.
func searchPage(op *operations.Operation, f *fields) (size int, cursor string, err error) {
	size = op.PageSize
	if o := f.integer("per_page"); !o.IsZero() && !o.IsNull() {
		size, _ = o.Get()
	}
	cursor = f.value("starting_after")
	if f.err != nil {
		return 0, "", f.err
	}
	return size, cursor, checkSize(op, size)
}

// find collects what meets the condition, in order.
func (s *searchable[T]) find(list []*item[T], keep func(*T) bool, o order[T], byAge bool) []*item[T] {
	var found []*item[T]
	for _, it := range list {
		if keep(&it.value) {
			found = append(found, it)
		}
	}
	switch {
	case byAge && !o.ascending:
		slices.Reverse(found)
	case !byAge:
		slices.SortFunc(found, func(a, b *item[T]) int { return o.compare(a, o.key(b), b.seq) })
	}
	return found
}

// order reads the sort of a search; without one the newest come first.
func (s *searchable[T]) order(f *fields) (o order[T], isByAge bool, err error) {
	o = byAge[T]()
	direction := f.word("order", "ascending", "descending", "asc", "desc")
	name := f.value("field")
	if f.err != nil {
		return o, false, f.err
	}
	d, _ := direction.Get()
	o.ascending = d == "ascending" || d == "asc"
	if name == "" || name == "created_at" {
		return o, true, nil
	}
	field, err := s.field(name)
	if err != nil {
		return o, false, err
	}
	if o.key = field.sortKey(); o.key == nil {
		return o, false, invalid("sort.field", "sort.field "+strconv.Quote(name)+" can't be sorted by")
	}
	return o, false, nil
}

// compile turns a query into a function.
func (s *searchable[T]) compile(f *fields, depth int) (func(*T) bool, error) {
	operator := f.value("operator")
	if operator == "AND" || operator == "OR" {
		return s.group(f, operator, depth)
	}
	f.require("field", "operator")
	name := f.value("field")
	if f.err != nil {
		return nil, f.err
	}
	if !slices.Contains(searchOperators, operator) {
		return nil, invalid(f.path+"operator", strconv.Quote(operator)+" is not a valid operator")
	}
	value, there := f.members["value"]
	if !there {
		return nil, missing(f.path + "value")
	}
	field, err := s.field(name)
	if err != nil {
		return nil, err
	}
	keep, ok := field.compile(operator, value, s.wholeDays)
	if !ok {
		return nil, invalid(f.path+"value", "The field "+strconv.Quote(name)+" can't be compared so by "+operator)
	}
	return keep, nil
}

// group joins queries.
func (s *searchable[T]) group(f *fields, operator string, depth int) (func(*T) bool, error) {
	queries := f.objects("value")
	switch {
	case f.err != nil:
		return nil, f.err
	case len(queries) == 0:
		return nil, missing(f.path + "value")
	case len(queries) > maxSearchFilters:
		return nil, invalid(f.path+"value", "A group can't have more than 15 filters")
	case depth >= maxSearchDepth:
		return nil, invalid(f.path+"value", "Queries can't be nested deeper than 2 levels")
	}
	keeps := make([]func(*T) bool, len(queries))
	for i, q := range queries {
		keep, err := s.compile(q, depth+1)
		if err != nil {
			return nil, err
		}
		keeps[i] = keep
	}
	either := operator == "OR"
	return func(v *T) bool {
		for _, keep := range keeps {
			if keep(v) == either {
				return either
			}
		}
		return !either
	}, nil
}

// field finds a field by the name that a query has for it.
func (s *searchable[T]) field(name string) (searchField[T], error) {
	if field, ok := s.fields[name]; ok {
		return field, nil
	}
	if n := len(s.prefix); n > 0 && len(name) > n && name[:n] == s.prefix {
		return s.attribute(name[n:]), nil
	}
	return nil, invalid("field", strconv.Quote(name)+" can't be searched by")
}
