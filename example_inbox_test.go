package intercom_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// aConversation is one that Ada has begun.
func aConversation(id string) intercom.Conversation {
	return intercom.Conversation{
		ID:       id,
		Source:   &intercom.ConversationSource{Body: "Where is the anchor?"},
		Contacts: &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: "user-1"}}},
	}
}

func ExampleConversationsService_Create() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ID: "user-1", Role: intercom.ContactRoleUser})
	message, err := client.Conversations.Create(ctx, intercom.ConversationCreateParams{
		From: intercom.ConversationSender{Type: intercom.ConversationSenderTypeUser, ID: "user-1"},
		Body: "Where is the anchor?",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	conversation, err := client.Conversations.Get(ctx, message.ConversationID, intercom.ConversationGetParams{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(conversation.State)
	// Output: open
}

// A conversation is answered, given to a colleague and closed.
func ExampleConversationsService_ReplyAsAdmin() {
	ctx := context.Background()
	client := fakeWorkspace(
		intercom.Contact{ID: "user-1"}, aConversation("21"),
		intercom.Admin{ID: "31"}, intercom.Admin{ID: "32"},
	)
	_, err := client.Conversations.ReplyAsAdmin(ctx, "21", intercom.ConversationAdminReplyParams{
		AdminID: "31", Body: "In the locker.",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Conversations.Assign(ctx, "21", intercom.ConversationAssignParams{
		AdminID: "31", Assignee: intercom.AssignToAdmin("32"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	conversation, err := client.Conversations.Close(ctx, "21", intercom.ConversationCloseParams{AdminID: "32"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(conversation.AdminAssigneeID, conversation.State)
	for _, part := range conversation.Parts.Parts {
		fmt.Println("-", part.PartType)
	}
	// Output:
	// 32 closed
	// - comment
	// - assignment
	// - close
}

// Lists leave out the parts of conversations; GetMany fetches them side by
// side, in order.
func ExampleConversationsService_GetMany() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ID: "user-1"}, aConversation("21"), aConversation("22"))
	ids := []string{"22", "404", "21"}
	for result := range client.Conversations.GetMany(ctx, ids, intercom.ConversationGetManyParams{}) {
		if result.Err != nil {
			fmt.Println(result.ID, "not found:", intercom.IsNotFound(result.Err))
			continue
		}
		fmt.Println(result.ID, result.Item.State)
	}
	// Output:
	// 22 open
	// 404 not found: true
	// 21 open
}

func ExampleConversationTagsService_Attach() {
	ctx := context.Background()
	client := fakeWorkspace(
		intercom.Contact{ID: "user-1"}, aConversation("21"),
		intercom.Tag{ID: "7", Name: "beta"}, intercom.Admin{ID: "31"},
	)
	tag, err := client.Conversations.Tags.Attach(ctx, "21", intercom.ConversationTagAttachParams{ID: "7", AdminID: "31"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tag.Name)
	// Output: beta
}

func ExampleMessagesService_Create() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ID: "user-1", Role: intercom.ContactRoleUser}, intercom.Admin{ID: "31"})
	message, err := client.Messages.Create(ctx, intercom.MessageCreateParams{
		MessageType: intercom.MessageTypeInApp,
		Body:        "Your boat is ready.",
		From:        intercom.MessageSender{ID: "31"},
		To:          []intercom.MessageRecipient{{Type: intercom.ContactRoleUser, ID: "user-1"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(message.Body)
	// Output: Your boat is ready.
}

func ExampleTicketsService_Create() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.Seed(intercom.Contact{ID: "user-1"}, intercom.TicketType{ID: "12", Name: "Repair"})
	client := clientFor(server, intercom.WithVersion(intercom.V2_9))

	ticket, err := client.Tickets.Create(ctx, intercom.TicketCreateParams{
		TicketTypeID:     "12",
		Contacts:         []intercom.ContactIdentity{intercom.ContactByID("user-1")},
		TicketAttributes: intercom.CustomAttributesOf(map[string]any{"_default_title_": "The winch is stuck"}),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ticket, err = client.Tickets.Update(ctx, ticket.ID, intercom.TicketUpdateParams{
		State: intercom.Set(intercom.TicketStateCategoryInProgress),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	title, _ := ticket.TicketAttributes.String("_default_title_")
	fmt.Println(title, ticket.TicketState.Category)
	// Output: The winch is stuck in_progress
}

func ExampleTicketTypesService_Create() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	client := clientFor(server, intercom.WithVersion(intercom.V2_9))
	kind, err := client.TicketTypes.Create(ctx, intercom.TicketTypeCreateParams{Name: "Repair", Icon: "🔧"})
	if err != nil {
		fmt.Println(err)
		return
	}
	attribute, err := client.TicketTypes.Attributes.Create(ctx, kind.ID, intercom.TicketTypeAttributeCreateParams{
		Name: "Berth", Description: "Where the boat lies", DataType: intercom.TicketAttributeTypeString,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(kind.Name, attribute.Name)
	// Output: Repair Berth
}

func ExamplePhoneSwitchService_Create() {
	client := fakeWorkspace()
	link, err := client.PhoneSwitch.Create(context.Background(), intercom.PhoneSwitchCreateParams{Phone: "+12025550143"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(link.Phone)
	// Output: +12025550143
}

func ExampleArticlesService_Create() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Admin{ID: "31"})
	article, err := client.Articles.Create(ctx, intercom.ArticleCreateParams{
		Title: "How to moor", Body: "<p>Slowly.</p>", AuthorID: "31",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	article, err = client.Articles.Update(ctx, article.ID, intercom.ArticleUpdateParams{
		State: intercom.Set(intercom.ArticleStatePublished),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(article.Title, article.State)
	// Output: How to moor published
}

func ExampleCollectionsService_Create() {
	ctx := context.Background()
	client := fakeWorkspace()
	collection, err := client.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{Name: "Sailing"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(collection.Name)
	// Output: Sailing
}

func ExampleNewsItemsService_Create() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Admin{ID: "31"}, intercom.Newsfeed{ID: "3", Name: "Skippers"})
	_, err := client.News.Items.Create(ctx, intercom.NewsItemCreateParams{
		Title: "New berths", Body: "<p>North side.</p>", SenderID: "31", State: intercom.NewsItemStateLive,
		NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: "3"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for item, err := range client.News.LiveItems.All(ctx, "3", intercom.NumberedListParams{}) {
		fmt.Println(item.Title, err)
	}
	// Output: New berths <nil>
}

// A job is created, waited for and read. Export.Run does all three, and writes
// CSV.
func ExampleExportService_Rows() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.Seed(
		intercom.Contact{ID: "user-1", Email: "ada@example.com"},
		intercomtest.Message{Message: intercom.Message{Subject: "Your boat is ready"}, To: []string{"user-1"}},
	)
	client := clientFor(server)

	job, err := client.Export.Create(ctx, intercom.ExportCreateParams{
		CreatedAtAfter:  intercom.TimestampOf(time.Now().AddDate(0, 0, -1)),
		CreatedAtBefore: intercom.TimestampOf(time.Now().Add(time.Hour)),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	server.Advance(time.Minute) // A real job takes its time.
	if job, err = client.Export.Wait(ctx, job.ID); err != nil {
		fmt.Println(err)
		return
	}
	for row, err := range client.Export.Rows(ctx, job.ID) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(row.Email, row.ContentTitle)
	}
	// Output: ada@example.com Your boat is ready
}

// A file to attach is read from anywhere.
func ExampleNewAttachmentFile() {
	file, err := intercom.NewAttachmentFile("logs/today.txt", strings.NewReader("calm sea"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(file.Name, file.ContentType)
	// Output: today.txt text/plain
}
