package coverage

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// urgent is the condition of a search.
var urgent = intercom.Or(
	intercom.Field("priority").Eq("priority"),
	intercom.And(intercom.Field("open").Eq(true), intercom.Field("waiting_since").Before(Day)),
)

// attached are a file and a link to attach.
func attached() (files []intercom.AttachmentFile, urls []string, err error) {
	file, err := intercom.NewAttachmentFile("tides.txt", strings.NewReader("high water at noon"))
	return []intercom.AttachmentFile{file}, []string{"https://pics.harbour.test/12.png"}, err
}

var conversationRows = map[string]Row{
	"Conversations.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Get(ctx, w.conversation, intercom.ConversationGetParams{DisplayAs: intercom.ConversationDisplayPlainText}))
	},
	"Conversations.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.List(ctx, intercom.ConversationListParams{PerPage: 20, Cursor: w.cursor}))
	},
	"Conversations.Pages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Conversations.Pages(ctx, intercom.ConversationListParams{}))
	},
	"Conversations.All": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Conversations.All(ctx, intercom.ConversationListParams{}))
	},
	"Conversations.Search": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Search(ctx, intercom.ConversationSearchParams{Query: urgent, PerPage: 20, Cursor: w.cursor}))
	},
	"Conversations.SearchPages": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Conversations.SearchPages(ctx, intercom.ConversationSearchParams{Query: urgent}))
	},
	"Conversations.SearchAll": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Conversations.SearchAll(ctx, intercom.ConversationSearchParams{Query: intercom.Field("admin_assignee_id").Eq(7310042)}))
	},
	"Conversations.UpdatedSince": func(ctx context.Context, c *intercom.Client, _ World) error {
		return one(c.Conversations.UpdatedSince(ctx, intercom.UpdatedSinceParams{Since: Day, Until: Day.AddDate(0, 1, 0)}))
	},
	"Conversations.GetMany": func(ctx context.Context, c *intercom.Client, w World) error {
		for result := range c.Conversations.GetMany(ctx, []string{w.conversation}, intercom.ConversationGetManyParams{}) {
			if result.Err != nil {
				return result.Err
			}
		}
		return nil
	},
	"Conversations.Create": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Create(ctx, intercom.ConversationCreateParams{
			From: intercom.ConversationSender{Type: intercom.ConversationSenderTypeUser, ID: w.contact},
			Body: "Is berth 12 free?", Subject: "Berth 12", AttachmentURLs: []string{"https://pics.harbour.test/12.png"},
		}))
	},
	"Conversations.Update": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Update(ctx, w.conversation, intercom.ConversationUpdateParams{
			DisplayAs: intercom.ConversationDisplayPlainText, Read: intercom.Set(true),
			CustomAttributes: intercom.Set(intercom.CustomAttributesOf(map[string]any{"Region": "North quay"})),
		}))
	},
	"Conversations.Contacts.Attach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Contacts.Attach(ctx, w.conversation, intercom.ConversationContactAttachParams{
			AdminID: w.admin, Contact: intercom.ContactByID(w.lead),
		}))
	},
	"Conversations.Contacts.Detach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Contacts.Detach(ctx, w.conversation, w.contact, intercom.ConversationContactDetachParams{AdminID: w.admin}))
	},
	"Conversations.Tags.Attach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Tags.Attach(ctx, w.conversation, intercom.ConversationTagAttachParams{ID: w.tag, AdminID: w.admin}))
	},
	"Conversations.Tags.Detach": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Tags.Detach(ctx, w.conversation, w.tag, intercom.ConversationTagDetachParams{AdminID: w.admin}))
	},
}

var conversationActionRows = map[string]Row{
	"Conversations.ReplyAsAdmin": func(ctx context.Context, c *intercom.Client, w World) error {
		files, urls, err := attached()
		if err != nil {
			return err
		}
		return first(c.Conversations.ReplyAsAdmin(ctx, w.conversation, intercom.ConversationAdminReplyParams{
			AdminID: w.admin, Body: "It is.", CreatedAt: intercom.TimestampOf(Day), AttachmentURLs: urls, AttachmentFiles: files,
		}))
	},
	"Conversations.ReplyAsContact": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.ReplyAsContact(ctx, w.conversation, intercom.ConversationContactReplyParams{
			Contact: intercom.ContactByID(w.contact), Body: "Thanks", AttachmentURLs: []string{"https://pics.harbour.test/12.png"},
		}))
	},
	"Conversations.ReplyToLast": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.ReplyToLast(ctx, intercom.ConversationContactReplyParams{
			Contact: intercom.ContactByEmail(w.email), Body: "One more thing",
		}))
	},
	"Conversations.AddNote": func(ctx context.Context, c *intercom.Client, w World) error {
		files, urls, err := attached()
		if err != nil {
			return err
		}
		return first(c.Conversations.AddNote(ctx, w.conversation, intercom.ConversationNoteParams{
			AdminID: w.admin, Body: "<b>Owes a fee.</b>", CreatedAt: intercom.TimestampOf(Day), AttachmentURLs: urls, AttachmentFiles: files,
		}))
	},
	"Conversations.Close": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Close(ctx, w.conversation, intercom.ConversationCloseParams{AdminID: w.admin, Body: "Fair winds"}))
	},
	"Conversations.Snooze": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Snooze(ctx, w.conversation, intercom.ConversationSnoozeParams{
			AdminID: w.admin, SnoozedUntil: intercom.TimestampOf(time.Now().Add(24 * time.Hour)),
		}))
	},
	"Conversations.Open": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.Open(ctx, w.conversation, intercom.ConversationOpenParams{AdminID: w.admin}))
	},
	"Conversations.Assign": func(ctx context.Context, c *intercom.Client, w World) error {
		for _, assignee := range []intercom.ConversationAssignee{
			intercom.AssignToAdmin(w.otherAdmin), intercom.AssignToTeam(w.team), intercom.AssignToNobody(), intercom.AssignToNoTeam(),
		} {
			params := intercom.ConversationAssignParams{AdminID: w.admin, Assignee: assignee, Body: "Over to you"}
			if _, err := c.Conversations.Assign(ctx, w.conversation, params); err != nil {
				return err
			}
		}
		return nil
	},
	"Conversations.RunAssignmentRules": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.RunAssignmentRules(ctx, w.conversation))
	},
	"Conversations.RedactPart": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.RedactPart(ctx, intercom.ConversationRedactPartParams{ConversationID: w.conversation, PartID: w.part}))
	},
	"Conversations.RedactSource": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Conversations.RedactSource(ctx, intercom.ConversationRedactSourceParams{ConversationID: w.conversation, SourceID: w.source}))
	},
}

