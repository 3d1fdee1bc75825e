package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// port is a workspace to import into, and a folder to import from.
type port struct {
	*intercomtest.Server
	client   *intercom.Client
	settings settings
}

func newPort(t *testing.T, lines ...string) *port {
	t.Helper()
	server := intercomtest.New(t)
	server.Seed(
		intercom.DataAttribute{Name: "berth", DataType: intercom.DataAttributeTypeString, Options: []string{"north", "south"}},
		intercom.DataAttribute{Name: "masts", DataType: intercom.DataAttributeTypeInteger},
		intercom.DataAttribute{Name: "draught", DataType: intercom.DataAttributeTypeFloat},
		intercom.DataAttribute{Name: "insured", DataType: intercom.DataAttributeTypeBoolean},
		intercom.DataAttribute{Name: "surveyed_at", DataType: intercom.DataAttributeTypeDate},
	)
	client, err := server.Client(intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3, MinBackoff: 1, MaxBackoff: 1}))
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "in.csv")
	require.NoError(t, os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600))
	s, err := parse([]string{file}, os.Stderr)
	require.NoError(t, err)
	return &port{server, client, s}
}

func (p *port) importFile(t *testing.T) (summary, string) {
	t.Helper()
	var out bytes.Buffer
	sum, err := importFile(t.Context(), p.client, p.settings, &out)
	require.NoError(t, err)
	return sum, out.String()
}

// contact finds a contact by its external id.
func (p *port) contact(t *testing.T, externalID string) intercom.Contact {
	t.Helper()
	for _, c := range p.Contacts() {
		if c.ExternalID == externalID {
			return c
		}
	}
	require.Fail(t, "there is no contact "+externalID)
	return intercom.Contact{}
}

func (p *port) failed(t *testing.T) [][]string {
	t.Helper()
	text, err := os.ReadFile(p.settings.failed)
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	return rows
}

func TestCreatesAndUpdates(t *testing.T) {
	t.Parallel()
	p := newPort(t,
		"\ufeffexternal_id,role,email,name,signed_up_at,unsubscribed_from_emails,berth,masts,draught,insured,surveyed_at",
		"s1,user,una@example.com,Una,2026-02-03,yes,north,3,4.5,true,2025-12-01T08:00:00Z",
		"s2,lead,,Duo,1767225600,,,,,no,",
	)
	p.Seed(intercom.Contact{Role: intercom.ContactRoleLead, ExternalID: "s2", Name: "Was here", Phone: "+4940555010"})

	sum, out := p.importFile(t)
	assert.Equal(t, summary{created: 1, updated: 1}, sum)
	assert.Contains(t, out, "2 of 2 rows")
	assert.Contains(t, out, "1 created, 1 updated in")

	una := p.contact(t, "s1")
	assert.Equal(t, intercom.ContactRoleUser, una.Role)
	assert.Equal(t, "una@example.com", una.Email)
	assert.Equal(t, "2026-02-03T00:00:00Z", una.SignedUpAt.String())
	assert.True(t, una.UnsubscribedFromEmails)
	attributes, err := una.CustomAttributes.MarshalJSON()
	require.NoError(t, err)
	assert.JSONEq(t, `{"berth":"north","masts":3,"draught":4.5,"insured":true,"surveyed_at":1764576000}`, string(attributes))

	duo := p.contact(t, "s2")
	assert.Equal(t, "Duo", duo.Name)
	assert.Equal(t, "+4940555010", duo.Phone, "no column, no change")
	assert.Equal(t, "2026-01-01T00:00:00Z", duo.SignedUpAt.String())
	assert.NoFileExists(t, p.settings.failed)
	assert.NoFileExists(t, p.settings.file+".done")
}

