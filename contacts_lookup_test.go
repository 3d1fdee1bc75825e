package intercom_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/jarcoal/httpmock"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

const api = "https://api.intercom.io"

// found answers a search.
func found(contacts string) string {
	return `{"type": "list", "data": [` + contacts + `], "total_count": 1, "pages": {"type": "pages", "page": 1, "per_page": 150, "total_pages": 1}}`
}

func TestContactsGetByExternalID(t *testing.T) {
	t.Parallel()
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		assert.Equal(t, "/contacts/search", r.URL.Path)
		assert.JSONEq(t, `{"query": {"field": "external_id", "operator": "=", "value": "skipper-7"}, "pagination": {"per_page": 150}}`, string(body))
		answer(found(`{"type": "contact", "id": "66a0", "external_id": "skipper-7"}`))(w, r)
	})
	contact, err := client.Contacts.GetByExternalID(t.Context(), "skipper-7")
	require.NoError(t, err)
	assert.Equal(t, "66a0", contact.ID)
}

func TestContactsFindByEmailPrefersUsersAndTheLatest(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ found, want string }{
		"one":                 {`{"id": "a", "role": "lead"}`, "a"},
		"a user":              {`{"id": "a", "role": "lead", "updated_at": 9}, {"id": "b", "role": "user", "updated_at": 1}, {"id": "c", "role": "lead", "updated_at": 10}`, "b"},
		"the last lead":       {`{"id": "a", "role": "lead", "updated_at": 9}, {"id": "b", "role": "lead", "updated_at": 10}, {"id": "c", "role": "lead", "updated_at": 8}`, "b"},
		"the first of equals": {`{"id": "a", "role": "lead"}, {"id": "b", "role": "lead"}`, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, answer(found(test.found)))
			contact, err := client.Contacts.FindByEmail(t.Context(), "skipper@harbour.test")
			require.NoError(t, err)
			assert.Equal(t, test.want, contact.ID)
		})
	}
}

func TestContactsLookupFindsNothing(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(found("")))
	for name, lookup := range map[string]func(context.Context, string, ...intercom.CallOption) (*intercom.Contact, error){
		"Contacts.GetByExternalID": client.Contacts.GetByExternalID,
		"Contacts.FindByEmail":     client.Contacts.FindByEmail,
	} {
		contact, err := lookup(t.Context(), "x@harbour.test")
		assert.Nil(t, contact)
		assert.True(t, intercom.IsNotFound(err), name)
		assert.True(t, intercom.HasCode(err, intercom.CodeNotFound), name)
		require.ErrorContains(t, err, name)
		assert.NotContains(t, err.Error(), "harbour", "no personal data")
	}
}

func TestContactsLookupRefuses(t *testing.T) {
	t.Parallel()
	require.EqualError(t, refused(t, func(ctx context.Context, c *intercom.Client) error {
		return first(c.Contacts.GetByExternalID(ctx, ""))
	}), "intercom: Contacts.GetByExternalID: external_id is empty")
	assert.EqualError(t, refused(t, func(ctx context.Context, c *intercom.Client) error {
		return first(c.Contacts.FindByEmail(ctx, ""))
	}), "intercom: Contacts.FindByEmail: email is empty")
}

const conflict = `{"type": "error.list", "request_id": "0003ubcpk2nrm4ep7e5g", "errors": [{"code": "conflict", "message": "There is such a contact already with id=66a0c3d2e4b0a1f2c3d4e5f6"}]}`

// skipper is a contact to upsert.
func skipper() intercom.ContactCreateParams {
	return intercom.ContactCreateParams{
		Role: intercom.ContactRoleUser, ExternalID: "skipper-7", Email: "skipper@harbour.test", OwnerID: "7310042",
		SignedUpAt: at(1719400000), UnsubscribedFromEmails: intercom.Set(false),
		CustomAttributes: intercom.CustomAttributesOf(map[string]any{"berth": 12}),
	}
}

const skipperJSON = `{"role": "user", "external_id": "skipper-7", "email": "skipper@harbour.test", "owner_id": 7310042,
	"signed_up_at": 1719400000, "unsubscribed_from_emails": false, "custom_attributes": {"berth": 12}}`

