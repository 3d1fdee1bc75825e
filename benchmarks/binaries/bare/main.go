// Command bare reads one contact with net/http and encoding/json.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
)

func main() {
	request, err := http.NewRequest(http.MethodGet, "https://api.intercom.io/contacts/"+url.PathEscape(os.Args[1]), nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("INTERCOM_ACCESS_TOKEN"))
	request.Header.Set("Intercom-Version", "2.8")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		log.Fatal(response.Status)
	}
	var contact struct {
		Name string `json:"name"`
	}
	if err := json.NewDecoder(response.Body).Decode(&contact); err != nil {
		log.Fatal(err)
	}
	fmt.Println(contact.Name)
}
