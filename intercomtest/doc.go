// Package intercomtest is a whole Intercom workspace in memory, for testing
// code that uses Intercom.
//
//	srv := intercomtest.New(t)
//	client, err := srv.Client()
//	…
//	contact, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{Email: "ada@example.com"})
//
// The workspace remembers what it is told and behaves like the real one: a
// second user with the same email address is a conflict, a lead that was merged
// is gone, a company shows up in lists once a contact belongs to it, a list
// goes on where its cursor points although new objects came in the meantime.
// It serves every operation of the client, speaks every Intercom-Version that
// the client knows, and answers bad requests with the errors of the real API.
// Any HTTP client can talk to it: the address is [Server.URL], the token
// [Token].
//
// # Filling it
//
// A new workspace has one admin, the owner of the token, and nothing else.
// [Server.Seed] adds objects, in the types of package intercom:
//
//	srv.Seed(
//		intercom.Tag{ID: "7", Name: "beta"},
//		intercom.Contact{Role: intercom.ContactRoleUser, Email: "ada@example.com"},
//	)
//
// Ids and times that are left out are made up. [Server.SeedContacts] and
// [Server.SeedCompanies] make up plausible objects by the thousand, the same
// ones for the same [WithSeed].
//
// # Looking at it
//
// [Server.Contacts] and its like return what the workspace holds, in the types
// of package intercom; [Server.Requests] what it was asked.
//
// # Time
//
// The workspace has a clock of its own. [Server.Advance] moves it, so that a
// snooze ends, a scroll expires or a window of the rate limit passes without
// waiting; [WithClock] replaces it.
//
// With [WithoutSocket] the workspace opens no port and starts no goroutine: its
// client talks to it through [Server.Transport], in the same goroutine. That
// makes it fit for testing/synctest, inside of which the clock of the workspace
// is the virtual one.
//
// # Trouble
//
// [Server.Inject] makes requests fail as they do in production: with a status
// of your choice, late, not at all, cut in the middle, drop by drop; before or
// after the workspace did what was asked. [WithRateLimit] gives the workspace a
// rate limit, [WithQuirks] the habits of the real API that differ from its
// description, [QuirksVariable] gives them to all workspaces of a test run, and
// [Server.BreakScroll] the scroll its moods.
//
// # Webhooks
//
// [Server.AddWebhook] lets the workspace tell a URL of what happens in it, as
// Intercom does, [Server.AddWebhookHandler] a handler in the same process.
// [Server.FlushWebhooks] waits until all is told:
//
//	srv.AddWebhookHandler(handler, "client secret")
//	… // a contact writes
//	srv.FlushWebhooks()
//	… // the handler has done its work
//
// # What it does not do
//
// Text comparisons of a search ignore case and look at characters, not words.
// Segments have the members that their [Segment] rule says. The only assignment
// rule is that the oldest team gets what nobody has. An export takes six
// seconds by the clock of the workspace and has the receipts of messages that
// were sent or seeded. Messages are sent to nobody, they are only recorded.
package intercomtest
