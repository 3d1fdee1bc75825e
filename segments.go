package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// SegmentsService reads the segments of the workspace: groups of contacts or
// companies that share traits. Get it from Client.Segments.
type SegmentsService struct{ client *Client }

// SegmentListParams says what to list about segments. The zero value is fine.
type SegmentListParams struct {
	// IncludeCount asks for the number of contacts in each segment, which takes
	// the API longer.
	IncludeCount bool
}

// Get returns the segment with an id.
//
// GET /segments/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/segments/retrievesegment
func (s *SegmentsService) Get(ctx context.Context, id string, opts ...CallOption) (*Segment, error) {
	return call[Segment](ctx, s.client, operations.SegmentsGet, path(id), opts)
}

// List returns the segments of the workspace, all on one page.
//
// GET /segments · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/segments/listsegments
func (s *SegmentsService) List(ctx context.Context, params SegmentListParams, opts ...CallOption) (*Page[Segment], error) {
	return onePage(ctx, s.list(params), opts)
}

// All iterates over the segments of the workspace.
func (s *SegmentsService) All(ctx context.Context, params SegmentListParams, opts ...CallOption) iter.Seq2[*Segment, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *SegmentsService) list(p SegmentListParams) *list[Segment] {
	var q query
	add(&q, "include_count", p.IncludeCount)
	return listOf[Segment](s.client, operations.SegmentsList, request{}.withQuery(q), 0, "")
}
