package intercom_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go"
)

// rowsOf reads the rows of a file that is sent as it is.
func rowsOf(t *testing.T, file string) ([]intercom.ExportRow, error) {
	t.Helper()
	client := clientOf(t, answer(file))
	var rows []intercom.ExportRow
	for row, err := range client.Export.Rows(t.Context(), "hb3k9qv2") {
		if err != nil {
			assert.Empty(t, row)
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func TestExportRowsKnowEveryColumn(t *testing.T) {
	t.Parallel()
	values := make([]string, len(exportHeader))
	for i, name := range exportHeader {
		values[i] = "v-" + name
		if strings.HasPrefix(name, "first_") || name == "received_at" {
			values[i] = "17194000" + string(rune('0'+i/10)) + string(rune('0'+i%10))
		}
	}
	rows, err := rowsOf(t, packed(t, strings.Join(exportHeader, ",")+"\n"+strings.Join(values, ",")+"\n", 1))
	require.NoError(t, err)
	require.Len(t, rows, 1)
	assert.Nil(t, rows[0].Unknown)
	row := reflect.ValueOf(rows[0])
	require.Equal(t, len(exportHeader)+1, row.NumField())
	for i, name := range exportHeader { // The fields are in the order of the columns.
		field := strings.ToLower(row.Type().Field(i).Name)
		assert.Equal(t, strings.NewReplacer("_", "", "dismisall", "dismissal").Replace(name), field)
		switch value := row.Field(i).Interface().(type) {
		case string:
			assert.Equal(t, "v-"+name, value)
		case intercom.Timestamp:
			assert.Equal(t, int64(1719400000+i), value.Unix(), name)
		}
	}
}

func TestExportRowsAreLenient(t *testing.T) {
	t.Parallel()
	day := time.Date(2024, 6, 26, 0, 0, 0, 0, time.UTC)
	noon := intercom.TimestampOf(day.Add(12 * time.Hour))
	for name, test := range map[string]struct {
		file string
		want []intercom.ExportRow
	}{
		"nothing":             {"", nil},
		"a header":            {"user_id,email\n", nil},
		"no newline":          {"user_id,email\nu1,a@harbour.test", []intercom.ExportRow{{UserID: "u1", Email: "a@harbour.test"}}},
		"other line ends":     {"user_id,email\r\n\r\nu1,\r\n,e2\r\n", []intercom.ExportRow{{UserID: "u1"}, {Email: "e2"}}},
		"a mark of the order": {"\ufeffuser_id, name \nu1,Ines\n", []intercom.ExportRow{{UserID: "u1", Name: "Ines"}}},
		"quotes": {
			"user_id,content_title\nu1,\"a \"\"b\"\", c\nd\"\n\"u2\",5\" pipe\n\"u\"3\",\"\"\n",
			[]intercom.ExportRow{{UserID: "u1", ContentTitle: "a \"b\", c\nd"}, {UserID: "u2", ContentTitle: `5" pipe`}, {UserID: `u"3`}},
		},
		"columns of its own": {
			"mood,user_id,crew\ncalm,u1,\n,u2,\n",
			[]intercom.ExportRow{{UserID: "u1", Unknown: map[string]string{"mood": "calm"}}, {UserID: "u2"}},
		},
		"columns twice": {
			"name,name,,\na,b,c,d\n",
			[]intercom.ExportRow{{Name: "a", Unknown: map[string]string{"name#2": "b", "#3": "c", "#4": "d"}}},
		},
		"times": {
			"received_at,first_reply,first_open,first_click,first_dismissal,first_completion\n" +
				"1719403200,2024-06-26 12:00:00 UTC,2024-06-26T14:00:00+02:00,2024-06-26 12:00:00,2024-06-26 10:00:00 -0200,2024-06-26\n0,,,,,\n",
			[]intercom.ExportRow{{
				ReceivedAt: noon, FirstReply: noon, FirstOpen: noon, FirstClick: noon, FirstDismissal: noon,
				FirstCompletion: intercom.TimestampOf(day),
			}, {}},
		},
		"times that are none": {
			"received_at,first_reply,first_click\nsoon,1719403200000,-5\n",
			[]intercom.ExportRow{{Unknown: map[string]string{"received_at": "soon", "first_reply": "1719403200000", "first_click": "-5"}}},
		},
		"a long row": {
			"user_id,content_title\nu1," + strings.Repeat("y", 300_000) + "\nu2,z\n",
			[]intercom.ExportRow{{UserID: "u1", ContentTitle: strings.Repeat("y", 300_000)}, {UserID: "u2", ContentTitle: "z"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, err := rowsOf(t, test.file)
			require.NoError(t, err)
			assert.Equal(t, test.want, rows)
		})
	}
}

func TestExportRowsTellWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		file, want string
		rows       int
		bytes      int64
	}{
		"too few":          {"a,b\n1,2\n3\n", "the row that ends in line 3 has 1 values for 2 columns", 1, 8},
		"too many":         {"a,b\n1,2\n\n\"3\n4\",5,6\n", "the row that ends in line 5 has 3 values for 2 columns", 1, 8},
		"an endless line":  {"a,b\n1,2\n" + strings.Repeat("x", 2<<20), "a quote may not be closed", 1, 8},
		"an endless quote": {"a,b\n\"" + strings.Repeat("x\n", 1<<20), "a quote may not be closed", 0, 0},
		"a cut":            {packed(t, "a,b\n1,2\n", 1)[:20], "the file was cut off", 1, 8},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, err := rowsOf(t, test.file)
			var failure *intercom.ExportReadError
			require.ErrorAs(t, err, &failure)
			require.ErrorContains(t, err, test.want)
			assert.True(t, strings.HasPrefix(err.Error(), "intercom: Export.Rows: the result ended early, after "), "%v", err)
			assert.Equal(t, intercom.ExportReadError{Method: "Export.Rows", Rows: test.rows, Bytes: test.bytes, Downloads: 1, Err: failure.Err}, *failure)
			assert.Len(t, rows, test.rows)
		})
	}
}

