//go:build intercom_benchmarks

package intercom

import "github.com/seed-8b687bef/intercom-go/internal/jsonstream"

// The functions of this file let benchmarks/ measure decoding alone. They
// exist only with the build tag and are no part of the library.

// DecodeAnswer decodes an answer as calls do. It returns the body for another
// use: the decoder writes to its spare capacity only.
func DecodeAnswer[T any, P answer[T]](body []byte, out P) ([]byte, error) {
	return decodeBody(body, out)
}

// DecodePage decodes a page of a list as calls do.
func DecodePage[T any, P answer[T]](body []byte) (*Page[T], []byte, error) {
	answer := pageAnswer[T]{item: listOf[T, P](nil, nil, request{}, 0, "").decode}
	body, err := decodeBody(body, &answer)
	return &answer.page, body, err
}

func decodeBody(body []byte, out decodable) ([]byte, error) {
	d := jsonstream.Get(body)
	out.decode(d)
	err := d.Finish()
	return d.Release(), err
}
