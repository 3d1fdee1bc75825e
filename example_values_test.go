package intercom_test

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// Predicates look into any error, also into one that was wrapped.
func ExampleHasCode() {
	client := fakeWorkspace()
	_, err := client.Contacts.Create(context.Background(), intercom.ContactCreateParams{
		Role: intercom.ContactRoleUser, Email: "not an address",
	})
	err = fmt.Errorf("line 7: %w", err)
	fmt.Println(intercom.IsInvalid(err), intercom.HasCode(err, intercom.CodeParameterInvalid))
	// Output: true true
}

// The id of the contact that stands in the way comes with the conflict.
func ExampleExistingContactID() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ID: "user-1", Role: intercom.ContactRoleUser, Email: "ada@example.com"})
	_, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Role: intercom.ContactRoleUser, Email: "ada@example.com"})
	id, ok := intercom.ExistingContactID(err)
	fmt.Println(id, ok)
	// Output: user-1 true
}

// What an answer had beside its content is asked for call by call.
func ExampleWithResponse() {
	client := fakeWorkspace(intercom.Tag{ID: "7", Name: "beta"})
	var meta intercom.Response
	_, err := client.Tags.Get(context.Background(), "7", intercom.WithResponse(&meta))
	fmt.Println(meta.StatusCode, meta.Attempts, len(meta.RequestID), err)
	// Output: 200 1 20 <nil>
}

// A version can be another one for a single call.
func ExampleWithVersion() {
	client := fakeWorkspace()
	_, err := client.TicketTypes.List(context.Background())
	fmt.Println(intercom.IsVersion(err))
	_, err = client.TicketTypes.List(context.Background(), intercom.WithVersion(intercom.V2_9))
	fmt.Println(err)
	// Output:
	// true
	// <nil>
}

// The zero Timestamp means that there is no time.
func ExampleTimestamp() {
	var contact intercom.Contact
	err := json.Unmarshal([]byte(`{"created_at": 1704067200, "last_seen_at": null}`), &contact)
	fmt.Println(contact.CreatedAt.Time().UTC().Format(time.DateOnly), contact.LastSeenAt.IsZero(), err)
	// Output: 2024-01-01 true <nil>
}

// Members that a type does not have are kept.
func ExampleExtra() {
	var tag intercom.Tag
	err := json.Unmarshal([]byte(`{"id": "7", "name": "beta", "colour": "green"}`), &tag)
	fmt.Println(tag.Name, string(tag.UnknownFields()["colour"]), err)
	// Output: beta "green" <nil>
}

// A field waits for a comparison; Eq(nil) asks for what has no value.
func ExampleField() {
	fmt.Println(intercom.Field("owner_id").Eq(nil))
	fmt.Println(intercom.Field("created_at").After(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)))
	fmt.Println(intercom.Field("email").EndsWith("@example.com"))
	// Output:
	// owner_id = null
	// created_at > 2024-01-01T00:00:00Z
	// email $ "@example.com"
}

func ExampleFirst() {
	client := fakeWorkspace(intercom.Contact{ID: "user-1", Role: intercom.ContactRoleUser, Email: "ada@example.com"})
	found := client.Contacts.SearchAll(context.Background(), intercom.ContactSearchParams{
		Query: intercom.Field("role").Eq("user"), PerPage: 1,
	})
	contact, ok, err := intercom.First(found)
	if err != nil || !ok {
		fmt.Println(ok, err)
		return
	}
	fmt.Println(contact.Email)
	// Output: ada@example.com
}

// Keep takes more than a search can ask for.
func ExampleFilter() {
	client := fakeWorkspace(
		intercom.Contact{Role: intercom.ContactRoleUser, Email: "ada@example.com"},
		intercom.Contact{Role: intercom.ContactRoleUser, Name: "Grace"},
	)
	nameless := intercom.Filter(client.Contacts.All(context.Background(), intercom.ContactListParams{}),
		func(c *intercom.Contact) bool { return c.Name == "" })
	for contact, err := range nameless {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(contact.Email)
	}
	// Output: ada@example.com
}
