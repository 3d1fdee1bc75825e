package intercom_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// Upsert creates a contact, or updates the one that there is.
func ExampleContactsService_Upsert() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{
		Role: intercom.ContactRoleUser, ExternalID: "a-27", Email: "ada@example.com", Phone: "+12025550143",
	})
	contact, err := client.Contacts.Upsert(ctx, intercom.ContactCreateParams{
		Role: intercom.ContactRoleUser, ExternalID: "a-27", Name: "Ada Lovelace",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(contact.Name, contact.Email, contact.Phone)
	// Output: Ada Lovelace ada@example.com +12025550143
}

func ExampleContactsService_Merge() {
	ctx := context.Background()
	client := fakeWorkspace(
		intercom.Contact{ID: "lead-1", Role: intercom.ContactRoleLead},
		intercom.Contact{ID: "user-1", Role: intercom.ContactRoleUser, Email: "ada@example.com"},
	)
	contact, err := client.Contacts.Merge(ctx, intercom.ContactMergeParams{From: "lead-1", Into: "user-1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Contacts.Get(ctx, "lead-1")
	fmt.Println(contact.Email, intercom.IsNotFound(err))
	// Output: ada@example.com true
}

func ExampleContactTagsService() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ID: "user-1"}, intercom.Tag{ID: "7", Name: "beta"})
	if _, err := client.Contacts.Tags.Attach(ctx, "user-1", "7"); err != nil {
		fmt.Println(err)
		return
	}
	for tag, err := range client.Contacts.Tags.All(ctx, "user-1") {
		fmt.Println(tag.Name, err)
	}
	// Output: beta <nil>
}

