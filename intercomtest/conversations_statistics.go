package intercomtest

import (
	"slices"

	"github.com/seed-8b687bef/intercom-go"
)

// begin starts the statistics with the message that the conversation begins
// with.
func (c *conversation) begin() {
	d := &c.data
	d.Statistics = &intercom.ConversationStatistics{Type: "conversation_statistics"}
	for _, n := range []**int{&d.Statistics.CountReopens, &d.Statistics.CountAssignments, &d.Statistics.CountConversationParts} {
		*n = new(int)
	}
	switch author := d.Source.Author; {
	case byContact(author):
		c.contactWrote(d.CreatedAt)
	case author != nil && author.Type == intercom.AuthorTypeAdmin:
		d.Statistics.LastAdminReplyAt = d.CreatedAt
		c.addTeammate(author.ID)
	}
}

// record keeps the statistics and what else follows from the parts in step
// with a new part.
func (c *conversation) record(p *intercom.ConversationPart) {
	s := c.data.Statistics
	add(&s.CountConversationParts)
	admin := p.Author != nil && p.Author.Type == intercom.AuthorTypeAdmin
	if admin && p.Body != "" {
		c.addTeammate(p.Author.ID)
	}
	switch p.PartType {
	case intercom.ConversationPartTypeNote:
		return
	case intercom.ConversationPartTypeAssignment, intercom.ConversationPartTypeDefaultAssignment:
		c.assigned(p.CreatedAt)
	case intercom.ConversationPartTypeClose:
		c.closed(p, admin)
	case intercom.ConversationPartTypeOpen:
		add(&s.CountReopens)
	}
	switch {
	case p.Body == "":
	case byContact(p.Author):
		c.contactWrote(p.CreatedAt)
	case admin:
		c.adminWrote(p.CreatedAt)
	}
}

func (c *conversation) contactWrote(at intercom.Timestamp) {
	d := &c.data
	fill(&d.WaitingSince, at)
	fill(&d.Statistics.FirstContactReplyAt, at)
	d.Statistics.LastContactReplyAt = at
	if d.FirstContactReply == nil {
		d.FirstContactReply = &intercom.ConversationFirstReply{CreatedAt: at, Type: string(d.Source.Type), URL: d.Source.URL}
	}
}

func (c *conversation) adminWrote(at intercom.Timestamp) {
	d, s := &c.data, c.data.Statistics
	s.LastAdminReplyAt = at
	if !s.FirstContactReplyAt.IsZero() && s.FirstAdminReplyAt.IsZero() {
		s.FirstAdminReplyAt = at
		s.TimeToAdminReply = seconds(d.CreatedAt, at)
	}
	if !s.LastAssignmentAt.IsZero() {
		fill(&s.LastAssignmentAdminReplyAt, at)
	}
	if !d.WaitingSince.IsZero() {
		c.replies = append(c.replies, *seconds(d.WaitingSince, at))
		sorted := slices.Sorted(slices.Values(c.replies))
		s.MedianTimeToReply = &sorted[len(sorted)/2]
		d.WaitingSince = intercom.Timestamp{}
	}
}

func (c *conversation) assigned(at intercom.Timestamp) {
	s := c.data.Statistics
	add(&s.CountAssignments)
	fill(&s.FirstAssignmentAt, at)
	s.LastAssignmentAt, s.LastAssignmentAdminReplyAt = at, intercom.Timestamp{}
	if s.FirstAdminReplyAt.IsZero() {
		s.TimeToAssignment = seconds(c.data.CreatedAt, at)
	}
}

func (c *conversation) closed(p *intercom.ConversationPart, admin bool) {
	s := c.data.Statistics
	if s.FirstCloseAt.IsZero() {
		s.FirstCloseAt = p.CreatedAt
		s.TimeToFirstClose = seconds(c.data.CreatedAt, p.CreatedAt)
	}
	s.LastCloseAt = p.CreatedAt
	s.TimeToLastClose = seconds(c.data.CreatedAt, p.CreatedAt)
	if admin {
		s.LastClosedByID = p.Author.ID
	}
}

// addTeammate notes that an admin wrote.
func (c *conversation) addTeammate(id string) {
	list := &intercom.ConversationTeammates{Type: "admin.list"}
	if c.data.Teammates != nil {
		*list = *c.data.Teammates
	}
	if !slices.ContainsFunc(list.Admins, func(ref intercom.Reference) bool { return ref.ID == id }) {
		list.Admins = append(slices.Clone(list.Admins), intercom.Reference{Type: "admin", ID: id})
	}
	c.data.Teammates = list
}

// byContact tells whether somebody of outside the workspace wrote.
func byContact(author *intercom.Author) bool {
	return author != nil && (author.Type == intercom.AuthorTypeUser || author.Type == intercom.AuthorTypeLead ||
		author.Type == intercom.AuthorTypeContact)
}

// seconds is how long it is from one time to another.
func seconds(from, to intercom.Timestamp) *int {
	n := max(0, int(to.Unix()-from.Unix()))
	return &n
}

// add counts one more.
func add(n **int) {
	more := 1
	if *n != nil {
		more = **n + 1
	}
	*n = &more
}
