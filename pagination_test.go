package intercom_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// asked is one request for a page.
type asked struct {
	Size  int
	After string
	Page  int
	Path  string
	When  time.Time
}

// pagesServer serves a list of objects by cursor or by number. The cursor is
// the offset.
type pagesServer struct {
	total    int
	size     int // by default
	numbered bool
	took     time.Duration
	fail     func(n int, a asked) int // status of the nth request, 0 for none
	header   http.Header

	mu       sync.Mutex
	requests []asked
}

func (s *pagesServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := asked{After: r.FormValue("starting_after"), Path: r.URL.Path, When: time.Now()}
	a.Size, _ = strconv.Atoi(r.FormValue("per_page"))
	a.Page, _ = strconv.Atoi(r.FormValue("page"))
	s.mu.Lock()
	s.requests = append(s.requests, a)
	n := len(s.requests)
	s.mu.Unlock()
	select {
	case <-time.After(s.took):
	case <-r.Context().Done():
		return
	}
	for name, values := range s.header {
		w.Header()[name] = values
	}
	if s.fail != nil {
		if status := s.fail(n, a); status != 0 {
			w.WriteHeader(status)
			return
		}
	}
	size := a.Size
	if size == 0 {
		size = s.size
	}
	start, _ := strconv.Atoi(a.After)
	if s.numbered {
		start = (max(a.Page, 1) - 1) * size
	}
	end := min(start+size, s.total)
	page := map[string]any{"type": "pages", "page": start/size + 1, "per_page": size, "total_pages": (s.total + size - 1) / size}
	if end < s.total {
		page["next"] = map[string]any{"starting_after": strconv.Itoa(end)}
		if s.numbered {
			page["next"] = fmt.Sprintf("https://api.intercom.io%s?page=%d&per_page=%d", r.URL.Path, start/size+2, size)
		}
	}
	items := []map[string]any{}
	for i := start; i < end; i++ {
		items = append(items, map[string]any{"type": "contact", "id": strconv.Itoa(i)})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"type": "list", "data": items, "total_count": s.total, "pages": page})
}

// seen is what was asked for so far.
func (s *pagesServer) seen() []asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// numbers are the ids 0 to n-1.
func numbers(n int) []string {
	var ids []string
	for i := range n {
		ids = append(ids, strconv.Itoa(i))
	}
	return ids
}

// contactIDs reads an iteration to its end.
func contactIDs(contacts iter.Seq2[*intercom.Contact, error]) (ids []string, err error) {
	for contact, err := range contacts {
		if err != nil {
			return ids, err
		}
		ids = append(ids, contact.ID)
	}
	return ids, nil
}

// scripted answers each request with the next of the bodies, and the last one
// for ever.
func scripted(bodies ...string) (http.HandlerFunc, *[]string) {
	var mu sync.Mutex
	var seen []string
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r.Method+" "+r.URL.RequestURI())
		body := bodies[min(len(seen), len(bodies))-1]
		if status, ok := strings.CutPrefix(body, "!"); ok {
			code, rest, _ := strings.Cut(status, " ")
			n, _ := strconv.Atoi(code)
			w.WriteHeader(n)
			body = rest
		}
		_, _ = w.Write([]byte(body))
	}, &seen
}

func TestAllAsksForTheLargestPagesAndListForTheDefault(t *testing.T) {
	t.Parallel()
	server := &pagesServer{total: 310, size: 50}
	client := clientOf(t, server.ServeHTTP)
	ids, err := contactIDs(client.Contacts.All(t.Context(), intercom.ContactListParams{}))
	require.NoError(t, err)
	assert.Equal(t, numbers(310), ids)
	for _, a := range server.seen() {
		assert.Equal(t, 150, a.Size)
	}

	page, err := client.Contacts.List(t.Context(), intercom.ContactListParams{})
	require.NoError(t, err)
	assert.Len(t, page.Items, 50)
	assert.Equal(t, 310, page.TotalCount)
	assert.Equal(t, 1, page.Number)
	assert.Equal(t, 7, page.TotalPages)
	assert.True(t, page.HasNext())
	assert.Zero(t, server.seen()[3].Size)
}

func TestSizesAreCheckedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		size int
		want string
	}{
		{151, "intercom: Contacts.List: per_page is 151; the API gives at most 150"},
		{-1, "intercom: Contacts.List: per_page is -1; it can't be negative"},
	} {
		server := &pagesServer{total: 1, size: 50}
		client := clientOf(t, server.ServeHTTP)
		params := intercom.ContactListParams{PerPage: test.size}
		_, err := client.Contacts.List(t.Context(), params)
		require.EqualError(t, err, test.want)
		_, err = contactIDs(client.Contacts.All(t.Context(), params))
		require.EqualError(t, err, test.want)
		for _, err := range client.Contacts.Pages(t.Context(), params) {
			require.EqualError(t, err, test.want)
		}
		assert.Empty(t, server.seen())
	}
	client := clientOf(t, answer(`{}`))
	_, err := client.Companies.List(t.Context(), intercom.CompanyListParams{PerPage: 61})
	require.ErrorContains(t, err, "at most 60")
}

func TestRangingTwiceStartsAfresh(t *testing.T) {
	t.Parallel()
	server := &pagesServer{total: 7, size: 3}
	all := clientOf(t, server.ServeHTTP).Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 3})
	for range 2 {
		ids, err := contactIDs(all)
		require.NoError(t, err)
		assert.Equal(t, numbers(7), ids)
	}
	assert.Len(t, server.seen(), 6)
}

// Every page can be gone to later, by another client.
func TestResume(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		numbered bool
	}{{"cursor", false}, {"number", true}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := &pagesServer{total: 23, size: 5, numbered: test.numbered}
			pagesOf := func(cursor string, size int) iter.Seq2[*intercom.Page[intercom.Contact], error] {
				client := clientOf(t, server.ServeHTTP)
				if test.numbered {
					return client.Companies.Contacts.Pages(t.Context(), "c1", intercom.NumberedListParams{Cursor: cursor, PerPage: size})
				}
				return client.Contacts.Pages(t.Context(), intercom.ContactListParams{Cursor: cursor, PerPage: size})
			}
			n := 0
			for page, err := range pagesOf("", 4) {
				require.NoError(t, err)
				assert.Equal(t, n == 0, page.Cursor == "")
				var ids []string
				for later, err := range pagesOf(page.Cursor, 4) {
					require.NoError(t, err)
					for _, item := range later.Items {
						ids = append(ids, item.ID)
					}
				}
				assert.Equal(t, numbers(23)[4*n:], ids)
				n++
			}
			assert.Equal(t, 6, n)
		})
	}
}

// The cursor of a numbered list knows the size of its pages, or that it is the
// API's own.
func TestNumberedCursorKeepsItsSize(t *testing.T) {
	t.Parallel()
	server := &pagesServer{total: 100, size: 20, numbered: true}
	client := clientOf(t, server.ServeHTTP)
	page, err := client.Companies.Contacts.List(t.Context(), "c1", intercom.NumberedListParams{PerPage: 10})
	require.NoError(t, err)
	rest, err := intercom.Collect(client.Companies.Contacts.All(t.Context(), "c1", intercom.NumberedListParams{Cursor: page.NextCursor}), -1)
	require.NoError(t, err)
	assert.Len(t, rest, 90)
	assert.Equal(t, "10", rest[0].ID)

	handler, seen := scripted(`{"data":[{"id":"1"}],"pages":{"next":{"page":2}}}`, `{"data":[{"id":"2"}]}`)
	client = clientOf(t, handler)
	page, err = client.Companies.Contacts.List(t.Context(), "c1", intercom.NumberedListParams{})
	require.NoError(t, err)
	_, err = intercom.Collect(client.Companies.Contacts.All(t.Context(), "c1", intercom.NumberedListParams{Cursor: page.NextCursor}), -1)
	require.NoError(t, err)
	assert.Equal(t, "GET /companies/c1/contacts?page=2", (*seen)[1])
}

// The server's idea of the size counts, also where it is larger than ours.
func TestNumberedCursorTakesTheServersSize(t *testing.T) {
	t.Parallel()
	handler, seen := scripted(`{"pages":{"page":1,"per_page":80,"total_pages":2}}`, `{}`)
	for _, err := range clientOf(t, handler).Articles.Pages(t.Context(), intercom.NumberedListParams{}) {
		require.NoError(t, err)
	}
	assert.Equal(t, []string{"GET /articles", "GET /articles?page=2&per_page=80"}, *seen)
}

func TestCursorsThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	handler, seen := scripted(`{}`)
	client := clientOf(t, handler)
	for _, cursor := range []string{"x", "0", "-1", "2:x", "2:0", "99999999999999999999"} {
		_, err := client.Companies.Contacts.List(t.Context(), "c1", intercom.NumberedListParams{Cursor: cursor})
		require.EqualError(t, err, fmt.Sprintf("intercom: Companies.Contacts.List: %q is no cursor of this list", cursor))
	}
	_, err := client.Events.List(t.Context(), intercom.EventListParams{Cursor: "a=%zz"})
	require.ErrorContains(t, err, "is no cursor of this list")
	assert.Empty(t, *seen)
}

func TestNilContextIsAnError(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(`{}`))
	var none context.Context
	_, err := contactIDs(client.Contacts.All(none, intercom.ContactListParams{}))
	require.EqualError(t, err, "intercom: Contacts.List: the context is nil")
	_, err = intercom.Collect(client.Companies.Scroll(none), -1)
	require.EqualError(t, err, "intercom: Companies.Scroll: the context is nil")
}

func TestTotalMayChangeMidway(t *testing.T) {
	t.Parallel()
	handler, _ := scripted(
		`{"data":[{"id":"1"}],"total_count":2,"pages":{"page":1,"total_pages":2,"next":{"starting_after":"a"}}}`,
		`{"data":[{"id":"2"}],"total_count":7,"pages":{"page":2,"total_pages":1}}`,
	)
	ids, err := contactIDs(clientOf(t, handler).Contacts.All(t.Context(), intercom.ContactListParams{}))
	require.NoError(t, err)
	assert.Equal(t, []string{"1", "2"}, ids)
}

func TestNullItemsAndEmptyPages(t *testing.T) {
	t.Parallel()
	handler, seen := scripted(
		`{"data":[null,{"id":"1"},null],"pages":{"next":{"starting_after":"a"}}}`,
		`{"data":[],"pages":{"next":{"starting_after":"b"}}}`,
		`{"data":null,"pages":{"next":{"starting_after":"c"}}}`,
		`{"data":[{"id":"2"}],"pages":null}`,
	)
	ids, err := contactIDs(clientOf(t, handler).Contacts.All(t.Context(), intercom.ContactListParams{}))
	require.NoError(t, err)
	assert.Equal(t, []string{"1", "2"}, ids)
	assert.Len(t, *seen, 4)
}

// Nothing at all is not the end of a list.
func TestEmptyAnswerIsAnError(t *testing.T) {
	t.Parallel()
	handler, _ := scripted(`{"data":[{"id":"1"}],"pages":{"next":{"starting_after":"a"}}}`, ``)
	ids, err := contactIDs(clientOf(t, handler).Contacts.All(t.Context(), intercom.ContactListParams{}))
	require.ErrorContains(t, err, "the answer is empty")
	assert.Equal(t, []string{"1"}, ids)
}

func TestPagesKeepTheirUnknownFields(t *testing.T) {
	t.Parallel()
	page, err := clientOf(t, answer(`{"data":[],"hint":"new"}`)).Contacts.List(t.Context(), intercom.ContactListParams{})
	require.NoError(t, err)
	assert.JSONEq(t, `"new"`, string(page.UnknownFields()["hint"]))
}

func TestCollectFirstAndFilter(t *testing.T) {
	t.Parallel()
	server := &pagesServer{total: 12, size: 5}
	client := clientOf(t, server.ServeHTTP)
	all := client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 5})

	few, err := intercom.Collect(all, 2)
	require.NoError(t, err)
	assert.Len(t, few, 2)
	assert.Len(t, server.seen(), 1)
	none, err := intercom.Collect(all, 0)
	require.NoError(t, err)
	assert.Empty(t, none)
	assert.Len(t, server.seen(), 1)
	every, err := intercom.Collect(all, -1)
	require.NoError(t, err)
	assert.Len(t, every, 12)
	enough, err := intercom.Collect(all, 99)
	require.NoError(t, err)
	assert.Len(t, enough, 12)

	first, ok, err := intercom.First(all)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, "0", first.ID)

	even := intercom.Filter(all, func(c *intercom.Contact) bool { return strings.HasSuffix(c.ID, "0") })
	kept, err := contactIDs(even)
	require.NoError(t, err)
	assert.Equal(t, []string{"0", "10"}, kept)
	kept = nil
	for contact, err := range even {
		require.NoError(t, err)
		kept = append(kept, contact.ID)
		break
	}
	assert.Equal(t, []string{"0"}, kept)

	empty := clientOf(t, answer(`{"data":[]}`)).Contacts.All(t.Context(), intercom.ContactListParams{})
	_, ok, err = intercom.First(empty)
	require.NoError(t, err)
	assert.False(t, ok)
}

