package intercomtest_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestSeedTakesObjectsInAnyOrder(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	contact := &intercom.Contact{
		Email:                     "ines@tidal.example",
		Tags:                      &intercom.LinkList{Data: []intercom.Link{{ID: "7"}, {ID: "unknown"}}},
		Companies:                 &intercom.LinkList{Data: []intercom.Link{{ID: "c1"}}},
		OptedOutSubscriptionTypes: &intercom.LinkList{Data: []intercom.Link{{ID: "s1"}}},
	}
	srv.Seed(
		intercom.Note{ID: "n1", Body: "<p>called twice</p>", Contact: &intercom.ContactReference{ID: "5"}},
		contact,
		intercom.Contact{ID: "5", Role: intercom.ContactRoleLead},
		intercom.Company{ID: "c1", Name: "Copper Labs", Tags: &intercom.TagList{Tags: []intercom.Tag{{ID: "7"}}}},
		intercom.Tag{ID: "7", Name: "beta"},
		intercom.SubscriptionType{ID: "s1"},
	)
	require.Len(t, contact.ID, 24, "a pointer gets the id filled in")
	got, err := client.Contacts.Get(t.Context(), contact.ID)
	require.NoError(t, err)
	assert.Equal(t, 1, got.Tags.TotalCount)
	assert.Equal(t, "c1", got.Companies.Data[0].ID)
	assert.Equal(t, "/subscription_types/s1", got.OptedOutSubscriptionTypes.Data[0].URL)
	company, err := client.Companies.Get(t.Context(), "c1")
	require.NoError(t, err)
	assert.Equal(t, 1, company.UserCount)
	assert.Equal(t, "beta", company.Tags.Tags[0].Name)
	notes, err := client.Contacts.Notes.List(t.Context(), "5", intercom.NumberedListParams{})
	require.NoError(t, err)
	require.Len(t, notes.Items, 1)
	assert.Equal(t, "<p>called twice</p>", notes.Items[0].Body)
}

func TestSeedReplacesObjectsOfTheSameID(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.Seed(intercom.Contact{ID: "1", Email: "old@tidal.example"}, intercom.Company{ID: "2", CompanyID: "old"})
	srv.Seed(intercom.Contact{ID: "1", Email: "new@tidal.example"}, intercom.Company{ID: "2", CompanyID: "new"})
	require.Len(t, srv.Contacts(), 1)
	require.Len(t, srv.Companies(), 1)
	_, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "old@tidal.example"})
	require.NoError(t, err, "nobody has the old address any more")
	_, err = client.Companies.Find(t.Context(), intercom.CompanyFindParams{CompanyID: "old"})
	assert.True(t, intercom.IsNotFound(err))
}

func TestSeedRefusesWhatHasNoPlace(t *testing.T) {
	t.Parallel()
	srv := intercomtest.NewServer(intercomtest.WithoutSocket())
	for _, o := range []any{nil, 5, (*intercom.Contact)(nil), struct{}{}} {
		assert.Panics(t, func() { srv.Seed(o) })
	}
	assert.PanicsWithValue(t, "intercomtest: Seed: a workspace has no place for a int", func() { srv.Seed(5) })
	failed := &recordingTB{T: t}
	srv = intercomtest.New(failed, intercomtest.WithoutSocket())
	srv.Seed(5)
	assert.Equal(t, []string{"intercomtest: Seed: a workspace has no place for a int"}, failed.said)
}

// recordingTB is a test that notes what it fails with, and goes on.
type recordingTB struct {
	*testing.T
	said []string
}

func (r *recordingTB) Fatalf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

func TestGeneratedDataIsTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	at := intercomtest.WithClock(func() time.Time { return time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC) })
	generate := func(seed uint64) ([]intercom.Contact, []intercom.Company) {
		srv, _ := workspace(t, at, intercomtest.WithSeed(seed))
		assert.Len(t, srv.SeedCompanies(5), 5)
		assert.Len(t, srv.SeedContacts(40), 40)
		return srv.Contacts(), srv.Companies()
	}
	contacts, companies := generate(3)
	again, companiesAgain := generate(3)
	other, _ := generate(4)
	assert.Equal(t, contacts, again)
	assert.Equal(t, companies, companiesAgain)
	assert.NotEqual(t, contacts, other)
}

