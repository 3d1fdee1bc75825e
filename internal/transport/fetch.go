package transport

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// ParseFileURL reads the URL of a file on any host: https, or http on this
// machine, without a user. The text is not quoted in errors, because such URLs
// are signed: who has one has the file.
func ParseFileURL(text string) (*url.URL, error) {
	if text == "" {
		return nil, errors.New("the URL is empty")
	}
	file, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("the URL can't be read")
	}
	if problem := unfit(file); problem != "" {
		return nil, errors.New("the URL " + problem)
	}
	return file, nil
}

// unfit says why a file is not fetched from a place, "" if it may be.
func unfit(file *url.URL) string {
	switch {
	case !strings.EqualFold(file.Scheme, "https") && !strings.EqualFold(file.Scheme, "http"):
		return "has the scheme " + shorten(file.Scheme) + "; it must be https"
	case file.Opaque != "" || file.Hostname() == "":
		return "has no host"
	case file.User != nil:
		return "has a user in it"
	case strings.EqualFold(file.Scheme, "http") && !isLoopback(file.Hostname()):
		return "is not encrypted; it must be https"
	}
	return ""
}

// Fetch sends a request for a file of any host, made by ParseFileURL, and hands
// the body over unread, as for a Stream request. Nothing of the workspace goes
// along, whichever the host: neither the token nor the headers of the settings.
// Redirects are followed, to https only. The path and the query of the request
// are those of the URL.
func (c *Client) Fetch(ctx context.Context, request *Request, file *url.URL, response *Response) error {
	switch {
	case ctx == nil:
		return errNilContext
	case request == nil || response == nil || file == nil || request.Operation == nil || request.Settings == nil:
		return errNilRequest
	}
	sent := *request
	sent.Stream, sent.Body = true, nil
	sent.Path, sent.Query = file.EscapedPath(), file.RawQuery
	if sent.Path == "" {
		sent.Path = "/"
	}
	client := *c.http
	client.CheckRedirect = checkFileRedirect
	handle := handler(newSender(&client, &url.URL{Scheme: file.Scheme, Host: file.Host}).attempt)
	handle = failures(handle)
	handle = anonymous(c.userAgent, handle)
	handle = observe(handle)
	handle = retry(c.budget, handle)
	handle = bound(handle)

	response.clear()
	under := newCall(&sent, response)
	err := handle(ctx, under)
	under.free()
	return err
}

// anonymous gives a request the header of somebody without a workspace.
func anonymous(userAgent string, next handler) handler {
	return func(ctx context.Context, c *call) error {
		c.header = http.Header{"Accept": {"*/*"}}
		if userAgent != "" {
			c.header.Set("User-Agent", userAgent)
		}
		return next(ctx, c)
	}
}

// checkFileRedirect follows a redirect to any host, encrypted.
func checkFileRedirect(request *http.Request, via []*http.Request) error {
	// The URL before is signed, which is nothing that others need to know.
	request.Header.Del("Referer")
	if problem := unfit(request.URL); problem != "" {
		return &RedirectError{Problem: "the target " + problem}
	}
	if isLoopback(request.URL.Hostname()) && !isLoopback(via[0].URL.Hostname()) {
		return &RedirectError{Problem: "the target is this machine"}
	}
	if len(via) > maxRedirects {
		return &RedirectError{Problem: "the server redirects in circles"}
	}
	return nil
}
