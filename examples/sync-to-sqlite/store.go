package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/url"

	_ "modernc.org/sqlite"

	"github.com/seed-8b687bef/intercom-go"
)

// schema has columns for what is asked for often. The column data has all of an
// object as JSON; SQLite reads it by data->>'$.location.city'. Times are Unix
// seconds.
const schema = `
CREATE TABLE IF NOT EXISTS contacts (
	id TEXT PRIMARY KEY,
	external_id TEXT, role TEXT, email TEXT, name TEXT,
	created_at INTEGER, updated_at INTEGER,
	data TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS conversations (
	id TEXT PRIMARY KEY,
	state TEXT, admin_assignee_id TEXT, team_assignee_id TEXT,
	created_at INTEGER, updated_at INTEGER,
	data TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS parts (
	id TEXT PRIMARY KEY,
	conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
	part_type TEXT, author_type TEXT, author_id TEXT, body TEXT,
	created_at INTEGER
);
CREATE INDEX IF NOT EXISTS parts_of_conversation ON parts (conversation_id);
CREATE TABLE IF NOT EXISTS checkpoints (
	name TEXT PRIMARY KEY,
	reached TEXT NOT NULL
);`

// store is the database.
type store struct{ db *sql.DB }

func openStore(ctx context.Context, path string) (*store, error) {
	pragmas := url.Values{"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "foreign_keys(1)"}}
	db, err := sql.Open("sqlite", "file:"+url.PathEscape(path)+"?"+pragmas.Encode())
	if err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &store{db}, nil
}

func (s *store) close() error { return s.db.Close() }

// checkpoint returns how far a reading has come, the beginning if there was
// none.
func (s *store) checkpoint(ctx context.Context, name string) (intercom.Checkpoint, error) {
	var text string
	err := s.db.QueryRowContext(ctx, `SELECT reached FROM checkpoints WHERE name = ?`, name).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return intercom.Checkpoint{}, nil
	}
	if err != nil {
		return intercom.Checkpoint{}, err
	}
	return intercom.ParseCheckpoint(text)
}

// transaction writes objects.
type transaction struct {
	ctx context.Context
	tx  *sql.Tx
}

// write writes objects and the checkpoint that they reach: both or neither.
func (s *store) write(ctx context.Context, name string, reached intercom.Checkpoint, put func(*transaction) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	t := &transaction{ctx, tx}
	if err := put(t); err != nil {
		return err
	}
	if err := t.exec(`INSERT INTO checkpoints (name, reached) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET reached = excluded.reached`, name, reached.String()); err != nil {
		return err
	}
	return tx.Commit()
}

func (t *transaction) exec(query string, args ...any) error {
	_, err := t.tx.ExecContext(t.ctx, query, args...)
	return err
}

func (t *transaction) putContact(c *intercom.Contact) error {
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO contacts (id, external_id, role, email, name, created_at, updated_at, data)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET external_id = excluded.external_id, role = excluded.role, email = excluded.email,
			name = excluded.name, created_at = excluded.created_at, updated_at = excluded.updated_at, data = excluded.data`,
		c.ID, text(c.ExternalID), text(c.Role), text(c.Email), text(c.Name), seconds(c.CreatedAt), seconds(c.UpdatedAt), string(data))
}

// putConversation writes a conversation with its parts. Parts that the API no
// longer sends, because there are more than 500 newer ones, stay.
func (t *transaction) putConversation(c *intercom.Conversation) error {
	whole := *c
	whole.Parts = nil // They have a table of their own.
	data, err := json.Marshal(whole)
	if err != nil {
		return err
	}
	if err := t.exec(`INSERT INTO conversations (id, state, admin_assignee_id, team_assignee_id, created_at, updated_at, data)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, admin_assignee_id = excluded.admin_assignee_id,
			team_assignee_id = excluded.team_assignee_id, created_at = excluded.created_at,
			updated_at = excluded.updated_at, data = excluded.data`,
		c.ID, text(c.State), text(c.AdminAssigneeID), text(c.TeamAssigneeID), seconds(c.CreatedAt), seconds(c.UpdatedAt), string(data)); err != nil {
		return err
	}
	if c.Parts == nil {
		return nil
	}
	for i := range c.Parts.Parts {
		if err := t.putPart(c.ID, &c.Parts.Parts[i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *transaction) putPart(conversationID string, p *intercom.ConversationPart) error {
	var author intercom.Author
	if p.Author != nil {
		author = *p.Author
	}
	return t.exec(`INSERT INTO parts (id, conversation_id, part_type, author_type, author_id, body, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET part_type = excluded.part_type, body = excluded.body`,
		p.ID, conversationID, text(p.PartType), text(author.Type), text(author.ID), text(p.Body), seconds(p.CreatedAt))
}

// text is NULL where there is none.
func text[T ~string](s T) sql.NullString { return sql.NullString{String: string(s), Valid: s != ""} }

// seconds is NULL for the zero time.
func seconds(t intercom.Timestamp) sql.NullInt64 {
	return sql.NullInt64{Int64: t.Unix(), Valid: !t.IsZero()}
}

// count says what the database has.
func (s *store) count(ctx context.Context) (counts, error) {
	var c counts
	err := s.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM contacts),
		(SELECT count(*) FROM conversations), (SELECT count(*) FROM parts)`).Scan(&c.contacts, &c.conversations, &c.parts)
	return c, err
}
