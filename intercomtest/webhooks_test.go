package intercomtest_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

const secret = "tide and time"

// inbox is a webhook that keeps what it is told.
type inbox struct {
	*webhook.Handler
	mu    sync.Mutex
	items map[string]json.RawMessage // the newest of each topic
	news  []string                   // topics since the last call of told
}

func newInbox(t *testing.T) *inbox {
	t.Helper()
	h, err := webhook.NewHandler(secret)
	require.NoError(t, err)
	in := &inbox{Handler: h, items: map[string]json.RawMessage{}}
	h.OnOther(func(_ context.Context, n *webhook.Notification) error {
		in.mu.Lock()
		defer in.mu.Unlock()
		in.news = append(in.news, n.Topic)
		in.items[n.Topic] = n.RawItem
		return nil
	})
	return in
}

// told returns the topics of what came since the last call.
func (in *inbox) told(srv *intercomtest.Server) []string {
	srv.FlushWebhooks()
	in.mu.Lock()
	defer in.mu.Unlock()
	news := in.news
	in.news = nil
	return news
}

// itemOf is the newest object of a topic.
func itemOf[T any](t *testing.T, in *inbox, topic webhook.Topic[T]) T {
	t.Helper()
	in.mu.Lock()
	defer in.mu.Unlock()
	var item T
	decode(t, string(in.items[string(topic)]), &item)
	return item
}

// deed is something to do and what webhooks hear of it.
type deed struct {
	name   string
	do     func() error
	topics []string
}

func check(t *testing.T, srv *intercomtest.Server, in *inbox, deeds []deed) {
	t.Helper()
	for _, d := range deeds {
		require.NoError(t, d.do(), d.name)
		assert.Equal(t, d.topics, in.told(srv), d.name)
	}
}

func without[T any](_ T, err error) error { return err }

func TestWebhooksOfContacts(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		t.Helper()
		in, ctx, contacts := newInbox(t), t.Context(), client.Contacts
		srv.AddWebhookHandler(in, secret)
		srv.Seed(
			intercom.Tag{ID: "7", Name: "crew"},
			intercom.Contact{ID: "lead", Role: intercom.ContactRoleLead}, intercom.Contact{ID: "other", Role: intercom.ContactRoleLead},
			intercom.Contact{ID: "user", Role: intercom.ContactRoleUser, Name: "Uwe"},
			intercom.Company{ID: "co", Name: "Quay"},
		)
		update := func(id string, p intercom.ContactUpdateParams) func() error {
			return func() error { return without(contacts.Update(ctx, id, p)) }
		}
		check(t, srv, in, []deed{
			{"seeding and reading", func() error { return without(contacts.Get(ctx, "user")) }, nil},
			{"a user", func() error {
				return without(contacts.Create(ctx, intercom.ContactCreateParams{Email: "a@example.com"}))
			}, []string{"contact.user.created"}},
			{"a lead", func() error {
				return without(contacts.Create(ctx, intercom.ContactCreateParams{Role: intercom.ContactRoleLead}))
			}, []string{"contact.lead.created"}},
			{"one that is there", func() error {
				_, err := contacts.Create(ctx, intercom.ContactCreateParams{Email: "a@example.com"})
				assert.True(t, intercom.IsConflict(err))
				return nil
			}, nil},
			{"a name", update("user", intercom.ContactUpdateParams{Name: intercom.Set("Ute")}), []string{"contact.user.updated"}},
			{"an address", update("user", intercom.ContactUpdateParams{Email: intercom.Set("u@example.com")}), []string{"contact.user.updated", "contact.email.updated"}},
			{"a lead's address", update("lead", intercom.ContactUpdateParams{Email: intercom.Set("l@example.com")}), []string{"contact.lead.updated", "contact.lead.added_email"}},
			{"a lead's tag", func() error { return without(contacts.Tags.Attach(ctx, "lead", "7")) }, []string{"contact.lead.tag.created"}},
			{"no lead any more", update("lead", intercom.ContactUpdateParams{Role: intercom.Set(intercom.ContactRoleUser)}), []string{"contact.lead.signed_up"}},
			{"no tag any more", func() error { return without(contacts.Tags.Detach(ctx, "lead", "7")) }, []string{"contact.user.tag.deleted"}},
			{"a company joined", func() error { return without(contacts.Companies.Attach(ctx, "user", "co")) }, []string{"company.contact.attached"}},
			{"a company left", func() error { return without(contacts.Companies.Detach(ctx, "user", "co")) }, []string{"company.contact.detached"}},
			{"merged", func() error {
				return without(contacts.Merge(ctx, intercom.ContactMergeParams{From: "other", Into: "user"}))
			}, []string{"contact.merged"}},
			{"archived", func() error { return without(contacts.Archive(ctx, "user")) }, []string{"contact.archived"}},
			{"back again", func() error { return without(contacts.Unarchive(ctx, "user")) }, []string{"contact.unarchive"}},
			{"deleted", func() error { return without(contacts.Delete(ctx, "user")) }, []string{"contact.deleted"}},
		})
		assert.Equal(t, "a@example.com", itemOf(t, in, webhook.ContactUserCreated).Email)
		assert.Equal(t, "u@example.com", itemOf(t, in, webhook.ContactEmailUpdated).Email)
		assert.Equal(t, "crew", itemOf(t, in, webhook.ContactLeadTagCreated).Tag.Name)
		assert.Equal(t, "lead", itemOf(t, in, webhook.ContactUserTagDeleted).Contact.ID)
		assert.Equal(t, "Quay", itemOf(t, in, webhook.CompanyContactAttached).Company.Name)
		assert.Equal(t, "user", itemOf(t, in, webhook.CompanyContactDetached).Contact.ID)
		assert.Equal(t, "Ute", itemOf(t, in, webhook.ContactMerged).Contact.Name)
		assert.Equal(t, "Ute", itemOf(t, in, webhook.ContactUnarchived).Name)
		assert.Equal(t, "user", itemOf(t, in, webhook.ContactDeleted).ID)
	})
}

