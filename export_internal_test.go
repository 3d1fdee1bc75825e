package intercom

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// FuzzExportRows holds rows against encoding/csv, which is lenient in the same
// way.
func FuzzExportRows(f *testing.F) {
	for _, seed := range []string{
		"", "a,b\n1,2\n", "a\r\n\"b\r\nc\"\r\n", "a,b\n\"x\"y\",\"\"\"\"\n", "user_id\n\"", "a\n\n\n\r\n\r", "\"a\"\"",
		"a,\n,\n", "a\n\"b\n", "a\n\"b", "a\n\"b\r", "received_at\n1719400000\n2024-06-26 12:00:00\n", "a,a,b\n1\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		reader := csv.NewReader(strings.NewReader(file))
		reader.LazyQuotes = true
		reader.FieldsPerRecord = -1
		records, err := reader.ReadAll()
		require.NoError(t, err)

		ours := newCSVReader(iotest.HalfReader(strings.NewReader(file)))
		for _, record := range records {
			require.NoError(t, ours.next())
			values := []string{}
			for _, value := range ours.values {
				values = append(values, string(ours.record[value.begin:value.end]))
			}
			require.Equal(t, record, values)
		}
		require.Equal(t, io.EOF, ours.next())

		rows, given := newRowReader(strings.NewReader(file)), 0
		for ; err == nil; given++ {
			err = rows.next()
		}
		if err == io.EOF {
			require.Equal(t, max(len(records), 1), given)
		}
	})
}

// FuzzExportFiles looks for files that take the reading of them down, or keep it
// from coming to an end.
func FuzzExportFiles(f *testing.F) {
	f.Add([]byte("\x1f\x8b0"))
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		var archive bytes.Buffer
		writer := zip.NewWriter(&archive)
		for _, name := range []string{"click_1.csv", "folder/", "receipt_1.csv"} {
			if file, err := writer.CreateHeader(&zip.FileHeader{Name: name, Method: method}); err == nil && !strings.HasSuffix(name, "/") {
				_, _ = io.WriteString(file, "receipt_id\n41\n")
			}
		}
		_ = writer.Close()
		f.Add(archive.Bytes())
		var packed bytes.Buffer
		compressor := gzip.NewWriter(&packed)
		_, _ = compressor.Write(archive.Bytes())
		_ = compressor.Close()
		f.Add(packed.Bytes())
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := newResult(io.NopCloser(bytes.NewReader(body)), 0)
		for files := 0; ; files++ {
			require.LessOrEqual(t, files, len(body), "more files than bytes")
			_, file, err := r.next()
			if err == nil {
				_, err = io.CopyN(io.Discard, file, 1<<20)
			}
			if err != nil && err != io.EOF {
				require.NotEmpty(t, explainRead(err).Error())
				_, _, again := r.next()
				require.Error(t, again)
				return
			}
			if err == io.EOF && (file == nil || r.archive == nil) {
				return
			}
		}
	})
}
