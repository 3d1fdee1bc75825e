package payload

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
)

// ExportHeader is the first line of a file with messages.
const ExportHeader = "user_id,user_external_id,company_id,email,name,ruleset_id,content_id,content_type," +
	"content_title,ruleset_version_id,receipt_id,received_at,series_id,series_title,node_id," +
	"first_reply,first_completion,first_series_completion,first_series_disengagement," +
	"first_series_exit,first_goal_success,first_open,first_click,first_dismisall," +
	"first_unsubscribe,first_hard_bounce\n"

// ExportRows makes the lines of so many messages, which pack about as well as
// real ones.
func ExportRows(n int) []byte {
	r := newRandom(6)
	var text bytes.Buffer
	for range n {
		at := r.time()
		later := func(p float64) string {
			if !r.chance(p) {
				return ""
			}
			return strconv.Itoa(at + r.IntN(90_000))
		}
		person := r.digits(6)
		fmt.Fprintf(&text, "%s,cust-%s,%d,c%s@%s,%s %s,%d,%d,email,\"%s, part %d\",%d,%s,%d,-1,,-1,%s,,,,,,%s,%s,,%s,\n",
			r.hex(24), person, r.IntN(5000), person, pick(r, domains), pick(r, firstNames), pick(r, lastNames),
			400+r.IntN(60), 9000+r.IntN(60), pick(r, cities), r.IntN(9), r.IntN(100_000), r.digits(9), at,
			later(.1), later(.5), later(.2), later(.01))
	}
	return text.Bytes()
}

// The size of the file with which speed is measured.
const (
	ExportParts    = 4
	ExportPartRows = 100_000
)

// ExportFile is a file of any size: a header and the same part again and again,
// all packed. Packed parts can be put behind each other.
type ExportFile struct {
	Rows, Size int // of a part, unpacked

	header, part []byte
}

// NewExportFile makes a file whose parts have so many rows.
func NewExportFile(rows int) *ExportFile {
	text := ExportRows(rows)
	return &ExportFile{Rows: rows, Size: len(text), header: Pack([]byte(ExportHeader)), part: Pack(text)}
}

// Open opens a file of so many parts.
func (f *ExportFile) Open(parts int) io.Reader {
	readers := []io.Reader{bytes.NewReader(f.header)}
	for range parts {
		readers = append(readers, bytes.NewReader(f.part))
	}
	return io.MultiReader(readers...)
}
