package intercom_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// Every shape that pages.next has been seen in, for each style of list: what is
// asked for next.
func TestNextPageShapes(t *testing.T) {
	t.Parallel()
	contacts := func(c *intercom.Client) error {
		_, err := intercom.Collect(c.Contacts.All(t.Context(), intercom.ContactListParams{}), -1)
		return err
	}
	notes := func(c *intercom.Client) error {
		_, err := intercom.Collect(c.Contacts.Notes.All(t.Context(), "7", intercom.NumberedListParams{}), -1)
		return err
	}
	companies := func(c *intercom.Client) error {
		_, err := intercom.Collect(c.Companies.All(t.Context(), intercom.CompanyListParams{Order: intercom.CompanyOrderAscending}), -1)
		return err
	}
	tags := func(c *intercom.Client) error {
		_, err := intercom.Collect(c.Tags.All(t.Context()), -1)
		return err
	}
	events := func(c *intercom.Client) error {
		params := intercom.EventListParams{Contact: intercom.ContactByExternalID("u1")}
		_, err := intercom.Collect(c.Events.All(t.Context(), params), -1)
		return err
	}
	for _, test := range []struct {
		name  string
		read  func(*intercom.Client) error
		pages string
		want  string // the second request; "" if the list ends, ! and a text for an error
	}{
		{"cursor, null", contacts, `{"next":null,"page":1,"total_pages":1}`, ""},
		{"cursor, nothing at all", contacts, `null`, ""},
		{"cursor, an empty string", contacts, `{"next":""}`, ""},
		{"cursor, an empty list", contacts, `{"next":[]}`, ""},
		{"cursor, object", contacts, `{"next":{"page":2,"starting_after":"x="}}`, "GET /contacts?per_page=150&starting_after=x%3D"},
		{"cursor, object with a size", contacts, `{"next":{"per_page":50,"starting_after":"x"}}`, "GET /contacts?per_page=150&starting_after=x"},
		{"cursor, number as a cursor", contacts, `{"next":{"starting_after":12}}`, "GET /contacts?per_page=150&starting_after=12"},
		{"cursor, object without a cursor", contacts, `{"next":{"per_page":50,"starting_after":null},"page":3,"total_pages":3}`, ""},
		{"cursor, URL", contacts, `{"next":"https://api.intercom.io/contacts?per_page=5&starting_after=x"}`, "GET /contacts?per_page=150&starting_after=x"},
		{"cursor, URL in the place of pages", contacts, `"https://api.intercom.io/contacts?starting_after=x"`, "GET /contacts?per_page=150&starting_after=x"},
		{"cursor, URL of another region", contacts, `{"next":"https://api.eu.intercom.io/contacts?starting_after=x"}`, "GET /contacts?per_page=150&starting_after=x"},
		{"cursor, URL without a cursor", contacts, `{"next":"https://api.intercom.io/contacts?page=2","page":1,"total_pages":4}`, "!in a way that the library knows"},
		{"cursor, page only", contacts, `{"next":{"page":2}}`, "!in a way that the library knows"},
		{"cursor, false", contacts, `{"next":false}`, ""},
		{"cursor, a number", contacts, `{"next":5}`, "!in a way that the library knows"},
		{"cursor, a bare cursor", contacts, `{"next":"WzE3MTQ1NTc2MDBd"}`, "!in a way that the library knows"},
		{"cursor, a list of objects", contacts, `{"next":[{"starting_after":"x"}]}`, "!in a way that the library knows"},
		{"cursor, an object as a cursor", contacts, `{"next":{"starting_after":{"id":7}}}`, "!in a way that the library knows"},
		{"cursor, a list in the place of pages", contacts, `[{"next":{"starting_after":"x"}}]`, "!in a way that the library knows"},
		{"cursor, a text in the place of pages", contacts, `"x"`, "!in a way that the library knows"},
		{"cursor, an empty list in the place of pages", contacts, `[]`, ""},
		{"cursor, another host", contacts, `{"next":"https://intercom.example/contacts?starting_after=x"}`, "!another host"},
		{"cursor, host with a like name", contacts, `{"next":"https://notintercom.io/contacts?starting_after=x"}`, "!another host"},
		{"cursor, host without a scheme", contacts, `{"next":"//intercom.example/contacts?starting_after=x"}`, "!another host"},
		{"cursor, no URL", contacts, `{"next":"http://%zz"}`, "!can't be read"},

		{"number, null on the last page", notes, `{"next":null,"page":1,"per_page":50,"total_pages":1}`, ""},
		{"number, null before the last page", notes, `{"next":null,"page":1,"per_page":50,"total_pages":2}`, "GET /contacts/7/notes?page=2&per_page=50"},
		{"number, no next before the last page", notes, `{"total_pages":2}`, "GET /contacts/7/notes?page=2&per_page=50"},
		{"number, figures as strings", notes, `{"page":"1","per_page":"50","total_pages":"2"}`, "GET /contacts/7/notes?page=2&per_page=50"},
		{"number, URL", notes, `{"next":"https://api.intercom.io/contacts/7/notes?per_page=50&page=2","page":1,"total_pages":2}`, "GET /contacts/7/notes?page=2&per_page=50"},
		{"number, URL without a page", notes, `{"next":"https://api.intercom.io/contacts/7/notes","page":1,"total_pages":2}`, "GET /contacts/7/notes?page=2&per_page=50"},
		{"number, object with a page", notes, `{"next":{"page":2},"page":1}`, "GET /contacts/7/notes?page=2&per_page=50"},
		{"number, object with page and cursor", notes, `{"next":{"page":2,"starting_after":"x"},"page":1}`, "GET /contacts/7/notes?page=2&per_page=50&starting_after=x"},
		{"number, object with a cursor only", notes, `{"next":{"per_page":50,"starting_after":"x"}}`, "GET /contacts/7/notes?page=2&per_page=50&starting_after=x"},
		{"number, itself on the last page", notes, `{"next":{"page":1},"page":1,"total_pages":1}`, ""},
		{"number, itself before the last page", notes, `{"next":{"page":1},"page":1,"total_pages":2}`, "!the same page again"},
		{"number, another host", notes, `{"next":"https://intercom.example/contacts/7/notes?page=2"}`, "!another host"},

		{"posted again", companies, `{"next":"https://api.intercom.io/companies/list?order=asc&page=2&per_page=60"}`, "POST /companies/list?order=asc&page=2&per_page=60"},

		{"whole, no pages", tags, `null`, ""},
		{"whole, bare pages", tags, `{"type":"pages"}`, ""},
		{"whole, with a count", tags, `{"page":1,"total_pages":3,"next":null}`, ""},
		{"whole, but with a next", tags, `{"next":{"page":2},"page":1,"total_pages":2}`, "GET /tags?page=2"},

		{"URL, null", events, `{"next":null}`, ""},
		{"URL, URL", events, `{"next":"https://api.intercom.io/events?type=user&user_id=u1&before=99"}`, "GET /events?before=99&type=user&user_id=u1"},
		{"URL, object", events, `{"next":{"starting_after":"x"}}`, "GET /events?per_page=50&starting_after=x&type=user&user_id=u1"},
		{"URL, object with a page", events, `{"next":{"page":2}}`, "GET /events?page=2&per_page=50&type=user&user_id=u1"},
		{"URL, a list", events, `{"next":["https://api.intercom.io/events?before=99"]}`, "!in a way that the library knows"},
		{"URL, without a query", events, `{"next":"https://api.intercom.io/events"}`, "!in a way that the library knows"},
		{"URL, the same page", events, `{"next":"https://api.intercom.io/events?type=user&user_id=u1"}`, "!the same page again"},
		{"URL, another host", events, `{"next":"https://intercom.example/events?before=99"}`, "!another host"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			handler, seen := scripted(`{"pages":`+test.pages+`}`, `{"pages":null}`)
			err := test.read(clientOf(t, handler))
			if want, isError := strings.CutPrefix(test.want, "!"); isError {
				require.ErrorContains(t, err, want)
				assert.Len(t, *seen, 1)
				return
			}
			require.NoError(t, err)
			if test.want == "" {
				assert.Len(t, *seen, 1)
				return
			}
			require.Len(t, *seen, 2)
			assert.Equal(t, test.want, (*seen)[1])
		})
	}
}

