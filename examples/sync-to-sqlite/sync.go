package main

import (
	"context"
	"iter"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// batchSize is how many objects are written in one transaction. No more than
// that has to be read again after a kill.
const batchSize = 100

// syncer copies what has changed in a workspace into a store.
type syncer struct {
	client *intercom.Client
	store  *store
	since  time.Time // where to begin the first time
}

// counts says how many objects there are.
type counts struct{ contacts, conversations, parts int }

func (s *syncer) all(ctx context.Context) (counts, error) {
	var got counts
	var err error
	if got.contacts, err = s.contacts(ctx); err != nil {
		return got, err
	}
	got.conversations, err = s.conversations(ctx)
	return got, err
}

func (s *syncer) contacts(ctx context.Context) (int, error) {
	params, err := s.resume(ctx, "contacts")
	if err != nil {
		return 0, err
	}
	return inBatches(s.client.Contacts.UpdatedSince(ctx, params), func(contacts []*intercom.Contact, reached intercom.Checkpoint) error {
		return s.store.write(ctx, "contacts", reached, func(tx *transaction) error {
			for _, c := range contacts {
				if err := tx.putContact(c); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// conversations are found without their parts, so each batch is asked for
// again, eight conversations at a time.
func (s *syncer) conversations(ctx context.Context) (int, error) {
	params, err := s.resume(ctx, "conversations")
	if err != nil {
		return 0, err
	}
	return inBatches(s.client.Conversations.UpdatedSince(ctx, params), func(found []*intercom.Conversation, reached intercom.Checkpoint) error {
		whole, err := s.withParts(ctx, found)
		if err != nil {
			return err
		}
		return s.store.write(ctx, "conversations", reached, func(tx *transaction) error {
			for _, c := range whole {
				if err := tx.putConversation(c); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func (s *syncer) withParts(ctx context.Context, found []*intercom.Conversation) ([]*intercom.Conversation, error) {
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	whole := make([]*intercom.Conversation, 0, len(found))
	params := intercom.ConversationGetManyParams{DisplayAs: intercom.ConversationDisplayPlainText}
	for result := range s.client.Conversations.GetMany(ctx, ids, params) {
		switch {
		case intercom.IsNotFound(result.Err): // It was deleted a moment ago.
		case result.Err != nil:
			return nil, result.Err
		default:
			whole = append(whole, result.Item)
		}
	}
	return whole, nil
}

// resume says what to ask for: what has changed since the last run.
func (s *syncer) resume(ctx context.Context, name string) (intercom.UpdatedSinceParams, error) {
	checkpoint, err := s.store.checkpoint(ctx, name)
	return intercom.UpdatedSinceParams{Since: s.since, Checkpoint: checkpoint}, err
}

// inBatches hands changes over, some at a time, with how far they reach, and
// returns how many were taken.
func inBatches[T any](changes iter.Seq2[intercom.Updated[T], error], take func([]*T, intercom.Checkpoint) error) (int, error) {
	var batch []*T
	var reached intercom.Checkpoint
	taken := 0
	hand := func() error {
		if len(batch) == 0 {
			return nil
		}
		if err := take(batch, reached); err != nil {
			return err
		}
		taken += len(batch)
		batch = nil
		return nil
	}
	for change, err := range changes {
		if err != nil {
			return taken, err
		}
		batch, reached = append(batch, change.Item), change.Checkpoint
		if len(batch) == batchSize {
			if err := hand(); err != nil {
				return taken, err
			}
		}
	}
	return taken, hand()
}
