/*
Package intercom is a client for the Intercom REST API: contacts, companies,
conversations, tickets, articles and everything else that API version 2.8 and
the tickets of later versions have, typed and documented.

	client, err := intercom.NewClient(token)
	if err != nil {
		return err
	}
	contact, err := client.Contacts.Create(ctx, intercom.ContactCreateParams{
		Role:  intercom.ContactRoleUser,
		Email: "ada@example.com",
	})

[NewClient] takes an access token and options, [NewClientFromEnv] the token from
the environment. A [Client] never changes and is safe for concurrent use: make
one for a workspace and keep it. [Client.With] derives another, for another
workspace, version or time limit.

# Finding a method

A path of the API tells the method: /contacts/{id} belongs to client.Contacts,
/contacts/{id}/tags to client.Contacts.Tags. Verbs are Get, List, Search,
Create, Update and Delete, Upsert where the API creates or updates, and the
API's own, such as Archive, Merge or Attach. Every method names its operation
and links Intercom's reference. The fields of [Client] are the place to begin;
docs/operations.md in the repository is a table of all. [Client.Do] is the raw
door for whatever the library has no method for.

# Requests

Params are plain structs. In what creates, a field that is zero is left out. In
what updates, every field is an [Opt]: left alone it is not sent, [Set] sets it,
[Null] clears it.

	client.Contacts.Update(ctx, id, intercom.ContactUpdateParams{
		Name:       intercom.Set("Ada Lovelace"),
		Phone:      intercom.Null[string](),
		SignedUpAt: intercom.SetTime(time.Now()),
	})

Ids are strings everywhere, whatever the API sends or wants; times are
[Timestamp], made by [TimestampOf] and [SetTime]. What can be known to be wrong
(an empty id, a missing field, a search that is nested too deep, an operation
that the API version lacks) is an error before anything is sent.

Attributes that a workspace defines for itself are [CustomAttributes]: made from
a map by [CustomAttributesOf] or set one by one, and read by type. Those that an
update does not name keep their value; a nil clears one.

	attributes := intercom.CustomAttributesOf(map[string]any{"plan": "pro", "trial_ends_at": nil})
	client.Contacts.Update(ctx, id, intercom.ContactUpdateParams{CustomAttributes: intercom.Set(attributes)})

# Answers

Answers are plain values: a null string is empty, a null time is zero, nested
objects are pointers, and numbers whose null means something are pointers too.
Odd values never fail a call: a number in the place of a string is read, a
value that does not fit is left out of its field and kept in UnknownFields, as
are members that this version of the library does not know, see [Extra].
[WithDriftHook] tells of them. Status, headers and the rate limit of a call are
had by [WithResponse].

# Lists

Where the API pages there are three methods: List gives one page, with the
total and the cursor of the next; Pages iterates over pages, All over items.

	for contact, err := range client.Contacts.All(ctx, intercom.ContactListParams{}) {
		if err != nil {
			return err
		}
		fmt.Println(contact.Email)
	}

Iterations ask for large pages and fetch the next one while you work on this
one ([WithoutPrefetch] turns that off). Leaving the loop ends everything.
Ranging twice reads twice. [Collect], [First] and [Filter] work on any of them.
The cursor of a [Page] can be kept and read on from later; an error says at
which cursor it happened, see [PageError]. For lists that move while they are
read there is [WithoutDuplicates]; to keep a copy up to date,
client.Contacts.UpdatedSince and client.Conversations.UpdatedSince walk through
what changed and give a [Checkpoint] to go on from. Lists and searches of
conversations leave out their parts: client.Conversations.GetMany fetches many
side by side.

# Searching

Searches take a [Query], built from [Field], [Attribute], [And] and [Or] and
checked before it is sent.

	q := intercom.And(
		intercom.Field("role").Eq("user"),
		intercom.Or(
			intercom.Attribute("plan").In("pro", "max"),
			intercom.Field("created_at").After(day),
		),
	)
	for contact, err := range client.Contacts.SearchAll(ctx, intercom.ContactSearchParams{Query: q}) {

# Errors

An answer that reports failure is an [*Error], with the status, the codes, the
fields that are to blame and the request id. Predicates such as [IsNotFound],
[IsRateLimited] and [HasCode] look into any error, also into one that you have
wrapped. [IsTemporary] tells whether trying later may help. Texts are one line
and hold no token, no ids and no addresses.

# Time

The context of a call ends it, and any wait within it. Besides, one attempt takes
at most 30 seconds ([WithTimeout]) and a call with all its attempts and waits
five minutes ([WithCallTimeout]). Exports and downloads have limits of their own,
see [WithDownloadTimeouts].

# What is sent again

A call that was refused for the rate limit waits until the server's own reset
and is sent again. One that failed on the way (the connection broke, time ran
out, the server answered 500, 502, 503 or 504) is sent again if the operation
reads or if doing it twice is as good as once. A create is never sent twice,
unless the call has [WithReplay]. There are three attempts, with random waits
between them, and no wait that could not end before the deadline. [WithRetry]
changes the numbers.

All calls of a client share one view of the rate limit, which it learns from
the answers: any number of goroutines slow down before the limit is reached.
Several clients share one by [WithLimiter].

# Watching

[WithLogger] writes a line for each attempt to a slog.Logger, [WithCallHook] and
[WithAttemptHook] are told of the beginning and the end of each, for metrics and
traces. What they get is safe to log.

# API versions and regions

A client speaks version 2.8 unless [WithVersion] says otherwise, for the client
or for one call. [WithRegion] chooses between the US, the EU and Australia.

# Around the API

Package webhook receives notifications. client.Export writes down who got which
messages, [Client.DownloadAttachment] fetches files, [UserHash] and [UserJWT] let
the Messenger know who somebody is. The module oauth gets the tokens of workspaces
that install an app of yours. Package intercomtest is a whole workspace in memory
that answers like the real one, for tests.

# Longer texts

The folder docs of the repository tells about production, errors, lists, searches,
testing, API versions, webhooks, exports, and moving from the old official client;
the folder examples has programs that run as they are.
*/
package intercom