func TestExportRowsOfNothing(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer("user_id\nu1\n"))
	one := func(ctx context.Context, id string, opts ...intercom.CallOption) error {
		for _, err := range client.Export.Rows(ctx, id, opts...) {
			return err
		}
		return nil
	}
	require.ErrorContains(t, one(t.Context(), ""), "intercom: Export.Download: job_identifier is empty")
	require.EqualError(t, one(nil, "hb3k9qv2"), "intercom: Export.Rows: the context is nil")
	require.ErrorContains(t, one(t.Context(), "hb3k9qv2", nil), "an option is nil")
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, one(canceled, "hb3k9qv2"), context.Canceled)
	require.NoError(t, one(t.Context(), "hb3k9qv2"))

	gone := clientOf(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	for _, err := range gone.Export.Rows(t.Context(), "hb3k9qv2") {
		assert.True(t, intercom.IsNotFound(err))
		assert.ErrorContains(t, err, "until two days later")
	}
}

func TestExportRowsMayBeLeftEarly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		closed := false
		client := clientOf(t, nil, intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			head, stuck := io.Pipe()
			go func() {
				_, _ = io.WriteString(stuck, "user_id\nu1\nu2\nu3\n")
				_, _ = stuck.Write(bytes.Repeat([]byte("x\n"), 1<<20))
				<-r.Context().Done() // A server that has more, but does not send it.
				closed = true
				_ = stuck.CloseWithError(r.Context().Err())
			}()
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: head, Request: r}, nil
		})}))
		n := 0
		for row, err := range client.Export.Rows(t.Context(), "hb3k9qv2") {
			require.NoError(t, err)
			if n++; row.UserID == "u2" {
				break
			}
		}
		assert.Equal(t, 2, n)
		synctest.Wait()
		assert.True(t, closed, "nothing is left that reads")
	})
}

func TestExportRowsMayPanic(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(packed(t, "user_id\n"+strings.Repeat("u\n", 1<<20), 1)))
	assert.PanicsWithValue(t, "of the caller", func() { // goleak finds what would be left.
		for range client.Export.Rows(t.Context(), "hb3k9qv2") {
			panic("of the caller")
		}
	})
}

func TestExportRowsOnManyGoroutines(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answer(packed(t, strings.Join(exportHeader, ",")+"\n"+exportCSV(2000), 1)))
	list := client.Export.Rows(t.Context(), "hb3k9qv2") // One list, ranged over by all.
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			n := 0
			for row, err := range list {
				if assert.NoError(t, err) {
					assert.NotNil(t, row)
				}
				n++
			}
			assert.Equal(t, 2000, n)
		})
	}
	group.Wait()
}

func TestExportRowsAreHandedOverInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		// Two rows a second: they must not wait until a buffer is full.
		client := clientOf(t, nil, intercom.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			body, server := io.Pipe()
			go func() {
				_, _ = io.WriteString(server, "user_id\n")
				for range 10 {
					time.Sleep(time.Second)
					_, _ = io.WriteString(server, "u1\nu2\n")
				}
				_ = server.Close()
			}()
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body, Request: r}, nil
		})}))
		began, n := time.Now(), 0
		for _, err := range client.Export.Rows(t.Context(), "hb3k9qv2") {
			require.NoError(t, err)
			n++
			assert.InDelta(t, n/2, time.Since(began).Seconds(), 1.5)
		}
		assert.Equal(t, 20, n)
	})
}