// body checks what was sent and gives an answer.
func body(t *testing.T, want string, status int, answer string) httpmock.Responder {
	t.Helper()
	return func(r *http.Request) (*http.Response, error) {
		got, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		assert.JSONEq(t, want, string(got))
		return httpmock.NewStringResponse(status, answer), nil
	}
}

func TestContactsUpsertCreates(t *testing.T) {
	t.Parallel()
	client, mock := mockedClient(t)
	mock.RegisterResponder(http.MethodPost, api+"/contacts", body(t, skipperJSON, 200, `{"id": "66a0"}`))
	contact, err := client.Contacts.Upsert(t.Context(), skipper())
	require.NoError(t, err)
	assert.Equal(t, "66a0", contact.ID)
	assert.Equal(t, 1, mock.GetTotalCallCount())
}

func TestContactsUpsertUpdatesTheOneThatExists(t *testing.T) {
	t.Parallel()
	client, mock := mockedClient(t)
	mock.RegisterResponder(http.MethodPost, api+"/contacts", body(t, skipperJSON, 409, conflict))
	mock.RegisterResponder(http.MethodPut, api+"/contacts/66a0c3d2e4b0a1f2c3d4e5f6", body(t, skipperJSON, 200, `{"id": "66a0c3d2e4b0a1f2c3d4e5f6", "name": "Old"}`))
	contact, err := client.Contacts.Upsert(t.Context(), skipper())
	require.NoError(t, err)
	assert.Equal(t, "Old", contact.Name)
}

func TestContactsUpsertSearchesWhereTheConflictIsSilent(t *testing.T) {
	t.Parallel()
	silent := `{"errors": [{"code": "conflict", "message": "it exists"}]}`
	search := func(field, value, found string) (string, string) {
		return `{"query": {"field": "` + field + `", "operator": "=", "value": "` + value + `"}, "pagination": {"per_page": 150}}`, found
	}
	client, mock := mockedClient(t)
	mock.RegisterResponder(http.MethodPost, api+"/contacts", httpmock.NewStringResponder(409, silent))
	byID, _ := search("external_id", "skipper-7", "")
	byEmail, hit := search("email", "skipper@harbour.test", found(`{"id": "66a9"}`))
	mock.RegisterResponder(http.MethodPost, api+"/contacts/search", body(t, byID, 200, found("")).Then(body(t, byEmail, 200, hit)))
	mock.RegisterResponder(http.MethodPut, api+"/contacts/66a9", body(t, skipperJSON, 200, `{"id": "66a9"}`))
	contact, err := client.Contacts.Upsert(t.Context(), skipper())
	require.NoError(t, err)
	assert.Equal(t, "66a9", contact.ID)
}

func TestContactsUpsertLeavesAloneWhatIsNotGiven(t *testing.T) {
	t.Parallel()
	client, mock := mockedClient(t)
	params := `{"external_id": "skipper-7"}`
	mock.RegisterResponder(http.MethodPost, api+"/contacts", body(t, params, 409, `{"errors": [{"code": "conflict"}]}`))
	mock.RegisterResponder(http.MethodPost, api+"/contacts/search", httpmock.NewStringResponder(200, found(`{"id": "66a9"}`)))
	mock.RegisterResponder(http.MethodPut, api+"/contacts/66a9", body(t, params, 200, `{"id": "66a9", "name": "Old"}`))
	contact, err := client.Contacts.Upsert(t.Context(), intercom.ContactCreateParams{ExternalID: "skipper-7"})
	require.NoError(t, err)
	assert.Equal(t, "Old", contact.Name)
}

func TestContactsLookupPassesErrorsOn(t *testing.T) {
	t.Parallel()
	client, mock := mockedClient(t)
	mock.RegisterResponder(http.MethodPost, api+"/contacts/search", httpmock.NewStringResponder(401, "{}"))
	_, err := client.Contacts.FindByEmail(t.Context(), "skipper@harbour.test")
	assert.True(t, intercom.IsUnauthorized(err))
	assert.ErrorContains(t, err, "Contacts.FindByEmail")
}