func TestAdaptersPassErrorsOn(t *testing.T) {
	t.Parallel()
	handler, _ := scripted(`{"data":[{"id":"1"}],"pages":{"next":{"starting_after":"a"}}}`, `!404 {}`)
	all := clientOf(t, handler).Contacts.All(t.Context(), intercom.ContactListParams{})
	got, err := intercom.Collect(all, -1)
	assert.True(t, intercom.IsNotFound(err))
	assert.Len(t, got, 1)
	got, err = intercom.Collect(intercom.Filter(all, func(*intercom.Contact) bool { return false }), -1)
	assert.True(t, intercom.IsNotFound(err))
	assert.Empty(t, got)
	_, ok, err := intercom.First(clientOf(t, answerStatus(http.StatusNotFound)).Contacts.All(t.Context(), intercom.ContactListParams{}))
	assert.True(t, intercom.IsNotFound(err))
	assert.False(t, ok)
}

func answerStatus(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// The error comes once, after all that could be read, and tells where to go on.
func TestErrorInTheMiddle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		broken := true
		server := &pagesServer{total: 9, size: 3, fail: func(_ int, a asked) int {
			if broken && a.After == "6" {
				return http.StatusInternalServerError
			}
			return 0
		}}
		client := clientOf(t, server.ServeHTTP)
		var ids []string
		var errs []error
		for contact, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 3}) {
			if err != nil {
				assert.Nil(t, contact)
				errs = append(errs, err)
				continue
			}
			ids = append(ids, contact.ID)
		}
		assert.Equal(t, numbers(6), ids)
		require.Len(t, errs, 1)
		var where *intercom.PageError
		require.ErrorAs(t, errs[0], &where)
		assert.Equal(t, "Contacts.List", where.Operation)
		assert.Equal(t, "6", where.Cursor)
		assert.True(t, intercom.IsTemporary(errs[0]))

		broken = false
		rest, err := contactIDs(client.Contacts.All(t.Context(), intercom.ContactListParams{PerPage: 3, Cursor: where.Cursor}))
		require.NoError(t, err)
		assert.Equal(t, []string{"6", "7", "8"}, rest)
	})
}

func TestWithoutDuplicates(t *testing.T) {
	t.Parallel()
	pages := []string{
		`{"data":[{"id":"1"},{"id":"2"},{"id":""}],"pages":{"next":{"starting_after":"a"}}}`,
		`{"data":[{"id":"2"},{"id":"3"},{"id":""},{"id":"1"}],"pages":{"next":{"starting_after":"b"}}}`,
		`{"data":[{"id":"3"}],"pages":{"next":{"starting_after":"c"}}}`,
		`{"data":[{"id":"4"}]}`,
	}
	handler, _ := scripted(pages...)
	ids, err := contactIDs(clientOf(t, handler).Contacts.All(t.Context(), intercom.ContactListParams{}, intercom.WithoutDuplicates()))
	require.NoError(t, err)
	assert.Equal(t, []string{"1", "2", "", "3", "", "4"}, ids)

	handler, _ = scripted(pages...)
	var sizes []int
	for page, err := range clientOf(t, handler).Contacts.Pages(t.Context(), intercom.ContactListParams{}, intercom.WithoutDuplicates()) {
		require.NoError(t, err)
		sizes = append(sizes, len(page.Items))
	}
	assert.Equal(t, []int{3, 2, 0, 1}, sizes)
}

// However long a list is, no more than two pages of it are in memory.
func TestMemoryStaysConstant(t *testing.T) { //nolint:paralleltest // It looks at the heap.
	server := &pagesServer{total: 100_000, size: 100}
	client := clientOf(t, server.ServeHTTP)
	heap := func() int64 {
		server.mu.Lock()
		server.requests = nil
		server.mu.Unlock()
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	var early int64
	pages := 0
	for _, err := range client.Contacts.Pages(t.Context(), intercom.ContactListParams{PerPage: 100}, intercom.WithoutPrefetch()) {
		require.NoError(t, err)
		switch pages++; pages {
		case 50:
			early = heap()
		case 1000:
			assert.Less(t, heap()-early, int64(512<<10))
		}
	}
	assert.Equal(t, 1000, pages)
}
