package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// demo imports a made up file into a fake workspace, twice.
func demo(ctx context.Context, s settings, out io.Writer) error {
	dir, err := os.MkdirTemp("", "importer")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s.file = filepath.Join(dir, "contacts.csv")
	s.failed = filepath.Join(dir, "contacts.failed.csv")
	if err := writeDemo(s.file, 400); err != nil {
		return err
	}
	server := demoWorkspace()
	defer server.Close()
	server.Inject(intercomtest.Fault{Delay: 5 * time.Millisecond, Times: -1}) // as if it were far away
	client, err := server.Client()
	if err != nil {
		return err
	}

	fmt.Fprintln(out, "Importing a made up CSV into a fake workspace in this process.")
	if _, err := importFile(ctx, client, s, out); err != nil {
		return err
	}
	report, err := os.ReadFile(s.failed)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nThe rows that failed:\n\n%s\n", report)
	fmt.Fprintln(out, "Importing the same file again, which changes nothing:")
	if _, err := importFile(ctx, client, s, out); err != nil {
		return err
	}
	for _, contact := range server.Contacts() {
		if contact.ExternalID == "crew-1" {
			fmt.Fprintf(out, "\ncrew-1 was there before. The import renamed it to %q, cleared its phone (%q),\nand left its email alone (%q).\n",
				contact.Name, contact.Phone, contact.Email)
		}
	}
	return nil
}

// demoWorkspace has three custom attributes and one of the contacts.
func demoWorkspace() *intercomtest.Server {
	server := intercomtest.NewServer()
	server.Seed(
		intercom.DataAttribute{Name: "rank", DataType: intercom.DataAttributeTypeString},
		intercom.DataAttribute{Name: "voyages", DataType: intercom.DataAttributeTypeInteger},
		intercom.DataAttribute{Name: "licensed_until", DataType: intercom.DataAttributeTypeDate},
		intercom.Contact{Role: intercom.ContactRoleUser, ExternalID: "crew-1", Email: "old@example.com", Name: "Old Name", Phone: "+3225550100"},
	)
	return server
}

// writeDemo makes up a file with n rows that are right and three that are not.
func writeDemo(path string, n int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	w := csv.NewWriter(file)
	rows := [][]string{
		{"external_id", "role", "email", "name", "phone", "rank", "voyages", "licensed_until"},
		{"crew-1", "user", "", "Runa Dahl", "null", "bosun", "12", "2031-05-01"},
	}
	for i := 2; i <= n; i++ {
		id := fmt.Sprintf("crew-%d", i)
		rows = append(rows, []string{id, "user", id + "@example.com", "Sailor " + id, "", "deckhand", strconv.Itoa(i % 30), "null"})
	}
	rows = append(rows,
		[]string{"crew-2", "user", "", "Twice in the file", "", "", "", ""},
		[]string{"crew-7001", "user", "no address", "", "", "", "", ""},
		[]string{"crew-7002", "user", "voyager@example.com", "", "", "", "many", ""},
	)
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return file.Close()
}
