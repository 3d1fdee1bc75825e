package intercom_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// changesServer answers searches by updated_at, by the day or by the second.
type changesServer struct {
	changes  map[string]int64                      // id to second
	day      func(second int64) (begin, end int64) // nil: by the second
	sloppy   bool                                  // > means >=, < means <=
	unsorted bool                                  //
	requests []string
}

type wireQuery struct {
	Field    string
	Operator string
	Value    json.RawMessage
}

func (s *changesServer) matches(raw json.RawMessage, second int64) bool {
	var q wireQuery
	_ = json.Unmarshal(raw, &q)
	if q.Field == "" {
		var parts []json.RawMessage
		_ = json.Unmarshal(q.Value, &parts)
		match := func(p json.RawMessage) bool { return s.matches(p, second) }
		if q.Operator == "OR" {
			return slices.ContainsFunc(parts, match)
		}
		return !slices.ContainsFunc(parts, func(p json.RawMessage) bool { return !match(p) })
	}
	if q.Field != "updated_at" {
		return true
	}
	value, _ := strconv.ParseInt(string(q.Value), 10, 64)
	begin, end := value, value+1
	if s.day != nil {
		begin, end = s.day(value)
	}
	switch q.Operator {
	case ">":
		return second >= end || s.sloppy && second >= begin
	case "<":
		return second < begin || s.sloppy && second < end
	default:
		return second >= begin && second < end
	}
}

func (s *changesServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.requests = append(s.requests, string(body))
	var search struct {
		Query      json.RawMessage
		Sort       struct{ Field, Order string }
		Pagination struct {
			PerPage       int    `json:"per_page"`
			StartingAfter string `json:"starting_after"`
		}
	}
	_ = json.Unmarshal(body, &search)
	var found []string
	for id, second := range s.changes {
		if s.matches(search.Query, second) {
			found = append(found, id)
		}
	}
	slices.SortFunc(found, func(a, b string) int {
		if s.changes[a] != s.changes[b] {
			return int(s.changes[a] - s.changes[b])
		}
		return strings.Compare(a, b)
	})
	if search.Sort.Order == "descending" {
		slices.Reverse(found)
	}
	if s.unsorted {
		slices.Reverse(found)
	}
	start, _ := strconv.Atoi(search.Pagination.StartingAfter)
	end := min(start+7, len(found))
	items := []any{}
	for _, id := range found[start:end] {
		items = append(items, map[string]any{"id": id, "updated_at": s.changes[id]})
	}
	pages := map[string]any{}
	if end < len(found) {
		pages["next"] = map[string]any{"starting_after": strconv.Itoa(end)}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": items, "conversations": items, "pages": pages})
}

// Days of a workspace, found in the two ways that the API may find them.
func daysIn(zone *time.Location) func(int64) (int64, int64) {
	return func(second int64) (int64, int64) {
		y, m, d := time.Unix(second, 0).In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, zone).Unix(), time.Date(y, m, d+1, 0, 0, 0, 0, zone).Unix()
	}
}

func utcDaysIn(zone *time.Location) func(int64) (int64, int64) {
	return func(second int64) (int64, int64) {
		y, m, d := time.Unix(second, 0).UTC().Date()
		return time.Date(y, m, d, 0, 0, 0, 0, zone).Unix(), time.Date(y, m, d+1, 0, 0, 0, 0, zone).Unix()
	}
}

// change is what the tests look at.
type change struct {
	id         string
	checkpoint intercom.Checkpoint
}

func readChanges(t *testing.T, client *intercom.Client, contacts bool, params intercom.UpdatedSinceParams, most int) (changes []change, err error) {
	t.Helper()
	if contacts {
		for u, err := range client.Contacts.UpdatedSince(t.Context(), params) {
			if err != nil {
				return changes, err
			}
			if changes = append(changes, change{u.Item.ID, u.Checkpoint}); len(changes) == most {
				break
			}
		}
		return changes, nil
	}
	for u, err := range client.Conversations.UpdatedSince(t.Context(), params) {
		if err != nil {
			return changes, err
		}
		if changes = append(changes, change{u.Item.ID, u.Checkpoint}); len(changes) == most {
			break
		}
	}
	return changes, nil
}

