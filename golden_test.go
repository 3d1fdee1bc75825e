package intercom_test

import (
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

var update = flag.Bool("update", false, "write the golden files anew")

// samples says of what type each sample in testdata is, and for lists under
// which name the items stand.
var samples = map[string]struct {
	typ   reflect.Type
	items string
}{
	"admins/activity_logs.json":    {reflect.TypeFor[intercom.ActivityLog](), "activity_logs"},
	"admins/list.json":             {reflect.TypeFor[intercom.Admin](), "admins"},
	"admins/me.json":               {reflect.TypeFor[intercom.Me](), ""},
	"articles/article.json":        {reflect.TypeFor[intercom.Article](), ""},
	"articles/list.json":           {reflect.TypeFor[intercom.Article](), "data"},
	"companies/company.json":       {reflect.TypeFor[intercom.Company](), ""},
	"contacts/contact.json":        {reflect.TypeFor[intercom.Contact](), ""},
	"contacts/list.json":           {reflect.TypeFor[intercom.Contact](), "data"},
	"conversations/attached.json":  {reflect.TypeFor[intercom.Conversation](), ""},
	"conversations/get.json":       {reflect.TypeFor[intercom.Conversation](), ""},
	"conversations/list.json":      {reflect.TypeFor[intercom.Conversation](), "conversations"},
	"dataattributes/list.json":     {reflect.TypeFor[intercom.DataAttribute](), "data"},
	"events/page1.json":            {reflect.TypeFor[intercom.Event](), "events"},
	"events/page2.json":            {reflect.TypeFor[intercom.Event](), "events"},
	"events/summaries.json":        {reflect.TypeFor[intercom.EventSummary](), ""},
	"export/completed.json":        {reflect.TypeFor[intercom.ExportJob](), ""},
	"export/pending.json":          {reflect.TypeFor[intercom.ExportJob](), ""},
	"helpcenter/collection.json":   {reflect.TypeFor[intercom.Collection](), ""},
	"helpcenter/help_centers.json": {reflect.TypeFor[intercom.HelpCenter](), "data"},
	"helpcenter/sections.json":     {reflect.TypeFor[intercom.Section](), "data"},
	"messages/created.json":        {reflect.TypeFor[intercom.Message](), ""},
	"news/live_items.json":         {reflect.TypeFor[intercom.NewsItem](), "data"},
	"news/newsfeed.json":           {reflect.TypeFor[intercom.Newsfeed](), ""},
	"notes/note.json":              {reflect.TypeFor[intercom.Note](), ""},
	"phoneswitch/created.json":     {reflect.TypeFor[intercom.PhoneSwitch](), ""},
	"segments/list.json":           {reflect.TypeFor[intercom.Segment](), "segments"},
	"subscriptiontypes/list.json":  {reflect.TypeFor[intercom.SubscriptionType](), "data"},
	"tags/list.json":               {reflect.TypeFor[intercom.Tag](), "data"},
	"teams/list.json":              {reflect.TypeFor[intercom.Team](), "teams"},
	"tickets/search_1.json":        {reflect.TypeFor[intercom.Ticket](), "tickets"},
	"tickets/search_2.json":        {reflect.TypeFor[intercom.Ticket](), "tickets"},
	"tickets/ticket.json":          {reflect.TypeFor[intercom.Ticket](), ""},
	"tickets/ticket_2.9.json":      {reflect.TypeFor[intercom.Ticket](), ""},
	"tickettypes/list.json":        {reflect.TypeFor[intercom.TicketType](), "data"},
	"visitors/deleted.json":        {reflect.TypeFor[intercom.DeletedVisitor](), ""},
	"visitors/get.json":            {reflect.TypeFor[intercom.Visitor](), ""},
}

// TestSamplesDecodeAsBefore compares what Go code sees of each sample with the
// golden file beside it, which -update writes.
func TestSamplesDecodeAsBefore(t *testing.T) {
	t.Parallel()
	found := 0
	require.NoError(t, filepath.WalkDir("testdata", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel("testdata", path)
		name = filepath.ToSlash(name)
		if filepath.Ext(name) != ".json" || strings.HasSuffix(name, ".golden.json") || strings.HasPrefix(name, "fuzz/") {
			return nil
		}
		s, known := samples[name]
		if !assert.True(t, known, "testdata/%s: say in samples of what type it is", name) {
			return nil
		}
		found++
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkSample(t, name, s.typ, s.items)
		})
		return nil
	}))
	assert.Len(t, samples, found, "samples has rows for files that are gone")
}

func checkSample(t *testing.T, name string, typ reflect.Type, items string) {
	t.Helper()
	body := sample(t, name)
	var seen any
	if items == "" {
		x := decoded(t, typ, body)
		assertLossless(t, body, x)
		seen = view(reflect.ValueOf(x))
	} else {
		var list map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(body), &list))
		require.NotEmpty(t, list[items], "the items are under another name")
		x := reflect.New(reflect.SliceOf(typ))
		require.NoError(t, json.Unmarshal(list[items], x.Interface()))
		assertLossless(t, string(list[items]), x.Interface())
		seen = view(x)
	}
	got, err := json.MarshalIndent(seen, "", "  ")
	require.NoError(t, err)
	golden := filepath.Join("testdata", strings.TrimSuffix(filepath.FromSlash(name), ".json")+".golden.json")
	if *update {
		require.NoError(t, os.WriteFile(golden, append(got, '\n'), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err, "go test -run Samples -update writes it")
	assert.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), string(got)+"\n", "go test -run Samples -update accepts it")
}

// view is what Go code sees: the fields that are not zero, by their Go names.
func view(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case intercom.Timestamp:
		return x.String()
	case intercom.CustomAttributes:
		return x.Map()
	case intercom.Extra:
		return map[string]json.RawMessage(x)
	case json.RawMessage:
		return x
	}
	switch v.Kind() {
	case reflect.Pointer:
		return view(v.Elem())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = view(v.Index(i))
		}
		return list
	case reflect.Map:
		members := map[string]any{}
		for key, value := range v.Seq2() {
			members[key.String()] = view(value)
		}
		return members
	case reflect.Struct:
		members := map[string]any{}
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				members[v.Type().Field(i).Name] = view(v.Field(i))
			}
		}
		return members
	default:
		return v.Interface()
	}
}
