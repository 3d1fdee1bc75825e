package intercomtest_test

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// A workspace is filled, used by the code under test, and looked at. In a test
// it is made by New(t), which closes it.
func Example() {
	ctx := context.Background()
	server := intercomtest.NewServer()
	defer server.Close()
	server.Seed(intercom.Contact{ID: "user-1", Role: intercom.ContactRoleUser, Email: "ada@example.com"})
	client, err := server.Client()
	if err != nil {
		fmt.Println(err)
		return
	}

	// The code under test.
	_, err = client.Contacts.Update(ctx, "user-1", intercom.ContactUpdateParams{Name: intercom.Set("Ada Lovelace")})
	if err != nil {
		fmt.Println(err)
		return
	}

	fmt.Println(server.Contacts()[0].Name)
	fmt.Println(string(server.Requests("Contacts.Update")[0].Body))
	// Output:
	// Ada Lovelace
	// {"name":"Ada Lovelace"}
}

// The answer to a create is lost although the contact was created: the client
// does not create it twice.
func ExampleServer_Inject() {
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.Inject(intercomtest.Fault{Operation: "Contacts.Create", CarryOut: true, Status: http.StatusBadGateway})
	client, err := server.Client()
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Contacts.Create(context.Background(), intercom.ContactCreateParams{Email: "ada@example.com"})
	fmt.Println(intercom.IsTemporary(err), len(server.Contacts()))
	// Output: true 1
}

// The clock of the workspace moves on demand.
func ExampleServer_Advance() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.Seed(
		intercom.Contact{ID: "user-1"},
		intercom.Conversation{
			ID:       "21",
			Contacts: &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: "user-1"}}},
		},
	)
	client, err := server.Client()
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Conversations.Snooze(ctx, "21", intercom.ConversationSnoozeParams{
		AdminID: server.Me().ID, SnoozedUntil: intercom.TimestampOf(server.Now().Add(time.Hour)),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(server.Conversations()[0].State)
	server.Advance(2 * time.Hour)
	fmt.Println(server.Conversations()[0].State)
	// Output:
	// snoozed
	// open
}
