package oauth_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/oauth"
)

type sourceFunc func() (*oauth2.Token, error)

func (f sourceFunc) Token() (*oauth2.Token, error) { return f() }

func TestTokenSource(t *testing.T) {
	t.Parallel()
	server := intercomtest.New(t, intercomtest.WithToken("rotated"))
	source := oauth.TokenSource(oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "rotated"}))
	client, err := intercom.NewClient("", intercom.WithBaseURL(server.URL), intercom.WithTokenSource(source))
	require.NoError(t, err)
	_, err = client.Admins.Me(t.Context())
	require.NoError(t, err)
}

func TestTokenSourceFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("the vault is sealed")
	refused := &oauth2.RetrieveError{Response: &http.Response{StatusCode: http.StatusTeapot, Status: "418"}, Body: []byte("secret\nthings")}
	const unusable = "oauth: the source of tokens gave one that is empty or has expired"
	for _, c := range []struct {
		want   string
		source oauth2.TokenSource
	}{
		{"oauth: TokenSource: the source is nil", nil},
		{"oauth: the source of tokens: the vault is sealed", sourceFunc(func() (*oauth2.Token, error) { return nil, broken })},
		{"oauth: the source of tokens was refused with status 418", sourceFunc(func() (*oauth2.Token, error) { return nil, refused })},
		{unusable, sourceFunc(func() (*oauth2.Token, error) { return nil, nil })},
		{unusable, sourceFunc(func() (*oauth2.Token, error) { return &oauth2.Token{}, nil })},
		{unusable, sourceFunc(func() (*oauth2.Token, error) {
			return &oauth2.Token{AccessToken: token, Expiry: time.Unix(1, 0)}, nil
		})},
	} {
		_, err := oauth.TokenSource(c.source).Token(t.Context())
		require.EqualError(t, err, c.want)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := oauth.TokenSource(sourceFunc(func() (*oauth2.Token, error) { panic("was asked") })).Token(ended)
	require.ErrorIs(t, err, context.Canceled)
}
