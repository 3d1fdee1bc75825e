package intercomtest

// The habits of the real API that WithQuirks turns on, as far as they are
// about single values. Those of lists are in pages.go.

// odd lists the ids that the API sends in the other kind than its description
// says at times: numbers as strings, and strings as numbers.
var odd = map[string]bool{
	"Admin.id":                                 true,
	"Contact.owner_id":                         true,
	"Conversation.admin_assignee_id":           true,
	"Conversation.id":                          true,
	"Conversation.team_assignee_id":            true,
	"ConversationPart.id":                      true,
	"ConversationStatistics.last_closed_by_id": true,
	"Me.id":                    true,
	"Tag.id":                   true,
	"Team.id":                  true,
	"Ticket.admin_assignee_id": true,
	"Ticket.team_assignee_id":  true,
}

// bare lists the types of which nothing is written when they hold nothing, in
// any mode.
var bare = map[string]bool{"CompanyPlan": true}

// mainMember names the field that can stand for the whole object.
var mainMember = map[string]string{"Avatar": "ImageURL", "TicketState": "Category"}

// growing lists the types that get members that nobody knows.
var growing = map[string]bool{
	"Admin": true, "Article": true, "Company": true, "Contact": true, "Conversation": true, "ConversationPart": true,
	"Tag": true, "Ticket": true,
}
