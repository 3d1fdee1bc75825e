package oauth_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"

	"golang.org/x/oauth2"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/oauth"
)

// workspaces has the token and the client of every workspace that installed the
// app. The map of tokens stands for a table of a database, encrypted.
type workspaces struct {
	base *intercom.Client // whose connections all others share

	mu      sync.Mutex
	tokens  map[string]string
	clients map[string]*intercom.Client
}

// Installed finds out whose token it is, and keeps it. Whoever installs the app
// again brings a new token.
func (w *workspaces) Installed(ctx context.Context, token string) (workspace string, err error) {
	client, err := w.base.With(intercom.WithToken(token))
	if err != nil {
		return "", err
	}
	me, err := client.Admins.Me(ctx)
	if err != nil {
		return "", err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tokens[me.App.IDCode] = token
	return me.App.IDCode, nil
}

// Client returns the client of a workspace, the same one every time: it knows
// how much of the workspace's rate limit is left.
func (w *workspaces) Client(workspace string) (*intercom.Client, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if client, ok := w.clients[workspace]; ok {
		return client, nil
	}
	client, err := w.base.With(intercom.WithTokenSource(workspaceToken{w, workspace}))
	if err != nil {
		return nil, err
	}
	w.clients[workspace] = client
	return client, nil
}

// workspaceToken is the token of one workspace, as it is now.
type workspaceToken struct {
	all       *workspaces
	workspace string
}

func (t workspaceToken) Token(context.Context) (string, error) {
	t.all.mu.Lock()
	defer t.all.mu.Unlock()
	token, ok := t.all.tokens[t.workspace]
	if !ok {
		return "", fmt.Errorf("the app is not installed in workspace %s", t.workspace)
	}
	return token, nil
}

func newWorkspaces(base *intercom.Client) *workspaces {
	return &workspaces{base: base, tokens: map[string]string{}, clients: map[string]*intercom.Client{}}
}

// An app keeps a token for every workspace that it is installed in, and has a
// client for each.
func Example_workspaces() {
	server := intercomtest.NewServer(intercomtest.WithToken("token-from-oauth"))
	defer server.Close()
	base, err := server.Client()
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	all := newWorkspaces(base)

	// In the function that Callback calls:
	token := &oauth2.Token{AccessToken: "token-from-oauth"}
	workspace, err := all.Installed(ctx, token.AccessToken)
	if err != nil {
		fmt.Println(err)
		return
	}

	// Anywhere else, such as in a webhook, whose AppID is the workspace:
	client, err := all.Client(workspace)
	if err != nil {
		fmt.Println(err)
		return
	}
	me, err := client.Admins.Me(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(me.App.IDCode == workspace)

	other, err := all.Client("other")
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = other.Admins.Me(ctx)
	fmt.Println(err)
	// Output:
	// true
	// intercom: Admins.Me GET /me: no access token: the app is not installed in workspace other; check the token source
}

// Where a browser has a session of its own, the state goes there and no cookie
// of the package is needed.
func ExampleApp_Code() {
	app, err := oauth.New(oauth.Config{ClientID: "id", ClientSecret: "secret", RedirectURL: "https://example.com/callback"})
	if err != nil {
		fmt.Println(err)
		return
	}
	session := oauth.NewState()
	fmt.Println(app.AuthorizeURL(session)[:48])

	r := httptest.NewRequest(http.MethodGet, "/callback?code=abc&state=forged", http.NoBody)
	_, err = app.Code(r, session)
	fmt.Println(err, oauth.StatusCode(err))

	r = httptest.NewRequest(http.MethodGet, "/callback?code=abc&state="+session, http.NoBody)
	code, err := app.Code(r, session)
	fmt.Println(code, err)
	// Output:
	// https://app.intercom.com/oauth?client_id=id&redi
	// oauth: state refused: the request has another one 400
	// abc <nil>
}
