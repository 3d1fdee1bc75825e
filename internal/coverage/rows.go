// Package coverage calls every method of the library, for tests that want to
// see all that is sent and answered: TestEveryOperation, and those that hold
// the fake workspace against descriptions of the API.
package coverage

import (
	"context"
	"errors"
	"iter"
	"maps"

	"github.com/seed-8b687bef/intercom-go"
)

// Row calls a method.
type Row func(ctx context.Context, c *intercom.Client, w World) error

// Rows has a row for every method.
func Rows() map[string]Row {
	all := map[string]Row{}
	for _, rows := range []map[string]Row{
		contactRows, contactAttachedRows, companyRows, workspaceRows,
		conversationRows, conversationActionRows, outreachRows,
		contentRows, ticketRows,
	} {
		maps.Copy(all, rows)
	}
	return all
}

// World names the objects that the rows are about.
type World struct {
	admin, otherAdmin, team                         string
	contact, lead, externalID, email                string
	noted                                           string // a contact with notes
	company, companyID                              string
	note, segment, subscription, tag, dataAttribute string
	conversation, part, source                      string
	visitor, visitorUserID                          string
	exportJob                                       string
	article, collection, section, helpCenter        string
	newsItem, newsfeed                              string
	ticket, ticketType, ticketAttribute             string
	ticketState                                     string
	cursor                                          string // of some search or list
}

// Plausible is a world that exists nowhere, for servers that don't look.
var Plausible = World{
	admin: "7310042", otherAdmin: "7310043", team: "9001",
	contact: "66a0c3d2e4b0a1f2c3d4e5f6", lead: "66a0c3d2e4b0a1f2c3d4e5f7",
	externalID: "skipper-7", email: "skipper@harbour.test",
	noted:   "660012", // The published description wants a number, here only.
	company: "65f1b2c3d4e5f60718293a4b", companyID: "quay-12",
	note: "3101", segment: "65f1b2c3d4e5f60718293a4c", subscription: "501", tag: "88", dataAttribute: "1207",
	conversation: "215470000001", part: "4", source: "2154700001",
	visitor: "66a0c3d2e4b0a1f2c3d4e5f8", visitorUserID: "0f3c2b1a-77aa-4bbb-8ccc-1234567890ab",
	exportJob: "hb3k9qv2",
	article:   "6871", collection: "702", section: "703", helpCenter: "12",
	newsItem: "8101", newsfeed: "8201",
	ticket: "4410", ticketType: "31", ticketAttribute: "77", ticketState: "5",
	cursor: "WzE3MTk1LDIxNV0=",
}

// first leaves the answer of a method out.
func first[T any](_ T, err error) error { return err }

// one takes the first item, which must be there.
func one[T any](list iter.Seq2[T, error]) error {
	_, ok, err := intercom.First(list)
	if !ok && err == nil {
		return errors.New("the list is empty")
	}
	return err
}
