// Package consumer stands outside of the library and uses all of it: every
// method of every service with every field of its params, and every option. If
// it compiles, so does what people write. It is a module of its own because
// that is what they have, too.
package consumer
