package intercom

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
)

// Marks that the parts of a zip archive begin with.
const (
	zipEntryMark     = "PK\x03\x04"
	zipSumsMark      = "PK\x07\x08"
	zipDirectoryMark = "PK\x01\x02"
	zipEndMark       = "PK\x05\x06"
	zipEnd64Mark     = "PK\x06\x06"
)

// errArchive says that an archive is not as it should be.
var errArchive = errors.New("the archive is damaged")

// unzipper reads a zip archive as it comes. The standard library's reader wants
// to see the end of it first, which would mean to keep all of it.
type unzipper struct {
	source *bufio.Reader
	entry  *zipEntry // the file that is open
	err    error
}

// next gives the next file; what is left of the one before it is skipped. The
// error is io.EOF after the last one.
func (z *unzipper) next() (name string, file io.Reader, err error) {
	for z.err == nil {
		if z.entry != nil {
			if _, z.err = io.Copy(io.Discard, z.entry); z.err != nil {
				break
			}
			z.entry = nil
		}
		var mark []byte
		if mark, z.err = z.source.Peek(4); z.err != nil {
			break
		}
		switch string(mark) {
		case zipEntryMark:
			if name, z.err = z.open(); z.err == nil && !strings.HasSuffix(name, "/") {
				return name, z.entry, nil
			}
		case zipDirectoryMark, zipEndMark, zipEnd64Mark:
			z.err = io.EOF
			return "", nil, io.EOF
		default:
			z.err = fmt.Errorf("%w: there is something else between its files", errArchive)
		}
	}
	return "", nil, noEOF(z.err)
}

// noEOF says of an end that it came too early.
func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// zipEntry is one file of an archive.
type zipEntry struct {
	source  *bufio.Reader
	content io.Reader
	sum     uint32 // of what was read
	size    uint64
	wantSum uint32
	want    uint64
	behind  bool // what it should be stands behind the content
	err     error
}

// open reads the header of a file.
func (z *unzipper) open() (name string, err error) {
	var header [30]byte
	if _, err := io.ReadFull(z.source, header[:]); err != nil {
		return "", err
	}
	little := binary.LittleEndian
	flags, method := little.Uint16(header[6:]), little.Uint16(header[8:])
	packed, size := uint64(little.Uint32(header[18:])), uint64(little.Uint32(header[22:]))
	more := make([]byte, int(little.Uint16(header[26:]))+int(little.Uint16(header[28:])))
	if _, err := io.ReadFull(z.source, more); err != nil {
		return "", err
	}
	name = string(more[:little.Uint16(header[26:])])
	packed, size = largeSizes(more[len(name):], packed, size)
	e := &zipEntry{source: z.source, wantSum: little.Uint32(header[14:]), want: size, behind: flags&8 != 0}
	switch {
	case flags&1 != 0:
		return "", fmt.Errorf("%w: it is encrypted", errArchive)
	case method == 8:
		e.content = flate.NewReader(z.source)
	case method == 0 && !e.behind:
		e.content = &io.LimitedReader{R: z.source, N: int64(min(packed, 1<<62))}
	default:
		return "", fmt.Errorf("%w: its files are packed in the way %d", errArchive, method)
	}
	z.entry = e
	return name, nil
}

// largeSizes reads the sizes of a file that 32 bits can't hold from the extra
// fields of its header.
func largeSizes(extra []byte, packed, size uint64) (uint64, uint64) {
	little := binary.LittleEndian
	for len(extra) >= 4 {
		id, length := little.Uint16(extra), int(little.Uint16(extra[2:]))
		if extra = extra[4:]; length > len(extra) {
			break
		}
		if field := extra[:length]; id == 1 {
			for _, value := range []*uint64{&size, &packed} {
				if *value == 1<<32-1 && len(field) >= 8 {
					*value, field = little.Uint64(field), field[8:]
				}
			}
		}
		extra = extra[length:]
	}
	return packed, size
}

// Read implements io.Reader.
func (e *zipEntry) Read(p []byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	n, err := e.content.Read(p)
	e.sum = crc32.Update(e.sum, crc32.IEEETable, p[:n])
	e.size += uint64(n)
	if err == io.EOF {
		if err = e.check(); err == nil {
			err = io.EOF
		}
	}
	e.err = err
	return n, err
}

// check compares what was read with what the archive says of it.
func (e *zipEntry) check() error {
	if limited, ok := e.content.(*io.LimitedReader); ok && limited.N > 0 {
		return io.ErrUnexpectedEOF
	}
	if e.behind {
		if err := e.readSums(); err != nil {
			return err
		}
	}
	if e.sum != e.wantSum || e.size != e.want {
		return fmt.Errorf("%w: the checksum of a file is wrong", errArchive)
	}
	return nil
}

// readSums reads what stands behind the content: the checksum and both sizes,
// in 32 or 64 bits, with or without a mark. It is the one that is followed by
// the mark of another part.
func (e *zipEntry) readSums() error {
	const longest = 4 + 4 + 8 + 8 + 2
	next, err := e.source.Peek(longest)
	if err != nil && err != io.EOF {
		return err
	}
	little := binary.LittleEndian
	skip := 0
	if len(next) >= 4 && string(next[:4]) == zipSumsMark {
		skip = 4
	}
	for _, width := range []int{4, 8} {
		end := skip + 4 + 2*width
		if len(next) < end+2 {
			return io.ErrUnexpectedEOF
		}
		if string(next[end:end+2]) != "PK" {
			continue
		}
		e.wantSum, e.want = little.Uint32(next[skip:]), uint64(little.Uint32(next[end-width:]))
		if width == 8 {
			e.want = little.Uint64(next[end-width:])
		}
		_, err := e.source.Discard(end)
		return err
	}
	return fmt.Errorf("%w: the size of a file is missing", errArchive)
}