func TestWebhooksOfConversations(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		t.Helper()
		in, ctx, me, author, conversations := newInbox(t), t.Context(), srv.Me().ID, skipper(srv), client.Conversations
		srv.Seed(intercom.Contact{ID: "mate", Role: intercom.ContactRoleUser, Name: "Mate"}, intercom.Tag{ID: "7", Name: "urgent"}, intercom.Team{ID: "500"})
		srv.AddWebhookHandler(in, secret)
		id := begin(t, client, author.ID, "Is the lock open?")
		assert.Equal(t, []string{"conversation.user.created"}, in.told(srv))

		assign := intercom.ConversationAssignParams{AdminID: me, Assignee: intercom.AssignToTeam("500")}
		check(t, srv, in, []deed{
			{"an answer", func() error {
				return without(conversations.ReplyAsAdmin(ctx, id, intercom.ConversationAdminReplyParams{AdminID: me, Body: "Until six."}))
			}, []string{"conversation.admin.replied"}},
			{"a note", func() error {
				return without(conversations.AddNote(ctx, id, intercom.ConversationNoteParams{AdminID: me, Body: "Again!"}))
			}, []string{"conversation.admin.noted"}},
			{
				"an assignment", func() error { return without(conversations.Assign(ctx, id, assign)) },
				[]string{"conversation.admin.assigned", "conversation.admin.open.assigned"},
			},
			{"a snooze", func() error {
				until := intercom.TimestampOf(srv.Now().Add(time.Hour))
				return without(conversations.Snooze(ctx, id, intercom.ConversationSnoozeParams{AdminID: me, SnoozedUntil: until}))
			}, []string{"conversation.admin.snoozed"}},
			{"its end", func() error {
				return without(conversations.Open(ctx, id, intercom.ConversationOpenParams{AdminID: me}))
			}, []string{"conversation.admin.unsnoozed"}},
			{"closed", func() error {
				return without(conversations.Close(ctx, id, intercom.ConversationCloseParams{AdminID: me}))
			}, []string{"conversation.admin.closed"}},
			{"closed and assigned", func() error { return without(conversations.Assign(ctx, id, assign)) }, []string{"conversation.admin.assigned"}},
			{"opened", func() error {
				return without(conversations.Open(ctx, id, intercom.ConversationOpenParams{AdminID: me}))
			}, []string{"conversation.admin.opened"}},
			{"closed again", func() error {
				return without(conversations.Close(ctx, id, intercom.ConversationCloseParams{AdminID: me}))
			}, []string{"conversation.admin.closed"}},
			{"thanks", func() error {
				return without(conversations.ReplyToLast(ctx, intercom.ConversationContactReplyParams{Contact: intercom.ContactByID(author.ID), Body: "Thanks!"}))
			}, []string{"conversation.user.replied"}},
			{"a tag", func() error {
				return without(conversations.Tags.Attach(ctx, id, intercom.ConversationTagAttachParams{ID: "7", AdminID: me}))
			}, []string{"conversation_part.tag.created"}},
			{
				"rules", func() error { return without(conversations.RunAssignmentRules(ctx, id)) },
				[]string{"conversation.admin.assigned", "conversation.admin.open.assigned"},
			},
			{"a second contact", func() error {
				return without(conversations.Contacts.Attach(ctx, id, intercom.ConversationContactAttachParams{AdminID: me, Contact: intercom.ContactByID("mate")}))
			}, []string{"conversation.contact.attached"}},
			{"who is there already", func() error {
				return without(conversations.Contacts.Attach(ctx, id, intercom.ConversationContactAttachParams{AdminID: me, Contact: intercom.ContactByID("mate")}))
			}, nil},
			{"who leaves", func() error {
				return without(conversations.Contacts.Detach(ctx, id, "mate", intercom.ConversationContactDetachParams{AdminID: me}))
			}, []string{"conversation.contact.detached"}},
			{"no longer to be read", func() error {
				part := itemOf(t, in, webhook.ConversationAdminReplied).Parts.Parts[0].ID
				return without(conversations.RedactPart(ctx, intercom.ConversationRedactPartParams{ConversationID: id, PartID: part}))
			}, []string{"conversation_part.redacted"}},
		})

		created := itemOf(t, in, webhook.ConversationUserCreated)
		assert.Equal(t, id, created.ID)
		assert.Equal(t, "<p>Is the lock open?</p>", created.Source.Body)
		assert.Empty(t, created.Parts.Parts)
		replied := itemOf(t, in, webhook.ConversationUserReplied)
		require.Len(t, replied.Parts.Parts, 1, "the part that it is about")
		assert.Equal(t, "<p>Thanks!</p>", replied.Parts.Parts[0].Body)
		assert.Equal(t, author.ID, replied.Parts.Parts[0].Author.ID)
		assert.True(t, replied.Open)
		assert.Equal(t, intercom.ConversationStateSnoozed, itemOf(t, in, webhook.ConversationAdminSnoozed).State)
		assert.Equal(t, "urgent", itemOf(t, in, webhook.ConversationPartTagCreated).Tags.Tags[0].Name)
		joined := itemOf(t, in, webhook.ConversationContactAttached)
		assert.Equal(t, []string{id, "Mate"}, []string{joined.Conversation.ID, joined.Contact.Name})
		redacted := itemOf(t, in, webhook.ConversationPartRedacted)
		require.Len(t, redacted.Parts.Parts, 1)
		assert.True(t, redacted.Parts.Parts[0].Redacted)
	})
}

