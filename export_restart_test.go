package intercom_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// errCable is what breaks connections.
var errCable = errors.New("the cable was cut")

// fragileServer answers with one download after the other and counts them. A
// download is a file as it is, or one that breaks, or a status.
func fragileServer(t *testing.T, begun *int, downloads ...any) *intercom.Client {
	t.Helper()
	return clientOf(t, nil, intercom.WithRetry(intercom.RetryPolicy{MaxAttempts: 3}),
		intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			require.Less(t, *begun, len(downloads))
			answer := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: r, Body: http.NoBody}
			switch d := downloads[*begun].(type) {
			case string:
				answer.Body = io.NopCloser(strings.NewReader(d))
			case io.Reader:
				answer.Body = io.NopCloser(d)
			case int:
				answer.StatusCode = d
			}
			*begun++
			return answer, nil
		})}))
}

// broken is the first part of a file, and then the connection breaks.
func broken(file string, part float64) io.Reader {
	return io.MultiReader(strings.NewReader(file[:int(float64(len(file))*part)]), iotest.ErrReader(errCable))
}

// zipped is an archive of files, given as pairs of names and contents. An
// archive that is streamed has its sums behind its files, as servers do it.
func zipped(t *testing.T, pairs ...string) string {
	t.Helper()
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for i := 0; i < len(pairs); i += 2 {
		file, err := writer.Create(pairs[i])
		require.NoError(t, err)
		_, err = io.WriteString(file, pairs[i+1])
		require.NoError(t, err)
	}
	require.NoError(t, writer.Close())
	return archive.String()
}

func TestExportRowsGoOnWhereTheyBroke(t *testing.T) {
	t.Parallel()
	text := strings.Join(exportHeader, ",") + "\n" + exportCSV(5000)
	for name, downloads := range map[string][]any{
		"plain":                 {broken(text, 0.6), text},
		"packed":                {broken(packed(t, text, 1), 0.6), packed(t, text, 1)},
		"packed twice":          {broken(packed(t, text, 2), 0.6), packed(t, text, 2)},
		"packed once and twice": {broken(packed(t, text, 2), 0.6), packed(t, text, 1)},
		"an archive":            {broken(zipped(t, "click_1.csv", rows(), "receipt_1.csv", text), 0.8), zipped(t, "receipt_1.csv", text)},
		"cut off":               {packed(t, text, 1)[:9000], packed(t, text, 1)},
		"at once":               {broken(text, 0), text},
		"before the end":        {broken(text, 1), text},
		"twice":                 {broken(text, 0.6), broken(text, 0.9), text},
		"twice, earlier":        {broken(text, 0.6), broken(text, 0.3), text},
		"busy in between":       {broken(text, 0.6), 503, text},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				begun, given := 0, []string(nil)
				client := fragileServer(t, &begun, downloads...)
				var response intercom.Response
				for row, err := range client.Export.Rows(t.Context(), "hb3k9qv2", intercom.WithResponse(&response)) {
					require.NoError(t, err)
					given = append(given, row.ReceiptID)
				}
				assert.Equal(t, len(downloads), begun)
				want, err := rowsOf(t, text)
				require.NoError(t, err)
				require.Len(t, given, len(want))
				for i, row := range want {
					require.Equal(t, row.ReceiptID, given[i])
				}
				assert.Equal(t, 200, response.StatusCode)
			})
		})
	}
}

