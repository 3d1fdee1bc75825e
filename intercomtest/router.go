package intercomtest

// How to add a room
//
// A room is the part of the workspace that one resource lives in: contacts.go,
// companies.go … It has the same name as the resource's file in the root
// package and consists of
//
//   - a type for its state, which workspace (workspace.go) has a field of;
//     objects are held as they are answered, in the types of package intercom,
//     on a shelf (shelf.go) that finds them by id and keeps their order;
//   - a table of handlers, one for each route, such as contactsRoom, which
//     allRooms below lists. Of operations that share a route (closing and
//     snoozing a conversation) one entry is enough;
//   - the handlers. They run one at a time, with the workspace locked, and
//     return what to answer: a model of package intercom, an object for
//     anything else, a page (pages.go), nil for an empty 200, a *response for
//     other statuses and files. encode.go writes the answers, with null where
//     the API has null and without the fields that the version lacks.
//     A request that won't do is answered by returning an error of errors.go;
//   - a case in Seed (seed.go), and a method that reads the objects back
//     (snapshots.go);
//   - for a search, a table of fields (see contacts_search.go).
//
// What goes away has to go away everywhere: removeContact, merge (contacts.go),
// removeCompany (companies.go) and deleteTag (tags.go) are the places to add to
// when a room holds on to contacts, companies or tags.
//
// Handlers read the request's path by r.param, its query by r.query, its body
// by r.body (fields.go), which is lenient about types and remembers the first
// value that won't do.

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// handler answers a request. It runs with the workspace locked.
type handler func(*workspace, *request) (any, error)

// room holds the handlers of one resource.
type room map[*operations.Operation]handler

// allRooms lists the rooms.
var allRooms = []room{
	adminsRoom,
	articlesRoom,
	companiesRoom,
	contactsRoom,
	contactsAttachedRoom,
	conversationsRoom,
	dataAttributesRoom,
	eventsRoom,
	exportRoom,
	helpCenterRoom,
	messagesRoom,
	newsRoom,
	notesRoom,
	phoneSwitchRoom,
	segmentsRoom,
	subscriptionTypesRoom,
	tagsRoom,
	teamsRoom,
	ticketTypesRoom,
	ticketsRoom,
	visitorsRoom,
}

// route is one HTTP method on one path, with the operations that share it.
type route struct {
	operations []*operations.Operation
	names      []string // of the path's parameters, in order
	handle     handler
	size       atomic.Int64 // bytes of the last answer, for the next may be as large
}

// in tells whether a version has the route.
func (r *route) in(v operations.Version) bool {
	for _, op := range r.operations {
		if op.In(v) {
			return true
		}
	}
	return false
}

// router is a tree of path segments.
type router struct {
	literal map[string]*router
	param   *router
	methods map[string]*route
}

// theRoutes builds the tree from the table of operations, once.
var theRoutes = sync.OnceValue(func() *router {
	root := &router{}
	for _, op := range operations.All {
		root.add(op)
	}
	return root
})

func (n *router) add(op *operations.Operation) {
	var names []string
	for _, segment := range strings.Split(op.Path[1:], "/") {
		if name, ok := strings.CutPrefix(segment, "{"); ok {
			names = append(names, strings.TrimSuffix(name, "}"))
			n = n.child("")
		} else {
			n = n.child(segment)
		}
	}
	if n.methods == nil {
		n.methods = map[string]*route{}
	}
	r := n.methods[op.Method]
	if r == nil {
		r = &route{names: names}
		n.methods[op.Method] = r
	}
	r.operations = append(r.operations, op)
	for _, room := range allRooms {
		if h := room[op]; h != nil {
			r.handle = h
		}
	}
}

// child is the node of a segment, "" for a parameter.
func (n *router) child(segment string) *router {
	if segment == "" {
		if n.param == nil {
			n.param = &router{}
		}
		return n.param
	}
	if n.literal == nil {
		n.literal = map[string]*router{}
	}
	if n.literal[segment] == nil {
		n.literal[segment] = &router{}
	}
	return n.literal[segment]
}

// find returns the route of a request and the values of its parameters, nil if
// there is none.
func (n *router) find(r *http.Request) (*route, []string) {
	return n.match(r.Method, strings.TrimPrefix(r.URL.EscapedPath(), "/"), nil)
}

func (n *router) match(method, rest string, values []string) (*route, []string) {
	if rest == "" {
		return n.methods[method], values
	}
	segment, rest, _ := strings.Cut(rest, "/")
	if next := n.literal[segment]; next != nil {
		if found, all := next.match(method, rest, values); found != nil {
			return found, all
		}
	}
	value, err := url.PathUnescape(segment)
	if n.param == nil || err != nil || value == "" {
		return nil, nil
	}
	return n.param.match(method, rest, append(values, value))
}