// Items in a place or shape that the library does not know are an error, not
// the end of the list.
func TestItemsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for data, isError := range map[string]bool{
		`{"id":"1"}`: true, `"1"`: true, `7`: true, `true`: true, `[5,"x"]`: true, `{"0":{"id":"1"}}`: true,
		`null`: false, `""`: false, `[]`: false, `{}`: false, `[null]`: false, `false`: false, `[{"id":"1"}]`: false, `[null,{"id":"1"},5]`: false,
	} {
		handler, seen := scripted(`{"type":"list","data":` + data + `,"pages":{"next":null}}`)
		contacts, err := intercom.Collect(clientOf(t, handler).Contacts.All(t.Context(), intercom.ContactListParams{}), -1)
		assert.Len(t, *seen, 1)
		if isError {
			require.ErrorContains(t, err, "intercom: Contacts.List: the items can't be read", data)
			continue
		}
		require.NoError(t, err, data)
		for _, contact := range contacts {
			assert.Equal(t, "1", contact.ID, data)
		}
	}
}

// A next page on another host is refused when it is asked for, not before: the
// page that came is good.
func TestNextPageOnAnotherHostIsRefusedWhenAskedFor(t *testing.T) {
	t.Parallel()
	for next, cursor := range map[string]string{
		"https://intercom.example/contacts?starting_after=x": "https://intercom.example/contacts?starting_after=x",
		"//intercom.example/contacts?starting_after=x":       "https://intercom.example/contacts?starting_after=x",
		"http://localhost:99/":                               "http://localhost:99/",
	} {
		handler, seen := scripted(`{"data":[{"id":"1"},{"id":"2"}],"pages":{"next":"` + next + `"}}`)
		client := clientOf(t, handler)
		page, err := client.Contacts.List(t.Context(), intercom.ContactListParams{})
		require.NoError(t, err)
		assert.Len(t, page.Items, 2)
		assert.Equal(t, cursor, page.NextCursor)

		_, err = client.Contacts.List(t.Context(), intercom.ContactListParams{Cursor: page.NextCursor})
		require.EqualError(t, err, "intercom: Contacts.List: the next page is on another host, where the token must not go")

		ids, err := contactIDs(client.Contacts.All(t.Context(), intercom.ContactListParams{}))
		require.ErrorContains(t, err, "another host")
		assert.Equal(t, []string{"1", "2"}, ids)
		var at *intercom.PageError
		require.ErrorAs(t, err, &at)
		assert.Equal(t, cursor, at.Cursor)

		pages := 0
		for page, err := range client.Contacts.Pages(t.Context(), intercom.ContactListParams{}) {
			if pages++; pages == 1 {
				require.NoError(t, err)
				assert.Len(t, page.Items, 2)
				continue
			}
			require.ErrorContains(t, err, "another host")
		}
		assert.Equal(t, 2, pages)
		assert.Len(t, *seen, 3, "one for each that did not begin there")
	}
}

