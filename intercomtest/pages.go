package intercomtest

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"sort"
	"strconv"
	"strings"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// listType is the type of a list's answer.
func listType(op *operations.Operation) string {
	switch op.Items {
	case "data":
		return "list"
	case "activity_logs":
		return "activity_log.list"
	case "ticket_types":
		return "ticket_type.list"
	default:
		return strings.TrimSuffix(op.Items, "s") + ".list"
	}
}

// showAll makes what is answered of each object.
func showAll[T any](list []T, show func(T) any) []any {
	shown := make([]any, len(list))
	for i, v := range list {
		shown[i] = show(v)
	}
	return shown
}

// wholePage answers a list that comes in one piece.
func wholePage[T any](r *request, list []T, show func(T) any) (any, error) {
	op := r.operation()
	return object{{"type", listType(op)}, {op.Items, showAll(list, show)}}, nil
}

// pageSize reads how many items are asked for.
func (r *request) pageSize() (int, error) {
	op := r.operation()
	size, err := r.number("per_page", op.PageSize)
	return size, cmp.Or(err, checkSize(op, size))
}

func checkSize(op *operations.Operation, size int) error {
	if size < 1 || size > op.MaxPageSize {
		return invalid("per_page", "per_page must be between 1 and "+strconv.Itoa(op.MaxPageSize))
	}
	return nil
}

// numberedPage answers one page of a list whose pages have numbers.
func numberedPage[T any](w *workspace, r *request, list []T, show func(T) any) (any, error) {
	size, err := r.pageSize()
	if err != nil {
		return nil, err
	}
	page, err := r.number("page", 1)
	if err != nil {
		return nil, err
	}
	if page < 1 || page > 1<<31 {
		return nil, invalid("page", "page must be 1 or more")
	}
	begin := min((page-1)*size, len(list))
	end := min(begin+size, len(list))
	last := max((len(list)+size-1)/size, 1)
	op := r.operation()
	var next any
	if page < last {
		next = w.nextNumbered(r, page+1, size)
	}
	return object{
		{"type", listType(op)},
		{op.Items, showAll(list[begin:end], show)},
		{"total_count", len(list)},
		{"pages", w.pages(page, size, last, next)},
	}, nil
}

// pages is the member that tells where a page is.
func (w *workspace) pages(page, size, last int, next any) object {
	o := object{{"type", "pages"}, {"page", page}, {"next", next}, {"per_page", size}, {"total_pages", last}}
	if w.quirks {
		o[1].value, o[3].value = strconv.Itoa(page), strconv.Itoa(size)
	}
	return o
}

// nextNumbered points to the next page of a numbered list: by a URL, and with
// quirks in the other ways by turns.
func (w *workspace) nextNumbered(r *request, page, size int) any {
	token := base64.RawURLEncoding.EncodeToString([]byte("page" + strconv.Itoa(page)))
	switch {
	case w.quirks && page%3 == 0:
		return object{{"page", page}, {"starting_after", token}}
	case w.quirks && page%3 == 1:
		return object{{"per_page", size}, {"starting_after", token}}
	}
	query := url.Values{}
	for name, values := range r.query {
		query[name] = values
	}
	query.Set("page", strconv.Itoa(page))
	query.Set("per_page", strconv.Itoa(size))
	query.Del("starting_after")
	return r.base + r.path + "?" + query.Encode()
}

// place is where a page of a cursor list begins: after an object, even if that
// is gone by then.
type place struct {
	key  sortKey
	seq  uint64
	page int
}

// sortKey is the value that a list is ordered by. Objects without one come
// before all others.
type sortKey struct {
	Set    bool    `json:"s,omitempty"`
	Number float64 `json:"n,omitempty"`
	Text   string  `json:"t,omitempty"`
}

func (k sortKey) compare(other sortKey) int {
	if k.Set != other.Set {
		if k.Set {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(k.Number, other.Number), strings.Compare(k.Text, other.Text))
}

type placeJSON struct {
	Key  sortKey `json:"k"`
	Seq  uint64  `json:"i"`
	Page int     `json:"p"`
}

func (p place) String() string {
	text, err := json.Marshal(placeJSON{p.key, p.seq, p.page})
	if err != nil {
		return ""
	}
	return base64.StdEncoding.EncodeToString(text)
}

// parsePlace reads a cursor; none is the beginning.
func parsePlace(cursor string) (*place, error) {
	if cursor == "" {
		return nil, nil
	}
	text, err := base64.StdEncoding.DecodeString(cursor)
	var p placeJSON
	if err != nil || json.Unmarshal(text, &p) != nil || p.Page < 1 {
		return nil, invalid("starting_after", "starting_after is not a valid cursor")
	}
	return &place{p.Key, p.Seq, p.Page}, nil
}

// order is the order of a list: by a key, and among equals by age.
type order[T any] struct {
	key       func(*item[T]) sortKey
	ascending bool
}

// byAge is the order of lists unless something else is asked for: the newest
// first.
func byAge[T any]() order[T] {
	return order[T]{key: func(it *item[T]) sortKey { return sortKey{Set: true, Number: float64(it.created)} }}
}

// compare tells whether an object stands before, at or after a place.
func (o order[T]) compare(it *item[T], key sortKey, seq uint64) int {
	c := cmp.Or(o.key(it).compare(key), cmp.Compare(it.seq, seq))
	if o.ascending {
		return c
	}
	return -c
}

// cursorPage answers one page of a list that is in order.
func cursorPage[T any](w *workspace, r *request, list []*item[T], o order[T], show func(*item[T]) any) (any, error) {
	size, err := r.pageSize()
	if err != nil {
		return nil, err
	}
	return cursorPageAt(w, r, list, o, show, size, r.query.Get("starting_after"))
}

func cursorPageAt[T any](w *workspace, r *request, list []*item[T], o order[T], show func(*item[T]) any, size int, cursor string) (any, error) {
	at, err := parsePlace(cursor)
	if err != nil {
		return nil, err
	}
	begin, page := 0, 1
	if at != nil {
		page = at.page
		begin = sort.Search(len(list), func(i int) bool { return o.compare(list[i], at.key, at.seq) > 0 })
	}
	end := min(begin+size, len(list))
	var next any
	if end < len(list) {
		last := list[end-1]
		next = w.nextCursor(place{o.key(last), last.seq, page + 1}, size)
	}
	op := r.operation()
	return object{
		{"type", listType(op)},
		{op.Items, showAll(list[begin:end], show)},
		{"total_count", len(list)},
		{"pages", w.pages(page, size, (len(list)+size-1)/size, next)},
	}, nil
}

// nextCursor points to the next page of a cursor list.
func (w *workspace) nextCursor(p place, size int) any {
	if w.quirks && p.page%2 == 0 {
		return object{{"per_page", size}, {"starting_after", p.String()}}
	}
	return object{{"page", p.page}, {"starting_after", p.String()}}
}
