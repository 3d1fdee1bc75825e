package conformance

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/internal/coverage"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

// versions are of all generations.
var versions = []intercom.APIVersion{intercom.V2_7, intercom.V2_8, intercom.V2_9, intercom.V2_10, intercom.V2_12, intercom.V2_14, intercom.V2_16}

// TestFakeAnswersAsOurDocumentSays holds every answer of the fake workspace
// against our own document.
func TestFakeAnswersAsOurDocumentSays(t *testing.T) {
	t.Parallel()
	data := ourDocument(t)
	for _, version := range versions {
		t.Run(string(version), func(t *testing.T) {
			t.Parallel()
			description, err := Ours(data, number(version))
			if err != nil {
				t.Fatal(err)
			}
			good, bad := map[*operations.Operation]bool{}, map[*operations.Operation]bool{}
			for row, a := range allAnswers(t, version, intercomtest.WithoutQuirks()) {
				for _, complaint := range description.Complaints(a.operation, a.status, a.body) {
					t.Errorf("%s, %d of %s: %s", row, a.status, a.operation.Name, complaint)
				}
				if a.status < 300 {
					good[a.operation] = true
				} else {
					bad[a.operation] = true
				}
			}
			checkAllWereAnswered(t, number(version), good, bad)
		})
	}
}

// checkAllWereAnswered makes sure that every operation of a version was seen to
// go well and to fail. A file is not held against anything.
func checkAllWereAnswered(t *testing.T, version operations.Version, good, bad map[*operations.Operation]bool) {
	t.Helper()
	count := map[string]bool{}
	for _, op := range operations.All {
		if !op.In(version) {
			continue
		}
		count[op.Method+" "+op.Path] = true
		if !good[op] && !op.Stream || !bad[op] {
			t.Errorf("%s was not both answered and refused", op.Name)
		}
	}
	if want := map[operations.Version]int{2008: 100, 2009: 110}[version]; want > 0 && len(count) != want {
		t.Errorf("%d operations were answered, the API has %d", len(count), want)
	}
}

