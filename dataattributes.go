package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// DataAttributesService reads and changes the data attributes of the
// workspace: the fields of contacts, companies and conversations, with those
// that the workspace defined for itself. Get it from Client.DataAttributes.
type DataAttributesService struct{ client *Client }

// DataAttributeListParams says which data attributes to list. The zero value
// lists all that are not archived.
type DataAttributeListParams struct {
	// Model lists only the attributes of one kind of object.
	Model DataAttributeModel
	// IncludeArchived lists archived attributes too.
	IncludeArchived bool
}

// List returns the data attributes of the workspace, all on one page.
//
// GET /data_attributes · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-attributes/lisdataattributes
func (s *DataAttributesService) List(ctx context.Context, params DataAttributeListParams, opts ...CallOption) (*Page[DataAttribute], error) {
	return s.list(params).page(ctx, opts)
}

// All iterates over the data attributes of the workspace.
func (s *DataAttributesService) All(ctx context.Context, params DataAttributeListParams, opts ...CallOption) iter.Seq2[*DataAttribute, error] {
	return s.list(params).all(ctx, opts)
}

func (s *DataAttributesService) list(p DataAttributeListParams) list[DataAttribute] {
	var q query
	add(&q, "model", p.Model)
	add(&q, "include_archived", p.IncludeArchived)
	return listOf[DataAttribute](s.client, operations.DataAttributesList, request{}.withQuery(q), 0, "")
}

// Create defines a new custom attribute.
//
// POST /data_attributes · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-attributes/createdataattribute
func (s *DataAttributesService) Create(ctx context.Context, params DataAttributeCreateParams, opts ...CallOption) (*DataAttribute, error) {
	return call[DataAttribute](ctx, s.client, operations.DataAttributesCreate, request{body: params}, opts)
}

// Update changes a data attribute. Its name, model and type stay as they are.
//
// PUT /data_attributes/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-attributes/updatedataattribute
func (s *DataAttributesService) Update(ctx context.Context, id string, params DataAttributeUpdateParams, opts ...CallOption) (*DataAttribute, error) {
	return call[DataAttribute](ctx, s.client, operations.DataAttributesUpdate, path(id).withBody(params), opts)
}
