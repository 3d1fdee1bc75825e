//go:build intercom_benchmarks

package rows

import (
	"encoding/json"
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	intercom "github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
)

// TestAllDecodeTheSame holds the library against a rival and against itself on
// the other forms of a document: who reads less would be faster.
func TestAllDecodeTheSame(t *testing.T) {
	t.Parallel()
	for _, p := range payload.All() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			want := plain(t, p.Native)
			for _, rival := range rivals[:3] {
				require.NoError(t, rival.decode(p.Kind)(p.Native), rival.name)
			}
			twin := newTwin(p.Kind)
			require.NoError(t, json.Unmarshal(p.Native, twin))
			require.Empty(t, difference("", want, plain(t, encode(t, twin))), "twin")
			for form, body := range map[string][]byte{"native": p.Native, "sorted": p.Sorted, "odd": p.Odd} {
				got := plain(t, encode(t, decoded(t, p.Kind, body)))
				require.Empty(t, difference("", want, got), form)
			}
		})
	}
}

// decoded is what the library makes of a document, items under their name.
func decoded(t *testing.T, kind payload.Kind, body []byte) any {
	t.Helper()
	switch kind {
	case payload.Contact:
		x := new(intercom.Contact)
		_, err := intercom.DecodeAnswer(spacious(body), x)
		require.NoError(t, err)
		return x
	case payload.Conversation:
		x := new(intercom.Conversation)
		_, err := intercom.DecodeAnswer(spacious(body), x)
		require.NoError(t, err)
		return x
	case payload.ContactList:
		page, _, err := intercom.DecodePage[intercom.Contact](spacious(body))
		return list(t, "list", "data", page, err)
	case payload.ConversationList:
		page, _, err := intercom.DecodePage[intercom.Conversation](spacious(body))
		return list(t, "conversation.list", "conversations", page, err)
	default:
		page, _, err := intercom.DecodePage[intercom.Company](spacious(body))
		return list(t, "list", "data", page, err)
	}
}

// list decodes a page to the document that it came from.
func list[T any](t *testing.T, kind, name string, page *intercom.Page[T], err error) any {
	t.Helper()
	require.NoError(t, err)
	require.Empty(t, page.UnknownFields())
	return map[string]any{"type": kind, name: page.Items}
}

func encode(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return text
}

// plain is a document without what is empty, and with all scalars as text.
func plain(t *testing.T, document []byte) any {
	t.Helper()
	var value any
	require.NoError(t, json.Unmarshal(document, &value))
	return simplify(value)
}

func simplify(value any) any {
	switch v := value.(type) {
	case map[string]any:
		members := map[string]any{}
		for name, member := range v {
			if member = simplify(member); member != nil {
				members[name] = member
			}
		}
		if len(members) == 0 {
			return nil
		}
		return members
	case []any:
		var list []any
		for _, element := range v {
			list = append(list, simplify(element))
		}
		if len(list) == 0 {
			return nil
		}
		return list
	case nil, bool:
		if v == true {
			return "true"
		}
		return nil
	case float64:
		if v == 0 {
			return nil
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		if v == "" {
			return nil
		}
	}
	return fmt.Sprint(value)
}

// difference is the path of the first value that two documents do not share. A
// Page has fields of its own for what is said beside its items, and an object
// may come as its id or URL alone.
func difference(path string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		if text, ok := got.(string); ok && (text == want["image_url"] || text == want["id"]) {
			return ""
		}
		got, ok := got.(map[string]any)
		for name, value := range want {
			if path == "" && (name == "pages" || name == "total_count") {
				continue
			}
			if where := difference(path+"."+name, value, got[name]); where != "" {
				return where
			}
		}
		if !ok || len(got) > len(want) {
			return path
		}
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			return path
		}
		for i := range want {
			if where := difference(path+"[]", want[i], got[i]); where != "" {
				return where
			}
		}
	default:
		if want != got {
			return fmt.Sprintf("%s: %v is not %v", path, got, want)
		}
	}
	return ""
}

func BenchmarkDecode(b *testing.B) {
	for _, p := range payload.All() {
		for form, body := range map[string][]byte{"native": p.Native, "sorted": p.Sorted, "odd": p.Odd} {
			b.Run(p.Name+"/"+form, func(b *testing.B) {
				decode, body := ours(p.Kind), spacious(body)
				b.ReportAllocs()
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					if err := decode(body); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
