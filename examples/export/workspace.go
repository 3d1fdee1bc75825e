package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
)

// workspace is the one of the token in the environment, or else a fake one in
// which everybody has got a message.
func workspace(ctx context.Context, out io.Writer) (client *intercom.Client, end func(), err error) {
	if os.Getenv("INTERCOM_ACCESS_TOKEN") != "" {
		client, err := intercom.NewClientFromEnv()
		return client, func() {}, err
	}
	fmt.Fprintln(out, "No INTERCOM_ACCESS_TOKEN: exporting from a fake workspace in this process.")
	server := intercomtest.NewServer(intercomtest.WithoutSocket())
	if client, err = server.Client(); err == nil {
		server.SeedContacts(300)
		err = writeToAll(ctx, client)
	}
	if err != nil {
		server.Close()
		return nil, nil, err
	}
	return client, server.Close, nil
}

// writeToAll sends a message to every user.
func writeToAll(ctx context.Context, client *intercom.Client) error {
	me, err := client.Admins.Me(ctx)
	if err != nil {
		return err
	}
	for contact, err := range client.Contacts.All(ctx, intercom.ContactListParams{}) {
		if err != nil {
			return err
		}
		_, err := client.Messages.Create(ctx, intercom.MessageCreateParams{
			MessageType: intercom.MessageTypeInApp,
			Body:        "The new timetable is out.",
			From:        intercom.MessageSender{ID: me.ID},
			To:          []intercom.MessageRecipient{{Type: contact.Role, ID: contact.ID}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
