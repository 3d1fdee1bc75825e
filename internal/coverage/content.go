package coverage

import (
	"context"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

var contentRows = map[string]Row{
	"Articles.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Articles.Get(ctx, w.article))
	},
	"Articles.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Articles.List(ctx, intercom.NumberedListParams{}))
	},
	"Articles.Pages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Articles.Pages(ctx, intercom.NumberedListParams{}))
	},
	"Articles.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Articles.All(ctx, intercom.NumberedListParams{}))
	},
	"Articles.Create": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Articles.Create(ctx, intercom.ArticleCreateParams{
			Title: "Mooring", Description: "How to moor", Body: "<p>Fenders out.</p>", AuthorID: w.admin,
			State: intercom.ArticleStatePublished, ParentID: w.collection, ParentType: intercom.ArticleParentTypeCollection,
			TranslatedContent: map[string]intercom.ArticleContentParams{
				"fr": {Title: "Amarrer", Description: "Comment amarrer", Body: "<p>Pare-battages.</p>", AuthorID: w.admin, State: intercom.ArticleStateDraft},
			},
		}))
	},
	"Articles.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Articles.Update(ctx, w.article, intercom.ArticleUpdateParams{
			Title: intercom.Set("Mooring"), Description: intercom.Set("How to moor"), Body: intercom.Set("<p>Lines ready.</p>"),
			AuthorID: intercom.Set(w.admin), State: intercom.Set(intercom.ArticleStateDraft),
			ParentID: intercom.Set(w.collection), ParentType: intercom.Set(intercom.ArticleParentTypeCollection),
			TranslatedContent: intercom.Set(map[string]intercom.ArticleContentParams{"fr": {Title: "Amarrer", AuthorID: w.admin, State: intercom.ArticleStateDraft}}),
		}))
	},
	"Articles.Delete": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Articles.Delete(ctx, w.article))
	},
	"HelpCenter.Collections.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.HelpCenter.Collections.Get(ctx, w.collection))
	},
	"HelpCenter.Collections.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.HelpCenter.Collections.List(ctx, intercom.NumberedListParams{}))
	},
	"HelpCenter.Collections.Pages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.HelpCenter.Collections.Pages(ctx, intercom.NumberedListParams{}))
	},
	"HelpCenter.Collections.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.HelpCenter.Collections.All(ctx, intercom.NumberedListParams{}))
	},
	"HelpCenter.Collections.Create": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.HelpCenter.Collections.Create(ctx, intercom.CollectionCreateParams{
			Name: "Berths", Description: "All about berths",
			TranslatedContent: map[string]intercom.GroupContentParams{"fr": {Name: "Quais", Description: "Tout sur les quais"}},
		}))
	},
	"HelpCenter.Collections.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.HelpCenter.Collections.Update(ctx, w.collection, intercom.CollectionUpdateParams{
			Name: intercom.Set("Berths"), Description: intercom.Set("More about berths"),
			TranslatedContent: intercom.Set(map[string]intercom.GroupContentParams{"fr": {Name: "Quais", Description: "Tout"}}),
		}))
	},
	"HelpCenter.Collections.Delete": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.HelpCenter.Collections.Delete(ctx, w.collection))
	},
	"HelpCenter.HelpCenters.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.HelpCenter.HelpCenters.Get(ctx, w.helpCenter))
	},
	"HelpCenter.HelpCenters.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.HelpCenter.HelpCenters.List(ctx))
	},
	"HelpCenter.HelpCenters.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.HelpCenter.HelpCenters.All(ctx))
	},
	"HelpCenter.Sections.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.HelpCenter.Sections.Get(ctx, w.section))
	},
	"HelpCenter.Sections.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.HelpCenter.Sections.List(ctx, intercom.NumberedListParams{}))
	},
	"HelpCenter.Sections.Pages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.HelpCenter.Sections.Pages(ctx, intercom.NumberedListParams{}))
	},
	"HelpCenter.Sections.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.HelpCenter.Sections.All(ctx, intercom.NumberedListParams{}))
	},
	"HelpCenter.Sections.Create": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.HelpCenter.Sections.Create(ctx, intercom.SectionCreateParams{
			Name: "Deep water", ParentID: w.collection, TranslatedContent: map[string]intercom.GroupContentParams{"fr": {Name: "Eau profonde"}},
		}))
	},
	"HelpCenter.Sections.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.HelpCenter.Sections.Update(ctx, w.section, intercom.SectionUpdateParams{
			Name: intercom.Set("Shallow water"), ParentID: intercom.Set(w.collection),
			TranslatedContent: intercom.Set(map[string]intercom.GroupContentParams{"fr": {Name: "Eau basse"}}),
		}))
	},
	"HelpCenter.Sections.Delete": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.HelpCenter.Sections.Delete(ctx, w.section))
	},
	"News.Items.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.News.Items.Get(ctx, w.newsItem))
	},
	"News.Items.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.News.Items.List(ctx, intercom.NumberedListParams{}))
	},
	"News.Items.Pages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.News.Items.Pages(ctx, intercom.NumberedListParams{}))
	},
	"News.Items.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.News.Items.All(ctx, intercom.NumberedListParams{}))
	},
	"News.Items.Create": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.News.Items.Create(ctx, intercom.NewsItemCreateParams{
			Title: "A new crane", Body: "<p>It lifts 40 tons.</p>", SenderID: w.admin, State: intercom.NewsItemStateLive,
			DeliverSilently: true, Labels: []string{"Harbour"}, Reactions: []string{"👍", "👎"},
			NewsfeedAssignments: []intercom.NewsItemAssignment{{NewsfeedID: w.newsfeed, PublishedAt: intercom.TimestampOf(Day)}},
		}))
	},
	"News.Items.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.News.Items.Update(ctx, w.newsItem, intercom.NewsItemUpdateParams{
			Title: "A new crane", SenderID: w.admin, Body: intercom.Set("<p>It lifts 45 tons.</p>"), State: intercom.Set(intercom.NewsItemStateDraft),
			DeliverSilently: intercom.Set(true), Labels: intercom.Set([]string{"Cranes"}), Reactions: intercom.Set([]string{"👍"}),
			NewsfeedAssignments: intercom.Set([]intercom.NewsItemAssignment{{NewsfeedID: w.newsfeed, PublishedAt: intercom.TimestampOf(Day)}}),
		}))
	},
	"News.Items.Delete": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.News.Items.Delete(ctx, w.newsItem))
	},
	"News.LiveItems.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.News.LiveItems.List(ctx, w.newsfeed, intercom.NumberedListParams{}))
	},
	"News.LiveItems.Pages": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.News.LiveItems.Pages(ctx, w.newsfeed, intercom.NumberedListParams{}))
	},
	"News.LiveItems.All": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.News.LiveItems.All(ctx, w.newsfeed, intercom.NumberedListParams{}))
	},
	"News.Newsfeeds.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.News.Newsfeeds.Get(ctx, w.newsfeed))
	},
	"News.Newsfeeds.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.News.Newsfeeds.List(ctx, intercom.NumberedListParams{}))
	},
	"News.Newsfeeds.Pages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.News.Newsfeeds.Pages(ctx, intercom.NumberedListParams{}))
	},
	"News.Newsfeeds.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.News.Newsfeeds.All(ctx, intercom.NumberedListParams{}))
	},
}

