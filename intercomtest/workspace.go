package intercomtest

import (
	"sync"

	"github.com/seed-8b687bef/intercom-go"
)

// workspace is the state: one field a room. All of it is guarded by mu, which
// is held while a handler runs.
type workspace struct {
	mu     sync.Mutex
	clock  clock
	ids    ids
	quirks bool
	app    intercom.App
	me     string // id of the admin whom the token belongs to

	admins            shelf[intercom.Admin]
	activity          shelf[intercom.ActivityLog]
	attributes        shelf[intercom.DataAttribute]
	companies         companyRoom
	contacts          contactRoom
	contactSearch     *searchable[contact]
	notes             shelf[intercom.Note]
	segments          shelf[segment]
	subscriptionTypes shelf[intercom.SubscriptionType]
	tags              shelf[intercom.Tag]

	articles           shelf[intercom.Article]
	collections        shelf[intercom.Collection]
	conversations      conversationRoom
	conversationSearch *searchable[conversation]
	events             eventRoom
	exports            shelf[exportJob]
	helpCenters        shelf[intercom.HelpCenter]
	messages           shelf[message]
	newsfeeds          shelf[intercom.Newsfeed]
	newsItems          shelf[intercom.NewsItem]
	phoneSwitches      shelf[intercom.PhoneSwitch]
	sections           shelf[intercom.Section]
	teams              shelf[intercom.Team]
	tickets            shelf[ticket]
	ticketSearch       *searchable[ticket]
	ticketTypes        shelf[intercom.TicketType]
	visitors           shelf[intercom.Visitor]
}

// The names of every workspace.
const (
	workspaceID     = "wk5pace7"
	workspaceDomain = "harbour-works.example"
)

func newWorkspace(c config) *workspace {
	w := &workspace{clock: clock{base: c.clock}, ids: ids{seed: c.seed}, quirks: c.quirks}
	w.app = intercom.App{
		Type:      "app",
		IDCode:    workspaceID,
		Name:      "Harbour Works",
		CreatedAt: intercom.TimestampOf(w.clock.now().AddDate(-3, 0, 0)),
		Timezone:  "Etc/UTC",
		Region:    "US",
	}
	owner := intercom.Admin{
		Name: "Mara Lindqvist", Email: "mara@" + workspaceDomain, JobTitle: "Support Lead", HasInboxSeat: true,
		TeamPriorityLevel: &intercom.TeamPriorityLevel{},
	}
	w.seedAdmin(&owner)
	w.me = owner.ID
	w.contactSearch = newContactSearch(w)
	w.conversationSearch = newConversationSearch(w)
	w.ticketSearch = newTicketSearch(w)
	return w
}

// now is the time as objects hold it.
func (w *workspace) now() intercom.Timestamp { return w.clock.stamp() }
