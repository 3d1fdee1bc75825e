package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// importer imports the rows of a table, several at a time.
type importer struct {
	client   *intercom.Client
	workers  int
	journal  *journal
	failures *failures
	progress progress

	mu      sync.Mutex
	summary summary
}

// summary is what became of the rows.
type summary struct{ created, updated, failed, doneBefore int }

// outcome is what became of one row.
type outcome int

const (
	failed outcome = iota
	created
	updated
	doneBefore
)

// run imports a table. Rows that fail do not end it; an error that would meet
// every row does, such as a token that is not valid.
func (i *importer) run(ctx context.Context, t *table) (summary, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	rows := make(chan *row)
	var workers sync.WaitGroup
	for range i.workers {
		workers.Go(func() {
			for row := range rows {
				if err := i.do(ctx, row); err != nil {
					cancel(err)
				}
			}
		})
	}
	for row, err := range t.all() {
		if err != nil {
			cancel(err)
		}
		if ctx.Err() != nil {
			break
		}
		select {
		case rows <- row:
		case <-ctx.Done():
		}
	}
	close(rows)
	workers.Wait()
	i.progress.finish()
	return i.summary, context.Cause(ctx)
}

// do imports one row. Its error is one that ends the import.
func (i *importer) do(ctx context.Context, r *row) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if i.journal.has(r) {
		i.count(doneBefore)
		return nil
	}
	result, err := failed, r.err
	if err == nil {
		result, err = i.upsert(ctx, r)
	}
	switch {
	case err == nil:
		i.count(result)
		return i.journal.add(r)
	case ctx.Err() != nil: // It was interrupted, which is no failure of the row.
		return context.Cause(ctx)
	case intercom.IsUnauthorized(err), intercom.IsForbidden(err):
		return err
	default:
		i.count(failed)
		return i.failures.add(r, err)
	}
}

func (i *importer) count(o outcome) {
	i.mu.Lock()
	defer i.mu.Unlock()
	switch o {
	case created:
		i.summary.created++
	case updated:
		i.summary.updated++
	case doneBefore:
		i.summary.doneBefore++
	default:
		i.summary.failed++
	}
	i.progress.step()
}

// upsert creates a contact or updates the one that is there. To create it again
// after a failure that left open whether it was created does no harm here: the
// second time it is there.
//
// It is what Contacts.Upsert does, and more: it clears fields, and it does not
// take over a contact that has another external id.
func (i *importer) upsert(ctx context.Context, r *row) (outcome, error) {
	_, err := i.client.Contacts.Create(ctx, createParams(r.params), intercom.WithReplay())
	if err == nil {
		return created, nil
	}
	id, exists := intercom.ExistingContactID(err)
	if !exists {
		return failed, err
	}
	if !r.params.Email.IsZero() { // It may be the address that exists already.
		existing, err := i.client.Contacts.Get(ctx, id)
		if err != nil {
			return failed, err
		}
		if existing.ExternalID != "" && existing.ExternalID != r.externalID {
			return failed, fmt.Errorf("the email address is that of external_id %s", existing.ExternalID)
		}
	}
	if _, err = i.client.Contacts.Update(ctx, id, r.params); err != nil {
		return failed, err
	}
	return updated, nil
}

// createParams are what a new contact gets. There is nothing to clear yet.
func createParams(p intercom.ContactUpdateParams) intercom.ContactCreateParams {
	return intercom.ContactCreateParams{
		Role:                   value(p.Role),
		ExternalID:             value(p.ExternalID),
		Email:                  value(p.Email),
		Phone:                  value(p.Phone),
		Name:                   value(p.Name),
		Avatar:                 value(p.Avatar),
		SignedUpAt:             value(p.SignedUpAt),
		LastSeenAt:             value(p.LastSeenAt),
		OwnerID:                value(p.OwnerID),
		UnsubscribedFromEmails: p.UnsubscribedFromEmails,
		CustomAttributes:       value(p.CustomAttributes),
	}
}

func value[T any](o intercom.Opt[T]) T {
	v, _ := o.Get()
	return v
}

// tell says what became of an import.
func (s summary) tell(out io.Writer, took time.Duration, failedFile string, err error) {
	parts := []string{fmt.Sprintf("%d created", s.created), fmt.Sprintf("%d updated", s.updated)}
	if s.doneBefore > 0 {
		parts = append(parts, fmt.Sprintf("%d done before", s.doneBefore))
	}
	if s.failed > 0 {
		parts = append(parts, fmt.Sprintf("%d failed (see %s)", s.failed, failedFile))
	}
	fmt.Fprintf(out, "%s in %s.\n", strings.Join(parts, ", "), took.Round(time.Millisecond))
	if err != nil {
		fmt.Fprintln(out, "The import is not complete. The same command goes on with the rest.")
	}
}
