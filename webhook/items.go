package webhook

import (
	"bytes"
	"encoding/json"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
)

// PingMessage is the object of a ping.
type PingMessage struct {
	// Always ping.
	Type string `json:"type,omitzero"`
	// A text without meaning.
	Message string `json:"message,omitzero"`

	intercom.Extra `json:"-"`
}

// CompanyContact is a company and the contact that was attached to it or
// detached from it.
type CompanyContact struct {
	// The company.
	Company *intercom.Company `json:"company,omitzero"`
	// The contact that joined it or left it.
	Contact *intercom.Contact `json:"contact,omitzero"`

	intercom.Extra `json:"-"`
}

// MergedContact is what became of two contacts.
type MergedContact struct {
	// The contact that is left.
	Contact intercom.Contact
	// The contact that is gone. Nil if Intercom does not say, as in API
	// versions that are not the newest.
	From *intercom.Reference
}

// ContactTag is a tag and the contact that got it or lost it.
type ContactTag struct {
	// Always contact_tag.
	Type string `json:"type,omitzero"`
	// When it happened, zero if Intercom does not say.
	CreatedAt intercom.Timestamp `json:"created_at,omitzero"`
	// The tag.
	Tag *intercom.Tag `json:"tag,omitzero"`
	// The contact, a user or a lead.
	Contact *intercom.Contact `json:"contact,omitzero"`

	intercom.Extra `json:"-"`
}

// Subscription is a contact who agreed to mailings or refused them.
type Subscription struct {
	// What happened, such as contact_subscribe or granular_subscribe.
	Type string `json:"type,omitzero"`
	// When it happened.
	CreatedAt intercom.Timestamp `json:"created_at,omitzero"`
	// The contact.
	Contact *intercom.Contact `json:"contact,omitzero"`
	// The subscription types that it is about. Empty if it is about all.
	Types []intercom.SubscriptionType `json:"subscription_types,omitzero"`

	intercom.Extra `json:"-"`
}

// ConversationContact is a conversation and the contact that joined or left it.
type ConversationContact struct {
	// The conversation. Little more than its ID can be relied on: what Intercom
	// sends here is not what it sends elsewhere, and is in UnknownFields.
	Conversation *intercom.Conversation `json:"conversation,omitzero"`
	// The contact that joined it or left it.
	Contact *intercom.Contact `json:"contact,omitzero"`

	intercom.Extra `json:"-"`
}

// DeletedConversation names a conversation that is gone.
type DeletedConversation struct {
	// Always conversation.
	Type string `json:"type,omitzero"`
	// The conversation's id.
	ID string `json:"conversation_id,omitzero"`

	intercom.Extra `json:"-"`
}

// TicketChange is a ticket and what happened to it.
type TicketChange struct {
	// The ticket. With a contact that was attached or detached it is cut short.
	Ticket *intercom.Ticket `json:"ticket,omitzero"`
	// The part that tells of it: the reply, the note, the assignment. Nil where
	// Intercom sends none.
	Part *intercom.TicketPart `json:"ticket_part,omitzero"`
	// The contact that was attached or detached, nil for other topics.
	Contact *intercom.Contact `json:"contact,omitzero"`

	intercom.Extra `json:"-"`
}

// ContentStat is something that a contact did with content that was sent.
type ContentStat struct {
	// The topic, such as content_stat.email.
	Type string `json:"type,omitzero"`
	// When it happened.
	CreatedAt intercom.Timestamp `json:"created_at,omitzero"`
	// What was done, and with which content.
	Stat *ContentStatDetail `json:"content_stat,omitzero"`
	// The contact who did it.
	Contact *intercom.Contact `json:"contact,omitzero"`
	// The contact's company, nil if the audience was not chosen by companies.
	Company *intercom.Company `json:"company,omitzero"`

	intercom.Extra `json:"-"`
}

// ContentStatDetail says what was done with which content.
type ContentStatDetail struct {
	// Id of the stat.
	ID string `json:"id,omitzero"`
	// What was done: receipt when it arrived, then open, click, reply,
	// goal_success, hard_bounce and others, which depend on the content.
	Kind string `json:"stat_type,omitzero"`
	// What kind of content it is, such as email, chat or series.
	ContentType string `json:"content_type,omitzero"`
	// Id of the content; each side of an A/B test has its own.
	ContentID string `json:"content_id,omitzero"`
	// Title of the content in the workspace.
	ContentTitle string `json:"content_title,omitzero"`
	// Id of the outbound message that the content belongs to.
	RulesetID string `json:"ruleset_id,omitzero"`
	// Id of the version of that message.
	RulesetVersionID string `json:"ruleset_version_id,omitzero"`
	// Id of the receipt that the stat belongs to.
	ReceiptID string `json:"receipt_id,omitzero"`
	// Id of the series, empty if the content belongs to none.
	SeriesID string `json:"series_id,omitzero"`
	// Title of the series, empty if the content belongs to none.
	SeriesTitle string `json:"series_title,omitzero"`
	// Id of the content's place in the series.
	NodeID string `json:"node_id,omitzero"`

	intercom.Extra `json:"-"`
}

