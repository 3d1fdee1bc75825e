// Package generate writes the calls of package consumer by its test with
// -update, so that it works also when the calls of yesterday don't compile.
package generate
