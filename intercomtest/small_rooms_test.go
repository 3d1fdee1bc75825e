package intercomtest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestAdmins(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		srv.Seed(intercom.Admin{ID: "12", Name: "Timo", TeamIDs: []string{"5", "6"}, Avatar: &intercom.Avatar{ImageURL: "https://img.example/t"}})
		list, err := client.Admins.List(ctx, intercom.AdminListParams{})
		require.NoError(t, err)
		require.Len(t, list.Items, 2)
		assert.Equal(t, []string{"5", "6"}, list.Items[1].TeamIDs)
		assert.Nil(t, list.Items[1].Avatar)
		list, err = client.Admins.List(ctx, intercom.AdminListParams{DisplayAvatar: true})
		require.NoError(t, err)
		assert.Equal(t, "https://img.example/t", list.Items[1].Avatar.ImageURL)

		before := intercom.TimestampOf(srv.Now())
		for _, away := range []bool{true, false, true} {
			srv.Advance(time.Minute)
			got, err := client.Admins.SetAway(ctx, "12", intercom.AdminAwayParams{AwayModeEnabled: away, AwayModeReassign: true})
			require.NoError(t, err)
			assert.Equal(t, away, got.AwayModeEnabled)
		}
		_, err = client.Admins.SetAway(ctx, "404", intercom.AdminAwayParams{})
		assert.True(t, intercom.HasCode(err, intercom.CodeAdminNotFound))
		logs, err := intercom.Collect(client.Admins.ActivityLogs.All(ctx, intercom.ActivityLogListParams{CreatedAfter: before, PerPage: 2}), -1)
		require.NoError(t, err)
		require.Len(t, logs, 3)
		assert.Equal(t, intercom.ActivityTypeAdminAwayModeChange, logs[0].ActivityType)
		assert.Equal(t, []bool{true, false, true}, []bool{*logs[0].Metadata.AwayMode, *logs[1].Metadata.AwayMode, *logs[2].Metadata.AwayMode})
		logs, err = intercom.Collect(client.Admins.ActivityLogs.All(ctx, intercom.ActivityLogListParams{
			CreatedAfter: before, CreatedBefore: intercom.TimestampOf(srv.Now().Add(-90 * time.Second)),
		}), -1)
		require.NoError(t, err)
		assert.Len(t, logs, 1)
	})
}

func TestTags(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		first, err := client.Tags.Upsert(ctx, intercom.TagUpsertParams{Name: "Beta"})
		require.NoError(t, err)
		same, err := client.Tags.Upsert(ctx, intercom.TagUpsertParams{Name: "beta"})
		require.NoError(t, err)
		assert.Equal(t, first.ID, same.ID)
		other, err := client.Tags.Upsert(ctx, intercom.TagUpsertParams{Name: "gamma"})
		require.NoError(t, err)
		_, err = client.Tags.Upsert(ctx, intercom.TagUpsertParams{ID: other.ID, Name: "BETA"})
		assert.True(t, intercom.IsInvalid(err), "the name is taken")
		renamed, err := client.Tags.Upsert(ctx, intercom.TagUpsertParams{ID: other.ID, Name: "delta"})
		require.NoError(t, err)
		assert.Equal(t, "delta", renamed.Name)
		_, err = client.Tags.Upsert(ctx, intercom.TagUpsertParams{ID: "404", Name: "x"})
		assert.True(t, intercom.IsNotFound(err))
		srv.Seed(intercom.Contact{ID: "1"})
		_, err = client.Tags.TagContacts(ctx, intercom.TagContactsParams{Name: "delta", Contacts: []intercom.ContactIdentifier{{ID: "1"}}})
		require.NoError(t, err)
		tags, err := client.Contacts.Tags.List(ctx, "1")
		require.NoError(t, err)
		require.Len(t, tags.Items, 1)
		require.NoError(t, client.Tags.Delete(ctx, other.ID))
		assert.True(t, intercom.IsNotFound(client.Tags.Delete(ctx, other.ID)))
		_, err = client.Tags.Get(ctx, other.ID)
		assert.True(t, intercom.IsNotFound(err))
		list, err := client.Tags.List(ctx)
		require.NoError(t, err)
		assert.Len(t, list.Items, 1)
	})
}

