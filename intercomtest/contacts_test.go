package intercomtest_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// both runs a test in a workspace with quirks and in one without.
func both(t *testing.T, test func(t *testing.T, srv *intercomtest.Server, client *intercom.Client)) {
	t.Parallel()
	for name, opts := range map[string][]intercomtest.Option{"plain": {intercomtest.WithoutQuirks()}, "quirks": {intercomtest.WithQuirks()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv, client := workspace(t, opts...)
			test(t, srv, client)
		})
	}
}

func TestContactLife(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		srv.Seed(intercom.DataAttribute{Name: "plan"}, intercom.DataAttribute{Name: "seats", DataType: intercom.DataAttributeTypeInteger})
		made, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{
			Email: "ada@tidal.example", ExternalID: "a-1", Name: "Ada", Phone: "+12025550100", Avatar: "https://img.example/ada.png",
			OwnerID: srv.Me().ID, SignedUpAt: intercom.UnixTimestamp(1_700_000_000),
			CustomAttributes: intercom.CustomAttributesOf(map[string]any{"plan": "pro", "seats": 3}),
		})
		require.NoError(t, err)
		assert.Equal(t, intercom.ContactRoleUser, made.Role)
		assert.Equal(t, "tidal.example", made.EmailDomain)
		assert.Equal(t, "https://img.example/ada.png", made.Avatar.ImageURL)
		assert.Equal(t, srv.Me().ID, made.OwnerID)
		assert.Equal(t, int64(1_700_000_000), made.SignedUpAt.Unix())
		assert.Equal(t, "/contacts/"+made.ID+"/tags", made.Tags.URL)

		got, err := client.Contacts.Update(ctx, made.ID, intercom.ContactUpdateParams{
			Phone: intercom.Null[string](), Name: intercom.Set("Ada B."), OwnerID: intercom.Null[string](),
			CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"seats": 4})),
		})
		require.NoError(t, err)
		assert.Empty(t, got.Phone)
		assert.Empty(t, got.OwnerID)
		assert.Equal(t, "Ada B.", got.Name)
		assert.Equal(t, "ada@tidal.example", got.Email, "what was not named stays")
		plan, _ := got.CustomAttributes.String("plan")
		seats, _ := got.CustomAttributes.Int("seats")
		assert.Equal(t, "pro", plan)
		assert.Equal(t, int64(4), seats)

		gone, err := client.Contacts.Delete(ctx, made.ID)
		require.NoError(t, err)
		assert.True(t, gone.Deleted)
		assert.Equal(t, "a-1", gone.ExternalID)
		_, err = client.Contacts.Get(ctx, made.ID)
		assert.True(t, intercom.IsNotFound(err))
	})
}

func TestContactsAreUnique(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	user, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "Bo@tidal.example", ExternalID: "b-1"})
	require.NoError(t, err)
	for _, params := range []intercom.ContactCreateParams{
		{Email: "bo@TIDAL.example"},
		{ExternalID: "b-1"},
		{Role: intercom.ContactRoleLead, ExternalID: "b-1"},
	} {
		_, err = client.Contacts.Create(ctx, params)
		require.True(t, intercom.IsConflict(err), "%v", err)
		var e *intercom.Error
		require.ErrorAs(t, err, &e)
		assert.Contains(t, e.Details[0].Message, "id="+user.ID)
	}
	lead, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Role: intercom.ContactRoleLead, Email: "bo@tidal.example"})
	require.NoError(t, err, "leads may share an address")
	_, err = client.Contacts.Update(ctx, lead.ID, intercom.ContactUpdateParams{Role: intercom.Set(intercom.ContactRoleUser)})
	assert.True(t, intercom.IsConflict(err))
	changed, err := client.Contacts.Update(ctx, user.ID, intercom.ContactUpdateParams{Email: intercom.Set("new@quarry.example")})
	require.NoError(t, err)
	assert.Equal(t, "quarry.example", changed.EmailDomain)
	_, err = client.Contacts.Update(ctx, lead.ID, intercom.ContactUpdateParams{Role: intercom.Set(intercom.ContactRoleUser)})
	require.NoError(t, err, "the address is free now")
	_, err = client.Contacts.Update(ctx, lead.ID, intercom.ContactUpdateParams{Role: intercom.Set(intercom.ContactRoleLead)})
	assert.True(t, intercom.IsInvalid(err), "a user stays one")
	assert.Len(t, srv.Contacts(), 2)
}

