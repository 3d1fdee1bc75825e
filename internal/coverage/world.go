package coverage

import (
	"context"
	"errors"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// Settle gives a workspace everything that Plausible names, so that every row
// finds what it is about, and returns the names as the workspace has them.
func Settle(ctx context.Context, srv *intercomtest.Server) (World, error) {
	w := Plausible
	settlePeople(srv, w)
	settleInbox(srv, w)
	settleContent(srv, w)
	w.ticketState = srv.TicketTypes()[0].TicketStates.Data[0].ID
	client, err := srv.Client()
	if err != nil {
		return w, err
	}
	page, err := client.Contacts.List(ctx, intercom.ContactListParams{PerPage: 1})
	if err != nil {
		return w, err
	}
	if page.NextCursor == "" {
		return w, errors.New("coverage: the workspace has no second contact")
	}
	w.cursor = page.NextCursor
	return w, nil
}

// Prepare gives a workspace what else a row wants.
func Prepare(srv *intercomtest.Server, row string) {
	if row == "Export.Cancel" {
		srv.Seed(intercom.ExportJob{ID: Plausible.exportJob}) // It has to be running.
	}
}

func settlePeople(srv *intercomtest.Server, w World) {
	links := func(id string) *intercom.LinkList { return &intercom.LinkList{Data: []intercom.Link{{ID: id}}} }
	srv.Seed(
		intercom.Admin{ID: w.admin, TeamIDs: []string{w.team}}, intercom.Admin{ID: w.otherAdmin},
		intercom.Team{ID: w.team, Name: "Harbour office", AdminIDs: []string{w.admin}},
		intercom.Tag{ID: w.tag, Name: "quay"},
		intercom.SubscriptionType{ID: w.subscription, ConsentType: intercom.ConsentTypeOptIn},
		intercom.DataAttribute{Name: "berth", Model: intercom.DataAttributeModelContact, DataType: intercom.DataAttributeTypeString},
		intercom.DataAttribute{ID: w.dataAttribute, Name: "bow", Model: intercom.DataAttributeModelContact, DataType: intercom.DataAttributeTypeString, Custom: true, Options: []string{"port"}},
		intercom.DataAttribute{Name: "queue", Model: intercom.DataAttributeModelContact, DataType: intercom.DataAttributeTypeString},
		intercom.DataAttribute{Name: "cranes", Model: intercom.DataAttributeModelCompany, DataType: intercom.DataAttributeTypeString},
		intercomtest.Segment{Segment: intercom.Segment{ID: w.segment, Name: "Skippers"}, Rule: intercom.Field("role").Eq("user")},
		intercom.Company{ID: w.company, CompanyID: w.companyID, Name: "Quay 12", Tags: tags(w), Segments: &intercom.SegmentList{Segments: []intercom.Segment{{ID: w.segment}}}},
		intercom.Contact{
			ID: w.contact, Role: intercom.ContactRoleUser, ExternalID: w.externalID, Email: w.email, OwnerID: w.admin, UpdatedAt: intercom.TimestampOf(Day.AddDate(0, 0, 3)),
			Companies: links(w.company), Tags: links(w.tag), OptedInSubscriptionTypes: links(w.subscription),
			CustomAttributes: intercom.CustomAttributesOf(map[string]any{"berth": "12"}),
		},
		intercom.Contact{ID: w.lead, Role: intercom.ContactRoleLead, Name: "Somebody on the quay"},
		intercom.Contact{ID: w.noted, Role: intercom.ContactRoleUser, ExternalID: "noted-1"},
		intercom.Note{ID: w.note, Body: "<p>Pays late.</p>", Contact: &intercom.ContactReference{ID: w.noted}},
		intercom.ActivityLog{
			CreatedAt: intercom.TimestampOf(Day.AddDate(0, 0, 1)), ActivityType: intercom.ActivityTypeAdminLogout,
			PerformedBy: &intercom.ActivityLogPerformer{Type: "admin", ID: w.admin, Email: "harbour@harbour.test"},
		},
		intercom.Visitor{ID: w.visitor, UserID: w.visitorUserID},
		intercom.Event{Name: "moored-boat", UserID: w.externalID, Email: w.email, IntercomUserID: w.contact},
	)
}

func tags(w World) *intercom.TagList { return &intercom.TagList{Tags: []intercom.Tag{{ID: w.tag}}} }

func settleInbox(srv *intercomtest.Server, w World) {
	participants := &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: w.contact}, {ID: w.noted}}}
	author := &intercom.Author{Type: intercom.AuthorTypeUser, ID: w.contact}
	srv.Seed(
		intercom.Conversation{
			ID: w.conversation, Contacts: participants, Tags: tags(w), AdminAssigneeID: w.admin, UpdatedAt: intercom.TimestampOf(Day.AddDate(0, 0, 4)),
			Source: &intercom.ConversationSource{ID: w.source, Body: "<p>Is berth 12 free?</p>", Author: author},
			Parts: &intercom.ConversationPartList{Parts: []intercom.ConversationPart{
				{ID: w.part, PartType: intercom.ConversationPartTypeComment, Body: "<p>Hello?</p>", Author: author},
			}},
		},
		intercom.Conversation{ID: "215470000002", Contacts: participants},
		intercomtest.Message{
			Message: intercom.Message{CreatedAt: intercom.TimestampOf(Day.AddDate(0, 0, 1)), Body: "<p>Berth 12 is yours.</p>"},
			To:      []string{w.contact},
		},
		intercom.ExportJob{ID: w.exportJob, Status: intercom.ExportStatusCompleted},
		intercom.TicketType{ID: w.ticketType, Name: "Damage", TicketTypeAttributes: &intercom.TicketTypeAttributeList{
			Data: []intercom.TicketTypeAttribute{{ID: w.ticketAttribute, Name: "Boat", DataType: intercom.TicketAttributeTypeList}},
		}},
		intercom.Ticket{
			ID: w.ticket, TicketType: &intercom.TicketType{ID: w.ticketType}, Contacts: participants,
			TicketAttributes: intercom.CustomAttributesOf(map[string]any{"_default_title_": "Broken winch"}),
		},
	)
}

func settleContent(srv *intercomtest.Server, w World) {
	srv.Seed(
		intercom.HelpCenter{ID: w.helpCenter},
		intercom.Collection{ID: w.collection, HelpCenterID: w.helpCenter, Name: "Berths"},
		intercom.Section{ID: w.section, ParentID: w.collection, Name: "Deep water"},
		intercom.Article{ID: w.article, AuthorID: w.admin, Title: "Mooring", ParentID: w.collection, State: intercom.ArticleStatePublished},
		intercom.Newsfeed{ID: w.newsfeed, Name: "Harbour news"},
		intercom.NewsItem{
			ID: w.newsItem, SenderID: w.admin, Title: "A new crane", State: intercom.NewsItemStateLive,
			NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: w.newsfeed, PublishedAt: intercom.TimestampOf(Day)}},
		},
	)
}
