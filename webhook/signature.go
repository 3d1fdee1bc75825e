package webhook

import (
	"crypto/hmac"
	"crypto/sha1" // the signature's algorithm is Intercom's choice
	"encoding/hex"
	"fmt"
	"hash"
	"net/http"
	"strings"
	"sync"
)

// SignatureHeader is the header that a notification's signature comes in.
const SignatureHeader = "X-Hub-Signature"

// signaturePrefix goes before the hexadecimal digits.
const signaturePrefix = "sha1="

func signatureOf(header http.Header) string {
	if values := header[SignatureHeader]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// A digest is an HMAC-SHA1.
type digest [sha1.Size]byte

// Sign returns the value of SignatureHeader for a body: "sha1=" and 40
// hexadecimal digits. It is for tests and for senders that act as Intercom.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write(body)
	return signaturePrefix + hex.EncodeToString(mac.Sum(nil))
}

// Verify checks the signature of a body, exactly as it came over the wire,
// against one or more secrets of which one has to fit. The secret is the client
// secret of the app, from the Developer Hub. Empty secrets are passed over, so
// that an unset variable can be handed on, but nothing is ever signed by one.
// The digits may be in upper case. The comparison takes the same time wherever
// the signatures differ.
//
// The error is ErrSignature, or ErrNoSecret if all secrets are empty.
func Verify(body []byte, signature string, secrets ...string) error {
	return keysOf(secrets...).verify(body, signature)
}

// A key computes the digests of one secret. It holds the secret behind a
// pointer, which no way of printing follows.
type key struct {
	secret *string
	// used has hashes with a secret worked in already, which is half of the cost
	// for a small body.
	used *sync.Pool
}

// A keyedHash is a hash, the secret that was worked into it, and the place for
// its sum, which would be allocated anew for every use otherwise.
type keyedHash struct {
	hash.Hash
	secret string
	sum    digest
}

type keys []key

// passing has hashes of the secrets that come with every call of Parse or Verify.
// Mostly it is the same one; a hash of another is thrown away.
var passing sync.Pool

// keysOf returns the keys of the secrets that are not empty.
func keysOf(secrets ...string) keys {
	list := make(keys, 0, len(secrets))
	for i := range secrets {
		if secrets[i] != "" {
			list = append(list, key{&secrets[i], &passing})
		}
	}
	return list
}

// kept returns the keys for repeated use, each with a pool of its own.
func (list keys) kept() keys {
	for i := range list {
		list[i].used = new(sync.Pool)
	}
	return list
}

// signed tells whether want is the digest of a body.
func (k key) signed(body []byte, want digest) bool {
	h, ok := k.used.Get().(*keyedHash)
	if ok && h.secret == *k.secret {
		h.Reset()
	} else {
		h = &keyedHash{Hash: hmac.New(sha1.New, []byte(*k.secret)), secret: *k.secret}
	}
	defer k.used.Put(h)
	h.Write(body)
	h.Sum(h.sum[:0])
	return hmac.Equal(h.sum[:], want[:])
}

func (list keys) verify(body []byte, signature string) error {
	want, err := list.parse(signature)
	if err != nil {
		return err
	}
	return list.check(body, want)
}

// parse reads a signature. It needs no body, so that one need not be read for
// a request that has none.
func (list keys) parse(signature string) (digest, error) {
	var want digest
	if len(list) == 0 {
		return want, ErrNoSecret
	}
	if signature == "" {
		return want, fmt.Errorf("%w: header %s is missing", ErrSignature, SignatureHeader)
	}
	var digits [2 * len(want)]byte
	hexadecimal, ok := strings.CutPrefix(signature, signaturePrefix)
	if !ok || len(hexadecimal) != len(digits) {
		return want, fmt.Errorf("%w: not sha1= and 40 digits", ErrSignature)
	}
	copy(digits[:], hexadecimal) // to a place that costs no memory
	if _, err := hex.Decode(want[:], digits[:]); err != nil {
		return want, fmt.Errorf("%w: not hexadecimal", ErrSignature)
	}
	return want, nil
}

func (list keys) check(body []byte, want digest) error {
	for _, k := range list {
		if k.signed(body, want) {
			return nil
		}
	}
	return fmt.Errorf("%w: made with another secret or for another body", ErrSignature)
}
