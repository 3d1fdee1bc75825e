package intercom_test

import (
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

const png = "\x89PNG\r\n\x1a\n"

func TestNewAttachmentFile(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("berth,", 5000)
	for name, test := range map[string]struct{ name, content, wantName, wantType string }{
		"kind by name":           {"plan.pdf", "not really", "plan.pdf", "application/pdf"},
		"kind in capitals":       {"PLAN.PDF", "not really", "PLAN.PDF", "application/pdf"},
		"kind by content":        {"scan", png + "rest", "scan", "image/png"},
		"name says more":         {"scan.png", "text", "scan.png", "image/png"},
		"text without a charset": {"note.unknown-kind", "Berth 12", "note.unknown-kind", "text/plain"},
		"unknown":                {"blob", "\x00\x01\x02", "blob", "application/octet-stream"},
		"folders":                {"/var/log/a.png", png, "a.png", "image/png"},
		"foreign folders":        {`C:\logs\a.png`, png, "a.png", "image/png"},
		"one byte":               {"a.png", "x", "a.png", "image/png"},
		"exactly a head":         {"a.png", strings.Repeat("x", 512), "a.png", "image/png"},
		"long":                   {"a.png", long, "a.png", "image/png"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, err := intercom.NewAttachmentFile(test.name, iotest.OneByteReader(strings.NewReader(test.content)))
			require.NoError(t, err)
			assert.Equal(t, test.wantName, file.Name)
			assert.Equal(t, test.wantType, file.ContentType)
			data, err := base64.StdEncoding.DecodeString(file.Data)
			require.NoError(t, err)
			assert.Equal(t, test.content, string(data))
		})
	}
}

func TestNewAttachmentFileRefuses(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk")
	for name, test := range map[string]struct {
		name string
		r    io.Reader
		want string
	}{
		"no name":       {"", strings.NewReader("x"), "intercom: NewAttachmentFile: the name is empty"},
		"only a folder": {"/", strings.NewReader("x"), "intercom: NewAttachmentFile: the name is empty"},
		"parent folder": {"a/..", strings.NewReader("x"), "intercom: NewAttachmentFile: the name is empty"},
		"no reader":     {"a.png", nil, "intercom: NewAttachmentFile: a.png: the reader is nil"},
		"empty":         {"a.png", strings.NewReader(""), "intercom: NewAttachmentFile: a.png: the file is empty"},
		"broken":        {"a.png", iotest.ErrReader(broken), "intercom: NewAttachmentFile: a.png: the file can't be read: the disk"},
		"breaks later":  {"a.png", io.MultiReader(strings.NewReader(strings.Repeat("x", 9999)), iotest.ErrReader(broken)), "intercom: NewAttachmentFile: a.png: the file can't be read: the disk"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, err := intercom.NewAttachmentFile(test.name, test.r)
			require.EqualError(t, err, test.want)
			assert.Zero(t, file)
			if strings.Contains(name, "break") || name == "broken" {
				assert.ErrorIs(t, err, broken)
			}
		})
	}
}

// zeros never ends.
type zeros struct{ read int64 }

func (z *zeros) Read(p []byte) (int, error) {
	clear(p)
	z.read += int64(len(p))
	return len(p), nil
}

func TestNewAttachmentFileHasALimit(t *testing.T) {
	t.Parallel()
	endless := &zeros{}
	_, err := intercom.NewAttachmentFile("a.bin", endless)
	require.EqualError(t, err, "intercom: NewAttachmentFile: a.bin: the file is larger than 100 MiB")
	assert.Less(t, endless.read, int64(101<<20), "it stops at the limit")
}
