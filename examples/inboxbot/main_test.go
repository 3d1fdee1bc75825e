package main

import (
	"bytes"
	"context"
	"flag"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// shop is a workspace with the bot at work.
type shop struct {
	*intercomtest.Server
	client *intercom.Client
	bot    *bot
	out    bytes.Buffer
}

func newShop(t *testing.T, hour int, opts ...intercomtest.Option) *shop {
	t.Helper()
	day := time.Date(2026, time.May, 5, hour, 0, 0, 0, time.UTC)
	s := &shop{Server: intercomtest.New(t, append([]intercomtest.Option{
		intercomtest.WithoutSocket(),
		intercomtest.WithClock(func() time.Time { return day }),
	}, opts...)...)}
	s.Seed(intercom.Team{ID: "501", Name: "Billing"}, intercom.Team{ID: "502", Name: "Support"})
	client, err := s.Client(intercom.WithoutRetry())
	require.NoError(t, err)
	s.client = client
	s.bot, err = newBot(t.Context(), client, houseRules, s.Now, &s.out)
	require.NoError(t, err)
	return s
}

// conversation lets somebody write and returns what became of it.
func (s *shop) conversation(t *testing.T, text string) func() intercom.Conversation {
	t.Helper()
	require.NoError(t, write(t.Context(), s.client, text, text))
	all := s.Conversations()
	id := all[len(all)-1].ID
	return func() intercom.Conversation {
		for _, c := range s.Conversations() {
			if c.ID == id {
				return c
			}
		}
		return intercom.Conversation{}
	}
}

func (s *shop) pass(t *testing.T) int {
	t.Helper()
	n, err := s.bot.pass(t.Context())
	require.NoError(t, err)
	return n
}

func tags(c intercom.Conversation) (names []string) {
	for _, tag := range c.Tags.Tags {
		names = append(names, tag.Name)
	}
	return names
}

// comments are the texts that admins wrote.
func comments(c intercom.Conversation) (texts []string) {
	for _, p := range c.Parts.Parts {
		if p.PartType == intercom.ConversationPartTypeComment && p.Author.Type == intercom.AuthorTypeAdmin {
			texts = append(texts, p.Body)
		}
	}
	return texts
}

func TestRules(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		hour  int
		text  string
		state intercom.ConversationState
		tags  []string
		team  string
		reply string
	}{
		"hours":       {10, "Are you OPEN on holidays?", intercom.ConversationStateClosed, []string{seenTag, "hours"}, "", "8 to 18"},
		"billing":     {10, "I'd like a refund & an apology", intercom.ConversationStateOpen, []string{seenTag, "billing"}, "501", "billing team"},
		"bug":         {22, "It says error 7", intercom.ConversationStateOpen, []string{seenTag, "bug"}, "502", ""},
		"after hours": {22, "Hello?", intercom.ConversationStateSnoozed, []string{seenTag, "after-hours"}, "502", "back at 8"},
		"at daytime":  {10, "Hello?", intercom.ConversationStateOpen, []string{seenTag}, "502", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, opts := range [][]intercomtest.Option{{intercomtest.WithoutQuirks()}, {intercomtest.WithQuirks()}} {
				s := newShop(t, test.hour, opts...)
				conversation := s.conversation(t, test.text)
				assert.Equal(t, 1, s.pass(t))
				c := conversation()
				assert.Equal(t, test.state, c.State)
				assert.ElementsMatch(t, test.tags, tags(c))
				assert.Equal(t, test.team, c.TeamAssigneeID)
				if test.reply == "" {
					assert.Empty(t, comments(c))
				} else {
					require.Len(t, comments(c), 1)
					assert.Contains(t, comments(c)[0], test.reply)
				}
				if test.state == intercom.ConversationStateSnoozed {
					assert.Equal(t, "2026-05-06T08:00:00Z", c.SnoozedUntil.String())
				}
			}
		})
	}
}

func TestEachConversationOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t, 10)
	first := s.conversation(t, "VAT?")
	assert.Equal(t, 1, s.pass(t))
	assert.Equal(t, 0, s.pass(t))

	second := s.conversation(t, "a payment")
	again, err := newBot(t.Context(), s.client, houseRules, s.Now, &s.out) // as after a restart
	require.NoError(t, err)
	n, err := again.pass(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	assert.Len(t, comments(first()), 1)
	assert.Len(t, comments(second()), 1)
	assert.Len(t, s.Tags(), 5, "none was made twice")
}

