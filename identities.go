package intercom

import "encoding/json"

// ContactIdentity names a contact by one of its three names. Make one with
// ContactByID, ContactByExternalID or ContactByEmail.
type ContactIdentity struct{ id, externalID, email string }

// ContactByID names a contact by the id that Intercom gave it.
func ContactByID(id string) ContactIdentity { return ContactIdentity{id: id} }

// ContactByExternalID names a contact by the id that your own system gave it.
func ContactByExternalID(id string) ContactIdentity { return ContactIdentity{externalID: id} }

// ContactByEmail names a contact by its email address.
func ContactByEmail(email string) ContactIdentity { return ContactIdentity{email: email} }

// IsZero tells whether no contact is named.
func (c ContactIdentity) IsZero() bool { return c == ContactIdentity{} }

// MarshalJSON writes the name as conversations take it.
func (c ContactIdentity) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		ID         string `json:"intercom_user_id,omitzero"`
		ExternalID string `json:"user_id,omitzero"`
		Email      string `json:"email,omitzero"`
	}{c.id, c.externalID, c.email})
}

