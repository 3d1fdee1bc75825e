//go:build intercom_benchmarks

package intercom

import "github.com/seed-8b687bef/intercom-go/internal/jsonstream"

// The functions of this file let benchmarks/ measure decoding alone. They
// exist only with the build tag and are no part of the library.

// Decodable is a pointer to any type of an answer.
type Decodable = decodable

// DecodeAnswer decodes an answer as calls do. It returns the body for another
// use: the decoder writes to its spare capacity only.
func DecodeAnswer(body []byte, out Decodable) ([]byte, error) {
	d := jsonstream.Get(body)
	out.decode(d)
	err := d.Finish()
	return d.Release(), err
}

// DecodePage decodes a page of a list as calls do.
func DecodePage[T any, P answer[T]](body []byte) (*Page[T], []byte, error) {
	answer := pageAnswer{readItems: listOf[T, P](nil, nil, request{}, 0, "").items}
	body, err := DecodeAnswer(body, &answer)
	return pageOf[T](&answer.page), body, err
}
