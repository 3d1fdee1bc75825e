package intercomtest

import (
	"encoding/base64"
	"html"
	"mime"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
)

// bot is the author of what the workspace does by itself. It is shared and
// never written to.
var bot = &intercom.Author{Type: intercom.AuthorTypeBot, ID: "31", Name: "Harbour Bot", Email: "bot@" + workspaceDomain}

// adminAuthor names an admin as the author of a text.
func adminAuthor(a *intercom.Admin) *intercom.Author {
	return &intercom.Author{Type: intercom.AuthorTypeAdmin, ID: a.ID, Name: a.Name, Email: a.Email}
}

// contactAuthor names a contact as the author of a text.
func contactAuthor(c *contact) *intercom.Author {
	return &intercom.Author{Type: intercom.AuthorType(c.data.Role), ID: c.data.ID, Name: c.data.Name, Email: c.data.Email}
}

// adminHTML is the text of an admin, which may be HTML already.
func adminHTML(text string) string {
	if text == "" || strings.HasPrefix(text, "<") {
		return text
	}
	return "<p>" + text + "</p>"
}

// contactHTML is the plain text of a contact as HTML.
func contactHTML(text string) string {
	if text == "" {
		return ""
	}
	return "<p>" + strings.ReplaceAll(html.EscapeString(text), "\n", "<br>") + "</p>"
}

var (
	lineEnds = regexp.MustCompile(`(?i)<br\s*/?>|</p>|</li>|</h[1-6]>`)
	markup   = regexp.MustCompile(`<[^>]*>`)
)

// plainText is HTML without its markup.
func plainText(body string) string {
	body = lineEnds.ReplaceAllString(body, "\n")
	return strings.TrimSpace(html.UnescapeString(markup.ReplaceAllString(body, "")))
}

// attachmentLimit is how many files can come with a text.
const attachmentLimit = 10

// attachments reads the files that come with a text.
func (w *workspace) attachments(f *fields) []intercom.Attachment {
	urls, files := f.texts("attachment_urls"), f.objects("attachment_files")
	if len(urls) > attachmentLimit {
		f.fail("attachment_urls", "can't name more than 10 files")
	}
	if len(files) > attachmentLimit {
		f.fail("attachment_files", "can't hold more than 10 files")
	}
	var all []intercom.Attachment
	for _, address := range urls {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			f.fail("attachment_urls", "must be web addresses")
			return nil
		}
		name := path.Base(u.Path)
		all = append(all, intercom.Attachment{Type: "upload", Name: name, URL: address, ContentType: typeOfFile(name)})
	}
	for _, file := range files {
		file.require("name", "content_type", "data")
		name, kind, data := file.value("name"), file.value("content_type"), file.value("data")
		content, err := base64.StdEncoding.DecodeString(data)
		if err != nil {
			file.fail("data", "must be base64")
		}
		f.check(file)
		all = append(all, intercom.Attachment{
			Type: "upload", Name: name, ContentType: kind, Filesize: len(content),
			URL: "https://files." + workspaceDomain + "/" + url.PathEscape(name),
		})
	}
	return all
}

func typeOfFile(name string) string {
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		kind, _, _ = strings.Cut(kind, ";")
		return kind
	}
	return "application/octet-stream"
}
