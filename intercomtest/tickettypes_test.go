package intercomtest_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func TestTicketTypes(t *testing.T) {
	t.Parallel()
	srv := intercomtest.New(t, intercomtest.WithoutSocket())
	client := clientOf(t, srv, intercom.WithVersion(intercom.V2_9))
	ctx := t.Context()
	kind, cause, _ := damage(t, client)
	got, err := client.TicketTypes.Get(ctx, kind.ID)
	require.NoError(t, err)
	var names []string
	for i, a := range got.TicketTypeAttributes.Data {
		names = append(names, a.Name)
		assert.Equal(t, i, a.Order)
	}
	assert.Equal(t, []string{"_default_title_", "_default_description_", "Cause", "Cost"}, names)
	assert.Empty(t, got.Category, "version 2.9 does not have it")
	_, err = client.TicketTypes.Update(ctx, kind.ID, intercom.TicketTypeUpdateParams{Archived: intercom.Set(true)})
	require.NoError(t, err)
	assert.True(t, srv.TicketTypes()[0].Archived)
	assert.Equal(t, intercom.TicketCategoryCustomer, srv.TicketTypes()[0].Category)
	changed, err := client.TicketTypes.Attributes.Update(ctx, kind.ID, cause.ID, intercom.TicketTypeAttributeUpdateParams{
		ListItems: intercom.Set("Fog,Storm"), Archived: intercom.Set(true),
	})
	require.NoError(t, err)
	assert.True(t, changed.Archived)
	options, _ := changed.InputOptions.Get("list_options")
	assert.Contains(t, string(options.(json.RawMessage)), option(t, cause), "an item that stays keeps its id")
	page, err := client.TicketTypes.List(ctx)
	require.NoError(t, err)
	assert.Len(t, page.Items, 1)

	_, err = client.TicketTypes.Attributes.Create(ctx, kind.ID, intercom.TicketTypeAttributeCreateParams{
		Name: "cost", Description: "Again", DataType: intercom.TicketAttributeTypeString,
	})
	assert.Equal(t, "name", fieldOf(err))
	_, err = client.TicketTypes.Get(ctx, "404")
	assert.True(t, intercom.IsNotFound(err), err)
	resp, _ := send(t, srv, "GET", "/ticket_types", "", "Intercom-Version", "2.8")
	assert.Equal(t, 404, resp.StatusCode, "they came with 2.9")
}
