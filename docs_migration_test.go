package intercom_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// The functions below hold the code of docs/migration.md, each block as it
// stands there, so that it is compiled and run.

func migrateSave(ctx context.Context, client *intercom.Client) (*intercom.Contact, error) {
	contact, err := client.Contacts.Upsert(ctx, intercom.ContactCreateParams{
		Role:       intercom.ContactRoleUser,
		ExternalID: "a-27",
		Email:      "ada@example.com",
		Name:       "Ada Lovelace",
		SignedUpAt: intercom.TimestampOf(time.Now()),
		CustomAttributes: intercom.CustomAttributesOf(map[string]any{
			"plan": "pro",
		}),
	})
	return contact, err
}

func migrateList(ctx context.Context, client *intercom.Client) error {
	users := intercom.Field("role").Eq(intercom.ContactRoleUser)
	for user, err := range client.Contacts.SearchAll(ctx, intercom.ContactSearchParams{Query: users}) {
		if err != nil {
			return err
		}
		fmt.Println(user.ExternalID, user.Email)
	}
	return nil
}

func migrateCompanies(ctx context.Context, client *intercom.Client, contact *intercom.Contact) error {
	company, err := client.Companies.Upsert(ctx, intercom.CompanyUpsertParams{CompanyID: "acme", Name: "Acme"})
	if err != nil {
		return err
	}
	if _, err := client.Contacts.Companies.Attach(ctx, contact.ID, company.ID); err != nil {
		return err
	}
	_, err = client.Contacts.Companies.Detach(ctx, contact.ID, company.ID)
	return err
}

func migrateConvert(ctx context.Context, client *intercom.Client, leadID string) error {
	_, err := client.Contacts.Update(ctx, leadID, intercom.ContactUpdateParams{
		Role:  intercom.Set(intercom.ContactRoleUser),
		Email: intercom.Set("grace@example.com"),
	})
	if userID, ok := intercom.ExistingContactID(err); ok {
		_, err = client.Contacts.Merge(ctx, intercom.ContactMergeParams{From: leadID, Into: userID})
	}
	return err
}

func migrateReply(ctx context.Context, client *intercom.Client, id, adminID, colleagueID string) error {
	conversation, err := client.Conversations.ReplyAsAdmin(ctx, id, intercom.ConversationAdminReplyParams{
		AdminID: adminID,
		Body:    "The anchor is in the locker.",
	})
	if err != nil {
		return err
	}
	conversation, err = client.Conversations.Assign(ctx, conversation.ID, intercom.ConversationAssignParams{
		AdminID:  adminID,
		Assignee: intercom.AssignToAdmin(colleagueID),
	})
	if err == nil {
		fmt.Println(conversation.AdminAssigneeID)
	}
	return err
}

func migrateEvent(ctx context.Context, client *intercom.Client) error {
	err := client.Events.Submit(ctx, intercom.EventSubmitParams{
		Name:      "ordered-book",
		CreatedAt: intercom.TimestampOf(time.Now()),
		UserID:    "a-27",
		Metadata:  intercom.CustomAttributesOf(map[string]any{"title": "Sailing alone"}),
	})
	return err
}

func migrateTags(ctx context.Context, client *intercom.Client, contact *intercom.Contact) error {
	tag, err := client.Tags.TagContacts(ctx, intercom.TagContactsParams{
		Name:     "beta",
		Contacts: []intercom.ContactIdentifier{{ID: contact.ID}},
	})
	if err != nil {
		return err
	}
	_, err = client.Contacts.Tags.Detach(ctx, contact.ID, tag.ID)
	return err
}

func TestMigrationTextRuns(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t)
	server.Seed(
		intercom.DataAttribute{Model: intercom.DataAttributeModelContact, Name: "plan", DataType: intercom.DataAttributeTypeString},
		intercom.Contact{ID: "lead-1", Role: intercom.ContactRoleLead},
		intercom.Contact{ID: "lead-2", Role: intercom.ContactRoleLead},
		intercom.Admin{ID: "31", Name: "Joan"},
		intercom.Conversation{
			ID:       "21",
			Contacts: &intercom.ContactReferenceList{Contacts: []intercom.ContactReference{{ID: "lead-1"}}},
		},
	)
	client, err := server.Client()
	require.NoError(t, err)
	ctx := t.Context()

	ada, err := migrateSave(ctx, client)
	require.NoError(t, err)
	again, err := migrateSave(ctx, client)
	require.NoError(t, err)
	assert.Equal(t, ada.ID, again.ID)
	require.NoError(t, migrateList(ctx, client))
	require.NoError(t, migrateCompanies(ctx, client, ada))
	require.NoError(t, migrateReply(ctx, client, "21", server.Me().ID, "31"))
	assert.Equal(t, "31", server.Conversations()[0].AdminAssigneeID)
	require.NoError(t, migrateEvent(ctx, client))
	require.Len(t, server.Events(), 1)
	require.NoError(t, migrateTags(ctx, client, ada))

	require.NoError(t, migrateConvert(ctx, client, "lead-1"), "it becomes a user")
	require.NoError(t, migrateConvert(ctx, client, "lead-2"), "it goes into that user")
	for _, contact := range server.Contacts() {
		assert.Equal(t, intercom.ContactRoleUser, contact.Role, contact.ID)
	}
}

// Texts name services and methods; each of them exists.
func TestNamesInTextsExist(t *testing.T) {
	t.Parallel()
	texts, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	for _, name := range append(texts, "README.md", "doc.go") {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, match := range regexp.MustCompile(`\bclient\.((?:[A-Z][a-z]\w*\.)*[A-Z][a-z]\w*)`).FindAllStringSubmatch(string(text), -1) {
			assert.True(t, hasName(match[1]), "%s: client.%s does not exist", name, match[1])
		}
	}
}

// hasName tells whether the client has a service or a method of a name such as
// Contacts.Tags.Attach.
func hasName(name string) bool {
	at := reflect.TypeFor[*intercom.Client]()
	for part := range strings.SplitSeq(name, ".") {
		if _, ok := at.MethodByName(part); ok {
			return true
		}
		if at.Kind() != reflect.Pointer {
			return false
		}
		field, ok := at.Elem().FieldByName(part)
		if !ok {
			return false
		}
		at = field.Type
	}
	return true
}
