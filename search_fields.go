package intercom

import "strings"

// searchKind is what is searched for: which fields it has and how it compares.
type searchKind struct {
	name string
	// attribute is what stands before the name of a custom attribute.
	attribute string
	// wholeDays tells that moments are compared by the day.
	wholeDays bool
	// only has the operators of fields that take no others.
	only map[string][]string
	// types has the types of the fields that are known. Others are let through:
	// the API gets new ones at any time.
	types map[string]fieldType
	// newer is the kind from version 2.16 on, nil if it is the same.
	newer *searchKind
}

// fieldType is what a field holds.
type fieldType string

const (
	textField   fieldType = "text"
	numberField fieldType = "a number"
	momentField fieldType = "a moment"
	switchField fieldType = "true or false"
)

// operators has what can be asked of a field.
var operators = map[fieldType][]string{
	textField:   {"=", "!=", "IN", "NIN", "~", "!~", "^", "$"},
	numberField: {"=", "!=", "IN", "NIN", "<", ">", "<=", ">="},
	momentField: {"=", "!=", "IN", "NIN", "<", ">", "<=", ">="},
	switchField: {"=", "!=", "IN", "NIN"},
}

// dayOperators is what a search by whole days can ask of a moment.
var dayOperators = []string{"=", "<", ">"}

var searchContacts = contactFields(numberField, contactFields(textField, nil))

// contactFields makes the kind for the type that the id of the owner has.
func contactFields(owner fieldType, newer *searchKind) *searchKind {
	return &searchKind{
		newer:     newer,
		name:      "contacts",
		attribute: "custom_attributes.",
		wholeDays: true,
		only:      map[string][]string{"tag_id": {"=", "!="}},
		types: fieldTypes(
			fieldsOf{textField, `id role name avatar email email_domain phone formatted_phone external_id
			language_override browser browser_language os segment_id tag_id
			location.country location.region location.city
			ios_app_version ios_device ios_app_device ios_os_version ios_app_name ios_sdk_version
			android_app_version android_device android_app_name`},
			fieldsOf{owner, `owner_id`},
			fieldsOf{momentField, `created_at signed_up_at updated_at last_seen_at last_contacted_at last_replied_at
			last_email_opened_at last_email_clicked_at ios_last_seen_at android_last_seen_at`},
			fieldsOf{switchField, `unsubscribed_from_emails marked_email_as_spam has_hard_bounced`},
		),
	}
}

var searchConversations = &searchKind{
	name:      "conversations",
	attribute: "custom_attribute.",
	types: fieldTypes(
		fieldsOf{textField, `id source.type source.id source.delivered_as source.subject source.body source.url
			source.author.id source.author.type source.author.name source.author.email
			contact_ids teammate_ids tag_ids channel_initiated state priority
			statistics.last_closed_by_id conversation_rating.remark conversation_rating.contact_id
			ai_agent.resolution_state ai_agent.last_answer_type ai_agent.rating_remark
			ai_agent.source_type ai_agent.source_title`},
		fieldsOf{numberField, `admin_assignee_id team_assignee_id conversation_rating.score ai_agent.rating
			statistics.time_to_assignment statistics.time_to_admin_reply statistics.time_to_first_close
			statistics.time_to_last_close statistics.median_time_to_reply statistics.count_reopens
			statistics.count_assignments statistics.count_conversation_parts`},
		fieldsOf{momentField, `created_at updated_at waiting_since snoozed_until
			statistics.first_contact_reply_at statistics.first_assignment_at statistics.first_admin_reply_at
			statistics.first_close_at statistics.last_assignment_at statistics.last_assignment_admin_reply_at
			statistics.last_contact_reply_at statistics.last_admin_reply_at statistics.last_close_at
			conversation_rating.requested_at conversation_rating.replied_at`},
		fieldsOf{switchField, `open read ai_agent_participated`},
	),
}

var searchTickets = &searchKind{
	name:      "tickets",
	attribute: "ticket_attribute.",
	types: fieldTypes(
		fieldsOf{textField, `id title description category ticket_type_id contact_ids teammate_ids
			admin_assignee_id team_assignee_id state`},
		fieldsOf{momentField, `created_at updated_at snoozed_until`},
		fieldsOf{switchField, `open`},
	),
}

// fieldsOf are the names of fields of one type.
type fieldsOf struct {
	holds fieldType
	names string
}

// fieldTypes makes a table of the types by name.
func fieldTypes(lists ...fieldsOf) map[string]fieldType {
	types := map[string]fieldType{}
	for _, list := range lists {
		for name := range strings.FieldsSeq(list.names) {
			types[name] = list.holds
		}
	}
	return types
}
