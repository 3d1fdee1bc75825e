package intercomtest

// The habits of the real API that WithQuirks turns on, as far as they are
// about single values. Those of lists are in pages.go.

// numeric lists the ids that the API sends as numbers.
var numeric = map[string]bool{
	"ActivityLogMetadata.update_by":      true,
	"Admin.team_ids":                     true,
	"Article.author_id":                  true,
	"Article.parent_id":                  true,
	"Article.parent_ids":                 true,
	"Collection.help_center_id":          true,
	"Contact.owner_id":                   true,
	"Conversation.admin_assignee_id":     true,
	"Conversation.team_assignee_id":      true,
	"DataAttribute.admin_id":             true,
	"DataAttribute.id":                   true,
	"Me.team_ids":                        true,
	"NewsItem.sender_id":                 true,
	"NewsItemAssignment.newsfeed_id":     true,
	"Section.parent_id":                  true,
	"Team.admin_ids":                     true,
	"TicketTypeAttribute.ticket_type_id": true,
}

// bare lists the types of which nothing is written when they hold nothing, in
// any mode.
var bare = map[string]bool{"CompanyPlan": true}

// growing lists the types that get members that nobody knows.
var growing = map[string]bool{
	"Admin": true, "Article": true, "Company": true, "Contact": true, "Conversation": true, "ConversationPart": true,
	"Tag": true, "Ticket": true,
}