// Cursors that look a little like URLs are cursors.
func TestCursorsThatLookLikeURLs(t *testing.T) {
	t.Parallel()
	for _, cursor := range []string{"//8Abc=", "a:b", "/x", "https:", "https://api.eu.intercom.io/contacts"} {
		handler, seen := scripted(`{"data":[]}`)
		_, err := clientOf(t, handler).Contacts.List(t.Context(), intercom.ContactListParams{Cursor: cursor})
		require.NoError(t, err, cursor)
		assert.Equal(t, []string{"GET /contacts?starting_after=" + url.QueryEscape(cursor)}, *seen)
	}
}

// A server of the caller's own may name itself.
func TestNextPageOnTheClientsOwnHost(t *testing.T) {
	t.Parallel()
	handler, seen := scripted(`{"pages":{"next":"https://proxy.example:8443/contacts?starting_after=x"}}`, `{}`)
	client := clientOf(t, handler, intercom.WithBaseURL("https://proxy.example:8443/intercom"))
	_, err := contactIDs(client.Contacts.All(t.Context(), intercom.ContactListParams{}))
	require.NoError(t, err)
	assert.Equal(t, "GET /intercom/contacts?per_page=150&starting_after=x", (*seen)[1])
}

// A list that ignores which page is asked for is no list of many pages.
func TestServerThatIgnoresThePage(t *testing.T) {
	t.Parallel()
	for _, next := range []string{`null`, `{"page":2}`} {
		handler, seen := scripted(`{"data":[{"id":"1"}],"pages":{"page":1,"total_pages":3,"next":` + next + `}}`)
		notes, err := intercom.Collect(clientOf(t, handler).Contacts.Notes.All(t.Context(), "7", intercom.NumberedListParams{}), -1)
		require.ErrorIs(t, err, intercom.ErrCursorLoop)
		assert.Len(t, notes, 1)
		assert.Len(t, *seen, 2)
	}
}

