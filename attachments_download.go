package intercom

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// attachmentDownload stands for the download of an attachment, which is no
// operation of the API: files lie on other hosts.
var attachmentDownload = &operations.Operation{
	Name: "DownloadAttachment", Method: http.MethodGet, Path: "{url}", Reads: true, Stream: true,
}

// DownloadAttachment reads the file behind the URL of an Attachment as it is.
// The caller closes it. The context must live until then.
//
// Such a URL is signed and opens the file for everybody who has it, for some
// time: read the conversation again for one that has expired (403 or 404). That
// is why the access token never goes along, to no host at all, nor do the
// headers of WithHeader, and why the URL is in no error and no log. It must be
// https, but for hosts of this machine; redirects are followed by the same
// rules. An http.Client whose transport adds credentials by itself
// (WithHTTPClient) adds them here too: let WithTokenSource do that.
//
// No timeout bounds the whole of it, only the time until it begins and each
// wait for more, a minute each (WithDownloadTimeouts). Until it has begun it is
// tried again; one that breaks off ends with an error, never with io.EOF.
func (c *Client) DownloadAttachment(ctx context.Context, url string, opts ...CallOption) (io.ReadCloser, error) {
	if ctx == nil {
		return nil, errors.New("intercom: DownloadAttachment: the context is nil")
	}
	settings, err := c.settingsOf(attachmentDownload, opts)
	if err != nil {
		return nil, err
	}
	file, err := transport.ParseFileURL(url)
	if err != nil {
		return nil, fmt.Errorf("intercom: DownloadAttachment: %w", err)
	}
	var resp transport.Response
	err = c.core.Fetch(ctx, &transport.Request{Operation: attachmentDownload, Settings: settings.transport}, file, &resp)
	if settings.response != nil {
		settings.response.fill(&resp)
	}
	if err != nil {
		return nil, publicError(err)
	}
	return resp.Stream, nil
}
