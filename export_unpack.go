package intercom

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxLayers is how often a file may be packed. Once is the rule, twice has been
// seen.
const maxLayers = 3

// result is one download of what a job wrote down, under its packing: one file
// of CSV, or an archive of several.
type result struct {
	body     io.ReadCloser
	size     int64 // of the packed file, 0 if unknown
	received int64 // of it

	source  *bufio.Reader // under all layers of gzip
	archive *unzipper     // nil if it is no archive
	opened  bool
	err     error // why there is no next file
}

func newResult(body io.ReadCloser, size int64) *result {
	r := &result{body: body, size: size}
	r.source = bufio.NewReaderSize(countingReader{r}, downloadBuffer)
	return r
}

// countingReader reads a result as it comes and counts what it reads.
type countingReader struct{ *result }

func (c countingReader) Read(p []byte) (int, error) {
	n, err := c.body.Read(p)
	c.received += int64(n)
	return n, err
}

// Close ends the download.
func (r *result) Close() error { return r.body.Close() }

// next gives the next file; the one before it can't be read after that. The
// error is io.EOF after the last one.
func (r *result) next() (name string, file *bufio.Reader, err error) {
	if !r.opened {
		r.opened = true
		r.err = r.open()
	}
	switch {
	case r.err != nil:
	case r.archive == nil:
		r.err = io.EOF
		return "", r.source, nil
	default:
		var entry io.Reader
		if name, entry, r.err = r.archive.next(); r.err == nil {
			file, r.err = unpacked(bufio.NewReader(entry))
		}
	}
	return name, file, r.err
}

// open finds out how the result is packed.
func (r *result) open() error {
	source, err := unpacked(r.source)
	if err != nil {
		return err
	}
	r.source = source
	magic, err := source.Peek(4)
	if err != nil && err != io.EOF {
		return err
	}
	if text := string(magic); text == zipEntryMark || text == zipEndMark {
		r.archive = &unzipper{source: source}
	}
	return nil
}

// unpacked puts a reader for each layer of gzip before the source, which its
// first bytes tell.
func unpacked(source *bufio.Reader) (*bufio.Reader, error) {
	for range maxLayers {
		magic, err := source.Peek(2)
		if err != nil && err != io.EOF {
			return nil, err
		}
		if string(magic) != "\x1f\x8b" {
			break
		}
		layer, err := gzip.NewReader(&byteReader{source: source})
		if err != nil {
			return nil, err
		}
		source = bufio.NewReader(layer) // Small, so that large reads go past it.
	}
	return source, nil
}

// byteReader reads byte by byte, as unpacking does, in less time than a
// bufio.Reader, which also remembers what to do if a byte is given back. It
// reads ahead, so that nobody else can go on with its source.
type byteReader struct {
	source *bufio.Reader
	chunk  []byte // bytes that the source holds
	next   int    // in the chunk
}

// ReadByte implements io.ByteReader.
func (b *byteReader) ReadByte() (byte, error) {
	if i := b.next; i < len(b.chunk) {
		b.next++
		return b.chunk[i], nil
	}
	return b.readNewByte()
}

func (b *byteReader) readNewByte() (byte, error) {
	if err := b.fill(); err != nil {
		return 0, err
	}
	b.next++
	return b.chunk[0], nil
}

// Read implements io.Reader.
func (b *byteReader) Read(p []byte) (int, error) {
	if b.next == len(b.chunk) {
		if err := b.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, b.chunk[b.next:])
	b.next += n
	return n, nil
}

// fill takes the next bytes, of which there is one at least.
func (b *byteReader) fill() error {
	_, err := b.source.Discard(len(b.chunk))
	b.chunk, b.next = nil, 0
	if err != nil {
		return err
	}
	if _, err = b.source.Peek(1); err != nil {
		return err
	}
	b.chunk, err = b.source.Peek(b.source.Buffered())
	return err
}

// errNoMessages ends the search for the messages in an archive.
var errNoMessages = errors.New("the archive holds no file with messages; Export.Files gives what it holds")

// messages gives the file with the messages: the only one, or the one of an
// archive that is named or begins like it.
func (r *result) messages() (io.Reader, error) {
	for {
		name, file, err := r.next()
		switch {
		case err == io.EOF && r.archive != nil:
			return nil, errNoMessages
		case err != nil:
			return nil, err
		case r.archive == nil || strings.HasPrefix(baseName(name), "receipt"):
			return file, nil
		}
		head, err := file.Peek(4 << 10)
		if err != nil && err != io.EOF {
			return nil, err
		}
		if line, _, _ := bytes.Cut(head, []byte("\n")); bytes.Contains(line, []byte("received_at")) {
			return file, nil
		}
	}
}

// baseName is the name of a file without its folders, in small letters.
func baseName(name string) string {
	return strings.ToLower(name[strings.LastIndexAny(name, `/\`)+1:])
}

// explainRead says of an error in the packing that it is one. Errors of the
// connection explain themselves.
func explainRead(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case err == io.ErrUnexpectedEOF: // The connection's own is wrapped.
		return fmt.Errorf("the file was cut off: %w", err)
	case errors.As(err, &corrupt), errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, errArchive):
		return fmt.Errorf("the file can't be unpacked: %w", err)
	default:
		return err
	}
}
