package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// seenTag is on every conversation that the bot has seen to. It is the bot's
// memory: it may be stopped and started as one likes, and there may be two.
const seenTag = "seen-by-bot"

// lookBack is how old a conversation can be and still be new.
const lookBack = 24 * time.Hour

// bot sees to new conversations.
type bot struct {
	client *intercom.Client
	rules  []rule
	now    func() time.Time
	out    io.Writer

	me    string            // id of the admin in whose name it acts
	tags  map[string]string // ids by name
	teams map[string]string // ids by name
}

// newBot looks up the names in the rules, so that a mistake in them shows at
// once and not when somebody waits for an answer.
func newBot(ctx context.Context, client *intercom.Client, rules []rule, now func() time.Time, out io.Writer) (*bot, error) {
	b := &bot{client: client, rules: rules, now: now, out: out, tags: map[string]string{}, teams: map[string]string{}}
	me, err := client.Admins.Me(ctx)
	if err != nil {
		return nil, err
	}
	b.me = me.ID
	for team, err := range client.Teams.All(ctx) {
		if err != nil {
			return nil, err
		}
		b.teams[team.Name] = team.ID
	}
	tags := []string{seenTag}
	for _, r := range rules {
		if r.team != "" && b.teams[r.team] == "" {
			return nil, fmt.Errorf("rule %q: the workspace has no team %q", r.name, r.team)
		}
		if r.tag != "" {
			tags = append(tags, r.tag)
		}
	}
	for _, name := range tags { // Upsert answers with the tag that is there already.
		tag, err := client.Tags.Upsert(ctx, intercom.TagUpsertParams{Name: name})
		if err != nil {
			return nil, err
		}
		b.tags[name] = tag.ID
	}
	return b, nil
}

// run looks for new conversations until the context ends. A look that fails is
// no reason to stop: what it missed is still new the next time.
func (b *bot) run(ctx context.Context, every time.Duration) error {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		_, err := b.pass(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case intercom.IsUnauthorized(err), intercom.IsForbidden(err):
			return err
		case err != nil:
			fmt.Fprintln(b.out, "  that went wrong, again later:", err)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// pass sees to the conversations that are new, the oldest first, and returns
// how many there were.
func (b *bot) pass(ctx context.Context) (int, error) {
	query := intercom.And(
		intercom.Field("state").Eq(intercom.ConversationStateOpen),
		intercom.Field("created_at").After(b.now().Add(-lookBack)),
	)
	var fresh []string // Seeing to one changes what the search finds, so that comes after it.
	for c, err := range b.client.Conversations.SearchAll(ctx, intercom.ConversationSearchParams{
		Query: query,
		Sort:  intercom.Sort{Field: "created_at", Order: intercom.Ascending},
	}) {
		if err != nil {
			return 0, err
		}
		if b.isNew(c) {
			fresh = append(fresh, c.ID)
		}
	}
	seen := 0
	var failures []error
	for _, id := range fresh {
		switch did, err := b.seeTo(ctx, id); {
		case err != nil:
			failures = append(failures, fmt.Errorf("conversation %s: %w", id, err))
		case did:
			seen++
		}
	}
	if seen == 0 {
		fmt.Fprintln(b.out, "  no new conversations")
	}
	return seen, errors.Join(failures...)
}

// isNew tells whether neither the bot nor anybody else has seen to a
// conversation.
func (b *bot) isNew(c *intercom.Conversation) bool {
	taken := func(id string) bool { return id != "" && id != "0" }
	if taken(c.AdminAssigneeID) || taken(c.TeamAssigneeID) || c.State != intercom.ConversationStateOpen {
		return false
	}
	if c.Source != nil && c.Source.DeliveredAs != intercom.ConversationDeliveryCustomerInitiated {
		return false // We wrote first.
	}
	return c.Tags == nil || !slices.ContainsFunc(c.Tags.Tags, func(t intercom.Tag) bool { return t.ID == b.tags[seenTag] })
}

// seeTo follows the first rule that fits a conversation.
func (b *bot) seeTo(ctx context.Context, id string) (bool, error) {
	// A search knows what was true some seconds ago. Somebody may have been
	// quicker.
	c, err := b.client.Conversations.Get(ctx, id, intercom.ConversationGetParams{DisplayAs: intercom.ConversationDisplayPlainText})
	if err != nil || !b.isNew(c) || answered(c) {
		return false, err
	}
	var text string
	if c.Source != nil {
		text = strings.TrimSpace(c.Source.Subject + " " + plain(c.Source.Body))
	}
	i := slices.IndexFunc(b.rules, func(r rule) bool { return r.fits(text, b.now()) })
	if i < 0 {
		return false, nil
	}
	// The mark comes first: it is better that a teammate answers what the bot
	// left undone than that the bot answers twice.
	if err := b.tag(ctx, id, seenTag); err != nil {
		return false, err
	}
	did, err := b.follow(ctx, id, b.rules[i])
	fmt.Fprintf(b.out, "  %q → %s: %s\n", text, b.rules[i].name, strings.Join(did, ", "))
	return true, err
}

// answered tells whether an admin or a bot has written already.
func answered(c *intercom.Conversation) bool {
	return c.Parts != nil && slices.ContainsFunc(c.Parts.Parts, func(p intercom.ConversationPart) bool {
		byUs := p.Author != nil && (p.Author.Type == intercom.AuthorTypeAdmin || p.Author.Type == intercom.AuthorTypeBot)
		return byUs && p.PartType == intercom.ConversationPartTypeComment
	})
}

// follow does what a rule says, and tells what it did.
func (b *bot) follow(ctx context.Context, id string, r rule) (did []string, err error) {
	conversations := b.client.Conversations
	if r.reply != "" {
		if _, err := conversations.ReplyAsAdmin(ctx, id, intercom.ConversationAdminReplyParams{AdminID: b.me, Body: r.reply}); err != nil {
			return did, err
		}
		did = append(did, "replied")
	}
	if r.tag != "" {
		if err := b.tag(ctx, id, r.tag); err != nil {
			return did, err
		}
		did = append(did, "tagged "+r.tag)
	}
	if r.team != "" {
		if _, err := conversations.Assign(ctx, id, intercom.ConversationAssignParams{
			AdminID: b.me, Assignee: intercom.AssignToTeam(b.teams[r.team]),
		}); err != nil {
			return did, err
		}
		did = append(did, "assigned to "+r.team)
	}
	if r.snoozeTo != (clockTime{}) {
		until := r.snoozeTo.after(b.now())
		if _, err := conversations.Snooze(ctx, id, intercom.ConversationSnoozeParams{
			AdminID: b.me, SnoozedUntil: intercom.TimestampOf(until),
		}); err != nil {
			return did, err
		}
		did = append(did, "snoozed until "+until.Format("Mon 15:04"))
	}
	if r.close {
		if _, err := conversations.Close(ctx, id, intercom.ConversationCloseParams{AdminID: b.me}); err != nil {
			return did, err
		}
		did = append(did, "closed")
	}
	return did, nil
}

func (b *bot) tag(ctx context.Context, id, name string) error {
	_, err := b.client.Conversations.Tags.Attach(ctx, id, intercom.ConversationTagAttachParams{ID: b.tags[name], AdminID: b.me})
	return err
}

var markup = regexp.MustCompile(`<[^>]*>`)

// plain takes the markup out of a text.
func plain(text string) string {
	return strings.TrimSpace(html.UnescapeString(markup.ReplaceAllString(text, " ")))
}
