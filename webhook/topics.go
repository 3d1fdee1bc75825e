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
	AdminAddedToWorkspace     Topic[intercom.Admin] = "admin.added_to_workspace"
	AdminRemovedFromWorkspace Topic[intercom.Admin] = "admin.removed_from_workspace"
	// AdminAwayModeUpdated: an admin went away or came back.
	AdminAwayModeUpdated Topic[intercom.Admin] = "admin.away_mode_updated"
	AdminLoggedIn        Topic[intercom.Admin] = "admin.logged_in"
	// AdminLoggedOut: an admin logged out, or the session ran out.
	AdminLoggedOut Topic[intercom.Admin] = "admin.logged_out"
	// AdminActivityLogEventCreated: something was written to the log of what
	// admins do.
	AdminActivityLogEventCreated Topic[intercom.ActivityLog] = "admin.activity_log_event.created"
)

// Topics of articles of the help center.
const (
	ArticleCreated     Topic[intercom.Article] = "article.created"
	ArticleUpdated     Topic[intercom.Article] = "article.updated"
	ArticlePublished   Topic[intercom.Article] = "article.published"
	ArticleUnpublished Topic[intercom.Article] = "article.unpublished"
	// ArticleDeleted carries as little as the article's id.
	ArticleDeleted Topic[intercom.Article] = "article.deleted"
)

// Topics of companies.
const (
	CompanyCreated         Topic[intercom.Company]       = "company.created"
	CompanyUpdated         Topic[intercom.Company]       = "company.updated"
	CompanyDeleted         Topic[intercom.DeletedObject] = "company.deleted"
	CompanyContactAttached Topic[CompanyContact]         = "company.contact.attached"
	CompanyContactDetached Topic[CompanyContact]         = "company.contact.detached"
)

// Topics of contacts, users and leads alike.
const (
	ContactArchived     Topic[intercom.ContactArchived] = "contact.archived"
	ContactUnarchived   Topic[intercom.Contact]         = "contact.unarchive"
	ContactDeleted      Topic[intercom.ContactDeleted]  = "contact.deleted"
	ContactEmailUpdated Topic[intercom.Contact]         = "contact.email.updated"
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
	ContactUserCreated    Topic[intercom.Contact] = "contact.user.created"
	ContactUserUpdated    Topic[intercom.Contact] = "contact.user.updated"
	ContactUserTagCreated Topic[ContactTag]       = "contact.user.tag.created"
	ContactUserTagDeleted Topic[ContactTag]       = "contact.user.tag.deleted"
)

// Topics of leads.
const (
	ContactLeadCreated    Topic[intercom.Contact] = "contact.lead.created"
	ContactLeadUpdated    Topic[intercom.Contact] = "contact.lead.updated"
	ContactLeadAddedEmail Topic[intercom.Contact] = "contact.lead.added_email"
	// ContactLeadSignedUp: a lead became a user.
	ContactLeadSignedUp   Topic[intercom.Contact] = "contact.lead.signed_up"
	ContactLeadTagCreated Topic[ContactTag]       = "contact.lead.tag.created"
	ContactLeadTagDeleted Topic[ContactTag]       = "contact.lead.tag.deleted"
)

// Topics of conversations. The conversation has only those of its parts that
// the notification is about; Conversations.Get has all.
const (
	ConversationUserCreated Topic[intercom.Conversation] = "conversation.user.created"
	// ConversationUserReplied: a user, a lead or a visitor replied.
	ConversationUserReplied   Topic[intercom.Conversation] = "conversation.user.replied"
	ConversationAdminAssigned Topic[intercom.Conversation] = "conversation.admin.assigned"
	// ConversationAdminOpenAssigned is ConversationAdminAssigned for open
	// conversations alone.
	ConversationAdminOpenAssigned Topic[intercom.Conversation] = "conversation.admin.open.assigned"
	ConversationAdminClosed       Topic[intercom.Conversation] = "conversation.admin.closed"
	ConversationAdminOpened       Topic[intercom.Conversation] = "conversation.admin.opened"
	ConversationAdminSnoozed      Topic[intercom.Conversation] = "conversation.admin.snoozed"
	ConversationAdminUnsnoozed    Topic[intercom.Conversation] = "conversation.admin.unsnoozed"
	ConversationAdminReplied      Topic[intercom.Conversation] = "conversation.admin.replied"
	// ConversationAdminNoted: an admin wrote a note, which contacts don't see.
	ConversationAdminNoted Topic[intercom.Conversation] = "conversation.admin.noted"
	// ConversationAdminSingleCreated: an admin wrote to one contact first.
	ConversationAdminSingleCreated Topic[intercom.Conversation] = "conversation.admin.single.created"
	// ConversationOperatorReplied: a bot replied.
	ConversationOperatorReplied Topic[intercom.Conversation] = "conversation.operator.replied"
	ConversationPriorityUpdated Topic[intercom.Conversation] = "conversation.priority.updated"
	ConversationRatingAdded     Topic[intercom.Conversation] = "conversation.rating.added"
	// ConversationRead: the contact read what was new.
	ConversationRead            Topic[intercom.Conversation] = "conversation.read"
	ConversationCompanyUpdated  Topic[intercom.Conversation] = "conversation.company.updated"
	ConversationContactAttached Topic[ConversationContact]   = "conversation.contact.attached"
	ConversationContactDetached Topic[ConversationContact]   = "conversation.contact.detached"
	ConversationDeleted         Topic[DeletedConversation]   = "conversation.deleted"
)