func TestNull(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings    func(*settings)
		cells       string // phone, name, berth, masts
		phone, ship string
		berth       string
		masts       string
	}{
		"an empty cell leaves alone":  {cells: ",,,", phone: "+351555", ship: "Gale", berth: "north", masts: "2"},
		"the word clears":             {cells: "null,null,null,null"},
		"one word clears one":         {cells: "null,,,null", ship: "Gale", berth: "north"},
		"the word can be another":     {settings: func(s *settings) { s.null = "-" }, cells: "-,null,-,", ship: "null", masts: "2"},
		"empty cells clear on demand": {settings: func(s *settings) { s.clear = true }, cells: ",Storm,south,", ship: "Storm", berth: "south"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPort(t, "external_id,phone,name,berth,masts", "s1,"+test.cells)
			if test.settings != nil {
				test.settings(&p.settings)
			}
			p.Seed(intercom.Contact{
				Role: intercom.ContactRoleUser, ExternalID: "s1", Phone: "+351555", Name: "Gale",
				CustomAttributes: intercom.CustomAttributesOf(map[string]any{"berth": "north", "masts": 2}),
			})
			p.importFile(t)
			c := p.contact(t, "s1")
			berth, _ := c.CustomAttributes.String("berth")
			masts, _ := c.CustomAttributes.String("masts")
			assert.Equal(t, []string{test.phone, test.ship, test.berth, test.masts}, []string{c.Phone, c.Name, berth, masts})
		})
	}
}

func TestFailedRows(t *testing.T) {
	t.Parallel()
	p := newPort(t,
		"external_id,email,masts,insured,surveyed_at,berth,role",
		"s1,not an address,,,,,",
		"s2,,three,,,,",
		"s3,,,perhaps,,,",
		"s4,,,,soon,,",
		"s5,,,,,east,",
		"s6,,,,,,captain",
		"s7,taken@example.com,,,,,user",
		",lost@example.com,,,,,",
		"s8,fine@example.com,,,,,user",
		"s8,twice@example.com,,,,,",
	)
	p.Seed(intercom.Contact{Role: intercom.ContactRoleUser, ExternalID: "other", Email: "taken@example.com"})
	p.settings.workers = 1

	sum, out := p.importFile(t)
	assert.Equal(t, summary{created: 1, failed: 9}, sum)
	assert.Contains(t, out, "9 failed (see "+p.settings.failed+")")
	assert.Equal(t, "fine@example.com", p.contact(t, "s8").Email)
	assert.Empty(t, p.contact(t, "other").Name)

	rows := p.failed(t)
	assert.Equal(t, []string{"import_line", "import_reason", "import_request_id", "external_id", "email", "masts", "insured", "surveyed_at", "berth", "role"}, rows[0])
	var reasons []string
	for _, row := range rows[1:] {
		reasons = append(reasons, row[0]+" "+row[1])
	}
	assert.Equal(t, []string{
		`2 400 parameter_invalid email: email is invalid`,
		`3 masts: "three" is no whole number`,
		`4 insured: "perhaps" is neither true nor false`,
		`5 surveyed_at: "soon" is no time such as 2026-03-31 or 2026-03-31T08:30:00Z`,
		`6 berth: "east" is none of north, south`,
		`7 role: "captain" is neither user nor lead`,
		`8 the email address is that of external_id other`,
		`9 external_id is empty`,
		`11 external_id is that of line 10, too`,
	}, reasons)
	assert.Equal(t, p.Requests("Contacts.Create")[0].ID, rows[1][2], "the id of the request that failed")
	assert.Empty(t, rows[2][2], "nothing was sent")
}

func TestMendedReport(t *testing.T) {
	t.Parallel()
	p := newPort(t, "external_id,masts", "s1,3", "s2,four")
	p.importFile(t)
	text, err := os.ReadFile(p.settings.failed)
	require.NoError(t, err)

	p.settings.file, p.settings.failed = p.settings.failed, p.settings.failed+".again"
	require.NoError(t, os.WriteFile(p.settings.file, bytes.ReplaceAll(text, []byte("four"), []byte("4")), 0o600))
	// The word also stands in the reason, which is passed over.
	sum, _ := p.importFile(t)
	assert.Equal(t, summary{created: 1}, sum)
	masts, _ := p.contact(t, "s2").CustomAttributes.Int("masts")
	assert.EqualValues(t, 4, masts)
}

