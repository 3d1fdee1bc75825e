package intercom_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// fakeWorkspace is what the examples talk to: a workspace in memory with some
// objects in it. With intercom.NewClient(token) they talk to a real one.
func fakeWorkspace(objects ...any) *intercom.Client {
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.Seed(objects...)
	return clientFor(server)
}

func clientFor(server *intercomtest.Server, opts ...intercom.ClientOption) *intercom.Client {
	client, err := server.Client(opts...)
	if err != nil {
		panic(err)
	}
	return client
}

// Create a contact, change it, and find it again.
func Example() {
	ctx := context.Background()
	client := fakeWorkspace() // intercom.NewClient(token)

	contact, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{
		Role:  intercom.ContactRoleUser,
		Email: "ada@example.com",
		Phone: "+12025550143",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Contacts.Update(ctx, contact.ID, intercom.ContactUpdateParams{
		Name:  intercom.Set("Ada Lovelace"),
		Phone: intercom.Null[string](), // clears it
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	contact, err = client.Contacts.FindByEmail(ctx, "ada@example.com")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s, phone %q\n", contact.Name, contact.Phone)
	// Output: Ada Lovelace, phone ""
}

// List gives a page, Pages iterates over pages, All over items.
func Example_pagination() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.SeedContacts(320)
	client := clientFor(server)

	page, err := client.Contacts.List(ctx, intercom.ContactListParams{PerPage: 100})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("page", page.Number, "of", page.TotalPages, "with", len(page.Items), "of", page.TotalCount)

	rest := 0
	for _, err := range client.Contacts.All(ctx, intercom.ContactListParams{Cursor: page.NextCursor}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		rest++
	}
	fmt.Println("and", rest, "more")
	// Output:
	// page 1 of 4 with 100 of 320
	// and 220 more
}

// A query is built from conditions, and checked before it is sent.
func Example_search() {
	ctx := context.Background()
	client := fakeWorkspace(
		intercom.Contact{Role: intercom.ContactRoleUser, Email: "ada@example.com"},
		intercom.Contact{Role: intercom.ContactRoleUser, Email: "grace@example.org"},
		intercom.Contact{Role: intercom.ContactRoleLead, Email: "lead@example.com"},
	)
	query := intercom.And(
		intercom.Field("role").Eq(intercom.ContactRoleUser),
		intercom.Or(
			intercom.Field("email").EndsWith("@example.com"),
			intercom.Field("name").Contains("Lovelace"),
		),
	)
	for contact, err := range client.Contacts.SearchAll(ctx, intercom.ContactSearchParams{Query: query}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(contact.Email)
	}
	// Output: ada@example.com
}

// What changed is read in order, and every change comes with a checkpoint to
// save: the next reading goes on behind it.
func Example_sync() {
	ctx := context.Background()
	yesterday := time.Now().AddDate(0, 0, -1)
	client := fakeWorkspace(
		intercom.Contact{Email: "old@example.com", UpdatedAt: intercom.TimestampOf(yesterday.AddDate(-1, 0, 0))},
		intercom.Contact{Email: "ada@example.com", UpdatedAt: intercom.TimestampOf(yesterday.Add(time.Hour))},
		intercom.Contact{Email: "grace@example.com", UpdatedAt: intercom.TimestampOf(yesterday.Add(2 * time.Hour))},
	)
	var checkpoint intercom.Checkpoint
	for updated, err := range client.Contacts.UpdatedSince(ctx, intercom.UpdatedSinceParams{Since: yesterday}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(updated.Item.Email)
		checkpoint = updated.Checkpoint
	}
	again := client.Contacts.UpdatedSince(ctx, intercom.UpdatedSinceParams{Checkpoint: checkpoint})
	if _, ok, err := intercom.First(again); err == nil && !ok {
		fmt.Println("nothing new")
	}
	// Output:
	// ada@example.com
	// grace@example.com
	// nothing new
}

func ExampleNewClient() {
	client, err := intercom.NewClient("token",
		intercom.WithRegion(intercom.EU),
		intercom.WithVersion(intercom.V2_9),
		intercom.WithTimeout(10*time.Second),
		intercom.WithAppInfo("acme-sync/1.4"),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client)
	// Output: intercom.Client(2.9)
}

// One client serves several workspaces: those derived from it share its
// connections.
func ExampleClient_With() {
	client := fakeWorkspace()
	other, err := client.With(intercom.WithToken("of-another-workspace"), intercom.WithVersion(intercom.V2_14))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client.APIVersion(), other.APIVersion())
	// Output: 2.8 2.14
}

// What the library has no method for goes through the raw door.
func ExampleClient_Do() {
	ctx := context.Background()
	client := fakeWorkspace(intercom.Tag{ID: "7", Name: "beta"})

	var tag struct {
		Name string `json:"name"`
	}
	var meta intercom.Response
	err := client.Do(ctx, http.MethodGet, "/tags/7", nil, &tag, intercom.WithResponse(&meta))
	fmt.Println(tag.Name, meta.StatusCode, err)
	// Output: beta 200 <nil>
}

func ExampleError() {
	ctx := context.Background()
	client := fakeWorkspace()

	_, err := client.Tags.Get(ctx, "404")
	var apiErr *intercom.Error
	switch {
	case intercom.IsNotFound(err) && errors.As(err, &apiErr):
		fmt.Println(apiErr.Operation, apiErr.StatusCode, len(apiErr.RequestID))
	case err != nil:
		fmt.Println(err)
	}
	// Output: Tags.Get 404 20
}

// Errors are safe to log: slog writes their parts as attributes.
func ExampleError_LogValue() {
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == "request_id" {
				return slog.Attr{} // They differ each time.
			}
			return a
		},
	}))
	_, err := fakeWorkspace().Contacts.Get(context.Background(), "5f0000000000000000000000")
	var apiErr *intercom.Error
	if errors.As(err, &apiErr) {
		logger.Info("no luck", "error", apiErr)
	}
	// Output:
	// level=INFO msg="no luck" error.operation=Contacts.Get error.method=GET error.path=/contacts/{id} error.status=404 error.attempts=1 error.code=not_found
}

