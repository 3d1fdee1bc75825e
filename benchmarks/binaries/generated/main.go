//go:build intercom_benchmarks

// Command generated reads an answer as every type of the library by its
// generated decoders. Its size is compared with that of the command reflection.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"

	intercom "github.com/seed-8b687bef/intercom-go"
)

func main() {
	fmt.Println(intercom.NewClient("token"))
	answer, err := http.Get(os.Args[1])
	if err != nil {
		panic(err)
	}
	body, _ := io.ReadAll(answer.Body)
	for _, value := range all {
		_, err := intercom.DecodeAnswer(body, value)
		text, _ := json.Marshal(value)
		fmt.Println(string(text), err)
	}
}
