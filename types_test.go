package intercom_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestTimestampReadsEveryForm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, json string
		want       time.Time
	}{
		{"seconds", `1700000123`, time.Unix(1700000123, 0)},
		{"fraction", `1700000123.25`, time.Unix(1700000123, 250e6)},
		{"exponent", `1.7e9`, time.Unix(1700000000, 0)},
		{"before 1970", `-86400`, time.Unix(-86400, 0)},
		{"seconds in a string", `"1700000123"`, time.Unix(1700000123, 0)},
		{"fraction in a string", `"1700000123.5"`, time.Unix(1700000123, 500e6)},
		{"RFC 3339", `"2023-11-14T22:15:23Z"`, time.Unix(1700000123, 0)},
		{"RFC 3339 with an offset", `"2023-11-15T00:15:23.250+02:00"`, time.Unix(1700000123, 250e6)},
		{"null", `null`, time.Time{}},
		{"empty string", `""`, time.Time{}},
		{"empty list", `[]`, time.Time{}},
		{"zero", `0`, time.Time{}},
		{"no time at all", `"soon"`, time.Time{}},
		{"an object", `{"at":1}`, time.Time{}},
		{"out of range", `99999999999999999999`, time.Time{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := intercom.UnixTimestamp(1) // What was there before is gone.
			require.NoError(t, json.Unmarshal([]byte(test.json), &got))
			assert.True(t, got.Time().Equal(test.want), "%v", got)
			assert.Equal(t, test.want.IsZero(), got.IsZero())
			assert.Equal(t, got.IsZero(), got.Time().IsZero())
		})
	}
	var ts intercom.Timestamp
	require.Error(t, ts.UnmarshalJSON([]byte(`{`)))
	require.Error(t, ts.UnmarshalJSON(nil))
}

func TestTimestampWritesSeconds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ in, want string }{
		{`1700000123`, `1700000123`},
		{`1700000123.25`, `1700000123.25`},
		{`1700000123.000001`, `1700000123.000001`},
		{`-1.5`, `-1.5`},
		{`-0.5`, `-0.5`},
		{`8999999999.999999`, `8999999999.999999`}, // More digits than a float64 keeps.
		{`0`, `null`},
		{`"2023-11-14T22:15:23Z"`, `1700000123`},
	} {
		t.Run(test.in, func(t *testing.T) {
			t.Parallel()
			var ts intercom.Timestamp
			require.NoError(t, json.Unmarshal([]byte(test.in), &ts))
			got, err := json.Marshal(ts)
			require.NoError(t, err)
			assert.Equal(t, test.want, string(got))
		})
	}
	left, err := json.Marshal(struct {
		At intercom.Timestamp `json:"at,omitzero"`
	}{})
	require.NoError(t, err)
	assert.JSONEq(t, `{}`, string(left))
}

func TestTimestampComparesAndConverts(t *testing.T) {
	t.Parallel()
	moment := time.Date(2024, 2, 29, 12, 30, 15, 999e6, time.FixedZone("", 3600))
	ts := intercom.TimestampOf(moment)
	assert.Equal(t, time.Date(2024, 2, 29, 11, 30, 15, 0, time.UTC), ts.Time(), "cut to seconds, in UTC")
	assert.Equal(t, moment.Unix(), ts.Unix())
	assert.Equal(t, "2024-02-29T11:30:15Z", ts.String())
	assert.Equal(t, ts, intercom.UnixTimestamp(moment.Unix()))
	assert.True(t, ts.Equal(intercom.UnixTimestamp(moment.Unix())))

	next := intercom.UnixTimestamp(ts.Unix() + 1)
	assert.True(t, ts.Before(next))
	assert.False(t, next.Before(ts))
	assert.True(t, next.After(ts))
	assert.False(t, ts.After(next))
	assert.False(t, ts.Equal(next))

	var zero intercom.Timestamp
	assert.Equal(t, zero, intercom.TimestampOf(time.Time{}))
	assert.True(t, zero.IsZero())
	assert.Zero(t, zero.Unix())
	assert.True(t, zero.Time().IsZero())
	assert.Equal(t, "never", zero.String())
	assert.Equal(t, int64(-1), intercom.TimestampOf(time.Unix(-1, 5)).Unix(), "before 1970")
}