func TestWebhooksOfTickets(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, plain *intercom.Client) {
		t.Helper()
		in, ctx, me := newInbox(t), t.Context(), srv.Me().ID
		client, err := plain.With(intercom.WithVersion(intercom.V2_11))
		require.NoError(t, err)
		author := skipper(srv)
		srv.Seed(intercom.Team{ID: "500"})
		kind, cause, _ := damage(t, client)
		srv.AddWebhookHandler(in, secret)
		var id string
		update := func(p intercom.TicketUpdateParams) func() error {
			return func() error { return without(client.Tickets.Update(ctx, id, p)) }
		}
		check(t, srv, in, []deed{
			{"a ticket", func() error {
				made, err := client.Tickets.Create(ctx, intercom.TicketCreateParams{
					TicketTypeID: kind.ID, Contacts: []intercom.ContactIdentity{intercom.ContactByID(author.ID)},
				})
				id = made.ID
				return err
			}, []string{"ticket.created"}},
			{"an assignment", update(intercom.TicketUpdateParams{AdminID: intercom.Set(me), AssigneeID: intercom.Set(me)}), []string{"ticket.admin.assigned"}},
			{"to a team", update(intercom.TicketUpdateParams{AdminID: intercom.Set(me), AssigneeID: intercom.Set("500")}), []string{"ticket.team.assigned"}},
			{"two things", update(intercom.TicketUpdateParams{
				State:            intercom.Set(intercom.TicketStateCategoryInProgress),
				TicketAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"Cause": option(t, cause)})),
			}), []string{"ticket.attribute.updated", "ticket.state.updated"}},
			{"a note", func() error {
				return without(client.Tickets.AddNote(ctx, id, intercom.TicketNoteParams{AdminID: me, Body: "Crane!"}))
			}, []string{"ticket.note.created"}},
			{"a reply", func() error {
				return without(client.Tickets.ReplyAsAdmin(ctx, id, intercom.TicketAdminReplyParams{AdminID: me, MessageType: intercom.TicketReplyTypeComment, Body: "On it."}))
			}, []string{"ticket.admin.replied"}},
			{"an answer", func() error {
				return without(client.Tickets.ReplyAsContact(ctx, id, intercom.TicketContactReplyParams{Contact: intercom.ContactByID(author.ID), Body: "Good."}))
			}, []string{"ticket.contact.replied"}},
			{"done", update(intercom.TicketUpdateParams{State: intercom.Set(intercom.TicketStateCategoryResolved)}), []string{"ticket.state.updated", "ticket.closed"}},
		})
		assert.Equal(t, id, itemOf(t, in, webhook.TicketCreated).Ticket.ID)
		change := itemOf(t, in, webhook.TicketNoteCreated)
		assert.Equal(t, id, change.Ticket.ID)
		require.NotNil(t, change.Part)
		assert.Equal(t, "<p>Crane!</p>", change.Part.Body)
	})
}