// The items are found under each of their names.
func TestItemsKeys(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"data", "companies"} {
		client := clientOf(t, answer(`{"type":"list","`+key+`":[{"id":"1"}]}`))
		page, err := client.Contacts.Companies.List(t.Context(), "7", intercom.NumberedListParams{})
		require.NoError(t, err)
		require.Len(t, page.Items, 1)
		assert.Equal(t, "1", page.Items[0].ID)
	}
}

// A filter on companies that goes on beyond what the API lists.
func TestCompaniesBeyondTheLimit(t *testing.T) {
	t.Parallel()
	const refusal = `{"type":"error.list","errors":[{"code":"bad_request","message":"no further"}]}`
	for _, test := range []struct {
		name   string
		status int
		body   string
	}{
		{"refused", http.StatusBadRequest, refusal},
		{"as if it had ended", http.StatusOK, `{"data":[],"total_count":0,"pages":{"page":168,"total_pages":0}}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			requests := 0
			client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
				requests++
				if r.FormValue("page") == "167" {
					w.WriteHeader(test.status)
					_, _ = w.Write([]byte(test.body))
					return
				}
				var items []map[string]any
				for i := range 60 {
					items = append(items, map[string]any{"id": fmt.Sprintf("%d-%d", requests, i)})
				}
				_ = json.NewEncoder(w).Encode(map[string]any{"data": items, "total_count": 10_500, "pages": map[string]any{"page": requests, "total_pages": 175}})
			})
			companies, err := intercom.Collect(client.Companies.All(t.Context(), intercom.CompanyListParams{TagID: "9"}), -1)
			require.ErrorIs(t, err, intercom.ErrListLimit)
			require.EqualError(t, err, "intercom: Companies.Find: the API lists no more than 10,000 companies; Scroll has them all")
			assert.Equal(t, test.status == http.StatusBadRequest, intercom.HasCode(err, intercom.CodeBadRequest))
			assert.Len(t, companies, 9_960)
		})
	}
}

// A bad request before the limit is a bad request.
func TestBadRequestsForCompanies(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answerStatus(http.StatusBadRequest))
	_, err := client.Companies.List(t.Context(), intercom.CompanyListParams{Cursor: "166:60"})
	require.NotErrorIs(t, err, intercom.ErrListLimit)
	assert.True(t, intercom.IsInvalid(err))
}

// FuzzNextPage gives any JSON in the place of pages: no panic, an end, and
// nothing sent to another place.
func FuzzNextPage(f *testing.F) {
	for _, seed := range []string{
		`null`, `{}`, `{"next":null}`, `{"next":{"starting_after":"a"}}`, `{"next":{"page":2}}`, `{"next":{"page":"2","starting_after":[]}}`,
		`{"next":"https://api.intercom.io/x?page=2&starting_after=b"}`, `{"next":"//evil.example/?page=2"}`, `"https://api.intercom.io/?a=b"`,
		`{"page":1,"per_page":50,"total_pages":9}`, `{"page":-1,"per_page":-5,"total_pages":1e9}`, `[{"next":1}]`, `{"next":"?%zz&page=2#x"}`, `{"next":" \u0000"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, pages string) {
		requests := 0
		client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
			requests++
			if r.Host != "api.intercom.io" {
				t.Errorf("asked %s", r.Host)
			}
			_, _ = w.Write([]byte(`{"data":[{"id":"1"}],"events":[],"pages":` + pages + `}`))
		})
		const most = 20
		for _, read := range []func() int{
			func() int { return count(client.Contacts.Pages(t.Context(), intercom.ContactListParams{}), most) },
			func() int {
				return count(client.Contacts.Notes.Pages(t.Context(), "7", intercom.NumberedListParams{}), most)
			},
			func() int {
				return count(client.Events.Pages(t.Context(), intercom.EventListParams{Contact: intercom.ContactByEmail("a@b.example")}), most)
			},
		} {
			requests = 0
			if n := read(); requests > n+2 {
				t.Errorf("%d requests for %d pages", requests, n)
			}
		}
	})
}

// count reads at most that many pages and tells how many there were.
func count[T any](pages func(func(*intercom.Page[T], error) bool), most int) (n int) {
	for page, err := range pages {
		if err == nil && page == nil {
			panic("neither page nor error")
		}
		if n++; err != nil || n == most {
			break
		}
	}
	return n
}
