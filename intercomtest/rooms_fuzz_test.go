package intercomtest_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// seedRooms puts an object with the id 1 into every room.
func seedRooms(srv *intercomtest.Server) {
	message := intercomtest.Message{To: []string{"1", "gone"}}
	message.ID = "1"
	srv.Seed(
		intercom.Admin{ID: "1"}, intercom.Team{ID: "1", AdminIDs: []string{"1"}}, intercom.Tag{ID: "1"}, intercom.Company{ID: "1"},
		intercom.Contact{ID: "1", Email: "one@x.example", ExternalID: "own"}, message,
		intercom.Conversation{
			ID: "1", Source: &intercom.ConversationSource{ID: "1", Body: "<p>Hello</p>"},
			Contacts: &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: "1"}, {ID: "gone"}}},
			Tags:     &intercom.TagList{Tags: []intercom.Tag{{ID: "1"}, {ID: "gone"}}},
			Parts:    &intercom.ConversationPartList{Parts: []intercom.ConversationPart{{ID: "1", Body: "<p>x</p>"}, {PartType: "close"}}},
		},
		intercom.Event{IntercomUserID: "1"}, intercom.Event{Email: "nobody@x.example"}, intercom.ExportJob{ID: "1"},
		intercom.HelpCenter{ID: "1"}, intercom.Collection{ID: "1"}, intercom.Section{ID: "1", ParentID: "1"}, intercom.Article{ID: "1"},
		intercom.Newsfeed{ID: "1"}, intercom.NewsItem{ID: "1"}, intercom.TicketType{ID: "1"}, intercom.Visitor{ID: "1"},
		intercom.Ticket{ID: "1", Contacts: &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: "1"}}}},
	)
}

// lookAtRooms reads everything back, which must go well whatever happened.
func lookAtRooms(srv *intercomtest.Server) {
	srv.Articles()
	srv.Collections()
	srv.Conversations()
	srv.Events()
	srv.ExportJobs()
	srv.Messages()
	srv.NewsItems()
	srv.PhoneSwitches()
	srv.Sections()
	srv.Teams()
	srv.Tickets()
	srv.TicketTypes()
	srv.Visitors()
}

// FuzzRooms throws bodies that come near to right ones at the routes of
// workspaces that have something of everything, in every version.
func FuzzRooms(f *testing.F) {
	for i := range operations.All {
		for _, body := range []string{
			`{"message_type":"comment","type":"user","intercom_user_id":"1","body":"b","attachment_urls":["https://x.example/a.png"]}`,
			`{"message_type":"assignment","type":"team","admin_id":1,"assignee_id":"1","body":"b"}`,
			`{"message_type":"snoozed","admin_id":"1","snoozed_until":4000000000}`,
			`{"type":"conversation_part","conversation_id":"1","conversation_part_id":"1","admin_id":"1","customer":{"email":"n@x.example"},"id":"1"}`,
			`{"from":{"type":"admin","id":1},"to":[{"type":"user","id":"1"}],"body":"b","message_type":"in_app","create_conversation_without_contact_reply":true}`,
			`{"title":"t","author_id":1,"sender_id":1,"parent_id":1,"name":"n","description":"d","data_type":"list","list_items":"a,b,,a","translated_content":{"fr":{"title":"x","name":"y"}},"newsfeed_assignments":[{"newsfeed_id":1}]}`,
			`{"ticket_type_id":"1","contacts":[{"id":"1"}],"ticket_attributes":{"_default_title_":"x"},"state":"resolved","ticket_state_id":"7102","admin_id":"1","assignee_id":"1","assignment":{"admin_id":"1","assignee_id":"0"}}`,
			`{"event_name":"e","created_at":1700000000,"user_id":"own","metadata":{"a":{"b":1}},"event_summaries":{"event_name":"e","count":"3"}}`,
			`{"visitor":{"id":"1"},"user":{"user_id":"new"},"type":"lead","phone":"+4520304050","created_at_after":0,"created_at_before":4000000000}`,
			`{"query":{"operator":"AND","value":[{"field":"statistics.count_reopens","operator":"=","value":0},{"field":"state","operator":"IN","value":["open"]}]},"sort":{"field":"updated_at","order":"ascending"}}`,
		} {
			f.Add(uint8(i), []byte(body), "1", "type=user&email=one@x.example&display_as=plaintext&per_page=1", uint8(i))
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte, id, query string, minor uint8) {
		srv := intercomtest.NewServer(intercomtest.WithoutSocket())
		seedRooms(srv)
		op := operations.All[int(which)%len(operations.All)]
		path := pathOf(op, url.PathEscape(id))
		target, err := url.Parse(path + "?" + query)
		if err != nil || id == "" || strings.HasPrefix(id, ".") {
			return
		}
		version := "2." + intercomVersions[int(minor)%len(intercomVersions)]
		resp, text := send(t, srv, op.Method, target.String(), string(body), "Intercom-Version", version, "Accept", "application/octet-stream")
		if resp.StatusCode >= 500 {
			t.Fatalf("%s %s: %d %s", op.Method, path, resp.StatusCode, text)
		}
		if strings.Contains(resp.Header.Get("Content-Type"), "json") && !json.Valid([]byte(text)) {
			t.Fatalf("%s %s: no JSON: %s", op.Method, path, text)
		}
		lookAtRooms(srv)
	})
}

// intercomVersions are minor numbers of versions that differ.
var intercomVersions = []string{"7", "9", "10", "11", "12", "14", "16"}
