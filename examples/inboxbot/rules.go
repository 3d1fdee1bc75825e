package main

import (
	"strings"
	"time"
)

// rule says what to do with a new conversation. Of several rules the first that
// fits is followed.
type rule struct {
	name string
	// fits tells whether the rule is meant for a message that came at a time.
	fits func(text string, at time.Time) bool

	reply    string    // what to write back, empty for nothing
	tag      string    // name of a tag to put on it, made if it does not exist
	team     string    // name of the team that gets it
	snoozeTo clockTime // when it comes back, zero for no snooze
	close    bool
}

// clockTime is a time of day: the next one that comes.
type clockTime struct{ hour, minute int }

func (c clockTime) after(t time.Time) time.Time {
	next := time.Date(t.Year(), t.Month(), t.Day(), c.hour, c.minute, 0, 0, t.Location())
	if !next.After(t) {
		next = next.AddDate(0, 0, 1)
	}
	return next
}

// houseRules are the rules of a shop that is open from 8 to 18 o'clock.
var houseRules = []rule{
	{
		name:  "opening hours",
		fits:  mentions("opening hours", "when do you open", "are you open"),
		reply: "<p>We are here every day from 8 to 18 o'clock.</p>",
		tag:   "hours",
		close: true,
	},
	{
		name:  "billing",
		fits:  mentions("invoice", "refund", "payment", "vat"),
		reply: "<p>Thank you, our billing team looks into it.</p>",
		tag:   "billing",
		team:  "Billing",
	},
	{
		name: "bug report",
		fits: mentions("crash", "error", "broken"),
		tag:  "bug",
		team: "Support",
	},
	{
		name:     "after hours",
		fits:     func(_ string, at time.Time) bool { return at.Hour() < 8 || at.Hour() >= 18 },
		reply:    "<p>We are back at 8 o'clock and will answer first thing then.</p>",
		tag:      "after-hours",
		team:     "Support",
		snoozeTo: clockTime{hour: 8},
	},
	{
		name: "anything else",
		fits: func(string, time.Time) bool { return true },
		team: "Support",
	},
}

// mentions fits texts that have one of the phrases.
func mentions(phrases ...string) func(string, time.Time) bool {
	return func(text string, _ time.Time) bool {
		text = strings.ToLower(text)
		for _, phrase := range phrases {
			if strings.Contains(text, phrase) {
				return true
			}
		}
		return false
	}
}
