// Package texts has the tests of what the project's texts say: doc comments,
// Markdown files, the Makefile and the workflows. Names in them exist, links lead
// somewhere, commands are those that are run.
package texts
