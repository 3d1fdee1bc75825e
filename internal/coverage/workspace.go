package coverage

import (
	"context"

	"github.com/seed-8b687bef/intercom-go"
)

var companyRows = map[string]Row{
	"Companies.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Companies.Get(ctx, w.company))
	},
	"Companies.Find": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Companies.Find(ctx, intercom.CompanyFindParams{CompanyID: w.companyID}))
	},
	"Companies.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Companies.List(ctx, intercom.CompanyListParams{Order: intercom.CompanyOrderAscending, PerPage: 20}))
	},
	"Companies.Pages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Companies.Pages(ctx, intercom.CompanyListParams{PerPage: 20}))
	},
	"Companies.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Companies.All(ctx, intercom.CompanyListParams{}))
	},
	"Companies.Scroll": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Companies.Scroll(ctx))
	},
	"Companies.Upsert": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Companies.Upsert(ctx, intercom.CompanyUpsertParams{
			CompanyID: "quay-13", Name: "Quay 13", Plan: "Deep water", Size: 42, Website: "https://quay13.test", Industry: "Shipping",
			RemoteCreatedAt: intercom.TimestampOf(Day), MonthlySpend: intercom.Set(0),
			CustomAttributes: intercom.CustomAttributesOf(map[string]any{"cranes": "3"}),
		}))
	},
	"Companies.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Companies.Update(ctx, w.company, intercom.CompanyUpdateParams{
			Name: intercom.Set("Quay 12"), Plan: intercom.Set("Deep water"), Size: intercom.Set(40), Website: intercom.Set("https://quay12.test"),
			Industry: intercom.Set("Shipping"), RemoteCreatedAt: intercom.SetTime(Day), MonthlySpend: intercom.Set(1200),
			CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"cranes": "2"})),
		}))
	},
	"Companies.Delete": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Companies.Delete(ctx, w.company))
	},
	"Companies.Contacts.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Companies.Contacts.List(ctx, w.company, intercom.NumberedListParams{}))
	},
	"Companies.Contacts.Pages": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Companies.Contacts.Pages(ctx, w.company, intercom.NumberedListParams{}))
	},
	"Companies.Contacts.All": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Companies.Contacts.All(ctx, w.company, intercom.NumberedListParams{}))
	},
	"Companies.Segments.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Companies.Segments.List(ctx, w.company))
	},
	"Companies.Segments.All": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Companies.Segments.All(ctx, w.company))
	},
}

var workspaceRows = map[string]Row{
	"Admins.Me": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Admins.Me(ctx))
	},
	"Admins.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Admins.Get(ctx, w.admin))
	},
	"Admins.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Admins.List(ctx, intercom.AdminListParams{}))
	},
	"Admins.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Admins.All(ctx, intercom.AdminListParams{}))
	},
	"Admins.SetAway": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Admins.SetAway(ctx, w.admin, intercom.AdminAwayParams{AwayModeEnabled: true}))
	},
	"Admins.ActivityLogs.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Admins.ActivityLogs.List(ctx, intercom.ActivityLogListParams{
			CreatedAfter: intercom.TimestampOf(Day), CreatedBefore: intercom.TimestampOf(Day.AddDate(0, 0, 7)),
		}))
	},
	"Admins.ActivityLogs.Pages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Admins.ActivityLogs.Pages(ctx, intercom.ActivityLogListParams{CreatedAfter: intercom.TimestampOf(Day)}))
	},
	"Admins.ActivityLogs.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Admins.ActivityLogs.All(ctx, intercom.ActivityLogListParams{CreatedAfter: intercom.TimestampOf(Day)}))
	},
	"DataAttributes.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.DataAttributes.List(ctx, intercom.DataAttributeListParams{Model: intercom.DataAttributeModelContact, IncludeArchived: true}))
	},
	"DataAttributes.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.DataAttributes.All(ctx, intercom.DataAttributeListParams{}))
	},
	"DataAttributes.Create": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.DataAttributes.Create(ctx, intercom.DataAttributeCreateParams{
			Name: "side", Model: intercom.DataAttributeModelContact, DataType: intercom.DataAttributeTypeString,
			Description: "On which side the boat lies", Options: []string{"port", "starboard"}, MessengerWritable: intercom.Set(false),
		}))
	},
	"DataAttributes.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.DataAttributes.Update(ctx, w.dataAttribute, intercom.DataAttributeUpdateParams{
			Archived: intercom.Set(false), Description: intercom.Set("Which side"), MessengerWritable: intercom.Set(true),
			Options: intercom.Set([]string{"port", "starboard", "bow"}),
		}))
	},
	"Notes.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Notes.Get(ctx, w.note))
	},
	"Segments.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Segments.Get(ctx, w.segment))
	},
	"Segments.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Segments.List(ctx, intercom.SegmentListParams{IncludeCount: true}))
	},
	"Segments.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Segments.All(ctx, intercom.SegmentListParams{}))
	},
	"SubscriptionTypes.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.SubscriptionTypes.List(ctx))
	},
	"SubscriptionTypes.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.SubscriptionTypes.All(ctx))
	},
	"Tags.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tags.Get(ctx, w.tag))
	},
	"Tags.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Tags.List(ctx))
	},
	"Tags.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Tags.All(ctx))
	},
	"Tags.Upsert": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tags.Upsert(ctx, intercom.TagUpsertParams{Name: "quay", ID: w.tag}))
	},
	"Tags.Delete": func(ctx context.Context, c *intercom.Client, w World) error {
		return c.Tags.Delete(ctx, w.tag)
	},
	"Tags.TagCompanies": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tags.TagCompanies(ctx, intercom.TagCompaniesParams{
			Name: "quay", Companies: []intercom.CompanyIdentifier{{ID: w.company}, {CompanyID: w.companyID}},
		}))
	},
	"Tags.UntagCompanies": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tags.UntagCompanies(ctx, intercom.UntagCompaniesParams{
			Name: "quay", Companies: []intercom.UntaggedCompany{{ID: w.company}, {CompanyID: w.companyID}},
		}))
	},
	"Tags.TagContacts": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Tags.TagContacts(ctx, intercom.TagContactsParams{
			Name: "quay", Contacts: []intercom.ContactIdentifier{{ID: w.contact}, {ID: w.lead}},
		}))
	},
	"Teams.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Teams.Get(ctx, w.team))
	},
	"Teams.List": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Teams.List(ctx))
	},
	"Teams.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Teams.All(ctx))
	},
}