// Whatever the zone of the workspace and wherever the window begins, every
// change comes once and in order, also when the reading is broken off at any
// place and goes on from its checkpoint.
func TestUpdatedSince(t *testing.T) {
	t.Parallel()
	const day = 24 * 3600
	base := time.Date(2030, 3, 28, 0, 0, 0, 0, time.UTC).Unix()
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		server := &changesServer{changes: map[string]int64{}}
		zone := time.FixedZone("", (r.IntN(27)-12)*3600+r.IntN(2)*1800)
		contacts := r.IntN(3) > 0
		switch {
		case !contacts:
			server.sloppy = r.IntN(2) == 0
		case r.IntN(2) == 0:
			server.day = daysIn(zone)
		default:
			server.day = utcDaysIn(zone)
		}
		for i := range r.IntN(120) {
			second := base + r.Int64N(5*day)
			if r.IntN(4) == 0 {
				second = base + day*r.Int64N(5) // Many at once, and on the border of a day.
			}
			server.changes[fmt.Sprintf("%c%d", 'a'+r.IntN(26), i)] = second
		}
		since := base + r.Int64N(4*day)
		until := since + r.Int64N(3*day)
		if r.IntN(3) == 0 {
			since = base + day*r.Int64N(4)
		}
		var want []string
		for id, second := range server.changes {
			if second >= since && second < until {
				want = append(want, id)
			}
		}
		slices.Sort(want)

		client := clientOf(t, server.ServeHTTP)
		params := intercom.UpdatedSinceParams{Since: time.Unix(since, 999), Until: time.Unix(until, 999)}
		var got []string
		last := since
		for {
			most := 1 + r.IntN(30)
			changes, err := readChanges(t, client, contacts, params, most)
			require.NoError(t, err, "seed %d", seed)
			for _, c := range changes {
				got = append(got, c.id)
				require.GreaterOrEqual(t, server.changes[c.id], last, "order, seed %d", seed)
				last = server.changes[c.id]
				require.Equal(t, last, c.checkpoint.Time().Unix())
			}
			if len(changes) < most {
				break
			}
			text, err := json.Marshal(changes[len(changes)-1].checkpoint)
			require.NoError(t, err)
			params = intercom.UpdatedSinceParams{Until: params.Until}
			require.NoError(t, json.Unmarshal(text, &params.Checkpoint))
		}
		slices.Sort(got)
		require.Equal(t, want, got, "seed %d", seed)
	}
}

// Nothing before the window is read page by page only to be thrown away.
func TestUpdatedSinceReadsLittleInVain(t *testing.T) {
	t.Parallel()
	server := &changesServer{changes: map[string]int64{}, day: daysIn(time.UTC)}
	evening := time.Date(2030, 1, 1, 23, 0, 0, 0, time.UTC)
	for i := range 700 {
		server.changes[strconv.Itoa(i)] = evening.Unix() - int64(i)
	}
	changes, err := readChanges(t, clientOf(t, server.ServeHTTP), true, intercom.UpdatedSinceParams{Since: evening.Add(-time.Second), Until: evening.Add(time.Hour)}, -1)
	require.NoError(t, err)
	assert.Len(t, changes, 2)
	assert.LessOrEqual(t, len(server.requests), 3)
}

// Without an end the window ends five minutes ago.
func TestUpdatedSinceLeavesTheLatestToTheNext(t *testing.T) {
	t.Parallel()
	for _, contacts := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			now := time.Now().Unix()
			server := &changesServer{changes: map[string]int64{"late": now - 300, "early": now - 301, "new": now - 1}}
			client := clientOf(t, server.ServeHTTP)
			params := intercom.UpdatedSinceParams{Since: time.Now().Add(-time.Hour)}
			changes, err := readChanges(t, client, contacts, params, -1)
			require.NoError(t, err)
			require.Len(t, changes, 1)
			assert.Equal(t, "early", changes[0].id)

			requests := len(server.requests)
			none, err := readChanges(t, client, contacts, intercom.UpdatedSinceParams{Since: time.Now().Add(-time.Minute)}, -1)
			require.NoError(t, err)
			assert.Empty(t, none)
			assert.Len(t, server.requests, requests, "an empty window costs nothing")

			time.Sleep(10 * time.Minute)
			changes, err = readChanges(t, client, contacts, intercom.UpdatedSinceParams{Checkpoint: changes[0].checkpoint}, -1)
			require.NoError(t, err)
			require.Len(t, changes, 2)
			assert.Equal(t, "late", changes[0].id)
		})
	}
}