func TestOptSaysWhatToDoWithAField(t *testing.T) {
	t.Parallel()
	type params struct {
		Name intercom.Opt[string]             `json:"name,omitzero"`
		Age  intercom.Opt[int]                `json:"age,omitzero"`
		At   intercom.Opt[intercom.Timestamp] `json:"at,omitzero"`
		Tags intercom.Opt[[]string]           `json:"tags,omitzero"`
	}
	for _, test := range []struct {
		name   string
		params params
		want   string
	}{
		{"left out", params{}, `{}`},
		{"set", params{Name: intercom.Set("Grete"), Age: intercom.Set(5)}, `{"name":"Grete","age":5}`},
		{"set to zero", params{Name: intercom.Set(""), Age: intercom.Set(0), Tags: intercom.Set([]string{})}, `{"name":"","age":0,"tags":[]}`},
		{"cleared", params{Name: intercom.Null[string](), At: intercom.Null[intercom.Timestamp]()}, `{"name":null,"at":null}`},
		{"a time", params{At: intercom.SetTime(time.Unix(1700000123, 7))}, `{"at":1700000123}`},
		{"no time", params{At: intercom.SetTime(time.Time{})}, `{"at":null}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := json.Marshal(test.params)
			require.NoError(t, err)
			assert.Equal(t, test.want, string(got))
			var back params
			require.NoError(t, json.Unmarshal(got, &back))
			assert.Equal(t, test.params, back)
		})
	}
}

func TestOptTellsWhatItHolds(t *testing.T) {
	t.Parallel()
	value, ok := intercom.Set(7).Get()
	assert.True(t, ok)
	assert.Equal(t, 7, value)
	_, ok = intercom.Null[int]().Get()
	assert.False(t, ok)
	_, ok = intercom.Opt[int]{}.Get()
	assert.False(t, ok)

	assert.True(t, intercom.Null[int]().IsNull())
	assert.False(t, intercom.Set(0).IsNull())
	assert.False(t, intercom.Opt[int]{}.IsNull())
	assert.True(t, intercom.Opt[int]{}.IsZero())
	assert.False(t, intercom.Set(0).IsZero())
	assert.False(t, intercom.Null[int]().IsZero())

	assert.Equal(t, "7 null left out", fmt.Sprint(intercom.Set(7), intercom.Null[int](), intercom.Opt[int]{}))
}

func TestOptEqual(t *testing.T) {
	t.Parallel()
	assert.True(t, intercom.Set("a").Equal(intercom.Set("a")))
	assert.False(t, intercom.Set("a").Equal(intercom.Set("b")))
	assert.False(t, intercom.Set("").Equal(intercom.Null[string]()))
	assert.False(t, intercom.Null[string]().Equal(intercom.Opt[string]{}))
	assert.True(t, intercom.Null[string]().Equal(intercom.Null[string]()))
	var leftOut intercom.Opt[string]
	assert.True(t, leftOut.Equal(intercom.Opt[string]{}))
	assert.True(t, intercom.Set([]string{"a"}).Equal(intercom.Set([]string{"a"})), "values that have no ==")

	here, there := time.Unix(1700000123, 0).UTC(), time.Unix(1700000123, 0).In(time.FixedZone("", 3600))
	assert.True(t, intercom.Set(here).Equal(intercom.Set(there)), "the value's own Equal")
	ab, ba := intercom.CustomAttributesOf(map[string]any{"a": 1, "b": 2}), intercom.CustomAttributes{}
	ba.Set("b", 2)
	ba.Set("a", 1)
	assert.True(t, intercom.Set(ab).Equal(intercom.Set(ba)))
}

func TestOptUnmarshalForgetsWhatWasThere(t *testing.T) {
	t.Parallel()
	tags := intercom.Set(map[string]int{"old": 1})
	require.NoError(t, json.Unmarshal([]byte(`{"new":2}`), &tags))
	value, _ := tags.Get()
	assert.Equal(t, map[string]int{"new": 2}, value)

	require.Error(t, json.Unmarshal([]byte(`"five"`), &tags))
	assert.Equal(t, intercom.Set(map[string]int{"new": 2}), tags, "an error changes nothing")
	require.NoError(t, json.Unmarshal([]byte(`null`), &tags))
	assert.True(t, tags.IsNull())
}

func TestExtraIsNilWhereNothingIsUnknown(t *testing.T) {
	t.Parallel()
	var contact intercom.Contact
	require.NoError(t, json.Unmarshal([]byte(`{"id":"c-1","flavour":null}`), &contact))
	assert.Nil(t, contact.UnknownFields())
	require.NoError(t, json.Unmarshal([]byte(`{"id":"c-1","flavour":["mint"]}`), &contact))
	assert.Equal(t, map[string]json.RawMessage{"flavour": json.RawMessage(`["mint"]`)}, contact.UnknownFields())
}
