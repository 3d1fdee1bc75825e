package transport

import (
	"encoding/binary"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"
)

// inUTF16 encodes text as some proxies do.
func inUTF16(text string, order binary.AppendByteOrder, mark bool) string {
	var body []byte
	if mark {
		body = order.AppendUint16(body, 0xfeff)
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		body = order.AppendUint16(body, unit)
	}
	return string(body)
}

func TestParseFailure(t *testing.T) {
	t.Parallel()
	list := `{"type":"error.list","request_id":"r","errors":[{"code":"not_found","message":"No such contact"}]}`
	parsed := []Detail{{Code: "not_found", Message: "No such contact"}}
	tests := map[string]struct {
		body      string
		requestID string
		details   []Detail
	}{
		"list":                    {list, "r", parsed},
		"with a field":            {`{"errors":[{"code":"parameter_invalid","message":"m","field":"email"}]}`, "", []Detail{{"parameter_invalid", "m", "email"}}},
		"request id of null":      {`{"request_id":null,"errors":[{"code":"x"}]}`, "", []Detail{{Code: "x"}}},
		"request id of a number":  {`{"request_id":12,"errors":[{"code":404,"message":true}]}`, "12", []Detail{{Code: "404", Message: "true"}}},
		"error key":               {`{"error_key":"parameter_not_found","message":"m"}`, "", []Detail{{Code: "parameter_not_found", Message: "m"}}},
		"status and error":        {`{"status":404,"error":"Not Found"}`, "", []Detail{{Message: "Not Found"}}},
		"type error":              {`{"type":"error","request_id":"r","message":"m"}`, "r", []Detail{{Message: "m"}}},
		"error and message":       {`{"error":"invalid_token","message":"m"}`, "", []Detail{{Code: "invalid_token", Message: "m"}}},
		"nested error":            {`{"error":{"code":"c","message":"m"}}`, "", []Detail{{Code: "c", Message: "m"}}},
		"strings":                 {`{"errors":["one","two",""]}`, "", []Detail{{Message: "one"}, {Message: "two"}}},
		"one string":              {`{"errors":"one"}`, "", []Detail{{Message: "one"}}},
		"one object":              {`{"errors":{"code":"c","message":"m"}}`, "", []Detail{{Code: "c", Message: "m"}}},
		"by field":                {`{"errors":{"email":["is taken","is odd"],"phone":"is short"}}`, "", []Detail{{Field: "email", Message: "is taken"}, {Field: "email", Message: "is odd"}, {Field: "phone", Message: "is short"}}},
		"mixed":                   {`{"errors":["one",{"code":"c"},null,7,[["deep"]],{}]}`, "", []Detail{{Message: "one"}, {Code: "c"}, {Message: "7"}}},
		"errors empty, message":   {`{"errors":[],"message":"m"}`, "", []Detail{{Message: "m"}}},
		"a list at the top":       {`[{"code":"c"}]`, "", []Detail{{Code: "c"}}},
		"a string at the top":     {`"no"`, "", []Detail{{Message: "no"}}},
		"odd members":             {`{"type":[],"errors":{"code":{}},"message":["x"]}`, "", nil},
		"empty":                   {``, "", nil},
		"blank":                   {" \r\n", "", nil},
		"null":                    {`null`, "", nil},
		"HTML":                    {`<html><title>502 Bad Gateway</title></html>`, "", nil},
		"text":                    {`Retry later`, "", nil},
		"cut":                     {list[:40], "", nil},
		"deep":                    {`{"errors":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`, "", nil},
		"binary":                  {"\x00\x01\x02\xff\xfe", "", nil},
		"invalid UTF-8":           {"{\"errors\":[{\"code\":\"c\",\"message\":\"a\xffb\"}]}", "", []Detail{{Code: "c", Message: "a\ufffdb"}}},
		"UTF-8 with a mark":       {"\xef\xbb\xbf" + list, "r", parsed},
		"UTF-16":                  {inUTF16(list, binary.LittleEndian, true), "r", parsed},
		"UTF-16, big":             {inUTF16(list, binary.BigEndian, true), "r", parsed},
		"UTF-16, no mark":         {inUTF16(list, binary.LittleEndian, false), "r", parsed},
		"UTF-16, big, no mark":    {inUTF16(list, binary.BigEndian, false), "r", parsed},
		"UTF-16, odd length":      {inUTF16(list, binary.LittleEndian, true) + "x", "r", parsed},
		"the same member twice":   {`{"errors":[{"code":"a"}],"errors":[{"code":"b"}]}`, "", []Detail{{Code: "b"}}},
		"huge number as a code":   {`{"errors":[{"code":1` + strings.Repeat("0", 400) + `}]}`, "", []Detail{{Code: "1" + strings.Repeat("0", 400)}}},
		"members of another case": {`{"Errors":[{"Code":"c"}]}`, "", []Detail{{Code: "c"}}},
	}
	for name, test := range tests {
		failure := &Failure{Operation: getContact, Status: 400, Body: []byte(test.body)}
		failure.parse()
		if failure.RequestID != test.requestID || !reflect.DeepEqual(failure.Details, test.details) {
			t.Errorf("%s: got %q, %+v", name, failure.RequestID, failure.Details)
		}
		checkText(t, failure)
	}
}

func TestParseFailureIsBounded(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"errors":[` + strings.Repeat(`"x",`, 10000) + `"x"]}`,
		`{"errors":{"f":[` + strings.Repeat(`"x",`, 10000) + `"x"]}}`,
	} {
		failure := &Failure{Operation: getContact, Status: 400, Body: []byte(body)}
		failure.parse()
		if len(failure.Details) != maxDetails {
			t.Errorf("%d details, want %d", len(failure.Details), maxDetails)
		}
	}
}

func FuzzParseFailure(f *testing.F) {
	f.Add([]byte(`{"type":"error.list","request_id":"r","errors":[{"code":"c","message":"m","field":"f"}]}`))
	f.Add([]byte(`{"errors":{"email":["is taken"]}}`))
	f.Add([]byte("\xff\xfe{\x00}\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		failure := &Failure{Operation: getContact, Status: 400, Body: body, RequestID: "r"}
		failure.parse()
		checkText(t, failure)
	})
}
