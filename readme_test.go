package intercom_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// The functions below hold the code of README.md, each block as it stands
// there, so that it is compiled and run.

func readmeUpdate(ctx context.Context, client *intercom.Client) error {
	contact, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{
		Role:  intercom.ContactRoleUser,
		Email: "ada@example.com",
		CustomAttributes: intercom.CustomAttributesOf(map[string]any{
			"plan":  "pro",
			"seats": 12,
		}),
	})
	if err != nil {
		return err
	}
	contact, err = client.Contacts.Update(ctx, contact.ID, intercom.ContactUpdateParams{
		Name:  intercom.Set("Ada Lovelace"),
		Phone: intercom.Null[string](), // clear it; what is not named stays as it is
	})
	if err != nil {
		return err
	}
	fmt.Println(contact.Name)
	return nil
}

func readmeIterate(ctx context.Context, client *intercom.Client) error {
	for contact, err := range client.Contacts.All(ctx, intercom.ContactListParams{}) {
		if err != nil {
			return err
		}
		fmt.Println(contact.ID, contact.Email)
	}
	return nil
}

func readmeSearch(ctx context.Context, client *intercom.Client) error {
	query := intercom.And(
		intercom.Field("role").Eq(intercom.ContactRoleUser),
		intercom.Or(
			intercom.Attribute("plan").In("pro", "max"),
			intercom.Field("created_at").After(time.Now().AddDate(0, -1, 0)),
		),
	)
	for contact, err := range client.Contacts.SearchAll(ctx, intercom.ContactSearchParams{Query: query}) {
		if err != nil {
			return err
		}
		fmt.Println(contact.Email)
	}
	return nil
}

func readmeErrors(ctx context.Context, client *intercom.Client, id string) error {
	_, err := client.Contacts.Get(ctx, id)
	var apiErr *intercom.Error
	switch {
	case intercom.IsNotFound(err):
		fmt.Println("no such contact")
	case intercom.HasCode(err, intercom.CodeParameterInvalid):
		fmt.Println("the API did not like a parameter")
	case errors.As(err, &apiErr):
		fmt.Println("status", apiErr.StatusCode, "request", apiErr.RequestID)
	case err != nil:
		return err
	}
	return nil
}

func readmeRetries(ctx context.Context, client *intercom.Client, params intercom.ContactCreateParams) error {
	patient, err := client.With(intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 6}))
	if err != nil {
		return err
	}
	_, err = patient.Contacts.Create(ctx, params, intercom.WithReplay())
	return err
}

func readmeRaw(ctx context.Context, client *intercom.Client) error {
	var out struct {
		Type string `json:"type"`
	}
	var meta intercom.Response
	err := client.Do(ctx, "GET", "/tags", nil, &out, intercom.WithResponse(&meta))
	fmt.Println(out.Type, meta.StatusCode)
	return err
}

func readmeWebhooks(mux *http.ServeMux) error {
	handler, err := webhook.NewHandler(os.Getenv("INTERCOM_CLIENT_SECRET"))
	if err != nil {
		return err
	}
	webhook.On(handler, webhook.ConversationUserReplied,
		func(_ context.Context, e *webhook.Event[intercom.Conversation]) error {
			fmt.Println("somebody replied in", e.Item.ID)
			return nil
		})
	mux.Handle("/intercom", handler)
	return nil
}

func readmeExport(ctx context.Context, client *intercom.Client) error {
	job, err := client.Export.Create(ctx, intercom.ExportCreateParams{
		CreatedAtAfter:  intercom.TimestampOf(time.Now().AddDate(0, 0, -7)),
		CreatedAtBefore: intercom.TimestampOf(time.Now()),
	})
	if err != nil {
		return err
	}
	if job, err = client.Export.Wait(ctx, job.ID); err != nil {
		return err
	}
	for row, err := range client.Export.Rows(ctx, job.ID) {
		if err != nil {
			return err
		}
		fmt.Println(row.Email, row.ContentTitle)
	}
	return nil
}

