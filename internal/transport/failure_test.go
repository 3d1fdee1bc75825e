package transport

import (
	"net/http"
	"strings"
	"testing"
)

func TestFailure(t *testing.T) {
	t.Parallel()
	body := `{"type":"error.list","request_id":"0003ubcpk2nrm4ep7e5g","errors":[{"code":"parameter_invalid","field":"email","message":"ada@example.com is taken by 63a07ddf05a32042dffac965\nsee below"},{"code":"x"}]}`
	server := steps(says(422, body, "X-Request-Id", "from-the-header", "X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "4"))
	response, err := do(newTestClient(t, server), request(getContact))
	failure := mustBe[*Failure](t, err)
	want := "intercom: Contacts.Get GET /contacts/{id}: 422 Unprocessable Entity: parameter_invalid: email: [address] is taken by [id] see below (and 1 more) (request 0003ubcpk2nrm4ep7e5g)"
	if failure.Error() != want {
		t.Errorf("got  %s\nwant %s", failure, want)
	}
	checkText(t, err)
	if failure.Operation != getContact || string(failure.Body) != body || failure.Truncated || failure.Type != "error.list" || failure.RateLimit.Remaining != 4 || len(failure.Details) != 2 {
		t.Errorf("got %+v", failure)
	}
	if !strings.Contains(failure.Details[0].Message, "ada@example.com") {
		t.Errorf("the detail lost its message: %+v", failure.Details[0])
	}
	if response.Status != 422 || response.RequestID != failure.RequestID || response.Body != nil {
		t.Errorf("got %+v", response)
	}
}

func TestFailureAdvice(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{401: "token", 429: "limiter", 302: "redirect", 503: "later", 999: "999"} {
		text := (&Failure{Operation: getContact, Status: status}).Error()
		if !strings.Contains(text, want) {
			t.Errorf("%d: %s does not speak of %s", status, text, want)
		}
	}
	if text := (&Failure{Operation: createExport, Status: 429}).Error(); !strings.Contains(text, "job") {
		t.Errorf("%s does not speak of the job", text)
	}
}

func TestFailureBodyIsCapped(t *testing.T) {
	t.Parallel()
	server := steps(says(500, strings.Repeat("x", 10<<20)))
	_, err := do(newTestClient(t, server), request(createContact))
	failure := mustBe[*Failure](t, err)
	if len(failure.Body) != 64<<10 || !failure.Truncated {
		t.Errorf("%d bytes kept, truncated %v", len(failure.Body), failure.Truncated)
	}
	if cap(failure.Body) > 128<<10 {
		t.Errorf("%d bytes pinned", cap(failure.Body))
	}
}

// A proxy that shows the request it did not like does not get the token into
// errors.
func TestFailureHidesTheToken(t *testing.T) {
	t.Parallel()
	echo := roundTrip(func(request *http.Request) (*http.Response, error) {
		authorization := request.Header.Get("Authorization")
		return answer(400, `{"errors":[{"code":"bad_request","message":"`+authorization+`"}]}`, "X-Echo", authorization, "X-Request-Id", authorization), nil
	})
	_, err := do(newTestClient(t, echo), request(getContact))
	failure := mustBe[*Failure](t, err)
	checkText(t, err)
	if strings.Contains(string(failure.Body), testToken) || strings.Contains(failure.Details[0].Message, testToken) {
		t.Errorf("the token is in the body: %s", failure.Body)
	}
	if strings.Contains(failure.Header.Get("X-Echo"), testToken) || strings.Contains(failure.RequestID, testToken) {
		t.Errorf("the token is in the header: %v", failure.Header)
	}
}
