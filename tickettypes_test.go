package intercom_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

func TestTicketTypesRequests(t *testing.T) {
	t.Parallel()
	calls := []sent{
		{
			operation: "TicketTypes.Get",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.TicketTypes.Get(ctx, "53")) },
			path:      "/ticket_types/53",
		},
		{
			operation: "TicketTypes.List",
			call:      func(ctx context.Context, c *intercom.Client) error { return first(c.TicketTypes.List(ctx)) },
			path:      "/ticket_types",
		},
		{
			operation: "TicketTypes.List", variant: "All",
			call: func(ctx context.Context, c *intercom.Client) error { return drain(c.TicketTypes.All(ctx)) },
			path: "/ticket_types",
		},
		{
			operation: "TicketTypes.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.TicketTypes.Create(ctx, intercom.TicketTypeCreateParams{
					Name: "Damage", Description: "Something broke", Icon: "🪴", IsInternal: true,
				}))
			},
			path: "/ticket_types",
			body: `{"name":"Damage","description":"Something broke","icon":"🪴","is_internal":true}`,
		},
		{
			operation: "TicketTypes.Create", variant: "with a category",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.TicketTypes.Create(ctx, intercom.TicketTypeCreateParams{Name: "Damage", Category: intercom.TicketCategoryBackOffice}))
			},
			path:    "/ticket_types",
			body:    `{"name":"Damage","category":"Back-office"}`,
			version: intercom.V2_10,
		},
		{
			operation: "TicketTypes.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.TicketTypes.Update(ctx, "53", intercom.TicketTypeUpdateParams{
					Name: intercom.Set("Damages"), Archived: intercom.Set(true), IsInternal: intercom.Set(false),
				}))
			},
			path: "/ticket_types/53",
			body: `{"name":"Damages","archived":true,"is_internal":false}`,
		},
		{
			operation: "TicketTypes.Attributes.Create",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.TicketTypes.Attributes.Create(ctx, "53", intercom.TicketTypeAttributeCreateParams{
					Name: "Cause", Description: "Who broke it", DataType: intercom.TicketAttributeTypeList,
					RequiredToCreate: true, VisibleToContacts: intercom.Set(false), ListItems: "Courier,Frost",
				}))
			},
			path: "/ticket_types/53/attributes",
			body: `{"name":"Cause","description":"Who broke it","data_type":"list","required_to_create":true,
				"visible_to_contacts":false,"list_items":"Courier,Frost"}`,
		},
		{
			operation: "TicketTypes.Attributes.Update",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.TicketTypes.Attributes.Update(ctx, "53", "902", intercom.TicketTypeAttributeUpdateParams{
					Description: intercom.Set("Who or what broke it"), RequiredToCreate: intercom.Set(false), Archived: intercom.Set(true),
				}))
			},
			path: "/ticket_types/53/attributes/902",
			body: `{"description":"Who or what broke it","required_to_create":false,"archived":true}`,
		},
	}
	for i := range calls {
		if calls[i].version == "" {
			calls[i].version = intercom.V2_9
		}
	}
	checkSent(t, "TicketTypes", calls)
}

func TestTicketTypesRefuse(t *testing.T) {
	t.Parallel()
	checkRefused(t, []refusal{
		{
			name: "2.8",
			call: func(ctx context.Context, c *intercom.Client) error { return drain(c.TicketTypes.All(ctx)) },
			want: `intercom: TicketTypes.List: Intercom-Version 2.8 does not have it, the first that does is 2.9`,
		},
		{
			name: "no name",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.TicketTypes.Create(ctx, intercom.TicketTypeCreateParams{}))
			},
			want:    "intercom: TicketTypes.Create: name is required",
			version: intercom.V2_9,
		},
		{
			name: "category in 2.9",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.TicketTypes.Update(ctx, "53", intercom.TicketTypeUpdateParams{Category: intercom.Set(intercom.TicketCategoryTracker)}))
			},
			want:    "intercom: TicketTypes.Update: Intercom-Version 2.9 does not take category, the first that does is 2.10",
			version: intercom.V2_9,
		},
		{
			name: "attribute without a type",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.TicketTypes.Attributes.Create(ctx, "53", intercom.TicketTypeAttributeCreateParams{Name: "Cause", Description: "x"}))
			},
			want:    "intercom: TicketTypes.Attributes.Create: data_type is required",
			version: intercom.V2_9,
		},
		{
			name: "empty id of an attribute",
			call: func(ctx context.Context, c *intercom.Client) error {
				return first(c.TicketTypes.Attributes.Update(ctx, "53", "", intercom.TicketTypeAttributeUpdateParams{}))
			},
			want:    "intercom: TicketTypes.Attributes.Update: id is empty",
			version: intercom.V2_9,
		},
	})
}

func TestTicketTypesDecode(t *testing.T) {
	t.Parallel()
	asSent := sample(t, "tickettypes/list.json")
	for name, body := range map[string]string{
		"as the API sends them":       asSent,
		"as the first docs name them": strings.Replace(asSent, `"data": [`, `"ticket_types": [`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, answer(body), intercom.WithVersion(intercom.V2_12))
			all := items(t, client.TicketTypes.All(t.Context()))
			require.Len(t, all, 1)
			checkTicketType(t, all[0])
		})
	}
}

func checkTicketType(t *testing.T, k *intercom.TicketType) {
	t.Helper()
	assert.Equal(t, "ticket_type", k.Type)
	assert.Equal(t, "53", k.ID)
	assert.Equal(t, intercom.TicketCategoryCustomer, k.Category)
	assert.Equal(t, "Damage", k.Name)
	assert.Empty(t, k.Description)
	assert.Equal(t, "🪴", k.Icon)
	assert.Equal(t, "grwn4x2k", k.WorkspaceID)
	assert.True(t, k.Archived)
	assert.True(t, k.IsInternal)
	assert.Equal(t, at(1725000000), k.CreatedAt)
	assert.Equal(t, at(1725000001), k.UpdatedAt)
	require.NotNil(t, k.TicketStates)
	assert.Equal(t, "list", k.TicketStates.Type)
	assert.Equal(t, "18", k.TicketStates.Data[0].ID)
	assert.Equal(t, intercom.TicketStateCategorySubmitted, k.TicketStates.Data[0].Category)

	require.NotNil(t, k.TicketTypeAttributes)
	require.Len(t, k.TicketTypeAttributes.Data, 2)
	a := k.TicketTypeAttributes.Data[1]
	assert.Equal(t, "ticket_type_attribute", a.Type)
	assert.Equal(t, "902", a.ID)
	assert.Equal(t, "grwn4x2k", a.WorkspaceID)
	assert.Equal(t, "Cause", a.Name)
	assert.Equal(t, "Who broke it", a.Description)
	assert.Equal(t, intercom.TicketAttributeTypeList, a.DataType)
	options, ok := a.InputOptions.Get("list_options")
	assert.True(t, ok)
	assert.NotNil(t, options)
	assert.Equal(t, 2, a.Order)
	assert.True(t, a.RequiredToCreate)
	assert.False(t, a.RequiredToCreateForContacts)
	assert.True(t, a.VisibleOnCreate)
	assert.True(t, a.VisibleToContacts)
	assert.False(t, a.Default)
	assert.Equal(t, "53", a.TicketTypeID)
	assert.False(t, a.Archived)
	assert.Equal(t, at(1725000002), a.CreatedAt)
	assert.Equal(t, at(1725000003), a.UpdatedAt)
	assert.True(t, k.TicketTypeAttributes.Data[0].InputOptions.IsZero(), "null")
	assert.True(t, k.TicketTypeAttributes.Data[0].Default)
}
