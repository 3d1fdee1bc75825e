// Command hello reads one contact with the library: the smallest program that
// does something. Command bare does the same without it.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/seed-8b687bef/intercom-go"
)

func main() {
	client, err := intercom.NewClient(os.Getenv("INTERCOM_ACCESS_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	contact, err := client.Contacts.Get(context.Background(), os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(contact.Name)
}