func TestExportRowsEndWhereTheyCannotGoOn(t *testing.T) {
	t.Parallel()
	text := "user_id,email\n" + strings.Repeat("u1,ines@harbour.test\n", 5000)
	other := strings.Replace(text, "ines", "olu ", 1)
	for name, test := range map[string]struct {
		downloads []any
		want      string
		check     func(error) bool
	}{
		"too often":      {[]any{broken(text, 0.6), broken(text, 0.6), broken(text, 0.8)}, ", downloaded 3 times: ", intercom.IsTemporary},
		"another file":   {[]any{broken(text, 0.6), other}, "the file was another one when it was downloaded again", nil},
		"a shorter file": {[]any{broken(text, 0.6), text[:200]}, "the file was another one when it was downloaded again", nil},
		"gone meanwhile": {[]any{broken(text, 0.6), 404}, "until two days later", intercom.IsNotFound},
		"damaged":        {[]any{packed(t, text, 1)[:len(packed(t, text, 1))-8] + "12345678"}, "the file can't be unpacked", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				begun, rows := 0, 0
				client := fragileServer(t, &begun, test.downloads...)
				for _, err := range client.Export.Rows(t.Context(), "hb3k9qv2") {
					if err == nil {
						rows++
						continue
					}
					var failure *intercom.ExportReadError
					require.ErrorAs(t, err, &failure)
					require.ErrorContains(t, err, test.want)
					assert.NotContains(t, err.Error(), "\n")
					assert.Equal(t, rows, failure.Rows)
					assert.Equal(t, len(test.downloads), failure.Downloads)
					assert.Equal(t, begun, failure.Downloads)
					assert.True(t, test.check == nil && !intercom.IsTemporary(err) || test.check != nil && test.check(err), "%v", err)
				}
				assert.Equal(t, len(test.downloads), begun)
			})
		})
	}
}

func TestExportRowsAreCanceledWhileTheyBeginAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := 0
		client := fragileServer(t, &begun, broken("user_id\nu1\n", 1), "user_id\nu1\n")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		slow := intercom.WithRetry(intercom.RetryPolicy{MinBackoff: 1000 * time.Hour, MaxBackoff: 1000 * time.Hour})
		var last error
		for _, err := range client.Export.Rows(ctx, "hb3k9qv2", slow) {
			last = err
		}
		require.ErrorIs(t, last, context.DeadlineExceeded)
		require.ErrorIs(t, last, errCable)
		assert.Equal(t, 1, begun)
	})
}

func TestExportDownloadIsNotPutTogether(t *testing.T) {
	t.Parallel()
	begun := 0
	client := fragileServer(t, &begun, broken("user_id\nu1\n", 0.9), "user_id\nu1\n")
	stream, err := client.Export.Download(t.Context(), "hb3k9qv2")
	require.NoError(t, err)
	text, err := io.ReadAll(stream)
	require.ErrorIs(t, err, errCable)
	assert.Equal(t, "user_id\nu", string(text))
	assert.Equal(t, 1, begun)
	require.NoError(t, stream.Close())
}

func TestExportDownloadStalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := clientOf(t, nil, intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			body, server := io.Pipe()
			go func() {
				for _, piece := range []string{"user_id\n", "u1\n", "u2\n"} {
					time.Sleep(50 * time.Second) // Longer than an attempt may take, in all.
					_, _ = io.WriteString(server, piece)
				}
				<-r.Context().Done()
				_ = server.CloseWithError(r.Context().Err())
			}()
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body, Request: r}, nil
		})}))
		began := time.Now()
		stream, err := client.Export.Download(t.Context(), "hb3k9qv2", intercom.WithDownloadTimeouts(time.Second, 55*time.Second))
		require.NoError(t, err)
		text, err := io.ReadAll(stream)
		assert.Equal(t, "user_id\nu1\nu2\n", string(text))
		assert.True(t, intercom.IsTimeout(err), "%v", err)
		require.ErrorContains(t, err, "after 14 bytes of CSV")
		require.ErrorContains(t, err, "the stream stood still for 55s")
		assert.Equal(t, 205*time.Second, time.Since(began))
		require.NoError(t, stream.Close())

		never := clientOf(t, nil, intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})}), intercom.WithDownloadTimeouts(7*time.Second, time.Minute))
		began = time.Now()
		_, err = never.Export.Download(t.Context(), "hb3k9qv2")
		assert.True(t, intercom.IsTimeout(err), "%v", err)
		assert.Equal(t, 7*time.Second, time.Since(began))
	})
}
