package intercom

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// maxRow is how many bytes a row may have. Without a limit a quote that is not
// closed would bring the rest of the file into memory.
const maxRow = 1 << 20

// errLongRow ends the reading of what can't be a row.
var errLongRow = fmt.Errorf("a row has more than %d bytes; a quote may not be closed", maxRow)

// csvReader reads CSV as encoding/csv does with LazyQuotes, in little more than
// half of the time: with encoding/csv, rows would take longer to read than to
// unpack, and two cores could not do one beside the other.
type csvReader struct {
	source *bufio.Reader
	text   []byte // the values of a record, one behind the other
	ends   []int  // where in text each of them ends
	long   []byte // a line that is longer than the buffer of source
	closed bool   // the last line had its end
	lines  int    // lines that were read
	offset int64  // bytes that were read
}

func newCSVReader(source io.Reader) *csvReader {
	return &csvReader{source: bufio.NewReaderSize(source, downloadBuffer)}
}

// next reads a record into text and ends. Empty lines are none.
func (c *csvReader) next() error {
	c.text, c.ends = c.text[:0], c.ends[:0]
	line, err := c.line()
	for err == nil && len(line) == 0 {
		line, err = c.line()
	}
	for err == nil {
		if len(line) > 0 && line[0] == '"' {
			line, err = c.quoted(line[1:])
		} else {
			end := bytes.IndexByte(line, ',')
			if end < 0 {
				end = len(line)
			}
			c.text = append(c.text, line[:end]...)
			line = line[end:]
		}
		c.ends = append(c.ends, len(c.text))
		if len(line) == 0 {
			break
		}
		line = line[1:]
	}
	return err
}

// quoted reads a value in quotes, which may go on over several lines, and
// returns what stands behind it. A quote inside that is not doubled is taken as
// it is.
func (c *csvReader) quoted(line []byte) (rest []byte, err error) {
	for {
		end := bytes.IndexByte(line, '"')
		if end < 0 {
			c.text = append(c.text, line...)
			if c.closed {
				c.text = append(c.text, '\n')
			}
			if len(c.text) > maxRow {
				return nil, errLongRow
			}
			if line, err = c.line(); err == io.EOF {
				return nil, nil
			} else if err != nil {
				return nil, err
			}
			continue
		}
		c.text = append(c.text, line[:end]...)
		line = line[end+1:]
		if len(line) == 0 || line[0] == ',' {
			return line, nil
		}
		c.text = append(c.text, '"')
		if line[0] == '"' {
			line = line[1:]
		}
	}
}

// line reads a line without its end. It can be used until the next one is read.
func (c *csvReader) line() ([]byte, error) {
	line, err := c.source.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		line, err = c.longLine(line)
	}
	if err != nil && (err != io.EOF || len(line) == 0) {
		return nil, err
	}
	c.lines++
	c.offset += int64(len(line))
	if c.closed = line[len(line)-1] == '\n'; c.closed {
		line = line[:len(line)-1]
	}
	return bytes.TrimSuffix(line, []byte("\r")), nil
}

// longLine reads the rest of a line that the buffer is too small for.
func (c *csvReader) longLine(line []byte) ([]byte, error) {
	c.long = c.long[:0]
	err := bufio.ErrBufferFull
	for err == bufio.ErrBufferFull {
		if c.long = append(c.long, line...); len(c.long) > maxRow {
			return nil, errLongRow
		}
		line, err = c.source.ReadSlice('\n')
	}
	c.long = append(c.long, line...)
	return c.long, err
}
