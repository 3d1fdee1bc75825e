package rows

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/seed-8b687bef/intercom-go"

	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
	"github.com/seed-8b687bef/intercom-go/benchmarks/ratio"
	"github.com/seed-8b687bef/intercom-go/benchmarks/stock"
	"github.com/seed-8b687bef/intercom-go/benchmarks/twins"
)

// Lists compares reading ten pages of 150 contacts with a client that
// oapi-codegen generates with its default settings from our own document, and
// with a loop by hand on net/http and encoding/json.
var Lists = Group{Name: "lists", Measure: measureLists}

const listPages = 10

func measureLists(o Options) ([]Row, error) {
	server := newListServer(payload.ContactPages(listPages, payload.PageSize), 0)
	defer server.Close()
	cases, done, err := listCases(server)
	if err != nil {
		return nil, err
	}
	defer done()
	// Each run is a slice of its own: 150 contacts take long enough.
	result, err := ratio.Measure(cases, o.Options)
	if err != nil {
		return nil, err
	}
	row := func(form, rival string, goal float64) Row {
		return Row{
			What: fmt.Sprintf("lists: ten pages of 150 contacts, %s, time of %s over ours", form, rival),
			Goal: goal, Got: ratio.Summarize(result.Ratio(rival+", "+form, "ours, "+form)),
			Beside: fmt.Sprintf("%.1f ms, ours %.1f; fetched and thrown away %.1f", result.Time(rival+", "+form).Median/1e6, result.Time("ours, "+form).Median/1e6, result.Time("fetch, "+form).Median/1e6),
		}
	}
	return []Row{
		row("plain", "stock oapi-codegen", 5.5),
		row("gzip", "stock oapi-codegen", 3.5),
		row("plain", "net/http and encoding/json", 4),
	}, nil
}

// listCases are the ways to read the list, from plain and from packed pages.
func listCases(server *listServer) (cases []ratio.Case, done func(), err error) {
	done = http.DefaultClient.CloseIdleConnections
	for form, base := range map[string]string{"plain": server.URL, "gzip": server.URL + "/packed"} {
		client, err := intercom.NewClient("token", intercom.WithBaseURL(base))
		if err != nil {
			return nil, done, err
		}
		generated, err := stock.NewClientWithResponses(base)
		if err != nil {
			return nil, done, err
		}
		last := done
		done = func() { client.CloseIdleConnections(); last() }
		cases = append(cases,
			ratio.Case{Name: "ours, " + form, Run: func() error { return readAll(client, 0) }},
			ratio.Case{Name: "stock oapi-codegen, " + form, Run: func() error { return readStock(generated) }},
			ratio.Case{Name: "net/http and encoding/json, " + form, Run: func() error { return readByHand(base, 0, pageByHand) }},
			ratio.Case{Name: "fetch, " + form, Run: func() error { return fetchAll(server, base) }})
	}
	return cases, done, nil
}

// readAll reads the list as a caller does who works a while on every page.
func readAll(client *intercom.Client, work time.Duration, opts ...intercom.CallOption) error {
	seen := 0
	for _, err := range client.Contacts.All(context.Background(), intercom.ContactListParams{PerPage: payload.PageSize}, opts...) {
		if err != nil {
			return err
		}
		seen++
		pretendToWork(seen, work)
	}
	return checkSeen(seen)
}

// pretendToWork spreads the work on a page over its items, in pieces that a
// timer can measure.
func pretendToWork(seen int, work time.Duration) {
	if work > 0 && seen%(payload.PageSize/5) == 0 {
		time.Sleep(work / 5)
	}
}

func checkSeen(seen int) error {
	if seen != listPages*payload.PageSize {
		return fmt.Errorf("read %d contacts", seen)
	}
	return nil
}

// readStock reads the list with the generated client, as its users do.
func readStock(client *stock.ClientWithResponses) error {
	seen := 0
	params := &stock.ContactsListParams{PerPage: new(int)}
	*params.PerPage = payload.PageSize
	for {
		answer, err := client.ContactsListWithResponse(context.Background(), params, authorize)
		if err != nil {
			return err
		}
		if answer.JSON200 == nil || answer.JSON200.Data == nil || answer.JSON200.Pages == nil {
			return errors.New(answer.Status())
		}
		seen += len(*answer.JSON200.Data)
		if answer.JSON200.Pages.Next == nil {
			return checkSeen(seen)
		}
		next, err := answer.JSON200.Pages.Next.AsNextPage()
		if err != nil {
			return err
		}
		params.StartingAfter = next.StartingAfter
	}
}

func authorize(_ context.Context, request *http.Request) error {
	request.Header.Set("Authorization", "Bearer token")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Intercom-Version", "2.8")
	return nil
}

// byHand is what many people write: a page, its items, the next page.
type byHand struct {
	Data  []twins.Contact `json:"data"`
	Pages struct {
		Next *struct {
			StartingAfter string `json:"starting_after"`
		} `json:"next"`
	} `json:"pages"`
}

func readByHand(base string, work time.Duration, read func(string) (*byHand, error)) error {
	seen, cursor := 0, ""
	for {
		page, err := read(pageURL(base, cursor))
		if err != nil {
			return err
		}
		for range page.Data {
			seen++
			pretendToWork(seen, work)
		}
		if page.Pages.Next == nil {
			return checkSeen(seen)
		}
		cursor = page.Pages.Next.StartingAfter
	}
}

func pageURL(base, cursor string) string {
	query := url.Values{"per_page": {strconv.Itoa(payload.PageSize)}}
	if cursor != "" {
		query.Set("starting_after", cursor)
	}
	return base + "/contacts?" + query.Encode()
}

func pageByHand(address string) (*byHand, error) {
	response, err := fetchPage(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	var page byHand
	return &page, json.Unmarshal(body, &page)
}

func fetchPage(address string) (*http.Response, error) {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	_ = authorize(context.Background(), request)
	response, err := http.DefaultClient.Do(request)
	if err == nil && response.StatusCode != http.StatusOK {
		response.Body.Close()
		err = errors.New(response.Status)
	}
	return response, err
}

// fetchAll fetches all pages and throws them away: what nobody can be faster
// than who reads one page after the other.
func fetchAll(server *listServer, base string) error {
	for cursor := range server.after {
		response, err := fetchPage(pageURL(base, cursor))
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
