package intercom_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestVersionsCompareByNumber(t *testing.T) {
	t.Parallel()
	versions := []intercom.APIVersion{
		intercom.V2_7, intercom.V2_8, intercom.V2_9, intercom.V2_10, intercom.V2_11,
		intercom.V2_12, intercom.V2_13, intercom.V2_14, intercom.V2_15, intercom.V2_16, "2.17", "3.0",
	}
	for i, a := range versions {
		for j, b := range versions {
			want := 0
			switch {
			case i < j:
				want = -1
			case i > j:
				want = 1
			}
			assert.Equal(t, want, a.Compare(b), "%s and %s", a, b)
			assert.Equal(t, i >= j, a.AtLeast(b), "%s and %s", a, b)
		}
	}
	assert.Equal(t, -1, intercom.APIVersion("nonsense").Compare("2.7"))
	assert.Zero(t, intercom.APIVersion("nonsense").Compare(""))
}

func TestVersionIsSent(t *testing.T) {
	t.Parallel()
	var got []string
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Intercom-Version"))
		answer(`{}`)(w, r)
	})
	newer, err := client.With(intercom.WithVersion("2.99"))
	require.NoError(t, err)
	require.NoError(t, getContact(client))
	require.NoError(t, getContact(newer))
	_, err = client.Contacts.Get(t.Context(), "c-1", intercom.WithVersion(intercom.V2_12))
	require.NoError(t, err)
	require.NoError(t, getContact(client))
	assert.Equal(t, []string{"2.8", "2.99", "2.12", "2.8"}, got)
	assert.Equal(t, intercom.DefaultAPIVersion, client.APIVersion())
	assert.Equal(t, intercom.APIVersion("2.99"), newer.APIVersion())
}

func TestBadVersionsAreRefused(t *testing.T) {
	t.Parallel()
	for _, version := range []intercom.APIVersion{"", "2", "2.", ".8", "v2.8", "2.8.1", "2.08", "02.8", "2.8 ", "2,8", "-2.8", "2.1000", "2.8\r\nX-Evil: 1"} {
		_, err := intercom.NewClient("t", intercom.WithVersion(version))
		require.Error(t, err, "%q", version)
		assert.Regexp(t, `^intercom: API version ".*" is not of the form 2\.8$`, err.Error())
	}
	client, mock := mockedClient(t)
	_, err := client.Contacts.Get(t.Context(), "c-1", intercom.WithVersion("new"))
	require.EqualError(t, err, `intercom: Contacts.Get: API version "new" is not of the form 2.8`)
	assert.Zero(t, mock.GetTotalCallCount())
}

func TestOperationsThatAVersionLacks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		version intercom.APIVersion
		call    func(*intercom.Client) error
		want    string
	}{
		{"not yet", intercom.V2_8, func(c *intercom.Client) error {
			_, err := c.Tickets.Get(t.Context(), "t-1")
			return err
		}, `intercom: Tickets.Get: Intercom-Version 2.8 does not have it, the first that does is 2.9; set it with WithVersion("2.9")`},
		{"no more", intercom.V2_12, func(c *intercom.Client) error {
			_, err := c.Conversations.RunAssignmentRules(t.Context(), "1")
			return err
		}, `intercom: Conversations.RunAssignmentRules: Intercom-Version 2.12 no longer has it, the last that does is 2.11; set it with WithVersion("2.11")`},
		{"a field, not yet", intercom.V2_8, func(c *intercom.Client) error {
			_, err := c.Companies.Upsert(t.Context(), intercom.CompanyUpsertParams{CompanyID: "1", UpdateLastRequestAt: true})
			return err
		}, `intercom: Companies.Upsert: Intercom-Version 2.8 does not take update_last_request_at, the first that does is 2.16; set it with WithVersion("2.16")`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, mock := mockedClient(t, intercom.WithVersion(test.version))
			err := test.call(client)
			require.EqualError(t, err, test.want)
			var e *intercom.VersionError
			require.ErrorAs(t, err, &e)
			assert.Equal(t, test.version, e.Version)
			assertPredicates(t, err, "version")
			assert.Zero(t, mock.GetTotalCallCount(), "nothing was sent")
		})
	}
}