func TestRefusedContacts(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	srv.Seed(intercom.DataAttribute{Name: "seats", DataType: intercom.DataAttributeTypeInteger})
	for body, field := range map[string]string{
		`{}`:                                                     "role",
		`{"email":"nobody"}`:                                     "email",
		`{"email":"a@b c"}`:                                      "email",
		`{"email":["a@b.example"]}`:                              "email",
		`{"role":"boss"}`:                                        "role",
		`{"role":"user","signed_up_at":"soon"}`:                  "signed_up_at",
		`{"role":"user","signed_up_at":1e30}`:                    "signed_up_at",
		`{"role":"user","owner_id":77}`:                          "owner_id",
		`{"role":"user","custom_attributes":[]}`:                 "custom_attributes",
		`{"role":"user","custom_attributes":{"x":1}}`:            "custom_attributes",
		`{"role":"user","custom_attributes":{"seats":"many"}}`:   "custom_attributes.seats",
		`{"role":"user","custom_attributes":{"seats":{"a":1}}}`:  "custom_attributes.seats",
		`{"role":"user","unsubscribed_from_emails":"sometimes"}`: "unsubscribed_from_emails",
	} {
		resp, text := send(t, srv, "POST", "/contacts", body)
		assert.Equal(t, 400, resp.StatusCode, body)
		assert.Contains(t, text, `"field":"`+field+`"`, body)
	}
	assert.Empty(t, srv.Contacts())
}

func TestMergedLeadsAreGone(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	srv.Seed(
		intercom.Tag{ID: "1"}, intercom.Company{ID: "co", Name: "Amber Works"}, intercom.SubscriptionType{ID: "s"},
		intercom.Contact{
			ID: "lead", Role: intercom.ContactRoleLead, Email: "lead@tidal.example", Phone: "+12025550107",
			Tags:                     &intercom.LinkList{Data: []intercom.Link{{ID: "1"}}},
			Companies:                &intercom.LinkList{Data: []intercom.Link{{ID: "co"}}},
			OptedInSubscriptionTypes: &intercom.LinkList{Data: []intercom.Link{{ID: "s"}}},
			CustomAttributes:         intercom.CustomAttributesOf(map[string]any{"plan": "pro", "source": "fair"}),
		},
		intercom.Contact{ID: "user", Email: "user@tidal.example", CustomAttributes: intercom.CustomAttributesOf(map[string]any{"plan": "max"})},
	)
	_, err := client.Contacts.Notes.Create(ctx, "lead", intercom.NoteCreateParams{Body: "met at the fair"})
	require.NoError(t, err)
	_, err = client.Contacts.Merge(ctx, intercom.ContactMergeParams{From: "user", Into: "lead"})
	assert.True(t, intercom.IsInvalid(err), "only leads go into users")
	user, err := client.Contacts.Merge(ctx, intercom.ContactMergeParams{From: "lead", Into: "user"})
	require.NoError(t, err)
	assert.Equal(t, "user@tidal.example", user.Email)
	assert.Equal(t, "+12025550107", user.Phone)
	assert.Equal(t, 1, user.Tags.TotalCount)
	assert.Equal(t, 1, user.Notes.TotalCount)
	assert.Equal(t, 1, user.Companies.TotalCount)
	assert.Equal(t, 1, user.OptedInSubscriptionTypes.TotalCount)
	plan, _ := user.CustomAttributes.String("plan")
	source, _ := user.CustomAttributes.String("source")
	assert.Equal(t, []string{"max", "fair"}, []string{plan, source})

	var e *intercom.Error
	_, err = client.Contacts.Get(ctx, "lead")
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 404, e.StatusCode)
	_, err = client.Contacts.Get(ctx, "lead", intercom.WithVersion(intercom.V2_16))
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 410, e.StatusCode)
	assert.True(t, e.HasCode(intercom.CodeContactMerged))
	assert.Contains(t, e.Header.Get("Link"), "/contacts/user>")
	company, err := client.Companies.Get(ctx, "co")
	require.NoError(t, err)
	assert.Equal(t, 1, company.UserCount)
}

