package conformance

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// when everything happens that is filled in.
var when = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

// filler makes objects in which nothing is empty, and whose id, and all that
// they name, is 7. Where there is a fixed set of words it takes the first.
type filler struct {
	schemas map[string]any // of our document, which has the words
}

func filled[T any](f *filler) T {
	var v T
	f.fill(reflect.ValueOf(&v).Elem(), 0)
	return v
}

// deepest is how deep objects are filled: some hold others of their kind.
const deepest = 6

func (f *filler) fill(v reflect.Value, depth int) {
	switch v.Type() {
	case reflect.TypeFor[intercom.Timestamp]():
		v.Set(reflect.ValueOf(intercom.TimestampOf(when)))
		return
	case reflect.TypeFor[intercom.CustomAttributes]():
		v.Set(reflect.ValueOf(intercom.CustomAttributesOf(map[string]any{"plan": "pro", "seats": 4, "trial": true})))
		return
	case reflect.TypeFor[intercom.Extra]():
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("7")
		if words, ok := at(f.schemas, v.Type().Name())["enum"].([]any); ok {
			v.SetString(words[0].(string))
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(0.7)
	case reflect.Pointer:
		if depth < deepest {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), depth+1)
		}
	case reflect.Slice:
		if depth < deepest {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			f.fill(v.Index(0), depth+1)
		}
	case reflect.Map:
		entry := reflect.New(v.Type().Elem()).Elem()
		f.fill(entry, depth+1)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("fr"), entry)
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), depth)
		}
	}
}

// workspace fills a workspace with one object of every kind that has
// everything.
func (f *filler) workspace(srv *intercomtest.Server) {
	message := intercomtest.Message{Message: filled[intercom.Message](f), To: []string{"7"}}
	person := filled[intercom.Event](f)
	person.IntercomUserID = "7"
	done := filled[intercom.ExportJob](f)
	done.Status = intercom.ExportStatusCompleted
	live := filled[intercom.NewsItem](f)
	live.State = intercom.NewsItemStateLive
	contact := filled[intercom.Contact](f)
	contact.OptedInSubscriptionTypes = nil // It can't be both.
	segment := intercomtest.Segment{Segment: filled[intercom.Segment](f), Rule: intercom.Field("id").Eq("7")}
	srv.Seed(
		filled[intercom.ActivityLog](f), filled[intercom.Admin](f), filled[intercom.App](f), filled[intercom.Article](f), filled[intercom.Collection](f),
		filled[intercom.Company](f), contact, filled[intercom.Conversation](f), filled[intercom.DataAttribute](f), person, done,
		filled[intercom.HelpCenter](f), message, live, filled[intercom.Newsfeed](f), filled[intercom.Note](f), filled[intercom.Section](f),
		segment, filled[intercom.SubscriptionType](f), filled[intercom.Tag](f), filled[intercom.Team](f), filled[intercom.Ticket](f),
		filled[intercom.TicketType](f), filled[intercom.Visitor](f),
	)
}

// TestObjectsWithEverything reads one object of every kind in which nothing is
// empty, in all lists and alone: each member is as our document says, and none
// is there that the version lacks.
func TestObjectsWithEverything(t *testing.T) {
	t.Parallel()
	data := ourDocument(t)
	document, err := parse(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, version := range versions {
		t.Run(string(version), func(t *testing.T) {
			t.Parallel()
			description, err := Ours(data, number(version))
			if err != nil {
				t.Fatal(err)
			}
			later := func() time.Time { return when.Add(time.Hour) }
			srv := intercomtest.New(t, intercomtest.WithoutSocket(), intercomtest.WithoutQuirks(), intercomtest.WithClock(later))
			(&filler{at(document, "components", "schemas")}).workspace(srv)
			for _, op := range operations.All {
				if op.Method != http.MethodGet || op.Stream || !op.In(number(version)) {
					continue
				}
				path := fill7(op.Path) + "?display_avatar=true&include_count=true&include_archived=true&type=user&user_id=7&created_at_after=1"
				if op == operations.EventsSummaries {
					path += "&summary=true"
				}
				a := ask(t, srv, op, path, "", version)
				if a.status != http.StatusOK {
					t.Errorf("%s: %d %s", path, a.status, a.body)
				}
				var page map[string]json.RawMessage
				if err := json.Unmarshal(a.body, &page); err != nil || string(page[op.Items]) == "[]" {
					t.Errorf("%s: the list is empty: %s", op.Name, a.body)
				}
				for _, complaint := range description.Complaints(op, a.status, a.body) {
					t.Errorf("%s: %s", op.Name, complaint)
				}
			}
		})
	}
}

// TestRefusalsAreDescribed sends bodies that won't do to every operation: what
// is answered is as our document says, too.
func TestRefusalsAreDescribed(t *testing.T) {
	t.Parallel()
	data := ourDocument(t)
	for _, version := range []intercom.APIVersion{intercom.V2_8, intercom.V2_9, intercom.V2_16} {
		t.Run(string(version), func(t *testing.T) {
			t.Parallel()
			description, err := Ours(data, number(version))
			if err != nil {
				t.Fatal(err)
			}
			for _, op := range operations.All {
				if op.Method == http.MethodGet || !op.In(number(version)) {
					continue
				}
				for _, body := range []string{
					``, `{`, `{}`, `[]`, `{"id":{},"name":[],"email":7,"role":"x","body":{},"query":5,"type":[]}`,
					`{"id":"404","name":"x","message_type":"x","from":{"type":"x"},"to":5,"admin_id":404,"created_at":"x","custom_attributes":3}`,
				} {
					srv := intercomtest.New(t, intercomtest.WithoutSocket(), intercomtest.WithoutQuirks())
					a := ask(t, srv, op, fill7(op.Path), body, version)
					for _, complaint := range description.Complaints(op, a.status, a.body) {
						t.Errorf("%s, %d on %s: %s", op.Name, a.status, body, complaint)
					}
				}
			}
		})
	}
}

// fill7 puts the id 7 into a path.
func fill7(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, "{") {
			segments[i] = "7"
		}
	}
	return strings.Join(segments, "/")
}

func ask(t *testing.T, srv *intercomtest.Server, op *operations.Operation, path, body string, version intercom.APIVersion) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), op.Method, srv.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Authorization": "Bearer " + intercomtest.Token, "Intercom-Version": string(version)} {
		r.Header.Set(name, value)
	}
	response, err := srv.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", path, err))
	}
	return answer{op, response.StatusCode, text}
}
