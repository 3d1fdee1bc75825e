package oauth

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/oauth2"

	"github.com/seed-8b687bef/intercom-go"
)

// TokenSource makes a source of oauth2, such as one of a vault or of a test, fit
// for intercom.WithTokenSource. It is asked before every request, so it ought to
// answer from memory (oauth2.ReuseTokenSource does) and be safe for concurrent
// use. Oauth2 knows no contexts: one that has ended is noticed before source is
// asked, not while it works.
func TokenSource(source oauth2.TokenSource) intercom.TokenSource {
	return adapter{&source}
}

// adapter keeps the source behind a pointer, which no way of printing follows.
type adapter struct{ source *oauth2.TokenSource }

// Token implements intercom.TokenSource.
func (a adapter) Token(ctx context.Context) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if *a.source == nil {
		return "", errors.New("oauth: TokenSource: the source is nil")
	}
	token, err := (*a.source).Token()
	if refused := (*oauth2.RetrieveError)(nil); errors.As(err, &refused) {
		// Its own text has the whole answer in it.
		return "", fmt.Errorf("oauth: the source of tokens was refused with status %d", refused.Response.StatusCode)
	}
	if err != nil {
		return "", fmt.Errorf("oauth: the source of tokens: %w", err)
	}
	if !token.Valid() {
		return "", errors.New("oauth: the source of tokens gave one that is empty or has expired")
	}
	return token.AccessToken, nil
}
