package transport

import (
	"context"
	"errors"
)

// TokenSource gives the access token for each request, so that a token can
// rotate. It must be safe for concurrent use.
type TokenSource interface {
	Token(ctx context.Context) (string, error)
}

// StaticToken is a TokenSource that always gives the same token. No way of
// printing it shows the token.
func StaticToken(token string) (TokenSource, error) {
	if err := checkToken(token); err != nil {
		return nil, err
	}
	return staticToken{&token}, nil
}

// staticToken keeps the token behind a pointer: fmt follows no pointer below
// the top of what it prints, not even for %+v and %#v.
type staticToken struct{ hidden *string }

// Token implements TokenSource.
func (t staticToken) Token(context.Context) (string, error) { return *t.hidden, nil }

// checkToken refuses what can't be a token before it gets into a header. The
// errors leave the token out.
func checkToken(token string) error {
	if token == "" {
		return errors.New("intercom: the access token is empty; pass the token from the developer hub")
	}
	for i := range len(token) {
		if token[i] <= ' ' || token[i] >= 0x7f {
			return errors.New("intercom: the access token contains a space or a character that no header may hold; remove line ends and quotes around it")
		}
	}
	return nil
}
