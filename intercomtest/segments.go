package intercomtest

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var segmentsRoom = room{
	operations.SegmentsList: (*workspace).listSegments,
	operations.SegmentsGet:  (*workspace).getSegment,
}

// segment is a segment with its rule.
type segment struct {
	data intercom.Segment
	rule func(*contact) bool // nil if no contact is in it
}

// holds tells whether a contact is in the segment.
func (s *segment) holds(c *contact) bool { return s.rule != nil && s.rule(c) }

// seedSegment adds a segment.
func (w *workspace) seedSegment(s *intercom.Segment, rule intercom.Query) error {
	var keep func(*contact) bool
	if !rule.IsZero() {
		text, err := json.Marshal(rule)
		if err != nil {
			return fmt.Errorf("intercomtest: Seed: the rule of a segment: %w", err)
		}
		f, err := parseBody(text)
		if err == nil {
			keep, err = w.contactSearch.compile(f, 0)
		}
		if err != nil {
			return fmt.Errorf("intercomtest: Seed: the rule of a segment: %w", err)
		}
	}
	fillFrom(&s.ID, w.ids.hex)
	fill(&s.Name, "Segment "+s.ID)
	fill(&s.CreatedAt, w.now())
	fill(&s.UpdatedAt, s.CreatedAt)
	fill(&s.PersonType, intercom.SegmentPersonTypeUser)
	s.Type = "segment"
	w.segments.put(s.ID, s.CreatedAt, segment{data: *s, rule: keep})
	return nil
}

// showSegment makes what is answered of a segment that is not counted.
func (w *workspace) showSegment(it *item[segment]) any {
	s := it.value.data
	s.Count = nil
	return &s
}

// showCounted makes what is answered of a segment with the number of its
// contacts.
func (w *workspace) showCounted(it *item[segment]) any {
	s := it.value.data
	if s.Count == nil || it.value.rule != nil {
		n := 0
		for _, c := range w.contacts.active() {
			if it.value.holds(&c.value) {
				n++
			}
		}
		s.Count = &n
	}
	return &s
}

func (w *workspace) listSegments(r *request) (any, error) {
	if r.flag("include_count") {
		return wholePage(r, w.segments.all(), w.showCounted)
	}
	return wholePage(r, w.segments.all(), w.showSegment)
}

func (w *workspace) getSegment(r *request) (any, error) {
	it := w.segments.get(r.param("id"))
	switch {
	case it == nil:
		return nil, notFound("Segment")
	case r.flag("include_count"):
		return w.showCounted(it), nil
	}
	return w.showSegment(it), nil
}

// segmentList is the list of segments that a company shows.
func (w *workspace) segmentList(ids []string) *intercom.SegmentList {
	list := &intercom.SegmentList{Type: "segment.list"}
	for _, it := range w.segments.all() {
		if slices.Contains(ids, it.id) {
			list.Segments = append(list.Segments, it.value.data)
		}
	}
	return list
}
