package transport

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"strings"
	"unicode/utf16"
)

// errorDocument holds every member that some shape of error has. All are raw,
// so that an odd type in one of them does not lose the others.
type errorDocument struct {
	Type      json.RawMessage `json:"type"`
	RequestID json.RawMessage `json:"request_id"`
	Errors    json.RawMessage `json:"errors"`
	Error     json.RawMessage `json:"error"`
	ErrorKey  json.RawMessage `json:"error_key"`
	Code      json.RawMessage `json:"code"`
	Message   json.RawMessage `json:"message"`
	Field     json.RawMessage `json:"field"`
}

// parse reads what it can from the body. It never fails: what can't be read
// leaves the fields as they are.
func (f *Failure) parse() {
	body := asUTF8(f.Body)
	var document errorDocument
	if json.Unmarshal(body, &document) != nil {
		if json.Valid(body) {
			f.Details = parseDetails(body, 0)
		}
		return
	}
	f.Type = scalar(document.Type)
	if id := scalar(document.RequestID); id != "" {
		f.RequestID = id
	}
	f.Details = parseDetails(document.Errors, 0)
	if len(f.Details) > 0 {
		return
	}
	// The other shapes say everything at the top, or in a nested error.
	if detail := document.detail(); detail != (Detail{}) {
		f.Details = []Detail{detail}
		return
	}
	f.Details = parseDetails(document.Error, 0)
}

// detail reads the shapes with one error at the top of the document.
func (d *errorDocument) detail() Detail {
	detail := Detail{Code: scalar(d.Code), Message: scalar(d.Message), Field: scalar(d.Field)}
	if detail.Code == "" {
		detail.Code = scalar(d.ErrorKey)
	}
	// {status, error} has a sentence in error, others a code beside a message.
	switch said := scalar(d.Error); {
	case detail.Message == "":
		detail.Message = said
	case detail.Code == "":
		detail.Code = said
	}
	return detail
}

// maxDetails bounds what a strange document can make of an error.
const maxDetails = 100

// parseDetails reads a list of errors: objects or plain strings in an array, a
// single one without the array, or lists of sentences by the field they are
// about.
func parseDetails(raw json.RawMessage, depth int) []Detail {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || depth > 1 {
		return nil
	}
	switch raw[0] {
	case '[':
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil {
			return nil
		}
		var details []Detail
		for _, item := range items[:min(len(items), maxDetails)] {
			details = append(details, parseDetails(item, depth+1)...)
		}
		return details
	case '{':
		return parseDetailObject(raw)
	}
	if message := scalar(raw); message != "" {
		return []Detail{{Message: message}}
	}
	return nil
}

// parseDetailObject reads {code, message, field}, or {field: sentence or
// sentences}.
func parseDetailObject(raw json.RawMessage) []Detail {
	var document errorDocument
	if json.Unmarshal(raw, &document) != nil {
		return nil
	}
	if detail := document.detail(); detail != (Detail{}) {
		return []Detail{detail}
	}
	return parseFields(raw)
}

// parseFields reads {field: sentence or sentences} in the order of the
// document, for which a decoder of tokens is needed.
func parseFields(raw json.RawMessage) []Detail {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if _, err := decoder.Token(); err != nil {
		return nil
	}
	var details []Detail
	for decoder.More() && len(details) < maxDetails {
		name, err := decoder.Token()
		if err != nil {
			return details
		}
		var value json.RawMessage
		if decoder.Decode(&value) != nil {
			return details
		}
		field, _ := name.(string)
		var sentences []json.RawMessage
		if json.Unmarshal(value, &sentences) != nil {
			sentences = []json.RawMessage{value}
		}
		for _, sentence := range sentences {
			if message := scalar(sentence); message != "" {
				details = append(details, Detail{Field: field, Message: message})
			}
		}
	}
	return details[:min(len(details), maxDetails)]
}

// scalar reads a string, or the literal of a number or boolean; everything
// else is "".
func scalar(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return ""
		}
		return strings.TrimSpace(text)
	case '{', '[', 'n':
		return ""
	}
	return string(raw)
}

// asUTF8 takes off a byte order mark and turns UTF-16, which some proxies
// answer in, into UTF-8.
func asUTF8(body []byte) []byte {
	switch {
	case bytes.HasPrefix(body, []byte{0xef, 0xbb, 0xbf}):
		return body[3:]
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}):
		return fromUTF16(body[2:], binary.LittleEndian)
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		return fromUTF16(body[2:], binary.BigEndian)
	case len(body) > 1 && body[0] != 0 && body[1] == 0:
		return fromUTF16(body, binary.LittleEndian)
	case len(body) > 1 && body[0] == 0 && body[1] != 0:
		return fromUTF16(body, binary.BigEndian)
	}
	return body
}

// fromUTF16 decodes whole pairs of bytes and drops an odd last one.
func fromUTF16(body []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(body)/2)
	for i := range units {
		units[i] = order.Uint16(body[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
