// Command reflection reads an answer as every type of the library by
// encoding/json and keeps unknown members, as the library does. Its size is
// compared with that of the command generated.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"reflect"
	"strings"

	intercom "github.com/seed-8b687bef/intercom-go"
)

// Extra holds unknown members.
type Extra map[string]json.RawMessage

// unmarshal reads the fields of a struct by reflection, and the rest.
func unmarshal(data []byte, plain any, extra *Extra) error {
	if err := json.Unmarshal(data, plain); err != nil {
		return err
	}
	var members Extra
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	for field := range reflect.TypeOf(plain).Elem().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		delete(members, name)
	}
	*extra = members
	return nil
}

func marshal(plain any, extra Extra) ([]byte, error) {
	text, err := json.Marshal(plain)
	if err != nil || len(extra) == 0 {
		return text, err
	}
	members := Extra{}
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	maps.Copy(members, extra)
	return json.Marshal(members)
}

func main() {
	fmt.Println(intercom.NewClient("token"))
	answer, err := http.Get(os.Args[1])
	if err != nil {
		panic(err)
	}
	body, _ := io.ReadAll(answer.Body)
	for _, value := range all {
		err := json.Unmarshal(body, value)
		text, _ := json.Marshal(value)
		fmt.Println(string(text), err)
	}
}
