package consumer

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// misuses are mistakes that the compiler has to find, each with a part of what
// it says.
var misuses = map[string]struct{ statement, want string }{
	"call option for a client":     {`_, _ = intercom.NewClient("t", intercom.WithReplay())`, "does not implement intercom.ClientOption"},
	"response for a client":        {`_, _ = intercom.NewClient("t", intercom.WithResponse(nil))`, "does not implement intercom.ClientOption"},
	"token for a call":             {`_, _ = client.Contacts.Get(ctx, "1", intercom.WithToken("t"))`, "does not implement intercom.CallOption"},
	"region for a call":            {`_, _ = client.Contacts.Get(ctx, "1", intercom.WithRegion(intercom.EU))`, "does not implement intercom.CallOption"},
	"limiter for a call":           {`_ = client.Do(ctx, "GET", "/me", nil, nil, intercom.WithoutLimiter())`, "does not implement intercom.CallOption"},
	"option of my own":             {`var _ intercom.Option = func() {}`, "does not implement intercom.Option"},
	"drift option for a client":    {`_, _ = intercom.NewClient("t", intercom.DriftUnknownFields())`, "does not implement intercom.ClientOption"},
	"plain value in an update":     {`_ = intercom.ContactUpdateParams{Name: "Ada"}`, "cannot use \"Ada\""},
	"value of another type":        {`_ = intercom.ContactUpdateParams{Name: intercom.Set(5)}`, "cannot use intercom.Set(5)"},
	"null of another type":         {`_ = intercom.ContactUpdateParams{Name: intercom.Null[int]()}`, "cannot use intercom.Null[int]()"},
	"optional value in a create":   {`_ = intercom.ContactCreateParams{Email: intercom.Set("a@example.test")}`, "cannot use intercom.Set"},
	"time as a plain number":       {`_ = intercom.ContactUpdateParams{SignedUpAt: intercom.Set(1700000000)}`, "cannot use intercom.Set(1700000000)"},
	"inside of an optional":        {`var o intercom.Opt[int]; _ = o.value`, "o.value undefined"},
	"id as a number":               {`_, _ = client.Contacts.Get(ctx, 17)`, "cannot use 17"},
	"params of another method":     {`_, _ = client.Contacts.Create(ctx, intercom.ContactUpdateParams{})`, "cannot use intercom.ContactUpdateParams{}"},
	"query of a bare string":       {`_ = intercom.ContactSearchParams{Query: "role = user"}`, "cannot use \"role = user\""},
	"joining a field":              {`_ = intercom.And(intercom.Field("role"))`, "cannot use intercom.Field"},
	"forgotten error of an item":   {`for contact := range client.Contacts.All(ctx, intercom.ContactListParams{}) { contact.Nothing() }`, "contact.Nothing undefined"},
	"service without its client":   {`_ = intercom.ContactsService{client: client}`, "cannot refer to unexported field client"},
	"params by position":           {`_ = intercom.ContactMergeParams{From: "a", Into: "b", Also: "c"}`, "unknown field Also"},
	"comparing an error as a type": {`_ = intercom.Error{} == nil`, "mismatched types"},
}

// TestMisuseDoesNotCompile builds all mistakes at once, each in a package of
// its own, beside one that is none.
func TestMisuseDoesNotCompile(t *testing.T) {
	t.Parallel()
	dir := emptyModule(t)
	const right = `_, _ = client.Contacts.Get(ctx, "1", intercom.WithReplay())`
	write(t, filepath.Join(dir, "right", "right.go"), program(right))
	for name, misuse := range misuses {
		write(t, filepath.Join(dir, packageOf(name), "wrong.go"), program(misuse.statement))
	}

	build := exec.CommandContext(t.Context(), "go", "build", "./...")
	build.Dir = dir
	build.Env = offline()
	output, _ := build.CombinedOutput()
	said := map[string]string{}
	for part := range strings.SplitSeq(string(output), "\n# ") {
		title, errors, _ := strings.Cut(strings.TrimPrefix(part, "# "), "\n")
		said[filepath.Base(title)] = errors
	}
	if said["right"] != "" || len(said) < len(misuses) {
		t.Fatalf("the build went wrong:\n%s", output)
	}
	for name, misuse := range misuses {
		if errors := said[packageOf(name)]; !strings.Contains(errors, misuse.want) {
			t.Errorf("%s: %s\nthe compiler says: %s", name, misuse.statement, errors)
		}
	}
}

// emptyModule is a folder with the go.mod of somebody who uses the library.
func emptyModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	module, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile("go.sum")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), strings.ReplaceAll(string(module), "=> ../..", "=> "+filepath.ToSlash(root)))
	write(t, filepath.Join(dir, "go.sum"), string(sums))
	return dir
}

// offline is the environment for go commands in such a folder.
func offline() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")
}

func packageOf(name string) string { return strings.ReplaceAll(name, " ", "_") }

func program(statement string) string {
	return `package p

import (
	"context"

	"github.com/seed-8b687bef/intercom-go"
)

func use(ctx context.Context, client *intercom.Client) {
	` + statement + `
	_, _ = ctx, client
}
`
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