func TestArchivedContacts(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	srv.Seed(intercom.Contact{ID: "1", Email: "x@tidal.example", ExternalID: "x"}, intercom.Contact{ID: "2", Email: "y@tidal.example"})
	listed := func() (ids []string) {
		for c, err := range client.Contacts.All(ctx, intercom.ContactListParams{}) {
			require.NoError(t, err)
			ids = append(ids, c.ID)
		}
		return ids
	}
	archived, err := client.Contacts.Archive(ctx, "1")
	require.NoError(t, err)
	assert.True(t, archived.Archived)
	assert.Equal(t, "x", archived.ExternalID)
	assert.Equal(t, []string{"2"}, listed())
	_, err = client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "x@tidal.example"})
	assert.True(t, intercom.IsConflict(err), "the address is not free")
	back, err := client.Contacts.Unarchive(ctx, "1")
	require.NoError(t, err)
	assert.False(t, back.Archived)
	assert.ElementsMatch(t, []string{"1", "2"}, listed())
	_, err = client.Contacts.Archive(ctx, "3")
	assert.True(t, intercom.IsNotFound(err))
}

func TestContactListSurvivesInserts(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		want := map[string]bool{}
		for _, id := range srv.SeedContacts(25) {
			want[id] = true
		}
		got := map[string]int{}
		n := 0
		for page, err := range client.Contacts.Pages(ctx, intercom.ContactListParams{PerPage: 4}, intercom.WithoutPrefetch()) {
			require.NoError(t, err)
			for _, c := range page.Items {
				got[c.ID]++
			}
			n++
			_, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{ExternalID: fmt.Sprint("new", n)})
			require.NoError(t, err)
			_, err = client.Contacts.Delete(ctx, page.Items[len(page.Items)-1].ID) // The one that the cursor points to.
			require.NoError(t, err)
		}
		assert.Equal(t, 7, n)
		assert.Equal(t, want, set(slices.Collect(maps.Keys(got))))
		for id, times := range got {
			assert.Equal(t, 1, times, id)
		}
	})
}

func set(ids []string) map[string]bool {
	m := map[string]bool{}
	for _, id := range ids {
		m[id] = true
	}
	return m
}

func TestListsRefuseOddPages(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	for _, path := range []string{
		"/contacts?per_page=0", "/contacts?per_page=151", "/contacts?per_page=x", "/contacts?starting_after=nonsense",
		"/companies?page=0", "/companies?page=-1", "/companies?per_page=61", "/companies?page=1e9",
		"/admins/activity_logs", "/admins/activity_logs?created_at_after=never", "/data_attributes?model=robot",
	} {
		resp, text := send(t, srv, "GET", path, "")
		assert.Equal(t, 400, resp.StatusCode, path)
		assert.Contains(t, text, "parameter_", path)
	}
}

