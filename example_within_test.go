package intercom_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// What admins did is listed from a moment on.
func ExampleActivityLogsService_All() {
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	client := clientFor(server)
	_, err := client.Admins.SetAway(context.Background(), server.Me().ID, intercom.AdminAwayParams{AwayModeEnabled: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	lastHour := intercom.ActivityLogListParams{CreatedAfter: intercom.TimestampOf(time.Now().Add(-time.Hour))}
	for entry, err := range client.Admins.ActivityLogs.All(context.Background(), lastHour) {
		fmt.Println(entry.ActivityType, err)
	}
	// Output: admin_away_mode_change <nil>
}

func ExampleCompanyContactsService_All() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Company{ID: "acme-1", Name: "Acme"}, intercom.Contact{ID: "user-1", Email: "ada@example.com"})
	if _, err := client.Contacts.Companies.Attach(ctx, "user-1", "acme-1"); err != nil {
		fmt.Println(err)
		return
	}
	for contact, err := range client.Companies.Contacts.All(ctx, "acme-1", intercom.NumberedListParams{}) {
		fmt.Println(contact.Email, err)
	}
	// Output: ada@example.com <nil>
}

func ExampleCompanySegmentsService_All() {
	client := fakeWorkspace(
		intercom.Segment{ID: "fleets", Name: "Fleets"},
		intercom.Company{ID: "acme-1", Segments: &intercom.SegmentList{Segments: []intercom.Segment{{ID: "fleets"}}}},
	)
	for segment, err := range client.Companies.Segments.All(context.Background(), "acme-1") {
		fmt.Println(segment.Name, err)
	}
	// Output: Fleets <nil>
}

// A contact belongs to any number of companies.
func ExampleContactCompaniesService_Attach() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ID: "user-1"}, intercom.Company{ID: "acme-1", Name: "Acme"})
	company, err := client.Contacts.Companies.Attach(ctx, "user-1", "acme-1")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(company.Name)
	// Output: Acme
}

func ExampleContactSegmentsService_All() {
	client := fakeWorkspace(
		intercom.Contact{ID: "user-1", Role: intercom.ContactRoleUser},
		intercomtest.Segment{
			Segment: intercom.Segment{Name: "Skippers", PersonType: intercom.SegmentPersonTypeUser},
			Rule:    intercom.Field("role").Eq("user"),
		},
	)
	for segment, err := range client.Contacts.Segments.All(context.Background(), "user-1") {
		fmt.Println(segment.Name, err)
	}
	// Output: Skippers <nil>
}

// Another contact joins a conversation.
func ExampleConversationContactsService_Attach() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.Seed(intercom.Contact{ID: "user-1"}, intercom.Contact{ID: "user-2"}, aConversation("21"))
	client := clientFor(server)
	conversation, err := client.Conversations.Contacts.Attach(ctx, "21", intercom.ConversationContactAttachParams{
		AdminID: server.Me().ID,
		Contact: intercom.ContactByID("user-2"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(conversation.Customers))
	// Output: 2
}

// HelpCenter has a service for each part of a help center.
func ExampleHelpCenterService() {
	ctx := context.Background()
	client := fakeWorkspace()
	collection, err := client.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{Name: "Sailing"})
	if err != nil {
		fmt.Println(err)
		return
	}
	section, err := client.HelpCenter.Sections.Create(ctx, intercom.SectionCreateParams{Name: "Knots", ParentID: collection.ID})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(collection.Name, "has", section.Name)
	// Output: Sailing has Knots
}

func ExampleHelpCentersService_All() {
	client := fakeWorkspace(intercom.HelpCenter{ID: "5", Identifier: "harbour"})
	for center, err := range client.HelpCenter.HelpCenters.All(context.Background()) {
		fmt.Println(center.Identifier, err)
	}
	// Output: harbour <nil>
}

// Sections are there up to API version 2.9; later collections lie in each other.
func ExampleSectionsService_Update() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Collection{ID: "4", Name: "Sailing"}, intercom.Section{ID: "9", Name: "Knots", ParentID: "4"})
	section, err := client.HelpCenter.Sections.Update(ctx, "9", intercom.SectionUpdateParams{Name: intercom.Set("Knots and lines")})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(section.Name)
	// Output: Knots and lines
}

// News items are written once and appear in newsfeeds.
func ExampleNewsService() {
	client := fakeWorkspace(intercom.Newsfeed{ID: "3", Name: "Skippers"})
	for feed, err := range client.News.Newsfeeds.All(context.Background(), intercom.NumberedListParams{}) {
		fmt.Println(feed.ID, err)
	}
	// Output: 3 <nil>
}

func ExampleNewsfeedsService_Get() {
	client := fakeWorkspace(intercom.Newsfeed{ID: "3", Name: "Skippers"})
	feed, err := client.News.Newsfeeds.Get(context.Background(), "3")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(feed.Name)
	// Output: Skippers
}

// The live items of a newsfeed are those that its readers see.
func ExampleNewsLiveItemsService_All() {
	client := fakeWorkspace(
		intercom.Newsfeed{ID: "3", Name: "Skippers"},
		intercom.NewsItem{
			Title: "New berths", State: intercom.NewsItemStateLive,
			NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: "3"}},
		},
	)
	for item, err := range client.News.LiveItems.All(context.Background(), "3", intercom.NumberedListParams{}) {
		fmt.Println(item.Title, err)
	}
	// Output: New berths <nil>
}

func ExampleTicketTagsService_Attach() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.Seed(
		intercom.Tag{ID: "7", Name: "urgent"}, intercom.Contact{ID: "user-1"},
		intercom.TicketType{ID: "12", Name: "Repair"},
	)
	client := clientFor(server, intercom.WithVersion(intercom.V2_10))
	ticket, err := client.Tickets.Create(ctx, intercom.TicketCreateParams{
		TicketTypeID: "12", Contacts: []intercom.ContactIdentity{intercom.ContactByID("user-1")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	tag, err := client.Tickets.Tags.Attach(ctx, ticket.ID, intercom.TicketTagAttachParams{ID: "7", AdminID: server.Me().ID})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tag.Name)
	// Output: urgent
}

// An attribute of tickets can be a list to choose from.
func ExampleTicketTypeAttributesService_Create() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.Seed(intercom.TicketType{ID: "12", Name: "Repair"})
	client := clientFor(server, intercom.WithVersion(intercom.V2_9))
	attribute, err := client.TicketTypes.Attributes.Create(ctx, "12", intercom.TicketTypeAttributeCreateParams{
		Name: "Urgency", Description: "How soon it has to sail", DataType: intercom.TicketAttributeTypeList,
		ListItems: "today,this week,this year",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(attribute.Name, attribute.DataType)
	// Output: Urgency list
}
