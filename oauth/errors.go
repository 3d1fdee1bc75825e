package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/oauth2"
)

// What may go wrong before a code is exchanged, to be asked for with errors.Is.
var (
	// ErrState means that the browser that came back is not known to have asked:
	// a forged link, cookies that are off, or more than ten minutes in between.
	ErrState = errors.New("oauth: state refused")
	// ErrDenied means that Intercom sent no code, as when the admin did not agree.
	ErrDenied = errors.New("oauth: not authorized")
)

// Error is the refusal of a code, such as one that is too old or was used.
type Error struct {
	// StatusCode is the HTTP status of the answer.
	StatusCode int
	// Code says what was wrong as a word for programs, such as unauthorized;
	// empty if the answer named none.
	Code string
	// Message says it as a sentence, without the app's secret and the code;
	// empty if the answer had none.
	Message string
	// RequestID is Intercom's id of the request, worth telling its support;
	// empty if the answer gave none.
	RequestID string
}

// Error tells in one line what Intercom answered. It is safe to log.
func (e *Error) Error() string {
	text := "oauth: exchanging the code: " + strconv.Itoa(e.StatusCode) + " " + http.StatusText(e.StatusCode)
	if e.Code != "" {
		text += ": " + e.Code
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	if e.RequestID != "" {
		text += " (request " + e.RequestID + ")"
	}
	switch {
	case e.StatusCode >= 500 || e.StatusCode == http.StatusTooManyRequests:
		return text + "; try later"
	case e.StatusCode >= 400:
		return text + "; check client id and secret, or let the admin begin anew: a code is good for a few minutes and one use"
	default:
		return text
	}
}

// StatusCode returns the HTTP status to answer the admin with: 400 for a state
// that does not fit, 403 for a refusal, 502 if Intercom refused the code or
// could not be reached, 200 without an error.
func StatusCode(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case errors.Is(err, ErrState):
		return http.StatusBadRequest
	case errors.Is(err, ErrDenied):
		return http.StatusForbidden
	default:
		return http.StatusBadGateway
	}
}

func answerError(w http.ResponseWriter, _ *http.Request, err error) {
	status := StatusCode(err)
	http.Error(w, http.StatusText(status), status)
}

// exchangeError takes from an error of oauth2 what is safe to tell: it has
// whole answers in its texts, and so has what a server makes of the request.
func (a *App) exchangeError(ctx context.Context, err error, code string) error {
	if refused := (*oauth2.RetrieveError)(nil); errors.As(err, &refused) {
		return a.refusal(refused, code)
	}
	if ctx.Err() != nil {
		return fmt.Errorf("oauth: exchanging the code: %w", context.Cause(ctx))
	}
	if failed := (*url.Error)(nil); errors.As(err, &failed) {
		return fmt.Errorf("oauth: exchanging the code: %w", failed.Err)
	}
	return fmt.Errorf("oauth: exchanging the code: the answer is no token: %s", a.clean(err.Error(), code))
}

// answer is what the token endpoint says when it refuses, in Intercom's way or
// in that of the standard.
type answer struct {
	Errors []struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"errors"`
	RequestID   string `json:"request_id"`
	Error       string `json:"error"`
	Description string `json:"error_description"`
	Message     string `json:"message"`
}

func (a *App) refusal(refused *oauth2.RetrieveError, code string) *Error {
	var body answer
	_ = json.Unmarshal(refused.Body, &body) // what fits is taken; a page in HTML says nothing
	e := &Error{StatusCode: refused.Response.StatusCode, Code: body.Error, Message: body.Description, RequestID: body.RequestID}
	if e.Code == "" {
		e.Code, e.Message = refused.ErrorCode, refused.ErrorDescription // of an answer that is a form
	}
	if e.Message == "" {
		e.Message = body.Message
	}
	if len(body.Errors) > 0 {
		e.Code, e.Message = body.Errors[0].Code, body.Errors[0].Message
	}
	if e.RequestID == "" {
		e.RequestID = refused.Response.Header.Get("X-Request-Id")
	}
	for _, text := range []*string{&e.Code, &e.Message, &e.RequestID} {
		*text = a.clean(*text, code)
	}
	return e
}

// maxText bounds in bytes what is taken over from a server or a browser.
const maxText = 200

// clean makes a text of somebody else fit for a log: one line, of a bearable
// length, and free of secrets.
func (a *App) clean(text string, secrets ...string) string {
	for _, secret := range append(secrets, a.config().ClientSecret) {
		for _, form := range []string{secret, url.QueryEscape(secret)} {
			if form != "" {
				text = strings.ReplaceAll(text, form, "[hidden]")
			}
		}
	}
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	if text = strings.Join(strings.Fields(text), " "); len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + "…"
	}
	return text
}
