package webhook

import "github.com/seed-8b687bef/intercom-go"

// Topic is what notifications are about. T is the type of the object that they
// carry. A topic that is not listed here is made from its name and a type of
// your own, which is decoded by encoding/json:
//
//	const JobCompleted webhook.Topic[Job] = "job.completed"
type Topic[T any] string

// Ping is sent when the URL is set up and now and then later. A Handler answers
// it by itself; a function for it is called besides.
const Ping Topic[PingMessage] = "ping"

// Topics of admins.
const (
	AdminAddedToWorkspace     Topic[intercom.Admin] = "admin.added_to_workspace"     // An admin joined the workspace.
	AdminRemovedFromWorkspace Topic[intercom.Admin] = "admin.removed_from_workspace" // An admin left the workspace.
	// AdminAwayModeUpdated: an admin went away or came back.
	AdminAwayModeUpdated Topic[intercom.Admin] = "admin.away_mode_updated"
	AdminLoggedIn        Topic[intercom.Admin] = "admin.logged_in" // An admin logged in.
	// AdminLoggedOut: an admin logged out, or the session ran out.
	AdminLoggedOut Topic[intercom.Admin] = "admin.logged_out"
	// AdminActivityLogEventCreated: something was written to the log of what
	// admins do.
	AdminActivityLogEventCreated Topic[intercom.ActivityLog] = "admin.activity_log_event.created"
)

// Topics of articles of the help center.
const (
	ArticleCreated     Topic[intercom.Article] = "article.created"     // An article was written, published or not.
	ArticleUpdated     Topic[intercom.Article] = "article.updated"     // An article changed.
	ArticlePublished   Topic[intercom.Article] = "article.published"   // An article can now be read.
	ArticleUnpublished Topic[intercom.Article] = "article.unpublished" // An article can't be read any more.
	// ArticleDeleted carries as little as the article's id.
	ArticleDeleted Topic[intercom.Article] = "article.deleted"
)

// Topics of companies.
const (
	CompanyCreated         Topic[intercom.Company]       = "company.created"          // A company is new.
	CompanyUpdated         Topic[intercom.Company]       = "company.updated"          // A field of a company changed.
	CompanyDeleted         Topic[intercom.DeletedObject] = "company.deleted"          // A company is gone; all that is left is its id.
	CompanyContactAttached Topic[CompanyContact]         = "company.contact.attached" // A contact became a member of a company.
	CompanyContactDetached Topic[CompanyContact]         = "company.contact.detached" // A contact left a company.
)

// Topics of contacts, users and leads alike.
const (
	ContactArchived     Topic[intercom.ContactArchived] = "contact.archived"      // A contact was archived.
	ContactUnarchived   Topic[intercom.Contact]         = "contact.unarchive"     // A contact came back from the archive.
	ContactDeleted      Topic[intercom.ContactDeleted]  = "contact.deleted"       // A contact was deleted for good.
	ContactEmailUpdated Topic[intercom.Contact]         = "contact.email.updated" // The email address of a contact changed.
	// ContactMerged carries the contact that is left.
	ContactMerged Topic[MergedContact] = "contact.merged"
	// ContactSubscribed: a contact wants emails again.
	ContactSubscribed Topic[Subscription] = "contact.subscribed"
	// ContactUnsubscribed: a contact wants no more emails at all.
	ContactUnsubscribed Topic[Subscription] = "contact.unsubscribed"
	// GranularSubscribe: a contact agreed to some subscription types.
	GranularSubscribe Topic[Subscription] = "granular.subscribe"
	// GranularUnsubscribe: a contact refused some subscription types.
	GranularUnsubscribe Topic[Subscription] = "granular.unsubscribe"
)

