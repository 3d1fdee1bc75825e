package intercomtest

import (
	"cmp"

	"github.com/seed-8b687bef/intercom-go"
)

// newConversationSearch tells how conversations are searched.
func newConversationSearch(w *workspace) *searchable[conversation] {
	s := &searchable[conversation]{fields: map[string]searchField[conversation]{}, prefix: "custom_attribute."}
	s.attribute = func(name string) searchField[conversation] {
		return attributeField[conversation]{name: name, of: func(c *conversation) *intercom.CustomAttributes { return &c.data.CustomAttributes }}
	}
	addConversationTexts(s)
	for name, get := range map[string]flagField[conversation]{
		"open":                  func(c *conversation) bool { return c.data.Open },
		"read":                  func(c *conversation) bool { return c.data.Read },
		"ai_agent_participated": func(c *conversation) bool { return c.data.AIAgentParticipated },
	} {
		s.fields[name] = get
	}
	s.fields["priority"] = textField[conversation](func(c *conversation) string { return string(c.data.Priority) })
	s.addList("contact_ids", func(c *conversation) []string { return w.currentIDs(c.contacts) })
	s.addList("tag_ids", func(c *conversation) []string { return tagIDs(w.known(c.tags)) })
	s.addList("teammate_ids", func(c *conversation) (ids []string) {
		if c.data.Teammates != nil {
			for _, a := range c.data.Teammates.Admins {
				ids = append(ids, a.ID)
			}
		}
		return ids
	})
	addConversationMoments(s)
	addConversationNumbers(s)
	return s
}

func addConversationTexts(s *searchable[conversation]) {
	for name, get := range map[string]textField[conversation]{
		"id":                           func(c *conversation) string { return c.data.ID },
		"state":                        func(c *conversation) string { return string(c.data.State) },
		"title":                        func(c *conversation) string { return c.data.Title },
		"source.type":                  func(c *conversation) string { return string(c.data.Source.Type) },
		"source.id":                    func(c *conversation) string { return c.data.Source.ID },
		"source.delivered_as":          func(c *conversation) string { return string(c.data.Source.DeliveredAs) },
		"source.subject":               func(c *conversation) string { return c.data.Source.Subject },
		"source.body":                  func(c *conversation) string { return plainText(c.data.Source.Body) },
		"source.url":                   func(c *conversation) string { return c.data.Source.URL },
		"source.author.id":             func(c *conversation) string { return c.author().ID },
		"source.author.type":           func(c *conversation) string { return string(c.author().Type) },
		"source.author.name":           func(c *conversation) string { return c.author().Name },
		"channel_initiated":            func(c *conversation) string { return string(c.data.Source.Type) },
		"statistics.last_closed_by_id": func(c *conversation) string { return c.data.Statistics.LastClosedByID },
		"conversation_rating.remark":   func(c *conversation) string { return c.rating().Remark },
		"conversation_rating.contact_id": func(c *conversation) string {
			if by := c.rating().Contact; by != nil {
				return by.ID
			}
			return ""
		},
		"ai_agent.resolution_state": func(c *conversation) string { return string(c.agent().ResolutionState) },
		"ai_agent.last_answer_type": func(c *conversation) string { return string(c.agent().LastAnswerType) },
		"ai_agent.rating_remark":    func(c *conversation) string { return c.agent().RatingRemark },
		"ai_agent.source_type":      func(c *conversation) string { return string(c.agent().SourceType) },
		"ai_agent.source_title":     func(c *conversation) string { return c.agent().SourceTitle },
	} {
		s.fields[name] = get
	}
	s.fields["source.author.email"] = foldedField[conversation](func(c *conversation) string { return c.author().Email })
}

