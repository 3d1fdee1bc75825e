package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

func TestQuickstart(t *testing.T) {
	t.Setenv("INTERCOM_ACCESS_TOKEN", "")
	var out bytes.Buffer
	if err := run(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"talking to a fake workspace",
		`phone "+12025550143"`,
		`name "Grace Hopper", phone "", still 12 seats`,
		"read 401 contacts",
		"IsNotFound is true for: intercom: Contacts.Get GET /contacts/{id}: 404",
		"status 200 after 1 attempt: a list of",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the output lacks %q:\n%s", want, out.String())
		}
	}
}
