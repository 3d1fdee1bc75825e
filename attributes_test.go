package intercom_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// attributesOf reads custom attributes from JSON.
func attributesOf(t *testing.T, text string) intercom.CustomAttributes {
	t.Helper()
	var a intercom.CustomAttributes
	require.NoError(t, json.Unmarshal([]byte(text), &a))
	return a
}

func TestCustomAttributesReadAllKinds(t *testing.T) {
	t.Parallel()
	a := attributesOf(t, `{"plan":"max","seats":12345678901234567890,"score":-1.50,"beta":true,"left":null,
		"since":1700000123,"due":"2023-11-14T22:15:23Z","orders":[{"no":1}],"more":{"x":1},"digits":"42","yes":"true","blank":""}`)

	want := map[string]any{
		"plan": "max", "seats": json.Number("12345678901234567890"), "score": json.Number("-1.50"), "beta": true, "left": nil,
		"since": json.Number("1700000123"), "due": "2023-11-14T22:15:23Z", "orders": json.RawMessage(`[{"no":1}]`),
		"more": json.RawMessage(`{"x":1}`), "digits": "42", "yes": "true", "blank": "",
	}
	assert.Equal(t, want, a.Map())
	assert.Equal(t, len(want), a.Len())
	for name, value := range want {
		got, ok := a.Get(name)
		assert.True(t, ok, name)
		assert.Equal(t, value, got, name)
	}
	value, ok := a.Get("missing")
	assert.False(t, ok)
	assert.Nil(t, value)

	moment := time.Unix(1700000123, 0).UTC()
	type result[T any] struct {
		value T
		ok    bool
	}
	for _, test := range []struct {
		name  string
		text  result[string]
		whole result[int64]
		float result[float64]
		bool  result[bool]
		time  result[time.Time]
	}{
		{name: "plan", text: result[string]{"max", true}},
		{name: "seats", text: result[string]{"12345678901234567890", true}, float: result[float64]{12345678901234567890, true}},
		{name: "beta", text: result[string]{"true", true}, bool: result[bool]{true, true}},
		{name: "left"},
		{name: "since", text: result[string]{"1700000123", true}, whole: result[int64]{1700000123, true}, float: result[float64]{1700000123, true}, time: result[time.Time]{moment, true}},
		{name: "due", text: result[string]{"2023-11-14T22:15:23Z", true}, time: result[time.Time]{moment, true}},
		{name: "orders"},
		{name: "more"},
		{name: "digits", text: result[string]{"42", true}, whole: result[int64]{42, true}, float: result[float64]{42, true}, time: result[time.Time]{time.Unix(42, 0).UTC(), true}},
		{name: "yes", text: result[string]{"true", true}, bool: result[bool]{true, true}},
		{name: "blank", text: result[string]{"", true}},
		{name: "missing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text, ok := a.String(test.name)
			assert.Equal(t, test.text.value, text)
			assert.Equal(t, test.text.ok, ok)
			whole, ok := a.Int(test.name)
			assert.Equal(t, test.whole.value, whole)
			assert.Equal(t, test.whole.ok, ok)
			float, ok := a.Float(test.name)
			assert.InDelta(t, test.float.value, float, 0)
			assert.Equal(t, test.float.ok, ok)
			yes, ok := a.Bool(test.name)
			assert.Equal(t, test.bool.value, yes)
			assert.Equal(t, test.bool.ok, ok)
			at, ok := a.Time(test.name)
			assert.Equal(t, test.time.value, at)
			assert.Equal(t, test.time.ok, ok)
		})
	}
}

func TestCustomAttributesNumbersAreStrict(t *testing.T) {
	t.Parallel()
	a := attributesOf(t, `{"fraction":1.5,"exponent":1e3,"large":1e300,"hex":"0x10","inf":"Inf","nan":"NaN","grouped":"1_000","max":9223372036854775807,"over":9223372036854775808}`)
	for name, want := range map[string]int64{"exponent": 1000, "max": math.MaxInt64} {
		got, ok := a.Int(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got, name)
	}
	for _, name := range []string{"fraction", "large", "hex", "inf", "nan", "grouped", "over"} {
		_, ok := a.Int(name)
		assert.False(t, ok, name)
	}
	for _, name := range []string{"hex", "inf", "nan", "grouped"} {
		_, ok := a.Float(name)
		assert.False(t, ok, name)
	}
}

func TestCustomAttributesKeepOrderAndText(t *testing.T) {
	t.Parallel()
	const text = `{"z":1.50,"a":"ü<&>","m":[1, 2],"n":null,"b":false,"":"no name"}`
	a := attributesOf(t, text)
	assert.Equal(t, []string{"z", "a", "m", "n", "b", ""}, slices.Collect(func(yield func(string) bool) {
		for name := range a.All() {
			if !yield(name) {
				return
			}
		}
	}))
	got, err := json.Marshal(a)
	require.NoError(t, err)
	assert.True(t, a.Equal(attributesOf(t, string(got))))
	direct, err := a.MarshalJSON()
	require.NoError(t, err)
	assert.Contains(t, string(direct), `"z":1.50`, "numbers keep their digits")

	for range a.All() {
		break // Leaving early is fine.
	}
}

