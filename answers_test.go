package intercom_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// answerTypes are all types that answers are made of.
var answerTypes = []reflect.Type{
	reflect.TypeFor[intercom.Reference](),
	reflect.TypeFor[intercom.Avatar](),
	reflect.TypeFor[intercom.Link](),
	reflect.TypeFor[intercom.LinkList](),
	reflect.TypeFor[intercom.Attachment](),
	reflect.TypeFor[intercom.Admin](),
	reflect.TypeFor[intercom.Me](),
	reflect.TypeFor[intercom.App](),
	reflect.TypeFor[intercom.AdminRole](),
	reflect.TypeFor[intercom.TeamPriorityLevel](),
	reflect.TypeFor[intercom.ActivityLog](),
	reflect.TypeFor[intercom.ActivityLogPerformer](),
	reflect.TypeFor[intercom.ActivityLogMetadata](),
	reflect.TypeFor[intercom.ActivityLogChange](),
	reflect.TypeFor[intercom.ActivityLogTeam](),
	reflect.TypeFor[intercom.ActivityLogMessage](),
	reflect.TypeFor[intercom.Article](),
	reflect.TypeFor[intercom.ArticleStatistics](),
	reflect.TypeFor[intercom.ArticleTranslations](),
	reflect.TypeFor[intercom.ArticleContent](),
	reflect.TypeFor[intercom.Company](),
	reflect.TypeFor[intercom.CompanyPlan](),
	reflect.TypeFor[intercom.CompanyNoteList](),
	reflect.TypeFor[intercom.DeletedObject](),
	reflect.TypeFor[intercom.Contact](),
	reflect.TypeFor[intercom.ContactLocation](),
	reflect.TypeFor[intercom.SocialProfileList](),
	reflect.TypeFor[intercom.SocialProfile](),
	reflect.TypeFor[intercom.ContactMerge](),
	reflect.TypeFor[intercom.ContactArchived](),
	reflect.TypeFor[intercom.ContactDeleted](),
	reflect.TypeFor[intercom.Conversation](),
	reflect.TypeFor[intercom.ConversationSource](),
	reflect.TypeFor[intercom.ConversationRecipient](),
	reflect.TypeFor[intercom.ConversationReplyAddress](),
	reflect.TypeFor[intercom.EmailMetadata](),
	reflect.TypeFor[intercom.EmailAddress](),
	reflect.TypeFor[intercom.Author](),
	reflect.TypeFor[intercom.ContactReference](),
	reflect.TypeFor[intercom.ContactReferenceList](),
	reflect.TypeFor[intercom.ConversationFirstReply](),
	reflect.TypeFor[intercom.SLAApplied](),
	reflect.TypeFor[intercom.ConversationStatistics](),
	reflect.TypeFor[intercom.ConversationResponseTime](),
	reflect.TypeFor[intercom.ConversationRating](),
	reflect.TypeFor[intercom.ConversationTeammates](),
	reflect.TypeFor[intercom.ConversationTopicList](),
	reflect.TypeFor[intercom.ConversationTopic](),
	reflect.TypeFor[intercom.AIAgent](),
	reflect.TypeFor[intercom.ContentSourceList](),
	reflect.TypeFor[intercom.ContentSource](),
	reflect.TypeFor[intercom.SalesAgent](),
	reflect.TypeFor[intercom.ConversationChannel](),
	reflect.TypeFor[intercom.ConversationExternalReference](),
	reflect.TypeFor[intercom.ConversationMonitorEvaluation](),
	reflect.TypeFor[intercom.ConversationScorecard](),
	reflect.TypeFor[intercom.ConversationScorecardTeammate](),
	reflect.TypeFor[intercom.ConversationScorecardEvaluator](),
	reflect.TypeFor[intercom.ConversationScorecardResult](),
	reflect.TypeFor[intercom.ConversationPartList](),
	reflect.TypeFor[intercom.ConversationPart](),
	reflect.TypeFor[intercom.ConversationPartMetadata](),
	reflect.TypeFor[intercom.QuickReplyOption](),
	reflect.TypeFor[intercom.ConversationPartEvent](),
	reflect.TypeFor[intercom.ConversationPartWorkflow](),
	reflect.TypeFor[intercom.ConversationPartWorkflowEvent](),
	reflect.TypeFor[intercom.ConversationPartAttribute](),
	reflect.TypeFor[intercom.ConversationPartValue](),
	reflect.TypeFor[intercom.ConversationPartAction](),
	reflect.TypeFor[intercom.DataAttribute](),
	reflect.TypeFor[intercom.Event](),
	reflect.TypeFor[intercom.EventSummary](),
	reflect.TypeFor[intercom.EventSummaryItem](),
	reflect.TypeFor[intercom.EventPages](),
	reflect.TypeFor[intercom.ExportJob](),
	reflect.TypeFor[intercom.Collection](),
	reflect.TypeFor[intercom.Section](),
	reflect.TypeFor[intercom.GroupTranslations](),
	reflect.TypeFor[intercom.GroupContent](),
	reflect.TypeFor[intercom.HelpCenter](),
	reflect.TypeFor[intercom.Message](),
	reflect.TypeFor[intercom.NewsItem](),
	reflect.TypeFor[intercom.NewsItemAssignment](),
	reflect.TypeFor[intercom.Newsfeed](),
	reflect.TypeFor[intercom.Note](),
	reflect.TypeFor[intercom.PhoneSwitch](),
	reflect.TypeFor[intercom.Segment](),
	reflect.TypeFor[intercom.SegmentList](),
	reflect.TypeFor[intercom.SubscriptionType](),
	reflect.TypeFor[intercom.Translation](),
	reflect.TypeFor[intercom.Tag](),
	reflect.TypeFor[intercom.TagChange](),
	reflect.TypeFor[intercom.TagList](),
	reflect.TypeFor[intercom.Team](),
	reflect.TypeFor[intercom.AdminPriorityLevel](),
	reflect.TypeFor[intercom.Ticket](),
	reflect.TypeFor[intercom.TicketState](),
	reflect.TypeFor[intercom.TicketPartList](),
	reflect.TypeFor[intercom.TicketPart](),
	reflect.TypeFor[intercom.TicketAttributeUpdate](),
	reflect.TypeFor[intercom.TicketAttributeName](),
	reflect.TypeFor[intercom.LinkedObjectList](),
	reflect.TypeFor[intercom.LinkedObject](),
	reflect.TypeFor[intercom.TicketType](),
	reflect.TypeFor[intercom.TicketTypeAttributeList](),
	reflect.TypeFor[intercom.TicketTypeAttribute](),
	reflect.TypeFor[intercom.TicketStateList](),
	reflect.TypeFor[intercom.Visitor](),
	reflect.TypeFor[intercom.VisitorCompanyList](),
	reflect.TypeFor[intercom.VisitorLocation](),
	reflect.TypeFor[intercom.VisitorSocialProfileList](),
	reflect.TypeFor[intercom.DeletedVisitor](),
}

// TestAnswerTypesAreAll looks for types that are not in the list.
func TestAnswerTypesAreAll(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "models.gen.go", nil, 0)
	require.NoError(t, err)
	listed := map[string]bool{}
	for _, typ := range answerTypes {
		listed[typ.Name()] = true
	}
	for _, decl := range file.Decls {
		general, ok := decl.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		for _, spec := range general.Specs {
			typ := spec.(*ast.TypeSpec)
			if isAnswer(typ.Type) {
				assert.True(t, listed[typ.Name.Name], "add to answerTypes: reflect.TypeFor[intercom.%s](),", typ.Name)
			}
		}
	}
}

// isAnswer tells whether a type keeps what it does not know.
func isAnswer(typ ast.Expr) bool {
	object, ok := typ.(*ast.StructType)
	if !ok {
		return false
	}
	for _, field := range object.Fields.List {
		if name, ok := field.Type.(*ast.Ident); ok && len(field.Names) == 0 && name.Name == "Extra" {
			return true
		}
	}
	return false
}