// broken is the condition of a search for tickets.
var broken = intercom.Field("title").Eq("Broken winch")

var ticketRows = map[string]Row{
	"Tickets.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tickets.Get(ctx, w.ticket))
	},
	"Tickets.Search": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Tickets.Search(ctx, intercom.TicketSearchParams{Query: broken, PerPage: 20}))
	},
	"Tickets.SearchPages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Tickets.SearchPages(ctx, intercom.TicketSearchParams{Query: broken}))
	},
	"Tickets.SearchAll": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Tickets.SearchAll(ctx, intercom.TicketSearchParams{Query: broken}))
	},
	"Tickets.Create": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tickets.Create(ctx, intercom.TicketCreateParams{
			TicketTypeID: w.ticketType, Contacts: []intercom.ContactIdentity{intercom.ContactByID(w.contact)},
			TicketAttributes: intercom.CustomAttributesOf(map[string]any{"_default_title_": "Broken winch", "_default_description_": "It slips."}),
		}))
	},
	"Tickets.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		params := intercom.TicketUpdateParams{
			TicketAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"_default_title_": "Winch"})),
			IsShared:         intercom.Set(true), AdminID: intercom.Set(w.admin), AssigneeID: intercom.Set(w.otherAdmin),
		}
		if c.APIVersion().AtLeast(intercom.V2_10) {
			params.Open = intercom.Set(true)
			params.SnoozedUntil = intercom.SetTime(time.Now().Add(24 * time.Hour))
		}
		if c.APIVersion().AtLeast(intercom.V2_12) {
			params.TicketStateID = intercom.Set(w.ticketState)
		} else {
			params.State = intercom.Set(intercom.TicketStateCategoryInProgress)
		}
		return first(c.Tickets.Update(ctx, w.ticket, params))
	},
	"Tickets.ReplyAsAdmin": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tickets.ReplyAsAdmin(ctx, w.ticket, intercom.TicketAdminReplyParams{
			MessageType: intercom.TicketReplyTypeComment, Body: "On its way.", AdminID: w.admin, AttachmentURLs: []string{"https://pics.harbour.test/12.png"},
		}))
	},
	"Tickets.ReplyAsContact": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tickets.ReplyAsContact(ctx, w.ticket, intercom.TicketContactReplyParams{
			Contact: intercom.ContactByID(w.contact), Body: "Thanks", AttachmentURLs: []string{"https://pics.harbour.test/12.png"},
		}))
	},
	"Tickets.AddNote": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tickets.AddNote(ctx, w.ticket, intercom.TicketNoteParams{Body: "Order a spare part.", AdminID: w.admin}))
	},
	"Tickets.Tags.Attach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tickets.Tags.Attach(ctx, w.ticket, intercom.TicketTagAttachParams{ID: w.tag, AdminID: w.admin}))
	},
	"Tickets.Tags.Detach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tickets.Tags.Detach(ctx, w.ticket, w.tag, intercom.TicketTagDetachParams{AdminID: w.admin}))
	},
	"TicketTypes.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.TicketTypes.Get(ctx, w.ticketType))
	},
	"TicketTypes.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.TicketTypes.List(ctx))
	},
	"TicketTypes.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.TicketTypes.All(ctx))
	},
	"TicketTypes.Create": func(ctx context.Context, c *intercom.Client, _ World) error {
		params := intercom.TicketTypeCreateParams{Name: "Damage", Description: "Something is broken", Icon: "⚓"}
		if c.APIVersion().AtLeast(intercom.V2_10) {
			params.Category = intercom.TicketCategoryCustomer
		}
		return first(c.TicketTypes.Create(ctx, params))
	},
	"TicketTypes.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		params := intercom.TicketTypeUpdateParams{
			Name: intercom.Set("Damage"), Description: intercom.Set("Something broke"), Icon: intercom.Set("🔧"),
			Archived: intercom.Set(false), IsInternal: intercom.Set(false),
		}
		if c.APIVersion().AtLeast(intercom.V2_10) {
			params.Category = intercom.Set(intercom.TicketCategoryBackOffice)
		}
		return first(c.TicketTypes.Update(ctx, w.ticketType, params))
	},
	"TicketTypes.Attributes.Create": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.TicketTypes.Attributes.Create(ctx, w.ticketType, intercom.TicketTypeAttributeCreateParams{
			Name: "Part", Description: "Which part is broken", DataType: intercom.TicketAttributeTypeList, ListItems: "winch,crane",
			RequiredToCreate: true, RequiredToCreateForContacts: true, VisibleOnCreate: intercom.Set(true), VisibleToContacts: intercom.Set(true),
		}))
	},
	"TicketTypes.Attributes.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.TicketTypes.Attributes.Update(ctx, w.ticketType, w.ticketAttribute, intercom.TicketTypeAttributeUpdateParams{
			Name: intercom.Set("Part"), Description: intercom.Set("Which part"), RequiredToCreate: intercom.Set(false),
			RequiredToCreateForContacts: intercom.Set(false), VisibleOnCreate: intercom.Set(true), VisibleToContacts: intercom.Set(true),
			ListItems: intercom.Set("winch,crane,bollard"), Archived: intercom.Set(false),
		}))
	},
}
