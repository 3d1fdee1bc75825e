package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
)

// column writes a cell into what is to be changed, or clears the field.
type column func(p *intercom.ContactUpdateParams, cell string, null bool) error

var errNoNull = errors.New("can't be cleared")

// fields are the columns that are no custom attributes.
var fields = map[string]column{
	"external_id": text(func(p *intercom.ContactUpdateParams) *intercom.Opt[string] { return &p.ExternalID }),
	"email":       text(func(p *intercom.ContactUpdateParams) *intercom.Opt[string] { return &p.Email }),
	"phone":       text(func(p *intercom.ContactUpdateParams) *intercom.Opt[string] { return &p.Phone }),
	"name":        text(func(p *intercom.ContactUpdateParams) *intercom.Opt[string] { return &p.Name }),
	"avatar":      text(func(p *intercom.ContactUpdateParams) *intercom.Opt[string] { return &p.Avatar }),
	"owner_id":    text(func(p *intercom.ContactUpdateParams) *intercom.Opt[string] { return &p.OwnerID }),

	"signed_up_at": moment(func(p *intercom.ContactUpdateParams) *intercom.Opt[intercom.Timestamp] { return &p.SignedUpAt }),
	"last_seen_at": moment(func(p *intercom.ContactUpdateParams) *intercom.Opt[intercom.Timestamp] { return &p.LastSeenAt }),

	"role": func(p *intercom.ContactUpdateParams, cell string, null bool) error {
		role := intercom.ContactRole(strings.ToLower(cell))
		if null || role != intercom.ContactRoleUser && role != intercom.ContactRoleLead {
			return fmt.Errorf("%q is neither user nor lead", cell)
		}
		p.Role = intercom.Set(role)
		return nil
	},
	"unsubscribed_from_emails": func(p *intercom.ContactUpdateParams, cell string, null bool) error {
		if null {
			return errNoNull
		}
		yes, err := parseBool(cell)
		p.UnsubscribedFromEmails = intercom.Set(yes)
		return err
	},
}

func text(of func(*intercom.ContactUpdateParams) *intercom.Opt[string]) column {
	return func(p *intercom.ContactUpdateParams, cell string, null bool) error {
		*of(p) = intercom.Set(cell)
		if null {
			*of(p) = intercom.Null[string]()
		}
		return nil
	}
}

func moment(of func(*intercom.ContactUpdateParams) *intercom.Opt[intercom.Timestamp]) column {
	return func(p *intercom.ContactUpdateParams, cell string, null bool) error {
		if null {
			*of(p) = intercom.Null[intercom.Timestamp]()
			return nil
		}
		t, err := parseTime(cell)
		*of(p) = intercom.SetTime(t)
		return err
	}
}

// columnNamed finds out what a column means.
func columnNamed(name string, attributes map[string]intercom.DataAttribute) (column, error) {
	if field := fields[name]; field != nil {
		return field, nil
	}
	attribute, ok := attributes[name]
	if !ok {
		return nil, fmt.Errorf("column %q is neither a field of contacts nor a custom attribute of the workspace", name)
	}
	return custom(attribute), nil
}

// custom is a column of a custom attribute. The workspace knows of what type
// its values are.
func custom(attribute intercom.DataAttribute) column {
	return func(p *intercom.ContactUpdateParams, cell string, null bool) error {
		var value any
		if !null {
			var err error
			if value, err = parseValue(attribute, cell); err != nil {
				return err
			}
		}
		values, _ := p.CustomAttributes.Get()
		values.Set(attribute.Name, value)
		p.CustomAttributes = intercom.Set(values)
		return nil
	}
}

func parseValue(attribute intercom.DataAttribute, cell string) (any, error) {
	switch attribute.DataType {
	case intercom.DataAttributeTypeInteger:
		n, err := strconv.ParseInt(cell, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is no whole number", cell)
		}
		return n, nil
	case intercom.DataAttributeTypeFloat:
		x, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is no number", cell)
		}
		return x, nil
	case intercom.DataAttributeTypeBoolean:
		return parseBool(cell)
	case intercom.DataAttributeTypeDate, intercom.DataAttributeTypeDatetime:
		return parseTime(cell)
	}
	if len(attribute.Options) > 0 && !slices.Contains(attribute.Options, cell) {
		return nil, fmt.Errorf("%q is none of %s", cell, strings.Join(attribute.Options, ", "))
	}
	return cell, nil
}

func parseBool(cell string) (bool, error) {
	switch strings.ToLower(cell) {
	case "true", "yes", "1":
		return true, nil
	case "false", "no", "0":
		return false, nil
	}
	return false, fmt.Errorf("%q is neither true nor false", cell)
}

func parseTime(cell string) (time.Time, error) {
	for _, layout := range []string{time.DateOnly, time.DateTime, time.RFC3339} {
		if t, err := time.Parse(layout, cell); err == nil {
			return t, nil
		}
	}
	if seconds, err := strconv.ParseInt(cell, 10, 64); err == nil {
		return time.Unix(seconds, 0), nil
	}
	return time.Time{}, fmt.Errorf("%q is no time such as 2026-03-31 or 2026-03-31T08:30:00Z", cell)
}