func TestWebhooksOfTheRest(t *testing.T) {
	both(t, func(t *testing.T, srv *intercomtest.Server, client *intercom.Client) {
		t.Helper()
		in, ctx, me, author := newInbox(t), t.Context(), srv.Me().ID, skipper(srv)
		srv.AddWebhookHandler(in, secret)
		var company *intercom.Company
		var article *intercom.Article
		event := intercom.EventSubmitParams{Name: "moored", ID: author.ID, CreatedAt: intercom.TimestampOf(srv.Now().Add(-time.Hour))}
		state := func(s intercom.ArticleState) func() error {
			return func() error {
				return without(client.Articles.Update(ctx, article.ID, intercom.ArticleUpdateParams{State: intercom.Set(s)}))
			}
		}
		check(t, srv, in, []deed{
			{"a company", func() (err error) {
				company, err = client.Companies.Upsert(ctx, intercom.CompanyUpsertParams{CompanyID: "q", Name: "Quay"})
				return err
			}, []string{"company.created"}},
			{"again", func() error {
				return without(client.Companies.Upsert(ctx, intercom.CompanyUpsertParams{CompanyID: "q", Name: "Pier"}))
			}, []string{"company.updated"}},
			{"changed", func() error {
				return without(client.Companies.Update(ctx, company.ID, intercom.CompanyUpdateParams{Name: intercom.Set("Mole")}))
			}, []string{"company.updated"}},
			{"deleted", func() error { return without(client.Companies.Delete(ctx, company.ID)) }, []string{"company.deleted"}},
			{"an event", func() error { return client.Events.Submit(ctx, event) }, []string{"event.created"}},
			{"the same event", func() error { return client.Events.Submit(ctx, event) }, nil},
			{"an article", func() (err error) {
				article, err = client.Articles.Create(ctx, intercom.ArticleCreateParams{Title: "Tides", AuthorID: me})
				return err
			}, []string{"article.created"}},
			{"to be read", state(intercom.ArticleStatePublished), []string{"article.updated", "article.published"}},
			{"not to be read", state(intercom.ArticleStateDraft), []string{"article.updated", "article.unpublished"}},
			{"gone", func() error { return without(client.Articles.Delete(ctx, article.ID)) }, []string{"article.deleted"}},
			{"away", func() error {
				return without(client.Admins.SetAway(ctx, me, intercom.AdminAwayParams{AwayModeEnabled: true}))
			}, []string{"admin.away_mode_updated"}},
			{"what is no topic", func() error { return without(client.Tags.Upsert(ctx, intercom.TagUpsertParams{Name: "new"})) }, nil},
			{"something else", func() error {
				return srv.SendWebhook(string(webhook.ConversationRatingAdded), intercom.Conversation{ID: "88"})
			}, []string{"conversation.rating.added"}},
		})
		assert.Equal(t, "Mole", itemOf(t, in, webhook.CompanyUpdated).Name)
		assert.Equal(t, company.ID, itemOf(t, in, webhook.CompanyDeleted).ID)
		assert.Equal(t, "moored", itemOf(t, in, webhook.EventCreated).Name)
		assert.True(t, itemOf(t, in, webhook.AdminAwayModeUpdated).AwayModeEnabled)
		assert.Equal(t, "88", itemOf(t, in, webhook.ConversationRatingAdded).ID)
		require.Error(t, srv.SendWebhook("x", func() {}))
	})
}