// What the version lacks is not sent.
func ExampleVersionError() {
	_, err := fakeWorkspace().Tickets.Get(context.Background(), "1")
	fmt.Println(err)
	fmt.Println(intercom.IsVersion(err))
	// Output:
	// intercom: Tickets.Get: Intercom-Version 2.8 does not have it, the first that does is 2.9; set it with WithVersion("2.9")
	// true
}

// A page that failed is where to go on, now or in another process.
func ExamplePageError() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	server.SeedContacts(300)
	client := clientFor(server)
	server.Inject(intercomtest.Fault{Operation: "Contacts.List", After: 1, Status: http.StatusForbidden})

	read, cursor := 0, ""
	for range 2 {
		for _, err := range client.Contacts.All(ctx, intercom.ContactListParams{Cursor: cursor}) {
			var page *intercom.PageError
			if errors.As(err, &page) {
				fmt.Println("failed after", read)
				cursor = page.Cursor
				break
			}
			read++
		}
	}
	fmt.Println("read", read)
	// Output:
	// failed after 150
	// read 300
}

// A read is sent again after a failure; the caller notices by the clock only.
func ExampleWithRetry() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	client := clientFor(server, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 4, MinBackoff: time.Millisecond}))
	server.Inject(intercomtest.Fault{Status: http.StatusBadGateway})

	var meta intercom.Response
	_, err := client.Tags.List(ctx, intercom.WithResponse(&meta))
	fmt.Println(meta.Attempts, "attempts:", err)
	// Output: 2 attempts: <nil>
}

// A create is sent again only if the caller says that twice is better than
// never.
func ExampleWithReplay() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	client := clientFor(server, intercom.WithRetry(intercom.RetryPolicy{MinBackoff: time.Millisecond}))
	lead := intercom.ContactCreateParams{Role: intercom.ContactRoleLead, Name: "Somebody"}
	lost := intercomtest.Fault{Operation: "Contacts.Create", Reset: true, CarryOut: true} // The answer is lost.

	server.Inject(lost)
	_, err := client.Contacts.Create(ctx, lead)
	fmt.Println(err != nil, len(server.Contacts()))

	server.Inject(lost)
	_, err = client.Contacts.Create(ctx, lead, intercom.WithReplay())
	fmt.Println(err != nil, len(server.Contacts()))
	// Output:
	// true 1
	// false 3
}

func ExampleWithCallHook() {
	client, err := fakeWorkspace().With(intercom.WithCallHook(
		func(ctx context.Context, call intercom.CallStart) (context.Context, func(intercom.CallEnd)) {
			return ctx, func(end intercom.CallEnd) {
				fmt.Println(call.Operation, call.Path, end.StatusCode, end.Attempts)
			}
		},
	))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, _ = client.Contacts.Get(context.Background(), "5f0000000000000000000000")
	// Output: Contacts.Get /contacts/{id} 404 1
}

// Several clients of one workspace share its rate limit.
func ExampleNewLimiter() {
	limiter := intercom.NewLimiter()
	api, err := intercom.NewClient("token", intercom.WithLimiter(limiter))
	if err != nil {
		fmt.Println(err)
		return
	}
	jobs, err := intercom.NewClient("token", intercom.WithLimiter(limiter), intercom.WithCallTimeout(time.Hour))
	fmt.Println(api, jobs, err)
	// Output: intercom.Client(2.8) intercom.Client(2.8) <nil>
}

// A field of an update is left alone, set or cleared.
func ExampleOpt() {
	var alone intercom.Opt[string]
	fmt.Println(alone.IsZero(), intercom.Set("").IsZero(), intercom.Null[string]().IsNull())

	value, ok := intercom.Set("Ada").Get()
	fmt.Println(value, ok)
	// Output:
	// true false true
	// Ada true
}

func ExampleCustomAttributes() {
	attributes := intercom.CustomAttributesOf(map[string]any{"plan": "pro", "seats": 12})
	attributes.Set("trial", false)

	seats, ok := attributes.Int("seats")
	fmt.Println(seats, ok)
	_, ok = attributes.String("city")
	fmt.Println(ok, attributes.Len())
	// Output:
	// 12 true
	// false 3
}

func ExampleAnd() {
	query := intercom.And(
		intercom.Field("role").Eq("user"),
		intercom.Attribute("plan").In("pro", "max"),
	)
	fmt.Println(query)
	// Output: role = "user" AND attribute "plan" IN ["pro", "max"]
}

func ExampleCollect() {
	client := fakeWorkspace(intercom.Tag{Name: "beta"}, intercom.Tag{Name: "gold"}, intercom.Tag{Name: "old"})
	tags, err := intercom.Collect(client.Tags.All(context.Background()), 2)
	fmt.Println(len(tags), err)
	// Output: 2 <nil>
}

// Package intercomtest is a workspace for your own tests.
func Example_testing() {
	ctx := context.Background()
	server := intercomtest.NewServer(intercomtest.WithoutSocket()) // in a test: intercomtest.New(t)
	server.Seed(intercom.Contact{Role: intercom.ContactRoleUser, Email: "ada@example.com"})
	client, err := server.Client()
	if err != nil {
		fmt.Println(err)
		return
	}

	_, err = client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "ada@example.com"}) // the code to test
	fmt.Println(intercom.IsConflict(err), len(server.Contacts()), len(server.Requests("Contacts.Create")))
	// Output: true 1 1
}
