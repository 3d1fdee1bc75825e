package intercom_test

import (
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"net/http"
)

// What there is to know of RFC 9113 to be a bad server.
const (
	http2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

	http2Data     = 0
	http2Headers  = 1
	http2Reset    = 3
	http2Settings = 4
	http2GoAway   = 7

	http2EndStream  = 1
	http2Ack        = 1
	http2EndHeaders = 4

	http2NoError         = 0
	http2InternalError   = 2
	http2RefusedStream   = 7
	http2EnhanceYourCalm = 11
)

// http2Step is what a server does with a request on that stream; those up to a
// nil are for the first request, those after it for the second, and so on. The
// last ones are for ever.
type http2Step func(conn net.Conn, stream uint32) error

// writeFrame writes one frame.
func writeFrame(conn net.Conn, kind, flags byte, stream uint32, payload []byte) error {
	frame := binary.BigEndian.AppendUint32(nil, uint32(len(payload))<<8|uint32(kind))
	frame = append(frame, flags)
	frame = binary.BigEndian.AppendUint32(frame, stream)
	_, err := conn.Write(append(frame, payload...))
	return err
}

// readRequests reads frames and calls taken whenever a request is complete.
func readRequests(conn net.Conn, taken func(stream uint32) error) error {
	if _, err := io.ReadFull(conn, make([]byte, len(http2Preface))); err != nil {
		return err
	}
	if err := writeFrame(conn, http2Settings, 0, 0, nil); err != nil {
		return err
	}
	for {
		var head [9]byte
		if _, err := io.ReadFull(conn, head[:]); err != nil {
			return err
		}
		size := int64(binary.BigEndian.Uint32(head[:4]) >> 8)
		if _, err := io.CopyN(io.Discard, conn, size); err != nil {
			return err
		}
		var err error
		switch kind, flags := head[3], head[4]; {
		case kind == http2Settings && flags&http2Ack == 0:
			err = writeFrame(conn, http2Settings, http2Ack, 0, nil)
		case (kind == http2Headers || kind == http2Data) && flags&http2EndStream != 0:
			err = taken(binary.BigEndian.Uint32(head[5:]))
		}
		if err != nil {
			return err
		}
	}
}

// speakHTTP2 takes the place of net/http's own HTTP/2.
func (s *faultServer) speakHTTP2(_ *http.Server, conn *tls.Conn, _ http.Handler) {
	defer func() { _ = conn.Close() }()
	_ = readRequests(conn, func(stream uint32) error {
		for _, step := range stepsOf(s.http2, int(s.requests.Add(1))) {
			if err := step(conn, stream); err != nil {
				return err
			}
		}
		return nil
	})
}

// stepsOf are the steps for the nth request.
func stepsOf(steps []http2Step, n int) []http2Step {
	for i := 0; i < len(steps) && n > 1; i++ {
		if steps[i] == nil {
			steps, i, n = steps[i+1:], -1, n-1
		}
	}
	for i, step := range steps {
		if step == nil {
			return steps[:i]
		}
	}
	return steps
}

// answers gives the good answer.
func answers(conn net.Conn, stream uint32) error {
	const status200 = 0x88 // an entry of the table that every HPACK decoder has
	if err := writeFrame(conn, http2Headers, http2EndHeaders, stream, []byte{status200}); err != nil {
		return err
	}
	return writeFrame(conn, http2Data, http2EndStream, stream, []byte(goodContact))
}

// goesAway says that no stream after the last was taken, and why.
func goesAway(last, why uint32) http2Step {
	return func(conn net.Conn, _ uint32) error {
		return writeFrame(conn, http2GoAway, 0, 0, binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, last), why))
	}
}

// refuses says that the request was not taken.
func refuses(conn net.Conn, stream uint32) error {
	return writeFrame(conn, http2Reset, 0, stream, binary.BigEndian.AppendUint32(nil, http2RefusedStream))
}

// hangsUp closes the connection.
func hangsUp(net.Conn, uint32) error { return io.EOF }

// babbles writes what is no frame.
func babbles(conn net.Conn, _ uint32) error {
	_, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
	return err
}