func TestCustomAttributesSet(t *testing.T) {
	t.Parallel()
	type plan string
	moment := time.Unix(1700000123, 4e8)
	for _, test := range []struct {
		name  string
		value any
		want  string
	}{
		{"nil", nil, `null`},
		{"string", `say "hi"`, `"say \"hi\""`},
		{"bool", true, `true`},
		{"int", -3, `-3`},
		{"int64", int64(math.MaxInt64), `9223372036854775807`},
		{"uint64", uint64(math.MaxUint64), `18446744073709551615`},
		{"int8", int8(4), `4`},
		{"float64", 0.1, `0.1`},
		{"large float64", 1e21, `1000000000000000000000`},
		{"float32", float32(2.5), `2.5`},
		{"json.Number", json.Number("10.00"), `10.00`},
		{"time", moment, `1700000123`},
		{"zero time", time.Time{}, `null`},
		{"pointer to a time", &moment, `1700000123`},
		{"no pointer to a time", (*time.Time)(nil), `null`},
		{"Timestamp", intercom.TimestampOf(moment), `1700000123`},
		{"zero Timestamp", intercom.Timestamp{}, `null`},
		{"named string", plan("max"), `"max"`},
		{"list", []map[string]any{{"no": 1}}, `[{"no":1}]`},
		{"raw", json.RawMessage(` {"x" : 1} `), `{"x":1}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var a intercom.CustomAttributes
			a.Set("it", test.value)
			got, err := json.Marshal(a)
			require.NoError(t, err)
			assert.Equal(t, `{"it":`+test.want+`}`, string(got))
			assert.True(t, a.Equal(intercom.CustomAttributesOf(map[string]any{"it": test.value})))
		})
	}
}

func TestCustomAttributesThatCannotBeSent(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]any{
		"infinite": math.Inf(1), "not a number": math.NaN(), "channel": make(chan int),
		"function": func() {}, "broken number": json.Number("1-"), "broken raw": json.RawMessage(`{`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var a intercom.CustomAttributes
			a.Set("fine", 1)
			a.Set("it", value)
			assert.False(t, a.IsZero())
			_, ok := a.Get("it")
			assert.False(t, ok)

			client, mock := mockedClient(t)
			_, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "a@example.test", CustomAttributes: a})
			require.ErrorContains(t, err, `intercom: Contacts.Create: the request can't be encoded: attribute "it" can't be sent: `)
			assert.Zero(t, mock.GetTotalCallCount())
		})
	}
}

func TestCustomAttributesCopiesAreApart(t *testing.T) {
	t.Parallel()
	a := attributesOf(t, `{"x":1,"y":2}`)
	b, c, d := a, a, a
	b.Set("x", 9)
	b.Set("z", 3)
	c.Set("z", 4)
	d.Delete("x")
	d.Delete("missing")
	assert.Equal(t, attributesOf(t, `{"x":1,"y":2}`), a)
	assert.Equal(t, attributesOf(t, `{"x":9,"y":2,"z":3}`), b)
	assert.Equal(t, attributesOf(t, `{"x":1,"y":2,"z":4}`), c)
	assert.Equal(t, attributesOf(t, `{"y":2}`), d)
}

func TestCustomAttributesEmpty(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{}`, `null`, `""`, `[]`} {
		a := attributesOf(t, text)
		assert.True(t, a.IsZero(), text)
		assert.Zero(t, a.Len(), text)
		assert.Empty(t, a.Map(), text)
		assert.Equal(t, intercom.CustomAttributes{}, a, text)
	}
	assert.Equal(t, intercom.CustomAttributes{}, intercom.CustomAttributesOf(nil))
	got, err := json.Marshal(intercom.CustomAttributes{})
	require.NoError(t, err)
	assert.Equal(t, `{}`, string(got))
	var a intercom.CustomAttributes
	require.Error(t, json.Unmarshal([]byte(`{"a":`), &a))
	require.Error(t, a.UnmarshalJSON([]byte(`{"a":1}x`)))
}

func TestCustomAttributesEqual(t *testing.T) {
	t.Parallel()
	a := attributesOf(t, `{"x":1,"y":"2"}`)
	assert.True(t, a.Equal(attributesOf(t, `{"y":"2","x":1}`)), "in any order")
	assert.True(t, a.Equal(attributesOf(t, `{"x":7,"y":"2","x":1}`)), "the last of two with the same name counts")
	assert.False(t, a.Equal(attributesOf(t, `{"x":1}`)))
	assert.False(t, a.Equal(attributesOf(t, `{"x":1,"y":2}`)), "a number is no string")
	assert.False(t, a.Equal(attributesOf(t, `{"x":1,"z":"2"}`)))
	assert.True(t, intercom.CustomAttributes{}.Equal(intercom.CustomAttributesOf(map[string]any{})))
	assert.Equal(t, maps.Collect(a.All()), a.Map())
}

// What people print is JSON, in the middle of a contact as well.
func TestCustomAttributesPrint(t *testing.T) {
	t.Parallel()
	attributes := intercom.CustomAttributesOf(map[string]any{"plan": "pro", "seats": 12, "until": nil})
	const want = `{"plan":"pro","seats":12,"until":null}`
	for _, verb := range []string{"%v", "%+v", "%s"} {
		assert.Equal(t, "<"+want+">", fmt.Sprintf("<"+verb+">", attributes))
	}
	assert.Contains(t, fmt.Sprintf("%+v", intercom.Contact{CustomAttributes: attributes}), "CustomAttributes:"+want)
	attributes.Set("broken", func() {})
	assert.Contains(t, fmt.Sprint(attributes), "broken")
	assert.Equal(t, "{}", fmt.Sprint(intercom.CustomAttributes{}))
}