func TestUpdatedSinceAsksForMore(t *testing.T) {
	t.Parallel()
	server := &changesServer{changes: map[string]int64{"a": 2_000_000_000}}
	client := clientOf(t, server.ServeHTTP)
	params := intercom.UpdatedSinceParams{
		Since: time.Unix(1_999_999_999, 0), Until: time.Unix(2_000_000_001, 0),
		Query: intercom.Or(intercom.Field("state").Eq("open"), intercom.Field("state").Eq("snoozed")),
	}
	changes, err := readChanges(t, client, false, params, -1)
	require.NoError(t, err)
	assert.Len(t, changes, 1)
	var body struct{ Query, Sort json.RawMessage }
	require.NoError(t, json.Unmarshal([]byte(server.requests[0]), &body))
	assert.JSONEq(t, `{"field":"updated_at","order":"ascending"}`, string(body.Sort))
	assert.JSONEq(t, `{"operator":"AND","value":[
		{"field":"updated_at","operator":">","value":1999999998},
		{"field":"updated_at","operator":"<","value":2000000001},
		{"operator":"OR","value":[{"field":"state","operator":"=","value":"open"},{"field":"state","operator":"=","value":"snoozed"}]}]}`, string(body.Query))
}

func TestUpdatedSinceErrors(t *testing.T) {
	t.Parallel()
	window := intercom.UpdatedSinceParams{Since: time.Unix(2_000_000_000, 0), Until: time.Unix(2_000_001_000, 0)}
	for _, contacts := range []bool{true, false} {
		name := map[bool]string{true: "Contacts", false: "Conversations"}[contacts]
		_, err := readChanges(t, clientOf(t, answer(`{}`)), contacts, intercom.UpdatedSinceParams{}, -1)
		require.EqualError(t, err, "intercom: "+name+".UpdatedSince: since is required")

		_, err = readChanges(t, clientOf(t, answerStatus(http.StatusNotFound)), contacts, window, -1)
		assert.True(t, intercom.IsNotFound(err))
		var page *intercom.PageError
		require.NotErrorAs(t, err, &page, "the cursor of the search is of no use")

		deep := window
		deep.Query = intercom.And(intercom.Or(intercom.Field("id").Eq("1")))
		_, err = readChanges(t, clientOf(t, answer(`{}`)), contacts, deep, -1)
		require.ErrorContains(t, err, "nested too deep")

		server := &changesServer{unsorted: true, changes: map[string]int64{"a": 2_000_000_010, "b": 2_000_000_020}}
		_, err = readChanges(t, clientOf(t, server.ServeHTTP), false, window, -1)
		require.ErrorContains(t, err, "out of order")
	}
}

func TestCheckpoint(t *testing.T) {
	t.Parallel()
	var none intercom.Checkpoint
	assert.True(t, none.IsZero())
	assert.True(t, none.Time().IsZero())
	assert.Empty(t, none.String())

	for _, text := range []string{"", "2000000000:", "2000000000:a,b", "2000000000:a%2Cb,c%3Ad"} {
		c, err := intercom.ParseCheckpoint(text)
		require.NoError(t, err)
		assert.Equal(t, text, c.String())
	}
	for _, text := range []string{"x", "-1:a", "0:a", "1.5:a", "2000000000:%zz"} {
		_, err := intercom.ParseCheckpoint(text)
		require.EqualError(t, err, fmt.Sprintf("intercom: %q is no checkpoint", text))
		require.Error(t, new(intercom.Checkpoint).UnmarshalText([]byte(text)))
	}
}

// A checkpoint that was kept does not change when the reading goes on.
func TestCheckpointsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	server := &changesServer{changes: map[string]int64{}}
	for i := range 20 {
		server.changes[fmt.Sprintf("%02d", i)] = 2_000_000_000
	}
	changes, err := readChanges(t, clientOf(t, server.ServeHTTP), false, intercom.UpdatedSinceParams{Since: time.Unix(1_999_999_999, 0), Until: time.Unix(2_000_000_001, 0)}, -1)
	require.NoError(t, err)
	require.Len(t, changes, 20)
	var ids []string
	for _, c := range changes {
		ids = append(ids, c.id)
		assert.Equal(t, "2000000000:"+strings.Join(ids, ","), c.checkpoint.String())
	}
}
