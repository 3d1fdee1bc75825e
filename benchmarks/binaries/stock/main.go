// Command stock reads one contact with the client that oapi-codegen generates.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/seed-8b687bef/intercom-go/benchmarks/stock"
)

func main() {
	client, err := stock.NewClientWithResponses("https://api.intercom.io")
	if err != nil {
		log.Fatal(err)
	}
	answer, err := client.ContactsGetWithResponse(context.Background(), os.Args[1], func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+os.Getenv("INTERCOM_ACCESS_TOKEN"))
		request.Header.Set("Intercom-Version", "2.8")
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	if answer.JSON200 == nil || answer.JSON200.Name == nil {
		log.Fatal(answer.Status())
	}
	fmt.Println(*answer.JSON200.Name)
}
