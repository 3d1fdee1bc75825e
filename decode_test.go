package intercom_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// Each answer type is held against what DESIGN says of decoding: unknown
// members and misfits are kept and written again, empty is empty, and what was
// read once is read the same from what was written.

func TestEveryAnswerKeepsUnknownMembers(t *testing.T) {
	t.Parallel()
	for _, typ := range answerTypes {
		t.Run(typ.Name(), func(t *testing.T) {
			t.Parallel()
			const body = `{"zz_count":5,"zz_text":"new","zz_list":[{"a":1}],"zz_null":null}`
			x := decoded(t, typ, body)
			assert.Equal(t, map[string]json.RawMessage{"zz_count": []byte(`5`), "zz_text": []byte(`"new"`), "zz_list": []byte(`[{"a":1}]`)}, unknownFields(x))
			assertLossless(t, body, x)
			assert.Equal(t, x, decoded(t, typ, body), "equal by reflect.DeepEqual")
		})
	}
}

func TestEveryFieldTakesEmptyAndKeepsMisfits(t *testing.T) {
	t.Parallel()
	for _, typ := range answerTypes {
		t.Run(typ.Name(), func(t *testing.T) {
			t.Parallel()
			empty := reflect.New(typ).Interface()
			fieldsOf(typ, func(name string, field reflect.StructField) {
				for _, nothing := range []string{`null`, `""`, `[]`} {
					x := decoded(t, typ, `{"`+name+`": `+nothing+`}`)
					assert.Equal(t, empty, x, "%s: %s is empty", name, nothing)
				}
				odd := misfit(field.Type)
				if odd == "" {
					return
				}
				body := `{"` + name + `": ` + odd + `, "zz": 1}`
				x := decoded(t, typ, body)
				assert.JSONEq(t, odd, string(unknownFields(x)[name]), "%s keeps a misfit", name)
				assertLossless(t, body, x)
			})
		})
	}
}

func TestEveryAnswerIsWrittenAsItCame(t *testing.T) {
	t.Parallel()
	for _, typ := range answerTypes {
		t.Run(typ.Name(), func(t *testing.T) {
			t.Parallel()
			for _, strict := range []bool{true, false} {
				body := fitting(typ, 3, strict)
				x := decoded(t, typ, body)
				assert.Empty(t, unknownFields(x), "%s", body)
				assertLossless(t, body, x)
				text, err := json.Marshal(x)
				require.NoError(t, err)
				assert.Equal(t, x, decoded(t, typ, string(text)))
			}
		})
	}
}

func TestEveryMemberAloneIsWrittenAsItCame(t *testing.T) {
	t.Parallel()
	for _, typ := range answerTypes {
		t.Run(typ.Name(), func(t *testing.T) {
			t.Parallel()
			fieldsOf(typ, func(name string, field reflect.StructField) {
				assertWrittenAsItCame := func(body string) {
					x := decoded(t, typ, body)
					assertLossless(t, body, x)
					text, err := json.Marshal(x)
					require.NoError(t, err)
					assert.Equal(t, x, decoded(t, typ, string(text)), body)
				}
				assertWrittenAsItCame(`{"` + name + `":` + fitting(field.Type, 2, true) + `}`)
				if member := field.Type; member.Kind() == reflect.Pointer && member.Elem().Kind() == reflect.Struct && member.Elem() != timestampType {
					fieldsOf(member.Elem(), func(inner string, field reflect.StructField) {
						assertWrittenAsItCame(`{"` + name + `":{"` + inner + `":` + fitting(field.Type, 1, true) + `}}`)
					})
				}
			})
		})
	}
}

func TestZeroAnswers(t *testing.T) {
	t.Parallel()
	for _, typ := range answerTypes {
		x := reflect.New(typ).Interface()
		assert.Nil(t, unknownFields(x), typ.Name())
		text, err := json.Marshal(x)
		require.NoError(t, err, typ.Name())
		assert.JSONEq(t, `{}`, string(text), typ.Name())
		none, err := json.Marshal(reflect.Zero(reflect.PointerTo(typ)).Interface())
		require.NoError(t, err, typ.Name())
		assert.Equal(t, `null`, string(none), typ.Name())
		assert.NotPanics(t, func() { _ = fmt.Sprintf("%v %+v %#v", x, x, x) }, typ.Name())
		for _, bad := range []string{``, `{`, `{"type":`, `x`, `{}{}`, `{"type":"\ud800}`} {
			require.Error(t, x.(json.Unmarshaler).UnmarshalJSON([]byte(bad)), "%s from %s", typ.Name(), bad)
		}
	}
}

