package intercom_test

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// archived is what the API sends for a job: a file for messages among others.
func archived(t *testing.T) string {
	t.Helper()
	return zipped(t, "click_20240630.csv", "receipt_id,clicked_at\n41,1719403200\n41,1719403201\n",
		"stats/", "", "stats/Receipts_20240630.csv", "receipt_id,email\n41,ines@harbour.test\n", "open_20240630.csv", "receipt_id,opened_at\n41,1\n")
}

func TestExportDownloadFindsTheMessages(t *testing.T) {
	t.Parallel()
	const messages = "receipt_id,received_at\n41,1719403200\n"
	for name, file := range map[string]string{
		"by the name":         zipped(t, "reply_1.csv", rows(), "receipt_1.csv", messages),
		"in the plural":       zipped(t, "Receipts_1.csv", messages),
		"by the columns":      zipped(t, "reply_1.csv", "receipt_id,replied_at\nreceived_at,1\n", "messages.csv", messages),
		"packed itself":       packed(t, zipped(t, "receipt_1.csv", messages), 1),
		"with a packed file":  zipped(t, "receipt_1.csv.gz", packed(t, messages, 1)),
		"behind an empty one": zipped(t, "reply_1.csv", "", "receipt_1.csv", messages),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := download(t, file)
			require.NoError(t, err)
			assert.Equal(t, messages, text)
		})
	}
	for name, file := range map[string]string{"an empty archive": zipped(t), "others only": zipped(t, "open_1.csv", "receipt_id\n")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := download(t, file)
			assert.ErrorContains(t, err, "the archive holds no file with messages; Export.Files gives what it holds")
		})
	}
}

func TestExportFiles(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(archived(t)))
	texts := map[string]string{}
	var names []string
	for file, err := range client.Export.Files(t.Context(), "hb3k9qv2") {
		require.NoError(t, err)
		text, err := io.ReadAll(file)
		require.NoError(t, err)
		names = append(names, file.Name)
		texts[file.Name] = string(text)
	}
	assert.Equal(t, []string{"click_20240630.csv", "stats/Receipts_20240630.csv", "open_20240630.csv"}, names)
	assert.Equal(t, "receipt_id,opened_at\n41,1\n", texts["open_20240630.csv"])
}

func TestExportFilesAreSkippedAndLeft(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(zipped(t, "open_1.csv", rows(), "click_1.csv", rows(), "reply_1.csv", rows())))
	var kept *intercom.ExportFile
	n := 0
	for file, err := range client.Export.Files(t.Context(), "hb3k9qv2") {
		require.NoError(t, err)
		if kept != nil {
			_, err := kept.Read(make([]byte, 1))
			require.ErrorContains(t, err, "intercom: Export.Files: the file can't be read any more")
		}
		if kept = file; file.Name == "click_1.csv" {
			_, err := io.CopyN(io.Discard, file, 100)
			require.NoError(t, err)
		}
		if n++; file.Name == "reply_1.csv" {
			break
		}
	}
	assert.Equal(t, 3, n)
	_, err := kept.Read(make([]byte, 1))
	require.Error(t, err)
	_, err = new(intercom.ExportFile).Read(make([]byte, 1))
	require.Error(t, err)
}

func TestExportFileRows(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(archived(t)))
	var clicks []string
	for file, err := range client.Export.Files(t.Context(), "hb3k9qv2") {
		require.NoError(t, err)
		if !strings.HasPrefix(file.Name, "click") {
			continue
		}
		for row, err := range file.Rows() {
			require.NoError(t, err)
			clicks = append(clicks, row.ReceiptID+" at "+row.Unknown["clicked_at"])
		}
	}
	assert.Equal(t, []string{"41 at 1719403200", "41 at 1719403201"}, clicks)
}

func TestExportFilesOfOneFile(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(packed(t, "user_id\nu1\n", 2)))
	n := 0
	for file, err := range client.Export.Files(t.Context(), "hb3k9qv2") {
		require.NoError(t, err)
		assert.Empty(t, file.Name)
		text, err := io.ReadAll(file)
		require.NoError(t, err)
		assert.Equal(t, "user_id\nu1\n", string(text))
		n++
	}
	assert.Equal(t, 1, n)
}

