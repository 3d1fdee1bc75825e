package main

import (
	"errors"
	"fmt"
	"go/constant"
	"go/types"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/exp/apidiff"
)

// compare tells what changed. What breaks callers is an error, unless the
// library's version allows it: a new major version, or before 1.0.0 a new minor
// one.
func compare(before, now map[string]*types.Package, report io.Writer) error {
	breaks := false
	for _, path := range slices.Sorted(maps.Keys(before)) {
		if now[path] == nil {
			breaks = true
			fmt.Fprintf(report, "== %s\n- the package is gone\n", path)
			continue
		}
		for _, change := range apidiff.Changes(before[path], now[path]).Changes {
			if strings.HasPrefix(change.Message, "Version: value changed") {
				continue // That is what a release does.
			}
			kind := "compatible"
			if !change.Compatible {
				breaks, kind = true, "INCOMPATIBLE"
			}
			fmt.Fprintf(report, "%s, %s: %s\n", path, kind, change.Message)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(now)) {
		if before[path] == nil {
			fmt.Fprintf(report, "%s, compatible: the package is new\n", path)
		}
	}
	old, current := versionOf(before), versionOf(now)
	if breaks && !mayBreak(old, current) {
		return fmt.Errorf("what worked with version %s does not work any more, and version %s must not break it", old, current)
	}
	if old == "" || current == "" {
		return errors.New("the constant Version was not found")
	}
	return nil
}

// versionOf is the value of the constant Version of the package that has one.
func versionOf(pkgs map[string]*types.Package) string {
	for _, pkg := range pkgs {
		if version, ok := pkg.Scope().Lookup("Version").(*types.Const); ok {
			return constant.StringVal(version.Val())
		}
	}
	return ""
}

// mayBreak tells whether semantic versions let current break what was in old.
func mayBreak(old, current string) bool {
	oldMajor, oldRest, _ := strings.Cut(old, ".")
	major, rest, _ := strings.Cut(current, ".")
	if oldMajor != "0" || major != "0" {
		return oldMajor != major
	}
	oldMinor, _, _ := strings.Cut(oldRest, ".")
	minor, _, _ := strings.Cut(rest, ".")
	return oldMinor != minor
}