// TestFakeAnswersWithQuirksKeepTheirForm does the same for the habits of the
// real API, as far as they leave anything to go by.
func TestFakeAnswersWithQuirksKeepTheirForm(t *testing.T) {
	t.Parallel()
	description, err := Loose(ourDocument(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, version := range []intercom.APIVersion{intercom.V2_8, intercom.V2_9, intercom.V2_16} {
		t.Run(string(version), func(t *testing.T) {
			t.Parallel()
			for row, a := range allAnswers(t, version, intercomtest.WithQuirks()) {
				for _, complaint := range description.Complaints(a.operation, a.status, a.body) {
					t.Errorf("%s, %d of %s: %s", row, a.status, a.operation.Name, complaint)
				}
			}
		})
	}
}

// deviations are the complaints of the published descriptions in which they are
// wrong, by operation.
var deviations = map[string][]string{
	// One company is found by its name or company_id, not a list.
	"Companies.Find": {`/type: value is not one of the allowed values ["list"]`},
	// Attributes can be of conversations, too: the filter of the same operation
	// names them.
	"DataAttributes.List": {`/data/[]/model: value is not one of the allowed values ["contact","company"]`},
	// The same operation lists events and counts them; what is described is the
	// latter.
	"Events.List": {`/type: value is not one of the allowed values ["event.summary"]`},
	// The failures of this operation have another form, which its examples show.
	"PhoneSwitch.Create": {`/type: property "type" is missing`, `/errors: property "errors" is missing`},
}

// TestFakeAnswersAsPublished holds every answer of the fake workspace against
// the published descriptions, where they are at hand.
func TestFakeAnswersAsPublished(t *testing.T) {
	t.Parallel()
	for _, version := range []intercom.APIVersion{intercom.V2_8, intercom.V2_9} {
		data, err := os.ReadFile(filepath.Join(publishedFolder(), "intercom-"+string(version)+".yaml"))
		if errors.Is(err, fs.ErrNotExist) {
			t.Logf("the published description of %s is not at hand", version)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Run(string(version), func(t *testing.T) {
			t.Parallel()
			description, err := Published(data)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			for row, a := range allAnswers(t, version, intercomtest.WithoutQuirks()) {
				if a.operation.Undocumented {
					if complaints := description.Complaints(a.operation, a.status, a.body); !slices.Equal(complaints, []string{notDescribed}) {
						t.Errorf("%s is documented now: %q", a.operation.Name, complaints)
					}
					continue
				}
				for _, complaint := range description.Complaints(a.operation, a.status, a.body) {
					if slices.Contains(deviations[a.operation.Name], complaint) {
						seen[complaint] = true
						continue
					}
					t.Errorf("%s, %d of %s: %s", row, a.status, a.operation.Name, complaint)
				}
			}
			for name, complaints := range deviations {
				for _, complaint := range complaints {
					if !seen[complaint] {
						t.Errorf("%s: nobody complains any more that %s", name, complaint)
					}
				}
			}
		})
	}
}

func ourDocument(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "openapi", "openapi.gen.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// answer is what the fake workspace said.
type answer struct {
	operation *operations.Operation
	status    int
	body      []byte
}

// allAnswers calls every method and returns what was answered, by method.
func allAnswers(t *testing.T, version intercom.APIVersion, opts ...intercomtest.Option) iter.Seq2[string, answer] {
	t.Helper()
	return func(yield func(string, answer) bool) {
		count := 0
		for row, call := range coverage.Rows() {
			for _, a := range answersTo(t, row, call, version, opts) {
				count++
				if !yield(row, a) {
					return
				}
			}
		}
		if count < len(coverage.Rows()) {
			t.Errorf("there were only %d answers", count)
		}
	}
}

// answersTo calls a method in a workspace that has what it is about, in one
// that has nothing, and with a token that is not right.
func answersTo(t *testing.T, row string, call coverage.Row, version intercom.APIVersion, opts []intercomtest.Option) (answers []answer) {
	t.Helper()
	opts = append([]intercomtest.Option{intercomtest.WithoutSocket()}, opts...)
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(coverage.Day.AddDate(1, 0, 0)))
		full, empty := intercomtest.New(t, opts...), intercomtest.New(t, opts...)
		w, err := coverage.Settle(t.Context(), full)
		if err != nil {
			t.Fatal(err)
		}
		coverage.Prepare(full, row)
		for _, srv := range []*intercomtest.Server{full, empty} {
			for _, token := range []string{intercomtest.Token, "wrong"} {
				r := &recorder{next: srv.Transport()}
				client, err := srv.Client(intercom.WithVersion(version), intercom.WithoutPrefetch(), intercom.WithoutRetry(),
					intercom.WithToken(token), intercom.WithHTTPClient(&http.Client{Transport: r}))
				if err != nil {
					t.Fatal(err)
				}
				err = call(t.Context(), client, w)
				if err != nil && srv == full && token != "wrong" && !intercom.IsVersion(err) {
					t.Errorf("%s: %v", row, err)
				}
				answers = append(answers, r.answers(t, srv)...)
			}
		}
	})
	return answers
}

// recorder keeps the answers that pass.
type recorder struct {
	next http.RoundTripper
	kept map[string]answer // by the id of the request
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := r.next.RoundTrip(request)
	if err != nil || response.Header.Get("Content-Type") == "application/octet-stream" {
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	if r.kept == nil {
		r.kept = map[string]answer{}
	}
	r.kept[response.Header.Get("X-Request-Id")] = answer{nil, response.StatusCode, body}
	return response, nil
}

// answers returns the answers with the operations that the log of the workspace
// has for them.
func (r *recorder) answers(t *testing.T, srv *intercomtest.Server) (list []answer) {
	t.Helper()
	byName := map[string]*operations.Operation{}
	for _, op := range operations.All {
		byName[op.Name] = op
	}
	for _, request := range srv.Requests() {
		if a, ok := r.kept[request.ID]; ok {
			if a.operation = byName[request.Operation]; a.operation == nil {
				t.Errorf("%s %s belongs to no operation", request.Method, request.Path)
				continue
			}
			list = append(list, a)
		}
	}
	return list
}

func number(version intercom.APIVersion) operations.Version {
	_, minor, _ := strings.Cut(string(version), ".")
	n, _ := strconv.Atoi(minor)
	return operations.Version(2000 + n)
}
