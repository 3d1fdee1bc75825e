package intercomtest

import (
	"reflect"

	"github.com/seed-8b687bef/intercom-go"
)

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

// oddTimes lists the moments that the API does not write as a whole number at
// times.
var oddTimes = map[string]timeHabit{
	"Contact.signed_up_at":      timeInText,
	"Contact.last_seen_at":      timeAsFraction,
	"Contact.last_contacted_at": timeAsDate,
	"Contact.last_replied_at":   timeOrEmpty,
}

type timeHabit uint8

const (
	timeInText     timeHabit = iota + 1 // "1700000000"
	timeAsFraction                      // 1700000000.0
	timeAsDate                          // "2023-11-14T22:13:20Z"
	timeOrEmpty                         // "" in the place of null
)

// numbersInText lists the types whose numbers come in quotes.
var numbersInText = map[string]bool{"ConversationStatistics": true}

// absent lists the members that are null where the object has nothing in it.
var absent = map[string]bool{"Conversation.teammates": true}

// shortened lists the members that come as their main member alone.
var shortened = map[string]bool{
	"Admin.avatar":                 true,
	"Contact.avatar":               true,
	"ConversationPart.assigned_to": true,
	"Me.avatar":                    true,
	"TicketPart.assigned_to":       true,
	"Visitor.avatar":               true,
}

// bare lists the types of which nothing is written when they hold nothing, in
// any mode.
var bare = map[string]bool{"CompanyPlan": true}

// mainMember names the field that can stand for the whole object.
var mainMember = map[string]string{"Avatar": "ImageURL", "Reference": "ID", "TicketState": "Category"}

// growing lists the types that get members that nobody knows.
var growing = map[string]bool{
	"Admin": true, "Article": true, "Company": true, "Contact": true, "Conversation": true, "ConversationPart": true,
	"Tag": true, "Ticket": true,
}

// quirk writes a member in a way that the description does not tell of, or
// returns false.
func (e *encoder) quirk(f *field, value reflect.Value) bool {
	switch {
	case value.Type() == attributesType && value.Interface().(intercom.CustomAttributes).Len() == 0:
		e.b = append(e.b, "[]"...)
	case f.absent && isHollow(value):
		e.b = append(e.b, "null"...)
	case f.shortened && !value.IsNil():
		main := value.Elem().Field(shapeOf(value.Type().Elem()).scalar).String()
		if main == "" {
			return false
		}
		e.text(main)
	case f.inText && f.kind == fieldPointer && !value.IsNil():
		e.b = append(e.b, '"')
		e.reflect(value)
		e.b = append(e.b, '"')
	default:
		return false
	}
	return true
}

// isHollow tells whether a pointer to an object leads to nothing but a type.
func isHollow(pointer reflect.Value) bool {
	if pointer.IsNil() {
		return true
	}
	for i := range pointer.Elem().NumField() {
		if pointer.Elem().Type().Field(i).Name != "Type" && !pointer.Elem().Field(i).IsZero() {
			return false
		}
	}
	return true
}
