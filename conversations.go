package intercom

import (
	"context"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// ConversationsService reads and changes the conversations of the workspace.
// Get it from Client.Conversations.
type ConversationsService struct {
	// Contacts are the contacts who take part in one conversation.
	Contacts *ConversationContactsService
	// Tags are the tags on one conversation.
	Tags *ConversationTagsService

	client *Client
}

func newConversationsService(c *Client) *ConversationsService {
	return &ConversationsService{
		Contacts: &ConversationContactsService{c},
		Tags:     &ConversationTagsService{c},
		client:   c,
	}
}

// ConversationGetParams says how to give a conversation. The zero value is
// fine.
type ConversationGetParams struct {
	// DisplayAs says whether texts come as HTML, the default, or as plain text.
	DisplayAs ConversationDisplay
	// IncludeTranslations asks for parts to be translated into the language of
	// the conversation.
	//
	// Available since Intercom-Version 2.14.
	IncludeTranslations bool
}

// ConversationListParams says how to list conversations. The zero value is
// fine.
type ConversationListParams struct {
	// PerPage is how many conversations a page holds, at most 150. If it is 0,
	// List and Pages get the API's default of 20, All asks for 150.
	PerPage int
	// Cursor is where to begin: the Cursor or NextCursor of a page.
	Cursor string
}

// ConversationSearchParams says which conversations to find.
type ConversationSearchParams struct {
	// Query is the condition. It is required.
	Query Query
	// Sort is the order of the findings.
	Sort Sort
	// PerPage is how many conversations a page holds, at most 150. If it is 0,
	// Search and SearchPages get the API's default of 20, SearchAll asks for
	// 150.
	PerPage int
	// Cursor is where to begin: the Cursor or NextCursor of a page.
	Cursor string
	// IncludeMonitors asks for what monitors found in the conversations.
	//
	// Available since Intercom-Version 2.16.
	IncludeMonitors bool
	// IncludeScorecards asks for how the quality of the conversations was
	// scored.
	//
	// Available since Intercom-Version 2.16.
	IncludeScorecards bool
}

// Get returns the conversation with an id and its parts, of which the API sends
// the newest 500. Parts.TotalCount tells how many there are.
//
// GET /conversations/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/retrieveconversation
func (s *ConversationsService) Get(ctx context.Context, id string, params ConversationGetParams, opts ...CallOption) (*Conversation, error) {
	var q query
	add(&q, "display_as", params.DisplayAs)
	addSince(&q, "include_translations", params.IncludeTranslations, 2014)
	return call[Conversation](ctx, s.client, operations.ConversationsGet, path(id).withQuery(q), opts)
}

// List returns one page of conversations without their parts.
//
// GET /conversations · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/listconversations
func (s *ConversationsService) List(ctx context.Context, params ConversationListParams, opts ...CallOption) (*Page[Conversation], error) {
	return onePage(ctx, s.list(params), opts)
}

// Pages iterates over all pages that List would return one by one.
func (s *ConversationsService) Pages(ctx context.Context, params ConversationListParams, opts ...CallOption) iter.Seq2[*Page[Conversation], error] {
	return allPages(ctx, s.list(params), opts)
}

// All iterates over all conversations, without their parts. It asks for the
// largest pages, and for the next one while you work on this one.
func (s *ConversationsService) All(ctx context.Context, params ConversationListParams, opts ...CallOption) iter.Seq2[*Conversation, error] {
	return allItems(ctx, s.list(params), opts)
}

func (s *ConversationsService) list(p ConversationListParams) *list[Conversation] {
	return listOf[Conversation](s.client, operations.ConversationsList, request{}, p.PerPage, p.Cursor)
}

// Search returns one page of the conversations that meet a condition, without
// their parts.
//
// POST /conversations/search · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/searchconversations
func (s *ConversationsService) Search(ctx context.Context, params ConversationSearchParams, opts ...CallOption) (*Page[Conversation], error) {
	return onePage(ctx, s.search(params), opts)
}

// SearchPages iterates over all pages that Search would return one by one.
func (s *ConversationsService) SearchPages(ctx context.Context, params ConversationSearchParams, opts ...CallOption) iter.Seq2[*Page[Conversation], error] {
	return allPages(ctx, s.search(params), opts)
}

// SearchAll iterates over all conversations that meet a condition, without
// their parts.
func (s *ConversationsService) SearchAll(ctx context.Context, params ConversationSearchParams, opts ...CallOption) iter.Seq2[*Conversation, error] {
	return allItems(ctx, s.search(params), opts)
}

func (s *ConversationsService) search(p ConversationSearchParams) *list[Conversation] {
	var q query
	addSince(&q, "include_monitors", p.IncludeMonitors, 2016)
	addSince(&q, "include_scorecards", p.IncludeScorecards, 2016)
	l := searchOf[Conversation](s.client, operations.ConversationsSearch, searchConversations, p.Query, p.Sort, p.PerPage, p.Cursor)
	l.request = l.request.withQuery(q)
	return l
}

// Create begins a conversation in the name of a contact, and returns the
// message that it begins with: its ConversationID names the conversation. To
// write to a contact in the name of an admin, use Client.Messages.
//
// POST /conversations · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/createconversation
func (s *ConversationsService) Create(ctx context.Context, params ConversationCreateParams, opts ...CallOption) (*Message, error) {
	return call[Message](ctx, s.client, operations.ConversationsCreate, request{body: params}, opts)
}

// Update changes fields of a conversation and returns it as it is then, with
// its parts. It marks it as read or unread, too.
//
// PUT /conversations/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/updateconversation
func (s *ConversationsService) Update(ctx context.Context, id string, params ConversationUpdateParams, opts ...CallOption) (*Conversation, error) {
	var q query
	add(&q, "display_as", params.DisplayAs)
	return call[Conversation](ctx, s.client, operations.ConversationsUpdate, path(id).withQuery(q).withBody(params), opts)
}
