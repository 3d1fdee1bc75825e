package intercom_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// The functions below hold the pick lists of docs/finding.md.

type option struct{ id, label string }

func pickAdmins(ctx context.Context, client *intercom.Client) (options []option, err error) {
	for admin, err := range client.Admins.All(ctx, intercom.AdminListParams{}) {
		if err != nil {
			return nil, err
		}
		options = append(options, option{admin.ID, admin.Name})
	}
	return options, nil
}

func pickTeams(ctx context.Context, client *intercom.Client) (options []option, err error) {
	for team, err := range client.Teams.All(ctx) {
		if err != nil {
			return nil, err
		}
		options = append(options, option{team.ID, team.Name})
	}
	return options, nil
}

func pickTags(ctx context.Context, client *intercom.Client) (options []option, err error) {
	for tag, err := range client.Tags.All(ctx) {
		if err != nil {
			return nil, err
		}
		options = append(options, option{tag.ID, tag.Name})
	}
	return options, nil
}

func pickSegments(ctx context.Context, client *intercom.Client) (options []option, err error) {
	for segment, err := range client.Segments.All(ctx, intercom.SegmentListParams{}) {
		if err != nil {
			return nil, err
		}
		if segment.PersonType != "" {
			options = append(options, option{segment.ID, segment.Name})
		}
	}
	return options, nil
}

func pickFields(ctx context.Context, client *intercom.Client) (options []option, err error) {
	params := intercom.DataAttributeListParams{Model: intercom.DataAttributeModelContact}
	for attribute, err := range client.DataAttributes.All(ctx, params) {
		if err != nil {
			return nil, err
		}
		options = append(options, option{attribute.FullName, attribute.Label})
	}
	return options, nil
}

func TestPickLists(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t)
	server.SeedContacts(5)
	server.Seed(
		intercom.Tag{ID: "7", Name: "beta"},
		intercom.Team{ID: "31", Name: "Harbour crew"},
		intercom.Segment{ID: "65f1b2c3d4e5f60718293a4c", Name: "Skippers", PersonType: intercom.SegmentPersonTypeUser},
	)
	client, err := server.Client()
	require.NoError(t, err)
	for name, row := range map[string]struct {
		pick func(context.Context, *intercom.Client) ([]option, error)
		want option
	}{
		"admins":   {pickAdmins, option{server.Me().ID, server.Me().Name}},
		"teams":    {pickTeams, option{"31", "Harbour crew"}},
		"tags":     {pickTags, option{"7", "beta"}},
		"segments": {pickSegments, option{"65f1b2c3d4e5f60718293a4c", "Skippers"}},
		"fields":   {pickFields, option{"custom_attributes.plan", "plan"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			options, err := row.pick(t.Context(), client)
			require.NoError(t, err)
			assert.Contains(t, options, row.want)
		})
	}
}
