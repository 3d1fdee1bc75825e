package conformance

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// publishedFolder is where the published descriptions are, if they are at hand.
// They are not part of the project.
func publishedFolder() string {
	if folder := os.Getenv("INTERCOM_PUBLISHED_OPENAPI"); folder != "" {
		return folder
	}
	return filepath.Join("..", "..", "..", "shared", "reference", "openapi")
}

// description is what the test reads of a published description.
type description struct {
	Paths map[string]map[string]struct {
		Responses map[string]struct {
			Content map[string]struct {
				Example  any                            `yaml:"example"`
				Examples map[string]struct{ Value any } `yaml:"examples"`
			} `yaml:"content"`
		} `yaml:"responses"`
	} `yaml:"paths"`
}

// TestPublishedExamples reads every example of a good answer that the published
// descriptions hold into the type that our method answers with, and writes it
// again: nothing may be lost or added.
func TestPublishedExamples(t *testing.T) {
	t.Parallel()
	answers := answerTypes(t)
	for _, version := range []string{"2.8", "2.9"} {
		data, err := os.ReadFile(filepath.Join(publishedFolder(), "intercom-"+version+".yaml"))
		if errors.Is(err, fs.ErrNotExist) {
			t.Logf("the published description of %s is not at hand", version)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var published description
		if err := yaml.Unmarshal(data, &published); err != nil {
			t.Fatal(err)
		}
		checked := 0
		for _, operation := range operations.All {
			item := published.Paths[operation.Path][strings.ToLower(operation.Method)]
			for status, response := range item.Responses {
				if !strings.HasPrefix(status, "2") {
					continue
				}
				content := response.Content["application/json"]
				examples := map[string]any{"example": content.Example}
				for name, example := range content.Examples {
					examples[name] = example.Value
				}
				for name, example := range examples {
					if example == nil || answers[operation.Name] == nil {
						continue
					}
					checked++
					t.Run(version+"/"+operation.Name+"/"+name, func(t *testing.T) {
						t.Parallel()
						checkExample(t, operation, answers[operation.Name], example)
					})
				}
			}
		}
		if checked < 100 {
			t.Errorf("only %d examples of %s were found", checked, version)
		}
	}
}

// checkExample reads and writes an example, the items of a list one by one.
func checkExample(t *testing.T, operation *operations.Operation, answer reflect.Type, example any) {
	t.Helper()
	if operation.Paging == "" || answer.Kind() == reflect.Struct && !strings.HasPrefix(answer.Name(), "Page[") {
		checkAnswer(t, answer, example)
		return
	}
	element, _ := answer.FieldByName("Items")
	body, ok := example.(map[string]any)
	if !ok {
		t.Fatalf("the example is no object: %v", example)
	}
	items, ok := body[operation.Items].([]any)
	if !ok {
		items, ok = body["data"].([]any)
	}
	if !ok { // A single object in the place of a list.
		checkAnswer(t, element.Type.Elem().Elem(), example)
		return
	}
	for _, item := range items {
		checkAnswer(t, element.Type.Elem().Elem(), item)
	}
}

func checkAnswer(t *testing.T, answer reflect.Type, example any) {
	t.Helper()
	original, err := json.Marshal(plain(example))
	if err != nil {
		t.Fatal(err)
	}
	target := reflect.New(answer).Interface()
	if err := json.Unmarshal(original, target); err != nil {
		t.Fatalf("%s: %v", answer, err)
	}
	encoded, err := json.Marshal(target)
	if err != nil {
		t.Fatalf("%s: %v", answer, err)
	}
	differences, err := Lost(original, encoded)
	if err != nil {
		t.Fatal(err)
	}
	for _, difference := range differences {
		t.Errorf("%s: %s", answer, difference)
	}
}

// answerTypes finds, for every method of every service, the type of its
// answer: the struct behind the first result.
func answerTypes(t *testing.T) map[string]reflect.Type {
	t.Helper()
	client, err := intercom.NewClient("token")
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]reflect.Type{}
	collectTypes(types, "", reflect.ValueOf(client).Elem())
	for _, operation := range operations.All {
		if _, ok := types[operation.Name]; !ok {
			t.Errorf("there is no method %s", operation.Name)
		}
	}
	return types
}

func collectTypes(types map[string]reflect.Type, prefix string, services reflect.Value) {
	for i := range services.NumField() {
		field := services.Type().Field(i)
		if !field.IsExported() || field.Type.Kind() != reflect.Pointer {
			continue
		}
		service := services.Field(i)
		for m := range service.NumMethod() {
			method := service.Type().Method(m)
			types[prefix+field.Name+"."+method.Name] = nil
			if method.Type.NumOut() == 2 && method.Type.Out(0).Kind() == reflect.Pointer {
				types[prefix+field.Name+"."+method.Name] = method.Type.Out(0).Elem()
			}
		}
		collectTypes(types, prefix+field.Name+".", service.Elem())
	}
}
