package intercom_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// packed is text under layers of gzip.
func packed(t *testing.T, text string, layers int) string {
	t.Helper()
	for range layers {
		var buffer bytes.Buffer
		writer := gzip.NewWriter(&buffer)
		_, err := io.WriteString(writer, text)
		require.NoError(t, err)
		require.NoError(t, writer.Close())
		text = buffer.String()
	}
	return text
}

// rows is CSV that does not shrink to nothing.
func rows() string {
	random := rand.New(rand.NewPCG(1, 2))
	var text strings.Builder
	text.WriteString("user_id,email\n")
	for range 20_000 {
		for range 8 {
			text.WriteByte(byte('a' + random.IntN(26)))
		}
		text.WriteString(",x@harbour.test\n")
	}
	return text.String()
}

// download reads the whole of a download that a server answers with body.
func download(t *testing.T, body string) (string, error) {
	t.Helper()
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/download/content/data/hb3k9qv2", r.URL.Path)
		assert.Equal(t, "application/octet-stream", r.Header.Get("Accept"))
		_, _ = io.WriteString(w, body)
	})
	stream, err := client.Export.Download(t.Context(), "hb3k9qv2")
	require.NoError(t, err)
	defer func() { assert.NoError(t, stream.Close()) }()
	text, err := io.ReadAll(stream)
	return string(text), err
}

func TestExportDownloadUnpacks(t *testing.T) {
	t.Parallel()
	for layers, name := range []string{"not packed", "packed once", "packed twice"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := download(t, packed(t, rows(), layers))
			require.NoError(t, err)
			assert.Equal(t, rows(), text)
		})
	}
	for name, text := range map[string]string{"empty": "", "one byte": "\x1f", "one line": "user_id\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := download(t, text)
			require.NoError(t, err)
			assert.Equal(t, text, got)
		})
	}
}

func TestExportDownloadTellsOfDamage(t *testing.T) {
	t.Parallel()
	whole := packed(t, rows(), 1)
	twice := packed(t, rows(), 2)
	for name, test := range map[string]struct{ body, want string }{
		"cut in the middle":      {whole[:len(whole)/2], ": the file was cut off"},
		"cut in the header":      {whole[:5], ": the file was cut off"},
		"cut before the sum":     {whole[:len(whole)-8], ": the file was cut off"},
		"cut under two layers":   {packed(t, whole[:len(whole)/2], 1), ": the file was cut off"},
		"cut and packed twice":   {twice[:len(twice)/2], ": the file was cut off"},
		"wrong sum":              {whole[:len(whole)-8] + "12345678", ": the file can't be unpacked"},
		"garbage under the name": {"\x1f\x8b" + strings.Repeat("x", 100), ": the file can't be unpacked"},
		"garbage in the middle":  {whole[:1000] + strings.Repeat("\xff", 1000) + whole[2000:], ": the file can't be unpacked"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := download(t, test.body)
			require.ErrorContains(t, err, test.want)
			var cut *intercom.ExportReadError
			require.ErrorAs(t, err, &cut)
			assert.Equal(t, intercom.ExportReadError{Method: "Export.Download", Bytes: int64(len(text)), Downloads: 1, Err: cut.Err}, *cut)
			assert.Equal(t, strings.Contains(test.want, "cut off"), intercom.IsTemporary(err))
			if strings.HasPrefix(name, "cut") {
				assert.True(t, strings.HasPrefix(rows(), text), "what came before is right")
			}
		})
	}
}

func TestExportDownloadKeepsItsError(t *testing.T) {
	t.Parallel()
	broken := errors.New("the cable")
	client := clientOf(t, nil, intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		body := io.MultiReader(strings.NewReader(packed(t, rows(), 1)[:4000]), iotest.ErrReader(broken))
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(body), Request: r}, nil
	})}))
	stream, err := client.Export.Download(t.Context(), "hb3k9qv2")
	require.NoError(t, err)
	_, err = io.Copy(io.Discard, stream)
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, "intercom: Export.Download")
	_, again := stream.Read(make([]byte, 1))
	assert.Equal(t, err, again)
	require.NoError(t, stream.Close())
	require.NoError(t, stream.Close(), "a second time")
}

func TestExportDownloadOfAJobThatIsGone(t *testing.T) {
	t.Parallel()
	client := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"type": "error.list", "errors": [{"code": "not_found", "message": "gone"}]}`)
	})
	var response intercom.Response
	stream, err := client.Export.Download(t.Context(), "hb3k9qv2", intercom.WithResponse(&response))
	assert.Nil(t, stream)
	assert.True(t, intercom.IsNotFound(err))
	require.ErrorContains(t, err, "until two days later")
	assert.Equal(t, http.StatusNotFound, response.StatusCode)
}

func TestExportDownloadMayBeLeftEarly(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(packed(t, rows(), 1)))
	stream, err := client.Export.Download(t.Context(), "hb3k9qv2")
	require.NoError(t, err)
	head := make([]byte, 8)
	_, err = io.ReadFull(stream, head)
	require.NoError(t, err)
	assert.Equal(t, "user_id,", string(head))
	require.NoError(t, stream.Close())
}