func TestContactsUpsertReturnsTheConflictThatNobodyExplains(t *testing.T) {
	t.Parallel()
	client, mock := mockedClient(t)
	mock.RegisterResponder(http.MethodPost, api+"/contacts", httpmock.NewStringResponder(409, "{}"))
	mock.RegisterResponder(http.MethodPost, api+"/contacts/search", httpmock.NewStringResponder(200, found("")))
	contact, err := client.Contacts.Upsert(t.Context(), skipper())
	assert.Nil(t, contact)
	assert.True(t, intercom.IsConflict(err))
	assert.ErrorContains(t, err, "Contacts.Upsert")
}

func TestContactsUpsertPassesErrorsOn(t *testing.T) {
	t.Parallel()
	client, mock := mockedClient(t)
	mock.RegisterResponder(http.MethodPost, api+"/contacts", httpmock.NewStringResponder(409, conflict))
	mock.RegisterResponder(http.MethodPut, api+"/contacts/66a0c3d2e4b0a1f2c3d4e5f6", httpmock.NewStringResponder(404, "{}"))
	_, err := client.Contacts.Upsert(t.Context(), skipper())
	assert.True(t, intercom.IsNotFound(err), "it was gone before it was updated")

	mock.RegisterResponder(http.MethodPost, api+"/contacts", httpmock.NewStringResponder(401, "{}"))
	_, err = client.Contacts.Upsert(t.Context(), skipper())
	assert.True(t, intercom.IsUnauthorized(err))
}

// failing is the error of an answer.
func failing(t *testing.T, status int, header, body string) error {
	t.Helper()
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		if header != "" {
			w.Header().Set("Link", header)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
	_, err := client.Contacts.Get(t.Context(), "66a0")
	require.Error(t, err)
	return err
}

func TestExistingContactID(t *testing.T) {
	t.Parallel()
	message := func(text string) string { return `{"errors": [{"code": "conflict", "message": "` + text + `"}]}` }
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"active":         {failing(t, 409, "", conflict), "66a0c3d2e4b0a1f2c3d4e5f6"},
		"archived":       {failing(t, 409, "", message("An archived one is there with id=66a1")), "66a1"},
		"in the middle":  {failing(t, 409, "", message("id=66a2, which is there")), "66a2"},
		"another word":   {failing(t, 409, "", message("valid=66a2")), ""},
		"silent":         {failing(t, 409, "", message("it is there")), ""},
		"no message":     {failing(t, 409, "", "{}"), ""},
		"another status": {failing(t, 404, "", conflict), ""},
		"another error":  {errors.New("id=66a0"), ""},
		"none":           {nil, ""},
	} {
		id, ok := intercom.ExistingContactID(test.err)
		assert.Equal(t, test.want, id, name)
		assert.Equal(t, test.want != "", ok, name)
	}
}

func TestMergedInto(t *testing.T) {
	t.Parallel()
	merged := `{"type": "error.list", "errors": [{"code": "contact_merged", "message": "gone"}]}`
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"path":           {failing(t, 410, `</contacts/66a1>; rel="canonical"`, merged), "66a1"},
		"URL":            {failing(t, 410, `<https://api.eu.intercom.io/contacts/66a1?x=1>; rel="canonical"`, merged), "66a1"},
		"no link":        {failing(t, 410, "", merged), ""},
		"another thing":  {failing(t, 410, `</companies/66a1>; rel="canonical"`, merged), ""},
		"deeper":         {failing(t, 410, `</contacts/66a1/notes>`, merged), ""},
		"open end":       {failing(t, 410, `</contacts/66a1`, merged), ""},
		"no id":          {failing(t, 410, `</contacts/>`, merged), ""},
		"another status": {failing(t, 404, `</contacts/66a1>`, merged), ""},
		"another error":  {errors.New("gone"), ""},
	} {
		id, ok := intercom.MergedInto(test.err)
		assert.Equal(t, test.want, id, name)
		assert.Equal(t, test.want != "", ok, name)
	}
	assert.True(t, intercom.HasCode(failing(t, 410, "", merged), intercom.CodeContactMerged))
}
