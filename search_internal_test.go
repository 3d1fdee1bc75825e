package intercom

import (
	"slices"
	"time"
)

// EveryFilter makes, for contacts, conversations and tickets, a filter of each
// field that is known with each operator that it takes.
func EveryFilter() map[string][]Query {
	all := map[string][]Query{}
	for _, kind := range []*searchKind{searchContacts, searchConversations, searchTickets} {
		for name, holds := range kind.types {
			for _, operator := range operators[holds] {
				query := Field(name).compare(operator, sampleValue(holds, operator))
				if query.check(kind) == nil {
					all[kind.name] = append(all[kind.name], query)
				}
			}
		}
	}
	return all
}

func sampleValue(holds fieldType, operator string) any {
	var value any = "7"
	switch holds {
	case momentField:
		value = time.Unix(1_700_000_000, 0)
	case switchField:
		value = true
	}
	if slices.Contains([]string{"IN", "NIN"}, operator) {
		return []any{value}
	}
	return value
}
