//go:build intercom_benchmarks

package rows

import (
	intercom "github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/benchmarks/payload"
)

// ours decodes a kind of document the way a call does.
func ours(kind payload.Kind) func([]byte) error {
	switch kind {
	case payload.Contact:
		return func(body []byte) error { _, err := intercom.DecodeAnswer(body, new(intercom.Contact)); return err }
	case payload.ContactList:
		return func(body []byte) error { _, _, err := intercom.DecodePage[intercom.Contact](body); return err }
	case payload.Conversation:
		return func(body []byte) error {
			_, err := intercom.DecodeAnswer(body, new(intercom.Conversation))
			return err
		}
	case payload.ConversationList:
		return func(body []byte) error { _, _, err := intercom.DecodePage[intercom.Conversation](body); return err }
	default:
		return func(body []byte) error { _, _, err := intercom.DecodePage[intercom.Company](body); return err }
	}
}
