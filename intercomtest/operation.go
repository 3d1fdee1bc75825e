package intercomtest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// variants tell operations that share a route apart, by what is sent. The first
// operation of a route has no entry: it is what no other claims. At most one
// claims a request.
var variants = map[*operations.Operation]func(*sent) bool{
	operations.ConversationsAddNote: func(s *sent) bool { return s.text("message_type") == "note" },
	operations.ConversationsReplyAsContact: func(s *sent) bool {
		return s.byUser() && s.values[0] != lastConversation
	},
	operations.ConversationsReplyToLast: func(s *sent) bool {
		return s.byUser() && s.values[0] == lastConversation
	},
	operations.ConversationsSnooze:       func(s *sent) bool { return s.text("message_type") == "snoozed" },
	operations.ConversationsOpen:         func(s *sent) bool { return s.text("message_type") == "open" },
	operations.ConversationsAssign:       func(s *sent) bool { return s.text("message_type") == "assignment" },
	operations.ConversationsRedactSource: func(s *sent) bool { return s.text("type") == "source" },
	operations.EventsSummaries:           func(s *sent) bool { return s.query.Get("summary") == "true" },
	operations.TagsTagCompanies:          func(s *sent) bool { return s.body["companies"] != nil && !s.untags() },
	operations.TagsUntagCompanies:        func(s *sent) bool { return s.body["companies"] != nil && s.untags() },
	operations.TagsTagContacts:           func(s *sent) bool { return s.body["users"] != nil && s.body["companies"] == nil },
	operations.TicketsReplyAsAdmin: func(s *sent) bool {
		return s.text("message_type") != "note" && s.text("type") == "admin"
	},
	operations.TicketsReplyAsContact: func(s *sent) bool { return s.byUser() },
}

// sent is what was sent to a route.
type sent struct {
	values []string // of the path's parameters
	query  url.Values
	body   map[string]any
}

func (s *sent) text(name string) string {
	text, _ := s.body[name].(string)
	return text
}

// byUser tells whether a contact writes, and no note.
func (s *sent) byUser() bool { return s.text("type") == "user" && s.text("message_type") != "note" }

// untags tells whether a tag is to be taken off companies.
func (s *sent) untags() bool {
	list, _ := s.body["companies"].([]any)
	return slices.ContainsFunc(list, func(element any) bool {
		company, _ := element.(map[string]any)
		return company["untag"] == true
	})
}

// operation is the one that a request to the route is of.
func (r *route) operation(s *sent) *operations.Operation {
	for _, op := range r.operations[1:] {
		if variants[op](s) {
			return op
		}
	}
	return r.operations[0]
}

// checkOperations makes the test fail that names an operation which is not
// there, and which so would never strike or be found.
func (s *Server) checkOperations(method string, names ...string) {
	for _, name := range names {
		if !slices.ContainsFunc(operations.All, func(op *operations.Operation) bool { return op.Name == name }) {
			s.fail(fmt.Errorf("intercomtest: %s: there is no operation %q%s", method, name, alternatives(name)))
		}
	}
}

// alternatives names the operations of the same service.
func alternatives(name string) string {
	service := name[:strings.LastIndex(name, ".")+1]
	var names []string
	for _, op := range operations.All {
		if rest, ok := strings.CutPrefix(op.Name, service); ok && service != "" && !strings.Contains(rest, ".") {
			names = append(names, op.Name)
		}
	}
	if len(names) == 0 {
		return ", it is the name of a method that sends one request, such as Contacts.List"
	}
	return ", but " + strings.Join(names, ", ")
}

// fail fails the test that the workspace was made for.
func (s *Server) fail(err error) {
	if s.t == nil {
		panic(err.Error())
	}
	s.t.Helper()
	s.t.Fatalf("%v", err)
}