// Topics of users.
const (
	ContactUserCreated    Topic[intercom.Contact] = "contact.user.created"     // A user is new.
	ContactUserUpdated    Topic[intercom.Contact] = "contact.user.updated"     // A field of a user changed.
	ContactUserTagCreated Topic[ContactTag]       = "contact.user.tag.created" // A user got a tag.
	ContactUserTagDeleted Topic[ContactTag]       = "contact.user.tag.deleted" // A user lost a tag.
)

// Topics of leads.
const (
	ContactLeadCreated    Topic[intercom.Contact] = "contact.lead.created"     // A lead is new.
	ContactLeadUpdated    Topic[intercom.Contact] = "contact.lead.updated"     // A field of a lead changed.
	ContactLeadAddedEmail Topic[intercom.Contact] = "contact.lead.added_email" // A lead left an email address.
	// ContactLeadSignedUp: a lead became a user.
	ContactLeadSignedUp   Topic[intercom.Contact] = "contact.lead.signed_up"
	ContactLeadTagCreated Topic[ContactTag]       = "contact.lead.tag.created" // A lead got a tag.
	ContactLeadTagDeleted Topic[ContactTag]       = "contact.lead.tag.deleted" // A lead lost a tag.
)

// Topics of conversations. The conversation has only those of its parts that
// the notification is about; Conversations.Get has all.
const (
	ConversationUserCreated Topic[intercom.Conversation] = "conversation.user.created" // A user, a lead or a visitor wrote first.
	// ConversationUserReplied: a user, a lead or a visitor replied.
	ConversationUserReplied   Topic[intercom.Conversation] = "conversation.user.replied"
	ConversationAdminAssigned Topic[intercom.Conversation] = "conversation.admin.assigned" // A conversation got another admin or team, open or not.
	// ConversationAdminOpenAssigned is ConversationAdminAssigned for open
	// conversations alone.
	ConversationAdminOpenAssigned Topic[intercom.Conversation] = "conversation.admin.open.assigned"
	ConversationAdminClosed       Topic[intercom.Conversation] = "conversation.admin.closed"    // An admin closed a conversation.
	ConversationAdminOpened       Topic[intercom.Conversation] = "conversation.admin.opened"    // An admin opened a conversation again.
	ConversationAdminSnoozed      Topic[intercom.Conversation] = "conversation.admin.snoozed"   // An admin put a conversation off.
	ConversationAdminUnsnoozed    Topic[intercom.Conversation] = "conversation.admin.unsnoozed" // A conversation is back from being put off.
	ConversationAdminReplied      Topic[intercom.Conversation] = "conversation.admin.replied"   // An admin replied.
	// ConversationAdminNoted: an admin wrote a note, which contacts don't see.
	ConversationAdminNoted Topic[intercom.Conversation] = "conversation.admin.noted"
	// ConversationAdminSingleCreated: an admin wrote to one contact first.
	ConversationAdminSingleCreated Topic[intercom.Conversation] = "conversation.admin.single.created"
	// ConversationOperatorReplied: a bot replied.
	ConversationOperatorReplied Topic[intercom.Conversation] = "conversation.operator.replied"
	ConversationPriorityUpdated Topic[intercom.Conversation] = "conversation.priority.updated" // The priority of a conversation changed.
	ConversationRatingAdded     Topic[intercom.Conversation] = "conversation.rating.added"     // The contact rated a conversation.
	// ConversationRead: the contact read what was new.
	ConversationRead            Topic[intercom.Conversation] = "conversation.read"
	ConversationCompanyUpdated  Topic[intercom.Conversation] = "conversation.company.updated"  // The company of a conversation changed.
	ConversationContactAttached Topic[ConversationContact]   = "conversation.contact.attached" // A contact joined a conversation.
	ConversationContactDetached Topic[ConversationContact]   = "conversation.contact.detached" // A contact left a conversation.
	ConversationDeleted         Topic[DeletedConversation]   = "conversation.deleted"          // A conversation is gone; all that is left is its id.
)

