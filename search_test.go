package intercom_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

var noon = time.Date(2031, 5, 4, 12, 30, 0, 0, time.FixedZone("", 2*3600))

// searchBodyOf is what a search for contacts sends, or its error.
func searchBodyOf(tb testing.TB, kind string, params intercom.ContactSearchParams, opts ...intercom.ClientOption) (string, error) {
	tb.Helper()
	var body string
	client := clientOf(tb, func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		body = string(text)
		_, _ = w.Write([]byte(`{}`))
	}, opts...)
	var err error
	switch kind {
	case "contacts":
		_, err = client.Contacts.Search(tb.Context(), params)
	case "conversations":
		_, err = client.Conversations.Search(tb.Context(), intercom.ConversationSearchParams{Query: params.Query, Sort: params.Sort, PerPage: params.PerPage, Cursor: params.Cursor})
	case "tickets":
		_, err = client.Tickets.Search(tb.Context(), intercom.TicketSearchParams(params), intercom.WithVersion(intercom.V2_10))
	}
	return body, err
}

// queryOf is the query that a search sends.
func queryOf(tb testing.TB, kind string, q intercom.Query, opts ...intercom.ClientOption) (string, error) {
	tb.Helper()
	body, err := searchBodyOf(tb, kind, intercom.ContactSearchParams{Query: q}, opts...)
	if err != nil {
		return "", err
	}
	var sent struct{ Query json.RawMessage }
	require.NoError(tb, json.Unmarshal([]byte(body), &sent))
	return string(sent.Query), nil
}

