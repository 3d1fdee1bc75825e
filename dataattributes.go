package intercom

import (
	"context"
	"encoding/json"
	"errors"
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

// dataAttributeOption is a value to choose from, as every version takes it: the
// published schema had plain strings up to 2.13, but its examples did not, and
// neither do Intercom's own clients of that time.
type dataAttributeOption struct {
	Value string `json:"value"`
}

func dataAttributeOptions(values []string) []dataAttributeOption {
	options := make([]dataAttributeOption, len(values))
	for i, value := range values {
		options[i].Value = value
	}
	return options
}

// dataTypeOptions is the first version that has a data type of its own for
// attributes with options.
const dataTypeOptions operations.Version = 2014

// forVersion gives an attribute with options the type that the version wants.
func (p DataAttributeCreateParams) forVersion(version operations.Version) (any, error) {
	type plain DataAttributeCreateParams
	if len(p.Options) == 0 {
		if p.DataType == DataAttributeTypeOptions {
			return nil, errors.New("options is required for the data_type options")
		}
		return plain(p), nil
	}
	switch {
	case p.DataType == DataAttributeTypeString && version >= dataTypeOptions:
		p.DataType = DataAttributeTypeOptions
	case p.DataType == DataAttributeTypeOptions && version < dataTypeOptions:
		p.DataType = DataAttributeTypeString
	}
	return struct {
		plain
		Options []dataAttributeOption `json:"options"`
	}{plain(p), dataAttributeOptions(p.Options)}, nil
}

// MarshalJSON writes the options as objects.
func (p DataAttributeUpdateParams) MarshalJSON() ([]byte, error) {
	type plain DataAttributeUpdateParams
	options, ok := p.Options.Get()
	if !ok {
		return json.Marshal(plain(p))
	}
	return json.Marshal(struct {
		plain
		Options []dataAttributeOption `json:"options"`
	}{plain(p), dataAttributeOptions(options)})
}

// List returns the data attributes of the workspace, all on one page.
//
// GET /data_attributes · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/data-attributes/lisdataattributes
func (s *DataAttributesService) List(ctx context.Context, params DataAttributeListParams, opts ...CallOption) (*Page[DataAttribute], error) {
	return onePage(ctx, s.list(params), opts)
}

// All iterates over the data attributes of the workspace.
func (s *DataAttributesService) All(ctx context.Context, params DataAttributeListParams, opts ...CallOption) iter.Seq2[*DataAttribute, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *DataAttributesService) list(p DataAttributeListParams) *list[DataAttribute] {
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