var (
	pingShape        = shape(2, "PingMessage", "type", "message")
	companyShape     = shape(3, "CompanyContact", "company", "contact")
	contactTagShape  = shape(4, "ContactTag", "type", "tag", "contact", "created_at")
	subscribeShape   = shape(5, "Subscription", "type", "contact", "subscription_types", "created_at")
	typesShape       = shape(6, "Subscription types", "type", "data")
	joinShape        = shape(7, "ConversationContact", "conversation", "contact")
	deletedShape     = shape(8, "DeletedConversation", "type", "conversation_id", "id")
	contentStatShape = shape(9, "ContentStat", "type", "created_at", "content_stat", "contact", "company")
	statDetailShape  = shape(10, "ContentStatDetail", "id", "content_type", "content_id", "stat_type",
		"ruleset_id", "content_title", "ruleset_version_id", "receipt_id", "series_id", "series_title", "node_id")
)

// UnmarshalJSON reads a PingMessage leniently, see intercom.Extra.
func (x *PingMessage) UnmarshalJSON(data []byte) error { return unmarshal(data, x.decode) }

func (x *PingMessage) decode(d *jsonstream.Decoder) {
	order := d.Order(pingShape)
	for k := d.First(pingShape, order); k != jsonstream.End; k = d.Next(pingShape, order, k, rest(&x.Extra)) {
		switch k {
		case 0:
			x.Type = d.Word()
		case 1:
			x.Message = d.String()
		default:
			d.Unknown(rest(&x.Extra))
		}
	}
}

// UnmarshalJSON reads a CompanyContact leniently, see intercom.Extra.
func (x *CompanyContact) UnmarshalJSON(data []byte) error { return unmarshal(data, x.decode) }

func (x *CompanyContact) decode(d *jsonstream.Decoder) {
	order := d.Order(companyShape)
	for k := d.First(companyShape, order); k != jsonstream.End; k = d.Next(companyShape, order, k, rest(&x.Extra)) {
		switch k {
		case 0:
			x.Company = readModel[intercom.Company](d)
		case 1:
			x.Contact = readModel[intercom.Contact](d)
		default:
			d.Unknown(rest(&x.Extra))
		}
	}
}

// UnmarshalJSON reads the contact and takes from its members the one that is
// of merged contacts alone.
func (x *MergedContact) UnmarshalJSON(data []byte) error {
	*x = MergedContact{}
	if err := x.Contact.UnmarshalJSON(data); err != nil {
		return err
	}
	x.From = take[intercom.Reference](x.Contact.Extra, "merged_from")
	return nil
}

// UnmarshalJSON reads a ContactTag leniently, see intercom.Extra.
func (x *ContactTag) UnmarshalJSON(data []byte) error { return unmarshal(data, x.decode) }

func (x *ContactTag) decode(d *jsonstream.Decoder) {
	order := d.Order(contactTagShape)
	for k := d.First(contactTagShape, order); k != jsonstream.End; k = d.Next(contactTagShape, order, k, rest(&x.Extra)) {
		switch k {
		case 0:
			x.Type = d.Word()
		case 1:
			x.Tag = readModel[intercom.Tag](d)
		case 2:
			x.Contact = readModel[intercom.Contact](d)
		case 3:
			x.CreatedAt = readTime(d)
		default:
			d.Unknown(rest(&x.Extra))
		}
	}
}

// UnmarshalJSON reads a Subscription leniently, see intercom.Extra.
func (x *Subscription) UnmarshalJSON(data []byte) error { return unmarshal(data, x.decode) }

func (x *Subscription) decode(d *jsonstream.Decoder) {
	order := d.Order(subscribeShape)
	for k := d.First(subscribeShape, order); k != jsonstream.End; k = d.Next(subscribeShape, order, k, rest(&x.Extra)) {
		switch k {
		case 0:
			x.Type = d.Word()
		case 1:
			x.Contact = readModel[intercom.Contact](d)
		case 2:
			x.decodeTypes(d)
		case 3:
			x.CreatedAt = readTime(d)
		default:
			d.Unknown(rest(&x.Extra))
		}
	}
}

// decodeTypes reads the list from the object that it is wrapped in.
func (x *Subscription) decodeTypes(d *jsonstream.Decoder) {
	order := d.Order(typesShape)
	for k := d.First(typesShape, order); k != jsonstream.End; k = d.Next(typesShape, order, k, nil) {
		if k == 1 {
			x.Types = jsonstream.Objects(d, func(t *intercom.SubscriptionType, d *jsonstream.Decoder) {
				if read := readModel[intercom.SubscriptionType](d); read != nil {
					*t = *read
				}
			})
			continue
		}
		d.Skip()
	}
}