func TestSegmentsFollowTheirRule(t *testing.T) {
	t.Parallel()
	srv, client := workspace(t)
	ctx := t.Context()
	rule := intercom.Field("email").EndsWith("@tidal.example")
	srv.Seed(intercomtest.Segment{Segment: intercom.Segment{ID: "s", Name: "Tidal"}, Rule: rule}, intercom.Segment{ID: "empty"})
	c, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "a@tidal.example"})
	require.NoError(t, err)
	in := func() int {
		list, err := client.Contacts.Segments.List(ctx, c.ID)
		require.NoError(t, err)
		return len(list.Items)
	}
	assert.Equal(t, 1, in())
	list, err := client.Segments.List(ctx, intercom.SegmentListParams{IncludeCount: true})
	require.NoError(t, err)
	assert.Equal(t, []int{1, 0}, []int{*list.Items[0].Count, *list.Items[1].Count})
	got, err := client.Segments.Get(ctx, "s")
	require.NoError(t, err)
	assert.Nil(t, got.Count)
	_, err = client.Contacts.Update(ctx, c.ID, intercom.ContactUpdateParams{Email: intercom.Set("a@quarry.example")})
	require.NoError(t, err)
	assert.Equal(t, 0, in())
	_, err = client.Segments.Get(ctx, "404")
	assert.True(t, intercom.IsNotFound(err))
	assert.Panics(t, func() {
		intercomtest.NewServer(intercomtest.WithoutSocket()).Seed(intercomtest.Segment{Rule: intercom.Field("shoe_size").Eq(1)})
	})
}

func TestDataAttributes(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		ctx := t.Context()
		contact := intercom.DataAttributeModelContact
		create := func(name string, kind intercom.DataAttributeType, options ...string) (*intercom.DataAttribute, error) {
			return client.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{Name: name, Model: contact, DataType: kind, Options: options})
		}
		plan, err := create("plan", intercom.DataAttributeTypeString, "free", "pro")
		require.NoError(t, err)
		assert.True(t, plan.Custom)
		assert.Equal(t, "custom_attributes.plan", plan.FullName)
		_, err = create("plan", intercom.DataAttributeTypeString)
		assert.True(t, intercom.IsInvalid(err), "the name is taken")
		_, err = create("email", intercom.DataAttributeTypeString)
		assert.True(t, intercom.IsInvalid(err), "the name is built in")
		date, err := create("trial_ends", intercom.DataAttributeTypeDatetime)
		require.NoError(t, err)
		assert.Equal(t, intercom.DataAttributeTypeDate, date.DataType)

		with := func(name string, value any) error {
			_, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{
				Role: intercom.ContactRoleLead, CustomAttributes: intercom.CustomAttributesOf(map[string]any{name: value}),
			})
			return err
		}
		require.NoError(t, with("plan", "pro"))
		assert.True(t, intercom.IsInvalid(with("plan", "gold")), "not one of the options")
		assert.True(t, intercom.IsInvalid(with("unknown", 1)))
		require.NoError(t, with("trial_ends", noon))
		assert.True(t, intercom.IsInvalid(with("trial_ends", "soon")))

		changed, err := client.DataAttributes.Update(ctx, plan.ID, intercom.DataAttributeUpdateParams{
			Options: intercom.Set([]string{"free", "pro", "gold"}), Description: intercom.Set("what they pay for"),
		})
		require.NoError(t, err)
		assert.Equal(t, "what they pay for", changed.Description)
		require.NoError(t, with("plan", "gold"))
		_, err = client.DataAttributes.Update(ctx, plan.ID, intercom.DataAttributeUpdateParams{Archived: intercom.Set(true)})
		require.NoError(t, err)
		assert.True(t, intercom.IsInvalid(with("plan", "gold")))
		_, err = client.DataAttributes.Update(ctx, "404", intercom.DataAttributeUpdateParams{Archived: intercom.Set(true)})
		assert.True(t, intercom.HasCode(err, intercom.CodeFieldNotFound))

		custom := func(params intercom.DataAttributeListParams) (names []string) {
			list, err := client.DataAttributes.List(ctx, params)
			require.NoError(t, err)
			assert.Greater(t, len(list.Items), 3, "built-in ones are there")
			for _, a := range list.Items {
				if a.Custom {
					names = append(names, a.Name)
				}
			}
			return names
		}
		assert.Equal(t, []string{"trial_ends"}, custom(intercom.DataAttributeListParams{Model: contact}))
		assert.Equal(t, []string{"plan", "trial_ends"}, custom(intercom.DataAttributeListParams{IncludeArchived: true}))
		assert.Empty(t, custom(intercom.DataAttributeListParams{Model: intercom.DataAttributeModelCompany}))
		assert.Len(t, srv.DataAttributes(), 2)
	})
}