func TestWebhookOverASocket(t *testing.T) {
	t.Parallel()
	in := newInbox(t)
	receiver := httptest.NewServer(in)
	defer receiver.Close()
	srv := intercomtest.New(t,
		intercomtest.WithWebhook(receiver.URL, secret, string(webhook.ContactUserCreated), string(webhook.CompanyCreated)),
		intercomtest.WithWebhook(receiver.URL+"/forged", "guessed"),
	)
	client := clientOf(t, srv)
	created, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "a@example.com"})
	require.NoError(t, err)
	_, err = client.Contacts.Delete(t.Context(), created.ID)
	require.NoError(t, err)
	srv.Close()
	assert.Equal(t, []string{"contact.user.created"}, in.told(srv), "a topic that it wanted, and signed as it should be")

	byURL := map[string][]intercomtest.WebhookDelivery{}
	for _, d := range srv.WebhookDeliveries() {
		require.NoError(t, d.Err)
		byURL[d.URL] = append(byURL[d.URL], d)
	}
	require.Len(t, byURL[receiver.URL], 1)
	sent := byURL[receiver.URL][0]
	var n webhook.Notification
	decode(t, string(sent.Body), &n)
	assert.Equal(t, intercomtest.WebhookDelivery{Topic: "contact.user.created", ID: n.ID, URL: receiver.URL, Attempt: 1, Body: sent.Body, Status: 200}, sent)
	assert.Regexp(t, `^notif_[0-9a-f-]{36}$`, n.ID)
	assert.Equal(t, 1, n.DeliveryAttempts)
	assert.NotZero(t, n.CreatedAt)
	assert.NotEmpty(t, n.AppID)
	require.Len(t, byURL[receiver.URL+"/forged"], 4, "both topics, twice each")
	for _, d := range byURL[receiver.URL+"/forged"] {
		assert.Equal(t, http.StatusUnauthorized, d.Status)
	}
}