func TestGoesOnAfterInterruption(t *testing.T) {
	t.Parallel()
	lines := []string{"external_id,name"}
	for i := range 60 {
		lines = append(lines, fmt.Sprintf("s%d,Ship %d", i, i))
	}
	p := newPort(t, lines...)
	ctx, cancel := context.WithCancel(t.Context())
	client, err := p.Client(intercom.WithCallHook(func(ctx context.Context, _ intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
		if len(p.Requests("Contacts.Create")) >= 25 {
			cancel()
		}
		return ctx, func(intercom.CallEnd) {}
	}))
	require.NoError(t, err)

	var out bytes.Buffer
	first, err := importFile(ctx, client, p.settings, &out)
	require.ErrorIs(t, err, context.Canceled)
	assert.Contains(t, out.String(), "The same command goes on with the rest.")
	assert.Less(t, first.created, 60)
	assert.GreaterOrEqual(t, first.created, 25-p.settings.workers)
	assert.FileExists(t, p.settings.file+".done")

	second, text := p.importFile(t)
	assert.Equal(t, 60, first.created+second.created+second.updated)
	assert.Equal(t, first.created, second.doneBefore)
	assert.Contains(t, text, fmt.Sprintf("%d done before", first.created))
	assert.Len(t, p.Contacts(), 60, "nobody is missing or doubled")
	assert.NoFileExists(t, p.settings.file+".done")
}

func TestAnswersThatGetLost(t *testing.T) {
	t.Parallel()
	p := newPort(t, "external_id,name", "s1,Ebb", "s2,Flow")
	p.settings.workers = 1 // Otherwise chance says which of the two meets the second fault.
	p.Inject(intercomtest.Fault{Operation: "Contacts.Create", Reset: true, CarryOut: true, Times: 2})
	sum, _ := p.importFile(t)
	assert.Equal(t, summary{created: 1, updated: 1}, sum, "the first was created, but nobody heard of it")
	assert.Len(t, p.Contacts(), 2)
}

func TestWhatConcernsEveryRowEndsTheImport(t *testing.T) {
	t.Parallel()
	lines := []string{"external_id"}
	for i := range 200 {
		lines = append(lines, fmt.Sprint("s", i))
	}
	p := newPort(t, lines...)
	p.Inject(intercomtest.Fault{Operation: "Contacts.Create", After: 10, Times: -1, Status: 401})
	sum, err := importFile(t.Context(), p.client, p.settings, &bytes.Buffer{})
	require.True(t, intercom.IsUnauthorized(err), "%v", err)
	assert.LessOrEqual(t, sum.created, 10)
	assert.Zero(t, sum.failed, "no row is to blame")
	assert.LessOrEqual(t, len(p.Requests("Contacts.Create")), 10+2*p.settings.workers)
	assert.NoFileExists(t, p.settings.failed)
}

func TestFilesThatWontDo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"empty":            {"", "no line with the names of columns"},
		"no id":            {"email\na@example.com", "no column external_id"},
		"unknown column":   {"external_id,emial\ns1,x", `column "emial" is neither`},
		"doubled column":   {"external_id,name,name\ns1,a,b", `two columns "name"`},
		"cells are amiss":  {"external_id,name\ns1", "wrong number of fields"},
		"quotes are amiss": {"external_id,name\ns1,\"a", "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPort(t, test.text)
			_, err := importFile(t.Context(), p.client, p.settings, &bytes.Buffer{})
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, "in.csv")
			assert.Empty(t, p.Requests("Contacts.Create"))
		})
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	_, err := parse([]string{"-h"}, &out)
	require.ErrorIs(t, err, flag.ErrHelp)
	assert.Contains(t, out.String(), "INTERCOM_ACCESS_TOKEN")

	for _, args := range [][]string{{"a.csv", "b.csv"}, {"-workers", "0", "a.csv"}, {"-failed", "a.csv", "a.csv"}, {"-x"}} {
		_, err := parse(args, &out)
		require.Error(t, err, args)
	}
	s, err := parse([]string{"-clear-empty", "people/crew.csv"}, &out)
	require.NoError(t, err)
	assert.Equal(t, settings{file: "people/crew.csv", failed: "people/crew.failed.csv", null: "null", clear: true, workers: 8}, s)
}

func TestBarOnATerminal(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	b := newBar(&out, 4)
	for range 4 {
		b.step()
	}
	b.finish()
	assert.Contains(t, out.String(), "importing")
	assert.Contains(t, out.String(), "1/4")
}

func TestDemo(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), nil, &out))
	assert.Contains(t, out.String(), "399 created, 1 updated, 3 failed")
	assert.Contains(t, out.String(), "0 created, 400 updated, 3 failed")
	assert.Contains(t, out.String(), `renamed it to "Runa Dahl", cleared its phone (""),`)
	assert.Contains(t, out.String(), `left its email alone ("old@example.com")`)
}