func TestValuesOfDataAttributes(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	srv.Seed(
		intercom.Contact{ID: "seeded", CustomAttributes: intercom.CustomAttributesOf(map[string]any{"share": 0.5, "big": true, "renewed_at": 1_700_000_000, "seats": 4})},
		intercom.DataAttribute{Name: "any", DataType: intercom.DataAttributeTypeFloat},
	)
	types := map[string]intercom.DataAttributeType{}
	for _, a := range srv.DataAttributes() {
		types[a.Name] = a.DataType
	}
	assert.Equal(t, map[string]intercom.DataAttributeType{
		"share": "float", "big": "boolean", "renewed_at": "date", "seats": "integer", "any": "float",
	}, types, "what seeded objects have is defined as what it looks like")
	for value, status := range map[string]int{
		`{"share":1e3}`: 200, `{"share":"0.25"}`: 200, `{"share":"half"}`: 400, `{"share":null}`: 200, `{"big":"true"}`: 200, `{"big":2}`: 400,
		`{"seats":5.0}`: 200, `{"seats":5.5}`: 400, `{"seats":true}`: 400, `{"renewed_at":1700000000}`: 200, `{"renewed_at":"now"}`: 400, `{"any":[1]}`: 400,
	} {
		resp, text := send(t, srv, "PUT", "/contacts/seeded", `{"custom_attributes":`+value+`}`)
		assert.Equal(t, status, resp.StatusCode, "%s: %s", value, text)
	}
	resp, text := send(t, srv, "POST", "/phone_call_redirects", `{"phone":"+4520304050","custom_attributes":{"unknown":1}}`)
	assert.Equal(t, 422, resp.StatusCode)
	assert.Contains(t, text, `"error_key":"invalid_custom_attributes"`)
}

func TestRefusedDataAttributes(t *testing.T) {
	t.Parallel()
	srv, _ := workspace(t)
	srv.Seed(intercom.DataAttribute{ID: "1", DataType: intercom.DataAttributeTypeInteger})
	for body, field := range map[string]string{
		`{"model":"contact","data_type":"string"}`:                              "name",
		`{"name":"a.b","model":"contact","data_type":"string"}`:                 "name",
		`{"name":"  ","model":"contact","data_type":"string"}`:                  "name",
		`{"name":"a","model":"robot","data_type":"string"}`:                     "model",
		`{"name":"a","model":"contact","data_type":"blob"}`:                     "data_type",
		`{"name":"a","model":"contact","data_type":"options"}`:                  "options",
		`{"name":"a","model":"contact","data_type":"string","options":["one"]}`: "options",
		`{"name":"a","model":"contact","data_type":"string","options":[{},{}]}`: "options",
		`{"name":"a","model":"contact","data_type":"string","options":"x,y"}`:   "options",
	} {
		resp, text := send(t, srv, "POST", "/data_attributes", body)
		assert.Equal(t, 400, resp.StatusCode, body)
		assert.Contains(t, text, `"field":"`+field+`"`, body)
	}
	resp, _ := send(t, srv, "PUT", "/data_attributes/1", `{"options":["a","b"]}`)
	assert.Equal(t, 400, resp.StatusCode, "only texts have options")
}
