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

// csvReader reads CSV as encoding/csv does with LazyQuotes, in half of the time:
// with encoding/csv, rows would take longer to read than to unpack, and two
// cores could not do one beside the other.
type csvReader struct {
	source *bufio.Reader
	record []byte // what the values of a record are in, until the next one is read
	values []span // where
	text   []byte // values that don't stand in the file as they are
	long   []byte // a line that is longer than the buffer of source
	closed bool   // the last line had its end
	lines  int    // lines that were read
	offset int64  // bytes that were read
}

// span is a part of a record.
type span struct{ begin, end int }

func newCSVReader(source io.Reader) *csvReader {
	return &csvReader{source: bufio.NewReaderSize(source, downloadBuffer)}
}

// next reads a record. Empty lines are none.
func (c *csvReader) next() error {
	line, err := c.line()
	for err == nil && len(line) == 0 {
		line, err = c.line()
	}
	if err != nil {
		return err
	}
	if c.split(line) {
		c.record = line
		return nil
	}
	err = c.assemble(line)
	c.record = c.text
	return err
}

// split finds the values of a record that stand in its line as they are, which
// nearly all do. It returns false if they don't.
func (c *csvReader) split(line []byte) bool {
	c.values = c.values[:0]
	for begin := 0; ; begin++ { // It goes on behind the comma.
		end := begin
		if end < len(line) && line[end] == '"' {
			begin++
			length := bytes.IndexByte(line[begin:], '"')
			if length < 0 {
				return false // It goes on in the next line.
			}
			c.values = append(c.values, span{begin, begin + length})
			if end = begin + length + 1; end < len(line) && line[end] != ',' {
				return false // There is more than the value.
			}
		} else {
			for end < len(line) && line[end] != ',' {
				end++
			}
			c.values = append(c.values, span{begin, end})
		}
		if end == len(line) {
			return true
		}
		begin = end
	}
}

// assemble writes the values of a record into text, one behind the other.
func (c *csvReader) assemble(line []byte) (err error) {
	c.text, c.values = c.text[:0], c.values[:0]
	for err == nil {
		begin := len(c.text)
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
		c.values = append(c.values, span{begin, len(c.text)})
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