// Types with fields that nobody outside sees need an Equal to be compared by
// tools such as go-cmp.
func TestTypesCanBeCompared(t *testing.T) {
	t.Parallel()
	seen := map[reflect.Type]bool{}
	var visit func(typ reflect.Type)
	visit = func(typ reflect.Type) {
		if seen[typ] {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			visit(typ.Elem())
		case reflect.Struct:
			if _, ok := typ.MethodByName("Equal"); ok {
				return
			}
			for i := range typ.NumField() {
				field := typ.Field(i)
				assert.True(t, field.IsExported(), "%s.%s", typ, field.Name)
				visit(field.Type)
			}
		}
	}
	for _, typ := range answerTypes {
		visit(typ)
	}
	visit(reflect.TypeFor[intercom.Page[intercom.Contact]]())
	visit(reflect.TypeFor[intercom.Error]())
	visit(reflect.TypeFor[intercom.ContactUpdateParams]())
	visit(reflect.TypeFor[intercom.CompanyUpsertParams]())
}

func decoded(t *testing.T, typ reflect.Type, body string) any {
	t.Helper()
	x := reflect.New(typ).Interface()
	require.NoError(t, json.Unmarshal([]byte(body), x), "%s from %s", typ.Name(), body)
	return x
}

func unknownFields(x any) map[string]json.RawMessage {
	return x.(interface {
		UnknownFields() map[string]json.RawMessage
	}).UnknownFields()
}

// fieldsOf calls do for each member of a type.
func fieldsOf(typ reflect.Type, do func(name string, field reflect.StructField)) {
	for i := range typ.NumField() {
		field := typ.Field(i)
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "-" {
			do(name, field)
		}
	}
}

var (
	timestampType  = reflect.TypeFor[intercom.Timestamp]()
	attributesType = reflect.TypeFor[intercom.CustomAttributes]()
	rawType        = reflect.TypeFor[json.RawMessage]()
)

// misfit is JSON that does not fit a type, "" if everything does.
func misfit(typ reflect.Type) string {
	switch {
	case typ == rawType:
		return ""
	case typ == timestampType, typ.Kind() == reflect.Slice, typ.Kind() == reflect.Pointer && typ.Elem().Kind() != reflect.Struct:
		return `{"odd": [1]}`
	case typ == attributesType, typ.Kind() == reflect.Struct, typ.Kind() == reflect.Map, typ.Kind() == reflect.Pointer:
		return `true`
	default:
		return `{"odd": [1]}`
	}
}

// fitting is JSON that fits a type: as it should be, or as it also comes.
func fitting(typ reflect.Type, depth int, strict bool) string {
	pick := func(usual, odd string) string {
		if strict {
			return usual
		}
		return odd
	}
	switch typ {
	case timestampType:
		return pick(`1700000123`, `"2023-11-14T22:15:23.5Z"`)
	case attributesType:
		return `{"plan":"max","seats":12345678901234567890,"beta":true,"orders":[{"no":1}]}`
	case rawType:
		return `{"any":[1,"x"]}`
	}
	switch typ.Kind() {
	case reflect.String:
		return pick(`"text"`, `17`)
	case reflect.Bool:
		return pick(`true`, `"true"`)
	case reflect.Int:
		return pick(`42`, `"42"`)
	case reflect.Float64:
		return pick(`2.5`, `"2.5"`)
	case reflect.Pointer:
		return fitting(typ.Elem(), depth, strict)
	case reflect.Slice:
		return `[` + fitting(typ.Elem(), depth-1, strict) + `,` + fitting(typ.Elem(), depth-1, strict) + `]`
	case reflect.Map:
		return `{"one":` + fitting(typ.Elem(), depth-1, strict) + `}`
	case reflect.Struct:
		var members []string
		fieldsOf(typ, func(name string, field reflect.StructField) {
			if depth > 0 || field.Type.Kind() != reflect.Pointer && field.Type.Kind() != reflect.Slice {
				members = append(members, `"`+name+`":`+fitting(field.Type, depth-1, strict))
			}
		})
		if locales, ok := typ.FieldByName("Locales"); ok && locales.Type.Kind() == reflect.Map && depth > 0 {
			members = append(members, `"pt-BR":`+fitting(locales.Type.Elem(), depth-1, strict))
		}
		return `{` + strings.Join(members, ",") + `}`
	default:
		panic("a kind of field that nobody thought of: " + typ.String())
	}
}

// assertLossless checks that every leaf of the original that is not empty is in
// its encoding, and that nothing was added.
func assertLossless(t *testing.T, original string, x any) {
	t.Helper()
	encoded, err := json.Marshal(x)
	require.NoError(t, err)
	assert.Equal(t, leaves(t, original), leaves(t, string(encoded)))
}