func TestLeavesTheWorkOfOthersAlone(t *testing.T) {
	t.Parallel()
	s := newShop(t, 10)
	ctx, me := t.Context(), s.Me().ID
	assigned := s.conversation(t, "invoice, assigned")
	_, err := s.client.Conversations.Assign(ctx, assigned().ID, intercom.ConversationAssignParams{AdminID: me, Assignee: intercom.AssignToAdmin(me)})
	require.NoError(t, err)
	replied := s.conversation(t, "invoice, answered")
	_, err = s.client.Conversations.ReplyAsAdmin(ctx, replied().ID, intercom.ConversationAdminReplyParams{AdminID: me, Body: "By hand."})
	require.NoError(t, err)
	closed := s.conversation(t, "invoice, closed")
	_, err = s.client.Conversations.Close(ctx, closed().ID, intercom.ConversationCloseParams{AdminID: me})
	require.NoError(t, err)
	s.Seed(intercom.Conversation{
		ID: "9", CreatedAt: intercom.TimestampOf(s.Now().AddDate(0, 0, -2)),
		Source: &intercom.ConversationSource{Body: "an old invoice", DeliveredAs: intercom.ConversationDeliveryCustomerInitiated},
	}, intercom.Conversation{
		ID:     "10",
		Source: &intercom.ConversationSource{Body: "our invoice", DeliveredAs: intercom.ConversationDeliveryAdminInitiated},
	})
	assert.Equal(t, 0, s.pass(t))
	for _, c := range s.Conversations() {
		assert.NotContains(t, tags(c), seenTag)
	}
	assert.Equal(t, []string{"<p>By hand.</p>"}, comments(replied()))
}

func TestAFailureConcernsOneConversation(t *testing.T) {
	t.Parallel()
	s := newShop(t, 10)
	unlucky := s.conversation(t, "invoice 1")
	lucky := s.conversation(t, "invoice 2")
	s.Inject(intercomtest.Fault{Operation: "Conversations.ReplyAsAdmin", Status: 500})
	n, err := s.bot.pass(t.Context())
	require.ErrorContains(t, err, unlucky().ID)
	assert.Equal(t, 1, n)
	assert.Len(t, comments(lucky()), 1)
	assert.Equal(t, 0, s.pass(t), "it is left to a teammate")
	assert.Empty(t, comments(unlucky()))
}

func TestRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShop(t, 10, intercomtest.WithClock(time.Now))
		s.bot.now = time.Now
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.bot.run(ctx, time.Minute) }()
		s.Inject(intercomtest.Fault{Operation: "Conversations.Search", Status: 500})

		time.Sleep(90 * time.Second)
		conversation := s.conversation(t, "invoice")
		time.Sleep(25 * time.Second)
		assert.Empty(t, comments(conversation()), "it is not a minute yet")
		time.Sleep(10 * time.Second)
		assert.Len(t, comments(conversation()), 1)
		stop()
		require.NoError(t, <-ended)
		assert.Contains(t, s.out.String(), "again later")
	})
}

func TestRunEndsWithoutAToken(t *testing.T) {
	t.Parallel()
	s := newShop(t, 10)
	s.Inject(intercomtest.Fault{Status: 401, Times: -1})
	err := s.bot.run(t.Context(), time.Hour)
	assert.True(t, intercom.IsUnauthorized(err), "%v", err)
}

func TestRulesThatNameNobody(t *testing.T) {
	t.Parallel()
	s := newShop(t, 10)
	_, err := newBot(t.Context(), s.client, []rule{{name: "typo", team: "Biling"}}, s.Now, &s.out)
	require.ErrorContains(t, err, `rule "typo": the workspace has no team "Biling"`)
}

func TestDemo(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), nil, &out))
	for _, want := range []string{
		`"My invoice has the wrong address." → billing: replied, tagged billing, assigned to Billing`,
		`snoozed until Wed 08:00`,
		"no new conversations",
		"closed  #seen-by-bot #hours",
	} {
		assert.Contains(t, out.String(), want)
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.ErrorIs(t, run(t.Context(), []string{"-h"}, &out), flag.ErrHelp)
	assert.Contains(t, out.String(), "-live")
	assert.Contains(t, out.String(), "fake workspace")
	require.ErrorContains(t, run(t.Context(), []string{"now"}, &out), `nothing to do with "now"`)
	require.Error(t, run(t.Context(), []string{"-every", "0s"}, &out))
}