var outreachRows = map[string]Row{
	"Messages.Create": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Messages.Create(ctx, intercom.MessageCreateParams{
			MessageType: intercom.MessageTypeEmail, Subject: "Your berth", Body: "<p>Berth 12 is yours.</p>", Template: intercom.MessageTemplatePlain,
			From:                                  intercom.MessageSender{ID: w.admin},
			To:                                    []intercom.MessageRecipient{{Type: intercom.ContactRoleUser, ID: w.contact}},
			CreateConversationWithoutContactReply: true,
		}))
	},
	"Events.List": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Events.List(ctx, intercom.EventListParams{Contact: intercom.ContactByExternalID(w.externalID), PerPage: 20}))
	},
	"Events.Pages": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Events.Pages(ctx, intercom.EventListParams{Contact: intercom.ContactByEmail(w.email)}))
	},
	"Events.All": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Events.All(ctx, intercom.EventListParams{Contact: intercom.ContactByID(w.contact)}))
	},
	"Events.Summaries": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Events.Summaries(ctx, intercom.ContactByExternalID(w.externalID)))
	},
	"Events.Submit": func(ctx context.Context, c *intercom.Client, w World) error {
		return c.Events.Submit(ctx, intercom.EventSubmitParams{
			Name: "moored-boat", CreatedAt: intercom.TimestampOf(Day), UserID: w.externalID,
			Metadata: intercom.CustomAttributesOf(map[string]any{"berth": "12"}),
		})
	},
	"Events.SubmitSummary": func(ctx context.Context, c *intercom.Client, w World) error {
		return c.Events.SubmitSummary(ctx, intercom.EventSummaryParams{
			UserID: w.externalID,
			Summary: intercom.EventSummaryCount{
				Name: "moored-boat", Count: 41, First: intercom.TimestampOf(Day), Last: intercom.TimestampOf(Day.AddDate(0, 1, 0)),
			},
		})
	},
	"Export.Get": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Export.Get(ctx, w.exportJob))
	},
	"Export.Create": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.Export.Create(ctx, intercom.ExportCreateParams{
			CreatedAtAfter: intercom.TimestampOf(Day), CreatedAtBefore: intercom.TimestampOf(Day.AddDate(0, 1, 0)),
		}))
	},
	"Export.Cancel": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Export.Cancel(ctx, w.exportJob))
	},
	"Export.Download": func(ctx context.Context, c *intercom.Client, w World) error {
		file, err := c.Export.Download(ctx, w.exportJob)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		_, err = io.Copy(io.Discard, file)
		return err
	},
	"Export.Wait": func(ctx context.Context, c *intercom.Client, w World) error {
		return first(c.Export.Wait(ctx, w.exportJob, intercom.WithPollInterval(1, 1)))
	},
	"Export.Files": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Export.Files(ctx, w.exportJob))
	},
	"Export.Rows": func(ctx context.Context, c *intercom.Client, w World) error {
		return one(c.Export.Rows(ctx, w.exportJob))
	},
	"Export.Run": func(ctx context.Context, c *intercom.Client, _ World) error {
		params := intercom.ExportCreateParams{
			CreatedAtAfter: intercom.TimestampOf(Day), CreatedAtBefore: intercom.TimestampOf(Day.AddDate(0, 1, 0)),
		}
		return first(c.Export.Run(ctx, params, io.Discard))
	},
	"PhoneSwitch.Create": func(ctx context.Context, c *intercom.Client, _ World) error {
		return first(c.PhoneSwitch.Create(ctx, intercom.PhoneSwitchCreateParams{
			Phone: "+4520304050", CustomAttributes: intercom.CustomAttributesOf(map[string]any{"queue": "night"}),
		}))
	},
}