// Topics of conversation parts. They carry the conversation with the part.
const (
	ConversationPartRedacted   Topic[intercom.Conversation] = "conversation_part.redacted"
	ConversationPartTagCreated Topic[intercom.Conversation] = "conversation_part.tag.created"
)

// EventCreated is sent for events that were submitted about contacts.
const EventCreated Topic[intercom.Event] = "event.created"

// Topics of tickets. All carry a TicketChange, whatever the API version of the
// app makes of it.
const (
	TicketCreated          Topic[TicketChange] = "ticket.created"
	TicketStateUpdated     Topic[TicketChange] = "ticket.state.updated"
	TicketAttributeUpdated Topic[TicketChange] = "ticket.attribute.updated"
	TicketAdminAssigned    Topic[TicketChange] = "ticket.admin.assigned"
	TicketTeamAssigned     Topic[TicketChange] = "ticket.team.assigned"
	TicketAdminReplied     Topic[TicketChange] = "ticket.admin.replied"
	TicketContactReplied   Topic[TicketChange] = "ticket.contact.replied"
	TicketNoteCreated      Topic[TicketChange] = "ticket.note.created"
	TicketContactAttached  Topic[TicketChange] = "ticket.contact.attached"
	TicketContactDetached  Topic[TicketChange] = "ticket.contact.detached"
	// TicketClosed: the ticket's conversation was closed. Before API version
	// 2.15 it meant that the ticket was resolved.
	TicketClosed Topic[TicketChange] = "ticket.closed"
	// TicketResolved: the ticket's state became a resolved one. Available since
	// Intercom-Version 2.15.
	TicketResolved       Topic[TicketChange] = "ticket.resolved"
	TicketRatingProvided Topic[TicketChange] = "ticket.rating.provided"
)

// VisitorSignedUp is sent when a visitor becomes a user.
const VisitorSignedUp Topic[intercom.Visitor] = "visitor.signed_up"

// Topics of what contacts do with content that was sent to them. The stat's
// Kind says what they did.
const (
	ContentStatBanner        Topic[ContentStat] = "content_stat.banner"
	ContentStatCarousel      Topic[ContentStat] = "content_stat.carousel"
	ContentStatChat          Topic[ContentStat] = "content_stat.chat"
	ContentStatChecklist     Topic[ContentStat] = "content_stat.checklist"
	ContentStatCustomBot     Topic[ContentStat] = "content_stat.custom_bot"
	ContentStatEmail         Topic[ContentStat] = "content_stat.email"
	ContentStatNewsItem      Topic[ContentStat] = "content_stat.news_item"
	ContentStatPost          Topic[ContentStat] = "content_stat.post"
	ContentStatPush          Topic[ContentStat] = "content_stat.push"
	ContentStatSeries        Topic[ContentStat] = "content_stat.series"
	ContentStatSeriesWebhook Topic[ContentStat] = "content_stat.series.webhook"
	ContentStatSMS           Topic[ContentStat] = "content_stat.sms"
	ContentStatSurvey        Topic[ContentStat] = "content_stat.survey"
	ContentStatTooltipGroup  Topic[ContentStat] = "content_stat.tooltip_group"
	ContentStatTour          Topic[ContentStat] = "content_stat.tour"
)