func TestContactTagsNotesAndConsent(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		contact := &intercom.Contact{Email: "z@tidal.example"}
		srv.Seed(contact,
			intercom.SubscriptionType{ID: "in", ConsentType: intercom.ConsentTypeOptIn},
			intercom.SubscriptionType{ID: "out", ConsentType: intercom.ConsentTypeOptOut})
		for i := range 12 {
			tag, err := client.Tags.Upsert(ctx, intercom.TagUpsertParams{Name: fmt.Sprint("tag ", i)})
			require.NoError(t, err)
			applied, err := client.Contacts.Tags.Attach(ctx, contact.ID, tag.ID)
			require.NoError(t, err)
			assert.Equal(t, srv.Me().ID, applied.AppliedBy.ID)
			srv.Advance(time.Second)
			_, err = client.Contacts.Notes.Create(ctx, contact.ID, intercom.NoteCreateParams{Body: fmt.Sprint("note ", i)})
			require.NoError(t, err)
		}
		got, err := client.Contacts.Get(ctx, contact.ID)
		require.NoError(t, err)
		assert.Len(t, got.Tags.Data, 10, "nested lists are cut")
		assert.True(t, got.Tags.HasMore)
		assert.Equal(t, 12, got.Tags.TotalCount)
		tags, err := client.Contacts.Tags.List(ctx, contact.ID)
		require.NoError(t, err)
		assert.Len(t, tags.Items, 12)
		notes, err := intercom.Collect(client.Contacts.Notes.All(ctx, contact.ID, intercom.NumberedListParams{PerPage: 5}), -1)
		require.NoError(t, err)
		require.Len(t, notes, 12)
		assert.Equal(t, "<p>note 11</p>", notes[0].Body)
		assert.Equal(t, "<p>note 0</p>", notes[11].Body)
		note, err := client.Notes.Get(ctx, notes[3].ID)
		require.NoError(t, err)
		assert.Equal(t, contact.ID, note.Contact.ID)
		assert.Equal(t, srv.Me().Email, note.Author.Email)

		for id, consent := range map[string]intercom.ConsentType{"in": intercom.ConsentTypeOptIn, "out": intercom.ConsentTypeOptOut} {
			_, err = client.Contacts.Subscriptions.Attach(ctx, contact.ID, intercom.ContactSubscriptionAttachParams{ID: id, ConsentType: consent})
			require.NoError(t, err)
		}
		said, err := client.Contacts.Subscriptions.List(ctx, contact.ID)
		require.NoError(t, err)
		assert.Len(t, said.Items, 2)
		_, err = client.Contacts.Subscriptions.Detach(ctx, contact.ID, "in")
		require.NoError(t, err)
		said, err = client.Contacts.Subscriptions.List(ctx, contact.ID)
		require.NoError(t, err)
		require.Len(t, said.Items, 1)
		assert.Equal(t, "out", said.Items[0].ID)

		_, err = client.Contacts.Tags.Detach(ctx, contact.ID, tags.Items[0].ID)
		require.NoError(t, err)
		require.NoError(t, client.Tags.Delete(ctx, tags.Items[1].ID))
		tags, err = client.Contacts.Tags.List(ctx, contact.ID)
		require.NoError(t, err)
		assert.Len(t, tags.Items, 10)
	})
}

func TestUnknownAttachments(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	srv.Seed(intercom.Contact{ID: "1"})
	_, err := client.Contacts.Tags.Attach(ctx, "1", "404")
	assert.True(t, intercom.HasCode(err, intercom.CodeNotFound), "%v", err)
	_, err = client.Contacts.Companies.Attach(ctx, "1", "404")
	assert.True(t, intercom.HasCode(err, intercom.CodeCompanyNotFound), "%v", err)
	_, err = client.Contacts.Notes.Create(ctx, "1", intercom.NoteCreateParams{Body: "x", AdminID: "404"})
	assert.True(t, intercom.HasCode(err, intercom.CodeAdminNotFound), "%v", err)
	_, err = client.Contacts.Subscriptions.Attach(ctx, "1", intercom.ContactSubscriptionAttachParams{ID: "404", ConsentType: "opt_in"})
	assert.True(t, intercom.IsNotFound(err))
	_, err = client.Contacts.Subscriptions.Attach(ctx, "1", intercom.ContactSubscriptionAttachParams{ID: "404", ConsentType: "maybe"})
	assert.True(t, intercom.IsInvalid(err))
	resp, text := send(t, srv, "POST", "/contacts/1/companies", `{}`)
	assert.Equal(t, 400, resp.StatusCode)
	assert.Contains(t, text, intercom.CodeParameterNotFound)
}