func TestWebhookIsSentOnceMore(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers []int // 0 panics
		tries   []int // attempts of the notifications in the order in which they came
	}{
		"fine at once":      {[]int{200, 204}, []int{1, 1}},
		"fine later":        {[]int{500, 200, 200}, []int{1, 1, 2}},
		"never fine":        {[]int{500, 302, 429, 404}, []int{1, 1, 2, 2}},
		"a panic":           {[]int{0, 200, 200}, []int{1, 1, 2}},
		"nobody there":      {[]int{410}, []int{1}},
		"only two attempts": {[]int{503, 200, 503, 200}, []int{1, 1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv, client := workspace(t)
			var tries []int
			srv.AddWebhookHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				n, err := webhook.Parse(r, secret)
				assert.NoError(t, err)
				answer := test.answers[len(tries)]
				tries = append(tries, n.DeliveryAttempts)
				if answer == 0 {
					panic("shipwreck")
				}
				w.WriteHeader(answer)
			}), secret)
			for range 2 {
				_, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Role: intercom.ContactRoleLead})
				require.NoError(t, err)
			}
			assert.Empty(t, tries, "without a socket nothing is sent before it is asked for")
			srv.FlushWebhooks()
			assert.Equal(t, test.tries, tries)
		})
	}
}

func TestWebhookThatNobodyHears(t *testing.T) {
	t.Parallel()
	receiver := httptest.NewServer(http.NotFoundHandler())
	receiver.Close()
	srv := intercomtest.New(t, intercomtest.WithWebhook(receiver.URL, secret), intercomtest.WithWebhook("not a URL", secret))
	_, err := clientOf(t, srv).Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "a@example.com"})
	require.NoError(t, err)
	srv.FlushWebhooks()
	deliveries := srv.WebhookDeliveries()
	require.Len(t, deliveries, 4)
	for _, d := range deliveries {
		require.Error(t, d.Err)
		assert.Zero(t, d.Status)
	}
}

// A webhook that answers makes more to tell, for which FlushWebhooks waits.
func TestWebhookThatWrites(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]intercomtest.Option{"with a socket": nil, "without": {intercomtest.WithoutSocket()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := intercomtest.New(t, opts...)
			client, author := clientOf(t, srv), skipper(srv)
			h, err := webhook.NewHandler(secret)
			require.NoError(t, err)
			webhook.On(h, webhook.ConversationUserCreated, func(ctx context.Context, e *webhook.Event[intercom.Conversation]) error {
				return without(client.Conversations.ReplyAsAdmin(ctx, e.Item.ID, intercom.ConversationAdminReplyParams{AdminID: srv.Me().ID, Body: "Ahoy!"}))
			})
			webhook.On(h, webhook.ConversationAdminReplied, func(ctx context.Context, e *webhook.Event[intercom.Conversation]) error {
				return without(client.Conversations.Close(ctx, e.Item.ID, intercom.ConversationCloseParams{AdminID: srv.Me().ID}))
			})
			srv.AddWebhookHandler(h, secret)
			for range 10 {
				begin(t, client, author.ID, "Ahoy?")
			}
			srv.FlushWebhooks()
			for _, c := range srv.Conversations() {
				assert.Equal(t, intercom.ConversationStateClosed, c.State)
				assert.Len(t, c.Parts.Parts, 2)
			}
		})
	}
}

func TestWebhookTakesTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, client := workspace(t)
		calls := 0
		srv.AddWebhookHandler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			calls++
			<-r.Context().Done()
		}), secret)
		begun := time.Now()
		_, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Email: "a@example.com"})
		require.NoError(t, err)
		srv.FlushWebhooks()
		assert.Equal(t, 10*time.Second, time.Since(begun), "twice five seconds")
		assert.Equal(t, 2, calls)

		for range 10 {
			require.NoError(t, srv.SendWebhook("contact.deleted", nil))
		}
		begun = time.Now()
		srv.Close()
		assert.Equal(t, 10*time.Second, time.Since(begun), "Close does not wait for ever")
	})
}

// What is told does not change what the workspace is like.
func TestWebhooksLeaveIdsAlone(t *testing.T) {
	t.Parallel()
	ids := func(opts ...intercomtest.Option) (ids []string) {
		srv, client := workspace(t, opts...)
		for range 3 {
			c, err := client.Contacts.Create(t.Context(), intercom.ContactCreateParams{Role: intercom.ContactRoleLead})
			require.NoError(t, err)
			ids = append(ids, c.ID)
		}
		srv.FlushWebhooks()
		return ids
	}
	assert.Equal(t, ids(), ids(intercomtest.WithWebhook("http://127.0.0.1:1", secret)))
}
