package coverage

import (
	"context"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// Day is when things happened that the rows name. A workspace has to be later.
var Day = time.Date(2024, 6, 28, 8, 0, 0, 0, time.UTC)

// somebody is the condition of a search with all that a search can have.
var somebody = intercom.And(
	intercom.Field("role").Eq("user"),
	intercom.Or(
		intercom.Field("email").Contains("harbour"),
		intercom.Attribute("berth").In("12", "13"),
	),
	intercom.Field("created_at").After(Day),
)

func newContact(w World) intercom.ContactCreateParams {
	return intercom.ContactCreateParams{
		Role: intercom.ContactRoleUser, ExternalID: "mate-8", Email: "mate@harbour.test", Phone: "+4520304050",
		Name: "Ole Mate", Avatar: "https://pics.harbour.test/ole.png",
		SignedUpAt: intercom.TimestampOf(Day), LastSeenAt: intercom.TimestampOf(Day.Add(time.Hour)), OwnerID: w.admin,
		UnsubscribedFromEmails: intercom.Set(true),
		CustomAttributes:       intercom.CustomAttributesOf(map[string]any{"berth": "12"}),
	}
}

var contactRows = map[string]Row{
	"Contacts.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Get(ctx, w.contact))
	},
	"Contacts.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Contacts.List(ctx, intercom.ContactListParams{}))
	},
	"Contacts.Pages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Contacts.Pages(ctx, intercom.ContactListParams{PerPage: 20}))
	},
	"Contacts.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Contacts.All(ctx, intercom.ContactListParams{}))
	},
	"Contacts.Search": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Search(ctx, intercom.ContactSearchParams{Query: somebody, PerPage: 20, Cursor: w.cursor}))
	},
	"Contacts.SearchPages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Contacts.SearchPages(ctx, intercom.ContactSearchParams{Query: intercom.Field("external_id").Eq("skipper-7")}))
	},
	"Contacts.SearchAll": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Contacts.SearchAll(ctx, intercom.ContactSearchParams{Query: somebody}))
	},
	"Contacts.Create": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Create(ctx, newContact(w)))
	},
	"Contacts.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Update(ctx, w.contact, intercom.ContactUpdateParams{
			Role: intercom.Set(intercom.ContactRoleUser), ExternalID: intercom.Set("skipper-9"), Email: intercom.Set("nine@harbour.test"),
			Phone: intercom.Set("+4520304051"), Name: intercom.Set("Eva Skipper"), Avatar: intercom.Set("https://pics.harbour.test/eva.png"),
			SignedUpAt: intercom.SetTime(Day), LastSeenAt: intercom.SetTime(Day), OwnerID: intercom.Set(w.admin),
			UnsubscribedFromEmails: intercom.Set(false),
			CustomAttributes:       intercom.Set(intercom.CustomAttributesOf(map[string]any{"berth": "13"})),
		}))
	},
	"Contacts.Delete": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Delete(ctx, w.contact))
	},
	"Contacts.Archive": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Archive(ctx, w.contact))
	},
	"Contacts.Unarchive": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Unarchive(ctx, w.contact))
	},
	"Contacts.Merge": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Merge(ctx, intercom.ContactMergeParams{From: w.lead, Into: w.contact}))
	},
	"Contacts.GetByExternalID": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.GetByExternalID(ctx, w.externalID))
	},
	"Contacts.FindByEmail": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.FindByEmail(ctx, w.email))
	},
	"Contacts.Upsert": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Upsert(ctx, newContact(w)))
	},
	"Contacts.UpdatedSince": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Contacts.UpdatedSince(ctx, intercom.UpdatedSinceParams{Since: Day, Until: Day.AddDate(0, 1, 0)}))
	},
}

var contactAttachedRows = map[string]Row{
	"Contacts.Companies.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Companies.List(ctx, w.contact, intercom.NumberedListParams{}))
	},
	"Contacts.Companies.Pages": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Contacts.Companies.Pages(ctx, w.contact, intercom.NumberedListParams{}))
	},
	"Contacts.Companies.All": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Contacts.Companies.All(ctx, w.contact, intercom.NumberedListParams{}))
	},
	"Contacts.Companies.Attach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Companies.Attach(ctx, w.contact, w.company))
	},
	"Contacts.Companies.Detach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Companies.Detach(ctx, w.contact, w.company))
	},
	"Contacts.Notes.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Notes.List(ctx, w.noted, intercom.NumberedListParams{}))
	},
	"Contacts.Notes.Pages": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Contacts.Notes.Pages(ctx, w.noted, intercom.NumberedListParams{}))
	},
	"Contacts.Notes.All": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Contacts.Notes.All(ctx, w.noted, intercom.NumberedListParams{}))
	},
	"Contacts.Notes.Create": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Notes.Create(ctx, w.noted, intercom.NoteCreateParams{Body: "<p>Pays in cash.</p>", AdminID: w.admin}))
	},
	"Contacts.Segments.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Segments.List(ctx, w.contact))
	},
	"Contacts.Segments.All": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Contacts.Segments.All(ctx, w.contact))
	},
	"Contacts.Subscriptions.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Subscriptions.List(ctx, w.contact))
	},
	"Contacts.Subscriptions.All": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Contacts.Subscriptions.All(ctx, w.contact))
	},
	"Contacts.Subscriptions.Attach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Subscriptions.Attach(ctx, w.contact, intercom.ContactSubscriptionAttachParams{ID: w.subscription, ConsentType: intercom.ConsentTypeOptIn}))
	},
	"Contacts.Subscriptions.Detach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Subscriptions.Detach(ctx, w.contact, w.subscription))
	},
	"Contacts.Tags.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Tags.List(ctx, w.contact))
	},
	"Contacts.Tags.All": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Contacts.Tags.All(ctx, w.contact))
	},
	"Contacts.Tags.Attach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Tags.Attach(ctx, w.contact, w.tag))
	},
	"Contacts.Tags.Detach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Contacts.Tags.Detach(ctx, w.contact, w.tag))
	},
	"Visitors.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Visitors.Get(ctx, w.visitor))
	},
	"Visitors.GetByUserID": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Visitors.GetByUserID(ctx, w.visitorUserID))
	},
	"Visitors.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Visitors.Update(ctx, intercom.VisitorUpdateParams{
			ID: w.visitor, Name: intercom.Set("Somebody"),
			CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"berth": "14"})),
		}))
	},
	"Visitors.Delete": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Visitors.Delete(ctx, w.visitor))
	},
	"Visitors.Convert": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Visitors.Convert(ctx, intercom.VisitorConvertParams{
			Type:    intercom.ContactRoleUser,
			User:    intercom.VisitorIdentity{UserID: "mate-8", Email: "mate@harbour.test"},
			Visitor: intercom.VisitorIdentity{UserID: w.visitorUserID},
		}))
	},
}