func TestSearchesLeaveOutArchivedContacts(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.Seed(intercom.Contact{ID: "1"}, intercom.Contact{ID: "2"}, intercom.Company{ID: "c"})
	srv.Seed(intercomtest.Segment{Segment: intercom.Segment{ID: "all"}, Rule: intercom.Field("role").Eq("user")})
	_, err := client.Contacts.Companies.Attach(t.Context(), "1", "c")
	require.NoError(t, err)
	_, err = client.Contacts.Archive(t.Context(), "1")
	require.NoError(t, err)
	page, err := client.Contacts.Search(t.Context(), intercom.ContactSearchParams{Query: intercom.Field("role").Eq("user")})
	require.NoError(t, err)
	assert.Equal(t, 1, page.TotalCount)
	assert.Equal(t, 1, *srv.Segments()[0].Count)
	assert.Len(t, srv.Contacts(), 2, "it is still there")
	got, err := client.Contacts.Get(t.Context(), "1")
	require.NoError(t, err)
	assert.Equal(t, "1", got.ID)
	companies, err := client.Companies.List(t.Context(), intercom.CompanyListParams{})
	require.NoError(t, err)
	assert.Empty(t, companies.Items, "nobody belongs to the company")
	members, err := client.Companies.Contacts.List(t.Context(), "c", intercom.NumberedListParams{})
	require.NoError(t, err)
	assert.Empty(t, members.Items)
}

func TestMergeRefusesWhatIsNotThere(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	agree := func(consent intercom.ConsentType, id string) {
		_, err := client.Contacts.Subscriptions.Attach(ctx, id, intercom.ContactSubscriptionAttachParams{ID: "s", ConsentType: consent})
		require.NoError(t, err)
	}
	srv.Seed(
		intercom.SubscriptionType{ID: "s"}, intercom.Contact{ID: "user"},
		intercom.Contact{ID: "lead", Role: intercom.ContactRoleLead}, intercom.Contact{ID: "other", Role: intercom.ContactRoleLead},
	)
	for _, c := range []struct{ from, into, field string }{{"404", "user", ""}, {"lead", "404", ""}, {"user", "user", "from"}, {"lead", "other", "into"}} {
		_, err := client.Contacts.Merge(ctx, intercom.ContactMergeParams{From: c.from, Into: c.into})
		require.Error(t, err)
		assert.Equal(t, c.field, fieldOf(err))
		assert.Equal(t, c.field == "", intercom.IsNotFound(err))
	}
	assert.Len(t, srv.Contacts(), 3)
	agree(intercom.ConsentTypeOptOut, "lead")
	agree(intercom.ConsentTypeOptIn, "lead")
	lead, err := client.Contacts.Get(ctx, "lead")
	require.NoError(t, err)
	assert.Equal(t, []int{1, 0}, []int{lead.OptedInSubscriptionTypes.TotalCount, lead.OptedOutSubscriptionTypes.TotalCount}, "the last word counts")
	agree(intercom.ConsentTypeOptOut, "user")
	user, err := client.Contacts.Merge(ctx, intercom.ContactMergeParams{From: "lead", Into: "user"})
	require.NoError(t, err)
	assert.Equal(t, []int{0, 1}, []int{user.OptedInSubscriptionTypes.TotalCount, user.OptedOutSubscriptionTypes.TotalCount}, "the user's word counts")
	_, err = client.Contacts.Merge(ctx, intercom.ContactMergeParams{From: "lead", Into: "user"})
	assert.True(t, intercom.IsNotFound(err), "it is gone: %v", err)
	var e *intercom.Error
	_, err = client.Contacts.Update(ctx, "lead", intercom.ContactUpdateParams{}, intercom.WithVersion(intercom.V2_16))
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 410, e.StatusCode, "whatever is done with it")
}

func TestContactsKeepTheirOwnNames(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.Seed(intercom.Contact{ID: "1", ExternalID: "x-1"}, intercom.Contact{ID: "2", ExternalID: "x-2"})
	_, err := client.Contacts.Update(t.Context(), "2", intercom.ContactUpdateParams{ExternalID: intercom.Set("x-1")})
	assert.True(t, intercom.IsConflict(err), "%v", err)
	_, err = client.Contacts.Update(t.Context(), "1", intercom.ContactUpdateParams{ExternalID: intercom.Set("x-1"), Name: intercom.Set("One")})
	require.NoError(t, err, "its own name is no conflict")
	_, err = client.Contacts.Delete(t.Context(), "1")
	require.NoError(t, err)
	_, err = client.Contacts.Update(t.Context(), "2", intercom.ContactUpdateParams{ExternalID: intercom.Set("x-1")})
	require.NoError(t, err, "nobody has the name any more")
}
