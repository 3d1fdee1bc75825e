package intercom_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// bodyOf returns params as they are sent in a version.
func bodyOf(t *testing.T, params any, version intercom.APIVersion) (string, error) {
	t.Helper()
	var got echoed
	err := clientOf(t, echo).Do(t.Context(), "POST", "/x", params, &got, intercom.WithVersion(version))
	return got.Body, err
}

func TestRequestsTakeTheFormOfTheVersion(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		params  any
		version intercom.APIVersion
		want    string
	}{
		{"zero is left out", intercom.ContactCreateParams{Email: "a@example.test"}, "2.8", `{"email":"a@example.test"}`},
		{"nothing to say", intercom.ContactUpdateParams{}, "2.8", `{}`},
		{"an id as a number", intercom.ContactCreateParams{OwnerID: "814"}, "2.8", `{"owner_id":814}`},
		{"an id as a string", intercom.ContactCreateParams{OwnerID: "814"}, "2.16", `{"owner_id":"814"}`},
		{"an id in a version that nobody knows", intercom.ContactCreateParams{OwnerID: "814"}, "3.1", `{"owner_id":"814"}`},
		{"an id that is set", intercom.ContactUpdateParams{OwnerID: intercom.Set("814")}, "2.8", `{"owner_id":814}`},
		{"an id that is cleared", intercom.ContactUpdateParams{OwnerID: intercom.Null[string]()}, "2.8", `{"owner_id":null}`},
		{"a large id", intercom.ContactCreateParams{OwnerID: "9007199254740993"}, "2.8", `{"owner_id":9007199254740993}`},
		{"a constant", intercom.ConversationOpenParams{AdminID: "814"}, "2.8", `{"admin_id":"814","message_type":"open"}`},
		{
			"a number in a list of objects",
			intercom.NewsItemCreateParams{Title: "Bulbs", SenderID: "814", NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: "5"}, {NewsfeedID: "6"}}},
			"2.8", `{"title":"Bulbs","sender_id":814,"newsfeed_assignments":[{"newsfeed_id":5},{"newsfeed_id":6}]}`,
		},
		{
			"a number in a map of objects",
			intercom.ArticleCreateParams{Title: "Pots", AuthorID: "814", TranslatedContent: map[string]intercom.ArticleContentParams{"fr": {Title: "Vases", AuthorID: "815"}, "de": {Title: "Vasen"}}},
			"2.8", `{"title":"Pots","author_id":814,"translated_content":{"fr":{"title":"Vases","author_id":815},"de":{"title":"Vasen"}}}`,
		},
		{
			"a constant in a list of objects",
			intercom.UntagCompaniesParams{Name: "Gold", Companies: []intercom.UntaggedCompany{{ID: "co-1"}}},
			"2.8", `{"name":"Gold","companies":[{"id":"co-1","untag":true}]}`,
		},
		{
			"attributes",
			intercom.ContactUpdateParams{CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"plan": "max", "left": nil}))},
			"2.8", `{"custom_attributes":{"plan":"max","left":null}}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := bodyOf(t, test.params, test.version)
			require.NoError(t, err)
			assert.JSONEq(t, test.want, got)
		})
	}
}

func TestRequestsThatTheVersionCannotTake(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		params  any
		version intercom.APIVersion
		want    string
	}{
		{"no number", intercom.ContactCreateParams{OwnerID: "8i4"}, "2.8", `intercom: Do: owner_id: "8i4" is no number, as the API wants it`},
		{"no whole number", intercom.ContactCreateParams{OwnerID: "8.5"}, "2.8", `intercom: Do: owner_id: "8.5" is no number, as the API wants it`},
		{"number that would come back different", intercom.ContactCreateParams{OwnerID: "007"}, "2.8", `intercom: Do: owner_id: "007" is no number, as the API wants it`},
		{"JSON in an id", intercom.ContactCreateParams{OwnerID: `1,"role":"admin"`}, "2.8", `intercom: Do: owner_id: "1,\"role\":\"admin\"" is no number, as the API wants it`},
		{
			"no number in a list",
			intercom.NewsItemCreateParams{Title: "Bulbs", SenderID: "814", NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: "x"}}},
			"2.8", `intercom: Do: newsfeed_assignments.*.newsfeed_id: "x" is no number, as the API wants it`,
		},
		{"a field of later versions", intercom.CompanyUpsertParams{CompanyID: "own-1", UpdateLastRequestAt: true}, "2.15", `intercom: Do: Intercom-Version 2.15 does not take update_last_request_at, the first that does is 2.16; set it with WithVersion("2.16")`},
		{"something that is missing", intercom.CompanyUpsertParams{}, "2.8", "intercom: Do: company_id is required"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := bodyOf(t, test.params, test.version)
			require.EqualError(t, err, test.want)
		})
	}
}

// Answers can be written to a file or a queue and read again.
func TestAnswersAreWrittenWithTheirMaps(t *testing.T) {
	t.Parallel()
	const body = `{"type":"article_translated_content","fr":{"title":"Pots","body":"<p>Bonjour</p>"},"pt-BR":{"title":"Vasos","odd":[1]},"id":{"title":"Pot"},"version":7}`
	var translations intercom.ArticleTranslations
	require.NoError(t, json.Unmarshal([]byte(body), &translations))
	assert.Len(t, translations.Locales, 3)
	assert.Equal(t, "Pot", translations.Locales["id"].Title, "id is Indonesian here")
	assertLossless(t, body, &translations)

	unable := intercom.ArticleTranslations{Locales: map[string]intercom.ArticleContent{"fr": {Extra: intercom.Extra{"x": json.RawMessage(`{`)}}}}
	_, err := json.Marshal(unable)
	require.Error(t, err, "nothing is lost without a word")
}