// leaves gives the scalars of a document by their path. Numbers and moments
// are written in one form, whatever form they came in; empty ones are left out.
func leaves(t *testing.T, text string) map[string]string {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var document any
	require.NoError(t, d.Decode(&document), text)
	found := map[string]string{}
	var visit func(path string, x any)
	visit = func(path string, x any) {
		switch x := x.(type) {
		case map[string]any:
			for name, member := range x {
				visit(path+"/"+name, member)
			}
		case []any:
			i := 0
			for _, element := range x {
				before := len(found)
				if visit(fmt.Sprintf("%s/%d", path, i), element); len(found) > before {
					i++
				}
			}
		default:
			if leaf := leaf(x); leaf != "" {
				found[path] = leaf
			}
		}
	}
	visit("", document)
	return found
}

func leaf(x any) string {
	text := fmt.Sprint(x)
	if x == nil || x == false {
		return ""
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		text = fmt.Sprintf("%d.%09d", at.Unix(), at.Nanosecond())
	}
	if number, ok := new(big.Rat).SetString(text); ok {
		if number.Sign() == 0 {
			return ""
		}
		return number.RatString()
	}
	return text
}

// Objects that the API also sends as a plain string or number.
func TestScalarForms(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, body string
		into, want any
	}{
		{"avatar by URL", `"https://img.example.test/1.png"`, new(intercom.Avatar), &intercom.Avatar{ImageURL: "https://img.example.test/1.png"}},
		{"avatar", `{"type":"avatar","image_url":"https://img.example.test/1.png"}`, new(intercom.Avatar), &intercom.Avatar{Type: "avatar", ImageURL: "https://img.example.test/1.png"}},
		{"no avatar", `null`, new(intercom.Avatar), &intercom.Avatar{}},
		{"empty avatar", `""`, new(intercom.Avatar), &intercom.Avatar{}},
		{"reference by id", `"814"`, new(intercom.Reference), &intercom.Reference{ID: "814"}},
		{"reference by number", `814`, new(intercom.Reference), &intercom.Reference{ID: "814"}},
		{"reference", `{"type":"nobody_admin","id":null}`, new(intercom.Reference), &intercom.Reference{Type: "nobody_admin"}},
		{"state by name", `"in_progress"`, new(intercom.TicketState), &intercom.TicketState{Category: intercom.TicketStateCategoryInProgress}},
		{
			"state", `{"type":"ticket_state","id":"8","category":"in_progress","internal_label":"On it"}`, new(intercom.TicketState),
			&intercom.TicketState{Type: "ticket_state", ID: "8", Category: intercom.TicketStateCategoryInProgress, InternalLabel: "On it"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.NoError(t, json.Unmarshal([]byte(test.body), test.into))
			assert.Equal(t, test.want, test.into)
			assertLossless(t, `{"it":`+test.body+`}`, map[string]any{"it": test.into})
		})
	}
}

func TestExtraTakesThePlaceOfAField(t *testing.T) {
	t.Parallel()
	contact := intercom.Contact{ID: "c-1", Name: "Grete", Extra: intercom.Extra{"name": json.RawMessage(`{"first":"Grete"}`), "shoe_size": json.RawMessage(`42`)}}
	text, err := json.Marshal(contact)
	require.NoError(t, err)
	assert.JSONEq(t, `{"id":"c-1","name":{"first":"Grete"},"shoe_size":42}`, string(text))

	contact.Extra["broken"] = json.RawMessage(`{`)
	_, err = json.Marshal(contact)
	require.Error(t, err)
}

func TestBytesOfTheCallerAreLeftAlone(t *testing.T) {
	t.Parallel()
	const body = `{"id":"c-1","avatar":"https://img.example.test/1.png","zz":[1]}`
	buffer := append(make([]byte, 0, 4096), body...)
	behind := buffer[len(buffer):cap(buffer)]
	for i := range behind {
		behind[i] = 'x'
	}
	var contact intercom.Contact
	require.NoError(t, contact.UnmarshalJSON(buffer))
	assert.Equal(t, strings.Repeat("x", len(behind)), string(behind), "encoding/json owns what lies behind")
	assert.Zero(t, strings.Compare(body, string(buffer)), "%s", buffer)
	copy(buffer, bytes.Repeat([]byte("#"), len(buffer)))
	assert.Equal(t, "c-1", contact.ID, "nothing points into the bytes")
	assert.Equal(t, "[1]", string(contact.UnknownFields()["zz"]))
}