func TestGeneratedCompaniesAreListed(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.SeedContacts(3)
	srv.SeedCompanies(7)
	n := 0
	for _, err := range client.Companies.All(t.Context(), intercom.CompanyListParams{}) {
		require.NoError(t, err)
		n++
	}
	assert.Equal(t, 7, n)
	assert.Len(t, srv.Contacts(), 7, "four were made for the companies that had nobody")
	srv.SeedContacts(2)
	srv.SeedCompanies(1)
	for _, c := range srv.Companies() {
		assert.NotZero(t, c.UserCount, "each has somebody")
	}
}

func TestGeneratedContactsArePlausible(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	srv.SeedContacts(400)
	emails, leads := map[string]bool{}, 0
	for _, c := range srv.Contacts() {
		assert.False(t, emails[c.Email], "addresses are unique")
		emails[c.Email] = true
		assert.False(t, c.CreatedAt.After(intercom.TimestampOf(srv.Now())))
		if c.Role == intercom.ContactRoleLead {
			leads++
		}
	}
	assert.InDelta(t, 80, leads, 40)
	for c, err := range client.Contacts.All(t.Context(), intercom.ContactListParams{}) {
		require.NoError(t, err)
		_, ok := c.CustomAttributes.Int("seats")
		assert.True(t, ok)
	}
}

// Not parallel: it measures the memory of the whole process.
func TestTenThousandContactsAreSmall(t *testing.T) {
	memory := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := memory()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	srv.SeedContacts(10_000)
	used := int64(memory()) - int64(before)
	assert.Less(t, used, int64(100<<20))
	t.Logf("10,000 contacts take %.1f MB", float64(used)/(1<<20))
	runtime.KeepAlive(srv)
}

func TestSmallObjectsAreReadBack(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	three := 3
	srv.Seed(
		&intercom.App{IDCode: "abc", Name: "Quay", Region: "Europe"}, intercom.ActivityLog{
			ID: "1", ActivityType: "admin_login_success",
			Metadata: &intercom.ActivityLogMetadata{Changes: map[string]intercom.ActivityLogChange{"seat": {Before: "none", After: "lite"}, "role": {After: "owner"}}},
		},
		intercom.Message{ID: "5", Body: "x"}, intercom.Note{ID: "7", Body: "<p>y</p>"}, intercom.SubscriptionType{ID: "8"},
		intercom.Contact{ID: "c", ExternalID: "x-1"}, intercom.Event{Name: "moored", UserID: "x-1"},
		intercom.Segment{ID: "s", Count: &three},
	)
	me, err := client.Admins.Me(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "Europe", me.App.Region)
	logs, err := intercom.Collect(client.Admins.ActivityLogs.All(t.Context(), intercom.ActivityLogListParams{CreatedAfter: intercom.UnixTimestamp(1)}), -1)
	require.NoError(t, err)
	assert.Equal(t, intercom.ActivityType("admin_login_success"), logs[0].ActivityType)
	newer, err := intercom.Collect(client.Admins.ActivityLogs.All(t.Context(), intercom.ActivityLogListParams{CreatedAfter: intercom.UnixTimestamp(1)}, intercom.WithVersion(intercom.V2_16)), -1)
	require.NoError(t, err)
	assert.Equal(t, "lite", newer[0].Metadata.Changes["seat"].After)
	assert.Equal(t, "x", srv.Messages()[0].Body)
	assert.Equal(t, intercom.MessageTypeInAppSent, srv.Messages()[0].MessageType)
	assert.Empty(t, srv.Messages()[0].To)
	assert.Equal(t, "<p>y</p>", srv.Notes()[0].Body)
	assert.Equal(t, []intercom.SubscriptionContentType{"email"}, srv.SubscriptionTypes()[0].ContentTypes)
	assert.Equal(t, "c", srv.Events()[0].IntercomUserID)
	_, text := send(t, srv, "GET", "/segments/s?include_count=true", "")
	assert.Contains(t, text, `"count":3`, "without a rule the count is what the test says")
}
