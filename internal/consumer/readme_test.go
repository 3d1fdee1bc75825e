package consumer

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// TestReadmeProgram builds the program of the README in a folder with nothing
// else in it, and runs it on a fake workspace: without a token, and with one.
func TestReadmeProgram(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	programs := regexp.MustCompile("(?s)```go\n(package main\n.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(programs) != 1 {
		t.Fatalf("README.md has %d programs", len(programs))
	}
	dir := emptyModule(t)
	write(t, filepath.Join(dir, "main.go"), programs[0][1])
	binary := filepath.Join(dir, "first-call.exe")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".")
	build.Dir, build.Env = dir, offline()
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}

	server := intercomtest.New(t)
	for token, want := range map[string]string{
		"":                 "INTERCOM_ACCESS_TOKEN is not set",
		"wrong":            "check the access token",
		intercomtest.Token: "Hello, " + server.Me().Name,
	} {
		run := exec.CommandContext(t.Context(), binary)
		run.Env = append(os.Environ(), "INTERCOM_ACCESS_TOKEN="+token, "INTERCOM_BASE_URL="+server.URL)
		output, err := run.CombinedOutput()
		if (err == nil) != (token == intercomtest.Token) || !strings.Contains(string(output), want) {
			t.Errorf("with the token %q: %v\n%s", token, err, output)
		}
	}
}