func TestQueryOnTheWire(t *testing.T) {
	t.Parallel()
	seconds := strconv.FormatInt(noon.Unix(), 10)
	type kind string
	const plan, days = "Plan (new)", kind("contacts")
	for _, test := range []struct {
		name  string
		kind  kind
		query intercom.Query
		wire  string
		text  string
	}{
		{"equal", days, intercom.Field("role").Eq("user"), `{"field":"role","operator":"=","value":"user"}`, `role = "user"`},
		{"not equal", days, intercom.Field("email").NotEq("x@y.example"), `{"field":"email","operator":"!=","value":"x@y.example"}`, `email != "x@y.example"`},
		{"in", days, intercom.Field("os").In("a", "b"), `{"field":"os","operator":"IN","value":["a","b"]}`, `os IN ["a", "b"]`},
		{"in a slice", days, intercom.Field("os").In([]string{"a", "b"}), `{"field":"os","operator":"IN","value":["a","b"]}`, `os IN ["a", "b"]`},
		{"not in", days, intercom.Attribute("seats").NotIn([]int{1, 2}), `{"field":"custom_attributes.seats","operator":"NIN","value":[1,2]}`, `attribute "seats" NIN [1, 2]`},
		{"greater", days, intercom.Attribute("seats").GreaterThan(5), `{"field":"custom_attributes.seats","operator":">","value":5}`, `attribute "seats" > 5`},
		{"less", days, intercom.Attribute("score").LessThan(0.5), `{"field":"custom_attributes.score","operator":"<","value":0.5}`, `attribute "score" < 0.5`},
		{"at least", days, intercom.Attribute("seats").AtLeast(uint8(5)), `{"field":"custom_attributes.seats","operator":">=","value":5}`, `attribute "seats" >= 5`},
		{"at most", "conversations", intercom.Field("statistics.count_reopens").AtMost(3), `{"field":"statistics.count_reopens","operator":"<=","value":3}`, `statistics.count_reopens <= 3`},
		{"after", days, intercom.Field("created_at").After(noon), `{"field":"created_at","operator":">","value":` + seconds + `}`, `created_at > 2031-05-04T10:30:00Z`},
		{"before", "conversations", intercom.Field("waiting_since").Before(noon), `{"field":"waiting_since","operator":"<","value":` + seconds + `}`, `waiting_since < 2031-05-04T10:30:00Z`},
		{"on a day", days, intercom.Field("signed_up_at").Eq(intercom.TimestampOf(noon)), `{"field":"signed_up_at","operator":"=","value":` + seconds + `}`, `signed_up_at = 2031-05-04T10:30:00Z`},
		{"contains", days, intercom.Field("name").Contains("da"), `{"field":"name","operator":"~","value":"da"}`, `name ~ "da"`},
		{"not contains", days, intercom.Field("name").NotContains("da"), `{"field":"name","operator":"!~","value":"da"}`, `name !~ "da"`},
		{"starts with", days, intercom.Field("name").StartsWith("A"), `{"field":"name","operator":"^","value":"A"}`, `name ^ "A"`},
		{"ends with", days, intercom.Field("name").EndsWith("a"), `{"field":"name","operator":"$","value":"a"}`, `name $ "a"`},
		{"null", days, intercom.Field("phone").Eq(nil), `{"field":"phone","operator":"=","value":null}`, `phone = null`},
		{"true", "conversations", intercom.Field("open").Eq(true), `{"field":"open","operator":"=","value":true}`, `open = true`},
		{"constant", "conversations", intercom.Field("state").Eq(intercom.ConversationStateOpen), `{"field":"state","operator":"=","value":"open"}`, `state = "open"`},
		{"json.Number", days, intercom.Attribute("n").Eq(json.Number("12345678901234567890")), `{"field":"custom_attributes.n","operator":"=","value":12345678901234567890}`, `attribute "n" = 12345678901234567890`},

		{"id that the API has as a number", "conversations", intercom.Field("admin_assignee_id").Eq("814"), `{"field":"admin_assignee_id","operator":"=","value":814}`, `admin_assignee_id = "814"`},
		{"ids that the API has as numbers", "conversations", intercom.Field("team_assignee_id").In("1", "2"), `{"field":"team_assignee_id","operator":"IN","value":[1,2]}`, `team_assignee_id IN ["1", "2"]`},
		{"id that the API has as text", "tickets", intercom.Field("admin_assignee_id").Eq(814), `{"field":"admin_assignee_id","operator":"=","value":"814"}`, `admin_assignee_id = 814`},
		{"seconds as text", "tickets", intercom.Field("created_at").GreaterThan("1600000000"), `{"field":"created_at","operator":">","value":1600000000}`, `created_at > "1600000000"`},

		{"attribute of contacts", days, intercom.Attribute(plan).Eq("max"), `{"field":"custom_attributes.Plan (new)","operator":"=","value":"max"}`, `attribute "Plan (new)" = "max"`},
		{"attribute of conversations", "conversations", intercom.Attribute(plan).Eq("max"), `{"field":"custom_attribute.Plan (new)","operator":"=","value":"max"}`, `attribute "Plan (new)" = "max"`},
		{"attribute of tickets", "tickets", intercom.Attribute("77").Eq("max"), `{"field":"ticket_attribute.77","operator":"=","value":"max"}`, `attribute "77" = "max"`},
		{"attribute with a field's name", days, intercom.Attribute("tag_id").In("a"), `{"field":"custom_attributes.tag_id","operator":"IN","value":["a"]}`, `attribute "tag_id" IN ["a"]`},
		{"field that is new", days, intercom.Field("mood").GreaterThan("b"), `{"field":"mood","operator":">","value":"b"}`, `mood > "b"`},

		{
			"groups", days,
			intercom.And(intercom.Field("role").Eq("user"), intercom.Or(intercom.Field("name").Contains("a"), intercom.Field("name").Contains("b"))),
			`{"operator":"AND","value":[{"field":"role","operator":"=","value":"user"},{"operator":"OR","value":[{"field":"name","operator":"~","value":"a"},{"field":"name","operator":"~","value":"b"}]}]}`,
			`role = "user" AND (name ~ "a" OR name ~ "b")`,
		},
		{
			"raw in a group", days,
			intercom.Or(intercom.RawQuery(json.RawMessage(`{"field":"new","operator":"EXISTS"}`)), intercom.Field("role").Eq("lead")),
			`{"operator":"OR","value":[{"field":"new","operator":"EXISTS"},{"field":"role","operator":"=","value":"lead"}]}`,
			`{"field":"new","operator":"EXISTS"} OR role = "lead"`,
		},
		{"raw", "conversations", intercom.RawQuery(json.RawMessage(` {"a":[1]}`)), `{"a":[1]}`, ` {"a":[1]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			wire, err := queryOf(t, string(test.kind), test.query)
			require.NoError(t, err)
			assert.JSONEq(t, test.wire, wire)
			assert.Equal(t, test.text, test.query.String())
			if test.kind == "contacts" {
				text, err := json.Marshal(test.query)
				require.NoError(t, err)
				assert.JSONEq(t, test.wire, string(text))
			}
		})
	}
}

// From 2.16 on the id of the owner is text.
func TestQueryFollowsTheVersion(t *testing.T) {
	t.Parallel()
	q := intercom.Field("owner_id").Eq("814")
	wire, err := queryOf(t, "contacts", q)
	require.NoError(t, err)
	assert.JSONEq(t, `{"field":"owner_id","operator":"=","value":814}`, wire)
	wire, err = queryOf(t, "contacts", q, intercom.WithVersion(intercom.V2_16))
	require.NoError(t, err)
	assert.JSONEq(t, `{"field":"owner_id","operator":"=","value":"814"}`, wire)
}

func TestQueryIsCheckedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	name := intercom.Field("name").Eq("a")
	many := func(n int) (list []intercom.Query) {
		for range n {
			list = append(list, name)
		}
		return list
	}
	for _, test := range []struct {
		name  string
		kind  string
		query intercom.Query
		want  string // "" if it is fine
	}{
		{"none", "contacts", intercom.Query{}, "the query is empty; use Field, Attribute, And or Or"},
		{"no field", "contacts", intercom.Field("").Eq("a"), "a condition names no field"},
		{"no list", "contacts", intercom.Field("os").In(), "os IN: the list is empty"},
		{"nil list", "contacts", intercom.Field("os").NotIn([]string(nil)), "os NIN: the list is empty"},
		{"list where there is none", "contacts", intercom.Field("os").Eq([]string{"a"}), "os =: a list can only be used with In and NotIn"},
		{"odd value", "contacts", intercom.Field("os").Eq(struct{}{}), "os =: a struct {} can't be compared with"},
		{"not a number", "contacts", intercom.Attribute("n").Eq(math.NaN()), "n =: NaN is no JSON number"},
		{"infinite", "contacts", intercom.Attribute("n").LessThan(math.Inf(1)), "n <: +Inf is no JSON number"},
		{"bad json.Number", "contacts", intercom.Attribute("n").Eq(json.Number("1,5")), `n =: "1,5" is no number`},
		{"no moment", "contacts", intercom.Field("created_at").After(time.Time{}), "created_at >: the moment is zero"},
		{"nothing is greater than null", "contacts", intercom.Attribute("n").GreaterThan(nil), "n >: null is neither less nor greater than anything"},

		{"empty group", "contacts", intercom.And(), "AND joins nothing"},
		{"group with an empty query", "contacts", intercom.Or(name, intercom.Query{}), "OR joins an empty query"},
		{"15", "contacts", intercom.And(many(15)...), ""},
		{"16", "contacts", intercom.Or(many(16)...), "OR joins 16 conditions; the API takes at most 15"},
		{"two levels", "contacts", intercom.And(intercom.Or(name), name), ""},
		{"three levels", "contacts", intercom.And(intercom.Or(intercom.And(name))), "AND is nested too deep; the API takes groups in a group, but none in those"},
		{"error within", "contacts", intercom.And(name, intercom.Or(intercom.Field("os").In())), "os IN: the list is empty"},
		{"raw that is no JSON", "contacts", intercom.RawQuery(json.RawMessage(`{"a"`)), "the raw query is no JSON object"},
		{"raw that is a list", "contacts", intercom.RawQuery(json.RawMessage(`[]`)), "the raw query is no JSON object"},
		{"raw nothing", "contacts", intercom.RawQuery(nil), "the raw query is no JSON object"},

		{"days: not", "contacts", intercom.Field("created_at").NotEq(noon), "created_at !=: a search for contacts takes only = < > here"},
		{"days: in", "contacts", intercom.Attribute("renewal").In(noon), "renewal IN: a search for contacts takes only = < > here"},
		{"days: at least", "contacts", intercom.Field("updated_at").AtLeast(noon), "updated_at >=: a search for contacts takes only = < > here"},
		{"seconds: not", "conversations", intercom.Field("created_at").NotEq(noon), ""},
		{"seconds: in", "conversations", intercom.Field("created_at").In(noon), ""},
		{"seconds: at least", "tickets", intercom.Field("created_at").AtLeast(noon), ""},
		{"tags of contacts: is", "contacts", intercom.Field("tag_id").Eq("1"), ""},
		{"tags of contacts: in", "contacts", intercom.Field("tag_id").In("1"), "tag_id IN: a search for contacts takes only = != here"},
		{"tags of conversations: in", "conversations", intercom.Field("tag_ids").In("1"), ""},
		{"text is not greater", "contacts", intercom.Field("name").GreaterThan("b"), "name >: a search for contacts takes only = != IN NIN ~ !~ ^ $ here"},
		{"numbers contain nothing", "conversations", intercom.Field("ai_agent.rating").Contains("1"), "ai_agent.rating ~: a search for conversations takes only = != IN NIN < > <= >= here"},
		{"true is not greater", "contacts", intercom.Attribute("on").GreaterThan(true), "on >: a search for contacts takes only = != IN NIN here"},
		{"a word as a number", "conversations", intercom.Field("admin_assignee_id").Eq("ada"), `admin_assignee_id =: the field holds a number, which "ada" is not`},
		{"a word as a moment", "tickets", intercom.Field("created_at").GreaterThan("today"), `created_at >: the field holds a moment, which "today" is not`},
		{"a word as a switch", "tickets", intercom.Field("open").Eq("yes"), `open =: the field holds true or false, which "yes" is not`},
		{"a switch as text", "contacts", intercom.Field("name").Eq(true), `name =: the field holds text, which true is not`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			wire, err := queryOf(t, test.kind, test.query)
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			operation := "intercom: " + strings.ToUpper(test.kind[:1]) + test.kind[1:] + ".Search: "
			require.EqualError(t, err, operation+test.want)
			assert.Empty(t, wire, "nothing was sent")
			_ = test.query.String()
		})
	}
}

func TestLargeNumbersKeepTheirDigits(t *testing.T) {
	t.Parallel()
	for _, value := range []any{json.Number("12345678901234567891"), int64(math.MaxInt64), uint64(math.MaxUint64)} {
		wire, err := queryOf(t, "contacts", intercom.Attribute("n").Eq(value))
		require.NoError(t, err)
		assert.Contains(t, wire, fmt.Sprintf(`"value":%v}`, value))
	}
}

func TestSearchBody(t *testing.T) {
	t.Parallel()
	body, err := searchBodyOf(t, "contacts", intercom.ContactSearchParams{
		Query: intercom.Field("role").Eq("user"), Sort: intercom.Sort{Field: "name", Order: intercom.Ascending}, PerPage: 7, Cursor: "abc=",
	})
	require.NoError(t, err)
	assert.JSONEq(t, `{"query":{"field":"role","operator":"=","value":"user"},"pagination":{"per_page":7,"starting_after":"abc="},"sort":{"field":"name","order":"ascending"}}`, body)
	body, err = searchBodyOf(t, "contacts", intercom.ContactSearchParams{Query: intercom.Field("role").Eq("user")})
	require.NoError(t, err)
	assert.JSONEq(t, `{"query":{"field":"role","operator":"=","value":"user"}}`, body)
	for _, sort := range []intercom.Sort{{Order: intercom.Ascending}, {Field: "name", Order: "upwards"}} {
		_, err = searchBodyOf(t, "tickets", intercom.ContactSearchParams{Query: intercom.Field("open").Eq(true), Sort: sort})
		require.EqualError(t, err, "intercom: Tickets.Search: sort needs a field, and ascending or descending")
	}
}

// The pages of a search are asked for with the same query, from the cursor on.
func TestSearchAllPages(t *testing.T) {
	t.Parallel()
	var bodies []string
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		bodies = append(bodies, string(text))
		answers := []string{`{"data":[{"id":"1"}],"pages":{"next":{"page":2,"starting_after":"x"}}}`, `{"data":[{"id":"2"}],"pages":{"page":2}}`}
		_, _ = w.Write([]byte(answers[len(bodies)-1]))
	})
	q := intercom.Field("role").Eq("lead")
	ids, err := contactIDs(client.Contacts.SearchAll(t.Context(), intercom.ContactSearchParams{Query: q}))
	require.NoError(t, err)
	assert.Equal(t, []string{"1", "2"}, ids)
	assert.Equal(t, []string{
		`{"query":{"field":"role","operator":"=","value":"lead"},"pagination":{"per_page":150}}`,
		`{"query":{"field":"role","operator":"=","value":"lead"},"pagination":{"per_page":150,"starting_after":"x"}}`,
	}, bodies)
}

func TestEmptyQuery(t *testing.T) {
	t.Parallel()
	assert.True(t, intercom.Query{}.IsZero())
	assert.False(t, intercom.Field("a").Eq(1).IsZero())
	assert.Equal(t, "(no condition)", intercom.Query{}.String())
	_, err := json.Marshal(intercom.Query{})
	require.Error(t, err)
}

// FuzzQuery builds any query: it is refused or is JSON that means the same.
func FuzzQuery(f *testing.F) {
	f.Add("name", "a", int64(3), uint8(2), true)
	f.Add("created_at", "\xff\u2028<>", int64(-1), uint8(200), false)
	f.Add("tag_id", "", int64(math.MaxInt64), uint8(33), true)
	f.Add("", "1e5", int64(0), uint8(91), false)
	f.Fuzz(func(t *testing.T, field, text string, number int64, shape uint8, attribute bool) {
		condition := intercom.Field(field)
		if attribute {
			condition = intercom.Attribute(field)
		}
		filter := []func() intercom.Query{
			func() intercom.Query { return condition.Eq(text) }, func() intercom.Query { return condition.NotEq(number) },
			func() intercom.Query { return condition.In(text, number, nil) }, func() intercom.Query { return condition.NotIn(text) },
			func() intercom.Query { return condition.After(time.Unix(number, 0)) }, func() intercom.Query { return condition.LessThan(text) },
			func() intercom.Query { return condition.AtLeast(float64(number)) }, func() intercom.Query { return condition.Contains(text) },
			func() intercom.Query { return intercom.RawQuery(json.RawMessage(text)) }, func() intercom.Query { return condition.Eq(json.Number(text)) },
		}[shape%10]()
		for range shape / 50 {
			filter = intercom.And(filter, intercom.Or(filter))
		}
		kind := []string{"contacts", "conversations", "tickets"}[shape%3]
		body, err := searchBodyOf(t, kind, intercom.ContactSearchParams{Query: filter})
		_ = filter.String()
		if err != nil {
			if body != "" || !strings.HasPrefix(err.Error(), "intercom: ") {
				t.Errorf("%v after %q", err, body)
			}
			return
		}
		if !json.Valid([]byte(body)) {
			t.Errorf("%q is no JSON", body)
		}
	})
}
