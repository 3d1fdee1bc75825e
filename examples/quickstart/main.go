// Command quickstart walks through the library: who am I, create, update,
// search, iterate, scroll, errors and a raw call.
//
// Without a token it talks to a fake workspace inside the process. With
// INTERCOM_ACCESS_TOKEN set (and INTERCOM_REGION, for regions other than US) it
// talks to your real workspace and only reads.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// run chooses the workspace and takes the steps that fit it.
func run(ctx context.Context, out io.Writer) error {
	if os.Getenv("INTERCOM_ACCESS_TOKEN") != "" {
		client, err := intercom.NewClientFromEnv()
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "Talking to your workspace, only reading.")
		return take(ctx, out, client, whoAmI, search, iterate, scroll, notFound, raw)
	}
	server := intercomtest.NewServer()
	defer server.Close()
	server.SeedContacts(400)
	server.SeedCompanies(150)
	client, err := server.Client()
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "No INTERCOM_ACCESS_TOKEN: talking to a fake workspace in this process.")
	return take(ctx, out, client, whoAmI, createAndUpdate, search, iterate, scroll, notFound, raw)
}

// step shows one thing.
type step func(context.Context, io.Writer, *intercom.Client) error

func take(ctx context.Context, out io.Writer, client *intercom.Client, steps ...step) error {
	for _, step := range steps {
		fmt.Fprintln(out)
		if err := step(ctx, out, client); err != nil {
			return err
		}
	}
	return nil
}

func whoAmI(ctx context.Context, out io.Writer, client *intercom.Client) error {
	fmt.Fprintln(out, "Who am I?")
	me, err := client.Admins.Me(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  %s <%s>", me.Name, me.Email)
	if me.App != nil {
		fmt.Fprintf(out, " of workspace %q", me.App.Name)
	}
	fmt.Fprintln(out)
	return nil
}

func createAndUpdate(ctx context.Context, out io.Writer, client *intercom.Client) error {
	fmt.Fprintln(out, "Create a contact, then set one field and clear another.")
	contact, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{
		Role:             intercom.ContactRoleUser,
		Email:            "grace@example.com",
		Phone:            "+12025550143",
		CustomAttributes: intercom.CustomAttributesOf(map[string]any{"plan": "pro", "seats": 12}),
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  created %s: email %s, name %q, phone %q\n", contact.ID, contact.Email, contact.Name, contact.Phone)
	contact, err = client.Contacts.Update(ctx, contact.ID, intercom.ContactUpdateParams{
		Name:  intercom.Set("Grace Hopper"),
		Phone: intercom.Null[string](),
	})
	if err != nil {
		return err
	}
	seats, _ := contact.CustomAttributes.Int("seats")
	fmt.Fprintf(out, "  updated %s: name %q, phone %q, still %d seats\n", contact.ID, contact.Name, contact.Phone, seats)
	return nil
}

func search(ctx context.Context, out io.Writer, client *intercom.Client) error {
	query := intercom.And(
		intercom.Field("role").Eq(intercom.ContactRoleUser),
		intercom.Or(
			intercom.Field("email").EndsWith("@example.com"),
			intercom.Attribute("plan").In("pro", "max"),
		),
	)
	fmt.Fprintln(out, "Search:", query)
	page, err := client.Contacts.Search(ctx, intercom.ContactSearchParams{Query: query, PerPage: 3})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  %d contacts meet it; the first %d:\n", page.TotalCount, len(page.Items))
	for _, contact := range page.Items {
		fmt.Fprintf(out, "  - %s %s\n", contact.ID, contact.Email)
	}
	return nil
}

func iterate(ctx context.Context, out io.Writer, client *intercom.Client) error {
	fmt.Fprintln(out, "Iterate over contacts, page after page, with range.")
	seen, leads := 0, 0
	for contact, err := range client.Contacts.All(ctx, intercom.ContactListParams{}) {
		if err != nil {
			return err
		}
		if contact.Role == intercom.ContactRoleLead {
			leads++
		}
		if seen++; seen == 1000 {
			break // Leaving the loop is enough; nothing goes on behind it.
		}
	}
	fmt.Fprintf(out, "  read %d contacts, %d of them leads\n", seen, leads)
	return nil
}

func scroll(ctx context.Context, out io.Writer, client *intercom.Client) error {
	fmt.Fprintln(out, "Scroll over companies, which has no limit of 10,000.")
	companies, spend := 0, 0
	for company, err := range client.Companies.Scroll(ctx) {
		if err != nil {
			return err
		}
		companies++
		spend += company.MonthlySpend
	}
	fmt.Fprintf(out, "  %d companies spend %d a month\n", companies, spend)
	return nil
}

func notFound(ctx context.Context, out io.Writer, client *intercom.Client) error {
	fmt.Fprintln(out, "Ask for a contact that does not exist.")
	_, err := client.Contacts.Get(ctx, "000000000000000000000000")
	if !intercom.IsNotFound(err) {
		return fmt.Errorf("expected a not-found error, got %w", err)
	}
	fmt.Fprintln(out, "  IsNotFound is true for:", err)
	return nil
}

func raw(ctx context.Context, out io.Writer, client *intercom.Client) error {
	fmt.Fprintln(out, "Send a raw request: GET /tags.")
	var answer struct {
		Type string `json:"type"`
		Data []json `json:"data"`
	}
	var meta intercom.Response
	if err := client.Do(ctx, "GET", "/tags", nil, &answer, intercom.WithResponse(&meta)); err != nil {
		return err
	}
	fmt.Fprintf(out, "  status %d after %d attempt: a %s of %d\n", meta.StatusCode, meta.Attempts, answer.Type, len(answer.Data))
	return nil
}

// json is any JSON object.
type json = map[string]any
