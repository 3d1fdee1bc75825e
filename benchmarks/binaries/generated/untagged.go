//go:build !intercom_benchmarks

package main

func main() { panic("build it with -tags intercom_benchmarks") }
