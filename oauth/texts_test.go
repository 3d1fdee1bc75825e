package oauth_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	"github.com/seed-8b687bef/intercom-go/oauth"
)

// The functions below hold the code of docs/oauth.md, so that it is compiled.

func textInstall(mux *http.ServeMux, all *workspaces) error {
	app, err := oauth.New(oauth.Config{
		ClientID:     os.Getenv("INTERCOM_CLIENT_ID"),
		ClientSecret: os.Getenv("INTERCOM_CLIENT_SECRET"),
		RedirectURL:  "https://example.com/intercom/callback",
		OnError: func(w http.ResponseWriter, r *http.Request, err error) {
			slog.WarnContext(r.Context(), "install", "error", err)
			http.Error(w, "The app was not installed. Please try again.", oauth.StatusCode(err))
		},
	})
	if err != nil {
		return err
	}
	mux.Handle("/intercom/install", app.Begin())
	mux.Handle("/intercom/callback", app.Callback(
		func(w http.ResponseWriter, r *http.Request, token *oauth2.Token) {
			if _, err := all.Installed(r.Context(), token.AccessToken); err != nil {
				slog.ErrorContext(r.Context(), "install", "error", err)
				http.Error(w, "The app was not installed. Please try again.", http.StatusBadGateway)
				return
			}
			http.Redirect(w, r, "/welcome", http.StatusSeeOther)
		}))
	return nil
}

func textOwnSession(w http.ResponseWriter, r *http.Request, app *oauth.App, session map[string]string) {
	session["intercom-state"] = oauth.NewState()
	http.Redirect(w, r, app.AuthorizeURL(session["intercom-state"]), http.StatusFound)
}

func textOwnSessionBack(r *http.Request, app *oauth.App, session map[string]string) (*oauth2.Token, error) {
	code, err := app.Code(r, session["intercom-state"])
	if err != nil {
		return nil, err
	}
	token, err := app.Exchange(r.Context(), code)
	return token, err
}

func textRegions(mux *http.ServeMux, config oauth.Config, installed func(http.ResponseWriter, *http.Request, *oauth2.Token)) error {
	for path, region := range map[string]intercom.Region{"us": intercom.US, "eu": intercom.EU, "au": intercom.AU} {
		config.Region = region
		config.RedirectURL = "https://example.com/intercom/" + path + "/callback"
		app, err := oauth.New(config)
		if err != nil {
			return err
		}
		mux.Handle("/intercom/"+path+"/install", app.Begin())
		mux.Handle("/intercom/"+path+"/callback", app.Callback(installed))
	}
	return nil
}

func textOwnSource(source oauth2.TokenSource) (*intercom.Client, error) {
	client, err := intercom.NewClient("", intercom.WithTokenSource(oauth.TokenSource(source)))
	return client, err
}

func textUninstall(ctx context.Context, client *intercom.Client) error {
	err := client.Do(ctx, "POST", "/auth/uninstall", nil, nil)
	return err
}

func TestTextsRun(t *testing.T) {
	t.Setenv("INTERCOM_CLIENT_ID", clientID)
	t.Setenv("INTERCOM_CLIENT_SECRET", clientSecret)
	server := intercomtest.New(t)
	client, err := server.Client()
	require.NoError(t, err)
	mux := http.NewServeMux()
	require.NoError(t, textInstall(mux, newWorkspaces(client)))
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/intercom/callback?code=x&state=y", http.NoBody))
	assert.Equal(t, http.StatusBadRequest, w.Code)
	assert.Contains(t, w.Body.String(), "try again")

	require.NoError(t, textRegions(mux, oauth.Config{ClientID: clientID, ClientSecret: clientSecret}, nil))
	w = httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/intercom/eu/install", http.NoBody))
	assert.Contains(t, w.Header().Get("Location"), "https://app.eu.intercom.com/oauth?")

	app := newApp(t, newSite(t))
	session := map[string]string{}
	textOwnSession(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/install", http.NoBody), app, session)
	back := httptest.NewRequest(http.MethodGet, "/callback?code="+goodCode+"&state="+session["intercom-state"], http.NoBody)
	got, err := textOwnSessionBack(back, app, session)
	require.NoError(t, err)
	assert.Equal(t, token, got.AccessToken)

	_, err = textOwnSource(oauth2.StaticTokenSource(got))
	require.NoError(t, err)
	require.True(t, intercom.IsNotFound(textUninstall(t.Context(), client)), "the fake workspace has no apps to uninstall")
}
