package intercom

import (
	"context"
	"errors"
	"iter"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// maxParts is how many parts of a conversation the API sends.
const maxParts = 500

// Truncated tells whether the conversation may have older parts than these: the
// API sends the newest 500, and no call has the others.
func (l *ConversationPartList) Truncated() bool {
	return l != nil && (len(l.Parts) < l.TotalCount || len(l.Parts) >= maxParts)
}

// manyAtOnce is how many of several objects are asked for at once.
const manyAtOnce = 8

// ConversationGetManyParams says how to get many conversations. The zero value
// is fine.
type ConversationGetManyParams struct {
	// Concurrency is how many are asked for at once, 8 by default.
	Concurrency int
	// DisplayAs says whether texts come as HTML, the default, or as plain text.
	DisplayAs ConversationDisplay
	// IncludeTranslations asks for parts to be translated into the language of
	// the conversation.
	//
	// Available since Intercom-Version 2.14.
	IncludeTranslations bool
}

// Result is what came of one of several ids.
type Result[T any] struct {
	// ID is the id that was asked for.
	ID string
	// Item is the object with the id, nil if there was an error.
	Item *T
	// Err is why there is no item.
	Err error
}

// GetMany gets conversations with their parts, several at once, and iterates
// over them in the order of the ids. One that can't be had has an error and
// does not end the iteration. All share the rate limit with everything else
// that the client does. No more than Concurrency conversations are held at a
// time; what is on its way when the loop is left is canceled.
//
// GET /conversations/{id} · https://developers.intercom.com/docs/references/2.8/rest-api/api.intercom.io/conversations/retrieveconversation
func (s *ConversationsService) GetMany(ctx context.Context, ids []string, params ConversationGetManyParams, opts ...CallOption) iter.Seq[Result[Conversation]] {
	var q query
	add(&q, "display_as", params.DisplayAs)
	addSince(&q, "include_translations", params.IncludeTranslations, 2014)
	request := func(id string) request { return path(id).withQuery(q) }
	return getMany[Conversation](ctx, s.client, operations.ConversationsGet, request, ids, params.Concurrency, opts)
}

// arrived is a Result with what the caller wants to be told of the call.
type arrived[T any] struct {
	Result[T]
	told told
}

// getMany sends an operation for each id, at most n at once.
func getMany[T any, P answer[T]](ctx context.Context, c *Client, op *operation, requestOf func(id string) request, ids []string, n int, opts []CallOption) iter.Seq[Result[T]] {
	if n < 1 {
		n = manyAtOnce
	}
	settings, err := c.settingsOf(op, opts)
	if ctx == nil {
		err = errors.New("intercom: " + op.Name + ": the context is nil")
	}
	get := func(ctx context.Context, id string) arrived[T] {
		a := arrived[T]{Result: Result[T]{ID: id}}
		v := new(T)
		if a.Err = send(ctx, c, op, requestOf(id), a.told.listen(settings), P(v)); a.Err == nil {
			a.Item = v
		}
		return a
	}
	return func(yield func(Result[T]) bool) {
		if err != nil {
			for i := 0; i < len(ids) && yield(Result[T]{ID: ids[i], Err: err}); i++ {
			}
			return
		}
		for a := range sideBySide(ctx, ids, n, get) {
			if a.told.tell(settings); !yield(a.Result) {
				return
			}
		}
	}
}

// sideBySide calls get for each id, at most n at once, and iterates over what
// comes back in the order of the ids. All calls have ended when it returns.
func sideBySide[R any](ctx context.Context, ids []string, n int, get func(context.Context, string) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		ctx, cancel := context.WithCancel(ctx)
		results := make([]*aside[R], len(ids))
		defer func() {
			for _, result := range results {
				if result != nil {
					<-result.done
				}
			}
		}()
		defer cancel()
		begin := func(i int) {
			if i < len(ids) {
				results[i] = runAside(func() R { return get(ctx, ids[i]) })
			}
		}
		for i := range min(n, len(ids)) {
			begin(i)
		}
		for i := range ids {
			result := results[i].wait()
			results[i] = nil
			begin(i + n)
			if !yield(result) {
				return
			}
		}
	}
}