func readmeTesting() (*intercom.Client, error) {
	server := intercomtest.NewServer()
	defer server.Close()
	server.SeedContacts(1_000)
	client, err := server.Client()
	return client, err
}

func readmeVersions(token string) (*intercom.Client, error) {
	client, err := intercom.NewClient(token,
		intercom.WithRegion(intercom.EU),
		intercom.WithVersion(intercom.V2_9),
	)
	return client, err
}

func TestReadmeCodeRuns(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t)
	server.SeedContacts(20) // They bring the attributes plan and seats.
	client, err := server.Client()
	require.NoError(t, err)
	ctx := t.Context()
	require.NoError(t, readmeUpdate(ctx, client))
	require.NoError(t, readmeIterate(ctx, client))
	require.NoError(t, readmeSearch(ctx, client))
	require.NoError(t, readmeErrors(ctx, client, "5f0000000000000000000000"))
	require.NoError(t, readmeRetries(ctx, client, intercom.ContactCreateParams{Email: "grace@example.com"}))
	require.NoError(t, readmeRaw(ctx, client))
	_, err = readmeTesting()
	require.NoError(t, err)
	eu, err := readmeVersions("token")
	require.NoError(t, err)
	assert.Equal(t, intercom.V2_9, eu.APIVersion())
}

func TestReadmeWebhooksRun(t *testing.T) {
	mux := http.NewServeMux()
	t.Setenv("INTERCOM_CLIENT_SECRET", "")
	require.ErrorContains(t, readmeWebhooks(mux), "secret is empty")
	t.Setenv("INTERCOM_CLIENT_SECRET", "secret")
	require.NoError(t, readmeWebhooks(mux))
	body := `{"type":"notification_event","topic":"conversation.user.replied","data":{"item":{"type":"conversation","id":"21"}}}`
	request := httptest.NewRequest(http.MethodPost, "/intercom", strings.NewReader(body))
	request.Header.Set(webhook.SignatureHeader, webhook.Sign("secret", []byte(body)))
	answer := httptest.NewRecorder()
	mux.ServeHTTP(answer, request)
	assert.Equal(t, http.StatusOK, answer.Code)
}

func TestReadmeExportRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := intercomtest.New(t, intercomtest.WithoutSocket())
		server.Seed(
			intercom.Contact{ID: "user-1", Email: "ada@example.com"},
			intercomtest.Message{Message: intercom.Message{Subject: "Your boat is ready"}, To: []string{"user-1"}},
		)
		time.Sleep(time.Minute) // The span of the export ends now.
		client, err := server.Client()
		require.NoError(t, err)
		require.NoError(t, readmeExport(t.Context(), client))
	})
}

// TestCodeInTextsIsCompiled looks for every block of Go in README.md and docs/ in
// the tests and examples, which are compiled and run.
func TestCodeInTextsIsCompiled(t *testing.T) {
	t.Parallel()
	var compiled strings.Builder
	for _, folder := range []string{".", "webhook", "intercomtest", "examples", "limiters", "oauth"} {
		for _, name := range goFiles(t, folder) {
			source, err := os.ReadFile(name)
			require.NoError(t, err)
			compiled.WriteString(flat(string(source)))
		}
	}
	texts, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	for _, name := range append(texts, "README.md") {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, block := range regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
			if strings.HasPrefix(block[1], "package main") {
				continue // internal/consumer builds and runs it.
			}
			assert.Contains(t, compiled.String(), flat(block[1]), "%s: this block is not compiled:\n%s", name, block[1])
		}
	}
}

// goFiles lists the files with code that texts may quote: tests, and programs
// under examples.
func goFiles(t *testing.T, folder string) (names []string) {
	t.Helper()
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if folder == "." && name != "." {
				return filepath.SkipDir
			}
			return nil
		case strings.HasSuffix(name, "_test.go") || (folder == "examples" && strings.HasSuffix(name, ".go")):
			names = append(names, name)
		}
		return nil
	})
	require.NoError(t, err)
	return names
}

// flat takes indentation and empty lines away.
func flat(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