// UnmarshalJSON reads a ConversationContact leniently, see intercom.Extra.
func (x *ConversationContact) UnmarshalJSON(data []byte) error { return unmarshal(data, x.decode) }

func (x *ConversationContact) decode(d *jsonstream.Decoder) {
	order := d.Order(joinShape)
	for k := d.First(joinShape, order); k != jsonstream.End; k = d.Next(joinShape, order, k, rest(&x.Extra)) {
		switch k {
		case 0:
			if x.Conversation = readModel[intercom.Conversation](d); x.Conversation != nil && x.Conversation.ID == "" {
				x.Conversation.ID = innerID(x.Conversation.Extra["model"])
			}
		case 1:
			x.Contact = readModel[intercom.Contact](d)
		default:
			d.Unknown(rest(&x.Extra))
		}
	}
}

// innerID returns the id of an object, a number or a string.
func innerID(text json.RawMessage) string {
	var object struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(text, &object) != nil {
		return ""
	}
	return string(bytes.Trim(object.ID, `"`))
}

// UnmarshalJSON reads a DeletedConversation leniently, see intercom.Extra.
func (x *DeletedConversation) UnmarshalJSON(data []byte) error { return unmarshal(data, x.decode) }

func (x *DeletedConversation) decode(d *jsonstream.Decoder) {
	order := d.Order(deletedShape)
	for k := d.First(deletedShape, order); k != jsonstream.End; k = d.Next(deletedShape, order, k, rest(&x.Extra)) {
		switch k {
		case 0:
			x.Type = d.Word()
		case 1, 2:
			x.ID = d.String()
		default:
			d.Unknown(rest(&x.Extra))
		}
	}
}

// UnmarshalJSON reads a TicketChange from either form that Intercom sends: the
// ticket itself, or an object that has it as a member.
func (x *TicketChange) UnmarshalJSON(data []byte) error {
	*x = TicketChange{Ticket: new(intercom.Ticket)}
	if err := x.Ticket.UnmarshalJSON(data); err != nil {
		return err
	}
	// The members of the second form are none of a ticket's.
	wrapper := x.Ticket.Extra
	if _, ok := wrapper["ticket"]; !ok {
		return nil
	}
	x.Ticket = take[intercom.Ticket](wrapper, "ticket")
	x.Part = take[intercom.TicketPart](wrapper, "ticket_part")
	x.Contact = take[intercom.Contact](wrapper, "contact")
	if len(wrapper) > 0 {
		x.Extra = wrapper
	}
	return nil
}

// take moves a member from the unknown ones to an object; nil if it is not
// there.
func take[T any, P decodable[T]](extra intercom.Extra, name string) *T {
	text, ok := extra[name]
	if !ok {
		return nil
	}
	delete(extra, name)
	model := new(T)
	_ = P(model).UnmarshalJSON(text) // was read as JSON before
	return model
}

// UnmarshalJSON reads a ContentStat leniently, see intercom.Extra.
func (x *ContentStat) UnmarshalJSON(data []byte) error { return unmarshal(data, x.decode) }

func (x *ContentStat) decode(d *jsonstream.Decoder) {
	order := d.Order(contentStatShape)
	for k := d.First(contentStatShape, order); k != jsonstream.End; k = d.Next(contentStatShape, order, k, rest(&x.Extra)) {
		switch k {
		case 0:
			x.Type = d.Word()
		case 1:
			x.CreatedAt = readTime(d)
		case 2:
			if x.Stat = nil; d.Object() {
				x.Stat = new(ContentStatDetail)
				x.Stat.decode(d)
			}
		case 3:
			x.Contact = readModel[intercom.Contact](d)
		case 4:
			x.Company = readModel[intercom.Company](d)
		default:
			d.Unknown(rest(&x.Extra))
		}
	}
}

// UnmarshalJSON reads a ContentStatDetail leniently, see intercom.Extra.
func (x *ContentStatDetail) UnmarshalJSON(data []byte) error { return unmarshal(data, x.decode) }

func (x *ContentStatDetail) decode(d *jsonstream.Decoder) {
	order := d.Order(statDetailShape)
	for k := d.First(statDetailShape, order); k != jsonstream.End; k = d.Next(statDetailShape, order, k, rest(&x.Extra)) {
		switch k {
		case 0:
			x.ID = d.String()
		case 1:
			x.ContentType = d.Word()
		case 2:
			x.ContentID = d.String()
		case 3:
			x.Kind = d.Word()
		case 4:
			x.RulesetID = d.String()
		case 5:
			x.ContentTitle = d.String()
		case 6:
			x.RulesetVersionID = d.String()
		case 7:
			x.ReceiptID = d.String()
		case 8:
			x.SeriesID = d.String()
		case 9:
			x.SeriesTitle = d.String()
		case 10:
			x.NodeID = d.String()
		default:
			d.Unknown(rest(&x.Extra))
		}
	}
}