func ExampleContactNotesService_Create() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ID: "user-1"})
	note, err := client.Contacts.Notes.Create(ctx, "user-1", intercom.NoteCreateParams{Body: "<p>Prefers to be called.</p>"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(note.Body)
	// Output: <p>Prefers to be called.</p>
}

// A note is got by its id alone; those of a contact are at Contacts.Notes.
func ExampleNotesService_Get() {
	ctx := context.Background()
	client := fakeWorkspace(
		intercom.Contact{ID: "user-1"},
		intercom.Note{ID: "17", Body: "<p>Prefers to be called.</p>", Contact: &intercom.ContactReference{ID: "user-1"}},
	)
	note, err := client.Notes.Get(ctx, "17")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(note.Body)
	// Output: <p>Prefers to be called.</p>
}

func ExampleContactSubscriptionsService_Attach() {
	ctx := context.Background()
	client := fakeWorkspace(
		intercom.Contact{ID: "user-1"},
		intercom.SubscriptionType{ID: "91", ConsentType: intercom.ConsentTypeOptIn},
	)
	subscription, err := client.Contacts.Subscriptions.Attach(ctx, "user-1", intercom.ContactSubscriptionAttachParams{
		ID: "91", ConsentType: intercom.ConsentTypeOptIn,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(subscription.ID, subscription.ConsentType)
	// Output: 91 opt_in
}

// A company is known by your own id. It shows up in lists once a contact
// belongs to it.
func ExampleCompaniesService_Upsert() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ID: "user-1"})
	company, err := client.Companies.Upsert(ctx, intercom.CompanyUpsertParams{
		CompanyID: "acme", Name: "Acme", MonthlySpend: intercom.Set(0),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := client.Contacts.Companies.Attach(ctx, "user-1", company.ID); err != nil {
		fmt.Println(err)
		return
	}
	for company, err := range client.Companies.All(ctx, intercom.CompanyListParams{}) {
		fmt.Println(company.Name, err)
	}
	// Output: Acme <nil>
}

// Scroll reads all companies, however many there are.
func ExampleCompaniesService_Scroll() {
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.SeedCompanies(250)
	client := clientFor(server)
	n := 0
	for _, err := range client.Companies.Scroll(context.Background()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		n++
	}
	fmt.Println(n, "companies")
	// Output: 250 companies
}

func ExampleAdminsService_Me() {
	client := fakeWorkspace(intercom.App{Name: "Harbour", Region: "EU"})
	me, err := client.Admins.Me(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(me.App.Name, me.App.Region)
	// Output: Harbour EU
}

func ExampleAdminsService_SetAway() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Admin{ID: "31", Name: "Joan"})
	admin, err := client.Admins.SetAway(ctx, "31", intercom.AdminAwayParams{AwayModeEnabled: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(admin.Name, admin.AwayModeEnabled)
	// Output: Joan true
}

func ExampleTeamsService_All() {
	client := fakeWorkspace(intercom.Team{ID: "5", Name: "Harbour crew"})
	for team, err := range client.Teams.All(context.Background()) {
		fmt.Println(team.ID, team.Name, err)
	}
	// Output: 5 Harbour crew <nil>
}

func ExampleSegmentsService_All() {
	ctx := context.Background()
	client := fakeWorkspace(
		intercom.Contact{Role: intercom.ContactRoleUser, Email: "ada@example.com"},
		intercomtest.Segment{
			Segment: intercom.Segment{Name: "Skippers"},
			Rule:    intercom.Field("role").Eq("user"),
		},
	)
	for segment, err := range client.Segments.All(ctx, intercom.SegmentListParams{IncludeCount: true}) {
		fmt.Println(segment.Name, *segment.Count, err)
	}
	// Output: Skippers 1 <nil>
}

func ExampleSubscriptionTypesService_All() {
	client := fakeWorkspace(intercom.SubscriptionType{
		ID:                 "91",
		DefaultTranslation: &intercom.Translation{Name: "Logbook"},
	})
	for kind, err := range client.SubscriptionTypes.All(context.Background()) {
		fmt.Println(kind.ID, kind.DefaultTranslation.Name, err)
	}
	// Output: 91 Logbook <nil>
}

func ExampleTagsService_TagContacts() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ID: "user-1"}, intercom.Contact{ID: "user-2"})
	tag, err := client.Tags.TagContacts(ctx, intercom.TagContactsParams{
		Name:     "beta", // created if there is none
		Contacts: []intercom.ContactIdentifier{{ID: "user-1"}, {ID: "user-2"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tag.Name)
	// Output: beta
}

func ExampleDataAttributesService_Create() {
	ctx := context.Background()
	client := fakeWorkspace()
	attribute, err := client.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{
		Name:     "berth",
		Model:    intercom.DataAttributeModelContact,
		DataType: intercom.DataAttributeTypeOptions,
		Options:  []string{"north", "south"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(attribute.FullName, attribute.Custom)
	// Output: custom_attributes.berth true
}

func ExampleEventsService_Submit() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Contact{ExternalID: "a-27", Role: intercom.ContactRoleUser})
	err := client.Events.Submit(ctx, intercom.EventSubmitParams{
		Name:      "ordered-book",
		CreatedAt: intercom.TimestampOf(time.Now()),
		UserID:    "a-27",
		Metadata:  intercom.CustomAttributesOf(map[string]any{"title": "Sailing alone"}),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	params := intercom.EventListParams{Contact: intercom.ContactByExternalID("a-27")}
	for event, err := range client.Events.All(ctx, params) {
		title, _ := event.Metadata.String("title")
		fmt.Println(event.Name, title, err)
	}
	// Output: ordered-book Sailing alone <nil>
}

func ExampleVisitorsService_Convert() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Visitor{ID: "visitor-1", UserID: "v-1"})
	contact, err := client.Visitors.Convert(ctx, intercom.VisitorConvertParams{
		Type:    intercom.ContactRoleUser,
		Visitor: intercom.VisitorIdentity{UserID: "v-1"},
		User:    intercom.VisitorIdentity{UserID: "a-27", Email: "ada@example.com"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(contact.Role, contact.Email)
	// Output: user ada@example.com
}
