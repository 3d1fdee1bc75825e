// Package transport is the HTTP core under all services: it takes a call that
// is ready to be sent and brings back the bytes of its answer or one typed
// error.
//
// A call passes through small handlers, each in a file of its own, composed in
// one place (Client.compose in client.go), outermost first:
//
//	bound     the bound of the whole call, the hook around it
//	retry     sends again what may be sent again, when it may be
//	limit     asks the limiter before each attempt, tells it each answer
//	observe   the hook around each attempt, one log line for each
//	headers   token, API version and the other request headers
//	failures  turns an answer outside 2xx into a *Failure
//	attempt   sends one request, reads and caps the body
//
// Streams take another last step (stream.go): their body is handed over unread,
// and each wait for more of it is bounded instead of the whole attempt. Files of
// other hosts (fetch.go) are streams that go without limiter, token and headers.
//
// The package never prints, never panics on what a user passed in, never
// sleeps without listening to the context, and never changes what it was
// given. The access token does not appear in errors, logs or dumps.
package transport
