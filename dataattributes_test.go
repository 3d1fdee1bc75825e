package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestDataAttributesRequests(t *testing.T) {
	t.Parallel()
	checkSent(t, "DataAttributes", []sent{
		{
			operation: "DataAttributes.List",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.List(ctx, intercom.DataAttributeListParams{}))
			},
			path: "/data_attributes",
		},
		{
			operation: "DataAttributes.List", variant: "All archived too",
			call: func(ctx context.Context, c *intercom.Client) error {
				return drain(c.DataAttributes.All(ctx, intercom.DataAttributeListParams{Model: intercom.DataAttributeModelCompany, IncludeArchived: true}))
			},
			path: "/data_attributes?model=company&include_archived=true",
		},
		{
			operation: "DataAttributes.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{Name: "balconies", Model: intercom.DataAttributeModelCompany, DataType: intercom.DataAttributeTypeInteger, Description: "How many", MessengerWritable: intercom.Set(false)}))
			},
			path: "/data_attributes",
			body: `{"name":"balconies","model":"company","data_type":"integer","description":"How many","messenger_writable":false}`,
		},
		{
			operation: "DataAttributes.Create", variant: "with options of type string in 2.8",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{Name: "pot_size", Model: intercom.DataAttributeModelContact, Options: []string{"small", "large"}, DataType: intercom.DataAttributeTypeString}))
			},
			path:    "/data_attributes",
			body:    `{"name":"pot_size","model":"contact","data_type":"string","options":[{"value":"small"},{"value":"large"}]}`,
			version: intercom.V2_8,
		},
		{
			operation: "DataAttributes.Create", variant: "with options of type options in 2.8",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{Name: "pot_size", Model: intercom.DataAttributeModelContact, Options: []string{"small", "large"}, DataType: intercom.DataAttributeTypeOptions}))
			},
			path:    "/data_attributes",
			body:    `{"name":"pot_size","model":"contact","data_type":"string","options":[{"value":"small"},{"value":"large"}]}`,
			version: intercom.V2_8,
		},
		{
			operation: "DataAttributes.Create", variant: "with options of type string in 2.14",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{Name: "pot_size", Model: intercom.DataAttributeModelContact, Options: []string{"small", "large"}, DataType: intercom.DataAttributeTypeString}))
			},
			path:    "/data_attributes",
			body:    `{"name":"pot_size","model":"contact","data_type":"options","options":[{"value":"small"},{"value":"large"}]}`,
			version: intercom.V2_14,
		},
		{
			operation: "DataAttributes.Create", variant: "with options of type options in 2.14",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{Name: "pot_size", Model: intercom.DataAttributeModelContact, Options: []string{"small", "large"}, DataType: intercom.DataAttributeTypeOptions}))
			},
			path:    "/data_attributes",
			body:    `{"name":"pot_size","model":"contact","data_type":"options","options":[{"value":"small"},{"value":"large"}]}`,
			version: intercom.V2_14,
		},
		{
			operation: "DataAttributes.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Update(ctx, "33", intercom.DataAttributeUpdateParams{Archived: intercom.Set(true), Description: intercom.Null[string]()}))
			},
			path: "/data_attributes/33",
			body: `{"archived":true,"description":null}`,
		},
		{
			operation: "DataAttributes.Update", variant: "of options",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Update(ctx, "33", intercom.DataAttributeUpdateParams{Options: intercom.Set([]string{"small", "huge"})}))
			},
			path: "/data_attributes/33",
			body: `{"options":[{"value":"small"},{"value":"huge"}]}`,
		},
	})
}

func TestDataAttributesRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "no model",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{Name: "x"}))
			},
			want: `intercom: DataAttributes.Create: model is required`,
		},
		{
			name: "options that are not there",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{Name: "x", Model: "contact", DataType: intercom.DataAttributeTypeOptions}))
			},
			want: `intercom: DataAttributes.Create: options is required`,
		},
		{
			name: "empty id",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.DataAttributes.Update(ctx, "", intercom.DataAttributeUpdateParams{}))
			},
			want: `intercom: DataAttributes.Update: id is empty`,
		},
	})
}

func TestDataAttributesDecode(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(sample(t, "dataattributes/list.json")))
	all := items(t, client.DataAttributes.All(t.Context(), intercom.DataAttributeListParams{}))
	require.Len(t, all, 2)
	a := all[0]
	assert.Equal(t, "data_attribute", a.Type)
	assert.Equal(t, "33", a.ID)
	assert.Equal(t, "pot_size", a.Name)
	assert.Equal(t, "custom_attributes.pot_size", a.FullName)
	assert.Equal(t, "Pot size", a.Label)
	assert.Equal(t, "What they grow in", a.Description)
	assert.Equal(t, intercom.DataAttributeTypeString, a.DataType)
	assert.Equal(t, []string{"small", "large"}, a.Options)
	assert.True(t, a.APIWritable)
	assert.True(t, a.UIWritable)
	assert.False(t, a.MessengerWritable)
	assert.True(t, a.Custom)
	assert.True(t, a.Archived)
	assert.Equal(t, "5017", a.AdminID)
	assert.Equal(t, at(1725100000), a.CreatedAt)
	assert.Equal(t, at(1725200000), a.UpdatedAt, "the text of a time")
	assert.Equal(t, intercom.DataAttributeModelContact, a.Model)
	assert.Empty(t, all[1].ID, "built-in ones have none")
	assert.Empty(t, all[1].Options)
	assert.True(t, all[1].CreatedAt.IsZero())
}
