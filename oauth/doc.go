/*
Package oauth lets an app be installed in other people's workspaces: an admin
of the workspace agrees on a page of Intercom's, and you get an access token for
that workspace. It stands on golang.org/x/oauth2.

	app, err := oauth.New(oauth.Config{
		ClientID:     os.Getenv("INTERCOM_CLIENT_ID"),
		ClientSecret: os.Getenv("INTERCOM_CLIENT_SECRET"),
		RedirectURL:  "https://example.com/intercom/callback",
	})
	if err != nil {
		return err
	}
	mux.Handle("/intercom/install", app.Begin())
	mux.Handle("/intercom/callback", app.Callback(
		func(w http.ResponseWriter, r *http.Request, token *oauth2.Token) {
			// Keep token.AccessToken and show that the app is installed.
		}))

The two handlers do it all: a random state in a cookie, its comparison, the
exchange of the code. Programs that keep sessions of their own use
[App.AuthorizeURL], [NewState], [App.Code] and [App.Exchange] instead.

# Tokens

Intercom's tokens do not expire, and there are no refresh tokens: a token is
valid until the admin removes the app or the app uninstalls itself. So a token
is one string to keep per workspace, and to keep like a password. A client that
is answered 401 has lost its workspace.

Which workspace a token belongs to tells Admins.Me, whose answer has the id and
the region of the workspace. The example of the package keeps tokens by
workspace and derives a client for each.

There are no scopes to ask for: what an app may do is chosen in the Developer
Hub.
*/
package oauth
