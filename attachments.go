package intercom

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"strings"
)

// maxAttachment is how many bytes a file to attach may have.
const maxAttachment = 100 << 20

// sniffed is how many bytes of a file tell what it is.
const sniffed = 512

// NewAttachmentFile reads a file to attach to a reply or a note, which takes at
// most ten. The name is what the reader sees; folders before it are cut off.
// What kind of file it is goes by the name's ending or, if that is unknown, by
// the first bytes. A file that is empty or larger than 100 MiB is an error. The
// whole of it is held in memory, as text a third longer than the file.
func NewAttachmentFile(name string, r io.Reader) (AttachmentFile, error) {
	base := filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "" || base == "." || base == ".." || base == string(filepath.Separator) {
		return AttachmentFile{}, errors.New("intercom: NewAttachmentFile: the name is empty")
	}
	if r == nil {
		return AttachmentFile{}, fmt.Errorf("intercom: NewAttachmentFile: %s: the reader is nil", base)
	}
	buffered := bufio.NewReader(io.LimitReader(r, maxAttachment+1))
	head, err := buffered.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return AttachmentFile{}, fmt.Errorf("intercom: NewAttachmentFile: %s: the file can't be read: %w", base, err)
	}
	file := AttachmentFile{Name: base, ContentType: contentType(base, head)}
	var text strings.Builder
	encoder := base64.NewEncoder(base64.StdEncoding, &text)
	size, err := io.Copy(encoder, buffered)
	_ = encoder.Close() // A strings.Builder takes everything.
	switch {
	case err != nil:
		return AttachmentFile{}, fmt.Errorf("intercom: NewAttachmentFile: %s: the file can't be read: %w", base, err)
	case size == 0:
		return AttachmentFile{}, fmt.Errorf("intercom: NewAttachmentFile: %s: the file is empty", base)
	case size > maxAttachment:
		return AttachmentFile{}, fmt.Errorf("intercom: NewAttachmentFile: %s: the file is larger than %d MiB", base, maxAttachment>>20)
	}
	file.Data = text.String()
	return file, nil
}

// contentType is the media type of a file by its name, or else by how it
// begins.
func contentType(name string, head []byte) string {
	found := mime.TypeByExtension(filepath.Ext(name))
	if found == "" {
		found = http.DetectContentType(head)
	}
	media, _, err := mime.ParseMediaType(found)
	if err != nil {
		return binaryType
	}
	return media
}