func TestExportFilesFail(t *testing.T) {
	t.Parallel()
	gone := clientOf(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	for file, err := range gone.Export.Files(t.Context(), "hb3k9qv2") {
		assert.Nil(t, file)
		assert.True(t, intercom.IsNotFound(err))
	}
	for _, err := range gone.Export.Files(t.Context(), "hb3k9qv2", nil) {
		require.ErrorContains(t, err, "an option is nil")
	}
	// The file that is being read fails, and so does the rest.
	client := clientOf(t, answer(zipped(t, "click_1.csv", rows())[:9000]))
	failed := 0
	for file, err := range client.Export.Files(t.Context(), "hb3k9qv2") {
		if err == nil {
			for _, err = range file.Rows() {
				if err != nil {
					break
				}
			}
		}
		var failure *intercom.ExportReadError
		require.ErrorAs(t, err, &failure)
		assert.Equal(t, "Export.Files", failure.Method)
		assert.Positive(t, failure.Bytes)
		require.ErrorContains(t, err, "the file was cut off")
		failed++
	}
	assert.Equal(t, 2, failed)
}

func TestExportArchives(t *testing.T) {
	t.Parallel()
	// build writes an archive of one file and may damage it.
	build := func(header zip.FileHeader, raw bool) []byte {
		var archive bytes.Buffer
		writer := zip.NewWriter(&archive)
		header.Name = "receipt_1.csv"
		create := writer.CreateHeader
		if raw {
			create = writer.CreateRaw
		}
		file, err := create(&header)
		require.NoError(t, err)
		_, err = io.WriteString(file, "user_id\nu1\n")
		require.NoError(t, err)
		require.NoError(t, writer.Close())
		return archive.Bytes()
	}
	const sum = 0x3b1a6e5c
	stored := zip.FileHeader{Method: zip.Store, UncompressedSize64: 11, CompressedSize64: 11, CRC32: crcOf("user_id\nu1\n")}
	large := build(stored, true)
	// The sizes stand in an extra field of 64 bits.
	extra := []byte{9, 0, 1, 0, 'x', 1, 0, 16, 0, 11, 0, 0, 0, 0, 0, 0, 0, 11, 0, 0, 0, 0, 0, 0, 0}
	copy(large[18:26], "\xff\xff\xff\xff\xff\xff\xff\xff")
	large[28] = byte(len(extra))
	large = append(large[:30+len("receipt_1.csv"):30+len("receipt_1.csv")], append(extra, large[30+len("receipt_1.csv"):]...)...)

	deflated := build(zip.FileHeader{Method: zip.Deflate}, false)
	at := bytes.Index(deflated, []byte("PK\x07\x08"))
	unmarked := append(bytes.Clone(deflated[:at]), deflated[at+4:]...)
	sums := deflated[at+4 : at+16]
	wide := append(bytes.Clone(deflated[:at+8]), sums[4], sums[5], 0, 0, 0, 0, 0, 0, sums[8], 0, 0, 0, 0, 0, 0, 0)
	wide = append(wide, deflated[at+16:]...)
	damaged := bytes.Clone(deflated)
	damaged[at+4]++
	encrypted := bytes.Clone(deflated)
	encrypted[6] |= 1
	wrong := stored
	wrong.CRC32 = sum

	for name, test := range map[string]struct {
		archive []byte
		want    string
	}{
		"stored":                  {build(stored, true), ""},
		"stored, large":           {large, ""},
		"deflated":                {deflated, ""},
		"sums without a mark":     {unmarked, ""},
		"sums of 64 bits":         {wide, ""},
		"a wrong sum behind":      {damaged, "the checksum of a file is wrong"},
		"a wrong sum before":      {build(wrong, true), "the checksum of a file is wrong"},
		"encrypted":               {encrypted, "it is encrypted"},
		"another kind of packing": {build(zip.FileHeader{Method: 99, UncompressedSize64: 11, CompressedSize64: 11}, true), "in the way 99"},
		"of unknown length":       {build(zip.FileHeader{Method: zip.Store}, false), "in the way 0"},
		"no sums":                 {append(bytes.Clone(deflated[:at]), strings.Repeat("x", 40)...), "the size of a file is missing"},
		"cut in the header":       {deflated[:20], "cut off"},
		"cut in the name":         {deflated[:35], "cut off"},
		"cut in the file":         {deflated[:at-3], "cut off"},
		"cut in a stored file":    {build(stored, true)[:48], "cut off"},
		"cut in the sums":         {deflated[:at+7], "cut off"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := download(t, string(test.archive))
			if test.want != "" {
				require.ErrorContains(t, err, test.want)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "user_id\nu1\n", text)
		})
	}
	t.Run("something between", func(t *testing.T) {
		t.Parallel()
		end := at + 16
		_, err := download(t, string(deflated[:end])+"PKxx"+string(deflated[end:]))
		require.NoError(t, err, "the messages are read by then")
		client := clientOf(t, answer(string(deflated[:end])+"PKxx"+string(deflated[end:])))
		var last error
		for _, err := range client.Export.Files(t.Context(), "hb3k9qv2") {
			last = err
		}
		require.ErrorContains(t, last, "there is something else between its files")
	})
}

// crcOf is the checksum of a text in an archive.
func crcOf(text string) uint32 { return crc32.ChecksumIEEE([]byte(text)) }