// Topics of conversation parts. They carry the conversation with the part.
const (
	ConversationPartRedacted   Topic[intercom.Conversation] = "conversation_part.redacted"    // The text of a part was taken out.
	ConversationPartTagCreated Topic[intercom.Conversation] = "conversation_part.tag.created" // A part got a tag.
)

// EventCreated is sent for events that were submitted about contacts.
const EventCreated Topic[intercom.Event] = "event.created"

// Topics of tickets. All carry a TicketChange, whatever the API version of the
// app makes of it.
const (
	TicketCreated          Topic[TicketChange] = "ticket.created"           // A ticket is new.
	TicketStateUpdated     Topic[TicketChange] = "ticket.state.updated"     // A ticket moved to another state.
	TicketAttributeUpdated Topic[TicketChange] = "ticket.attribute.updated" // An attribute of a ticket changed.
	TicketAdminAssigned    Topic[TicketChange] = "ticket.admin.assigned"    // A ticket was given to an admin.
	TicketTeamAssigned     Topic[TicketChange] = "ticket.team.assigned"     // A ticket was given to a team.
	TicketAdminReplied     Topic[TicketChange] = "ticket.admin.replied"     // An admin replied.
	TicketContactReplied   Topic[TicketChange] = "ticket.contact.replied"   // A contact replied.
	TicketNoteCreated      Topic[TicketChange] = "ticket.note.created"      // An admin wrote a note, which contacts don't see.
	TicketContactAttached  Topic[TicketChange] = "ticket.contact.attached"  // A contact joined a ticket.
	TicketContactDetached  Topic[TicketChange] = "ticket.contact.detached"  // A contact left a ticket.
	// TicketClosed: the ticket's conversation was closed. Before API version
	// 2.15 it meant that the ticket was resolved.
	TicketClosed Topic[TicketChange] = "ticket.closed"
	// TicketResolved: the ticket's state became a resolved one. Available since
	// Intercom-Version 2.15.
	TicketResolved       Topic[TicketChange] = "ticket.resolved"
	TicketRatingProvided Topic[TicketChange] = "ticket.rating.provided" // The contact rated a ticket.
)

// VisitorSignedUp is sent when a visitor becomes a user.
const VisitorSignedUp Topic[intercom.Visitor] = "visitor.signed_up"

// Topics of what contacts do with content that was sent to them. The stat's
// Kind says what they did.
const (
	ContentStatBanner        Topic[ContentStat] = "content_stat.banner"         // About a banner.
	ContentStatCarousel      Topic[ContentStat] = "content_stat.carousel"       // About a carousel in a mobile app.
	ContentStatChat          Topic[ContentStat] = "content_stat.chat"           // About a chat message.
	ContentStatChecklist     Topic[ContentStat] = "content_stat.checklist"      // About a checklist.
	ContentStatCustomBot     Topic[ContentStat] = "content_stat.custom_bot"     // About a custom bot.
	ContentStatEmail         Topic[ContentStat] = "content_stat.email"          // About an email.
	ContentStatNewsItem      Topic[ContentStat] = "content_stat.news_item"      // About a news item.
	ContentStatPost          Topic[ContentStat] = "content_stat.post"           // About a post in the Messenger.
	ContentStatPush          Topic[ContentStat] = "content_stat.push"           // About a push notification.
	ContentStatSeries        Topic[ContentStat] = "content_stat.series"         // About a series as a whole.
	ContentStatSeriesWebhook Topic[ContentStat] = "content_stat.series.webhook" // About a webhook within a series.
	ContentStatSMS           Topic[ContentStat] = "content_stat.sms"            // About a text message.
	ContentStatSurvey        Topic[ContentStat] = "content_stat.survey"         // About a survey.
	ContentStatTooltipGroup  Topic[ContentStat] = "content_stat.tooltip_group"  // About a group of tooltips.
	ContentStatTour          Topic[ContentStat] = "content_stat.tour"           // About a product tour.
)