func addConversationMoments(s *searchable[conversation]) {
	for name, get := range map[string]momentField[conversation]{
		"created_at":                                func(c *conversation) intercom.Timestamp { return c.data.CreatedAt },
		"updated_at":                                func(c *conversation) intercom.Timestamp { return c.data.UpdatedAt },
		"waiting_since":                             func(c *conversation) intercom.Timestamp { return c.data.WaitingSince },
		"snoozed_until":                             func(c *conversation) intercom.Timestamp { return c.data.SnoozedUntil },
		"conversation_rating.requested_at":          func(c *conversation) intercom.Timestamp { return c.rating().CreatedAt },
		"conversation_rating.replied_at":            func(c *conversation) intercom.Timestamp { return c.rating().UpdatedAt },
		"statistics.first_contact_reply_at":         func(c *conversation) intercom.Timestamp { return c.data.Statistics.FirstContactReplyAt },
		"statistics.first_assignment_at":            func(c *conversation) intercom.Timestamp { return c.data.Statistics.FirstAssignmentAt },
		"statistics.first_admin_reply_at":           func(c *conversation) intercom.Timestamp { return c.data.Statistics.FirstAdminReplyAt },
		"statistics.first_close_at":                 func(c *conversation) intercom.Timestamp { return c.data.Statistics.FirstCloseAt },
		"statistics.last_assignment_at":             func(c *conversation) intercom.Timestamp { return c.data.Statistics.LastAssignmentAt },
		"statistics.last_assignment_admin_reply_at": func(c *conversation) intercom.Timestamp { return c.data.Statistics.LastAssignmentAdminReplyAt },
		"statistics.last_contact_reply_at":          func(c *conversation) intercom.Timestamp { return c.data.Statistics.LastContactReplyAt },
		"statistics.last_admin_reply_at":            func(c *conversation) intercom.Timestamp { return c.data.Statistics.LastAdminReplyAt },
		"statistics.last_close_at":                  func(c *conversation) intercom.Timestamp { return c.data.Statistics.LastCloseAt },
	} {
		s.fields[name] = get
	}
}

func addConversationNumbers(s *searchable[conversation]) {
	for name, get := range map[string]func(*conversation) *int{
		"conversation_rating.score":           func(c *conversation) *int { return c.rating().Rating },
		"ai_agent.rating":                     func(c *conversation) *int { return c.agent().Rating },
		"statistics.time_to_assignment":       func(c *conversation) *int { return c.data.Statistics.TimeToAssignment },
		"statistics.time_to_admin_reply":      func(c *conversation) *int { return c.data.Statistics.TimeToAdminReply },
		"statistics.time_to_first_close":      func(c *conversation) *int { return c.data.Statistics.TimeToFirstClose },
		"statistics.time_to_last_close":       func(c *conversation) *int { return c.data.Statistics.TimeToLastClose },
		"statistics.median_time_to_reply":     func(c *conversation) *int { return c.data.Statistics.MedianTimeToReply },
		"statistics.count_reopens":            func(c *conversation) *int { return c.data.Statistics.CountReopens },
		"statistics.count_assignments":        func(c *conversation) *int { return c.data.Statistics.CountAssignments },
		"statistics.count_conversation_parts": func(c *conversation) *int { return c.data.Statistics.CountConversationParts },
	} {
		s.fields[name] = numberField[conversation](func(c *conversation) (float64, bool) {
			if n := get(c); n != nil {
				return float64(*n), true
			}
			return 0, false
		})
	}
	for name, get := range map[string]func(*conversation) string{
		"admin_assignee_id": func(c *conversation) string { return c.data.AdminAssigneeID },
		"team_assignee_id":  func(c *conversation) string { return c.data.TeamAssigneeID },
	} {
		s.fields[name] = idField[conversation](func(c *conversation) string { return orZero(get(c)) }) // Nobody is 0.
	}
}

// Parts of conversations that many don't have, empty for those. They are shared
// and never written to.
var (
	noAuthor intercom.Author
	noRating intercom.ConversationRating
	noAgent  intercom.AIAgent
)

func (c *conversation) author() *intercom.Author { return cmp.Or(c.data.Source.Author, &noAuthor) }

func (c *conversation) rating() *intercom.ConversationRating { return cmp.Or(c.data.Rating, &noRating) }

func (c *conversation) agent() *intercom.AIAgent { return cmp.Or(c.data.AIAgent, &noAgent) }

func tagIDs(tags []appliedTag) []string {
	ids := make([]string, len(tags))
	for i, t := range tags {
		ids[i] = t.id
	}
	return ids
}

// addList adds a field that holds several ids.
func (s *searchable[T]) addList(name string, ids func(*T) []string) {
	s.fields[name] = listField[T](func(v *T, has func(string) bool) bool {
		for _, id := range ids(v) {
			if has(id) {
				return true
			}
		}
		return false
	})
}
